//! Which parts of the values are secrets: those whose schema is `writeOnly`.

use std::collections::HashSet;
use std::ops::Range;

use super::fault::is_near;
use super::secret_entries::{is_own_secret, is_secret_argument};
use super::secret_words::{gives_secret, is_secret_option, logs_in, sounds_secret, tells_secret};
use super::{Airflow, FREE, OBJECT, Property, Rest, Schema, Secret, Types};
use crate::yaml::{Data, Entry, Node};

/// Keys of texts that may have secrets in them, which no type says: code, and configuration.
const CODE: [&str; 4] = ["apiServerConfig", "webserverConfig", "airflowLocalSettings", "extraIni"];

/// The same of YAML: a fault in such a text is shown where it is, with the rest of its line hidden.
const YAML: [&str; 2] = ["extraEnv", "podTemplate"];

/// Whether a key is one of a text that may have secrets in it.
pub(crate) fn is_text_with_secrets(key: &str) -> bool {
    CODE.contains(&key) || YAML.contains(&key)
}

/// The names of keys, by what may be shown of their values.
#[derive(Debug, Default)]
pub(crate) struct KeyNames {
    /// All.
    pub declared: HashSet<String>,
    /// Those whose values hold no secret, wherever they stand.
    pub open: HashSet<String>,
    /// Those whose values are secrets somewhere.
    pub secret: HashSet<String>,
}

/// The keys in an object of Kubernetes, or in a patch of one, whose values name things.
const NAMES: [&str; 7] = ["apiVersion", "kind", "name", "namespace", "op", "path", "from"];

/// The keys of a Secret whose entries have names of the user's own.
const DATA: [&str; 2] = ["data", "stringData"];

/// The byte ranges of all texts in an object but for those that name things, and of whatever is the value of a variable, stands
/// in the data of a Secret, or has a name that sounds like a secret's.
fn collect_unnamed(node: &Node, is_name: bool, found: &mut Vec<Range<usize>>) {
    match &node.data {
        Data::Map(entries) => {
            for (key, Entry { value, .. }) in entries {
                let is_tree = matches!(value.data, Data::Map(_) | Data::List(_));
                match key.as_str() {
                    key if NAMES.contains(&key) => collect_unnamed(value, true, found),
                    // Whatever stands in it.
                    key if DATA.iter().any(|data| is_near(key, data)) => found.push(value.span()),
                    "value" => found.push(value.span()),
                    key if !is_tree && sounds_secret(key) => found.push(value.span()),
                    _ => collect_unnamed(value, false, found),
                }
            }
        }
        Data::List(items) => items.iter().for_each(|item| collect_unnamed(item, false, found)),
        Data::String(_) if !is_name => found.push(node.span()),
        _ => {}
    }
}

/// The same of what stands where nobody looks for it: the texts, and whatever has a name that sounds like a secret's.
fn collect_strange(node: &Node, found: &mut Vec<Range<usize>>) {
    match &node.data {
        Data::Map(entries) => {
            for (key, Entry { value, .. }) in entries {
                if sounds_secret(key) { found.push(value.span()) } else { collect_strange(value, found) }
            }
        }
        Data::List(items) => items.iter().for_each(|item| collect_strange(item, found)),
        Data::String(_) => found.push(node.span()),
        _ => {}
    }
}

/// The same of what stands where no secret belongs: what tells itself that it is one.
fn collect_told(node: &Node, found: &mut Vec<Range<usize>>) {
    match &node.data {
        Data::Map(entries) => {
            for (key, Entry { value, .. }) in entries {
                if is_own_secret(node, key) { found.push(value.span()) } else { collect_told(value, found) }
            }
        }
        Data::List(items) => {
            for (index, item) in items.iter().enumerate() {
                if is_secret_argument(items, index) { found.push(item.span()) } else { collect_told(item, found) }
            }
        }
        Data::String(text) if logs_in(text) || tells_secret(text) => found.push(node.span()),
        _ => {}
    }
}

