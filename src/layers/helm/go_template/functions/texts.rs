//! Texts: their letters, parts and blanks.

use gotmpl::Value;
use regex_automata::meta::Regex;
use regex_automata::util::{interpolate, syntax};

use super::amount;
use crate::layers::helm::go_template::engine;
use crate::layers::helm::go_template::value::{MOST, text_of};

pub(super) const NAMES: &[&str] = &[
    "upper",
    "lower",
    "title",
    "untitle",
    "trim",
    "nospace",
    "quote",
    "squote",
    "cat",
    "toString",
    "trimSuffix",
    "trimPrefix",
    "trimAll",
    "trunc",
    "contains",
    "hasPrefix",
    "hasSuffix",
    "repeat",
    "substr",
    "replace",
    "indent",
    "nindent",
    "join",
    "splitList",
    "split",
    "regexMatch",
    "regexFind",
    "regexReplaceAll",
    "regexReplaceAllLiteral",
];

pub(super) fn call(name: &str, given: &[Value]) -> Option<Value> {
    match (name, given) {
        ("quote", values) => return quoted(values),
        ("squote", values) => return Some(skipping(values)?.iter().map(|text| format!("'{text}'")).collect::<Vec<_>>().join(" ").into()),
        ("cat", values) => return Some(skipping(values)?.join(" ").into()),
        ("toString", [value]) if !matches!(value, Value::Nil) => return Some(value.to_string().into()),
        ("join", [separator, Value::List(items)]) => return Some(present(items)?.join(&text_of(separator)?).into()),
        ("join", [_, missing @ Value::Nil]) => return Some(skipping(std::slice::from_ref(missing))?.join("").into()),
        ("join", [_, value]) => return text_of(value).map(Value::from),
        _ => {}
    }
    let texts = given.iter().map(text_of).collect::<Option<Vec<_>>>()?;
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    of_texts(name, &texts).or_else(|| of_amounts(name, given, &texts))
}

fn of_texts(name: &str, texts: &[&str]) -> Option<Value> {
    Some(match (name, texts) {
        ("upper", [text]) => text.to_uppercase().into(),
        ("lower", [text]) => text.to_lowercase().into(),
        ("title", [text]) => first_letters(text, |letter| letter.to_uppercase().collect()).into(),
        ("untitle", [text]) => first_letters(text, |letter| letter.to_lowercase().collect()).into(),
        ("trim", [text]) => text.trim().into(),
        ("nospace", [text]) => text.split_whitespace().collect::<String>().into(),
        ("trimSuffix", [end, text]) => text.strip_suffix(end).unwrap_or(text).into(),
        ("trimPrefix", [start, text]) => text.strip_prefix(start).unwrap_or(text).into(),
        ("trimAll", [symbols, text]) => text.trim_matches(|symbol| symbols.contains(symbol)).into(),
        ("contains", [part, text]) => Value::Bool(text.contains(part)),
        ("hasPrefix", [start, text]) => Value::Bool(text.starts_with(start)),
        ("hasSuffix", [end, text]) => Value::Bool(text.ends_with(end)),
        ("replace", [old, new, text]) => {
            let times = text.matches(old).count();
            (times * new.len() + text.len() <= MOST).then(|| text.replace(old, new))?.into()
        }
        ("splitList", [separator, text]) => text.split(separator).map(Value::from).collect::<Vec<_>>().into(),
        ("split", [separator, text]) => {
            let parts = text.split(separator).enumerate().map(|(at, part)| (format!("_{at}"), part.into()));
            parts.collect::<std::collections::BTreeMap<String, Value>>().into()
        }
        ("regexMatch", [pattern, text]) => Value::Bool(regex(pattern)?.is_match(*text)),
        ("regexFind", [pattern, text]) => regex(pattern)?.find(*text).and_then(|found| text.get(found.range())).unwrap_or_default().into(),
        ("regexReplaceAll", [pattern, text, new]) => replaced(&regex(pattern)?, text, new, true)?.into(),
        ("regexReplaceAllLiteral", [pattern, text, new]) => replaced(&regex(pattern)?, text, new, false)?.into(),
        _ => return None,
    })
}

