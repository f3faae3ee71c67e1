//! What a text with Go templates consists of.

/// A piece of a text: as it is, or an expression in braces.
pub(super) enum Piece<'t> {
    Text(&'t str),
    Expression(&'t str),
}

/// The pieces of a text; `{{-` and `-}}` remove the blanks beside them.
pub(super) fn pieces(text: &str) -> Result<Vec<Piece<'_>>, (&str, &'static str)> {
    let mut pieces = Vec::new();
    let mut rest = text;
    let mut trim = false;
    while let Some(start) = rest.find("{{") {
        let (before, after) = (&rest[..start], &rest[start + 2..]);
        let end = end_of(after).ok_or((&rest[start..], "its braces do not close"))?;
        let inner = &after[..end];
        let left = inner.starts_with("- ") || inner == "-";
        let inner = if left { &inner[1..] } else { inner };
        let right = inner.ends_with(" -");
        let inner = if right { &inner[..inner.len() - 1] } else { inner };
        let before = if trim { before.trim_start() } else { before };
        let before = if left { before.trim_end() } else { before };
        if !before.is_empty() {
            pieces.push(Piece::Text(before));
        }
        pieces.push(Piece::Expression(inner));
        trim = right;
        rest = &after[end + 2..];
    }
    let last = if trim { rest.trim_start() } else { rest };
    if !last.is_empty() {
        pieces.push(Piece::Text(last));
    }
    Ok(pieces)
}

/// The word that an expression begins with: `if`, `end`, the name of a function; empty if there is none.
pub(super) fn keyword(expression: &str) -> &str {
    expression.trim_start().split(|symbol: char| !symbol.is_alphanumeric()).next().unwrap_or_default()
}

/// The first expression that lacks its `end`, or ends nothing, which the engine would let pass.
pub(super) fn unbalanced<'t>(pieces: &[Piece<'t>]) -> Option<(&'t str, &'static str)> {
    let mut open = Vec::new();
    for piece in pieces {
        let Piece::Expression(expression) = piece else { continue };
        match keyword(expression) {
            "if" | "range" | "with" | "define" | "block" => open.push(*expression),
            "end" if open.pop().is_none() => return Some((expression, "it ends nothing")),
            "else" if open.is_empty() => return Some((expression, "it belongs to nothing")),
            _ => {}
        }
    }
    open.pop().map(|expression| (expression, "its `{{ end }}` is not there"))
}

/// Where the closing braces are; braces in strings do not count.
fn end_of(text: &str) -> Option<usize> {
    let mut quote = None;
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        match quote {
            Some(_) if escaped => escaped = false,
            Some('"') if c == '\\' => escaped = true,
            Some(open) if c == open => quote = None,
            None if c == '"' || c == '`' => quote = Some(c),
            None if text[at..].starts_with("}}") => return Some(at),
            _ => {}
        }
    }
    None
}
