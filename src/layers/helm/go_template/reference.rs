//! References: to values, the release and the chart; and strings and comments, which are what they are.

use std::cell::OnceCell;

use gotmpl::Value;

use super::Release;
use super::value::{map, of_data};
use crate::layers::editions;
use crate::layers::read::merge;
use crate::literal;
use crate::schema::Path;
use crate::yaml::{Data, Node};

/// Keys without a default of their own, and where their defaults are now: a reference to the first means the second.
const MOVED: [(&str, &str); 2] = [(FIRST_USER[0], FIRST_USER[1]), ("defaultAirflowTag", "airflowVersion")];

/// Where the first user's keys are.
const FIRST_USER: [&str; 2] = ["webserver.defaultUser.", "createUserJob.defaultUser."];
/// They.
const OF_USER: [&str; 6] = ["role", "username", "email", "firstName", "lastName", "password"];

/// The first user's password, which pods read from a Secret.
const PASSWORDS: [&str; 2] = ["webserver.defaultUser.password", "createUserJob.defaultUser.password"];

/// The chart whose values these are.
const CHART: [(&str, &str); 4] = [("Name", "airflow"), ("Version", "1.22.0"), ("AppVersion", "3.2.2"), ("Type", "application")];

/// Why a reference is not resolved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unknown {
    /// It leads nowhere: what it is said to be in is not there.
    Nowhere,
    /// It is not in what it is said to be in.
    Nothing,
    /// It leads to a Go template.
    Template,
    /// It leads to a map or a list.
    Several,
}

impl Unknown {
    pub(super) fn reason(self) -> &'static str {
        match self {
            Self::Nowhere | Self::Nothing => super::NO_VALUE,
            Self::Template => "what it refers to is a Go template itself",
            Self::Several => "what it refers to is not a single value",
        }
    }
}

/// What references are looked up in.
pub(super) struct Reference<'r> {
    pub values: &'r Node,
    /// What the chart's defaults have besides, once it is asked for.
    pub seen: &'r OnceCell<Node>,
    pub release: &'r Release<'r>,
    /// Whether they stand in the arguments of the Job that creates the first user.
    pub in_arguments: bool,
}

