//! The README's examples print what it says.

use std::fs;

use crate::support::{self, home, run};

#[test]
fn every_example_prints_what_the_readme_shows() {
    let _ = fs::remove_dir_all("/tmp/gen-readme");
    let readme = fs::read_to_string(home().join("README.md")).unwrap();
    let mut examples = 0;
    for block in readme.split("```console\n").skip(1) {
        let block = block.split("```").next().unwrap();
        for example in block.split("$ gen ").skip(1) {
            let (command, expected) = example.split_once('\n').unwrap();
            let arguments: Vec<String> = command.split(' ').map(|word| word.trim_matches('\'').to_owned()).collect();
            let printed = run(&arguments.iter().map(String::as_str).collect::<Vec<_>>());
            let printed = printed.stdout + &printed.stderr;
            assert!(printed == expected, "$ gen {command}\n{}", support::difference(expected, &printed));
            examples += 1;
        }
    }
    assert_eq!(examples, 4);
    let _ = fs::remove_dir_all("/tmp/gen-readme");
}

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
