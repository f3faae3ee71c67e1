//! The options of airflow.cfg as Rust: each with a bit for each version of Airflow that knows it.
//!
//! `src/schema/airflow.rs` says what the tables mean.

use serde_json::{Map, Value};

/// The Rust text of the tables.
pub fn of(document: &Value) -> String {
    let map = |key: &str| document[key].as_object().unwrap_or_else(|| panic!("`{key}` is a map"));
    let versions = Versions(document["versions"].as_array().expect("the versions are a list").iter().map(text).collect());
    let secrets: Vec<&str> = document["secrets"].as_array().expect("the secrets are a list").iter().map(text).collect();
    let section = |(name, options): (&String, &Value)| {
        let option = |(option, found): (&String, &Value)| {
            let is_secret = secrets.contains(&format!("{name}.{option}").as_str());
            format!("({option:?}, {:#x}, {is_secret})", versions.bits(text(found)))
        };
        let own = map("airflow").get(name).map_or(0, |found| versions.bits(text(found)));
        let options: Vec<String> = entries(options).iter().map(option).collect();
        format!("    Section {{ name: {name:?}, own: {own:#x}, options: &[{}] }},\n", options.join(", "))
    };
    let former = |(old, all): (&String, &Value)| -> String {
        let all = all.as_array().expect("a former name has a list of names").iter();
        all.map(|pair| format!("    ({}, {}, {:#x}),\n", name(old), name(text(&pair[0])), versions.bits(text(&pair[1])))).collect()
    };
    let sections: String = map("options").iter().map(section).collect();
    let former: String = map("former").iter().map(former).collect();
    format!(
        "static VERSIONS: &[&str] = &{:?};\nstatic SECTIONS: &[Section] = &[\n{sections}];\nstatic FORMER: &[(Name, Name, u32)] = &[\n{former}];\n",
        versions.0
    )
}

fn text(value: &Value) -> &str {
    value.as_str().expect("it is a text")
}

fn entries(value: &Value) -> &Map<String, Value> {
    value.as_object().expect("a section is a map of its options")
}

/// `("core", "parallelism")`, of `core.parallelism`.
fn name(dotted: &str) -> String {
    let (section, option) = dotted.rsplit_once('.').expect("an option is of a section");
    format!("({section:?}, {option:?})")
}

/// The versions of Airflow, the oldest first.
struct Versions<'d>(Vec<&'d str>);

impl Versions<'_> {
    /// The bits of `1.10-2.2,2.4,3.0-`.
    fn bits(&self, ranges: &str) -> u32 {
        let place = |version: &str| self.0.iter().position(|other| *other == version).unwrap_or_else(|| panic!("{version} is unknown"));
        let last = self.0.len() - 1;
        let range = |range: &str| match range.split_once('-') {
            Some((first, "")) => place(first)..=last,
            Some((first, end)) => place(first)..=place(end),
            None => place(range)..=place(range),
        };
        ranges.split(',').filter(|ranges| !ranges.is_empty()).flat_map(range).fold(0, |bits, place| bits | 1 << place)
    }
}
