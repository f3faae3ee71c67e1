//! The ways in which a tree can fail its schema, and how each reads.

use strsim::osa_distance;

/// A way in which a node fails its schema.
#[derive(Debug)]
pub enum Fault {
    /// A key that means nothing.
    UnknownKey {
        /// The real key that looks most like it.
        nearest: Option<String>,
        /// All real keys.
        known: Vec<String>,
    },
    /// Another type than the schema takes.
    WrongType {
        /// What it takes, in words.
        expected: String,
        /// What there is, in words.
        found: &'static str,
        /// Whether quotes would mend it: a bare number or boolean where a string belongs.
        bare: bool,
    },
    /// Not one of the words that there are to choose from.
    NotAVariant {
        /// The one that looks most like it.
        nearest: Option<String>,
        /// All of them.
        variants: Vec<String>,
    },
    /// A key that has to be there is not.
    Missing {
        /// The key.
        key: String,
    },
    /// A string of another form than the schema takes.
    Malformed {
        /// The form that it takes, in words.
        expected: String,
        /// The word that was probably meant, where it mostly is one of a few.
        nearest: Option<String>,
    },
    /// A text that the API server cannot read as what belongs there.
    Unread {
        /// What belongs there, in words.
        expected: String,
        /// What was probably meant.
        nearest: Option<String>,
    },
    /// A key of a free map that has another form than the schema takes.
    MalformedKey {
        /// The form that it takes, in words.
        expected: String,
    },
    /// A number that would not be written as it stands, where its text counts: `1.10` would become `1.1`.
    Respelt,
    /// Something that has to hold between several keys, or that a form cannot say.
    Rule {
        /// What is wrong, after the name of the place.
        what: String,
        /// What to write beside the caret.
        label: &'static str,
        /// Keys of the map that it is about, with their texts.
        about: Vec<(String, String)>,
    },
    /// A field that came with a later version of Kubernetes than the cluster has.
    Later {
        /// The minor version of Kubernetes 1.
        since: u32,
        /// The cluster's version.
        cluster: String,
    },
    /// A field that the API server drops, unless the cluster opens a feature gate.
    Gated {
        /// The gate.
        gate: &'static str,
        /// The minor version of Kubernetes 1 from which on it is open by default, and the cluster's version, which is older; none if it
        /// is closed in the newest.
        open: Option<(u32, String)>,
    },
    /// A number outside its bounds.
    OutOfRange {
        /// What belongs there, in words, where that says more than the bounds.
        expected: Option<&'static str>,
        /// The least that it may be.
        least: Option<f64>,
        /// The most that it may be.
        most: Option<f64>,
    },
}

