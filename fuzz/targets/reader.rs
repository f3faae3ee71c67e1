//! Any text: the reader ends, and what the writer makes of what it read means the same, to it and to libyaml.

#![no_main]

use airflow_gen::yaml::{read, write};
use gen_fuzz::{are_same, data, documents};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    for node in read(text, 0).into_iter().flatten() {
        let written = write(&node);
        let again = read(&written, 0).unwrap_or_else(|error| panic!("gen cannot read what it wrote: {error:?}\n{written}"));
        assert!(again.len() == 1 && again[0].is_same(&node), "it reads otherwise what it wrote:\n{written}");
        if let Some(meant) = data(&node) {
            let found = documents(&written);
            assert!(found.len() == 1 && are_same(&found[0], &meant), "libyaml reads otherwise what gen wrote:\n{written}");
        }
    }
});
