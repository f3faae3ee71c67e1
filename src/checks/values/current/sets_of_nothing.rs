//! Sets of a component are asked for, and the component does not run.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::values::Component;

pub(in crate::checks) static RULE: Rule = Rule {
    code: "O119",
    name: "sets-of-nothing",
    level: Level::Warning,
    what: "Sets of a component are asked for, and the component does not run.",
    why: "The sets are left out with it.",
    example: Example {
        of: Of::Values,
        refused: concat!("airflowVersion: 3.2.0\n", "triggerer: {enabled: false, sets: [{name: etl}]}"),
        instead: concat!("airflowVersion: 3.2.0\n", "triggerer: {enableDefault: false, sets: [{name: etl}]}"),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let values = subject.values;
    let (triggerer, dag_processor) = (&values.triggerer, &values.dag_processor);
    let all = [
        ("triggerer", triggerer.sets.len(), triggerer.enabled(values)),
        ("dagProcessor", dag_processor.sets.len(), dag_processor.enabled(values)),
    ];
    for (key, _, _) in all.into_iter().filter(|(_, sets, runs)| *sets > 0 && !runs) {
        found
            .in_value(format!("{key}.sets"), format!("`{key}.sets` has no effect: `{key}` does not run"), "they are left out")
            .help(format!("set `{key}.enabled: true`, or drop the sets"));
    }
}
