//! The options of airflow.cfg, as rules look at them.

use indexmap::IndexMap;

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
    pub neighbours: &'v Section,
    pub edition: Edition,
    /// The major version of Airflow.
    pub major: u32,
}

impl<'v> CfgOption<'v> {
    /// All of them, in the order of the values.
    pub fn all(values: &'v Values) -> impl Iterator<Item = Self> {
        let sections = values.config.0.iter().filter_map(|(section, options)| Some((section, options.as_ref()?)));
        sections.flat_map(|(section, neighbours)| {
            let (edition, major) = (values.edition(), values.airflow_version.major());
            neighbours.iter().map(move |(name, value)| Self { section, name, value: value.as_ref(), neighbours, edition, major })
        })
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
