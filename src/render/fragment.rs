//! Fragments: templates that others place as values.
//!
//! `fragment("git-sync", once=true)` renders `_fragments/git-sync.yaml` with the facts of the model and its
//! arguments, and nothing else of its caller's. The result is parsed at once: it is a tree, which a hole takes like any
//! other value. A fragment without a document is `none`.

use std::sync::Arc;

use minijinja::value::{Kwargs, Object, ObjectRepr};
use minijinja::{Environment, Error, ErrorKind, State, Value};

use super::holes::{self, Holes, fault};
use crate::yaml::{self, Node};

/// The folder, in that of an edition, with its fragments.
pub const FOLDER: &str = "_fragments/";
/// The name by which a template hands the facts to its fragments.
const FACTS: &str = "facts";

/// What a template sees: the facts of the model, and over them what it is given.
#[derive(Debug)]
pub struct Scope {
    facts: Value,
    given: Value,
}

impl Scope {
    /// What a template about something sees: the thing is its `c`.
    pub fn of_template(facts: &Value, about: Value) -> Self {
        Self { facts: facts.clone(), given: Value::from_pairs([("c", about)]) }
    }
}

impl Object for Scope {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        if key.as_str() == Some(FACTS) {
            return Some(self.facts.clone());
        }
        [&self.given, &self.facts].into_iter().filter_map(|values| values.get_item(key).ok()).find(|value| !value.is_undefined())
    }
}

/// A tree as a value.
#[derive(Debug)]
pub struct Tree(Node);

impl Tree {
    /// The tree itself; it is copied only if it is shared.
    pub fn into_node(tree: Arc<Self>) -> Node {
        Arc::try_unwrap(tree).map_or_else(|tree| tree.0.clone(), |tree| tree.0)
    }
}

impl Object for Tree {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }
}

/// The templates' function `fragment`: what a fragment gives with these arguments.
pub fn fragment(state: &mut State<'_, '_>, name: &str, given: Kwargs) -> Result<Value, Error> {
    for argument in given.args() {
        if given.peek::<Value>(argument)?.is_undefined() {
            return Err(Error::new(ErrorKind::UndefinedError, format!("the argument `{argument}` of the fragment `{name}`")));
        }
    }
    let facts = state.lookup(FACTS).unwrap_or_default();
    let scope = Scope { facts, given: given.into() };
    let edition = state.name().split('/').next().unwrap_or_default();
    let mut documents = documents(state.env(), &format!("{edition}/{FOLDER}{name}.yaml"), scope)?;
    match documents.pop() {
        None => Ok(Value::from(())),
        Some(node) if !documents.is_empty() => Err(fault(format!("more than one document, not {}", node.kind()))),
        Some(node) if node.is_null() => Ok(Value::from(())),
        Some(node) => Ok(Value::from_object(Tree(node))),
    }
}

/// The documents that a template gives.
pub fn documents(environment: &Environment<'_>, path: &str, scope: Scope) -> Result<Vec<Node>, Error> {
    let template = environment.get_template(path)?;
    let mut rendered = template.render_captured(Value::from_object(scope))?;
    let holes = rendered.with_state_mut(|state| std::mem::take(state.get_or_insert_extension(Holes::default())));
    holes::fill(&rendered.into_output(), holes)
}

/// The templates' filter `canonical`: a tree as YAML text, tidied and written as manifests are.
pub fn canonical(value: Value) -> Result<String, Error> {
    let mut node = holes::node(value)?;
    yaml::tidy(&mut node);
    Ok(yaml::write(&node))
}

#[cfg(test)]
mod tests {
    use minijinja::context;
    use serde_json::json;

    use super::super::templates;
    use super::*;

