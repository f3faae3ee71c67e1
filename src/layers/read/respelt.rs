//! Keys that YAML reads as something else than what is written.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;

use crate::error::{Diagnostic, Severity, code};
use crate::source::{Place, Source};
use crate::yaml::{self, Data, Node, Origin};

/// What is to be told of the keys of a document that are not what is written in its text: without quotes `y` is `true`, and `1.10`
/// is `1.1`.
pub fn keys(document: &Node, text: &str, source: &Arc<Source>) -> Vec<Diagnostic> {
    let mut found = Found { text, source, seen: HashSet::new(), told: Vec::new() };
    found.node(document);
    found.told
}

struct Found<'t> {
    text: &'t str,
    source: &'t Arc<Source>,
    /// Where keys begin that were looked at: an alias brings them again.
    seen: HashSet<usize>,
    told: Vec<Diagnostic>,
}

impl Found<'_> {
    fn node(&mut self, node: &Node) {
        match &node.data {
            Data::Map(entries) => {
                for (name, entry) in entries {
                    if let Some(span) = entry.key.map(Origin::span).filter(|span| self.seen.insert(span.start)) {
                        self.key(name, span);
                    }
                    self.node(&entry.value);
                }
            }
            Data::List(items) => items.iter().for_each(|item| self.node(item)),
            _ => {}
        }
    }

    fn key(&mut self, name: &str, span: Range<usize>) {
        let Some(written) = self.text.get(span.clone()).filter(|written| *written != name) else { return };
        let label = match yaml::resolve(written) {
            Some(Data::Bool(_)) => "without quotes a boolean",
            Some(Data::Number(..)) => "without quotes a number",
            _ => return,
        };
        let place = Place { source: Arc::clone(self.source), span };
        let warning = Diagnostic { severity: Severity::Warning, ..Diagnostic::new(format!("the key `{written}` is read as `{name}`")) };
        let warning = warning.coded(code::KEY_READ_OTHERWISE).at(Some(place), label).note("Helm and kubectl read it so too");
        self.told.push(warning.help(format!("put it in quotes, `\"{written}\"`, or write `{name}`")));
    }
}
