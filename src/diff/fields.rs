//! The fields in which two objects differ.

use std::borrow::Cow;

use serde_json::Value;
use similar::{Algorithm, DiffOp, TextDiff, capture_diff_slices};

use super::change::{Change, Detail, Sign};
use super::hidden::Hidden;
use super::items;
use crate::intake;
use crate::schema::{Path, Schema, Step, is_secret_argument, is_secret_entry};
use crate::source::MASK;
use crate::yaml::{self, Data, Node};

/// The fields in which one object differs from another.
pub fn changes(before: &Node, after: &Node, hidden: &Hidden) -> Vec<Change> {
    let is_secret = before.text(&["kind"]) == Some("Secret");
    let mut fields = Fields { is_secret, hidden, hides: 0, at: Vec::new(), changes: Vec::new() };
    fields.compare(Some(before), Some(after), schema_of(after));
    fields.changes
}

/// The schema of an object that says its kind.
pub fn schema_of(object: &Node) -> Option<Schema<'static>> {
    Schema::of_kind(object.text(&["apiVersion"])?, object.text(&["kind"])?)
}

/// A step of a path, as paths show it.
pub fn step(key: &str) -> String {
    Path(vec![Step::Key(key.to_owned())]).to_string()
}

struct Fields<'h> {
    is_secret: bool,
    hidden: &'h Hidden,
    /// How many maps on the way say that what is in them is a secret.
    hides: usize,
    at: Vec<String>,
    changes: Vec<Change>,
}

type Of = Option<Schema<'static>>;

