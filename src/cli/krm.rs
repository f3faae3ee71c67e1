//! A function of kustomize and kpt: their list from standard input, and to standard output with the manifests in it.

use std::process::ExitCode;

use clap::{ArgMatches, Args};

use super::cluster::ClusterArguments;
use super::given::GivenArguments;
use super::{handover, print_and_warn};
use crate::error::{Diagnostic, Error, Severity, code};
use crate::krm::{Function, FunctionConfig, Item, ResourceList, joined, results};
use crate::kubernetes::{Manifest, Secrecy};
use crate::layers::Layer;
use crate::output;
use crate::source::Text;

/// What is rendered besides what the list says.
#[derive(Debug, Args)]
pub struct Krm {
    #[command(flatten)]
    given: GivenArguments,
    #[command(flatten)]
    cluster: ClusterArguments,
    /// Have Secrets with real values in the list too: kpt writes them into files
    #[arg(long)]
    with_secrets: bool,
}

impl Krm {
    pub(super) fn run(&self, matches: &ArgMatches) -> Result<ExitCode, Error> {
        let list = ResourceList::read(&Text::read(None).map_err(|error| Error::from(*error))?)?;
        let config = list.function_config().map(FunctionConfig::of);
        let (items, told, status) = match self.items(matches, &list, config.as_ref()) {
            Ok((items, told)) => (items, told, ExitCode::SUCCESS),
            Err(error) => {
                let all = (0..list.items().len()).map(Item::Kept).collect();
                (all, error.diagnostics, ExitCode::FAILURE)
            }
        };
        print_and_warn(&list.with(&items, results(&told, config.as_ref())), &told)?;
        Ok(status)
    }

    /// The items of the list that goes out, and what is to be told of them.
    fn items(
        &self,
        matches: &ArgMatches,
        list: &ResourceList,
        config: Option<&FunctionConfig>,
    ) -> Result<(Vec<Item>, Vec<Diagnostic>), Error> {
        let (mut layers, of_environment) = self.given.in_order(matches)?;
        if layers.iter().any(Layer::is_stdin) {
            return Err(Diagnostic::new("standard input cannot be the values and the list").coded(code::USAGE).into());
        }
        layers.extend(config.map(FunctionConfig::layers).transpose()?.unwrap_or_default());
        if layers.is_empty() {
            let error = Diagnostic::new("no values are given").coded(code::USAGE);
            return Err(error.help("`functionConfig` has them, or `gen krm -f values.yaml`").into());
        }
        let rendering = self.given.held(crate::manifests(&layers, self.cluster.cluster().or(of_environment)))?;
        let (applied, apart) = handover::without(&rendering.manifests);
        let (left_out, kept): (Vec<&Manifest>, Vec<&Manifest>) =
            applied.into_iter().partition(|manifest| !self.with_secrets && manifest.secrecy == Secrecy::Real);
        let mut told = rendering.warnings;
        told.extend(without(&left_out).into_iter().chain(apart));
        let given = rendering.given.as_ref();
        let release = given.and_then(|given| given.said().text(&["releaseName"]));
        let namespace = given.and_then(|given| given.whole().text(&["namespace"])).unwrap_or_default();
        let name = config.and_then(FunctionConfig::name).or(release.filter(|name| !name.is_empty())).unwrap_or("airflow");
        let function = Function { name, namespace, folder: config.map(FunctionConfig::folder).unwrap_or_default() };
        match joined(list.items(), &output::in_install_order(&kept), function) {
            Ok(items) => Ok((items, told)),
            Err(errors) => Err([told, errors].concat().into()),
        }
    }
}

/// A note about the Secrets that are not in the list.
fn without(secrets: &[&Manifest]) -> Option<Diagnostic> {
    let title = match secrets.len() {
        0 => return None,
        1 => "a Secret with real values is left out".to_owned(),
        several => format!("{several} Secrets with real values are left out"),
    };
    let told = Diagnostic { severity: Severity::Note, ..Diagnostic::new(title).coded(code::LEFT_OUT) };
    let told = secrets.iter().fold(told, |told, manifest| told.note(format!("`{}` of `{}`", manifest.name(), manifest.path)));
    Some(told.help("kpt would write them into files; with `gen krm --with-secrets` they are in the list"))
}
