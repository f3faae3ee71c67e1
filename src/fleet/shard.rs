//! A part of the environments: those of one job of several.

use std::str::FromStr;

use crate::checksum;

/// A part of the environments, as `I/N`: each is in exactly one of the `N` parts, by its name alone.
#[derive(Clone, Copy, Debug)]
pub struct Shard {
    index: u64,
    number: u64,
}

impl Shard {
    /// Whether an environment is in this part.
    #[must_use]
    pub fn has(self, name: &str) -> bool {
        let digits = &checksum::of_bytes(name.as_bytes())[..15];
        u64::from_str_radix(digits, 16).is_ok_and(|hash| hash % self.number == self.index - 1)
    }
}

impl FromStr for Shard {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let numbers = text.split_once('/').and_then(|(index, number)| Some((index.parse().ok()?, number.parse().ok()?)));
        match numbers {
            Some((index, number)) if (1..=number).contains(&index) => Ok(Self { index, number }),
            _ => Err("a part and the number of parts are needed, from `1/4` to `4/4`"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Shard;

    #[test]
    fn each_environment_is_in_one_part() {
        let parts: Vec<Shard> = (1..=4).map(|index| format!("{index}/4").parse().unwrap()).collect();
        let mut sizes = [0; 4];
        for name in (0..1000).map(|number| format!("env-{number}")) {
            let within: Vec<usize> = (0..4).filter(|part| parts[*part].has(&name)).collect();
            assert_eq!(within.len(), 1, "{name}");
            sizes[within[0]] += 1;
        }
        assert!(sizes.iter().all(|size| (200..300).contains(size)), "{sizes:?}");
        for wrong in ["0/4", "5/4", "1", "1/0", "a/b", "-1/4"] {
            assert!(wrong.parse::<Shard>().is_err(), "{wrong}");
        }
    }
}
