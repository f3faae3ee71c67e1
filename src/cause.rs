//! Which key of the values a fault in manifests comes from: the one without which it is gone.
//!
//! Most faults have a text that the values have, too. Of those that have none (a name that is there twice, a key that is missing, a
//! name that is too long with the release's before it) no text says where they come from. So parts of what the user wrote are left
//! out, one after the other, and what remains is rendered and judged again.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use crate::checks::{Cluster, Finding};
use crate::kubernetes::Manifest;
use crate::layers::{Given, decides};
use crate::schema::{Path, Step};
use crate::told::traced;
use crate::values::Edition;
use crate::yaml::{Data, Node};

/// The most parts that are tried one by one; of more, several are left out at once first.
const WIDTH: usize = 16;

/// The most manifests that are made. Then a part is said that has more than the key.
const WORK: usize = 10_000;

/// A search for causes.
pub struct Search<'s> {
    /// The values that have them.
    pub given: &'s Given,
    /// Their edition.
    pub edition: Edition,
    /// The cluster that the manifests are for.
    pub cluster: Cluster,
    /// The manifests that have the faults.
    pub manifests: &'s [Manifest],
}

/// How good a part of the values is as a cause, the least is the best: how many places still have the fault, whether it decides
/// about more than its own, how much of the manifests a key changes, and the last one of several that are alike.
type Rank = (usize, bool, usize, Reverse<usize>);

impl Search<'_> {
    /// Says of each finding which key it comes from, if there is one: the one that has a text of it, where it goes with that key, or
    /// whichever it goes with.
    pub fn of(&self, findings: &mut [&mut Finding]) {
        let mut causes = vec![None; findings.len()];
        let mut runs = WORK / self.manifests.len().max(1);
        let seen: Vec<&Finding> = findings.iter().map(|finding| &**finding).collect();
        let mut lost = Vec::new();
        for (index, finding) in seen.iter().enumerate() {
            let mut keys = traced(finding, self.given).into_iter().map(|(key, _)| key);
            // Of several the right one is to be found, too.
            match (keys.next(), keys.next()) {
                (Some(key), None) if self.goes_with(finding, &key, &mut runs) => causes[index] = Some(key),
                _ => lost.push(index),
            }
        }
        self.narrow(&self.given.parts(&Path::default()), &lost, &seen, &mut causes, &mut runs);
        for (finding, cause) in findings.iter_mut().zip(causes) {
            finding.key = cause;
        }
    }

    /// Whether a finding is gone, or is in fewer places, without a key, or without the part that cannot be without it.
    fn goes_with(&self, finding: &Finding, key: &Path, runs: &mut usize) -> bool {
        let parts = (1..=key.0.len()).rev().map(|length| Path(key.0[..length].to_vec()));
        let mut tried = parts.filter_map(|part| self.without(&[part], &[0], &[finding], runs));
        tried.next().is_some_and(|(places, _)| places[0] < places_of(finding))
    }

    /// Looks for the causes of some findings among parts of one map or list.
    fn narrow(&self, parts: &[Path], wanted: &[usize], findings: &[&Finding], causes: &mut [Option<Path>], runs: &mut usize) {
        if wanted.is_empty() || *runs == 0 {
            return;
        }
        // Halves find one of many in the fewest runs.
        let has_few = *runs < 4 * WIDTH;
        let width = if has_few { 2 } else { WIDTH };
        let several = parts.len().div_ceil(width).max(1);
        let groups: Vec<&[Path]> = parts.chunks(several).collect();
        // Within a part that has the fault it is the last group if it is none of the others, which saves a run.
        let is_within = parts.first().is_some_and(|part| part.0.len() > 1);
        let saves = has_few && is_within && (several > 1 || groups.len() == 1);
        let tried: Vec<Option<(Vec<usize>, usize)>> =
            groups[..groups.len() - usize::from(saves)].iter().map(|group| self.without(group, wanted, findings, runs)).collect();
        if *runs == 0 && tried.iter().any(Option::is_none) {
            return;
        }
        let mut chosen: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (position, &one) in wanted.iter().enumerate() {
            let ranks = tried.iter().enumerate().filter_map(|(index, tried)| {
                let (places, change) = tried.as_ref()?;
                let change = if groups[index].iter().any(is_item) { 0 } else { *change };
                let rank: Rank = (places[position], groups[index].iter().any(is_switch), change, Reverse(index));
                (places[position] < places_of(findings[one])).then_some(rank)
            });
            let best = ranks.min().map(|(.., Reverse(index))| index);
            if let Some(index) = best.or(saves.then(|| groups.len() - 1)) {
                chosen.entry(index).or_default().push(one);
            }
        }
        for (index, wanted) in chosen {
            let group = groups[index];
            let [part] = group else {
                self.narrow(group, &wanted, findings, causes, runs);
                continue;
            };
            for &one in &wanted {
                causes[one] = Some(part.clone());
            }
            let is_wider = |one: &usize| !is_of_key(findings[*one], part);
            let wider: Vec<usize> = wanted.into_iter().filter(is_wider).collect();
            self.narrow(&self.given.parts(part), &wider, findings, causes, runs);
        }
    }

    /// How many places have each of some faults without some parts of the values, and how much of the manifests is another then.
    /// Nothing, if there are no such manifests.
    fn without(&self, parts: &[Path], wanted: &[usize], findings: &[&Finding], runs: &mut usize) -> Option<(Vec<usize>, usize)> {
        *runs = runs.checked_sub(1)?;
        let (values, given) = self.given.without(parts, self.edition)?;
        let (model, extra) = crate::known(&values, &given);
        let (manifests, found) = crate::looked_at(&model, extra, &given, self.cluster).ok()?;
        let places = |one: &usize| found.iter().find(|other| is_same(findings[*one], other)).map_or(0, places_of);
        Some((wanted.iter().map(places).collect(), change(self.manifests, &manifests)))
    }
}

