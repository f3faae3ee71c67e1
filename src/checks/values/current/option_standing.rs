//! What the Airflow of the values makes of the options that they say.

use crate::checks::Subject;
use crate::checks::finding::{Finding, Findings};
use crate::checks::values::option_in_upper_case::is_in_upper_case;
use crate::checks::values::secret_in_airflow_cfg;
use crate::checks::values::variable_as_option::is_variable;
use crate::schema::{Airflow, Name, Standing};
use crate::values::{Edition, Said};

/// Options that the chart's own airflow.cfg has for every version, with the text that it has there: who copies them says nothing.
const OF_CHART: [(&str, &str); 2] = [("config.webserver.enable_proxy_fix", "True"), ("config.fab.enable_proxy_fix", "True")];

/// An option that a user says.
pub(super) struct Found<'v> {
    said: Said<'v>,
    /// What it is called, or its variable.
    pub key: String,
    /// What stands behind its name, if it says how to get at a secret.
    end: &'static str,
    pub standing: Standing,
}

impl<'v> Found<'v> {
    /// All options that the user says, and not the defaults; not those that another rule tells: the names of variables, names in
    /// capitals, secrets that have a key of their own.
    pub fn all(subject: &Subject<'v>) -> Vec<Self> {
        let airflow = subject.values.airflow_version.known();
        let is_of_chart = |said: &Said<'_>| said.text.is_some_and(|text| OF_CHART.contains(&(&said.at.to_string(), text)));
        let is_told = |said: &Said<'_>| {
            is_variable(&said.name)
                || is_variable(&said.section)
                || is_in_upper_case(&said.section, &said.name)
                || !said.by_variable && secret_in_airflow_cfg::key(Edition::Current, &said.section, &said.name).is_some()
        };
        let is_own = |said: &Said<'_>| said.at.get(subject.given).is_some() && !is_of_chart(said) && !is_told(said);
        Said::all(subject.values).into_iter().filter(is_own).map(|said| Self::of(airflow, said)).collect()
    }

    fn of(airflow: Airflow, said: Said<'v>) -> Self {
        let (name, end) = Airflow::of_secret(&said.section, &said.name);
        let standing = airflow.standing(&said.section, name);
        Self { key: said.instead(&said.section, &said.name), end, standing, said }
    }

    /// Whether it is one of these options of a section.
    pub fn is_one_of(&self, section: &str, names: &[&str]) -> bool {
        let (name, _) = Airflow::of_secret(&self.said.section, &self.said.name);
        self.said.section == section && names.contains(&name)
    }

    /// Another option, said in the same way.
    pub fn instead(&self, (section, name): Name) -> String {
        self.said.instead(section, &format!("{name}{}", self.end))
    }

    /// A finding about it.
    pub fn report<'f>(&self, found: &'f mut Findings, title: String, label: &str) -> &'f mut Finding {
        found.in_value(self.said.at.clone(), title, label)
    }
}
