//! The options in a text that has the form of airflow.cfg.

/// An option, as it stands in a text.
#[derive(Debug, PartialEq, Eq)]
pub struct Said<'t> {
    /// Its section; empty, if it stands above all of them.
    pub section: &'t str,
    /// Its name.
    pub name: &'t str,
    /// Its value, without the blanks around it. What is set in goes on with the option above it.
    pub value: String,
}

/// The options of a text, in their order.
#[must_use]
pub fn options_of(text: &str) -> Vec<Said<'_>> {
    let mut options: Vec<Said<'_>> = Vec::new();
    let mut section = "";
    for line in text.lines() {
        if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            section = name;
        } else if let Some(last) = options.last_mut().filter(|last| line.starts_with([' ', '\t']) && last.section == section) {
            last.value.push('\n');
            last.value.push_str(line);
        } else if let Some((name, value)) = line.split_once('=') {
            options.push(Said { section, name: name.trim(), value: value.trim().to_owned() });
        }
    }
    options
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_read_with_their_sections() {
        let said = |section, name, value: &str| Said { section, name, value: value.to_owned() };
        let expected = [said("a", "x", "1"), said("b", "x", "two = 2\n  three")];
        assert_eq!(options_of("[a]\nx = 1\n\n[b]\nx = two = 2\n  three\n"), expected);
        assert_eq!(options_of("x = 1\n[a]\n  y = 2\n"), [said("", "x", "1"), said("a", "y", "2")]);
    }
}
