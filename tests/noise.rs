//! Noise in the place of values gives errors that can be shown, and never a panic.

use std::fs;

use crate::support::home;
use airflow_gen::checks::Cluster;
use airflow_gen::layers::Layer;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed, TestRunner};

/// Whatever becomes of the layer: manifests, or errors that have a text.
fn run(layer: Layer) -> Result<(), TestCaseError> {
    match airflow_gen::manifests(&[layer], Cluster::default()) {
        Ok(rendering) => rendering.warnings.iter().for_each(|warning| drop(warning.render(false))),
        Err(error) => prop_assert!(error.render(true).contains("error")),
    }
    Ok(())
}

fn runner(cases: u32) -> TestRunner {
    TestRunner::new(Config { cases, rng_seed: RngSeed::Fixed(2), failure_persistence: None, ..Config::default() })
}

#[test]
fn a_values_file_with_slips() {
    let text = fs::read_to_string(home().join("values/airflow-azure-tuned.yaml")).unwrap();
    let file = tempfile::NamedTempFile::new().unwrap();
    let slips = prop::sample::select(vec![
        "",
        "\n",
        "\t",
        " ",
        ":",
        ": ",
        "- ",
        "{",
        "}",
        "[",
        "]",
        "'",
        "\"",
        "#",
        "&a ",
        "*a",
        "<<: ",
        "|",
        "é",
        "😀",
        "\u{85}",
        "\u{feff}",
        "\0",
        "~",
        "---\n",
        "!x ",
        "?",
        ",",
        "fernetKey: ",
    ]);
    let edits = prop::collection::vec((any::<prop::sample::Index>(), 0..4usize, slips), 1..4);
    let outcome = runner(400).run(&edits, |edits| {
        let mut bytes = text.clone().into_bytes();
        for (index, cut, slip) in edits {
            let at = index.index(bytes.len());
            let end = (at + cut).min(bytes.len());
            bytes.splice(at..end, slip.bytes());
        }
        fs::write(file.path(), bytes).unwrap();
        run(Layer::File(file.path().to_owned()))
    });
    outcome.unwrap_or_else(|error| panic!("{error}"));
}

#[test]
fn arguments_of_any_text() {
    let parts = prop::sample::select(vec![
        "a",
        "scheduler",
        ".args",
        "fernetKey",
        "data.metadataConnection.pass",
        "=",
        ",",
        ".",
        "[",
        "]",
        "[0]",
        "[9999999999]",
        "{",
        "}",
        "{a,b}",
        "\\",
        "é",
        "😀",
        "null",
        "1",
        " ",
        "\"",
        "\n",
        "-",
        "{\"a\": 1}",
    ]);
    let texts = prop::collection::vec(parts, 0..8).prop_map(|parts| parts.concat());
    let layers: [fn(String) -> Layer; 4] = [Layer::Set, Layer::SetString, Layer::SetFile, Layer::SetJson];
    for layer in layers {
        runner(300).run(&texts, |text| run(layer(text))).unwrap_or_else(|error| panic!("{error}"));
    }
}
