//! Environments by names and patterns.

use globset::GlobBuilder;

use super::{Environment, Fleet, Shard};
use crate::error::{Diagnostic, Error, code};
use crate::schema::nearest;

impl Fleet {
    /// The environments that are asked for, all if none is, in the order of the file; of these the ones of a part.
    ///
    /// # Errors
    ///
    /// What names no environment, or is no pattern.
    pub fn selected(&self, asked: &[String], shard: Option<Shard>) -> Result<Vec<&Environment>, Error> {
        let mut chosen = vec![asked.is_empty(); self.environments.len()];
        let mut errors = Vec::new();
        for pattern in asked {
            let Ok(glob) = GlobBuilder::new(pattern).build() else {
                errors.push(Diagnostic::new(format!("`{pattern}` is no pattern of names")).coded(code::USAGE));
                continue;
            };
            let matcher = glob.compile_matcher();
            let mut is_one = false;
            for (environment, chosen) in self.environments.iter().zip(&mut chosen) {
                let is_asked = environment.name == *pattern || matcher.is_match(&environment.name);
                *chosen |= is_asked;
                is_one |= is_asked;
            }
            if !is_one {
                errors.push(self.stranger(pattern));
            }
        }
        if !errors.is_empty() {
            return Err(errors.into());
        }
        let of_part = |name: &str| shard.is_none_or(|shard| shard.has(name));
        let all = self.environments.iter().zip(chosen);
        Ok(all.filter(|(environment, chosen)| *chosen && of_part(&environment.name)).map(|(environment, _)| environment).collect())
    }

    /// The environment of this name.
    ///
    /// # Errors
    ///
    /// There is none.
    pub fn environment(mut self, name: &str) -> Result<Environment, Error> {
        match self.environments.iter().position(|environment| environment.name == name) {
            Some(index) => Ok(self.environments.swap_remove(index)),
            None => Err(self.stranger(name).into()),
        }
    }

    fn stranger(&self, name: &str) -> Diagnostic {
        let error = Diagnostic::new(format!("there is no environment `{name}`")).coded(code::USAGE);
        let names = || self.environments.iter().map(|environment| environment.name.as_str());
        match nearest(name, names()) {
            Some(nearest) => error.help(format!("did you mean `{nearest}`?")),
            None if self.environments.len() <= 16 => {
                error.help(format!("there are {}", names().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")))
            }
            None => error.help(format!("there are {}", self.environments.len())),
        }
    }
}
