//! Which file of the source imports which.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::support::{home, tree};

/// The files of a folder of `src` by their modules, as in `model::current::env`, with what stands in them before their tests.
fn modules(folder: &str) -> BTreeMap<String, String> {
    let files = tree(&home().join("src")).into_iter();
    let files = files.filter(|(path, _)| path.extension().is_some_and(|ending| ending == "rs"));
    let all = files.map(|(path, text)| (module(&path), text.split("#[cfg(test)]").next().unwrap().to_owned()));
    all.filter(|(name, _)| name.split("::").next() == Some(folder)).collect()
}

fn module(path: &Path) -> String {
    path.with_extension("").to_string_lossy().replace('/', "::")
}

/// The paths that begin with `crate`, `super`, `self` or a module below, the groups of `use` spread out.
fn paths(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let text = joined(text);
    let below = text.lines().filter_map(|line| line.trim_start_matches("pub ").strip_prefix("mod ")?.strip_suffix(';'));
    let starts: Vec<String> = ["crate", "super", "self"].into_iter().chain(below).map(|name| format!("{name}::")).collect();
    for line in text.lines().filter(|line| !line.trim_start().starts_with("//")) {
        for start in &starts {
            for (at, _) in line.match_indices(start.as_str()) {
                let before = line[..at].chars().next_back();
                if before.is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '_' | ':')) {
                    spread("", &line[at..], &mut found);
                }
            }
        }
    }
    found
}

/// The text with each `use` on a line of its own.
fn joined(text: &str) -> String {
    let mut joined = String::new();
    let mut within = false;
    for line in text.lines() {
        within |= line.trim_start().starts_with("use ") || line.trim_start().starts_with("pub use ");
        joined.push_str(line.trim());
        within &= !line.ends_with(';');
        joined.push(if within { ' ' } else { '\n' });
    }
    joined
}

fn spread(before: &str, rest: &str, found: &mut Vec<String>) {
    let end = rest.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | ':'))).unwrap_or(rest.len());
    let path = format!("{before}{}", &rest[..end]);
    let Some(group) = rest[end..].strip_prefix('{').filter(|_| path.ends_with("::")) else {
        return found.extend((!path.ends_with("::")).then_some(path));
    };
    let mut depth = 1;
    let mut item = String::new();
    for c in group.chars() {
        depth += i32::from(c == '{') - i32::from(c == '}');
        if depth == 0 || depth == 1 && c == ',' {
            spread(&path, item.trim(), found);
            item.clear();
        } else {
            item.push(c);
        }
        if depth == 0 {
            break;
        }
    }
}

/// The module of the file that a path leads to from a module.
fn target(from: &str, path: &str, modules: &BTreeMap<String, String>) -> Option<String> {
    let mut at: Vec<&str> = from.split("::").collect();
    for step in path.split("::") {
        match step {
            "crate" => at.clear(),
            "self" | "" => {}
            "super" => drop(at.pop()),
            name => at.push(name),
        }
    }
    (1..=at.len()).rev().map(|length| at[..length].join("::")).find(|name| modules.contains_key(name))
}

/// A way from a module back to itself, if there is one.
fn circle(imports: &BTreeMap<String, BTreeSet<String>>) -> Option<Vec<String>> {
    fn walk(at: &str, imports: &BTreeMap<String, BTreeSet<String>>, way: &mut Vec<String>, done: &mut BTreeSet<String>) -> bool {
        if let Some(first) = way.iter().position(|name| name == at) {
            way.drain(..first);
            return true;
        }
        if !done.insert(at.to_owned()) {
            return false;
        }
        way.push(at.to_owned());
        if imports[at].iter().any(|next| walk(next, imports, way, done)) {
            return true;
        }
        way.pop();
        false
    }
    let (mut way, mut done) = (Vec::new(), BTreeSet::new());
    imports.keys().any(|name| walk(name, imports, &mut way, &mut done)).then_some(way)
}

/// The model is derived in one direction: no file of it imports, by way of others, itself.
#[test]
fn no_file_of_the_model_imports_in_a_circle() {
    let modules = modules("model");
    let of = |(name, text): (&String, &String)| {
        let targets = paths(text).into_iter().filter_map(|path| target(name, &path, &modules)).filter(|target| target != name);
        (name.clone(), targets.collect())
    };
    let imports: BTreeMap<String, BTreeSet<String>> = modules.iter().map(of).collect();
    assert!(imports.values().map(BTreeSet::len).sum::<usize>() > modules.len(), "the imports are not found");
    assert_eq!(circle(&imports), None);
}

#[test]
fn groups_are_spread_and_circles_are_found() {
    let text = "mod m;\nuse crate::a::{b, c::{D, e}};\nuse super::{\n    x,\n    y::Z,\n};\nlet v = super::w::f(m::G, other::m::H);\n";
    assert_eq!(paths(text), ["crate::a::b", "crate::a::c::D", "crate::a::c::e", "super::x", "super::y::Z", "super::w::f", "m::G"]);
    let graph = |edges: &[(&str, &[&str])]| -> BTreeMap<String, BTreeSet<String>> {
        edges.iter().map(|(from, to)| ((*from).to_owned(), to.iter().map(|to| (*to).to_owned()).collect())).collect()
    };
    assert_eq!(circle(&graph(&[("a", &["b", "c"]), ("b", &["c"]), ("c", &[])])), None);
    assert_eq!(circle(&graph(&[("a", &["b"]), ("b", &["c"]), ("c", &["b"])])), Some(vec!["b".to_owned(), "c".to_owned()]));
}
