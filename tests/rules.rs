//! The rules of `src/checks/`: each is named, explained and shown, and what it says of keys is so.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use airflow_gen::checks::registry::{FAMILIES, editions, rules};
use airflow_gen::checks::{self, Cluster, Finding, KubernetesVersion, Level, Of, Release, Rule, Subject};
use airflow_gen::kubernetes::{Manifest, Set};
use airflow_gen::layers::{self, Given, Layer};
use airflow_gen::render::Rendered;
use airflow_gen::schema::Schema;
use airflow_gen::values::{Edition, schema};
use airflow_gen::yaml::{Data, Entry, Map, Node, read};

use crate::support::{home, tree};

/// What the rules find in values, and in what they give; and of what the user says, where each value stands.
fn of_values(text: &str, version: Option<KubernetesVersion>) -> Result<(Vec<Finding>, Given), String> {
    let file = tempfile::NamedTempFile::with_suffix(".yaml").unwrap();
    fs::write(&file, text).unwrap();
    let (values, given) = layers::values(&[Layer::File(file.path().to_owned())]).map_err(|error| error.render(false))?;
    let (model, extra) = airflow_gen::known(&values, &given);
    let mut findings = checks::of_values(&Subject { values: &values, given: given.said(), known: &model.known });
    let manifests = airflow_gen::objects(&model, extra, &given).map_err(|error| error.render(false))?;
    let external = [model.known.external, checks::external_of_values(given.whole())].concat();
    let missing = &model.known.missing;
    let cluster = Cluster { version, profile: None };
    findings.extend(checks::of_manifests(&Release { set: Set::of(&manifests), external: &external, missing, cluster, open: false }));
    Ok((findings, given))
}

/// What the rules find in manifests, which are anyone's if they are `open`.
fn of_manifests(text: &str, cluster: Cluster, open: bool) -> Vec<Finding> {
    let text = text.replace("(more than a mebibyte)", &"x".repeat(1024 * 1024 + 1));
    let documents = read(&text, 0).unwrap();
    let rendered = documents.into_iter().map(|object| Rendered { path: "file.yaml".to_owned(), object });
    let manifests = Manifest::of(rendered.collect()).unwrap_or_else(|error| panic!("{}", error.render(false)));
    checks::of_manifests(&Release { set: Set::of(&manifests), external: &[], missing: &[], cluster, open })
}

fn findings(rule: &Rule, text: &str) -> Result<Vec<Finding>, String> {
    let cluster = Cluster { version: None, profile: rule.profile() };
    match rule.example.of {
        Of::Values => Ok(of_values(text, None)?.0),
        Of::ValuesFor(version) => Ok(of_values(text, Some(version.parse().unwrap()))?.0),
        Of::Manifests => Ok(of_manifests(text, cluster, false)),
        Of::Anyones => Ok(of_manifests(text, cluster, true)),
    }
}