impl Reference<'_> {
    /// What an expression refers to; none if it is no reference.
    pub(super) fn of(&self, expression: &str) -> Option<Result<Data, Unknown>> {
        let expression = expression.trim();
        if expression.is_empty() || expression.starts_with("/*") && expression.ends_with("*/") {
            return Some(Ok(Data::String(String::new())));
        }
        if let Some(text) = string(expression) {
            return Some(Ok(Data::String(text)));
        }
        let reference = expression.strip_prefix('$').unwrap_or(expression);
        let named = |entries: &[(&str, &str)], name: &str| {
            let found = entries.iter().find(|(key, _)| *key == name);
            found.map(|(_, text)| Ok(Data::String((*text).to_owned())))
        };
        if let Some(name) = reference.strip_prefix(".Release.") {
            return named(&self.of_release(), name);
        }
        if let Some(name) = reference.strip_prefix(".Chart.") {
            return named(&CHART, name);
        }
        let key = reference.strip_prefix(".Values.")?;
        // Names with dots between; Go has no dashes in them.
        let is_plain = key.chars().all(|symbol| symbol.is_alphanumeric() || matches!(symbol, '.' | '_'));
        is_plain.then(|| match self.value(key)? {
            Data::Map(_) | Data::List(_) => Err(Unknown::Several),
            data => Ok(data),
        })
    }

    /// What a template sees.
    pub(super) fn context(&self) -> Value {
        let texts = |entries: &[(&str, &str)]| entries.iter().map(|(key, text)| ((*key).into(), (*text).into())).collect::<Vec<_>>();
        let mut release = texts(&self.of_release());
        release.extend([
            ("IsInstall".into(), Value::Bool(true)),
            ("IsUpgrade".into(), Value::Bool(false)),
            ("Revision".into(), Value::Int(1)),
        ]);
        let mut all = self.seen().clone();
        merge(&mut all, self.values.clone());
        let mut values = of_data(&all.data);
        for user in FIRST_USER {
            for key in OF_USER {
                self.put(&mut values, &format!("{user}{key}"));
            }
        }
        self.put(&mut values, "defaultAirflowTag");
        map([("Values".into(), values), ("Release".into(), map(release)), ("Chart".into(), map(texts(&CHART)))])
    }

    /// Puts what a key means where a template looks for it.
    fn put(&self, values: &mut Value, key: &str) {
        let Ok(data) = self.value(key) else { return };
        let mut place = values;
        let (above, last) = key.rsplit_once('.').map_or((None, key), |(above, last)| (Some(above), last));
        for step in above.into_iter().flat_map(|above| above.split('.')) {
            let Value::Map(entries) = place else { return };
            let entries = std::sync::Arc::make_mut(entries);
            place = entries.entry(step.into()).or_insert_with(|| map([]));
            if matches!(place, Value::Nil) {
                *place = map([]);
            }
        }
        if let Value::Map(entries) = place {
            std::sync::Arc::make_mut(entries).insert(last.into(), of_data(&data));
        }
    }

    fn seen(&self) -> &Node {
        self.seen.get_or_init(editions::seen)
    }

    /// What the chart's defaults have at a key that the values lack, unless the user took it away, or what it is in.
    fn default(&self, key: &str) -> Option<&Node> {
        let mut at = Some(self.values);
        for step in key.split('.') {
            at = at.and_then(|node| node.get(step));
            if at.is_some_and(Node::is_null) {
                return None;
            }
        }
        Path::of_keys(key).get(self.seen())
    }

    fn of_release(&self) -> [(&str, &str); 3] {
        [("Name", self.release.name), ("Namespace", self.release.namespace), ("Service", "Helm")]
    }

    fn value(&self, key: &str) -> Result<Data, Unknown> {
        let find = |key: &str| Path::of_keys(key).get(self.values).filter(|node| !node.is_null());
        let moved = || MOVED.iter().find_map(|(old, new)| find(&format!("{new}{}", key.strip_prefix(old)?)));
        let is_of_old_user = self.release.shows_password && key.starts_with(FIRST_USER[0]);
        if is_of_old_user && find("webserver.defaultUser").is_some_and(|user| !user.says_nothing()) && find(key).is_none() {
            // The chart takes all of it from there, and what is not there is empty.
            return Ok(Data::String(String::new()));
        }
        let node = find(key).or_else(moved).or_else(|| self.default(key));
        if PASSWORDS.contains(&key) && self.in_arguments {
            let named = find("createUserJob.defaultUser.passwordSecretName").is_some();
            let is_text = node.is_some_and(|node| node.as_str().is_some());
            if !(self.release.shows_password && is_text && !named) {
                return Ok(Data::String(self.release.user_password.to_owned()));
            }
        }
        let Some(node) = node else {
            let is_in_map = key.rsplit_once('.').is_none_or(|(above, _)| find(above).or_else(|| self.default(above)).is_some());
            return Err(if is_in_map { Unknown::Nothing } else { Unknown::Nowhere });
        };
        match &node.data {
            Data::String(text) if text.contains("{{") => Err(Unknown::Template),
            // The kubelet reads the arguments.
            Data::String(text) if self.in_arguments && FIRST_USER.iter().any(|user| key.starts_with(user)) => {
                Ok(Data::String(literal::of(text).into_owned()))
            }
            data => Ok(data.clone()),
        }
    }
}

/// A string of Go by itself: in double quotes, or raw in backquotes.
fn string(expression: &str) -> Option<String> {
    if let Some(raw) = expression.strip_prefix('`').and_then(|rest| rest.strip_suffix('`')) {
        return (!raw.contains('`')).then(|| raw.to_owned());
    }
    expression.starts_with('"').then(|| serde_json::from_str(expression).ok()).flatten()
}
