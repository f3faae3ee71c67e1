//! A list of operations on an object: JSON Patch (RFC 6902).

use super::Refused;
use crate::yaml::{Data, Entry, Node};

/// Applies operations one after the other.
pub fn apply(object: &mut Node, operations: &[Node]) -> Result<(), Refused> {
    operations.iter().try_for_each(|operation| one(object, operation))
}

/// The keys of an operation.
const KEYS: [&str; 4] = ["op", "path", "from", "value"];

fn one(object: &mut Node, operation: &Node) -> Result<(), Refused> {
    let text = |key: &str| {
        let text = operation.get(key).and_then(Node::as_str);
        text.ok_or_else(|| Refused::at(operation, format!("an operation needs its `{key}`, a text")))
    };
    let value = || operation.get("value").cloned().ok_or_else(|| Refused::at(operation, "this operation needs its `value`".to_owned()));
    let refused = |what: String| Refused::at(operation, what);
    let path = text("path")?;
    if let Some(key) = operation.as_map().into_iter().flatten().map(|(key, _)| key).find(|key| !KEYS.contains(&key.as_str())) {
        return Err(refused(format!("an operation has no key `{key}`: `op`, `path`, `from` and `value` are")));
    }
    for pointer in [Some(path), operation.get("from").and_then(Node::as_str)].into_iter().flatten() {
        if pointer.split('~').skip(1).any(|rest| !rest.starts_with(['0', '1'])) {
            return Err(refused(format!("`{pointer}` is no pointer: `~` stands there as `~0`, and `/` in a key as `~1`")));
        }
    }
    match text("op")? {
        "add" => add(object, path, value()?),
        "remove" => remove(object, path).map(drop),
        "replace" => {
            let value = value()?;
            let place = find(object, path).ok_or_else(|| nothing(path));
            place.map(|place| *place = value)
        }
        "move" => {
            let from = text("from")?;
            if path.strip_prefix(from).is_some_and(|rest| rest.starts_with('/')) {
                return Err(refused(format!("`{from}` cannot be moved into itself")));
            }
            remove(object, from).and_then(|value| add(object, path, value))
        }
        "copy" => {
            let from = text("from")?;
            let value = find(object, from).cloned().ok_or_else(|| nothing(from));
            let of_bounds = |value: &Node| weight(value) + weight(object) <= MOST_OF_COPIES;
            let value = value.and_then(|value| if of_bounds(&value) { Ok(value) } else { Err("the object becomes too large".to_owned()) });
            value.and_then(|value| add(object, path, value))
        }
        "test" => match find(object, path) {
            Some(place) if place.is_same(&value()?) => Ok(()),
            Some(_) => Err(format!("the test fails: `{path}` has another value")),
            None => Err(format!("the test fails: there is no `{path}`")),
        },
        other => Err(format!("`{other}` is no operation: `add`, `remove`, `replace`, `move`, `copy` and `test` are")),
    }
    .map_err(refused)
}

/// What an object and a copy of its part have at most, in bytes: no API server takes an object so large.
const MOST_OF_COPIES: usize = 16 << 20;

/// About how many bytes a tree has as text.
fn weight(node: &Node) -> usize {
    match &node.data {
        Data::Map(entries) => entries.iter().map(|(key, entry)| key.len() + weight(&entry.value)).sum::<usize>() + 2,
        Data::List(items) => items.iter().map(weight).sum::<usize>() + 2,
        Data::String(text) => text.len() + 2,
        _ => 4,
    }
}

fn nothing(path: &str) -> String {
    format!("there is no `{path}`")
}

/// The place at the end of a pointer (RFC 6901).
fn find<'n>(node: &'n mut Node, path: &str) -> Option<&'n mut Node> {
    if path.is_empty() {
        return Some(node);
    }
    path.strip_prefix('/')?.split('/').try_fold(node, |node, token| match &mut node.data {
        Data::Map(entries) => entries.get_mut(&plain(token)).map(|entry| &mut entry.value),
        Data::List(items) => index(token).and_then(|at| items.get_mut(at)),
        _ => None,
    })
}

