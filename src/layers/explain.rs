//! What is wrong with values, in the user's terms.

pub(super) mod deprecated;
mod elsewhere;
pub(super) mod fault;

use std::collections::HashSet;

use crate::error::{Diagnostic, Error};
use crate::schema;
use crate::values::{AirflowVersion, Edition};
use crate::yaml::{Node, Origin};

use super::helm::Unresolved;
use super::sources::Sources;
use super::{editions, schema};
use fault::{Fault, Finding};

/// The edition that the values ask for.
///
/// # Errors
///
/// A version of Airflow that has no edition, and with it everything else that is wrong.
pub(super) fn edition(sources: &Sources, said: &Node) -> Result<Edition, Error> {
    let judge = Judge { sources, tree: said };
    let Some(node) = said.get("airflowVersion").filter(|node| !node.is_null()) else { return Ok(AirflowVersion::default().edition()) };
    let is_version = schema().property("airflowVersion").is_some_and(|schema| schema.check(node).is_empty());
    let Some(version) = node.as_str().filter(|_| is_version) else {
        // Not a version at all: everything that is wrong is said at once.
        return Err(judge.explain_all(&judge.findings(Edition::Current)).into());
    };
    Edition::of_version(version).ok_or_else(|| {
        let title = format!("Airflow {version} is not supported");
        let error = Diagnostic::new(title).at(sources.place(node.origin), "no edition of the manifests for this version");
        let known = Edition::ALL.map(|edition| format!("`{}`", edition.versions())).join(" and ");
        let error = error.help(format!("the editions are for Airflow {known}: set `airflowVersion` to one of these versions"));
        // The rest is judged by the current edition's keys: the version will most likely become one of its own.
        // Go templates are not resolved yet, and have no form.
        let mut findings = judge.findings(Edition::Current);
        findings.retain(|finding| !finding.path.get(said).and_then(Node::as_str).is_some_and(|text| text.contains("{{")));
        std::iter::once(error).chain(judge.explain_all(&findings)).collect::<Vec<_>>().into()
    })
}

/// Finds what is wrong with a tree of values.
pub(super) struct Judge<'a> {
    pub(super) sources: &'a Sources,
    pub(super) tree: &'a Node,
}

impl Judge<'_> {
    /// Everything that is wrong with values of an edition: first the Go templates without a meaning, then what the schema and
    /// the edition refuse.
    pub(super) fn of_edition(&self, edition: Edition, said: &Node, unresolved: &[Unresolved]) -> Vec<Diagnostic> {
        let mut errors: Vec<Diagnostic> = unresolved.iter().map(|template| self.unresolved(template)).collect();
        // A template that does not resolve has no form to judge.
        let unresolved: HashSet<String> = unresolved.iter().map(|template| template.path.to_string()).collect();
        let mut findings = self.findings(edition);
        findings.extend(editions::foreign(edition, said, schema()));
        self.sort(&mut findings);
        findings.retain(|finding| !unresolved.contains(&finding.path.to_string()));
        errors.extend(self.explain_all(&findings));
        errors
    }

    /// Everything that the schema refuses, in the order of the text.
    fn findings(&self, edition: Edition) -> Vec<Finding> {
        let found = schema().check(self.tree).into_iter();
        let mut findings: Vec<Finding> = found.map(|finding| Finding::of_edition(edition, finding)).collect();
        self.sort(&mut findings);
        findings
    }

    /// Sorts findings by the places that they are about; findings without a place come last.
    fn sort(&self, findings: &mut [Finding]) {
        findings.sort_by_key(|finding| self.origin(finding).map_or((usize::MAX, 0), |origin| (origin.layer(), origin.span().start)));
    }

    /// The place that a finding is about.
    fn origin(&self, finding: &Finding) -> Option<Origin> {
        let (node, entry) = finding.path.find(self.tree);
        match entry {
            Some(entry) if finding.fault.is_of_key() || node.is_null() => entry.key,
            // The place of a block that lacks a key is the key that holds the block.
            Some(entry) if matches!(finding.fault, Fault::Form(schema::Fault::Missing { .. })) => entry.key,
            _ => node.origin,
        }
    }

    fn explain_all(&self, findings: &[Finding]) -> Vec<Diagnostic> {
        findings.iter().map(|finding| self.explain(finding)).collect()
    }

    /// A finding in the user's terms.
    fn explain(&self, finding: &Finding) -> Diagnostic {
        let Finding { path, fault } = finding;
        let place = self.sources.place(self.origin(finding));
        let by_argument = place.as_ref().is_some_and(|place| place.source.name == "--set");
        let path = path.to_string();
        let help = match fault {
            Fault::Form(schema::Fault::UnknownKey { .. }) => elsewhere::help(&path).map(str::to_owned),
            Fault::Form(schema::Fault::WrongType { bare: true, .. }) if by_argument => {
                Some("use `--set-string` to make it a string".to_owned())
            }
            _ => None,
        };
        let mut diagnostic = Diagnostic::new(fault.title(&path)).at(place, fault.label());
        diagnostic.help = help.or_else(|| fault.help());
        diagnostic
    }

    fn unresolved(&self, template: &Unresolved) -> Diagnostic {
        let (node, _) = template.path.find(self.tree);
        let path = template.path.to_string();
        let error = Diagnostic::new(format!("`{path}` has a Go template that cannot be resolved"));
        let error = error.at(self.sources.place(node.origin), template.reason);
        let error = match &template.expression {
            Some(expression) => error.note(format!("the expression is `{{{{ {} }}}}`", expression.trim().trim_start_matches("{{").trim())),
            None => error,
        };
        let known = "`{{ .Release.Name }}`, `{{ .Release.Namespace }}`, `{{ .Values.some.key }}` and their like";
        if path.starts_with("config.") {
            return error
                .help(format!("write what it stands for; known are {known}, and `{{{{ \"{{{{ x }}}}\" }}}}` for braces of Airflow's own"));
        }
        error.help(format!("write what it stands for; known are {known}"))
    }
}
