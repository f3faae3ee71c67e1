//! Nothing mounts the file with the authorities against which the server's certificate is checked.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::values::{Component, Options, Values, VolumeMount, Workload};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "D115",
    name: "authority-not-mounted",
    level: Level::Warning,
    what: "Nothing mounts the file with the authorities against which the server's certificate is checked.",
    why: "Without the file nobody connects to the database, and Airflow's own image does not have it.",
    example: Example {
        of: Of::Values,
        refused: concat!(
            "airflowVersion: 3.2.0\n",
            "postgresql: {enabled: false}\n",
            "data: {metadataConnection: {host: database.example.com, passSecretName: airflow-database, sslmode: verify-full}}\n",
            "env: [{name: PGSSLROOTCERT, value: /certs/ca.pem}]\n"
        ),
        instead: concat!(
            "airflowVersion: 3.2.0\n",
            "postgresql: {enabled: false}\n",
            "data: {metadataConnection: {host: database.example.com, passSecretName: airflow-database, sslmode: verify-full}}\n",
            "env: [{name: PGSSLROOTCERT, value: /certs/ca.pem}]\n",
            "volumes: [{name: certs, secret: {secretName: database-authority}}]\n",
            "volumeMounts: [{name: certs, mountPath: /certs, readOnly: true}]\n"
        ),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let values = subject.values;
    // An image of the user's own has what the user puts there.
    if !subject.known.airflow_image.name.starts_with("apache/airflow") {
        return;
    }
    for (key, connection) in crate::checks::values::connections(values) {
        let of_uri = connection.query.0.iter().find(|(name, _)| *name == "sslrootcert").map(|(_, file)| file.to_string());
        let key = if of_uri.is_some() { format!("{key}.query.sslrootcert") } else { format!("{key}.sslmode") };
        let of_variable = || Options::of(values).variable_for_sure("PGSSLROOTCERT").text().map(str::to_owned);
        let Some(file) = of_uri.or_else(of_variable).filter(|_| connection.verifies().is_some()) else {
            continue;
        };
        let is_of_image = !file.starts_with('/') || ["/etc/ssl/", "/usr/"].iter().any(|folder| file.starts_with(folder));
        if !is_of_image && !mounts(values).any(|mount| has(mount, &file)) {
            found
                .in_value(key, format!("nothing mounts `{file}`, the authorities for the server's certificate"), "checks the certificate")
                .help("mount it into all of Airflow's containers, by `volumes` and `volumeMounts`");
        }
    }
}

/// Whether a file is below a mount.
pub(super) fn has(mount: &VolumeMount, file: &str) -> bool {
    let rest = mount.0["mountPath"].as_str().and_then(|path| file.strip_prefix(path.trim_end_matches('/')));
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// All that the user mounts, wherever.
fn mounts(values: &Values) -> impl Iterator<Item = &VolumeMount> {
    let components = values.components().into_iter().filter_map(|(_, component)| Component::workload(component));
    let workers = values.workers.sets().iter().map(|set| &set.worker.workload);
    let all: Vec<&Workload> = components.chain(workers).chain([&values.workers.of_kubernetes().workload]).collect();
    values.volume_mounts.iter().chain(all.into_iter().flat_map(|workload| &workload.extra_volume_mounts))
}
