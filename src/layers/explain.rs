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
        // The rest is judged by today's keys, which is what the version is most likely changed to.
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
    /// Everything that is wrong with values of an edition: the Go templates that have no meaning, then what the schema and
    /// the edition do not allow of what the user says.
    pub(super) fn of_edition(&self, edition: Edition, said: &Node, unresolved: &[Unresolved]) -> Vec<Diagnostic> {
        let mut errors: Vec<Diagnostic> = unresolved.iter().map(|template| self.unresolved(template)).collect();
        // What does not resolve has no form yet that could be judged.
        let unresolved: HashSet<String> = unresolved.iter().map(|template| template.path.to_string()).collect();
        let mut findings = self.findings(edition);
        findings.extend(editions::foreign(edition, said, schema()));
        self.sort(&mut findings);
        findings.retain(|finding| !unresolved.contains(&finding.path.to_string()));
        errors.extend(self.explain_all(&findings));
        errors
    }

    /// Everything that the schema does not allow, in the order in which it was written.
    fn findings(&self, edition: Edition) -> Vec<Finding> {
        let found = schema().check(self.tree).into_iter();
        let mut findings: Vec<Finding> = found.map(|finding| Finding::of_edition(edition, finding)).collect();
        self.sort(&mut findings);
        findings
    }

    /// Puts findings into the order in which what they are about was written; what nobody wrote comes last.
    fn sort(&self, findings: &mut [Finding]) {
        findings.sort_by_key(|finding| self.origin(finding).map_or((usize::MAX, 0), |origin| (origin.layer(), origin.span().start)));
    }

    /// Where what a finding is about was written.
    fn origin(&self, finding: &Finding) -> Option<Origin> {
        let (node, entry) = finding.path.find(self.tree);
        match entry {
            Some(entry) if finding.fault.is_of_key() || node.is_null() => entry.key,
            // A block that lacks a key is named by the key that holds it.
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