impl Schema<'_> {
    /// The byte ranges of everything in a layer of values that is a secret or may be one: the values of secret keys,
    /// and those of keys that do not exist (a secret key misspelt is still a secret), unless the key is clearly a slip of one
    /// that holds none, or the value a number or a boolean. Of options of airflow.cfg the name decides.
    #[must_use]
    pub fn secrets(self, node: &Node) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        self.collect_secrets("", node, &mut found);
        found
    }

    fn collect_secrets(self, name: &str, node: &Node, found: &mut Vec<Range<usize>>) {
        match &node.data {
            _ if self.is_marked(OBJECT) => collect_unnamed(node, false, found),
            Data::Map(entries) if self.takes_maps() && !(self.is_secret() && entries.keys().any(|key| !self.declares(key))) => {
                for (key, entry) in entries {
                    match self.property(key) {
                        Some(_) if CODE.contains(&key.as_str()) => found.push(entry.value.span()),
                        // Where a text belongs, its lines may stand as a list or a map.
                        Some(_) if YAML.contains(&key.as_str()) && entry.value.as_str().is_none() => found.push(entry.value.span()),
                        // What has a name of the user's own is a secret by that name.
                        Some(schema)
                            if !self.declares(key) && !schema.is_secret() && !schema.is_name(&entry.value) && is_own_secret(node, key) =>
                        {
                            found.push(entry.value.span());
                        }
                        Some(schema) => schema.collect_secrets(key, &entry.value, found),
                        None => self.collect_unknown(key, &entry.value, found),
                    }
                }
            }
            Data::List(items)
                if !self.is_secret()
                    && let Some(schema) = self.items() =>
            {
                for (index, item) in items.iter().enumerate() {
                    if is_secret_argument(items, index) { found.push(item.span()) } else { schema.collect_secrets(name, item, found) }
                }
            }
            Data::String(text) if self.names(text) => {}
            data if self.hides(name, data) => found.push(node.span()),
            _ if !self.is_secret() && self.holds_secrets() => self.collect_misplaced(name, node, found),
            _ => collect_told(node, found),
        }
    }

    /// Whether what stands at a key of that name may be a secret.
    pub(crate) fn hides(self, name: &str, data: &Data) -> bool {
        self.is_secret() && !(self.is_marked(FREE) && is_open(name, data))
    }

    /// What stands where a map or a list belongs that has secrets somewhere within. A text may be one of them, if it could stand right
    /// beneath.
    fn collect_misplaced(self, name: &str, node: &Node, found: &mut Vec<Range<usize>>) {
        match &node.data {
            Data::Map(entries) => found.extend(entries.values().map(|entry| entry.value.span())),
            Data::List(items) => items.iter().for_each(|item| self.collect_secrets(name, item, found)),
            Data::String(text) if self.has_secrets_beneath() || logs_in(text) || gives_secret(text) => found.push(node.span()),
            _ => {}
        }
    }

    /// Whether a text is the name or the address that belongs there, and no secret: it has the form, and no login and no password in it.
    fn names(self, text: &str) -> bool {
        let has_form = |one: Schema<'_>| one.0.types.meet(Types::STRING) && one.0.pattern.is_some() && one.has_form(text);
        !logs_in(text) && !tells_secret(text) && !self.holds_secret_text() && self.alternatives().any(has_form)
    }

    /// The same of what stands at a key.
    fn is_name(self, node: &Node) -> bool {
        node.as_str().is_some_and(|text| self.names(text))
    }

    fn collect_unknown(self, key: &str, node: &Node, found: &mut Vec<Range<usize>>) {
        let listed = self.alternatives().flat_map(|one| one.0.listed());
        let meant: Vec<Schema<'_>> = listed.filter(|property| is_near(key, property.key)).map(|property| property.schema).collect();
        let is_tree = matches!(node.data, Data::Map(_) | Data::List(_));
        match meant.as_slice() {
            _ if sounds_secret(key) || CODE.iter().chain(&YAML).any(|name| is_near(key, name)) => found.push(node.span()),
            [] => collect_strange(node, found),
            several if is_tree && !several.iter().any(|one| one.takes_type_of(node)) => collect_strange(node, found),
            several => several.iter().for_each(|one| one.collect_secrets(key, node, found)),
        }
    }

    /// The names of all keys that are declared anywhere in the values.
    pub(crate) fn key_names(self) -> KeyNames {
        let mut names = KeyNames::default();
        self.collect_key_names(&mut names);
        names.open.retain(|name| !names.secret.contains(name));
        names
    }

    fn collect_key_names(self, names: &mut KeyNames) {
        for one in self.alternatives().filter(|one| !one.0.of_kubernetes) {
            for Property { key, schema, .. } in one.0.listed() {
                names.declared.insert((*key).to_owned());
                if schema.is_secret() {
                    names.secret.insert((*key).to_owned());
                } else if !schema.holds_secrets() {
                    names.open.insert((*key).to_owned());
                }
                schema.collect_key_names(names);
            }
        }
    }

    /// Whether it, or any schema that it offers for a choice, is marked as a secret's.
    pub(crate) fn is_secret(self) -> bool {
        self.0.secret != Secret::No || self.0.choices.iter().any(|one| one.is_secret())
    }

    /// Whether it takes the text of a secret itself, and not just the name of what holds one.
    pub(crate) fn holds_secret_text(self) -> bool {
        let own = self.0.choices.is_empty() && self.0.secret == Secret::Itself;
        own || self.0.choices.iter().any(|one| one.holds_secret_text())
    }

    fn holds_secrets(self) -> bool {
        self.is_secret() || self.alternatives().any(|one| one.beneath().any(Schema::holds_secrets))
    }

    /// Whether a secret may stand right beneath.
    fn has_secrets_beneath(self) -> bool {
        let is_it = |one: Schema<'_>| one.is_secret() || one.0.items.is_none() && one.0.properties.is_empty() && one.holds_secrets();
        self.alternatives().any(|one| one.beneath().any(|below| below.alternatives().any(is_it)) || one.0.items.is_some())
    }

    /// The schemas of what stands right beneath.
    fn beneath(self) -> impl Iterator<Item = Schema<'static>> {
        let Schema(form) = self;
        let rest = if let Rest::Like(rest) = form.rest { Some(rest) } else { None };
        let keys = form.properties.iter().map(|property| property.schema);
        keys.chain(rest).chain(form.items)
    }
}

/// Whether the value of an option of airflow.cfg is no secret: it is no text, or Airflow has the option, and neither the name nor
/// the text says that it is one.
fn is_open(name: &str, data: &Data) -> bool {
    match data {
        Data::Null | Data::Bool(_) => true,
        Data::Number(..) => !is_secret_option(name),
        Data::String(text) => {
            let name = name.to_lowercase();
            let is_known = Airflow::is_open(&name) || Airflow::is_slip_of_open(&name);
            is_known && !is_secret_option(&name) && !logs_in(text) && !gives_secret(text)
        }
        Data::List(_) | Data::Map(_) => false,
    }
}
