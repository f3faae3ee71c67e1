//! Who connects to whom: the pods that connect for a purpose.

use super::basis::Basis;
use super::peer::Peer;
use super::{keda, task_peers};
use crate::values::{KubernetesWorkers, Need, Purpose};

/// The pods that connect for this purpose.
pub fn callers<'v>(basis: &Basis<'v>, purpose: Purpose) -> Vec<Peer<'v>> {
    // Everything that runs Airflow does: the labels of the release find it.
    let is_of_all = matches!(purpose, Purpose::Database | Purpose::Metrics);
    let mut callers: Vec<_> = if is_of_all {
        let apart = basis.components().filter(|(_, component)| component.needs().contains(&Need::ApiAlone));
        let apart: Vec<_> = apart.filter(|_| purpose == Purpose::Database).map(|(_, component)| component.name()).collect();
        vec![Peer::here_but(basis.labelling.of_release(), &apart)]
    } else {
        let talk = basis.components().filter(|(_, component)| component.talks_to(basis.values).contains(&purpose));
        talk.map(|(_, component)| Peer::here(basis.labelling.selector(component.name()))).collect()
    };
    if is_of_all || KubernetesWorkers::TALKS_TO.contains(&purpose) {
        callers.extend(task_peers::elsewhere(basis));
    }
    if matches!(purpose, Purpose::Database | Purpose::PooledDatabase) {
        callers.extend(keda::operators(basis, purpose == Purpose::PooledDatabase));
    }
    callers
}
