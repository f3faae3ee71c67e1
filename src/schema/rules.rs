//! What has to hold between the keys of a map of Kubernetes, see `kubernetes-rules.yaml` and `kubernetes-cluster-rules.yaml`.

use super::fault::{self, Fault, choice};
use super::{Schema, Trail};
use crate::schema::Finding;
use crate::yaml::{Data, Map, Node};

/// Something that has to hold between the keys of a map.
#[derive(Debug)]
pub(crate) enum FieldRule {
    /// So many of these are there.
    Of { keys: &'static [&'static str], least: usize, most: usize },
    /// A list or a map has no more than so many.
    Most { list: &'static str, most: usize },
    /// These do not have these texts at once.
    Never(&'static [(&'static str, &'static [&'static str])]),
    /// The items of a list differ in these keys together.
    Unique { list: &'static str, keys: &'static [&'static str] },
    /// What follows from a key.
    When(When),
}

/// What follows from a key that is there, or from its text.
#[derive(Debug)]
pub(crate) struct When {
    /// The key; without one it always follows.
    pub key: Option<&'static str>,
    /// The texts that it has then; the empty one stands for nothing. Without any it is just there.
    pub is: &'static [&'static str],
    /// The keys that are there.
    pub needs: &'static [&'static str],
    /// The keys that are not.
    pub lacks: &'static [&'static str],
    /// What others have to look like.
    pub then: &'static [(&'static str, Schema<'static>)],
}

impl FieldRule {
    /// Finds what does not hold in a map.
    pub(super) fn check(&self, entries: &Map, at: &Trail<'_>, findings: &mut Vec<Finding>) {
        match self {
            Self::Of { keys, least, most } => {
                let there: Vec<&str> = keys.iter().copied().filter(|key| is_there(entries, key)).collect();
                if there.len() < *least {
                    findings.push(rule(at, format!("needs {}", choice(keys)), "in this map"));
                }
                for key in there.iter().skip(*most) {
                    findings.push(rule(&Trail::Key(at, key), format!("has no place here beside `{}`", there[0]), "this key"));
                }
            }
            Self::Most { list, most } => {
                let (length, label) = match entries.get(*list).map(|entry| &entry.value.data) {
                    Some(Data::List(items)) => (items.len(), "this list"),
                    Some(Data::Map(entries)) => (entries.len(), "this map"),
                    _ => return,
                };
                if length > *most {
                    findings.push(rule(&Trail::Key(at, list), format!("has {length} items, and may have {most}"), label));
                }
            }
            Self::Never(pairs) => {
                let text = |key: &str| entries.get(key).map(|entry| entry.value.scalar());
                let is_so = |(key, texts): &(&str, &[&str])| text(key).is_some_and(|text| texts.contains(&text.as_str()));
                if pairs.iter().all(is_so) {
                    let said: Vec<String> = pairs.iter().map(|(key, _)| format!("`{key}: {}`", text(key).unwrap_or_default())).collect();
                    let about = pairs.iter().map(|(key, _)| ((*key).to_owned(), text(key).unwrap_or_default()));
                    findings.push(about_texts(at, format!("cannot have {}", said.join(" beside ")), "in this map", about.collect()));
                }
            }
            Self::Unique { list, keys } => check_unique(entries, list, keys, at, findings),
            Self::When(when) => when.check(entries, at, findings),
        }
    }
}

impl When {
    fn check(&self, entries: &Map, at: &Trail<'_>, findings: &mut Vec<Finding>) {
        let said = self.key.map(|key| (key, entries.get(key).filter(|_| is_there(entries, key)).map(|entry| entry.value.scalar())));
        let follows = match &said {
            None => true,
            Some((_, None)) => self.is.contains(&""),
            Some((_, Some(text))) => self.is.is_empty() || self.is.contains(&text.as_str()),
        };
        if !follows {
            return;
        }
        let because = match said {
            None => String::new(),
            Some((key, None)) => format!(" without `{key}`"),
            Some((key, Some(_))) if self.is.is_empty() => format!(" beside `{key}`"),
            Some((key, Some(text))) => format!(" where `{key}` is `{text}`"),
        };
        for key in self.needs.iter().filter(|key| !is_there(entries, key)) {
            findings.push(rule(at, format!("needs `{key}`{because}"), "in this map"));
        }
        for key in self.lacks.iter().filter(|key| is_there(entries, key)) {
            findings.push(rule(&Trail::Key(at, key), format!("has no place here{because}"), "this key"));
        }
        for (key, schema) in self.then.iter().filter(|(key, _)| is_there(entries, key)) {
            schema.walk(&entries[*key].value, &Trail::Key(at, key), findings);
        }
    }
}

fn check_unique(entries: &Map, list: &str, keys: &[&str], at: &Trail<'_>, findings: &mut Vec<Finding>) {
    let items = entries.get(list).and_then(|entry| entry.value.as_list()).unwrap_or_default();
    let of = |item: &Node, key: &str| match item.get(key) {
        Some(node) if !node.says_nothing() => Some(node.scalar()),
        // The only key that has a default.
        _ => (key == "protocol").then(|| "TCP".to_owned()),
    };
    let mut seen: Vec<Vec<String>> = Vec::new();
    for (index, item) in items.iter().enumerate() {
        let Some(texts) = keys.iter().map(|key| of(item, key)).collect::<Option<Vec<_>>>() else { continue };
        if seen.contains(&texts) {
            let said: Vec<String> = keys.iter().zip(&texts).map(|(key, text)| format!("`{key}: {text}`")).collect();
            let what = format!("is not the only one with {}", fault::list(&said, "and"));
            let about = keys.iter().map(|key| (*key).to_owned()).zip(texts.clone());
            findings.push(about_texts(&Trail::Index(&Trail::Key(at, list), index), what, "this item", about.collect()));
        }
        seen.push(texts);
    }
}

/// Whether a key says something: an empty map does.
pub(super) fn is_there(entries: &Map, key: &str) -> bool {
    entries.get(key).is_some_and(|entry| match &entry.value.data {
        Data::Null => false,
        Data::String(text) => !text.is_empty(),
        Data::List(items) => !items.is_empty(),
        _ => true,
    })
}

/// A finding that a rule is broken.
pub(super) fn rule(at: &Trail<'_>, what: String, label: &'static str) -> Finding {
    about_texts(at, what, label, Vec::new())
}

/// The same of what stands at some keys of the map.
fn about_texts(at: &Trail<'_>, what: String, label: &'static str, about: Vec<(String, String)>) -> Finding {
    at.finding(Fault::Rule { what, label, about })
}