impl Fields<'_> {
    fn compare(&mut self, before: Option<&Node>, after: Option<&Node>, schema: Of) {
        match (before, after) {
            (Some(before), Some(after)) if before.is_same(after) => {}
            (Some(before), Some(after)) if before.as_map().is_some() && after.as_map().is_some() => self.maps((before, after), schema),
            (Some(Node { data: Data::List(before), .. }), Some(Node { data: Data::List(after), .. })) => self.lists(before, after, schema),
            (before, after) => self.field(before, after),
        }
    }

    fn maps(&mut self, (before, after): (&Node, &Node), schema: Of) {
        let is_hidden = |key: &str| [before, after].iter().any(|map| is_secret_entry(map, key));
        let (Some(before), Some(after)) = (before.as_map(), after.as_map()) else { return };
        for key in before.keys().chain(after.keys().filter(|key| !before.contains_key(*key))) {
            self.at.push(step(key));
            let below = schema.and_then(|schema| schema.patched(key).0);
            let (was, is) = (before.get(key).map(|entry| &entry.value), after.get(key).map(|entry| &entry.value));
            self.hides += usize::from(is_hidden(key));
            self.compare(was, is, below);
            self.hides -= usize::from(is_hidden(key));
            self.at.pop();
        }
    }

    fn lists(&mut self, before: &[Node], after: &[Node], schema: Of) {
        let below = schema.and_then(Schema::of_items);
        let Some(key) = items::key(&[before, after], schema) else { return self.by_place(before, after, below) };
        let found = |name: &str, list: &[Node]| list.iter().position(|item| items::name(item, key) == name);
        for item in before {
            let name = items::name(item, key);
            self.item(&name, Some(item), found(&name, after).map(|at| &after[at]), below);
        }
        for item in after {
            let name = items::name(item, key);
            if found(&name, before).is_none() {
                self.item(&name, None, Some(item), below);
            }
        }
        let kept = |one: &[Node], other: &[Node]| -> Vec<String> {
            one.iter().map(|item| items::name(item, key)).filter(|name| found(name, other).is_some()).collect()
        };
        let (was, is) = (kept(before, after), kept(after, before));
        if was != is {
            self.add(Sign::Changed, Detail::Order(is));
        }
    }

    /// Items without names: those that are in both lists stay, and what stands between them differs.
    fn by_place(&mut self, before: &[Node], after: &[Node], schema: Of) {
        let texts = |list: &[Node]| list.iter().map(sorted).collect::<Vec<_>>();
        for op in capture_diff_slices(Algorithm::Myers, &texts(before), &texts(after)) {
            let (old, new) = match op {
                DiffOp::Equal { .. } => continue,
                op => (op.old_range(), op.new_range()),
            };
            for offset in 0..old.len().max(new.len()) {
                let (was, is) = (old.clone().nth(offset), new.clone().nth(offset));
                let place = is.or(was).unwrap_or_default().to_string();
                let is_secret = |list: &[Node], at: Option<usize>| at.is_some_and(|at| is_secret_argument(list, at));
                let hides = usize::from(is_secret(before, was) || is_secret(after, is));
                self.hides += hides;
                self.item(&place, was.map(|at| &before[at]), is.map(|at| &after[at]), schema);
                self.hides -= hides;
            }
        }
    }

    fn item(&mut self, name: &str, before: Option<&Node>, after: Option<&Node>, schema: Of) {
        let last = self.at.pop().unwrap_or_default();
        self.at.push(format!("{last}[{name}]"));
        self.compare(before, after, schema);
        self.at.pop();
        self.at.push(last);
    }

    fn field(&mut self, before: Option<&Node>, after: Option<&Node>) {
        if let Some((before, after)) = before.and_then(yaml_of).zip(after.and_then(yaml_of)) {
            return self.yaml(&before, &after);
        }
        let (before, after) = without_options(before, after);
        let (before, after) = (before.as_deref(), after.as_deref());
        let is_data = self.is_secret && self.at.first().is_some_and(|first| first == "data" || first == "stringData");
        let is_hidden = is_data || self.hides > 0 || [before, after].into_iter().flatten().any(|node| self.hidden.is_within(node));
        let value = |node: &Node| if is_hidden { Value::from(MASK) } else { serde_json::to_value(node).unwrap_or_default() };
        match (before, after) {
            (Some(_), Some(_)) if is_hidden => self.add(Sign::Changed, Detail::Hidden),
            (Some(Node { data: Data::String(before), .. }), Some(Node { data: Data::String(after), .. }))
                if before.contains('\n') || after.contains('\n') =>
            {
                self.add(Sign::Changed, Detail::Lines(lines(before, after)));
            }
            (Some(before), Some(after)) => self.add(Sign::Changed, Detail::Values(value(before), value(after))),
            (Some(before), None) => self.add(Sign::Removed, Detail::Value(value(before))),
            (None, Some(after)) => self.add(Sign::Added, Detail::Value(value(after))),
            (None, None) => {}
        }
    }

    /// Texts of YAML, field by field.
    fn yaml(&mut self, before: &Node, after: &Node) {
        if before.is_same(after) {
            return self.add(Sign::Changed, Detail::Notation);
        }
        let end = self.at.pop().unwrap_or_default();
        self.at.push(format!("{end} |"));
        self.compare(Some(before), Some(after), schema_of(after));
        self.at.pop();
        self.at.push(end);
    }

    fn add(&mut self, sign: Sign, detail: Detail) {
        self.changes.push(Change { sign, path: self.at.join("."), detail });
    }
}

/// Texts of several lines without the values of options that may be secrets; of one that differs it is said that it does.
fn without_options<'n>(before: Option<&'n Node>, after: Option<&'n Node>) -> (Option<Cow<'n, Node>>, Option<Cow<'n, Node>>) {
    let (was, is) = (lines_of(before), lines_of(after));
    let known: Vec<(&str, &str)> = intake::of_options(was).into_iter().map(|(name, span)| (name, &was[span])).collect();
    let mut shown = is.to_owned();
    for (name, span) in intake::of_options(is).into_iter().rev() {
        let is_new = !known.is_empty() && !known.contains(&(name, &is[span.clone()]));
        shown.replace_range(span, if is_new { "*** (changed)" } else { MASK });
    }
    let node = |node: &'n Node, lines: &str, shown: String| {
        if lines.is_empty() { Cow::Borrowed(node) } else { Cow::Owned(Node::new(Data::String(shown))) }
    };
    (before.map(|before| node(before, was, intake::without_options(was))), after.map(|after| node(after, is, shown)))
}