    /// What a template gives that has these fragments, as JSON.
    fn given(template: &'static str, fragments: &'static [(&'static str, &'static str)]) -> Result<serde_json::Value, Error> {
        let environment = templates::environment(move |path| {
            let name = path.strip_prefix("test/_fragments/").and_then(|name| name.strip_suffix(".yaml"));
            let text = name.map_or(Some(template), |name| fragments.iter().find(|(one, _)| *one == name).map(|(_, text)| *text));
            text.map(str::to_owned)
        });
        let probe = context! { initialDelaySeconds => 1, timeoutSeconds => 1, failureThreshold => 1, periodSeconds => 1, scheme => "HTTP" };
        let facts = context! { fact => 1, some => [1, 2], probe };
        let documents = documents(&environment, "test/template.yaml", Scope::of_template(&facts, "about".into()))?;
        Ok(json!(documents))
    }

    #[test]
    fn a_fragment_is_a_value() {
        let fragments = &[("map", "a: {{ given }}\nb: {{ fact }}\n"), ("list", "- {{ fragment(\"map\", given=given) }}\n- 2\n")];
        let template = "list:\n  - 0\n  - {{ fragment(\"list\", given=\"x: y\") }}\nmap: {{ fragment(\"map\", given=none) }}\n";
        let expected = json!([{"list": [0, {"a": "x: y", "b": 1}, 2], "map": {"a": null, "b": 1}}]);
        assert_eq!(given(template, fragments).unwrap(), expected);
        assert_eq!(given("{{ fragment(\"map\", given=2) }}\n", fragments).unwrap(), json!([{"a": 2, "b": 1}]));
    }

    #[test]
    fn a_fragment_without_a_document_is_nothing() {
        let fragments = &[("empty", "{% if wanted %}\na: 1\n{% endif %}\n"), ("null", "# nothing\n~\n")];
        let template = "- {{ fragment(\"empty\", wanted=false) }}\n- {{ fragment(\"empty\", wanted=true) }}\n- {{ fragment(\"null\") }}\n";
        assert_eq!(given(template, fragments).unwrap(), json!([[{"a": 1}]]));
    }

    #[test]
    fn a_probe_sends_the_headers_that_it_is_given_and_no_others() {
        const PROBE: &str = include_str!("../../templates/current/_fragments/http-probe.yaml");
        let of = |template| given(template, &[("http-probe", PROBE)]).map(|given| given[0]["httpGet"]["httpHeaders"].clone());
        let template = "{{ fragment(\"http-probe\", probe=probe, path=\"/\", port=1, scheme=none, headers=none) }}";
        assert_eq!(of(template).unwrap(), json!(null));
        let template = "{{ fragment(\"http-probe\", probe=probe, path=\"/\", port=1, scheme=none, headers=[{\"name\": \"Host\", \"value\": \"x\"}]) }}";
        assert_eq!(of(template).unwrap(), json!([{"name": "Host", "value": "x"}]));
    }

    #[test]
    fn a_fragment_takes_nothing_from_the_air() {
        let fragments = &[("one", "{{ one }}"), ("c", "{{ c }}"), ("fact", "{{ fact }}")];
        assert!(given("{% for one in some %}\n- {{ fragment(\"one\") }}\n{% endfor %}\n", fragments).is_err());
        assert!(given("{{ fragment(\"c\") }}", fragments).is_err());
        assert!(given("{{ fragment(\"one\", one=missing) }}", fragments).is_err());
        assert_eq!(given("{% for one in some %}\n- {{ fragment(\"one\", one=one) }}\n{% endfor %}\n", fragments).unwrap(), json!([[1, 2]]));
        assert_eq!(given("- {{ fragment(\"c\", c=c) }}\n- {{ fragment(\"fact\", fact=2) }}\n", fragments).unwrap(), json!([["about", 2]]));
    }

    #[test]
    fn a_fragment_that_is_missing_or_two_is_an_error() {
        assert!(given("{{ fragment(\"gone\") }}", &[]).is_err());
        assert!(given("{{ fragment(\"two\") }}", &[("two", "a: 1\n---\nb: 2\n")]).is_err());
    }

    #[test]
    fn a_tree_is_written_as_everything_is() {
        let fragments = &[("pod", "a: {{ none }}\nb: {{ \"yes\" }}\nc: {}\n")];
        assert_eq!(given("a: {{ fragment(\"pod\") | canonical }}", fragments).unwrap(), json!([{"a": "b: \"yes\"\n"}]));
    }
}
