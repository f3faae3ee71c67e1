//! `gen template NAME CHART`, as Helm has it.

use clap::{ArgMatches, Args};

use super::{Render, strays};
use crate::error::Error;

/// What Helm's command has besides the options.
#[derive(Debug, Args)]
pub struct Template {
    /// The name of the release, if there are two, and the chart, which is not read: gen has its own templates
    #[arg(value_name = "NAME CHART", num_args = 0..=2)]
    names: Vec<String>,
    #[command(flatten)]
    render: Render,
}

impl Template {
    pub(super) fn run(self, matches: &ArgMatches) -> Result<(), Error> {
        let Self { names, mut render } = self;
        // A chart is no file of YAML.
        if let Some(told) = strays::files(&std::env::args_os().collect::<Vec<_>>()) {
            return Err(told.into());
        }
        if let [name, _] = names.as_slice() {
            render.name_release(name.clone());
        }
        render.run(matches)
    }
}
