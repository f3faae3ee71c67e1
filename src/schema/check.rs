//! The walk that finds everything in a tree that its schema does not allow.

use serde_json::Number;

use super::fault::{self, Fault, nearest};
use super::{Finding, Rest, Schema, Trail, Types, judged, quantity};
use crate::yaml::{self, Data, Map, Node};

impl Schema<'_> {
    /// Everything in `node` that the schema does not allow.
    #[must_use]
    pub fn check(self, node: &Node) -> Vec<Finding> {
        let mut findings = Vec::new();
        self.walk(node, &Trail::Top, &mut findings);
        findings
    }

    pub(super) fn walk(self, node: &Node, at: &Trail<'_>, findings: &mut Vec<Finding>) {
        let types = types_of(node);
        let hides_keys = node.as_map().is_some() && self.is_secret();
        if self.0.alternatives.is_empty() && self.0.constant.is_none() && self.takes(types) && !hides_keys {
            return self.check_one(node, at, findings);
        }
        if self.alternatives().all(|one| one.0.constant.is_some()) {
            let constants: Vec<&str> = self.alternatives().filter_map(|one| one.0.constant).collect();
            return check_variant(node, &constants, at, findings);
        }
        if node.is_null() && self.takes_null() {
            return;
        }
        let mut first = None;
        for one in self.alternatives().filter(|one| one.takes(types)) {
            let mut found = Vec::new();
            one.check_one(node, at, &mut found);
            if found.is_empty() {
                return;
            }
            first.get_or_insert(found);
        }
        let Some(found) = first else {
            if let Data::Number(_, text) = &node.data
                && let Some(length) = self.alternatives().find_map(|one| one.with_unit(text))
            {
                return findings.push(at.finding(Fault::Malformed { expected: self.expected(), nearest: Some(length) }));
            }
            if let Some(meant) = node.as_str().and_then(boolean).filter(|_| self.alternatives().any(|one| one.takes(Types::BOOLEAN))) {
                return findings.push(at.finding(Fault::Malformed { expected: self.expected(), nearest: Some(meant.to_string()) }));
            }
            let is_bare = matches!(node.data, Data::Bool(_) | Data::Number(..));
            let text = node.scalar();
            let takes = |one: Schema<'_>| one.0.types.meet(Types::STRING) && one.0.words.is_none() && one.has_form(&text);
            let bare = is_bare && self.alternatives().any(takes);
            return findings.push(at.finding(Fault::WrongType { expected: self.expected(), found: node.kind(), bare }));
        };
        if hides_keys {
            // The message does not name its keys either: a slip of braces may have made the secret one.
            return findings.push(at.finding(Fault::Malformed { expected: self.expected(), nearest: None }));
        }
        findings.extend(found);
    }

    /// Whether it takes nodes of one of the types.
    pub(super) fn takes(self, types: Types) -> bool {
        self.0.types.is_any() || self.0.types.meet(types)
    }

    /// What it takes, in words.
    fn expected(self) -> String {
        fault::list(&self.alternatives().flat_map(Schema::describe).collect::<Vec<_>>(), "or")
    }

    /// What it takes, in words, its choices aside.
    fn describe(self) -> Vec<String> {
        match self.0.expected {
            Some(expected) => vec![expected.to_owned()],
            None => Types::IN_WORDS.iter().filter(|(of, _)| self.0.types.meet(*of)).map(|(_, words)| (*words).to_owned()).collect(),
        }
    }

    fn check_one(self, node: &Node, at: &Trail<'_>, findings: &mut Vec<Finding>) {
        match &node.data {
            Data::Map(entries) => self.check_map(entries, at, findings),
            Data::List(items) => {
                let Some(schema) = self.items() else { return };
                for (index, item) in items.iter().enumerate() {
                    schema.walk(item, &Trail::Index(at, index), findings);
                }
            }
            Data::String(text) => self.check_text(text, at, findings),
            Data::Number(number, text) => self.check_number(number, text, at, findings),
            Data::Null | Data::Bool(_) => {}
        }
    }

    fn check_number(self, number: &Number, text: &str, at: &Trail<'_>, findings: &mut Vec<Finding>) {
        if self.0.marks.contains(&"x-exact") && !is_exact(number, text) {
            findings.push(at.finding(Fault::Respelt));
        }
        // A bare number is a quantity by what it is in JSON.
        if self.is_quantity() {
            return self.check_text(&number.to_string(), at, findings);
        }
        let value = number.as_f64().unwrap_or_default();
        let (least, most) = (self.0.least, self.0.most);
        // As a float the most of 64 bits with a sign is one more.
        let is_beyond = |most: f64| value > most || value >= LIMIT && number.as_i64().is_none();
        if least.is_some_and(|least| value < least) || most.is_some_and(is_beyond) {
            findings.push(at.finding(Fault::OutOfRange { expected: self.0.expected, least, most }));
        }
    }

    fn check_text(self, text: &str, at: &Trail<'_>, findings: &mut Vec<Finding>) {
        let least = self.0.least.filter(|_| self.is_quantity());
        if least.is_some_and(|least| quantity::billionths(text).is_some_and(|size| in_units(size) < least)) {
            return findings.push(at.finding(Fault::OutOfRange { expected: self.0.expected, least: self.0.least, most: self.0.most }));
        }
        let stands_for_default = text.is_empty() && self.0.marks.contains(&"x-or-empty");
        if let Some(words) = self.0.words.filter(|words| !words.contains(&text) && !stands_for_default) {
            findings.push(at.finding(Fault::variant(text, words)));
        }
        if !self.has_form(text) {
            let expected = self.describe().into_iter().next().unwrap_or_else(|| "another text".to_owned());
            let nearest = self.nearest_word(text).or_else(|| self.with_unit(text)).or_else(|| self.nearest_form(text));
            let is_quantity = self.is_quantity();
            findings.push(at.finding(if is_quantity {
                Fault::Unread { expected, nearest }
            } else {
                Fault::Malformed { expected, nearest }
            }));
        }
    }

    fn is_quantity(self) -> bool {
        self.0.marks.contains(&"x-quantity")
    }

    /// Whether a text is not too long, and matches the pattern: of quantities no pattern can say it all.
    pub(crate) fn has_form(self, text: &str) -> bool {
        self.0.longest.is_none_or(|most| text.len() <= most)
            && (self.is_quantity() || self.0.pattern.is_none_or(|pattern| pattern.matches(text)))
            && self.0.marks.iter().all(|mark| judged::has_form(mark, text))
    }

    /// A number as a length of time, in seconds, where a text of that form belongs and the number is none.
    fn with_unit(self, number: &str) -> Option<String> {
        let length = format!("{number}s");
        let lacks_unit = number.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') && self.0.types.meet(Types::STRING);
        (lacks_unit
            && !self.is_secret()
            && self.0.pattern.is_some()
            && !self.has_form(number)
            && self.has_form(&length)
            && !self.has_form("s"))
        .then_some(length)
    }

    /// The same text in the form that is asked for: a quantity in the units that there are, a name in lower case with `-` for `_` and
    /// blanks.
    fn nearest_form(self, text: &str) -> Option<String> {
        if self.is_secret() {
            return None;
        }
        if self.is_quantity() {
            return quantity::nearest(text).filter(|near| self.has_form(near));
        }
        let lower = text.trim().to_lowercase();
        [lower.replace(['_', ' '], "-"), lower].into_iter().find(|near| near != text && !near.is_empty() && self.has_form(near))
    }

    /// The usual word, or one of those that there are, that looks most like the first unusual one.
    fn nearest_word(self, text: &str) -> Option<String> {
        let strange = text.split(',').find(|part| !self.0.usual.contains(part))?;
        let of_marks = self.0.marks.iter().flat_map(|mark| judged::words(mark));
        nearest(strange.trim(), self.0.usual.iter().chain(of_marks).copied()).map(str::to_owned)
    }

    fn check_map(self, entries: &Map, at: &Trail<'_>, findings: &mut Vec<Finding>) {
        let mut has_slip = false;
        let before = findings.len();
        for (key, entry) in entries {
            let at = &Trail::Key(at, key);
            if let Some(keys) = self.0.keys {
                let mut found = Vec::new();
                keys.check_text(key, at, &mut found);
                findings.extend(found.into_iter().map(|finding| Finding { fault: finding.fault.of_key(), ..finding }));
            }
            match (self.0.property(key), &self.0.rest) {
                (Some(property), _) => property.schema.walk(&entry.value, at, findings),
                (None, Rest::Like(rest)) => rest.walk(&entry.value, at, findings),
                (None, Rest::Closed) => {
                    has_slip = true;
                    findings.push(at.finding(Fault::unknown_key(key, self.0.listed().map(|property| property.key))));
                }
                (None, Rest::Open) => {}
            }
        }
        // A slip of a key is told once.
        if !has_slip {
            self.0.rules.iter().for_each(|rule| rule.check(entries, at, findings));
            self.0.marks.iter().for_each(|mark| judged::check(mark, entries, at, findings));
        }
        // A rule may have said so already.
        let needs: Vec<String> = findings[before..].iter().filter_map(|found| found.fault.rule().map(str::to_owned)).collect();
        let is_told = |key: &str| needs.iter().any(|what| *what == format!("needs `{key}`"));
        for key in self.0.required.iter().filter(|key| !entries.contains_key(**key) && !is_told(key)) {
            findings.push(at.finding(Fault::Missing { key: (*key).to_owned() }));
        }
    }
}

