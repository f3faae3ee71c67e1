//! The ways in which values can be wrong: those of their schema, and those of an edition.

use crate::error::{Code, code};
use crate::schema::{self, Path, Step, nearest};
use crate::values::Edition;
use crate::yaml::Node;

use crate::layers::anchors::{self, Aliased};
use crate::layers::editions;

/// Something that is wrong with a key or its value.
#[derive(Debug)]
pub struct Finding {
    /// The key.
    pub path: Path,
    /// What is wrong.
    pub fault: Fault,
}

/// A way in which a key or its value is wrong.
#[derive(Debug)]
pub enum Fault {
    /// The schema does not allow it.
    Form(schema::Fault),
    /// A key that the edition does not have, and the current one has.
    OtherEdition(Edition),
}

impl Finding {
    /// A finding of the schema, which suggests only keys that the edition has.
    pub fn of_edition(edition: Edition, finding: schema::Finding) -> Self {
        let schema::Finding { path, mut fault } = finding;
        if let (schema::Fault::UnknownKey { nearest: best, known }, Some((last, parent))) = (&mut fault, path.0.split_last()) {
            let at = Path(parent.to_vec()).to_string();
            known.retain(|key| editions::has_key(edition, &if at.is_empty() { key.clone() } else { format!("{at}.{key}") }));
            *best = nearest(&last.to_string(), known.iter().map(String::as_str)).map(str::to_owned);
        }
        Self { path, fault: Fault::Form(fault) }
    }

    /// Whether it is about a key that does not exist.
    pub fn is_of_unknown_key(&self) -> bool {
        matches!(self.fault, Fault::Form(schema::Fault::UnknownKey { .. }))
    }

    /// Whether it is about a key that is there for its anchors. One that may be a slip of a real key is not.
    pub fn holds_anchors(&self, tree: &Node, aliased: &Aliased) -> bool {
        let Some(Step::Key(key)) = self.path.0.last() else { return false };
        let may_be_slip = !key.starts_with("x-") && self.nearest().is_some();
        !may_be_slip && self.path.get(tree).is_some_and(|node| anchors::hold(key, node, aliased))
    }

    /// The path of the map in which the key stands.
    pub fn parent(&self) -> Path {
        Path(self.path.0.split_last().map(|(_, parent)| parent.to_vec()).unwrap_or_default())
    }

    /// The real key that looks most like one that does not exist.
    pub fn nearest(&self) -> Option<&str> {
        if let Fault::Form(schema::Fault::UnknownKey { nearest, .. }) = &self.fault { nearest.as_deref() } else { None }
    }
}

impl Fault {
    /// Whether it is the key that is wrong, not its value.
    pub fn is_of_key(&self) -> bool {
        match self {
            Self::Form(fault) => fault.is_of_key(),
            Self::OtherEdition(_) => true,
        }
    }

    /// Its code.
    pub fn code(&self) -> Code {
        match self {
            Self::OtherEdition(_) => code::OTHER_EDITION,
            Self::Form(fault) => code_of_form(fault),
        }
    }

    /// What is wrong at `path`, in one line.
    pub fn title(&self, path: &str) -> String {
        match self {
            Self::Form(fault) => fault.title(path),
            Self::OtherEdition(edition) => format!("`{path}` is not a key for Airflow {}", edition.versions()),
        }
    }

    /// What to write beside the caret.
    pub fn label(&self) -> String {
        match self {
            Self::Form(fault) => fault.label(),
            Self::OtherEdition(_) => format!("a key for Airflow {}", Edition::Current.versions()),
        }
    }

    /// What to do.
    pub fn help(&self) -> Option<String> {
        match self {
            Self::Form(fault) => fault.help(),
            Self::OtherEdition(_) => Some(format!("leave it out, or set `airflowVersion` to a version of {}", Edition::Current.versions())),
        }
    }
}

/// The code of what a schema does not allow.
pub(crate) fn code_of_form(fault: &schema::Fault) -> Code {
    use schema::Fault as Form;
    match fault {
        Form::UnknownKey { .. } => code::UNKNOWN_KEY,
        Form::WrongType { .. } => code::WRONG_TYPE,
        Form::NotAVariant { .. } => code::NOT_A_VARIANT,
        Form::Missing { .. } => code::MISSING_KEY,
        Form::Malformed { .. } | Form::Unread { .. } | Form::MalformedKey { .. } => code::MALFORMED,
        Form::Respelt => code::RESPELT,
        Form::OutOfRange { .. } => code::OUT_OF_RANGE,
        Form::Rule { .. } | Form::Later { .. } | Form::Gated { .. } => code::BROKEN_RULE,
    }
}
