//! A DAG processor is for bundles that are not there, for none, or for those of another.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "G220",
    name: "processor-set",
    level: Level::Error,
    what: "A DAG processor is for bundles that are not there, for none, or for those of another.",
    why: "`airflow dag-processor` ends where it is told a bundle that it does not know, reads all bundles where it is told none, and two \
          would read the same files. Before Airflow 3 there are no bundles.",
    example: Example {
        of: Of::Values,
        refused: concat!("airflowVersion: 3.2.0\n", "dagProcessor: {sets: [{name: etl, bundles: [etl]}]}\n"),
        instead: concat!("airflowVersion: 3.2.0\n", "dagProcessor: {sets: [{name: etl, bundles: [dags-folder]}]}\n"),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let values = subject.values;
    let keys = &values.dag_processor;
    let is_3 = values.airflow_version.major() >= 3;
    for (index, set) in keys.sets.iter().enumerate().filter(|_| keys.runs(values)) {
        let (name, at) = (&*set.name, format!("dagProcessor.sets[{index}]"));
        if set.bundles.is_empty() || !is_3 {
            let title = format!("the DAG processor `{name}` has no bundles");
            let help = if is_3 { "give the names of some in `bundles`" } else { "leave it out; Airflow has bundles since version 3" };
            found.in_value(format!("{at}.name"), title, "this set").help(help);
            continue;
        }
        for (place, bundle) in set.bundles.iter().enumerate() {
            let other = keys.sets[..index].iter().find(|other| other.bundles.contains(bundle));
            let title = match other {
                Some(other) => format!("the bundle `{}` is read by `{}` and by `{name}`", &**bundle, &*other.name),
                None if keys.dag_bundle_config_list.iter().any(|one| one.name == *bundle) => continue,
                None => format!("there is no bundle `{}`", &**bundle),
            };
            found
                .in_value(format!("{at}.bundles[{place}]"), title, "this bundle")
                .help("name bundles of `dagProcessor.dagBundleConfigList`, each once");
        }
    }
}
