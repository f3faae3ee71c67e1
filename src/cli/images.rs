//! The images of the manifests, to standard output.

use std::collections::BTreeSet;
use std::path::PathBuf;

use clap::{ArgMatches, Args};

use super::given::GivenArguments;
use super::print_and_warn;
use crate::Rendering;
use crate::checks::Cluster;
use crate::error::{Diagnostic, Error, code};
use crate::kubernetes;
use crate::layers::{self, Layer};
use crate::pins::{self, Digests};

/// Of which manifests, and how they are named.
#[derive(Debug, Args)]
pub struct Images {
    #[command(flatten)]
    given: GivenArguments,
    /// Print each image by its digest, which a line of the file says, `IMAGE DIGEST` or `IMAGE@DIGEST`; `-` for standard input
    #[arg(long, value_name = "FILE")]
    digests: Option<PathBuf>,
    /// With `--digests`: print values that pin the images, to be given after the others: `gen -f values.yaml -f pinned.yaml`
    #[arg(long, requires = "digests")]
    as_values: bool,
}

impl Images {
    pub(super) fn run(&self, matches: &ArgMatches) -> Result<(), Error> {
        let Some(file) = &self.digests else {
            let Rendering { manifests, warnings, .. } = self.given.rendering(matches, Cluster::default())?;
            return print_and_warn(&lines(kubernetes::images(&manifests)), &warnings);
        };
        let (layers, cluster) = self.given.in_order(matches)?;
        if file.as_os_str() == "-" && layers.iter().any(Layer::is_stdin) {
            return Err(Diagnostic::new("standard input cannot be the values and the digests").coded(code::USAGE).into());
        }
        // They are rendered several times.
        let layers = layers.into_iter().map(Layer::loaded).collect::<Result<Vec<_>, _>>().map_err(|error| Error::from(*error))?;
        let Rendering { manifests, mut warnings, .. } = self.given.held(crate::manifests(&layers, cluster))?;
        let pinned = Digests::read(file)?.pinned(&kubernetes::images(&manifests))?;
        warnings.extend(pinned.told.iter().cloned());
        if !self.as_values {
            return print_and_warn(&lines(pinned.images.into_values().collect()), &warnings);
        }
        let edition = layers::values(&layers)?.0.edition();
        let overlay = pins::overlay(&layers, cluster, edition, &pinned)?;
        self.given.accept(&overlay.told)?;
        warnings.extend(overlay.told);
        print_and_warn(&overlay.text, &warnings)
    }
}

/// A line each.
fn lines(images: BTreeSet<String>) -> String {
    images.into_iter().map(|image| image + "\n").collect()
}
