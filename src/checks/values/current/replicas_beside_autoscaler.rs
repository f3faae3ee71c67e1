//! A number of replicas is said where an autoscaler decides it.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::schema::Path;
use crate::values::camel_case;
use crate::yaml::Data;

pub(in crate::checks) static RULE: Rule = Rule {
    code: "O120",
    name: "replicas-beside-autoscaler",
    level: Level::Warning,
    what: "A number of replicas is said where an autoscaler decides it.",
    why: "The number would undo what the autoscaler did whenever the manifests are applied, so that the workload does not have it, as in \
          the chart. How many run at least and at most, `minReplicaCount` and `maxReplicaCount` of the autoscaler say.",
    example: Example {
        of: Of::Values,
        refused: concat!("airflowVersion: 3.2.0\n", "apiServer: {replicas: 3, hpa: {enabled: true}}\n"),
        instead: concat!("airflowVersion: 3.2.0\n", "apiServer: {hpa: {enabled: true, minReplicaCount: 3}}\n"),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    for (key, component) in subject.values.enabled_components() {
        for (below, _) in component.scaled(subject.values).into_iter().filter(|(_, is_scaled)| *is_scaled) {
            let at = [&*camel_case(key), &*below, "replicas"].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(".");
            let path = Path::of_keys(&at);
            // One replica is the default: it is in each full copy of the chart's values.
            let is_one = |data: &Data| matches!(data, Data::Number(number, _) if number.as_u64() == Some(1));
            if path.get(subject.given).is_some_and(|said| !said.says_nothing() && !is_one(&said.data)) {
                found
                    .in_value(path, format!("`{at}` has no effect beside an autoscaler, which decides how many run"), "without effect")
                    .help("leave it out: `minReplicaCount` and `maxReplicaCount` of the autoscaler are its bounds");
            }
        }
    }
}
