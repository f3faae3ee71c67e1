//! What the files and arguments say, on top of the defaults of their edition.

use crate::error::{Diagnostic, Error};
use crate::schema::Null;
use crate::values::{Edition, Ports, Values};

use super::explain::{Judge, edition};
use super::read::{Read, merge};
use super::{Given, editions, helm, schema, secrets};

/// Values that are whole and have the right form, so that they can be typed.
#[derive(Debug)]
pub struct Merged(Given);

impl Read {
    /// Lays what is said over the defaults of the edition that it asks for.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with it: keys that mean nothing, values of another type or form, Go templates that cannot
    /// be resolved, secrets that cannot be read, and a version of Airflow that has no edition.
    pub fn merged(self) -> Result<Merged, Error> {
        let Self { sources, mut said } = self;
        helm::drop_heading(&mut said);
        secrets::settle(&mut said, schema());
        let edition = edition(&sources, &said)?;
        match edition {
            Edition::V1_10 => schema().drop_nulls(&mut said, Null::IsDefault),
            Edition::Current => {
                schema().drop_nulls(&mut said, Null::IsNothing);
                helm::drop_chart_texts(&mut said);
                helm::drop_chart_image(&mut said);
            }
        }
        let mut whole = editions::defaults(edition);
        merge(&mut whole, said.clone());
        let unresolved = match edition {
            Edition::V1_10 => Vec::new(),
            Edition::Current => helm::resolve(&mut whole, schema()),
        };
        let mut errors = Judge { sources: &sources, tree: &whole }.of_edition(edition, &said, &unresolved);
        let unread = secrets::read(&mut whole, schema(), &|origin| sources.folder(origin));
        errors.extend(unread.into_iter().map(|fault| {
            let place = fault.path.get(&whole).and_then(|node| sources.place(node.origin));
            fault.error.at(place, "the secret is said to be there")
        }));
        if errors.is_empty() { Ok(Merged(Given { sources, edition, said, whole })) } else { Err(errors.into()) }
    }
}

impl Merged {
    /// Types the values.
    ///
    /// # Errors
    ///
    /// What the schema let through, and a type does not take.
    ///
    /// # Panics
    ///
    /// Never: a tree is plain data.
    pub fn typed(self) -> Result<(Values, Given), Error> {
        let Self(given) = self;
        let tree = serde_json::to_value(&given.whole).expect("a tree is JSON");
        let mut values: Values = serde_path_to_error::deserialize(tree).map_err(|error| {
            let path = error.path().to_string();
            Diagnostic::new(format!("`{path}` cannot be used"))
                .at(given.place(&path.as_str().into()), "this value")
                .note(error.inner().to_string())
        })?;
        values.ports = Ports::heard(&values);
        Ok((values, given))
    }
}