/// Whether a key says which objects there are.
fn is_switch(path: &Path) -> bool {
    decides(path) || matches!(path.0.last(), Some(Step::Key(key)) if key == "enabled")
}

fn is_item(path: &Path) -> bool {
    matches!(path.0.last(), Some(Step::Index(_)))
}

/// Whether the key itself is what is wrong in the manifests.
fn is_of_key(finding: &Finding, path: &Path) -> bool {
    let Some(Step::Key(last)) = path.0.last() else { return false };
    finding.manifests.as_ref().is_some_and(|found| found.hints.iter().any(|(text, key)| text == key && key == last))
}

fn places_of(finding: &Finding) -> usize {
    finding.manifests.as_ref().map_or(0, |found| found.places.len())
}

/// Whether two findings are one fault; an item of a list may have moved.
fn is_same(one: &Finding, other: &Finding) -> bool {
    let fault = |finding: &Finding| finding.manifests.as_ref().map(|found| wording(&found.fault));
    one.rule.code == other.rule.code && fault(one) == fault(other)
}

/// A fault in words, without where its pod is in the object, and which item of a list has it.
pub fn wording(fault: &str) -> String {
    let of_pod = POD_WITHIN.iter().fold(fault.to_owned(), |fault, within| fault.replace(within, "`spec"));
    let mut text = String::with_capacity(of_pod.len());
    let mut within = false;
    for c in of_pod.chars() {
        within = c == '[' || within && c.is_ascii_digit();
        if !within || c == '[' {
            text.push(c);
        }
    }
    text
}

/// Where objects have the `spec` of a pod.
const POD_WITHIN: [&str; 2] = ["`spec.jobTemplate.spec.template.spec", "`spec.template.spec"];

/// How much of some manifests is another in others.
fn change(manifests: &[Manifest], others: &[Manifest]) -> usize {
    let sizes = |manifests: &[Manifest]| -> HashMap<(String, String), usize> {
        let mut sizes = HashMap::new();
        for one in manifests {
            *sizes.entry((one.path.clone(), one.name().to_owned())).or_default() += size(&one.object);
        }
        sizes
    };
    let (was, is) = (sizes(manifests), sizes(others));
    let gone = was.iter().map(|(key, size)| is.get(key).map_or(*size, |now| size.abs_diff(*now)));
    let new = is.iter().filter(|(key, _)| !was.contains_key(*key)).map(|(_, size)| *size);
    gone.chain(new).sum()
}

/// How much there is in a tree.
fn size(node: &Node) -> usize {
    1 + match &node.data {
        Data::Map(entries) => entries.iter().map(|(key, entry)| key.len() + size(&entry.value)).sum(),
        Data::List(items) => items.iter().map(size).sum(),
        Data::String(text) => text.len(),
        Data::Null | Data::Bool(_) | Data::Number(..) => 1,
    }
}
