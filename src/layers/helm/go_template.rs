//! Go templates in values: what Helm's charts resolve in strings, as far as people write it in values files.
//!
//! It resolves references (`{{ .Release.Name }}`, `{{ .Release.Namespace }}`, `{{ .Release.Service }}`,
//! `{{ .Chart.Name }}`, `{{ .Values.some.key }}`, `{{ index .Values.some.list 1 }}`), strings (`{{ "{{ ti.dag_id }}" }}`), comments,
//! functions that give the same whatever is around them (`printf`, `quote`, `b64enc`, `default`, `ternary` and their like), with pipes and
//! brackets, and the minute of a schedule that the chart's values file proposes. Everything else is an error: there is no template engine
//! behind the values.

mod as_it_stands;
mod function;
mod index;
mod masked;
mod minute;
mod pieces;
mod pipeline;

use crate::literal;
use crate::schema::{Path, Schema, Step};
use crate::values::USER_PASSWORD;
use crate::yaml::{Data, Map, Node};
use function::text_of;
use masked::masked;
use pieces::{Piece, pieces};
use pipeline::{Term, parse};

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

/// A Go template that cannot be resolved.
#[derive(Debug)]
pub struct Unresolved {
    /// The key whose value it is in.
    pub path: Path,
    /// The expression without its strings, which may hold a secret; none if all of it may.
    pub expression: Option<String>,
    /// Why it cannot be resolved.
    pub reason: &'static str,
}

/// Keys without a default of their own, and where their defaults are now: a reference to the first means the second.
const MOVED: [(&str, &str); 2] = [(FIRST_USER[0], FIRST_USER[1]), ("defaultAirflowTag", "airflowVersion")];

/// Where the first user's keys are.
const FIRST_USER: [&str; 2] = ["webserver.defaultUser.", "createUserJob.defaultUser."];

/// The first user's password, which pods read from a Secret.
const PASSWORDS: [&str; 2] = ["webserver.defaultUser.password", "createUserJob.defaultUser.password"];

/// Why an expression is not resolved that is no reference, or calls what is not known here.
const UNKNOWN: &str = "it is not one of the references that are known";

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
    let mut resolver = Resolver { values, release: &release, path: Path::default(), faults: Vec::new() };
    resolver.node(tree, Some(schema));
    resolver.faults
}

struct Resolver<'r> {
    values: &'r Node,
    release: &'r Release<'r>,
    path: Path,
    faults: Vec<Unresolved>,
}

