//! What a plugin of Argo CD runs: the manifests of an Application, and its parameters.

use std::env;

use clap::Args;

use super::given::make_errors;
use super::{handover, print_and_warn};
use crate::argocd::{Application, announcements};
use crate::error::{Diagnostic, Error, Severity};
use crate::output::{self, Format};

/// How strictly the manifests of an Application are rendered.
#[derive(Debug, Args)]
pub struct Generate {
    /// Take every warning for an error: nothing is printed then
    #[arg(id = "strictly", long = "strict")]
    strict: bool,
}

impl Generate {
    pub(super) fn run(&self) -> Result<(), Error> {
        let (layers, cluster) = application()?.layers()?;
        let strictly = |mut error: Error| {
            if self.strict {
                make_errors(&mut error.diagnostics);
            }
            error
        };
        let rendering = crate::manifests(&layers, cluster).map_err(strictly)?;
        if self.strict && rendering.warnings.iter().any(|one| one.severity == Severity::Warning) {
            return Err(strictly(rendering.warnings.into()));
        }
        let (applied, left_out) = handover::without(&rendering.manifests);
        let told: Vec<Diagnostic> = rendering.warnings.into_iter().chain(left_out).collect();
        print_and_warn(&output::stream(&applied, Format::Yaml), &told)
    }
}

/// Prints what may be said of an Application.
pub fn parameters() -> Result<(), Error> {
    let (announced, mut told) = announcements(&application()?);
    // They are shown all the same.
    for one in &mut told {
        one.severity = Severity::Warning;
    }
    let text = serde_json::to_string_pretty(&announced).expect("parameters are plain data") + "\n";
    print_and_warn(&text, &told)
}

/// The Application that the environment tells of.
fn application() -> Result<Application, Error> {
    Application::read(|name| env::var(name).ok())
}
