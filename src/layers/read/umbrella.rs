//! Values files of charts that have Airflow's among others.

use crate::error::{Diagnostic, code};
use crate::schema::Schema;
use crate::source::Place;
use crate::yaml::{Entry, Node};

use super::{Wording, other_chart};

/// The fewest keys of the chart below another key by which they are known.
const LEAST: usize = 2;

/// An error that says below which key the values stand, if they do not stand at the top; `place` is where an entry was written.
pub fn recognised(
    name: &str,
    document: &Node,
    wording: Wording,
    schema: Schema<'_>,
    place: impl Fn(&Entry) -> Option<Place>,
) -> Option<Diagnostic> {
    let own = document.as_map()?.keys().filter(|key| schema.declares(key) && !SHARED.contains(&key.as_str())).count();
    let below = document.as_map()?.iter().filter_map(|(key, entry)| {
        let map = entry.value.as_map().filter(|_| !schema.declares(key))?;
        let (known, strange): (Vec<&String>, Vec<&String>) = map.keys().partition(|below| schema.declares(below));
        // Scheduling and the like may stand below any key, to be referred to; keys of another chart below the same one say nothing.
        let is_like_it =
            |below: &str| TEXTS_OF_AIRFLOW.contains(&below) || MAPS_OF_AIRFLOW.contains(&below) && map[below].value.as_map().is_some();
        let of_airflow = known.iter().filter(|below| is_like_it(below));
        let sure = of_airflow.clone().filter(|below| !other_chart::has(&format!("{key}.{below}"))).count();
        let says_airflow = sure >= 1 || strange.is_empty() && of_airflow.count() >= 1;
        let is_umbrella = says_airflow && known.len() > strange.len() && known.len() > own && known.len() + sure >= LEAST;
        is_umbrella.then_some((key, entry))
    });
    let (key, entry) = below.max_by_key(|(_, entry)| entry.value.as_map().map_or(0, indexmap::IndexMap::len))?;
    let error = Diagnostic::new(format!("the values of Airflow stand below `{key}` in `{name}`"))
        .coded(code::VALUES_WITHIN)
        .at(place(entry), "a chart of its own");
    Some(error.note("so they do where a chart has Airflow's among others").help(wording.add(&[("--values-from", key)])))
}

/// Keys at the top that other charts have too.
const SHARED: [&str; 8] = ["postgresql", "redis", "ingress", "labels", "env", "secrets", "nameOverride", "fullnameOverride"];

/// Keys of Airflow's chart that nobody puts below another key by chance.
const TEXTS_OF_AIRFLOW: [&str; 6] =
    ["executor", "airflowVersion", "defaultAirflowTag", "defaultAirflowRepository", "fernetKey", "fernetKeySecretName"];

/// The same of those that are maps.
const MAPS_OF_AIRFLOW: [&str; 11] =
    ["images", "config", "data", "dags", "scheduler", "webserver", "apiServer", "workers", "triggerer", "dagProcessor", "createUserJob"];
