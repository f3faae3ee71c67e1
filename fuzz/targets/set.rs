//! Any text of `--set` and its likes, of which the first byte says which: it ends, with values or with an error.

#![no_main]

use airflow_gen::layers::{self, Layer};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (u8, &str)| {
    let (way, text) = (input.0, input.1.to_owned());
    let layer = match way % 4 {
        0 => Layer::Set(text),
        1 => Layer::SetString(text),
        2 => Layer::SetLiteral(text),
        _ => Layer::SetJson(text),
    };
    if let Err(error) = layers::values(&[layer]) {
        assert!(!error.render(false).is_empty());
    }
});
