//! Texts that the kubelet gives to a process as they are meant.

use std::borrow::Cow;

/// A text as it has to stand in the value of a variable, in a command or in its arguments, so that the process gets it as
/// it is: the kubelet puts variables in the place of `$(NAME)`, and `$` in the place of `$$`.
#[must_use]
pub fn of<'t>(text: impl Into<Cow<'t, str>>) -> Cow<'t, str> {
    let text = text.into();
    if text.contains("$$") || text.contains("$(") { text.replace('$', "$$").into() } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the kubelet makes of a text (Kubernetes: `expansion.Expand`); `tests/real/parts/kubelet` asks its own code.
    fn expanded(text: &str) -> String {
        let Some((before, after)) = text.split_once('$') else { return text.to_owned() };
        let (made, rest) = match after.chars().next() {
            Some('$') => ("$".to_owned(), &after[1..]),
            Some('(') => match after.split_once(')') {
                Some((name, rest)) => (format!("<{}>", &name[1..]), rest),
                None => ("$(".to_owned(), &after[1..]),
            },
            _ => ("$".to_owned(), after),
        };
        format!("{before}{made}{}", expanded(rest))
    }

    #[test]
    fn the_kubelet_gives_back_what_was_meant() {
        for text in ["", "a", "$", "$a", "a$", "Mo$$", "$$$", "$(X)", "$$(X)", "$(", "$(X", "a$(b)$$c$", "€$$€"] {
            assert_eq!(expanded(&of(text)), text);
        }
        assert_eq!((expanded("Mo$$"), expanded("$(X)")), ("Mo$".to_owned(), "<X>".to_owned()));
    }

    #[test]
    fn a_text_that_the_kubelet_leaves_alone_stays_as_it_is() {
        assert_eq!(["$HOME", "a$", "5 $"].map(of), ["$HOME", "a$", "5 $"]);
    }
}
