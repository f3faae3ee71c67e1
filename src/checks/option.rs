//! The options of airflow.cfg, as rules look at them.

use indexmap::IndexMap;

use crate::model::Known;
use crate::values::{Edition, OptionValue, Values};

/// The options of a section; `None` where a default is taken away.
type Section = IndexMap<String, Option<OptionValue>>;

/// An option of airflow.cfg that the values give.
#[derive(Debug)]
pub(super) struct CfgOption<'v> {
    pub section: &'v str,
    pub name: &'v str,
    /// Its value; `None` where its default is taken away.
    pub value: Option<&'v OptionValue>,
    /// All options of the section that are given.
    neighbours: &'v Section,
    /// The options that airflow.cfg has besides those of the values, as section and name.
    others: &'v [(String, String)],
    pub edition: Edition,
    /// The major version of Airflow.
    pub major: u32,
}

impl<'v> CfgOption<'v> {
    /// All of them, in the order of the values.
    pub fn all(values: &'v Values, known: &'v Known) -> impl Iterator<Item = Self> {
        let sections = values.config.0.iter().filter_map(|(section, options)| Some((section, options.as_ref()?)));
        sections.flat_map(|(section, neighbours)| {
            let (edition, major, others) = (values.edition(), values.airflow_version.major(), known.options.as_slice());
            neighbours.iter().map(move |(name, value)| Self { section, name, value: value.as_ref(), neighbours, others, edition, major })
        })
    }

    /// Whether airflow.cfg has an option of that name in the same section.
    pub fn has_neighbour(&self, name: &str) -> bool {
        self.neighbours.contains_key(name) || self.others.iter().any(|(section, other)| section == self.section && other == name)
    }

    /// The key of the values that gives it.
    pub fn path(&self) -> [&'v str; 3] {
        ["config", self.section, self.name]
    }

    /// The same, as messages say it.
    pub fn key(&self) -> String {
        self.path().join(".")
    }

    /// The text, if it is set to one.
    pub fn text(&self) -> Option<&'v str> {
        self.value?.text()
    }
}
