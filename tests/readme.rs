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
    let readme = fs::read_to_string(home().join("README.md")).unwrap();
    for entry in fs::read_dir(home().join("values")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(["check", "invalid", "migrate", "told"].contains(&name.as_str()) || readme.contains(&format!("| `{name}` |")), "{name}");
    }
}
