//! All rules, by their codes.

use std::sync::LazyLock;

use super::{Rule, manifests, values};
use crate::error::{Code, code};
use crate::values::Edition;

/// A family of rules: what its rules' codes begin with, and what it is about.
pub const FAMILIES: &[(&str, &str)] = &[
    ("A1", "addresses and ports"),
    ("C1", "airflow.cfg"),
    ("K1", "keys"),
    ("L1", "labels"),
    ("D1", "connections to databases"),
    ("D2", "PgBouncer"),
    ("B1", "the bundled database and broker"),
    ("G1", "DAGs of Airflow 1.10, and where they come from"),
    ("G2", "DAGs, and where they come from"),
    ("E1", "the environment"),
    ("X1", "executors"),
    ("X2", "other major versions"),
    ("K2", "Kerberos"),
    ("I1", "images"),
    ("O1", "running"),
    ("P1", "network policies"),
    ("R1", "whom pods run as"),
    ("J1", "pools, variables and connections"),
    ("S1", "secrets"),
    ("S2", "secrets in a store"),
    ("V1", "volumes"),
    ("T1", "texts of YAML"),
    ("U1", "objects that the user adds, and patches"),
    ("M1", "types of the Kubernetes API"),
    ("M2", "pods of tasks"),
    ("M3", "versions of Kubernetes"),
    ("M4", "names"),
    ("M5", "what is there twice"),
    ("M6", "pods"),
    ("M7", "references"),
    ("M8", "selectors"),
    ("M9", "sizes"),
    ("H1", "manifests of anyone"),
    ("N1", "Services"),
    ("N2", "ports"),
    ("Q1", "the profile `baseline` of the Pod Security Standards"),
    ("Q2", "the profile `restricted` of the Pod Security Standards"),
    ("W1", "what can never work"),
    ("W2", "what others provide"),
];

/// All rules, in the order of their codes.
#[must_use]
pub fn rules() -> Vec<&'static Rule> {
    let mut rules: Vec<_> = Edition::ALL.into_iter().flat_map(of_edition).collect();
    rules.sort_unstable_by_key(|rule| rule.code);
    rules.dedup_by(|one, next| std::ptr::eq(*one, *next));
    rules
}

/// What messages are about: all rules, and all else that has a code, in the order of their codes.
#[must_use]
pub fn codes() -> &'static [Code] {
    static CODES: LazyLock<Vec<Code>> = LazyLock::new(|| {
        let mut codes: Vec<Code> = rules().into_iter().map(Rule::about).chain(code::ALL.iter().map(|(code, _)| *code)).collect();
        codes.sort_unstable_by_key(|code| code.code);
        codes
    });
    &CODES
}

/// What has this code.
#[must_use]
pub fn code(code: &str) -> Option<Code> {
    let found = codes().binary_search_by_key(&code, |known| known.code).ok()?;
    codes().get(found).copied()
}

/// The editions that a rule is for.
#[must_use]
pub fn editions(rule: &Rule) -> Vec<Edition> {
    Edition::ALL.into_iter().filter(|edition| of_edition(*edition).any(|other| std::ptr::eq(other, rule))).collect()
}

/// The rules for an edition.
fn of_edition(edition: Edition) -> impl Iterator<Item = &'static Rule> {
    values::rules(edition).into_iter().chain(manifests::ALL.iter().copied())
}
