//! Pods may run as anybody, and the cluster decides as whom they run.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "R103",
    name: "any-user-and-cluster",
    level: Level::Error,
    what: "Pods may run as anybody, and the cluster decides as whom they run.",
    why: "`rbac.createSCCRoleBinding` binds the accounts to the constraint `anyuid`, and OpenShift prefers that to `restricted-v2`: pods \
          run as the user of their image, and those whose image says root do not start.",
    example: Example {
        of: Of::Values,
        refused: concat!("airflowVersion: 3.2.0\n", "openshift: {enabled: true}\n", "rbac: {createSCCRoleBinding: true}\n"),
        instead: concat!("airflowVersion: 3.2.0\n", "openshift: {enabled: true}\n"),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let values = subject.values;
    if values.openshift.enabled && values.rbac.create_scc_role_binding {
        let title = "`openshift.enabled` leaves the user to the cluster, and `rbac.createSCCRoleBinding` takes it from there";
        found.in_value("rbac.createSCCRoleBinding", title, "binds the accounts to `anyuid`").drop_one();
    }
}
