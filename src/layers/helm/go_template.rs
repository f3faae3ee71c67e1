//! Go templates in values, as Helm's charts resolve them in strings.
//!
//! A text whose expressions are references, strings and comments is put together here, and one that is a single reference keeps the
//! type of what it refers to. For every other text there is Go's template engine, with the functions of Helm that give the same
//! for the same values, and the names that the chart's own templates give. What asks the cluster, the clock or chance is an error.

mod as_it_stands;
mod block;
mod engine;
mod fault;
mod functions;
mod masked;
mod pieces;
mod reference;
mod resolved;
mod value;

use std::cell::OnceCell;

use gotmpl::Value;

use crate::schema::{Path, Schema, Step};
use crate::values::USER_PASSWORD;
use crate::yaml::{Data, Entry, Map, Node};
pub use fault::{Fate, NO_COUNTERPART, Unresolved};
use fault::{Fault, unresolved};
use reference::Reference;
use resolved::Resolved;
use value::fitting;

/// What references can name besides the values.
struct Release<'r> {
    /// The name of the release.
    name: &'r str,
    /// The namespace of the release.
    namespace: &'r str,
    /// The variable of the first user's password in the arguments of the Job that creates the user.
    user_password: &'r str,
    /// Whether a password that is a text is written there itself, as with Helm.
    shows_password: bool,
}

/// Why a reference is not resolved that leads nowhere.
const NO_VALUE: &str = "there is no such value";

/// Resolves the Go templates of a tree of values; what they refer to stands in `values`.
pub fn resolve(tree: &mut Node, values: &Node, schema: Schema<'_>) -> Vec<Unresolved> {
    let text = |key: &str, otherwise| values.text(&[key]).filter(|text| !text.is_empty()).unwrap_or(otherwise);
    let release = Release {
        name: text("releaseName", "airflow"),
        namespace: text("namespace", "default"),
        user_password: USER_PASSWORD,
        shows_password: text("delivery", "") == "helm",
    };
    let mut resolver = Resolver::new(values, &release);
    resolver.node(tree, Some(schema));
    resolver.faults
}

struct Resolver<'r> {
    values: &'r Node,
    release: &'r Release<'r>,
    path: Path,
    faults: Vec<Unresolved>,
    /// What a template sees of the chart's defaults besides the values.
    seen: OnceCell<Node>,
    /// What a template sees: everywhere, and in the arguments of the Job that creates the first user.
    contexts: [OnceCell<Value>; 2],
}

impl<'r> Resolver<'r> {
    fn new(values: &'r Node, release: &'r Release<'r>) -> Self {
        Self { values, release, path: Path::default(), faults: Vec::new(), seen: OnceCell::new(), contexts: Default::default() }
    }

    fn node(&mut self, node: &mut Node, schema: Option<Schema<'_>>) {
        if schema.is_some_and(Schema::is_verbatim) {
            return;
        }
        match &mut node.data {
            Data::Map(entries) => {
                if entries.keys().any(|key| key.contains("{{")) {
                    *entries = self.keys(std::mem::take(entries));
                }
                for (key, entry) in entries {
                    self.path.0.push(Step::Key(key.clone()));
                    self.node(&mut entry.value, schema.and_then(|schema| schema.property(key)));
                    self.path.0.pop();
                }
            }
            Data::List(items) => {
                for (index, item) in items.iter_mut().enumerate() {
                    self.path.0.push(Step::Index(index));
                    self.node(item, schema.and_then(Schema::items));
                    self.path.0.pop();
                }
            }
            Data::String(text) if text.contains("{{") && !as_it_stands::is_at(&self.path) => {
                let Resolved { data, faults } = self.resolved(text);
                let name = if let Some(Step::Key(name)) = self.path.0.last() { name.as_str() } else { "" };
                let hides = |schema: Schema<'_>| schema.hides(name, &Data::String(text.clone()));
                let is_secret = !faults.is_empty() && schema.is_some_and(hides);
                self.faults.extend(faults.iter().map(|fault| unresolved(self.path.clone(), fault, is_secret)));
                if let Some(data) = data {
                    node.data = fitting(data, schema);
                }
            }
            _ => {}
        }
    }

    /// A map with the keys that its templates give, each of which is one of its own.
    fn keys(&mut self, written: Map) -> Map {
        let mut entries = Map::default();
        let mut as_written: Vec<String> = Vec::new();
        for (key, entry) in written {
            let resolved = self.key(&key, &entry);
            if let Some(index) = entries.get_index_of(&resolved) {
                let (template, of) = if key.contains("{{") { (&key, &entry) } else { (&as_written[index], &entries[index]) };
                let fault =
                    Fault { fate: Fate::Twice, ..Fault::of(template, format!("it gives the key `{resolved}`, which is there already")) };
                self.faults.push(self.of_key(template, of, &fault));
                continue;
            }
            as_written.push(key);
            entries.insert(resolved, entry);
        }
        entries
    }

    fn key(&mut self, key: &str, entry: &Entry) -> String {
        let Resolved { data, faults } = self.resolved(key);
        let told: Vec<Unresolved> = faults.iter().map(|fault| self.of_key(key, entry, fault)).collect();
        self.faults.extend(told);
        data.map_or_else(|| key.to_owned(), |data| Node::new(data).scalar())
    }

    /// What is told of a fault in the key of an entry.
    fn of_key(&self, key: &str, entry: &Entry, fault: &Fault<'_>) -> Unresolved {
        let mut path = self.path.clone();
        path.0.push(Step::Key(key.to_owned()));
        Unresolved { key: entry.key, ..unresolved(path, fault, false) }
    }

