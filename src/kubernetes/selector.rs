//! Selectors: which pods are meant, by their labels.

use crate::yaml::Node;

/// A selector of labels.
#[derive(Clone, Copy, Debug)]
pub struct Selector<'n> {
    labels: Option<&'n Node>,
    expressions: &'n [Node],
    /// Whether it selects everything when it asks for nothing.
    empty_is_all: bool,
}

impl<'n> Selector<'n> {
    /// A Service's selector: labels alone; an empty one selects nothing (Kubernetes API: `ServiceSpec.selector`).
    #[must_use]
    pub fn of_service(labels: Option<&'n Node>) -> Self {
        Self { labels, expressions: &[], empty_is_all: false }
    }

    /// A selector with `matchLabels` and `matchExpressions`; an empty one selects everything (Kubernetes API: `LabelSelector`).
    #[must_use]
    pub fn of(selector: &'n Node) -> Self {
        Self { labels: selector.get("matchLabels"), expressions: selector.items(&["matchExpressions"]), empty_is_all: true }
    }

    /// Whether a pod with these labels is selected.
    #[must_use]
    pub fn selects(&self, labels: Option<&Node>) -> bool {
        let label = |key: &str| labels.and_then(|labels| labels.get(key));
        let mut wanted = self.labels.and_then(Node::as_map).into_iter().flatten().peekable();
        if wanted.peek().is_none() && self.expressions.is_empty() {
            return self.empty_is_all;
        }
        wanted.all(|(key, entry)| label(key).is_some_and(|label| label.scalar() == entry.value.scalar()))
            && self.expressions.iter().all(|expression| {
                let label = label(expression.text(&["key"]).unwrap_or_default());
                let is_listed =
                    || expression.items(&["values"]).iter().any(|value| label.is_some_and(|label| label.scalar() == value.scalar()));
                match expression.text(&["operator"]) {
                    Some("In") => is_listed(),
                    Some("NotIn") => !is_listed(),
                    Some("Exists") => label.is_some(),
                    Some("DoesNotExist") => label.is_none(),
                    _ => false,
                }
            })
    }
}

#[cfg(test)]
mod tests {
    use super::Selector;
    use crate::yaml::read;

    #[test]
    fn labels_and_expressions_select() {
        let labels = read("{tier: airflow, component: worker}", 0).unwrap().remove(0);
        for (selector, expected) in [
            ("{}", true),
            ("matchLabels: {tier: airflow}", true),
            ("matchLabels: {tier: airflow, component: scheduler}", false),
            ("matchLabels: {release: a}", false),
            ("matchExpressions: [{key: component, operator: In, values: [worker, triggerer]}]", true),
            ("matchExpressions: [{key: component, operator: In, values: [triggerer]}]", false),
            ("matchExpressions: [{key: release, operator: NotIn, values: [a]}]", true),
            ("matchExpressions: [{key: tier, operator: NotIn, values: [airflow]}]", false),
            ("matchExpressions: [{key: tier, operator: Exists}]", true),
            ("matchExpressions: [{key: release, operator: Exists}]", false),
            ("matchExpressions: [{key: release, operator: DoesNotExist}]", true),
            ("{matchLabels: {tier: airflow}, matchExpressions: [{key: component, operator: DoesNotExist}]}", false),
        ] {
            let node = read(selector, 0).unwrap().remove(0);
            assert_eq!(Selector::of(&node).selects(Some(&labels)), expected, "{selector}");
        }
    }

    #[test]
    fn a_service_without_a_selector_selects_nothing() {
        let labels = read("{a: b}", 0).unwrap().remove(0);
        let empty = read("{}", 0).unwrap().remove(0);
        assert!(!Selector::of_service(None).selects(Some(&labels)));
        assert!(!Selector::of_service(Some(&empty)).selects(Some(&labels)));
        assert!(Selector::of_service(Some(&labels)).selects(Some(&labels)));
        assert!(!Selector::of_service(Some(&labels)).selects(None));
    }
}
