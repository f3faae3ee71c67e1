//! An Application of Argo CD says the cluster by its name and by its address.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::values::Application;

pub(in crate::checks) static RULE: Rule = Rule {
    code: "O126",
    name: "handover-destination",
    level: Level::Error,
    what: "An Application of Argo CD says the cluster by its name and by its address.",
    why: "Argo CD takes one of the two, and refuses both.",
    example: Example {
        of: Of::Values,
        refused: concat!(
            "airflowVersion: 3.2.0\n",
            "delivery: argocd\n",
            "argocd:\n",
            "  application:\n",
            "    enabled: true\n",
            "    repoURL: https://git.example.com/a.git\n",
            "    path: rendered\n",
            "    destination: {name: prod, server: \"https://prod.example.com\"}\n"
        ),
        instead: concat!(
            "airflowVersion: 3.2.0\n",
            "delivery: argocd\n",
            "argocd:\n",
            "  application:\n",
            "    enabled: true\n",
            "    repoURL: https://git.example.com/a.git\n",
            "    path: rendered\n",
            "    destination: {name: prod}\n"
        ),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let Some(Application { destination, .. }) = subject.values.application() else { return };
    if destination.name.is_some() && destination.server.is_some() {
        let destination = "argocd.application.destination";
        let title = format!("`{destination}` says the cluster twice, by `name` and by `server`");
        found.in_value(format!("{destination}.server"), title, "this one would count for nothing").drop_one();
    }
}
