//! Which objects a patch is meant for.

use globset::{GlobBuilder, GlobMatcher};
use regex_automata::meta::Regex;

use super::labels;
use crate::yaml::Node;

/// The keys by which a target chooses, and where the selectors look.
const SELECTORS: [(&str, &str); 2] = [("labelSelector", "labels"), ("annotationSelector", "annotations")];

/// What a target says of a whole object, and by which its group and version are known.
pub struct Target<'t> {
    said: &'t Node,
    /// What it says of each fact, ready to be compared with many objects.
    patterns: Vec<(&'static str, Pattern<'t>)>,
}

/// The facts that a target may say a pattern of.
const FACTS: [&str; 5] = ["group", "version", "kind", "name", "namespace"];

impl<'t> Target<'t> {
    /// The target that these keys describe.
    pub fn of(said: &'t Node) -> Self {
        let patterns = FACTS.iter().filter_map(|key| Some((*key, Pattern::of(text(said, key)?)))).collect();
        Self { said, patterns }
    }

    /// What a key says, if it says something.
    pub fn said(&self, key: &str) -> Option<&'t str> {
        text(self.said, key)
    }

    /// Whether it is meant for an object.
    pub fn takes(&self, object: &Node) -> bool {
        self.takes_but(object, "")
    }

    /// Whether it is meant for an object, whatever one of its keys says.
    pub fn takes_but(&self, object: &Node, left_out: &str) -> bool {
        let api = object.text(&["apiVersion"]).unwrap_or_default();
        let (group, version) = api.rsplit_once('/').unwrap_or(("", api));
        let fact = |key: &str| match key {
            "group" => group,
            "version" => version,
            "kind" => object.text(&["kind"]).unwrap_or_default(),
            _ => object.text(&["metadata", key]).unwrap_or_default(),
        };
        let fits = |(key, pattern): &(&str, Pattern<'_>)| *key == left_out || pattern.matches(fact(key));
        let selects = |(key, of): &(&str, &str)| {
            *key == left_out || self.said(key).is_none_or(|selector| labels::select(selector, object.at(&["metadata", of])))
        };
        self.patterns.iter().all(fits) && SELECTORS.iter().all(selects)
    }
}

fn text<'n>(node: &'n Node, key: &str) -> Option<&'n str> {
    node.text(&[key]).filter(|text| !text.is_empty())
}

/// A text that means itself, and as a glob or a regular expression of the whole it means others too.
struct Pattern<'t> {
    text: &'t str,
    glob: Option<GlobMatcher>,
    expression: Option<Regex>,
}

impl<'t> Pattern<'t> {
    fn of(text: &'t str) -> Self {
        let glob = GlobBuilder::new(text).build().ok().map(|glob| glob.compile_matcher());
        Self { text, glob, expression: Regex::new(&format!("^(?:{text})$")).ok() }
    }

    fn matches(&self, text: &str) -> bool {
        self.text == text
            || self.glob.as_ref().is_some_and(|glob| glob.is_match(text))
            || self.expression.as_ref().is_some_and(|expression| expression.is_match(text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::yaml::read;

    #[test]
    fn a_target_takes_what_all_of_its_keys_match() {
        let text = "{apiVersion: apps/v1, kind: Deployment, metadata: {name: airflow-scheduler, labels: {component: scheduler}}}";
        let object = read(text, 0).unwrap().remove(0);
        for (target, expected) in [
            ("{}", true),
            ("{kind: Deployment, name: airflow-scheduler}", true),
            ("{kind: Deployment, name: airflow}", false),
            ("{name: airflow-*}", true),
            ("{name: airflow-.*}", true),
            ("{name: 'airflow-(scheduler|worker)'}", true),
            ("{name: '*-worker'}", false),
            ("{kind: Deployment|StatefulSet}", true),
            ("{group: apps, version: v1}", true),
            ("{group: batch}", false),
            ("{namespace: other}", false),
            ("{labelSelector: component=scheduler}", true),
            ("{labelSelector: 'component in (worker, triggerer)'}", false),
            ("{annotationSelector: component}", false),
        ] {
            let node = read(target, 0).unwrap().remove(0);
            assert_eq!(Target::of(&node).takes(&object), expected, "{target}");
        }
    }
}