impl Fault {
    pub(super) fn unknown_key<'k>(key: &str, known: impl Iterator<Item = &'k str> + Clone) -> Self {
        Self::UnknownKey { nearest: nearest(key, known.clone()).map(str::to_owned), known: known.map(str::to_owned).collect() }
    }

    pub(super) fn variant(found: &str, variants: &[&str]) -> Self {
        let nearest = nearest(found, variants.iter().copied()).map(str::to_owned);
        // An empty text stands for nothing.
        Self::NotAVariant { nearest, variants: variants.iter().filter(|name| !name.is_empty()).map(|&name| name.to_owned()).collect() }
    }

    pub(super) fn of_key(self) -> Self {
        if let Self::Malformed { expected, .. } = self { Self::MalformedKey { expected } } else { self }
    }

    /// Whether it is the key that is wrong, not its value.
    #[must_use]
    pub fn is_of_key(&self) -> bool {
        matches!(self, Self::UnknownKey { .. } | Self::MalformedKey { .. } | Self::Later { .. } | Self::Gated { .. })
    }

    /// What a rule says, if it is one that is broken.
    pub(crate) fn rule(&self) -> Option<&str> {
        if let Self::Rule { what, .. } = self { Some(what) } else { None }
    }

    /// Keys of the map that a rule is about, with their texts.
    pub(crate) fn about(&self) -> &[(String, String)] {
        if let Self::Rule { about, .. } = self { about } else { &[] }
    }

    /// What is wrong at `path`, in one line.
    #[must_use]
    pub fn title(&self, path: &str) -> String {
        match self {
            Self::UnknownKey { .. } => format!("unknown key `{path}`"),
            Self::WrongType { expected, .. } | Self::Malformed { expected, .. } | Self::Unread { expected, .. } => {
                format!("`{path}` must be {expected}")
            }
            Self::NotAVariant { variants, .. } => format!("`{path}` must be {}", choice(variants)),
            Self::Missing { key } if path.is_empty() => format!("key `{key}` is missing"),
            Self::Missing { key } => format!("`{path}` lacks its key `{key}`"),
            Self::MalformedKey { expected } => format!("the key of `{path}` must be {expected}"),
            Self::Respelt => format!("`{path}` is a number that would not be written as it is here"),
            Self::Rule { what, .. } if path.is_empty() => format!("the object {what}"),
            Self::Rule { what, .. } => format!("`{path}` {what}"),
            Self::Later { since, cluster } => format!("`{path}` came with Kubernetes 1.{since}, and the cluster has {cluster}"),
            Self::Gated { gate, open: None } => format!("`{path}` is behind the feature gate `{gate}`, which is closed by default"),
            Self::Gated { gate, open: Some((open, cluster)) } => {
                format!(
                    "`{path}` is behind the feature gate `{gate}`, which is open since Kubernetes 1.{open}, and the cluster has {cluster}"
                )
            }
            Self::OutOfRange { expected: Some(expected), .. } => format!("`{path}` must be {expected}"),
            Self::OutOfRange { least: Some(least), most: Some(most), .. }
                if *least < -f64::from(i32::MAX) && *most >= f64::from(i32::MAX) =>
            {
                format!("`{path}` must be a whole number of {} bits", if *most > f64::from(i32::MAX) { 64 } else { 32 })
            }
            Self::OutOfRange { least, most, .. } => match (least, most) {
                (Some(least), Some(most)) if *least >= -f64::from(i32::MAX) => format!("`{path}` must be from {least} to {most}"),
                (Some(_), Some(most)) => format!("`{path}` must be {most} or less"),
                (Some(least), None) => format!("`{path}` must be {least} or more"),
                (None, most) => format!("`{path}` must be {} or less", most.unwrap_or_default()),
            },
        }
    }

    /// What to write beside the caret.
    #[must_use]
    pub fn label(&self) -> String {
        match self {
            Self::UnknownKey { .. } => "not a key that means anything here".to_owned(),
            Self::WrongType { found, .. } => format!("this is {found}"),
            Self::NotAVariant { .. } => "not one of them".to_owned(),
            Self::Missing { .. } => "in this map".to_owned(),
            Self::Malformed { .. } | Self::Unread { .. } | Self::MalformedKey { .. } => "not of that form".to_owned(),
            Self::Respelt => "such as `1.10`, `010` or `1e3`".to_owned(),
            Self::Rule { label, .. } => (*label).to_owned(),
            Self::Later { .. } => "a later version's".to_owned(),
            Self::Gated { .. } => "dropped".to_owned(),
            Self::OutOfRange { .. } => "out of bounds".to_owned(),
        }
    }

    /// What to do.
    #[must_use]
    pub fn help(&self) -> Option<String> {
        match self {
            Self::UnknownKey { nearest: Some(nearest), .. }
            | Self::NotAVariant { nearest: Some(nearest), .. }
            | Self::Malformed { nearest: Some(nearest), .. }
            | Self::Unread { nearest: Some(nearest), .. } => Some(format!("did you mean `{nearest}`?")),
            Self::UnknownKey { known, .. } if !known.is_empty() && known.len() <= 16 => {
                Some(format!("the keys here are {}", list(&ticked(known), "and")))
            }
            Self::Respelt | Self::WrongType { bare: true, .. } => Some("put it in quotes to make it a string".to_owned()),
            Self::Gated { .. } => {
                Some("the API server drops it without a word: leave it out, or have the gate opened in the cluster".to_owned())
            }
            _ => None,
        }
    }
}

/// The word that was probably meant: at most one slip in four letters, case and separators aside.
#[must_use]
pub fn nearest<'k>(word: &str, known: impl Iterator<Item = &'k str>) -> Option<&'k str> {
    let (_, best) = known.map(|candidate| (distance(word, candidate), candidate)).min_by_key(|(distance, _)| *distance)?;
    is_near(word, best).then_some(best)
}

/// Whether one word may be meant by another.
pub(crate) fn is_near(word: &str, candidate: &str) -> bool {
    let (distance, letters) = (distance(word, candidate), plain(word).chars().count());
    distance <= 1 + letters / 4 && distance < letters.max(2)
}

/// How many letters two words differ in, whatever sets their parts apart.
pub(super) fn distance(word: &str, candidate: &str) -> usize {
    osa_distance(&plain(word), &plain(candidate))
}

fn plain(text: &str) -> String {
    text.to_lowercase().replace(['-', '_'], "")
}

/// `` `a`, `b` or `c` ``.
pub(super) fn choice(words: &[impl AsRef<str>]) -> String {
    list(&ticked(words), "or")
}

fn ticked(words: &[impl AsRef<str>]) -> Vec<String> {
    words.iter().map(|word| format!("`{}`", word.as_ref())).collect()
}

/// `a, b or c`.
pub(super) fn list(words: &[String], last: &str) -> String {
    match words {
        [] => "something else".to_owned(),
        [only] => only.clone(),
        [first @ .., end] => format!("{} {last} {end}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_slip_finds_its_word_and_a_stranger_none() {
        let known = ["repository", "tag", "pullPolicy", "replicas"];
        for (word, expected) in [
            ("repositroy", Some("repository")),
            ("pullpolicy", Some("pullPolicy")),
            ("pull_policy", Some("pullPolicy")),
            ("replica", Some("replicas")),
            ("tga", Some("tag")),
            ("zzz", None),
            ("image", None),
        ] {
            assert_eq!(nearest(word, known.into_iter()), expected, "{word}");
        }
    }
}
