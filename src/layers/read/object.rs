//! Objects of Kubernetes in the place of values: a HelmRelease of Flux, an Application of Argo CD, and any other.

use crate::error::{Diagnostic, code};
use crate::schema::Path;
use crate::source::Place;
use crate::yaml::{Entry, Node};

use super::{Wording, within};

/// An error about a file that holds an object of Kubernetes and no values, which says where the values stand in it; `place` is
/// where an entry was written.
pub fn recognised(name: &str, documents: &[Node], wording: Wording, place: impl Fn(&Entry) -> Option<Place>) -> Option<Diagnostic> {
    let is_object = |document: &&Node| ["apiVersion", "kind"].iter().all(|key| document.text(&[key]).is_some());
    let mut objects = documents.iter().filter(is_object);
    let mut with_values: Vec<_> = objects.clone().filter_map(|document| Some((document, within::usual(document)?))).collect();
    // Of several the one that deploys Airflow's chart.
    with_values.sort_by_key(|(document, path)| !is_of_airflow(document, path));
    let with_values = with_values.into_iter().next();
    let document = with_values.as_ref().map_or_else(|| objects.next(), |(document, _)| Some(*document))?;
    let (kind, entry) = (document.text(&["kind"])?, document.as_map()?.get("kind")?);
    let article = if kind.starts_with(['A', 'E', 'I', 'O', 'U']) { "an" } else { "a" };
    let error = Diagnostic::new(format!("`{name}` is {article} {kind}, and not a values file"))
        .coded(code::VALUES_WITHIN)
        .at(place(entry), "an object of Kubernetes");
    let Some((_, path)) = with_values else {
        return Some(error.help("a values file begins with keys such as `executor`"));
    };
    let (release, namespace) = release(document, &path);
    let options = [("--values-from", Some(path.clone())), ("--release-name", release), ("-n", namespace)];
    let options: Vec<_> = options.iter().filter_map(|(option, value)| Some((*option, value.as_deref()?))).collect();
    let elsewhere = elsewhere(document, &path);
    let error = match elsewhere.as_slice() {
        [] => error,
        [one] => error.note(format!("`{one}` says more values, which gen does not read from there: give them with `-f` or `--set`")),
        several => error.note(format!(
            "`{}` say more values, which gen does not read from there: give them with `-f` or `--set`",
            several.join("` and `")
        )),
    };
    Some(error.help(format!("its values stand at `{path}`: {}", wording.add(&options))))
}

/// Whether an object deploys a chart of Airflow, by the chart's name beside the values.
fn is_of_airflow(document: &Node, path: &str) -> bool {
    let beside = [(2, "chart"), (1, "chart"), (1, "chart.spec.chart")];
    let names = beside.iter().filter_map(|(above, chart)| Path::of_keys(chart).get(within::above(path, *above).get(document)?));
    names.filter_map(Node::as_str).any(|name| name.rsplit('/').next() == Some("airflow"))
}

/// The name and the namespace of the release that an object deploys.
fn release(document: &Node, path: &str) -> (Option<String>, Option<String>) {
    let text = |path: &[&str]| document.text(path).map(str::to_owned);
    let name = text(&["metadata", "name"]);
    if path.ends_with("helm.values") || path.ends_with("helm.valuesObject") {
        let helm = within::above(path, 1);
        let own = helm.get(document).and_then(|helm| helm.text(&["releaseName"])).map(str::to_owned);
        // An ApplicationSet's are templates.
        let is_one = document.text(&["kind"]) == Some("Application");
        return if is_one { (own.or(name), text(&["spec", "destination", "namespace"])) } else { (own, None) };
    }
    let target = text(&["spec", "targetNamespace"]);
    let given = text(&["spec", "releaseName"]);
    // Flux puts the namespace that it deploys to before the name.
    let flux = match (&target, &name) {
        (Some(target), Some(name)) if document.text(&["kind"]) == Some("HelmRelease") => Some(format!("{target}-{name}")),
        _ => name,
    };
    (given.or(flux), target.or_else(|| text(&["metadata", "namespace"])))
}

/// The other keys of an object that say values.
fn elsewhere(document: &Node, path: &str) -> Vec<String> {
    let above = within::above(path, 1);
    let says = |key: &str| above.get(document).and_then(|map| map.get(key)).is_some_and(|node| !node.says_nothing());
    let keys = ["valuesFrom", "valuesFiles", "valueFiles", "parameters", "fileParameters", "set"];
    keys.into_iter().filter(|key| says(key)).map(|key| format!("{above}.{key}")).collect()
}
