//! What is wrong with values, in the user's terms.

pub(super) mod deprecated;
pub(super) mod elsewhere;
pub(super) mod fault;
mod right_line;
pub(super) mod subchart;
mod unknown;
pub(super) mod version;

use crate::error::{Diagnostic, Kind, Severity, code};
use crate::schema;
use crate::source::Sources;
use crate::values::Edition;
use crate::yaml::{Node, Origin};

use super::helm::{Fate, NO_COUNTERPART, Unresolved};
use super::{editions, schema};
use fault::{Fault, Finding};

/// Finds what is wrong with a tree of values.
pub(super) struct Judge<'a> {
    pub(super) sources: &'a Sources,
    pub(super) tree: &'a Node,
}

/// What the schema refuses of values.
pub(super) fn refused(tree: &Node) -> Vec<schema::Finding> {
    // An empty map in the values stands for nothing.
    let is_nothing = |finding: &schema::Finding| {
        let node = finding.path.get(tree);
        matches!(finding.fault, schema::Fault::Rule { .. }) && node.is_some_and(Node::says_nothing)
    };
    let found = schema().check(tree);
    found.into_iter().filter(|finding| !is_nothing(finding)).collect()
}

impl Judge<'_> {
    /// The keys that do not exist, and those of what the user said that the edition does not have, in the order of the text.
    pub(super) fn unknown(&self, edition: Edition, said: &Node) -> Vec<Finding> {
        let mut findings: Vec<Finding> = self.findings(edition).into_iter().filter(Finding::is_of_unknown_key).collect();
        findings.extend(editions::foreign(edition, said, schema()));
        self.sort(&mut findings);
        findings
    }

    /// Everything that the schema refuses, in the order of the text.
    pub(super) fn findings(&self, edition: Edition) -> Vec<Finding> {
        let mut findings: Vec<Finding> = refused(self.tree).into_iter().map(|finding| Finding::of_edition(edition, finding)).collect();
        self.sort(&mut findings);
        findings
    }

    /// What is to be told of a key that does not exist: an error, a warning, or nothing, if a Go template of the values refers
    /// to it where the chart takes any key.
    pub(super) fn explain_unknown(&self, edition: Edition, finding: &Finding, is_used: bool) -> Option<Diagnostic> {
        let (node, _) = finding.path.find(self.tree);
        // A map is no slip of a key that takes a number.
        let map = finding.parent().schema(schema());
        let takes_it = |key: &&str| map.and_then(|map| map.property(key)).is_none_or(|schema| schema.takes_type_of(node));
        let nearest = finding.nearest().filter(|_| !is_used).filter(takes_it);
        let Some(kind) = unknown::kind(edition, &finding.path, nearest, node) else {
            let error = self.explain(finding);
            let lists = || format!("`gen explain {}` lists the keys there", finding.parent());
            let is_explained = edition == Edition::Current && !finding.parent().0.is_empty();
            return Some(Diagnostic { help: error.help.or_else(|| is_explained.then(lists)), ..error });
        };
        let path = finding.path.to_string();
        let help = elsewhere::help(&path).map(str::to_owned).or_else(|| nearest.map(|key| format!("did you mean `{key}`?")));
        let help = help.or_else(|| elsewhere::moved(edition, &path, Some(node)).filter(|_| kind == Kind::Ignored));
        let warning = Diagnostic { help, ..Diagnostic::of_key(kind, &path) };
        (!is_used).then(|| warning.at(self.sources.place(self.origin(finding)), "nobody reads it"))
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

    /// A finding in the user's terms.
    pub(super) fn explain(&self, finding: &Finding) -> Diagnostic {
        let Finding { path, fault } = finding;
        let place = self.sources.place(self.origin(finding));
        let by_argument = place.as_ref().is_some_and(|place| place.source.name == "--set");
        let path = path.to_string();
        let help = match fault {
            Fault::Form(schema::Fault::UnknownKey { nearest, .. }) => {
                let value = finding.path.get(self.tree);
                let moved = || elsewhere::moved(Edition::Current, &path, value).filter(|_| nearest.is_none());
                elsewhere::help(&path).map(str::to_owned).or_else(moved)
            }
            Fault::Form(schema::Fault::WrongType { bare: true, .. }) if by_argument => {
                Some("use `--set-string` to make it a string".to_owned())
            }
            Fault::Form(schema::Fault::WrongType { expected, .. }) => {
                let node = finding.path.find(self.tree).0;
                right_line::of(finding.path.schema(schema()), expected, node).or_else(|| right_line::of_text(&path, node))
            }
            _ => None,
        };
        let mut diagnostic = Diagnostic::new(fault.title(&path)).coded(fault.code()).at(place, fault.label());
        diagnostic.help = help.or_else(|| fault.help());
        diagnostic
    }

    pub(super) fn unresolved(&self, template: &Unresolved) -> Diagnostic {
        let (node, _) = template.path.find(self.tree);
        let path = template.path.to_string();
        let place = self.sources.place(template.key.or(node.origin));
        let narrowed = place.as_ref().zip(template.written.as_deref()).map(|(place, written)| place.narrowed(written.trim()));
        let is_shown = narrowed.as_ref().zip(place.as_ref()).is_some_and(|(narrowed, place)| narrowed.span != place.span);
        let expression = template.expression.as_deref().map(|expression| expression.trim().trim_start_matches("{{").trim());
        let place = narrowed.or(place);
        if template.fate == Fate::Gap {
            let what = expression.map_or_else(String::new, |expression| format!(": `{expression}`"));
            let told = Diagnostic::new(format!("`{path}` has a Go template that refers to nothing{what}")).coded(code::NOTHING_TO_GIVE);
            let told = Diagnostic { severity: Severity::Warning, ..told }.at(place, template.reason.as_ref());
            return told.note("it gives an empty text, as with Helm").help("give the value, or leave the reference out");
        }
        if template.fate == Fate::Twice {
            let told = Diagnostic::new(format!("`{path}` is the key of another entry, when its Go template is resolved"));
            return told.coded(code::GO_TEMPLATE).at(place, template.reason.as_ref()).help("give each entry a key of its own");
        }
        let error = Diagnostic::new(format!("`{path}` has a Go template that cannot be resolved")).coded(code::GO_TEMPLATE);
        let mut error = error.at(place, template.reason.as_ref());
        if let (Some(expression), false) = (expression, is_shown) {
            error = error.note(format!("the expression is `{{{{ {expression} }}}}`"));
        }
        if path == "podTemplate" && template.reason == NO_COUNTERPART {
            return error.help(
                "write what it stands for: without `podTemplate` gen has a template of its own, made of `workers.kubernetes`, and \
                 `gen ... -s configmaps/configmap.yaml` prints it",
            );
        }
        let braces = if path.starts_with("config.") { ", and `{{ \"{{ x }}\" }}` stands for braces of Airflow's own" } else { "" };
        error.help(format!(
            "write what it stands for; known are the values, the release, and Helm's functions that give the same each time{braces}"
        ))
    }
}
