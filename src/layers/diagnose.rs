//! What is wrong with values, in the user's terms.

use super::Layers;
use super::go_template::{self, Release};
use super::{edition_keys, elsewhere, secret_source};
use crate::error::{Diagnostic, Error};
use crate::schema::{Fault, Finding, Path, Schema, nearest};
use crate::values::{AirflowVersion, Edition, USER_PASSWORD};
use crate::yaml::{Data, Node, Origin};

impl Layers {
    /// The edition that the values ask for.
    ///
    /// # Errors
    ///
    /// A version of Airflow that has no edition, and with it everything else that is wrong.
    pub(super) fn edition(&self, schema: Schema<'_>) -> Result<Edition, Error> {
        let version = match self.merged.get("airflowVersion").filter(|node| !node.is_null()) {
            None => AirflowVersion::default(),
            Some(node) => match serde_json::to_value(node).and_then(serde_json::from_value) {
                Ok(version) if schema.property("airflowVersion").is_some_and(|schema| schema.check(node).is_empty()) => version,
                // Not a version at all: everything that is wrong is said at once.
                _ => return Err(self.errors(schema, Edition::Current).into()),
            },
        };
        version.edition().ok_or_else(|| -> Error {
            let title = format!("Airflow {} is not supported", version.as_str());
            let error = Diagnostic::new(title).at(self.place(&"airflowVersion".into()), "no edition of the manifests for this version");
            let known = Edition::ALL.map(|edition| format!("`{}`", edition.versions())).join(" and ");
            let error = error.help(format!("the editions are for Airflow {known}: set `airflowVersion` to one of these versions"));
            // The rest is judged by today's keys, which is what the version is most likely changed to.
            // Go templates are not resolved yet, and have no form.
            let mut findings = self.findings(schema, Edition::Current);
            findings.retain(|finding| !finding.path.get(&self.merged).and_then(Node::as_str).is_some_and(|text| text.contains("{{")));
            std::iter::once(error).chain(findings.iter().map(|finding| self.explain(finding))).collect::<Vec<_>>().into()
        })
    }

    /// Resolves the Go templates of the merged values, and says everything that is wrong with them.
    pub(super) fn resolved(&mut self, schema: Schema<'_>, edition: Edition) -> Vec<Diagnostic> {
        let text = |key: &str, otherwise: &str| {
            self.merged.get(key).and_then(Node::as_str).filter(|text| !text.is_empty()).unwrap_or(otherwise).to_owned()
        };
        let (name, namespace) = (text("releaseName", "airflow"), text("namespace", "default"));
        let for_helm = text("delivery", "") == "helm";
        let release = Release { name: &name, namespace: &namespace, user_password: USER_PASSWORD, shows_password: for_helm };
        let faults = match edition {
            Edition::V1_10 => Vec::new(),
            Edition::Current => go_template::resolve(&mut self.merged, schema, &release),
        };
        let mut errors: Vec<Diagnostic> = faults.iter().map(|fault| self.explain_template(fault)).collect();
        // What does not resolve has no form yet that could be judged.
        let unresolved: Vec<String> = faults.iter().map(|fault| fault.path.to_string()).collect();
        let judged = self.findings(schema, edition).into_iter().filter(|finding| !unresolved.contains(&finding.path.to_string()));
        errors.extend(judged.map(|finding| self.explain(&finding)));
        let mut merged = std::mem::replace(&mut self.merged, Node::new(Data::Null));
        let unread = secret_source::read(&mut merged, schema, &|layer| self.folder(layer));
        self.merged = merged;
        errors.extend(unread.into_iter().map(|fault| {
            let place = self.place(&fault.path);
            fault.error.at(place, "the secret is said to be there")
        }));
        errors
    }

    fn explain_template(&self, fault: &go_template::Fault) -> Diagnostic {
        let (node, _) = fault.path.find(&self.merged);
        let path = fault.path.to_string();
        let error =
            Diagnostic::new(format!("`{path}` has a Go template that cannot be resolved")).at(self.place_of(&node.origin), fault.reason);
        let error = match &fault.expression {
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

    /// Everything that the schema and the edition do not allow, in the order in which it was written.
    fn errors(&self, schema: Schema<'_>, edition: Edition) -> Vec<Diagnostic> {
        self.findings(schema, edition).iter().map(|finding| self.explain(finding)).collect()
    }

    fn findings(&self, schema: Schema<'_>, edition: Edition) -> Vec<Finding> {
        let mut findings = schema.check(&self.merged);
        for finding in &mut findings {
            among_keys_of(edition, finding);
        }
        findings.extend(edition_keys::foreign(edition, self.given(), schema));
        findings.sort_by_key(|finding| {
            let origin = self.origin(finding);
            (origin.layer, origin.span.start)
        });
        findings
    }

    /// Where what a finding is about was written.
    fn origin(&self, finding: &Finding) -> &Origin {
        let (node, entry) = finding.path.find(&self.merged);
        match entry {
            Some(entry) if finding.fault.is_of_key() || node.is_null() => &entry.key,
            // A block that lacks a key is named by the key that holds it.
            Some(entry) if matches!(finding.fault, Fault::Missing { .. }) => &entry.key,
            _ => &node.origin,
        }
    }

    /// A finding of the schema in the user's terms.
    fn explain(&self, finding: &Finding) -> Diagnostic {
        let place = self.place_of(self.origin(finding));
        let by_argument = place.as_ref().is_some_and(|place| place.source.name == "--set");
        let mut diagnostic = Diagnostic::new(finding.fault.title(&finding.path.to_string())).at(place, finding.fault.label());
        let elsewhere = matches!(finding.fault, Fault::UnknownKey { .. }).then(|| elsewhere::help(&finding.path.to_string())).flatten();
        diagnostic.help = elsewhere.map(str::to_owned).or_else(|| finding.fault.help());
        if by_argument && matches!(finding.fault, Fault::WrongType { bare: true, .. }) {
            diagnostic.help = Some("use `--set-string` to make it a string".to_owned());
        }
        diagnostic
    }
}

/// Of the keys that an unknown one may have been, leaves those that the edition has.
fn among_keys_of(edition: Edition, finding: &mut Finding) {
    let Some((last, parent)) = finding.path.0.split_last() else { return };
    let at = Path(parent.to_vec()).to_string();
    if let Fault::UnknownKey { nearest: best, known } = &mut finding.fault {
        known.retain(|key| edition_keys::has(edition, &if at.is_empty() { key.clone() } else { format!("{at}.{key}") }));
        *best = nearest(&last.to_string(), known.iter().map(String::as_str)).map(str::to_owned);
    }
}
