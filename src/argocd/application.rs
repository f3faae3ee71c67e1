//! What an Application of Argo CD says of the values.

use std::path::{Path, PathBuf};

use super::parameter::{ENVIRONMENT, Parameters, VALUES_FILES, VARIABLE};
use crate::checks::Cluster;
use crate::error::{Diagnostic, Error, code};
use crate::fleet::Fleet;
use crate::layers::Layer;

/// The values file that is taken where none is named.
pub const VALUES: &str = "values.yaml";

/// The file that lists environments.
pub const FLEET: &str = "gen.yaml";

/// What Argo CD says to a plugin.
#[derive(Debug)]
pub struct Application {
    parameters: Parameters,
    /// The name of the Application.
    name: Option<String>,
    /// The namespace that it goes to.
    namespace: Option<String>,
    /// The version of Kubernetes that its cluster has.
    kube_version: Option<String>,
}

impl Application {
    /// From variables, which a function looks up.
    ///
    /// # Errors
    ///
    /// Parameters that are none.
    pub fn read(variable: impl Fn(&str) -> Option<String>) -> Result<Self, Error> {
        let said = |name: &str| variable(name).filter(|value| !value.is_empty());
        // That of an Application in a namespace of its own stands in front of its name.
        let name = said("ARGOCD_APP_NAME").map(|name| name.rsplit('_').next().unwrap_or_default().to_owned());
        Ok(Self {
            parameters: Parameters::read(&said(VARIABLE).unwrap_or_default())?,
            name,
            namespace: said("ARGOCD_APP_NAMESPACE"),
            kube_version: said("KUBE_VERSION"),
        })
    }

    /// The values, from the folder of the Application: what Argo CD says by itself, an environment, files, and settings, each above
    /// those before. And what is known of the cluster.
    ///
    /// # Errors
    ///
    /// There are none; what cannot be read of the environment; a version that is none.
    pub fn layers(&self) -> Result<(Vec<Layer>, Cluster), Error> {
        let option = |option, key, value: &str| Layer::Option(option, key, value.to_owned());
        let of_argocd = [("ARGOCD_APP_NAME", "releaseName", &self.name), ("ARGOCD_APP_NAMESPACE", "namespace", &self.namespace)];
        let of_argocd = of_argocd.into_iter().filter_map(|(variable, key, value)| Some(option(variable, key, value.as_deref()?)));
        let (said, mut cluster) = self.said()?;
        if cluster.version.is_none()
            && let Some(version) = &self.kube_version
        {
            let wrong = |why: &str| Error::from(Diagnostic::new(format!("`KUBE_VERSION` is `{version}`")).coded(code::USAGE).note(why));
            cluster.version = Some(version.parse().map_err(wrong)?);
        }
        Ok((of_argocd.chain([option("argocd-generate", "delivery", "argocd")]).chain(said).collect(), cluster))
    }

    /// The same without what Argo CD says by itself.
    ///
    /// # Errors
    ///
    /// There are no values; what cannot be read of the environment.
    pub fn said(&self) -> Result<(Vec<Layer>, Cluster), Error> {
        let Parameters { environment, set, set_string, values_files: _ } = &self.parameters;
        let (mut layers, cluster) = match environment {
            Some(name) => Fleet::read(Path::new(FLEET))?.environment(name).map(|environment| (environment.layers, environment.cluster))?,
            None => (Vec::new(), Cluster::default()),
        };
        layers.extend(self.files()?.into_iter().map(|file| Layer::File(PathBuf::from(file))));
        layers.extend(set.iter().map(|(key, value)| Layer::setting(key, value)));
        layers.extend(set_string.iter().map(|(key, value)| Layer::string_setting(key, value)));
        Ok((layers, cluster))
    }

    /// The values files: those of the parameter, or the usual one.
    pub fn files(&self) -> Result<Vec<String>, Error> {
        match (&self.parameters.values_files, &self.parameters.environment) {
            (Some(files), _) => Ok(files.clone()),
            (None, Some(_)) => Ok(Vec::new()),
            (None, None) if Path::new(VALUES).exists() => Ok(vec![VALUES.to_owned()]),
            (None, None) => {
                let error = Diagnostic::new(format!("there is no `{VALUES}` in the folder of the Application")).coded(code::USAGE);
                Err(error
                    .help(format!("name an environment of `{FLEET}` in the parameter `{ENVIRONMENT}`, or files in `{VALUES_FILES}`"))
                    .into())
            }
        }
    }
}
