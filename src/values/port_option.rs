//! Ports that options of Airflow say too: whoever says one, all sides follow.

use super::options::path;
use super::{AirflowOption, Edition, Heard, Options, Ports, Values, Workload};
use crate::schema::Path;

/// A port that an option of Airflow says too.
#[derive(Clone, Copy, Debug)]
pub struct PortOption {
    /// The key of `ports`.
    pub key: &'static str,
    /// The option.
    pub option: AirflowOption,
    /// The port that Airflow takes without it.
    pub usual: u16,
    /// The components that listen there, by their names, and after them those that connect by the same option.
    who: &'static [&'static str],
    /// The argument of the first of them that has precedence over the option.
    argument: &'static [&'static str],
    /// The option that leads elsewhere: with it, the port is that of another program.
    elsewhere: Option<AirflowOption>,
    field: fn(&mut Ports) -> &mut u16,
}

const SERVER: &[&str] = &["--port", "-p"];

const ALL: [PortOption; 6] = [
    PortOption {
        key: "ports.apiServer",
        option: AirflowOption::of("api", "port"),
        usual: 8080,
        who: &["api-server"],
        argument: SERVER,
        elsewhere: None,
        field: |ports| &mut ports.api_server,
    },
    PortOption {
        key: "ports.airflowUI",
        option: AirflowOption::of("webserver", "web_server_port"),
        usual: 8080,
        who: &["webserver"],
        argument: SERVER,
        elsewhere: None,
        field: |ports| &mut ports.airflow_ui,
    },
    PortOption {
        key: "ports.workerLogs",
        option: AirflowOption::of("logging", "worker_log_server_port"),
        usual: 8793,
        who: &["worker", "scheduler", "api-server", "webserver"],
        argument: &[],
        elsewhere: None,
        field: |ports| &mut ports.worker_logs,
    },
    PortOption {
        key: "ports.triggererLogs",
        option: AirflowOption::of("logging", "trigger_log_server_port"),
        usual: 8794,
        who: &["triggerer", "api-server", "webserver"],
        argument: &[],
        elsewhere: None,
        field: |ports| &mut ports.triggerer_logs,
    },
    PortOption {
        key: "ports.statsdIngest",
        option: AirflowOption::of("metrics", "statsd_port"),
        usual: 8125,
        who: &["scheduler", "worker", "triggerer", "dag-processor", "api-server", "webserver"],
        argument: &[],
        elsewhere: Some(AirflowOption::of("metrics", "statsd_host")),
        field: |ports| &mut ports.statsd_ingest,
    },
    PortOption {
        key: "ports.flowerUI",
        option: AirflowOption::of("celery", "flower_port"),
        usual: 5555,
        who: &["flower"],
        argument: SERVER,
        elsewhere: None,
        field: |ports| &mut ports.flower_ui,
    },
];

impl PortOption {
    /// Those that Airflow has.
    pub fn of_airflow(values: &Values) -> impl Iterator<Item = &'static Self> {
        let airflow = values.airflow_version.known();
        ALL.iter().filter(move |port| airflow.knows(port.option.section, port.option.name))
    }

    /// Those that lead to a port of the set.
    pub fn all(values: &Values) -> impl Iterator<Item = &'static Self> {
        let options = Options::of(values);
        let is_elsewhere = move |option: AirflowOption| options.heard(option).text().is_some_and(|text| !text.is_empty());
        Self::of_airflow(values).filter(move |port| !port.elsewhere.is_some_and(&is_elsewhere))
    }

    /// The number that `ports` has for it.
    #[must_use]
    pub fn of(&self, ports: &Ports) -> u16 {
        *(self.field)(&mut ports.clone())
    }

    /// Whether the set has someone who listens there or connects to it.
    #[must_use]
    pub fn is_read(&self, values: &Values) -> bool {
        values.components().iter().any(|(_, component)| component.enabled(values) && self.who.contains(&component.name()))
    }

    /// What each that listens there or connects to it hears, those first that listen.
    #[must_use]
    pub fn heard<'v>(&self, values: &'v Values) -> Vec<Heard<'v>> {
        let options = Options::of(values);
        self.workloads(values).into_iter().map(|(key, workload)| self.heard_by(&options, workload, &key)).collect()
    }

    /// The key of the values that says the number to one of them, where it does not stand in the values.
    #[must_use]
    pub fn unseen(&self, values: &Values) -> Option<Path> {
        let options = Options::of(values);
        let unseen = |(key, workload): (String, &Workload)| match self.argument_of(workload) {
            Some(port) => port.contains('$').then(|| format!("{key}.args").into()),
            None => options.with(&workload.env, &format!("{key}.env")).unseen(self.option),
        };
        self.workloads(values).into_iter().find_map(unseen)
    }

    /// The workloads that listen there or connect to it, those first that listen, each with its key.
    fn workloads<'v>(&self, values: &'v Values) -> Vec<(String, &'v Workload)> {
        let enabled = || values.enabled_components().into_iter();
        let who = self.who.iter().flat_map(|name| enabled().filter(move |(_, component)| component.name() == *name));
        who.flat_map(|(key, component)| component.workloads(values).into_iter().map(move |(below, workload)| (path(key, &below), workload)))
            .collect()
    }

    /// The argument that has precedence over the option.
    fn argument_of<'v>(&self, workload: &'v Workload) -> Option<&'v str> {
        argument(workload.args.as_deref().unwrap_or_default(), self.argument)
    }

    fn heard_by<'v>(&self, options: &Options<'v>, workload: &'v Workload, key: &str) -> Heard<'v> {
        match self.argument_of(workload) {
            Some(port) if port.contains('$') => Heard::Unknown,
            Some(port) => Heard::Text(port.into(), format!("{key}.args").into()),
            None => options.with(&workload.env, &format!("{key}.env")).heard(self.option),
        }
    }
}

