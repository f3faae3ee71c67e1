//! Which objects a patch is meant for.

use globset::GlobBuilder;
use regex_automata::meta::Regex;

use super::labels;
use crate::yaml::Node;

/// The keys by which a target chooses, and where the selectors look.
const SELECTORS: [(&str, &str); 2] = [("labelSelector", "labels"), ("annotationSelector", "annotations")];

/// What a target says of a whole object, and by which its group and version are known.
pub struct Target<'t>(pub &'t Node);

impl Target<'_> {
    /// What a key says, if it says something.
    pub fn said(&self, key: &str) -> Option<&str> {
        self.0.text(&[key]).filter(|text| !text.is_empty())
    }

    /// Whether it is meant for an object.
    pub fn takes(&self, object: &Node) -> bool {
        self.takes_but(object, "")
    }

    /// Whether it is meant for an object, whatever one of its keys says.
    pub fn takes_but(&self, object: &Node, left_out: &str) -> bool {
        let api = object.text(&["apiVersion"]).unwrap_or_default();
        let (group, version) = api.rsplit_once('/').unwrap_or(("", api));
        let text = |path: &[&str]| object.text(path).unwrap_or_default().to_owned();
        let facts = [
            ("group", group.to_owned()),
            ("version", version.to_owned()),
            ("kind", text(&["kind"])),
            ("name", text(&["metadata", "name"])),
            ("namespace", text(&["metadata", "namespace"])),
        ];
        let fits = |(key, fact): &(&str, String)| *key == left_out || self.said(key).is_none_or(|pattern| matches(pattern, fact));
        let selects = |(key, of): &(&str, &str)| {
            *key == left_out || self.said(key).is_none_or(|selector| labels::select(selector, object.at(&["metadata", of])))
        };
        facts.iter().all(fits) && SELECTORS.iter().all(selects)
    }
}

/// Whether a text is what a pattern says: itself, a glob, or a regular expression of the whole.
fn matches(pattern: &str, text: &str) -> bool {
    let by_glob = || GlobBuilder::new(pattern).build().is_ok_and(|glob| glob.compile_matcher().is_match(text));
    let by_expression = || Regex::new(&format!("^(?:{pattern})$")).is_ok_and(|expression| expression.is_match(text));
    pattern == text || by_glob() || by_expression()
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
            assert_eq!(Target(&node).takes(&object), expected, "{target}");
        }
    }
}
