//! Selectors of labels as a text, as `kubectl get --selector` has them.

use crate::yaml::Node;

/// Whether a selector selects an object with these labels. What is no selector selects nothing.
pub fn select(selector: &str, labels: Option<&Node>) -> bool {
    parts(selector).into_iter().all(|part| holds(part.trim(), labels))
}

/// What stands between the commas that are in no parentheses.
fn parts(selector: &str) -> Vec<&str> {
    let (mut parts, mut start, mut depth) = (Vec::new(), 0, 0);
    for (at, c) in selector.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(&selector[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&selector[start..]);
    parts
}

fn holds(part: &str, labels: Option<&Node>) -> bool {
    let label = |key: &str| labels.and_then(|labels| labels.get(key.trim())).map(Node::scalar);
    let is = |key: &str, value: &str| label(key).is_some_and(|label| label == value.trim());
    if let Some((key, value)) = part.split_once("!=") {
        return !is(key, value);
    }
    if let Some((key, value)) = part.split_once("==").or_else(|| part.split_once('=')) {
        return is(key, value);
    }
    if let Some((head, values)) = part.strip_suffix(')').and_then(|part| part.split_once('(')) {
        let is_listed = |key: &str| values.split(',').any(|value| is(key, value));
        return match head.split_whitespace().collect::<Vec<_>>()[..] {
            [key, "in"] => is_listed(key),
            [key, "notin"] => !is_listed(key),
            _ => false,
        };
    }
    match part.strip_prefix('!') {
        Some(key) => label(key).is_none(),
        None => label(part).is_some(),
    }
}

#[cfg(test)]
mod tests {
    use super::select;
    use crate::yaml::read;

    #[test]
    fn a_selector_selects_as_kubectl_does() {
        let labels = read("{tier: airflow, component: worker}", 0).unwrap().remove(0);
        for (selector, expected) in [
            ("tier=airflow", true),
            ("tier==airflow,component=worker", true),
            ("tier=airflow, component = scheduler", false),
            ("component!=worker", false),
            ("gone!=worker", true),
            ("component", true),
            ("!component", false),
            ("!gone,tier", true),
            ("component in (scheduler, worker),tier", true),
            ("component notin (scheduler,worker)", false),
            ("component near (worker)", false),
        ] {
            assert_eq!(select(selector, Some(&labels)), expected, "{selector}");
        }
        assert!(!select("tier", None));
    }
}
