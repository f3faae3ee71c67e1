//! What the page is told.

use airflow_gen::checks::Cluster;
use airflow_gen::error::{Diagnostic, Error, Kind};
use airflow_gen::graph::{self, Graph};
use airflow_gen::kubernetes::{Manifest, Secrecy};
use airflow_gen::layers::Layer;
use airflow_gen::output::{self, Format, Style};
use airflow_gen::{Missing, Rendering, migrate};
use serde::Serialize;
use serde_json::value::RawValue;

/// What values give.
#[derive(Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Rendered {
    /// What is told of them, as `--message-format json` has it.
    findings: Vec<Box<RawValue>>,
    /// What others have to provide, which the values name.
    provided: Vec<Box<RawValue>>,
    /// What they give; nothing, if there is an error among the findings.
    output: Option<Output>,
}

/// The manifests, and what belongs to them.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Output {
    /// All of them, as `gen -f FILE` prints them.
    stream: String,
    /// Each of them, in the order of their paths.
    manifests: Vec<Object>,
    /// The files that `gen -o` writes.
    files: Vec<File>,
    /// The picture, as `gen graph --format svg` prints it.
    picture: String,
    /// The Secrets that have to exist.
    secrets: Vec<Secret>,
}

/// A manifest.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Object {
    path: String,
    kind: String,
    name: String,
    /// Its text in the stream.
    text: String,
    /// Whether it is a Secret with real values, which `gen -o` leaves out.
    is_left_out: bool,
}

/// A file of a directory.
#[derive(Serialize)]
struct File {
    path: String,
    text: String,
}

/// A Secret that has to exist.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Secret {
    name: String,
    namespace: String,
    /// The key of the values that would make it.
    key: String,
    /// Its keys.
    keys: Vec<String>,
    /// The command that makes it.
    command: String,
    /// Whether `gen secrets` makes it.
    is_fresh: bool,
}

/// Values in today's keys.
#[derive(Default, Serialize)]
pub struct Migrated {
    findings: Vec<Box<RawValue>>,
    /// The text; nothing, if the values cannot be read.
    text: Option<String>,
    moved: usize,
    dropped: usize,
}

impl Rendered {
    /// What a layer gives.
    pub fn of(layer: &Layer) -> Self {
        let (told, rendering) = match airflow_gen::manifests(std::slice::from_ref(layer), Cluster::default()) {
            Ok(mut rendering) => (std::mem::take(&mut rendering.warnings), Some(rendering)),
            Err(error) => (error.diagnostics, None),
        };
        let (provided, findings): (Vec<_>, Vec<_>) = told.into_iter().partition(|one| one.kind == Kind::Provided);
        Self { findings: as_data(&findings), provided: as_data(&provided), output: rendering.map(Output::from) }
    }
}

impl From<Rendering> for Output {
    fn from(Rendering { manifests, missing, .. }: Rendering) -> Self {
        let (files, _) = output::tree(&manifests, false, Style::default());
        Self {
            stream: output::stream(&manifests.iter().collect::<Vec<_>>(), Format::Yaml),
            files: files.into_iter().map(|file| File { path: file.path, text: file.text }).collect(),
            picture: graph::svg(&Graph::of(&manifests)),
            secrets: missing.into_iter().map(Secret::from).collect(),
            manifests: manifests.iter().map(Object::from).collect(),
        }
    }
}

impl From<&Manifest> for Object {
    fn from(manifest: &Manifest) -> Self {
        Self {
            path: manifest.path.clone(),
            kind: manifest.kind().to_owned(),
            name: manifest.name().to_owned(),
            text: output::stream(&[manifest], Format::Yaml),
            is_left_out: manifest.secrecy == Secrecy::Real,
        }
    }
}

impl From<Missing> for Secret {
    fn from(missing: Missing) -> Self {
        let command = missing.command();
        let Missing { key, name, namespace, literals, fresh, .. } = missing;
        Self { name, namespace, key, keys: literals.into_iter().map(|(key, _)| key).collect(), command, is_fresh: fresh.is_some() }
    }
}

impl Migrated {
    /// What came of one file.
    pub fn of(migrated: Result<migrate::Migrated, Error>) -> Self {
        match migrated {
            Ok(migrate::Migrated { files, told }) => {
                let told = Self { findings: as_data(&told), ..Self::default() };
                files.into_iter().fold(told, |done, migrate::File { text, moved, dropped, .. }| Self {
                    text: Some(text),
                    moved,
                    dropped,
                    ..done
                })
            }
            Err(error) => Self { findings: as_data(&error.diagnostics), ..Self::default() },
        }
    }
}

/// Diagnostics as data.
fn as_data(diagnostics: &[Diagnostic]) -> Vec<Box<RawValue>> {
    let json = |one: &Diagnostic| RawValue::from_string(one.json()).expect("a message is JSON");
    diagnostics.iter().map(json).collect()
}