/// The value of an argument among those of a container, which may be the text of a shell: the last one, as Python's argparse
/// reads them.
pub(crate) fn argument<'v>(arguments: &'v [String], names: &[&str]) -> Option<&'v str> {
    let mut words = arguments.iter().flat_map(|text| text.split_whitespace()).map(|word| word.trim_matches(['"', '\'']));
    let mut last = None;
    while let Some(word) = words.next() {
        for name in names {
            let is_short = !name.starts_with("--");
            match word.strip_prefix(name) {
                Some("") => last = words.next(),
                Some(value) if is_short || value.starts_with('=') => last = Some(value.strip_prefix('=').unwrap_or(value)),
                _ => continue,
            }
            break;
        }
    }
    last
}

impl Ports {
    /// The ports that all sides have: where Airflow hears of a number, that one.
    #[must_use]
    pub fn heard(values: &Values) -> Self {
        let mut ports = values.ports.clone();
        if values.edition() == Edition::V1_10 {
            return ports;
        }
        for port in PortOption::all(values) {
            let said = port.heard(values).into_iter().find_map(|heard| match heard {
                Heard::Text(text, _) => text.trim().parse().ok().filter(|number| *number > 0),
                Heard::Usual(_) => Some(port.usual),
                Heard::Nothing | Heard::Unknown => None,
            });
            if let Some(number) = said {
                *(port.field)(&mut ports) = number;
            }
        }
        ports
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ports(values: &str) -> Ports {
        let values = format!(r#"{{"airflowVersion": "3.2.0", "executor": "CeleryExecutor", {values}}}"#);
        Ports::heard(&serde_json::from_str(&values).unwrap())
    }

    #[test]
    fn what_airflow_hears_goes_before_the_key() {
        let key = r#""ports": {"apiServer": 9090}"#;
        let server = |own: &str| format!(r#""apiServer": {{"enabled": true, {own}}}, {key}"#);
        let env = r#""env": [{"name": "AIRFLOW__API__PORT", "value": "9092"}]"#;
        assert_eq!(ports(key).api_server, 9090);
        assert_eq!(ports(&format!(r#"{}, "config": {{"api": {{"port": 9091}}}}"#, server(r#""env": []"#))).api_server, 9091);
        assert_eq!(ports(&server(env)).api_server, 9092);
        for arguments in [
            r#"["api-server", "--port", "9093"]"#,
            r#"["bash", "-c", "exec airflow api-server -p 9093"]"#,
            r#"["--port=9093"]"#,
            r#"["mkdir -p /tmp/a; exec airflow api-server -p9093"]"#,
        ] {
            assert_eq!(ports(&server(&format!(r#"{env}, "args": {arguments}"#))).api_server, 9093, "{arguments}");
        }
    }

    #[test]
    fn without_a_number_the_key_counts_and_without_the_option_airflow_s() {
        let unknown = r#""ports": {"apiServer": 9090}, "apiServer": {"enabled": true}, "extraEnvFrom": "- {secretRef: {name: a}}""#;
        assert_eq!(ports(unknown).api_server, 9090);
        let usual = r#""ports": {"statsdIngest": 9125}, "scheduler": {"enabled": true}, "config": {"metrics": {"statsd_port": null}}"#;
        assert_eq!(ports(usual).statsd_ingest, 8125);
    }

    #[test]
    fn the_port_of_a_program_elsewhere_is_not_the_exporter_s() {
        let config = r#""ports": {"statsdIngest": 9125}, "scheduler": {"enabled": true}, "config": {"metrics": {"statsd_port": 8126"#;
        assert_eq!(ports(&format!("{config}}}}}")).statsd_ingest, 8126);
        assert_eq!(ports(&format!(r#"{config}, "statsd_host": "agent"}}}}"#)).statsd_ingest, 9125);
    }
}
