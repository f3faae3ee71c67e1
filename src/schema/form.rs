//! A schema as data: what the program holds from its start, written by `build/schema.rs`.

use super::rules::FieldRule;
use super::{Pattern, Schema};

/// What a node has to look like. A field that asks for nothing is as in `Form::ANY`.
#[derive(Debug)]
pub struct Form {
    /// The JSON types that it takes; none stands for all.
    pub(crate) types: Types,
    /// Whether it takes `null`, or offers it for a choice.
    pub(crate) takes_null: bool,
    /// The schemas that it offers for a choice, `null`'s aside.
    pub(crate) choices: &'static [Schema<'static>],
    /// The same, with their own choices in their places.
    pub(crate) alternatives: &'static [Schema<'static>],
    /// The keys of a map that are listed, sorted.
    pub(crate) properties: &'static [Property],
    /// The places of the keys in `properties`, in the order in which the schema lists them.
    pub(crate) order: &'static [usize],
    /// All other keys.
    pub(crate) rest: Rest,
    /// What the text of each key has to look like.
    pub(crate) keys: Option<Schema<'static>>,
    /// The keys that have to be there.
    pub(crate) required: &'static [&'static str],
    /// The items of a list.
    pub(crate) items: Option<Schema<'static>>,
    /// The keys of a map whose values patches replace, and do not merge.
    pub(crate) replaced: &'static [&'static str],
    /// The key by which patches tell the items of a list apart.
    pub(crate) merge_key: Option<&'static str>,
    /// The one text that it takes.
    pub(crate) constant: Option<&'static str>,
    /// The texts that it takes.
    pub(crate) words: Option<&'static [&'static str]>,
    /// The form of a text.
    pub(crate) pattern: Option<&'static Pattern>,
    /// The most bytes that a text may have.
    pub(crate) longest: Option<usize>,
    /// The least that a number may be.
    pub(crate) least: Option<f64>,
    /// The most that a number may be.
    pub(crate) most: Option<f64>,
    /// What it takes, in words.
    pub(crate) expected: Option<&'static str>,
    /// The words that a text mostly consists of.
    pub(crate) usual: &'static [&'static str],
    /// Whether it is a secret.
    pub(crate) secret: Secret,
    /// What is to hold between the keys of a map.
    pub(crate) rules: &'static [FieldRule],
    /// The marks of the values' own (`x-...`).
    pub(crate) marks: &'static [&'static str],
    /// What the API server adds to a map, as JSON.
    pub(crate) defaults: &'static [(&'static str, &'static str)],
    /// The keys of a map that not every cluster has.
    pub(crate) later: &'static [(&'static str, Later)],
    /// Whether it is the Kubernetes API's and not the values'.
    pub(crate) of_kubernetes: bool,
}

/// Since when a cluster has a key.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Later {
    /// The minor version of Kubernetes 1 that the key came with; 0 if that is no matter.
    pub since: u32,
    /// The feature gate without which the API server drops it.
    pub gate: Option<Gate>,
    /// The text of the key that the gate is not about.
    pub older: Option<&'static str>,
}

/// A feature gate of Kubernetes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Gate {
    /// Its name.
    pub name: &'static str,
    /// The minor version of Kubernetes 1 from which on it is open by default; none if it is closed in the newest.
    pub open: Option<u32>,
}

/// A key of a map, and what its value has to look like.
#[derive(Debug)]
pub(crate) struct Property {
    /// The key.
    pub key: &'static str,
    /// Its value's schema.
    pub schema: Schema<'static>,
    /// What takes its place, if it is an old name.
    pub instead: &'static [&'static str],
}

/// The keys of a map that are not listed.
#[derive(Debug)]
pub(crate) enum Rest {
    /// They have any value.
    Open,
    /// There are none.
    Closed,
    /// Their values are alike.
    Like(Schema<'static>),
}

/// Whether a schema is a secret's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Secret {
    /// It is not.
    No,
    /// What refers to it says so.
    Referred,
    /// It says so itself.
    Itself,
}

/// A set of JSON types.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Types(pub u8);

impl Types {
    pub const NULL: Self = Self(1);
    pub const INTEGER: Self = Self(1 << 1);
    pub const STRING: Self = Self(1 << 2);
    pub const NUMBER: Self = Self(1 << 3);
    pub const BOOLEAN: Self = Self(1 << 4);
    pub const ARRAY: Self = Self(1 << 5);
    pub const OBJECT: Self = Self(1 << 6);

    /// Every type but `null`, with its name in words, in the order that messages use.
    pub const IN_WORDS: [(Self, &'static str); 6] = [
        (Self::INTEGER, "a whole number"),
        (Self::STRING, "a string"),
        (Self::NUMBER, "a number"),
        (Self::BOOLEAN, "`true` or `false`"),
        (Self::ARRAY, "a list"),
        (Self::OBJECT, "a map"),
    ];

    /// The types of both.
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether there is a type that both have.
    pub fn meet(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether it takes every type.
    pub fn is_any(self) -> bool {
        self.0 == 0
    }
}

impl Form {
    /// The form of everything.
    pub(crate) const ANY: Self = Self {
        types: Types(0),
        takes_null: false,
        choices: &[],
        alternatives: &[],
        properties: &[],
        order: &[],
        rest: Rest::Open,
        keys: None,
        required: &[],
        items: None,
        replaced: &[],
        merge_key: None,
        constant: None,
        words: None,
        pattern: None,
        longest: None,
        least: None,
        most: None,
        expected: None,
        usual: &[],
        secret: Secret::No,
        rules: &[],
        marks: &[],
        defaults: &[],
        later: &[],
        of_kubernetes: false,
    };

    /// The key of that name, if it is listed.
    pub(crate) fn property(&self, key: &str) -> Option<&'static Property> {
        let at = self.properties.binary_search_by(|property| property.key.cmp(key)).ok()?;
        Some(&self.properties[at])
    }

    /// The keys that are listed, in the order in which the schema lists them.
    pub(crate) fn listed(&self) -> impl Iterator<Item = &'static Property> + Clone + use<> {
        let properties = self.properties;
        self.order.iter().map(move |at| &properties[*at])
    }
}
