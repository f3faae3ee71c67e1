//! What a text with Go templates means.

use gotmpl::TemplateError;

use super::fault::{Fate, Fault, reason};
use super::pieces::{Piece, keyword, pieces, unbalanced};
use super::reference::Unknown;
use super::{Resolver, block, engine};
use crate::yaml::{Data, Node};

/// What a text means.
pub(super) struct Resolved<'t> {
    /// It; none, if it cannot be resolved.
    pub data: Option<Data>,
    /// What is wrong with it.
    pub faults: Vec<Fault<'t>>,
}

impl<'t> Resolved<'t> {
    fn not(faults: Vec<Fault<'t>>) -> Self {
        Self { data: None, faults }
    }
}

impl Resolver<'_> {
    /// What a text means: a single reference keeps its type, anything else is text.
    pub(super) fn resolved<'t>(&self, text: &'t str) -> Resolved<'t> {
        let pieces = match pieces(text) {
            Ok(pieces) => pieces,
            Err((rest, reason)) => return Resolved::not(vec![Fault::of(rest, reason)]),
        };
        let reference = self.reference();
        if let [Piece::Expression(expression)] = pieces.as_slice()
            && let Some(result) = reference.of(expression)
        {
            return match result {
                Ok(data) => Resolved { data: Some(data), faults: Vec::new() },
                Err(Unknown::Nothing) => Resolved { data: Some(Data::String(String::new())), faults: vec![Fault::gap(Some(expression))] },
                Err(unknown) => Resolved::not(vec![Fault::of(expression, unknown.reason())]),
            };
        }
        let mut together = String::new();
        let mut gaps = Vec::new();
        for piece in &pieces {
            match piece {
                Piece::Text(text) => together.push_str(text),
                Piece::Expression(expression) => match reference.of(expression) {
                    Some(Ok(data)) => together.push_str(&Node::new(data).scalar()),
                    Some(Err(Unknown::Nothing)) => gaps.push(Fault::gap(Some(expression))),
                    _ => return self.by_engine(text, &pieces),
                },
            }
        }
        Resolved { data: Some(Data::String(together)), faults: gaps }
    }

    /// What Go's engine makes of a text, or which of its expressions are at fault.
    fn by_engine<'t>(&self, text: &'t str, pieces: &[Piece<'t>]) -> Resolved<'t> {
        if let Some((expression, reason)) = unbalanced(pieces) {
            return Resolved::not(vec![Fault::of(expression, reason)]);
        }
        let mut faults = self.collections(pieces);
        let result = engine::with_gaps(text, self.context());
        if let Ok((rendered, has_gaps)) = &result {
            if let Some(fault) = block::stray(rendered, &self.path, pieces) {
                return Resolved::not(vec![fault]);
            }
            if faults.is_empty() && !has_gaps {
                return Resolved { data: Some(Data::String(rendered.clone())), faults };
            }
        }
        for piece in pieces {
            if let Piece::Expression(expression) = piece {
                faults.extend(self.alone(expression));
            }
        }
        if faults.iter().any(|fault| fault.fate != Fate::Gap) {
            return Resolved::not(faults);
        }
        match result {
            Ok((rendered, _)) => {
                if faults.is_empty() {
                    faults.push(Fault::gap(None));
                }
                Resolved { data: Some(Data::String(rendered)), faults }
            }
            Err(error) => {
                faults.push(Fault { expression: None, reason: reason(&error), fate: Fate::Refused });
                Resolved::not(faults)
            }
        }
    }

    /// Why an expression by itself cannot be resolved.
    fn alone<'t>(&self, expression: &'t str) -> Option<Fault<'t>> {
        let (asked, is_control) = match keyword(expression) {
            "end" | "else" | "define" | "block" | "break" | "continue" => return None,
            // What a loop or a condition asks is an expression too; what it does with it is not.
            word @ ("if" | "range" | "with") => (&expression.trim_start()[word.len()..], true),
            _ => (expression, false),
        };
        let asked = asked.replace("$.", ".");
        if asked.contains('$') {
            return None;
        }
        let text = if is_control { format!("{{{{ if {asked} }}}}{{{{ end }}}}") } else { format!("{{{{ {asked} }}}}") };
        match engine::with_gaps(&text, self.context()) {
            Ok((_, has_gaps)) => has_gaps.then(|| Fault::gap(Some(expression))),
            // What stands in a loop sees an item of it.
            Err(TemplateError::Exec(_) | TemplateError::TypeMismatch { .. })
                if asked.trim_start().starts_with('.') && !asked.contains(".Values") =>
            {
                None
            }
            Err(error) => Some(Fault::of(expression, reason(&error))),
        }
    }

    /// The references to what Go prints in a way that no YAML has, and to what is a template itself.
    fn collections<'t>(&self, pieces: &[Piece<'t>]) -> Vec<Fault<'t>> {
        let reference = self.reference();
        let fault = |piece: &Piece<'t>| match piece {
            Piece::Expression(expression) => match reference.of(expression)? {
                Err(unknown @ (Unknown::Template | Unknown::Several)) => Some(Fault::of(expression, unknown.reason())),
                Ok(_) | Err(Unknown::Nothing | Unknown::Nowhere) => None,
            },
            Piece::Text(_) => None,
        };
        pieces.iter().filter_map(fault).collect()
    }
}
