//! What the files and arguments say, on top of the defaults of their edition.

use crate::error::Diagnostic;
use crate::schema::{Null, Path};
use crate::values::{Edition, Ports, Values};
use crate::yaml::Node;

use super::explain::{Judge, deprecated, subchart, version};
use super::given::Templates;
use super::helm::{self, Fate};
use super::mended::mended;
use super::read::{Read, merge};
use super::{Given, editions, schema, secrets};

/// What is said, whole, with all that is wrong with it told. What was wrong has its default, so that the rest can be typed and
/// judged.
#[derive(Debug)]
pub struct Merged {
    given: Given,
    /// Whether it can be typed.
    is_whole: bool,
}

impl Read {
    /// Lays what is said over the defaults of the edition that it asks for, and finds everything that is wrong with it: keys
    /// that mean nothing, values of another type or form, Go templates that cannot be resolved, secrets that cannot be read,
    /// and a version of Airflow that has no edition.
    pub fn merged(self) -> Merged {
        let Self { sources, mut said, commented: _, aliased, mut told } = self;
        secrets::settle(&mut said, schema());
        let (edition, unsupported) = version::edition(&sources, &said);
        if let Some((error, version)) = unsupported {
            version::replace(&mut said, version);
            told.push(error);
        }
        let mut of_subchart = subchart::Settled::default();
        match edition {
            Edition::V1_10 => schema().drop_nulls(&mut said, Null::IsDefault),
            Edition::Current => {
                schema().drop_nulls(&mut said, Null::IsNothing);
                helm::drop_chart_texts(&mut said);
                helm::settle_digests(&mut said);
                of_subchart = subchart::settle(&mut said, &sources);
            }
        }
        told.extend(of_subchart.told);
        told.extend(deprecated::warnings(&said, edition, &sources));
        let defaults = editions::defaults(edition);
        let mut all = defaults.clone();
        merge(&mut all, said.clone());

        let mut whole = all.clone();
        let judge = Judge { sources: &sources, tree: &all };
        let unknown = judge.unknown(edition, &said);
        for finding in &unknown {
            finding.path.put(&mut whole, None);
        }
        let used = helm::mentions(&whole);
        let is_used = |path: &Path| edition == Edition::Current && used.iter().any(|key| path.covers(key));
        let mut wrong: Vec<Path> = Vec::new();
        let mut ignored = of_subchart.ignored;
        for finding in &unknown {
            let is_used = is_used(&finding.path) || edition == Edition::Current && finding.holds_anchors(&all, &aliased);
            let told_of_it = judge.explain_unknown(edition, finding, is_used);
            wrong.extend(told_of_it.iter().filter(|one| one.is_error()).map(|_| finding.path.clone()));
            ignored.extend(told_of_it.iter().filter(|one| !one.is_error()).map(|one| (finding.path.clone(), one.clone())));
            told.extend(told_of_it);
        }

        let mut with_templates = None;
        let unresolved = match edition {
            Edition::V1_10 => Vec::new(),
            Edition::Current => {
                let tree = whole.clone();
                let unresolved = helm::resolve(&mut whole, &all, schema());
                with_templates = (!whole.is_same(&tree)).then_some(tree);
                unresolved
            }
        };
        let judge = Judge { sources: &sources, tree: &whole };
        let mut findings = judge.findings(edition);
        // A template that does not resolve has no form to judge.
        let open: Vec<Path> =
            unresolved.iter().filter(|template| template.fate != Fate::Gap).map(|template| template.path.clone()).collect();
        findings.retain(|finding| !open.contains(&finding.path));
        told.extend(unresolved.iter().map(|template| judge.unresolved(template)));
        told.extend(findings.iter().map(|finding| judge.explain(finding)));
        wrong.extend(open);
        wrong.extend(findings.into_iter().map(|finding| finding.path));
        let (faults, outside) = secrets::read(&mut whole, schema(), &sources);
        for fault in faults {
            let place = fault.path.get(&whole).and_then(|node| sources.place(node.origin));
            told.push(fault.error.at(place, "the secret is said to be there"));
            wrong.push(fault.path);
        }
        let mended = if wrong.is_empty() { Some(Vec::new()) } else { mended(&mut whole, &defaults, wrong) };
        let is_whole = mended.is_some();
        let (translated, mended) = (of_subchart.translated, mended.unwrap_or_default());
        let unknown = unknown.into_iter().map(|finding| finding.path).collect();
        let templates = with_templates.map(|tree| Templates { tree, values: all });
        Merged { given: Given { sources, said, whole, outside, unknown, templates, translated, ignored, told, mended }, is_whole }
    }
}

impl Merged {
    /// Types the values; without a result, if what was wrong with them has no default.
    pub fn typed(self) -> (Option<Values>, Given) {
        let Self { mut given, is_whole } = self;
        if !is_whole {
            return (None, given);
        }
        match typed(&given.whole) {
            Ok(values) => (Some(*values), given),
            // What the schema let through, and a type does not take.
            Err(error) => {
                let path = error.path().to_string();
                let place = given.place(&path.as_str().into());
                let fault = Diagnostic::new(format!("`{path}` cannot be used")).at(place, "this value");
                given.told.push(fault.note(error.inner().to_string()));
                (None, given)
            }
        }
    }
}

/// A whole tree as values.
///
/// # Panics
///
/// Never: a tree is plain data.
pub(super) fn typed(whole: &Node) -> Result<Box<Values>, serde_path_to_error::Error<serde_json::Error>> {
    let tree = serde_json::to_value(whole).expect("a tree is JSON");
    // They are large, and threads have small stacks.
    let mut values: Box<Values> = serde_path_to_error::deserialize(tree)?;
    values.ports = Ports::heard(&values);
    values.settle_database();
    Ok(values)
}