/// What holds the place at the end of a pointer, and the pointer's last token.
fn holder<'n>(node: &'n mut Node, path: &str) -> Result<(&'n mut Data, String), String> {
    let (above, last) = path.rsplit_once('/').ok_or_else(|| format!("`{path}` is no pointer: it begins with `/`"))?;
    let holder = find(node, above).ok_or_else(|| nothing(above))?;
    Ok((&mut holder.data, plain(last)))
}

fn add(node: &mut Node, path: &str, value: Node) -> Result<(), String> {
    if path.is_empty() {
        *node = value;
        return Ok(());
    }
    match holder(node, path)? {
        (Data::Map(entries), key) => {
            let origin = value.origin;
            entries.entry(key).or_insert_with(|| Entry { key: origin, value: Node::new(Data::Null) }).value = value;
            Ok(())
        }
        (Data::List(items), token) => {
            let at = if token == "-" { Some(items.len()) } else { index(&token) };
            let at = at.filter(|at| *at <= items.len()).ok_or_else(|| nothing(path))?;
            items.insert(at, value);
            Ok(())
        }
        _ => Err(nothing(path)),
    }
}

fn remove(node: &mut Node, path: &str) -> Result<Node, String> {
    match holder(node, path)? {
        (Data::Map(entries), key) => entries.shift_remove(&key).map(|entry| entry.value).ok_or_else(|| nothing(path)),
        (Data::List(items), token) => {
            let at = index(&token).filter(|at| *at < items.len()).ok_or_else(|| nothing(path))?;
            Ok(items.remove(at))
        }
        _ => Err(nothing(path)),
    }
}

/// A token of a pointer without its escapes.
fn plain(token: &str) -> String {
    token.replace("~1", "/").replace("~0", "~")
}

fn index(token: &str) -> Option<usize> {
    let is_plain = token.bytes().all(|byte| byte.is_ascii_digit()) && (token.len() == 1 || !token.starts_with('0'));
    token.parse().ok().filter(|_| is_plain)
}

#[cfg(test)]
mod tests {
    use super::apply;
    use crate::yaml::read;

    fn applied(object: &str, operations: &str) -> Result<String, String> {
        let [mut object, operations] = [object, operations].map(|text| read(text, 0).unwrap().remove(0));
        apply(&mut object, operations.as_list().unwrap()).map_err(|refused| refused.what)?;
        Ok(serde_json::to_string(&object).unwrap())
    }

    #[test]
    fn keys_keep_their_order() {
        assert_eq!(applied("{a: 1, b: 2, c: 3}", "[{op: remove, path: /a}]").unwrap(), r#"{"b":2,"c":3}"#);
        assert_eq!(applied("{a: 1, b: 2}", "[{op: add, path: /a, value: {d: 1.5}}]").unwrap(), r#"{"a":{"d":1.5},"b":2}"#);
    }

    /// `kubectl patch` takes `replace` for `add` where nothing is, against RFC 6902.
    #[test]
    fn what_is_not_there_cannot_be_changed() {
        for (operation, expected) in [
            ("{op: replace, path: /b, value: 1}", "there is no `/b`"),
            ("{op: remove, path: /a/01}", "there is no `/a/01`"),
            ("{op: add, path: /a/3, value: 1}", "there is no `/a/3`"),
            ("{op: add, path: a, value: 1}", "`a` is no pointer: it begins with `/`"),
            ("{op: move, from: /a, path: /a/0}", "`/a` cannot be moved into itself"),
            ("{op: copy, from: /b, path: /c}", "there is no `/b`"),
            ("{op: test, path: /a, value: [1]}", "the test fails: `/a` has another value"),
            ("{op: add, path: /b}", "this operation needs its `value`"),
            ("{path: /b}", "an operation needs its `op`, a text"),
            ("{op: add, path: /b, valeu: 1}", "an operation has no key `valeu`: `op`, `path`, `from` and `value` are"),
            ("{op: add, path: /b~2, value: 1}", "`/b~2` is no pointer: `~` stands there as `~0`, and `/` in a key as `~1`"),
        ] {
            assert_eq!(applied("{a: [1, 2]}", &format!("[{operation}]")).unwrap_err(), expected, "{operation}");
        }
    }
}