    fn reference(&self) -> Reference<'_> {
        Reference { values: self.values, seen: &self.seen, release: self.release, in_arguments: self.is_in_arguments() }
    }

    fn context(&self) -> &Value {
        let reference = self.reference();
        self.contexts[usize::from(reference.in_arguments)].get_or_init(|| reference.context())
    }

    /// Whether the text is an argument of the Job that creates the first user.
    fn is_in_arguments(&self) -> bool {
        let first: Vec<&Step> = self.path.0.iter().take(2).collect();
        matches!(first[..], [Step::Key(job), Step::Key(key)] if job == "createUserJob" && (key == "args" || key == "command"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::yaml::read;

    fn resolved(text: &str) -> Result<String, String> {
        let values = read(
            "ports: {apiServer: 8081}\nname: x\nlist: [1]\nflag: true\nairflowVersion: 2.11.0\ncreateUserJob: {defaultUser: {role: Op}}",
            0,
        )
        .unwrap()
        .remove(0);
        let release = Release { name: "rel", namespace: "space", user_password: "$(P)", shows_password: false };
        let resolver = Resolver::new(&values, &release);
        let Resolved { data, faults } = resolver.resolved(text);
        let told = faults.iter().map(|fault| format!("{}: {}", fault.expression.unwrap_or_default().trim(), fault.reason));
        let data = data.map(|data| serde_json::to_string(&Node::new(data)).unwrap());
        match (data, told.collect::<Vec<_>>().join("; ")) {
            (Some(data), told) if told.is_empty() => Ok(data),
            (Some(data), told) => Ok(format!("{data} ({told})")),
            (None, told) => Err(told),
        }
    }

    #[test]
    fn references_strings_and_comments_are_resolved() {
        for (text, expected) in [
            ("{{ .Release.Name }}-{{.Release.Namespace}}", r#""rel-space""#),
            ("{{ $.Chart.Name }} of {{ .Release.Service }}", r#""airflow of Helm""#),
            ("{{ .Values.ports.apiServer }}", "8081"),
            ("http://h:{{ .Values.ports.apiServer }}/", r#""http://h:8081/""#),
            ("{{ .Values.webserver.defaultUser.role }}", r#""Op""#),
            ("{{ .Values.kerberos.enabled }}", "false"),
            ("{{ if not .Values.kerberos.enabled }}{{ .Values.images.statsd.pullPolicy }}{{ end }}", r#""IfNotPresent""#),
        ] {
            assert_eq!(resolved(text).unwrap(), expected, "{text}");
        }
    }

    #[test]
    fn what_is_not_there_gives_an_empty_text() {
        for (text, expected) in [
            ("{{ .Values.gone }}", r#""" (.Values.gone: there is no such value)"#),
            ("a{{ .Values.gone }}-{{ .Values.name }}", r#""a-x" (.Values.gone: there is no such value)"#),
            ("{{ if .Values.flag }}a{{ .Values.gone }}{{ end }}", r#""a" (.Values.gone: there is no such value)"#),
            ("{{ .Values.gone | quote }}", r#""" (.Values.gone | quote: there is no such value)"#),
            ("{{ list \"a\" .Values.gone | join \"-\" }}", r#""a""#),
            ("{{ .Values.kerberos.gone }}", r#""" (.Values.kerberos.gone: there is no such value)"#),
            ("{{ .Values.apiServer.replicas }}", r#""" (.Values.apiServer.replicas: there is no such value)"#),
        ] {
            assert_eq!(resolved(text).unwrap(), expected, "{text}");
        }
    }

    #[test]
    fn everything_else_is_refused() {
        for (text, expected) in [
            ("{{ include \"x\" . }}", "include \"x\" .: there is no template of this name, in the chart either"),
            ("{{ .Values.list }}", ".Values.list: what it refers to is not a single value"),
            ("x{{ .Values.list }}", ".Values.list: what it refers to is not a single value"),
            ("{{ ti.dag_id }}", "ti.dag_id: there is no such function"),
            ("{{ a", "{{ a: its braces do not close"),
            (
                "{{ randAlphaNum 5 }}-{{ b }}",
                "randAlphaNum 5: it gives something else each time, and the same values have to give the same manifests; b: there is no such function",
            ),
            ("{{ if .Values.flag }}a", "if .Values.flag: its `{{ end }}` is not there"),
            ("a{{ end }}b", "end: it ends nothing"),
            ("{{ tpl \"{{ if true }}\" . }}", "tpl \"{{ if true }}\" .: its `{{ end }}` is not there"),
            ("{{ printf \"%d\" .Values.name }}", "printf \"%d\" .Values.name: `printf` does not take what it is given"),
            ("{{ .Values.gone.further }}", ".Values.gone.further: there is no such value"),
            ("{{ range until 30000 }}a{{ end }}", "range until 30000: `until` does not take what it is given"),
            ("{{ $x := \"a\" }}{{ range until 40 }}{{ $x = print $x $x }}{{ end }}{{ $x }}", ": more comes of it than values may hold"),
        ] {
            assert_eq!(resolved(text).unwrap_err(), expected, "{text}");
        }
    }

    /// What the file says that Helm makes of them.
    #[test]
    fn expressions_give_what_helm_gives() {
        let file = read(include_str!("../../../tests/go-templates.yaml"), 0).unwrap().remove(0);
        let release = Release { name: "rel", namespace: "space", user_password: "$(P)", shows_password: false };
        let values = file.get("values").unwrap();
        let resolver = Resolver::new(values, &release);
        for case in file.items(&["cases"]) {
            let (text, expected) = (case.as_list().unwrap()[0].as_str().unwrap(), case.as_list().unwrap().get(1).and_then(Node::as_str));
            let given = resolver.resolved(text).data.map(|data| Node::new(data).scalar());
            assert_eq!(given.as_deref(), expected, "{text}");
        }
    }
}