impl Resolver<'_> {
    fn node(&mut self, node: &mut Node, schema: Option<Schema<'_>>) {
        if schema.is_some_and(Schema::is_verbatim) {
            return;
        }
        match &mut node.data {
            Data::Map(entries) => {
                if entries.keys().any(|key| key.contains("{{")) {
                    let old = std::mem::take(entries);
                    *entries = old.into_iter().map(|(key, entry)| (self.key(key), entry)).collect::<Map>();
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
                let secret = schema.is_some_and(Schema::is_secret);
                match self.data(text) {
                    Ok(Data::String(text)) => node.data = Data::String(text),
                    Ok(data) => {
                        let resolved = Node { data, origin: node.origin };
                        let fits = schema.is_none_or(|schema| schema.check(&resolved).is_empty());
                        node.data = if fits { resolved.data } else { Data::String(text_of(&resolved.data).unwrap_or_default()) };
                    }
                    Err((expression, reason)) => {
                        let expression = if secret { masked(expression) } else { Some(expression.to_owned()) };
                        self.faults.push(Unresolved { path: self.path.clone(), expression, reason });
                    }
                }
            }
            _ => {}
        }
    }

    fn key(&mut self, key: String) -> String {
        match self.data(&key).map(|data| text_of(&data)) {
            Ok(text) => text.unwrap_or(key),
            Err((expression, reason)) => {
                let mut path = self.path.clone();
                path.0.push(Step::Key(key.clone()));
                self.faults.push(Unresolved { path, expression: Some(expression.to_owned()), reason });
                key
            }
        }
    }

    /// What a text means: a single reference keeps its type, anything else is text.
    fn data<'t>(&self, text: &'t str) -> Result<Data, (&'t str, &'static str)> {
        let pieces = pieces(text)?;
        if let [Piece::Expression(expression)] = pieces.as_slice() {
            return self.expression(expression).map_err(|reason| (*expression, reason));
        }
        let mut resolved = String::new();
        for piece in pieces {
            match piece {
                Piece::Text(text) => resolved.push_str(text),
                Piece::Expression(expression) => {
                    let data = self.expression(expression).map_err(|reason| (expression, reason))?;
                    resolved.push_str(&text_of(&data).ok_or((expression, "it is not a single value"))?);
                }
            }
        }
        Ok(Data::String(resolved))
    }

    fn expression(&self, expression: &str) -> Result<Data, &'static str> {
        let expression = expression.trim();
        if expression.is_empty() || expression.starts_with("/*") && expression.ends_with("*/") {
            return Ok(Data::String(String::new()));
        }
        if expression.contains("adler32sum") {
            return minute::of(expression, self.release.name).map(Data::String).ok_or(UNKNOWN);
        }
        self.term(&parse(expression).ok_or(UNKNOWN)?)
    }

    fn term(&self, term: &Term<'_>) -> Result<Data, &'static str> {
        match term {
            Term::Text(text) => Ok(Data::String(text.clone())),
            Term::Number(number) => Ok(Data::Number((*number).into(), number.to_string())),
            Term::Word(word) => self.reference(word),
            Term::Call { source, name: "index", .. } => self.value(&index::key(source).ok_or(UNKNOWN)?),
            Term::Call { name, given, .. } => {
                let given = given.iter().map(|term| match self.term(term) {
                    // What is not there is empty.
                    Err(NO_VALUE) if *name == "default" => Ok(Data::Null),
                    value => value,
                });
                function::call(name, &given.collect::<Result<Vec<_>, _>>()?).ok_or(UNKNOWN)
            }
        }
    }

    fn reference(&self, reference: &str) -> Result<Data, &'static str> {
        let text = |text: &str| Ok(Data::String(text.to_owned()));
        match reference.trim_start_matches('$') {
            ".Release.Name" => text(self.release.name),
            ".Release.Namespace" => text(self.release.namespace),
            ".Release.Service" => text("Helm"),
            ".Chart.Name" => text("airflow"),
            "true" => Ok(Data::Bool(true)),
            "false" => Ok(Data::Bool(false)),
            reference => match reference.strip_prefix(".Values.") {
                Some(key) if index::is_plain(key) => self.value(key),
                _ => Err(UNKNOWN),
            },
        }
    }

    /// Whether the text is an argument of the Job that creates the first user.
    fn is_in_arguments(&self) -> bool {
        let first: Vec<&Step> = self.path.0.iter().take(2).collect();
        matches!(first[..], [Step::Key(job), Step::Key(key)] if job == "createUserJob" && (key == "args" || key == "command"))
    }

    fn value(&self, key: &str) -> Result<Data, &'static str> {
        let find = |key: &str| Path::of_keys(key).get(self.values).filter(|node| !node.is_null());
        let moved = || MOVED.iter().find_map(|(old, new)| find(&format!("{new}{}", key.strip_prefix(old)?)));
        let is_of_old_user = self.release.shows_password && key.starts_with(FIRST_USER[0]);
        if is_of_old_user && find("webserver.defaultUser").is_some_and(|user| !user.says_nothing()) && find(key).is_none() {
            // The chart takes all of it from there, and what is not there is empty.
            return Ok(Data::String(String::new()));
        }
        let node = find(key).or_else(moved);
        if PASSWORDS.contains(&key) && self.is_in_arguments() {
            let named = find("createUserJob.defaultUser.passwordSecretName").is_some();
            let is_text = node.is_some_and(|node| node.as_str().is_some());
            if !(self.release.shows_password && is_text && !named) {
                return Ok(Data::String(self.release.user_password.to_owned()));
            }
        }
        let node = node.ok_or(NO_VALUE)?;
        match &node.data {
            Data::String(text) if text.contains("{{") => Err("what it refers to is a Go template itself"),
            Data::Map(_) | Data::List(_) => Err("what it refers to is not a single value"),
            // The kubelet reads the arguments.
            Data::String(text) if FIRST_USER.iter().any(|user| key.starts_with(user)) && self.is_in_arguments() => {
                Ok(Data::String(literal::of(text).into_owned()))
            }
            data => Ok(data.clone()),
        }
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
        let resolver = Resolver { values: &values, release: &release, path: Path::default(), faults: Vec::new() };
        let data = resolver.data(text).map_err(|(expression, reason)| format!("{}: {reason}", expression.trim()))?;
        Ok(serde_json::to_string(&Node::new(data)).unwrap())
    }

    #[test]
    fn references_strings_and_comments_are_resolved() {
        for (text, expected) in [
            ("{{ .Release.Name }}-{{.Release.Namespace}}", r#""rel-space""#),
            ("{{ $.Chart.Name }} of {{ .Release.Service }}", r#""airflow of Helm""#),
            ("{{ .Values.ports.apiServer }}", "8081"),
            ("http://h:{{ .Values.ports.apiServer }}/", r#""http://h:8081/""#),
            ("{{ .Values.webserver.defaultUser.role }}", r#""Op""#),
        ] {
            assert_eq!(resolved(text).unwrap(), expected, "{text}");
        }
    }

    #[test]
    fn everything_else_is_refused() {
        for (text, expected) in [
            ("{{ include \"x\" . }}", "include \"x\" .: it is not one of the references that are known"),
            ("{{ .Values.gone }}", ".Values.gone: there is no such value"),
            ("{{ .Values.list }}", ".Values.list: what it refers to is not a single value"),
            ("{{ ti.dag_id }}", "ti.dag_id: it is not one of the references that are known"),
            ("{{ a", "{{ a: its braces do not close"),
            ("{{ .Values.a | quote }}", ".Values.a | quote: there is no such value"),
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
        let resolver = Resolver { values, release: &release, path: Path::default(), faults: Vec::new() };
        for case in file.items(&["cases"]) {
            let (text, expected) = (case.as_list().unwrap()[0].as_str().unwrap(), case.as_list().unwrap().get(1).and_then(Node::as_str));
            let given = resolver.data(text).ok().and_then(|data| text_of(&data));
            assert_eq!(given.as_deref(), expected, "{text}");
        }
    }
}
