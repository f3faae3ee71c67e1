//! The JSON Schema of `gen.yaml`, `schema.json`, which says what its types say.
//!
//! It is part of the program as data (see `build/schema.rs`).

use crate::schema::{Form, Pattern, Property, Rest, Schema, Types};

include!(concat!(env!("OUT_DIR"), "/fleet.rs"));

/// The schema of `gen.yaml`.
pub fn schema() -> &'static Form {
    VALUES.0
}

/// The same for other programs: draft 7 of JSON Schema.
pub fn document() -> &'static str {
    include_str!("schema.json")
}

#[cfg(test)]
mod tests {
    use crate::fleet::file::File;
    use crate::schema::of_types;

    #[test]
    fn the_embedded_schema_is_that_of_the_types() {
        of_types::is_in::<File>("src/fleet/schema.json");
    }
}
