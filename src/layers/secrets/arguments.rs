//! Secrets in the arguments of commands: `--password VALUE`, `--api-token=VALUE`, `PGPASSWORD=VALUE`.

use super::objects::is_sensitive;
use crate::source::MASK;
use crate::yaml::{Data, Node};

/// Hides the values of options that are named for secrets, in a text that may be a line of a shell.
pub fn mask(text: &mut String) {
    if !text.contains("--") && !text.contains('=') {
        return;
    }
    let mut masked = String::new();
    let mut is_value = false;
    for piece in text.split_inclusive(char::is_whitespace) {
        let word = piece.trim_end();
        let (option, value) = word.split_once('=').map_or((word, None), |(option, value)| (option, Some(value)));
        match value {
            _ if word.is_empty() => {}
            // A variable is no secret itself.
            Some(value) if (is_secret(option) || is_secret_variable(option)) && !value.is_empty() && !is_variable(value) => {
                masked.push_str(&piece.replacen(value, MASK, 1));
                is_value = false;
                continue;
            }
            _ if is_value && !word.starts_with("--") && !is_variable(word) => {
                masked.push_str(&piece.replacen(word, MASK, 1));
                is_value = false;
                continue;
            }
            _ => is_value = value.is_none() && is_secret(option),
        }
        masked.push_str(piece);
    }
    *text = masked;
}

/// Hides the items of a list that follow an option that is named for a secret.
pub fn mask_all(items: &mut [Node]) {
    for index in 1..items.len() {
        let is_value = items[index - 1].as_str().is_some_and(|option| !option.contains(['=', ' ']) && is_secret(option));
        if let Data::String(text) = &mut items[index].data
            && is_value
            && !text.starts_with('-')
            && !is_variable(text)
            && text != MASK
        {
            MASK.clone_into(text);
        }
    }
}

fn is_secret(option: &str) -> bool {
    option.strip_prefix("--").is_some_and(|name| is_sensitive(name) || name == "pass")
}

fn is_secret_variable(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic()) && name.chars().all(|c| c == '_' || c.is_ascii_alphanumeric()) && is_sensitive(name)
}

fn is_variable(text: &str) -> bool {
    unquoted(text).starts_with('$')
}

fn unquoted(text: &str) -> &str {
    text.trim_matches(['"', '\''])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::yaml::{read, write};

    #[test]
    fn the_values_of_options_are_hidden_and_variables_are_not() {
        for (text, expected) in [
            ("airflow users create --password hunter2 -u admin", "airflow users create --password *** -u admin"),
            ("x --api-token=abc --verbose", "x --api-token=*** --verbose"),
            ("x --password \"$PASSWORD\" --token=$(T)", "x --password \"$PASSWORD\" --token=$(T)"),
            ("x --password-file /a --secret-name b", "x --password-file /a --secret-name b"),
            ("x --password\n  hunter2\n", "x --password\n  ***\n"),
            ("PGPASSWORD=hunter2 exec psql host=a password=b", "PGPASSWORD=*** exec psql host=a password=***"),
            ("no options", "no options"),
        ] {
            let mut shown = text.to_owned();
            mask(&mut shown);
            assert_eq!(shown, expected);
        }
        let mut list = read("[--password, hunter2, --token, $(T), -p]", 0).unwrap().remove(0);
        let Data::List(items) = &mut list.data else { unreachable!() };
        mask_all(items);
        assert_eq!(write(&list), "- --password\n- \"***\"\n- --token\n- $(T)\n- -p\n");
    }
}
