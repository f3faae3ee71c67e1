//! The expressions of Go templates, as far as they are values, calls of functions and pipes between them.

/// A part of an expression.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Term<'t> {
    /// A string.
    Text(String),
    /// A whole number.
    Number(i64),
    /// A reference, such as `.Values.some.key`, or a word: `true`.
    Word(&'t str),
    /// A function and what it is given; what a pipe brings comes last.
    Call { source: &'t str, name: &'t str, given: Vec<Term<'t>> },
}

/// The term that an expression is; none if it is written in another way.
pub(super) fn parse(expression: &str) -> Option<Term<'_>> {
    let mut parser = Parser { text: expression, at: 0 };
    let term = parser.pipeline()?;
    parser.blanks();
    (parser.at == expression.len()).then_some(term)
}

struct Parser<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Parser<'t> {
    fn pipeline(&mut self) -> Option<Term<'t>> {
        let mut term = self.call()?;
        while self.next_is('|') {
            self.at += 1;
            term = match self.call()? {
                Term::Call { source, name, mut given } => {
                    given.push(term);
                    Term::Call { source, name, given }
                }
                Term::Word(name) => Term::Call { source: name, name, given: vec![term] },
                _ => return None,
            };
        }
        Some(term)
    }

    /// A function with what it is given, or a term alone.
    fn call(&mut self) -> Option<Term<'t>> {
        self.blanks();
        let start = self.at;
        let first = self.term()?;
        let mut given = Vec::new();
        while !self.rest().trim_start().is_empty() && !self.next_is('|') && !self.next_is(')') {
            given.push(self.term()?);
        }
        match first {
            first if given.is_empty() => Some(first),
            Term::Word(name) => Some(Term::Call { source: self.text[start..self.at].trim_end(), name, given }),
            _ => None,
        }
    }

    fn term(&mut self) -> Option<Term<'t>> {
        self.blanks();
        let rest = self.rest();
        let end = match rest.chars().next()? {
            '(' => {
                self.at += 1;
                let term = self.pipeline()?;
                let closes = self.next_is(')');
                self.at += 1;
                return closes.then_some(term);
            }
            '`' => rest[1..].find('`')? + 2,
            '"' => {
                let mut escaped = false;
                let is_end = |symbol: char| {
                    let ends = symbol == '"' && !escaped;
                    escaped = symbol == '\\' && !escaped;
                    ends
                };
                rest[1..].find(is_end)? + 2
            }
            '|' | ')' => return None,
            _ => rest.find(|symbol: char| symbol.is_whitespace() || matches!(symbol, '(' | ')' | '|' | '"' | '`')).unwrap_or(rest.len()),
        };
        self.at += end;
        let word = &rest[..end];
        if word.starts_with(['"', '`']) {
            return string(word).map(Term::Text);
        }
        Some(word.parse().map_or(Term::Word(word), Term::Number))
    }

    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    fn blanks(&mut self) {
        self.at = self.text.len() - self.rest().trim_start().len();
    }

    fn next_is(&mut self, symbol: char) -> bool {
        self.blanks();
        self.rest().starts_with(symbol)
    }
}

/// A string of Go: in double quotes, or raw in backquotes.
fn string(expression: &str) -> Option<String> {
    if let Some(raw) = expression.strip_prefix('`').and_then(|rest| rest.strip_suffix('`')) {
        return (!raw.contains('`')).then(|| raw.to_owned());
    }
    expression.starts_with('"').then(|| serde_json::from_str(expression).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pipes_and_brackets_are_calls() {
        let word = Term::Word;
        let call = |source, name, given| Some(Term::Call { source, name, given });
        assert_eq!(parse(" .Values.a "), Some(word(".Values.a")));
        assert_eq!(parse(r#""a \"b\" | c""#), Some(Term::Text("a \"b\" | c".to_owned())));
        assert_eq!(parse(".Values.a | quote"), call("quote", "quote", vec![word(".Values.a")]));
        let inner = Term::Call { source: "lower .b", name: "lower", given: vec![word(".b")] };
        assert_eq!(parse(r"trunc 3 (lower .b)"), call("trunc 3 (lower .b)", "trunc", vec![Term::Number(3), inner]));
        for broken in ["", "|", "a |", "(a", "a)", "\"a", "\"a\" \"b\"", ".a | 3", "`a"] {
            assert_eq!(parse(broken), None, "{broken}");
        }
    }
}
