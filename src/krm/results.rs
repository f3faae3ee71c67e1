//! What is to be told, as results of a function.

use serde::Serialize;

use super::FunctionConfig;
use crate::error::{Diagnostic, Kind, Severity};
use crate::report;
use crate::yaml::{self, Node};

/// A result (kustomize: `framework.Result`).
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Outcome<'d> {
    message: String,
    severity: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    resource_ref: Option<Reference<'d>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<Field>,
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<File<'d>>,
    tags: Tags,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Reference<'d> {
    api_version: &'d str,
    kind: &'d str,
    name: &'d str,
    #[serde(skip_serializing_if = "str::is_empty")]
    namespace: &'d str,
}

#[derive(Serialize)]
struct Field {
    path: String,
}

#[derive(Serialize)]
struct File<'d> {
    path: &'d str,
}

#[derive(Serialize)]
struct Tags {
    code: &'static str,
    name: &'static str,
}

/// The diagnostics as results. What the values name and others have to provide is left out: whoever named it knows that.
#[must_use]
pub fn results(told: &[Diagnostic], config: Option<&FunctionConfig>) -> Vec<Node> {
    let told = told.iter().filter(|one| one.is_error() || one.kind != Kind::Provided);
    told.map(|one| yaml::plain(&outcome(one, config))).collect()
}

fn outcome<'d>(told: &'d Diagnostic, config: Option<&'d FunctionConfig>) -> Outcome<'d> {
    let field = config.and_then(|config| config.field(told.place.as_ref()?));
    let resource_ref = config.filter(|_| field.is_some()).map(|config| {
        let [api_version, kind, name, namespace] = config.identity();
        Reference { api_version, kind, name, namespace }
    });
    let source = told.place.as_ref().map(|place| &place.source).filter(|source| field.is_none() && source.is_file());
    Outcome {
        message: report::line(told),
        severity: match told.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "info",
        },
        resource_ref,
        field: field.map(|path| Field { path }),
        file: source.map(|source| File { path: &source.name }),
        tags: Tags { code: told.code.code, name: told.code.name },
    }
}
