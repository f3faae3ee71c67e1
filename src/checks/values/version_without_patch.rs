//! The tag of Airflow's own image is a version without its patch level.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::model::AirflowImage;
use crate::values::{AirflowVersion, Edition, Values};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "I103",
    name: "version-without-patch",
    level: Level::Warning,
    what: "The tag of Airflow's own image is a version without its patch level.",
    why: "Airflow's makers publish `apache/airflow` by whole versions, such as `3.2.2`: a tag of two numbers is not among them, and pods \
          would wait with `ImagePullBackOff`. The chart's own tag does not follow `airflowVersion`; here it does.",
    example: Example {
        of: Of::Values,
        refused: "airflowVersion: \"3.2\"\n",
        instead: concat!("airflowVersion: \"3.2\"\n", "defaultAirflowTag: 3.2.2\n"),
    },
    check: Check::Values(check),
};

/// The repository of the images that Airflow's makers publish.
const OWN: [&str; 2] = ["apache/airflow", "docker.io/apache/airflow"];

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let AirflowImage { name: image, tag } = &subject.known.airflow_image;
    let is_own = image.strip_suffix(tag.as_str()).and_then(|rest| rest.strip_suffix(':')).is_some_and(|name| OWN.contains(&name));
    let version = tag.strip_prefix("slim-").unwrap_or(tag).split('-').next().unwrap_or_default();
    let numbers: Option<Vec<u32>> = version.split('.').map(|number| number.parse().ok()).collect();
    let Some(numbers) = numbers.filter(|numbers| is_own && numbers.len() < 3) else { return };
    let key = said_by(subject.values);
    let whole = tag.replacen(version, &whole(&numbers), 1);
    let finding = found.in_value(key, format!("the image `{image}` is of a version without its patch level"), "not a whole version");
    finding.note("Airflow's makers publish images by whole versions alone");
    finding.help(if key == TAGS[2] {
        format!("say all of it, such as `{key}: {whole}`, or in `{}` which image you run", TAGS[1])
    } else {
        format!("say all of it, such as `{key}: {whole}`")
    });
}

/// The keys that say the tag, the first that does counts.
const TAGS: [&str; 3] = ["images.airflow.tag", "defaultAirflowTag", "airflowVersion"];

/// The last line of Airflow 2.
const LAST_OF_2: u32 = 11;

fn said_by(values: &Values) -> &'static str {
    let [own, general, version] = TAGS;
    if values.images.airflow.tag.is_some() {
        own
    } else if values.default_airflow_tag.is_some() {
        general
    } else {
        version
    }
}

/// A whole version of the same line: the default's, or the first that has an image. Of a major version alone, the line that gen knows best.
fn whole(numbers: &[u32]) -> String {
    let default = AirflowVersion::default();
    let (known, line, _) = default.numbers();
    let major = numbers[0];
    let of_major = if major == known { line } else { LAST_OF_2 };
    let minor = numbers.get(1).copied().unwrap_or(of_major);
    if (known, line) == (major, minor) {
        default.as_str().to_owned()
    } else if Edition::of_version(&format!("{major}.{minor}")) == Some(Edition::V1_10) {
        format!("{major}.{minor}.10")
    } else {
        format!("{major}.{minor}.0")
    }
}
