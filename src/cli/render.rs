//! Rendering: the manifests, to standard output or into a directory.

use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};

use clap::{ArgMatches, Args};

use super::cluster::ClusterArguments;
use super::dry::DryArguments;
use super::given::GivenArguments;
use super::notation::{ManifestLayout, ManifestNotation};
use super::{nested, print_and_warn, warn_and_say};
use crate::error::{Diagnostic, Error, Severity, code};
use crate::kubernetes::Manifest;
use crate::layers::Layer;
use crate::output::{self, Stamp, Style};

/// What is rendered, and how it is written.
#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is an option of its own")]
pub struct Render {
    #[command(flatten)]
    given: GivenArguments,
    #[command(flatten)]
    cluster: ClusterArguments,
    /// Only the manifests whose path matches the pattern, such as `secrets/*`; may be given several times
    #[arg(short, long, value_name = "GLOB")]
    show_only: Vec<String>,
    /// Write files into a directory, in the place of a stream to standard output; Secrets with real values are left out
    #[arg(short, long, value_name = "DIR")]
    output_dir: Option<PathBuf>,
    /// With `--output-dir`: write Secrets with real values too, readable for you alone (mode 0600)
    #[arg(long, requires = "output_dir")]
    with_secrets: bool,
    /// With `--output-dir`: overwrite or remove files that gen did not write or that were edited since
    #[arg(long, requires = "output_dir")]
    force: bool,
    /// With `--output-dir`: write a `kustomization.yaml` too, which lists the files for kustomize and `kubectl apply -k`
    #[arg(long, requires = "output_dir", conflicts_with = "show_only")]
    kustomization: bool,
    /// With `--output-dir`: which objects stand in which files [default: files]
    #[arg(long, value_enum, value_name = "LAYOUT", requires = "output_dir", conflicts_with = "show_only")]
    layout: Option<ManifestLayout>,
    /// With `--output-dir`: write `hydrator.metadata` too, by which Argo CD and GitOps Promoter know the commit of the values
    #[arg(long, requires = "output_dir", conflicts_with = "show_only")]
    hydrator_metadata: bool,
    #[command(flatten)]
    dry: DryArguments,
    /// The notation of the manifests
    #[arg(long, value_enum, default_value_t)]
    format: ManifestNotation,
}

impl Render {
    pub(super) fn run(&self, matches: &ArgMatches) -> Result<(), Error> {
        self.refuse_directory()?;
        if !self.hydrator_metadata {
            self.dry.refuse("`--hydrator-metadata` asks for it")?;
        }
        let cluster = self.cluster.cluster();
        // The process ends with this: what it took of memory goes back as a whole, and not piece by piece.
        let mut rendering = ManuallyDrop::new(self.given.rendering(matches, cluster)?);
        let selected = output::select(&rendering.manifests, &self.show_only)?;
        let Some(directory) = &self.output_dir else {
            return print_and_warn(&output::stream(&selected, self.format.into()), &rendering.warnings);
        };
        let style = Style { format: self.format.into(), layout: self.layout.unwrap_or_default().into(), kustomization: self.kustomization };
        let (mut files, secrets) = output::tree(selected, self.with_secrets, style);
        let left_out = left_out(&secrets);
        if self.hydrator_metadata {
            let (layers, _) = self.given.in_order(matches)?;
            let values: Vec<&Path> = layers.iter().filter_map(Layer::file).collect();
            let folder = values.first().and_then(|path| path.parent()).unwrap_or(Path::new(""));
            let (commit, told) = self.dry.commit(folder, &values)?;
            files.push(commit.file());
            rendering.warnings.extend(told);
        }
        rendering.warnings.extend(nested::around(directory));
        self.given.accept(&rendering.warnings)?;
        let options = output::WriteOptions { partial: !self.show_only.is_empty(), force: self.force };
        let stamp = Stamp { layout: style.layout, ..rendering.stamp(cluster.version) };
        let done = output::write_directory(directory, &files, &stamp, options)?;
        rendering.warnings.extend(left_out);
        warn_and_say(&rendering.warnings, &format!("{}: {done}", directory.display()));
        Ok(())
    }
}

impl Render {
    /// Names the release, unless it has a name.
    pub(super) fn name_release(&mut self, name: String) {
        self.given.name_release(name);
    }

    /// Refuses a directory that is none: a notation, as `-o` has it elsewhere, or one that would get the defaults by mistake.
    fn refuse_directory(&self) -> Result<(), Error> {
        let Some(directory) = &self.output_dir else { return Ok(()) };
        let name = directory.to_str().unwrap_or_default();
        if ["yaml", "json"].contains(&name) && !directory.is_dir() {
            let error = Diagnostic::new(format!("`-o {name}` would make a directory of that name")).coded(code::USAGE);
            return Err(error.help(format!("`--format {name}` says the notation; a directory of that name is `-o ./{name}`")).into());
        }
        self.given.refuse_defaults(name)
    }
}

/// A note about the Secrets that are left out of a directory.
pub(super) fn left_out(secrets: &[&Manifest]) -> Option<Diagnostic> {
    let title = match secrets.len() {
        0 => return None,
        1 => "a Secret with real values is left out".to_owned(),
        several => format!("{several} Secrets with real values are left out"),
    };
    let note = |manifest: &&Manifest| format!("`{}` of `{}`", manifest.name(), manifest.path);
    let told = Diagnostic { severity: Severity::Note, ..Diagnostic::new(title).coded(code::LEFT_OUT) };
    let told = secrets.iter().map(note).fold(told, Diagnostic::note);
    Some(told.help("pipe them into `kubectl apply -f -` without `-o` (`-s PATH` selects them); `--with-secrets` writes them too"))
}
