//! gen as a page in a browser runs it: one request on standard input, one answer on standard output, both JSON.
//!
//! Nothing is read but the request: there are no files, no variables and no network.

mod answer;
mod request;

use std::io::{self, Read as _, Write as _};
use std::process::ExitCode;

use request::Request;

fn main() -> ExitCode {
    let mut asked = String::new();
    let answered = io::stdin().read_to_string(&mut asked).map_err(|error| error.to_string());
    let answer = answered.and_then(|_| serde_json::from_str::<Request>(&asked).map_err(|error| error.to_string()));
    let text = match answer {
        Ok(request) => request.answered(),
        Err(error) => {
            eprintln!("no request: {error}");
            return ExitCode::from(2);
        }
    };
    match io::stdout().lock().write_all(text.as_bytes()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::from(2),
    }
}
