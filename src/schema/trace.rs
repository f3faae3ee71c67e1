//! From a text in a manifest back to the place in a tree that it comes from.

use crate::schema::{Path, Step};
use crate::source::{Place, Sources, words};
use crate::yaml::{Data, Node};

/// How well a place in a tree fits a text of a manifest; the least is the best.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    /// The same text at the same key.
    SameKey,
    /// A key of that name.
    Key,
    /// The same text elsewhere.
    SameText,
    /// A text of several lines that has it.
    Within,
}

/// The shortest text that is looked for at other keys: shorter ones occur by chance.
const SHORTEST: usize = 3;

/// The keys in a tree that a text of a manifest may come from, which stands at the given key there, and the place of the text: somebody
/// wrote the same text, or a text of YAML that has it, or a key of that name. There are several, if they fit equally well.
pub fn sources_of(tree: &Node, sources: &Sources, text: &str, key: &str) -> Vec<(Path, Option<Place>)> {
    let (fit, paths) = best(tree, sources, text, key);
    let place = |path: &Path| {
        let (node, entry) = path.find(tree);
        match fit {
            Fit::SameKey | Fit::SameText => sources.place(node.origin),
            Fit::Key => sources.place(entry.and_then(|entry| entry.key)),
            Fit::Within => sources.place(node.origin).map(|place| place.of_word(text)),
        }
    };
    paths.into_iter().map(|path| (place(&path), path)).map(|(place, path)| (path, place)).collect()
}

/// The keys of the best places, and how well they fit.
fn best(tree: &Node, sources: &Sources, text: &str, key: &str) -> (Fit, Vec<Path>) {
    let mut best = (Fit::Within, Vec::new());
    let wanted = Wanted { sources, text, key };
    wanted.look(tree, &mut Path::default(), &mut best);
    best
}

struct Wanted<'w> {
    sources: &'w Sources,
    text: &'w str,
    key: &'w str,
}

impl Wanted<'_> {
    /// Looks through what the user wrote.
    fn look(&self, node: &Node, path: &mut Path, best: &mut (Fit, Vec<Path>)) {
        match &node.data {
            Data::Map(entries) => {
                for (key, entry) in entries {
                    path.0.push(Step::Key(key.clone()));
                    if key == self.text && entry.key.is_some() {
                        keep(Fit::Key, path, best);
                    }
                    self.look(&entry.value, path, best);
                    path.0.pop();
                }
            }
            Data::List(items) => {
                for (index, item) in items.iter().enumerate() {
                    path.0.push(Step::Index(index));
                    self.look(item, path, best);
                    path.0.pop();
                }
            }
            _ if node.origin.is_none() => {}
            _ if node.scalar() == self.text => {
                let same_key = matches!(path.0.last(), Some(Step::Key(key)) if key == self.key);
                // That a secret elsewhere is the same text is nobody's business.
                if same_key || self.text.len() >= SHORTEST && !self.sources.hides(node.origin) {
                    keep(if same_key { Fit::SameKey } else { Fit::SameText }, path, best);
                }
            }
            Data::String(text) if !self.text.is_empty() && text.contains('\n') && words(text, self.text).next().is_some() => {
                keep(Fit::Within, path, best);
            }
            _ => {}
        }
    }
}

fn keep(fit: Fit, path: &Path, (known, paths): &mut (Fit, Vec<Path>)) {
    if fit < *known {
        paths.clear();
        *known = fit;
    }
    if fit == *known {
        paths.push(path.clone());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::yaml::read;

    #[test]
    fn a_text_finds_its_key() {
        let text = "extraEnvFrom: |\n  - secretRf: {name: a}\nvolumeMounts: [{name: gone, mountPath: /x}]\nother: gone\nenv: [{nmae: a}]\n";
        let values = read(text, 0).unwrap().remove(0);
        for (text, key, expected) in [
            ("secretRf", "secretRf", &["extraEnvFrom"][..]),
            ("gone", "name", &["volumeMounts[0].name"]),
            ("gone", "key", &["volumeMounts[0].name", "other"]),
            ("nmae", "nmae", &["env[0].nmae"]),
            ("secretR", "x", &[]),
            ("", "x", &[]),
        ] {
            assert_eq!(best(&values, &Sources::default(), text, key).1.iter().map(Path::to_string).collect::<Vec<_>>(), expected, "{text}");
        }
    }
}
