//! The options of airflow.cfg, as rules look at them.

use indexmap::IndexMap;

use crate::values::{Edition, OptionValue, Values};

/// An option of airflow.cfg that the values give.
#[derive(Debug)]
pub(super) struct CfgOption<'v> {
    pub section: &'v str,
    pub name: &'v str,
    /// Its value; `None` where its default is taken away.
    pub value: Option<&'v OptionValue>,
    /// The names of all options of the section that are given.
    pub neighbours: Vec<&'v str>,
    pub edition: Edition,
}

impl<'v> CfgOption<'v> {
    /// All of them, in the order of the values.
    pub fn all(values: &'v Values) -> impl Iterator<Item = Self> {
        values.config.0.iter().flat_map(move |(section, options)| {
            let options: Option<&IndexMap<String, Option<OptionValue>>> = options.as_ref();
            let neighbours: Vec<&str> = options.into_iter().flatten().map(|(name, _)| name.as_str()).collect();
            options.into_iter().flatten().map(move |(name, value)| Self {
                section,
                name,
                value: value.as_ref(),
                neighbours: neighbours.clone(),
                edition: values.edition(),
            })
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
        if let Some(OptionValue::Text(text)) = self.value { Some(text) } else { None }
    }
}