fn of_amounts(name: &str, given: &[Value], texts: &[&str]) -> Option<Value> {
    Some(match (name, given, texts) {
        ("trunc", [length, _], [_, text]) => truncated(length.as_int()?, text)?.into(),
        ("repeat", [times, _], [_, text]) => {
            let times = amount(times)?;
            (times.checked_mul(text.len())? <= MOST).then(|| text.repeat(times))?.into()
        }
        ("substr", [start, end, _], [_, _, text]) => {
            let end = usize::try_from(end.as_int()?).map_or(text.len(), |end| end.min(text.len()));
            text.get(amount(start).unwrap_or_default()..end)?.into()
        }
        ("indent", [blanks, _], [_, text]) => indented(amount(blanks)?, text)?.into(),
        ("nindent", [blanks, _], [_, text]) => format!("\n{}", indented(amount(blanks)?, text)?).into(),
        _ => return None,
    })
}

/// The values as texts, without what is not there.
fn present(values: &[Value]) -> Option<Vec<String>> {
    values.iter().filter(|value| !matches!(value, Value::Nil)).map(text_of).collect()
}

/// The same, where Helm does not say that something is not there.
fn skipping(values: &[Value]) -> Option<Vec<String>> {
    if values.iter().any(|value| matches!(value, Value::Nil)) {
        engine::skip();
    }
    present(values)
}

/// Go's `%q` of each.
fn quoted(values: &[Value]) -> Option<Value> {
    let quoted = skipping(values)?.into_iter().map(|text| {
        let quoted = engine::print("printf", &["%q".into(), text.into()]).ok()?;
        text_of(&quoted)
    });
    Some(quoted.collect::<Option<Vec<_>>>()?.join(" ").into())
}

/// The first bytes, or with a negative number the last ones.
fn truncated(length: i64, text: &str) -> Option<&str> {
    let short = usize::try_from(length.unsigned_abs()).ok()?.min(text.len());
    if length < 0 { text.get(text.len() - short..) } else { text.get(..short) }
}

fn indented(blanks: usize, text: &str) -> Option<String> {
    let lines = text.matches('\n').count() + 1;
    let before = (lines.checked_mul(blanks)? <= MOST).then(|| " ".repeat(blanks))?;
    Some(format!("{before}{}", text.replace('\n', &format!("\n{before}"))))
}

fn first_letters(text: &str, change: impl Fn(char) -> String) -> String {
    let mut is_first = true;
    let changed = text.chars().map(|symbol| {
        let letter = if is_first { change(symbol) } else { symbol.to_string() };
        is_first = symbol.is_whitespace();
        letter
    });
    changed.collect()
}

/// A pattern as Go reads it, where `\d` and its likes mean ASCII.
fn regex(pattern: &str) -> Option<Regex> {
    let config = Regex::config().nfa_size_limit(Some(1 << 20)).utf8_empty(true);
    Regex::builder().configure(config).syntax(syntax::Config::new().unicode(false).utf8(false)).build(pattern).ok()
}

/// The text with `new` in the place of each match, in which `$1` is what the first group found.
fn replaced(regex: &Regex, text: &str, new: &str, with_groups: bool) -> Option<String> {
    let mut changed = String::new();
    let mut from = 0;
    for found in regex.captures_iter(text) {
        let whole = found.get_match()?.range();
        changed.push_str(text.get(from..whole.start)?);
        if with_groups {
            let group = |index, into: &mut String| {
                let part = found.get_group(index).and_then(|span| text.get(span.range()));
                into.push_str(part.unwrap_or_default());
            };
            interpolate::string(new, group, |name| found.group_info().to_index(found.pattern()?, name), &mut changed);
        } else {
            changed.push_str(new);
        }
        if changed.len() > MOST {
            return None;
        }
        from = whole.end;
    }
    changed.push_str(text.get(from..)?);
    Some(changed)
}
