//! What README and the page of values files list is what there is.

use std::fs;

use crate::support::home;

#[test]
fn every_values_file_is_listed() {
    let read = |path: &str| fs::read_to_string(home().join(path)).unwrap();
    let (page, readme) = (read("docs/values.md"), read("README.md"));
    for entry in fs::read_dir(home().join("values")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let row = format!("\n| [`{name}`](../values/{name}) |");
        assert!(["check", "invalid", "migrate", "told"].contains(&name.as_str()) || page.matches(&row).count() == 1, "{name}");
    }
    // Those to begin with are among them.
    for row in readme.lines().filter_map(|line| line.strip_prefix("| `")).filter_map(|row| row.split_once(".yaml` |")) {
        assert!(home().join("values").join(format!("{}.yaml", row.0)).is_file(), "{}", row.0);
    }
}
