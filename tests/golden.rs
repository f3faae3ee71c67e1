//! One input file is one test.
//!
//! `values/<case>.yaml` renders to `golden/<case>/`, byte for byte, with the warnings in `golden/warnings/<case>/`.
//! `values/told/<case>.yaml` renders, with `golden/told/<case>.txt` on standard error; with `--strict` it does not.
//! `values/invalid/<case>.*` fails with `golden/invalid/<case>.txt`; a case that ends in `.args` is a command line, an
//! argument a line. `UPDATE_GOLDEN=1 cargo test` writes the golden files.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::support::{self, Run, home, run, tree};
use libtest_mimic::{Failed, Trial};

/// A trial for each values file and each mistake.
pub fn trials() -> impl Iterator<Item = Trial> {
    let golden = cases("values").into_iter().map(|(name, path)| Trial::test(format!("golden::{name}"), move || golden(&name, &path)));
    let invalid =
        cases("values/invalid").into_iter().map(|(name, path)| Trial::test(format!("invalid::{name}"), move || invalid(&name, &path)));
    let told = cases("values/told").into_iter().map(|(name, path)| Trial::test(format!("told::{name}"), move || told(&name, &path)));
    golden.chain(invalid).chain(told).chain([Trial::test("golden_files_have_a_case", orphans)])
}

/// The files of a folder, with their names less the ending.
pub fn cases(folder: &str) -> Vec<(String, PathBuf)> {
    let files = fs::read_dir(home().join(folder)).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_file());
    let mut cases: Vec<_> = files.map(|path| (path.file_stem().unwrap().to_string_lossy().into_owned(), path)).collect();
    cases.sort();
    cases
}

fn relative(path: &Path) -> String {
    path.strip_prefix(home()).unwrap().to_string_lossy().into_owned()
}

fn golden(name: &str, path: &Path) -> Result<(), Failed> {
    let directory = tempfile::tempdir()?;
    let output = directory.path().join("rendered");
    let values = relative(path);
    let written = run(&["-f", &values, "-o", output.to_str().unwrap(), "--with-secrets"]);
    if written.status != 0 {
        return Err(written.stderr.into());
    }
    compare(&home().join("golden").join(name), &tree(&output))?;

    // The stream holds the same objects, and the same warnings go with it.
    let Run { stdout, stderr, .. } = run(&["-f", &values]);
    compare(&home().join("golden/warnings").join(name), &BTreeMap::from([(PathBuf::from("stderr.txt"), stderr)]))?;
    // A file may hold objects of several kinds, which the stream does not have side by side.
    let mut documents: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for document in stdout.split("---\n# Source: ").skip(1) {
        let (path, text) = document.split_once('\n').unwrap();
        documents.entry(path.to_owned()).or_default().push(text.to_owned());
    }
    for texts in documents.values_mut() {
        texts.sort_unstable();
    }
    let mut files: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (path, text) in tree(&output) {
        let texts = text.split("\n---\n").map(|text| format!("{}\n", text.trim_end_matches('\n')));
        files.insert(path.to_string_lossy().into_owned(), texts.collect());
    }
    for texts in files.values_mut() {
        texts.sort_unstable();
    }
    if documents == files { Ok(()) } else { Err("the stream and the directory hold different objects".into()) }
}

/// Compares files with golden ones, byte for byte and none left over; or writes them.
fn compare(golden: &Path, actual: &BTreeMap<PathBuf, String>) -> Result<(), String> {
    if support::updates() {
        let _ = fs::remove_dir_all(golden);
        for (path, text) in actual {
            let path = golden.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        return Ok(());
    }
    let expected = tree(golden);
    let mut report = String::new();
    for path in expected.keys().chain(actual.keys().filter(|path| !expected.contains_key(*path))) {
        let shown = golden.strip_prefix(home()).unwrap().join(path);
        let shown = shown.to_str().unwrap();
        match (expected.get(path), actual.get(path)) {
            (Some(old), Some(new)) if old == new => {}
            (Some(old), Some(new)) => report.push_str(&[shown, " differs:\n", &support::difference(old, new)].concat()),
            (Some(_), None) => report.push_str(&[shown, " is an orphan: nothing is written there any more\n"].concat()),
            _ => report.push_str(&[shown, " is missing\n"].concat()),
        }
    }
    if report.is_empty() { Ok(()) } else { Err(report + "UPDATE_GOLDEN=1 cargo test writes what there is now") }
}

fn invalid(name: &str, path: &Path) -> Result<(), Failed> {
    let text = fs::read_to_string(path).unwrap_or_default();
    let values = relative(path);
    let arguments: Vec<&str> =
        if path.extension().is_some_and(|ending| ending == "args") { text.lines().collect() } else { vec!["-f", &values] };
    let Run { status, stdout, stderr } = run(&arguments);
    if status != 2 || !stdout.is_empty() {
        return Err(format!("exit status {status}, and {} bytes on standard output", stdout.len()).into());
    }
    let golden = home().join("golden/invalid").join(format!("{name}.txt"));
    if support::updates() {
        return Ok(fs::write(golden, stderr)?);
    }
    let expected = fs::read_to_string(golden).unwrap_or_default();
    if expected == stderr { Ok(()) } else { Err(support::difference(&expected, &stderr).into()) }
}

fn told(name: &str, path: &Path) -> Result<(), Failed> {
    let values = relative(path);
    let Run { status, stdout, stderr } = run(&["-f", &values]);
    if status != 0 || stdout.is_empty() {
        return Err(format!("exit status {status}\n{stderr}").into());
    }
    let strict = run(&["-f", &values, "--strict"]);
    let counts = |text: &str| text.lines().last().unwrap_or_default().replace("error", "warning");
    if strict.status != 2 || !strict.stdout.is_empty() || counts(&strict.stderr) != counts(&stderr) || strict.stderr.contains("warning") {
        return Err(format!("with --strict: exit status {}\n{}", strict.status, strict.stderr).into());
    }
    let golden = home().join("golden/told").join(format!("{name}.txt"));
    if support::updates() {
        return Ok(fs::write(golden, stderr)?);
    }
    let expected = fs::read_to_string(golden).unwrap_or_default();
    if expected == stderr { Ok(()) } else { Err(support::difference(&expected, &stderr).into()) }
}

fn orphans() -> Result<(), Failed> {
    let known: Vec<String> = cases("values").into_iter().map(|(name, _)| name).collect();
    let invalid: Vec<String> = cases("values/invalid").into_iter().map(|(name, _)| name).collect();
    let told: Vec<String> = cases("values/told").into_iter().map(|(name, _)| name).collect();
    let folders = ["invalid", "told", "warnings"];
    let mut orphans = Vec::new();
    for (folder, known) in [("golden", &known), ("golden/warnings", &known), ("golden/invalid", &invalid), ("golden/told", &told)] {
        for entry in fs::read_dir(home().join(folder))? {
            let path = entry?.path();
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            let expected = known.contains(&name) || folder == "golden" && (folders.contains(&name.as_str()) || path.extension().is_some());
            if !expected {
                orphans.push(relative(&path));
            }
        }
    }
    if orphans.is_empty() { Ok(()) } else { Err(format!("no case gives these: {orphans:?}").into()) }
}