/// A text of several lines; of all else nothing.
fn lines_of(node: Option<&Node>) -> &str {
    node.and_then(Node::as_str).filter(|text| text.contains('\n')).unwrap_or_default()
}

/// An item as a text by which two are the same: the order of keys says nothing.
fn sorted(node: &Node) -> String {
    let mut value = serde_json::to_value(node).unwrap_or_default();
    value.sort_all_objects();
    value.to_string()
}

/// The map that a text of several lines is the YAML of.
fn yaml_of(node: &Node) -> Option<Node> {
    let text = node.as_str().filter(|text| text.trim_end().contains('\n'))?;
    let mut documents = yaml::read(text, 0).ok()?;
    documents.retain(|document| !document.is_null());
    let mut document = documents.pop().filter(|document| documents.is_empty() && document.as_map().is_some())?;
    yaml::tidy(&mut document);
    Some(document)
}

/// The lines in which texts differ, each with its neighbours; `...` stands for those between.
fn lines(before: &str, after: &str) -> Vec<String> {
    let diff = TextDiff::from_lines(before, after).unified_diff().context_radius(1).to_string();
    let kept = diff.lines().skip(1).filter(|line| !line.starts_with('\\'));
    kept.map(|line| if line.starts_with("@@") { "...".to_owned() } else { line.trim_end().to_owned() }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn object(text: &str) -> Node {
        yaml::read(text, 0).unwrap().remove(0)
    }

    /// The lines in which two objects differ.
    fn told(before: &str, after: &str) -> Vec<String> {
        let (before, after) = (object(before), object(after));
        let hidden = Hidden::of([&before, &after]);
        changes(&before, &after, &hidden).iter().flat_map(Change::lines).collect()
    }

    #[test]
    fn items_are_told_apart_as_kubernetes_merges_them() {
        const SERVICE: &str = "{apiVersion: v1, kind: Service, spec: {ports: [{port: 1, name: a}, {port: 2, name: b}]}}";
        let after = SERVICE.replace("name: b}", "name: c}, {port: 3}");
        assert_eq!(told(SERVICE, &after), ["~ spec.ports[2].name: \"b\" -> \"c\"", "+ spec.ports[3]: {\"port\":3}"]);
        let kind = |list: &str| format!("{{kind: A, spec: {{one: 1, list: {list}}}}}");
        assert_eq!(
            told(&kind("[{name: x, value: 1}, {name: w}]"), &kind("[{name: w}, {name: x, value: 2}]")),
            ["~ spec.list[x].value: 1 -> 2", "~ spec.list: in another order: w, x"]
        );
        assert_eq!(told(&kind("[a, b, c]"), &kind("[z, a, c]")), ["+ spec.list[0]: \"z\"", "- spec.list[1]: \"b\""]);
    }

    #[test]
    fn yaml_in_a_text_is_compared_as_yaml() {
        let map = |text: &str| format!("kind: ConfigMap\nmetadata: {{name: a}}\ndata:\n  b.yaml: |\n{text}");
        let before = map("    x: {w: 1}\n    z: 2\n");
        assert_eq!(told(&before, &map("    x:\n      w: 1\n    z: 2\n")), ["~ data.\"b.yaml\": the same, written otherwise"]);
        assert_eq!(told(&before, &map("    x:\n      w: 3\n    z: 2\n")), ["~ data.\"b.yaml\" |.x.w: 1 -> 3"]);
    }

    #[test]
    fn no_secret_is_shown() {
        let secret = |value: &str| format!("{{kind: Secret, metadata: {{name: a}}, data: {{password: {value}}}}}");
        assert_eq!(told(&secret("aHVudGVyMg=="), &secret("b3RoZXI=")), ["~ data.password: *** (changed)"]);
        let pod = |value: &str| format!("{{kind: A, env: [{{name: DB_PASSWORD, value: {value}}}, {{name: B, value: 'a://u:{value}@h'}}]}}");
        assert_eq!(told(&pod("hunter2"), &pod("hunter3")), ["~ env[DB_PASSWORD].value: *** (changed)", "~ env[B].value: *** (changed)"]);
    }
}
