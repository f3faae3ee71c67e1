//! One input file is one test.
//!
//! `values/<case>.yaml` renders to `golden/<case>/`, byte for byte, with the warnings in `golden/warnings/<case>/`.
//! `values/told/<case>.yaml` renders, with `golden/told/<case>.txt` on standard error; with `--strict` it does not.
//! `values/migrate/<case>.yaml` has `golden/migrate/<case>.yaml` in today's keys, with `golden/migrate/<case>.txt` on standard error.
//! `values/check/<case>.*` are manifests of others; `golden/check/<case>.txt` is what `gen check` prints of them, and how it ends.
//! `values/invalid/<case>.*` fails with `golden/invalid/<case>.txt`. A case of these two that ends in `.args` is a command line, an
//! argument a line. `UPDATE_GOLDEN=1 cargo test` writes the golden files.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::support::{self, Run, home, run, run_in, tree};
use libtest_mimic::{Failed, Trial};
use serde_json::Value;

/// A trial for each values file and each mistake.
pub fn trials() -> impl Iterator<Item = Trial> {
    let golden = cases("values").into_iter().map(|(name, path)| Trial::test(format!("golden::{name}"), move || golden(&name, &path)));
    let invalid =
        cases("values/invalid").into_iter().map(|(name, path)| Trial::test(format!("invalid::{name}"), move || invalid(&name, &path)));
    let told = cases("values/told").into_iter().map(|(name, path)| Trial::test(format!("told::{name}"), move || told(&name, &path)));
    let migrate =
        cases("values/migrate").into_iter().map(|(name, path)| Trial::test(format!("migrate::{name}"), move || migrate(&name, &path)));
    let check = cases("values/check").into_iter().map(|(name, path)| Trial::test(format!("check::{name}"), move || check(&name, &path)));
    let same = MIGRATED.into_iter().flat_map(cases).map(|(name, path)| {
        let name = format!("migrated::{}::{name}", path.parent().unwrap().file_name().unwrap().to_string_lossy());
        Trial::test(name, move || migrated(&path))
    });
    golden.chain(invalid).chain(told).chain(migrate).chain(check).chain(same).chain([Trial::test("golden_files_have_a_case", orphans)])
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
    // What kustomize reads is no object.
    for (path, text) in tree(&output).into_iter().filter(|(path, _)| path.as_os_str() != "kustomization.yaml") {
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

/// The command line of a case: what it says, or a command with its file.
fn arguments(path: &Path, command: &str) -> Vec<String> {
    if path.extension().is_some_and(|ending| ending == "args") {
        fs::read_to_string(path).unwrap().lines().map(str::to_owned).collect()
    } else {
        vec![command.to_owned(), relative(path)]
    }
}

fn invalid(name: &str, path: &Path) -> Result<(), Failed> {
    let arguments = arguments(path, "-f");
    let Run { status, stdout, stderr } = run(&arguments.iter().map(String::as_str).collect::<Vec<_>>());
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

fn check(name: &str, path: &Path) -> Result<(), Failed> {
    let arguments = arguments(path, "check");
    let Run { status, stdout, stderr } = run(&arguments.iter().map(String::as_str).collect::<Vec<_>>());
    if stdout.contains("hunter2") {
        return Err(format!("it shows a secret:\n{stdout}").into());
    }
    let said = format!("{stdout}{stderr}exit status: {status}\n");
    let golden = home().join("golden/check").join(format!("{name}.txt"));
    if support::updates() {
        return Ok(fs::write(golden, said)?);
    }
    let expected = fs::read_to_string(golden).unwrap_or_default();
    if expected == said { Ok(()) } else { Err(support::difference(&expected, &said).into()) }
}

fn migrate(name: &str, path: &Path) -> Result<(), Failed> {
    let Run { status, stdout, stderr } = run(&["migrate", &relative(path)]);
    if status != i32::from(stderr.contains("error: ")) {
        return Err(format!("exit status {status}\n{stderr}").into());
    }
    let golden = home().join("golden/migrate");
    for (ending, text) in [("yaml", stdout), ("txt", stderr)] {
        let golden = golden.join(format!("{name}.{ending}"));
        if support::updates() {
            fs::write(golden, text)?;
        } else {
            let expected = fs::read_to_string(golden).unwrap_or_default();
            if expected != text {
                return Err(support::difference(&expected, &text).into());
            }
        }
    }
    Ok(())
}

/// The folders whose values are migrated.
const MIGRATED: [&str; 3] = ["values", "values/told", "values/migrate"];

/// What `gen` says of keys that have no effect or an old name, and of nothing else.
const OF_KEYS: [&str; 2] = ["deprecated", "no effect"];

/// Values in today's keys give the same objects, but for the names of options in airflow.cfg. They have nothing to be told of their
/// keys but what migrating told, and stay as they are when they are migrated again.
fn migrated(path: &Path) -> Result<(), Failed> {
    let values = relative(path);
    let Run { status, stdout: text, stderr: told } = run(&["migrate", &values]);
    if status == 2 {
        return Err(told.into());
    }
    let folder = path.parent().unwrap();
    let render = |text: &str| run_in(folder, &["-f", "-"], text);
    let first = fs::read_to_string(path)?;
    let (before, after) = (render(&first), render(&text));
    let is_same = before.stdout == after.stdout || {
        let [before, after] = [&first, &text].map(|text| apart(&run_in(folder, &["-f", "-", "--format", "json"], text).stdout));
        before == after
    };
    if before.status != after.status || !is_same {
        return Err([&after.stderr, &*support::difference(&before.stdout, &after.stdout)].concat().into());
    }
    let titles = |text: &str| text.lines().filter(|line| line.starts_with("warning: ")).map(str::to_owned).collect::<Vec<_>>();
    let is_of_key = |title: &&String| OF_KEYS.iter().any(|words| title.contains(words));
    // What else the values would have to say is left to the user, whatever name the key has.
    let is_told = |title: &str| match title.split_once("no effect") {
        Some((_, why)) if !why.is_empty() => told.contains(why),
        _ => told.contains(title),
    };
    let is_left = told.contains("keeps its old name") || told.contains("values of a whole chart");
    let (old, new) = (titles(&before.stderr), titles(&after.stderr));
    if let Some(title) = new.iter().find(|title| if is_of_key(title) { !is_left && !is_told(title) } else { !old.contains(title) }) {
        return Err(format!("{title}\n{told}\n{}", after.stderr).into());
    }
    let again = run_in(folder, &["migrate", "-"], &text);
    if again.stdout == text { Ok(()) } else { Err(support::difference(&text, &again.stdout).into()) }
}

/// The objects of a stream without airflow.cfg and what follows from its text, and the values of all options, sorted: options that
/// move have other names there.
fn apart(stream: &str) -> (Value, Vec<String>) {
    fn walk(node: &mut Value, options: &mut Vec<String>) {
        match node {
            Value::Object(entries) => {
                entries.retain(|key, _| !key.starts_with("checksum/"));
                if entries.get("kind").is_some_and(|kind| kind == "Job") {
                    entries["metadata"]["name"] = Value::Null;
                }
                if let Some(Value::String(text)) = entries.remove("airflow.cfg") {
                    options.extend(text.lines().filter_map(|line| line.split_once('=')).map(|(_, value)| value.trim().to_owned()));
                }
                entries.values_mut().for_each(|below| walk(below, options));
            }
            Value::Array(items) => items.iter_mut().for_each(|item| walk(item, options)),
            _ => {}
        }
    }
    let (mut objects, mut options) = (serde_json::from_str(stream).unwrap_or_default(), Vec::new());
    walk(&mut objects, &mut options);
    options.sort();
    (objects, options)
}

fn orphans() -> Result<(), Failed> {
    let known: Vec<String> = cases("values").into_iter().map(|(name, _)| name).collect();
    let invalid: Vec<String> = cases("values/invalid").into_iter().map(|(name, _)| name).collect();
    let told: Vec<String> = cases("values/told").into_iter().map(|(name, _)| name).collect();
    let migrate: Vec<String> = cases("values/migrate").into_iter().map(|(name, _)| name).collect();
    let check: Vec<String> = cases("values/check").into_iter().map(|(name, _)| name).collect();
    let folders = ["check", "invalid", "migrate", "told", "warnings"];
    let mut orphans = Vec::new();
    for (folder, known) in [
        ("golden", &known),
        ("golden/warnings", &known),
        ("golden/invalid", &invalid),
        ("golden/told", &told),
        ("golden/migrate", &migrate),
        ("golden/check", &check),
    ] {
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
