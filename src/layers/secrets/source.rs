//! Secrets outside the values: `{env: NAME}` and `{file: PATH}`.

use std::env::{self, VarError};

use crate::bounded;
use crate::error::{Diagnostic, code, reason};
use crate::schema::{Path, Schema, Step};
use crate::source::{Files, Sources, without_mark};
use crate::values::secret::{SECRET_LINES, SECRET_SOURCE, SecretValue};
use crate::yaml::{Data, Entry, Node, Origin};

/// A secret that cannot be read from where the values say.
pub struct Fault {
    /// The key of the secret.
    pub path: Path,
    /// What is wrong.
    pub error: Diagnostic,
}

/// Keeps what the last layer says about where a secret is: maps merge, and this one is a choice.
pub fn settle(node: &mut Node, schema: Schema<'_>) {
    let layer = |entry: &Entry| entry.key.map(Origin::layer);
    each(node, schema, &mut Path::default(), &mut |node, _, _| {
        let Data::Map(entries) = &mut node.data else { return };
        let Some(last) = entries.values().map(layer).max() else { return };
        if entries.keys().all(|key| SecretValue::SOURCES.contains(&key.as_str())) {
            entries.retain(|_, entry| layer(entry) == last);
            // A setting that reached into the map of a file is the command line's.
            if let Some(entry) = entries.values().next().filter(|_| node.origin.map(Origin::layer) != last) {
                node.origin = entry.value.origin;
            }
        }
    });
}

/// Replaces each `env` or `file` by the secret itself; relative paths start in the folder of the text that says them. Gives what cannot be
/// read, and whether there was anything to read.
pub fn read(node: &mut Node, schema: Schema<'_>, sources: &Sources) -> (Vec<Fault>, bool) {
    let (mut faults, mut any) = (Vec::new(), false);
    each(node, schema, &mut Path::default(), &mut |node, schema, path| {
        let text = |key: &str| node.text(&[key]);
        let keeps_lines = schema.is_marked(SECRET_LINES);
        let secret = match (text("env"), text("file")) {
            // The schema reports what is malformed.
            _ if !schema.check(node).is_empty() => return,
            (Some(name), None) if matches!(sources.files, Files::Nowhere) => Err(Box::new(alone(name))),
            (Some(name), None) => of_variable(name, keeps_lines),
            (None, Some(file)) => of_file(&sources.files, &sources.folder(node.origin).join(file), keeps_lines),
            _ => return,
        };
        any = true;
        match secret {
            Ok(text) => node.data = Data::String(text),
            Err(error) => faults.push(Fault { path: path.clone(), error: *error }),
        }
    });
    (faults, any)
}

/// That there is no environment.
fn alone(name: &str) -> Diagnostic {
    let error = Diagnostic::new(format!("the environment variable `{name}` is not read here: the values stand alone"));
    error.coded(code::SECRET_SOURCE).help(INSTEAD)
}

/// What stands for a secret that cannot be read.
const INSTEAD: &str = "`{placeholder: ...}` in its place gives the manifests without that Secret";

fn of_variable(name: &str, keeps_lines: bool) -> Result<String, Box<Diagnostic>> {
    let wrong = |what: &str| Diagnostic::new(format!("the environment variable `{name}` {what}")).coded(code::SECRET_SOURCE);
    match env::var(name) {
        Ok(text) if text.is_empty() => Err(Box::new(wrong("is empty").help(format!("set `{name}` to the secret")))),
        // A shell's `$(...)` removes the line break.
        Ok(text) if keeps_lines && !text.ends_with('\n') => Ok(text + "\n"),
        Ok(text) => Ok(text),
        Err(VarError::NotPresent) => Err(Box::new(wrong("is not set").help(format!("set `{name}` for gen, as in `{name}=... gen ...`")))),
        Err(VarError::NotUnicode(_)) => Err(Box::new(wrong("is not UTF-8"))),
    }
}

fn of_file(files: &Files, path: &std::path::Path, keeps_lines: bool) -> Result<String, Box<Diagnostic>> {
    let wrong = |what: &str| Diagnostic::new(format!("{what} `{}`", path.display())).coded(code::SECRET_SOURCE);
    let bytes = files.read_regular(path, bounded::MOST_OF_SECRET).map_err(|error| {
        let error = wrong("cannot read the secret file").note(reason(&error));
        let is_alone = matches!(files, Files::Nowhere);
        Box::new(error.help(if is_alone { INSTEAD } else { "a relative path leads from the folder of the values file that names it" }))
    })?;
    let text = String::from_utf8(bytes).map_err(|_| Box::new(wrong("no UTF-8 in the secret file")))?;
    match bare(&text) {
        "" => Err(Box::new(wrong("nothing in the secret file"))),
        bare if keeps_lines => Ok(format!("{bare}\n")),
        bare => Ok(bare.to_owned()),
    }
}

/// The text of a file without the byte order mark at its start and the line break at its end.
pub fn bare(text: &str) -> &str {
    let text = without_mark(text);
    text.strip_suffix('\n').map_or(text, |bare| bare.strip_suffix('\r').unwrap_or(bare))
}

/// Calls a function for each secret that may be elsewhere.
fn each<'s>(node: &mut Node, schema: Schema<'s>, path: &mut Path, visit: &mut dyn FnMut(&mut Node, Schema<'s>, &Path)) {
    if schema.is_marked(SECRET_SOURCE) {
        return visit(node, schema, path);
    }
    match &mut node.data {
        Data::Map(entries) => {
            for (key, entry) in entries {
                if let Some(schema) = schema.property(key) {
                    path.within(Step::Key(key.clone()), |path| each(&mut entry.value, schema, path, visit));
                }
            }
        }
        Data::List(items) => {
            for (index, item) in items.iter_mut().enumerate() {
                if let Some(schema) = schema.items() {
                    path.within(Step::Index(index), |path| each(item, schema, path, visit));
                }
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use crate::layers::{Layer, Read};
    use crate::source::Files;

    #[test]
    fn values_that_stand_alone_read_neither_files_nor_variables() {
        for (source, title) in [
            ("{env: PATH}", "the environment variable `PATH` is not read here: the values stand alone"),
            ("{file: Cargo.toml}", "cannot read the secret file `Cargo.toml`"),
        ] {
            let layer = Layer::Text("values.yaml".to_owned(), format!("fernetKey: {source}\n"));
            let (_, given) = Read::with(&[layer], Files::Nowhere).unwrap().merged().typed();
            let told = given.told().iter().find(|one| one.is_error()).unwrap();
            assert_eq!(told.title, title);
            assert!(told.help.as_ref().unwrap().starts_with("`{placeholder: ...}`"), "{told:?}");
        }
    }
}
