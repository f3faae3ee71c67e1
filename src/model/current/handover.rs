//! The objects by which Argo CD or Flux hears of the manifests.

use serde::Serialize;

use super::basis::Basis;
use crate::values::{Application, Kustomization};

/// Argo CD's cluster, as it calls it.
const OWN_CLUSTER: &str = "https://kubernetes.default.svc";

/// What Argo CD leaves out of a directory: the Application itself, and the file for kustomize, which is no object.
const LEFT_OUT: &str = "{argocd/argocd-application.*,kustomization.yaml}";

/// The objects by which Argo CD or Flux hears of the manifests, for the way to the cluster that is asked for.
#[derive(Serialize)]
pub struct Handover<'v> {
    application: Option<SeenApplication<'v>>,
    kustomization: Option<SeenKustomization<'v>>,
}

/// The Application of Argo CD.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SeenApplication<'v> {
    own: &'v Application,
    name: String,
    exclude: &'static str,
    /// The address of the cluster, unless it has a name.
    server: Option<&'v str>,
    destination_namespace: String,
}

/// The Kustomization of Flux.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SeenKustomization<'v> {
    own: &'v Kustomization,
    name: String,
}

impl<'v> Handover<'v> {
    pub fn of(basis: &Basis<'v>) -> Self {
        let values = basis.values;
        let application = values.application().map(|own| {
            let destination = &own.destination;
            SeenApplication {
                own,
                name: own.name.as_deref().unwrap_or(&basis.names.release).to_owned(),
                exclude: LEFT_OUT,
                server: destination.name.is_none().then(|| destination.server.as_deref().unwrap_or(OWN_CLUSTER)),
                destination_namespace: destination.namespace.as_deref().unwrap_or(&basis.names.namespace).to_owned(),
            }
        });
        let kustomization = values
            .kustomization()
            .map(|own| SeenKustomization { own, name: own.name.as_deref().unwrap_or(&basis.names.release).to_owned() });
        Self { application, kustomization }
    }
}