#[test]
fn a_rule_has_a_code_and_a_name_of_its_own_and_every_text() {
    let rules = rules();
    let codes: BTreeSet<_> = rules.iter().map(|rule| rule.code).collect();
    let names: BTreeSet<_> = rules.iter().map(|rule| rule.name).collect();
    assert_eq!((codes.len(), names.len()), (rules.len(), rules.len()));
    for rule in &rules {
        let Rule { code, name, level, what, why, example, .. } = rule;
        let form = |at: usize, fits: fn(&u8) -> bool| code.as_bytes()[at..].iter().all(fits);
        assert!(code.len() == 4 && code.as_bytes()[0].is_ascii_uppercase() && form(1, u8::is_ascii_digit), "{code}");
        assert!(name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-'), "{name}");
        assert!(FAMILIES.iter().any(|(family, _)| *family == rule.family()), "{code} is of no family");
        assert!(!editions(rule).is_empty(), "{code}");
        // What is wrong with a manifest, the API server refuses.
        assert!(!code.starts_with(['M', 'N']) || *level == Level::Error, "{code} is no error");
        for text in [what, why] {
            assert!(text.ends_with('.'), "{code}: {text:?}");
        }
        assert!(!example.refused.is_empty() && !example.instead.is_empty() && example.refused != example.instead, "{code}");
    }
    for (family, _) in FAMILIES {
        assert!(rules.iter().any(|rule| rule.family() == *family), "{family} has no rules");
    }
}

/// A file holds one rule, has its name, and begins with what it finds.
#[test]
fn a_rule_has_a_file_of_its_own() {
    let files = tree(&home().join("src/checks"));
    let of_rules = files.iter().filter(|(_, text)| text.contains("static RULE: Rule"));
    let files: BTreeMap<String, &str> = of_rules
        .map(|(path, text)| {
            let name = path.file_stem().unwrap().to_string_lossy().replace('_', "-");
            (name, text.lines().next().unwrap().strip_prefix("//! ").unwrap())
        })
        .collect();
    let rules: BTreeMap<String, &str> = rules().iter().map(|rule| (rule.name.to_owned(), rule.what)).collect();
    assert_eq!(files, rules);
}

/// What a rule refuses it finds, and what is to be written instead it does not.
#[test]
fn the_examples_are_true() {
    let mut faults = Vec::new();
    for rule in rules() {
        let speaks = |text: &str| Ok(findings(rule, text)?.iter().any(|finding| finding.rule.code == rule.code));
        let spoken: Result<(bool, bool), String> = speaks(rule.example.refused).and_then(|one| Ok((one, speaks(rule.example.instead)?)));
        if spoken != Ok((true, false)) {
            faults.push(format!("{} {}: {spoken:?}", rule.code, rule.name));
        }
    }
    assert_eq!(faults, Vec::<String>::new());
}

/// Findings about keys that nobody need write: what they say lacks.
const WITHOUT_PLACE: [&str; 3] = ["B101", "O101", "S103"];

/// A message about a value points at it: no rule misspells a key.
#[test]
fn a_finding_about_a_value_has_a_place() {
    let examples = rules().into_iter().filter(|rule| rule.example.of == Of::Values).map(|rule| rule.example.refused.to_owned());
    let files = ["values", "values/invalid"].into_iter().flat_map(|folder| fs::read_dir(home().join(folder)).unwrap());
    let files = files.map(|entry| entry.unwrap().path()).filter(|path| path.is_file());
    let mut lost = BTreeSet::new();
    for text in examples.chain(files.filter_map(|path| fs::read_to_string(path).ok())) {
        let Ok((findings, given)) = of_values(&text, None) else { continue };
        for Finding { rule, key, .. } in findings {
            let Some(key) = key else { continue };
            let need_not_stand = WITHOUT_PLACE.contains(&rule.code) && exists(&key.to_string(), &editions(rule));
            if given.place(&key).is_none() && !need_not_stand {
                lost.insert(format!("{}: `{key}`", rule.code));
            }
        }
    }
    assert_eq!(lost, BTreeSet::new());
}

/// Whether the values of the editions have a key.
fn exists(key: &str, editions: &[Edition]) -> bool {
    let plain: String = key.split('[').map(|part| part.split_once(']').map_or(part, |(_, rest)| rest)).collect();
    let entry = |value: Node| Entry { key: value.origin, value };
    let leaf = Node::new(Data::Null);
    let node = plain.rsplit('.').fold(leaf, |node, key| Node::new(Data::Map(Map::from_iter([(key.to_owned(), entry(node))]))));
    let is_known = Schema::of(schema()).check(&node).iter().all(|found| !found.fault.is_of_key());
    is_known && editions.iter().any(|edition| layers::has_key(*edition, &plain))
}

/// What stands between backticks in a text.
fn ticked(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

/// Every key that a rule advises is one of the values.
#[test]
fn the_keys_that_rules_name_exist() {
    let mut unknown = BTreeSet::new();
    for rule in rules().into_iter().filter(|rule| rule.example.of == Of::Values) {
        let editions = editions(rule);
        for finding in findings(rule, rule.example.refused).unwrap().iter().filter(|finding| finding.rule.code == rule.code) {
            let texts = [finding.title.as_str(), finding.help.as_deref().unwrap_or_default(), rule.what, rule.why];
            for word in texts.iter().flat_map(|text| ticked(text)).map(|word| word.split(':').next().unwrap()) {
                let is_path = word.split('.').all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric()));
                let root = word.split('.').next().unwrap();
                if is_path && word.contains('.') && exists(root, &editions) && !exists(word, &editions) {
                    unknown.insert(format!("{}: {word}", rule.code));
                }
            }
        }
    }
    assert_eq!(unknown, BTreeSet::new());
}