/// What no whole number of 64 bits with a sign reaches.
const LIMIT: f64 = 9_223_372_036_854_775_808.0;

impl Trail<'_> {
    pub(super) fn finding(&self, fault: Fault) -> Finding {
        Finding { path: self.path(), fault }
    }
}

#[expect(clippy::cast_precision_loss, reason = "it is compared with 0")]
fn in_units(billionths: i128) -> f64 {
    billionths as f64 / 1e9
}

/// Whether a number is written as it stands in the values; a fraction of nothing does not count.
fn is_exact(number: &Number, text: &str) -> bool {
    let number = number.to_string();
    let fraction = text.strip_prefix(&number).and_then(|rest| rest.strip_prefix('.'));
    number == text || fraction.is_some_and(|zeros| zeros.bytes().all(|byte| byte == b'0'))
}

/// What a text would mean without quotes, if that is a boolean by another word.
fn boolean(text: &str) -> Option<bool> {
    let Some(Data::Bool(meant)) = yaml::resolve(text) else { return None };
    (!text.eq_ignore_ascii_case(&meant.to_string())).then_some(meant)
}

/// The JSON types that a node is of.
pub(super) fn types_of(node: &Node) -> Types {
    match &node.data {
        Data::Null => Types::NULL,
        Data::Bool(_) => Types::BOOLEAN,
        Data::Number(number, _) if number.is_f64() => Types::NUMBER,
        Data::Number(..) => Types::INTEGER.or(Types::NUMBER),
        Data::String(_) => Types::STRING,
        Data::List(_) => Types::ARRAY,
        Data::Map(_) => Types::OBJECT,
    }
}

fn check_variant(node: &Node, variants: &[&str], at: &Trail<'_>, findings: &mut Vec<Finding>) {
    let fault = match node.as_str() {
        Some(text) if variants.contains(&text) => return,
        Some(text) => Fault::variant(text, variants),
        None => Fault::WrongType { expected: fault::choice(variants), found: node.kind(), bare: false },
    };
    findings.push(at.finding(fault));
}
