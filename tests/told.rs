//! What is told of values that are taken: a case for each way into a rule that its example does not go.

use crate::support::{self, run, run_with_input, tree};

/// Values for Airflow, and the first lines of the warnings about them, besides that Secrets have to exist.
const CASES: &[(&str, &[&str])] = &[
    ("executor: EdgeExecutor", &["`EdgeExecutor` is none of Airflow's executors"]),
    ("executor: MyExecutor", &["`MyExecutor` is none of Airflow's executors"]),
    ("executor: my.module.MyExecutor", &[]),
    ("executor: my.module.KuberneteExecutor", &[]),
    ("gitSync: {enabled: true}", &["`gitSync` has no effect, in the chart either"]),
    (
        "statsd: {extraMappings: [{match: a.*, name: a}], overrideMappings: [{match: b.*, name: b}]}",
        &["`statsd.extraMappings` has no effect beside `statsd.overrideMappings`"],
    ),
    (
        "createUserJob: {jobAnnotations: {argocd.argoproj.io/hook: Sync}}",
        &["`argocd.argoproj.io/hook` makes a hook of the Job, and the manifests are not for `delivery: argocd`"],
    ),
    ("delivery: argocd\ncreateUserJob: {jobAnnotations: {argocd.argoproj.io/hook: Sync, helm.sh/hook: post-install}}", &[]),
    // Keys that are there for their anchors.
    ("x-all: {small: &small {requests: {cpu: 1}}, spare: 1}\nscheduler: {resources: *small}", &[]),
    ("common: &small {requests: {cpu: 1}}\nscheduler: {resources: *small}", &[]),
    ("common: {one: &one {requests: {cpu: 1}}}\nscheduler: {resources: {<<: *one}}", &[]),
    ("x-all: &small {requests: {cpu: 1}}", &["`x-all` has no effect, in the chart either"]),
    ("common: {one: &one {requests: {cpu: 1}}, two: 2}\nscheduler: {resources: *one}", &["`common` has no effect, in the chart either"]),
    ("config: {secrets: {backend_kwargs: '{\"connections_prefix\": \"a\", \"project_id\": \"p\"}'}}", &[]),
    (
        "config: {secrets: {backend_kwargs: '{\"url\": \"https://v\", \"token\": \"t\"}'}}",
        &["`config.secrets.backend_kwargs` would stand in the config map, readable"],
    ),
    (
        "env: [{name: AIRFLOW__CORE__FERNET_KEY, value: a}, {name: AIRFLOW_HOME, value: /home}]",
        &[
            "the variable `AIRFLOW__CORE__FERNET_KEY` has no effect beside the one of that name, which gen sets",
            "the variable `AIRFLOW_HOME` has no effect beside the one of that name, which gen sets",
        ],
    ),
    ("enableBuiltInSecretEnvVars: {AIRFLOW__CORE__FERNET_KEY: false}\nenv: [{name: AIRFLOW__CORE__FERNET_KEY, value: a}]", &[]),
    (
        "secret: [{envName: AIRFLOW__DATABASE__SQL_ALCHEMY_CONN, secretName: a}]",
        &["the variable `AIRFLOW__DATABASE__SQL_ALCHEMY_CONN` has no effect beside the one of that name, which gen sets"],
    ),
    // A component's own variable counts; its command does not.
    ("scheduler: {env: [{name: AIRFLOW__CORE__FERNET_KEY, value: a}]}", &[]),
    (
        "scheduler: {env: [{name: AIRFLOW__CORE__FERNET_KEY_CMD, value: a}]}",
        &["the variable `AIRFLOW__CORE__FERNET_KEY_CMD` has no effect beside `AIRFLOW__CORE__FERNET_KEY`, which gen sets"],
    ),
    ("executor: DebugExecutor", &["Airflow 3.2.0 has no `DebugExecutor`"]),
    ("apiServer: {replicas: 0}", &["no API server runs, and every task of Airflow 3 needs one"]),
    (
        "apiServer: {replicas: 0, hpa: {enabled: true}, resources: {requests: {cpu: 1}}}",
        &["`apiServer.replicas` has no effect beside an autoscaler, which decides how many run"],
    ),
    (
        "workers: {celery: {replicas: 0, keda: {enabled: true}}}",
        &["`workers.celery.replicas` has no effect beside an autoscaler, which decides how many run"],
    ),
    (
        "airflowVersion: 2.11.2\nscheduler: {env: [{name: AIRFLOW__SCHEDULER__STANDALONE_DAG_PROCESSOR, value: \"True\"}]}",
        &["no DAG processor runs, and the scheduler is told that one does"],
    ),
    ("airflowVersion: 2.11.2\nconfig: {scheduler: {standalone_dag_processor: true}}\ndagProcessor: {enabled: true}", &[]),
    ("webserver: {replicas: 3}", &["`webserver` has no effect on Airflow 3.2.0"]),
    (
        "webserver: {replicas: 3, defaultUser: {enabled: true}}",
        &["`webserver.defaultUser` is deprecated", "`webserver.replicas` has no effect on Airflow 3.2.0"],
    ),
    ("dags: {gitSync: {enabled: true, repo: \"https://example.com/r.git\", branch: main, wait: 0}}", &[]),
    (
        "dags: {gitSync: {enabled: true, repo: \"https://example.com/r.git\", env: [{name: GITSYNC_LINK, value: a}]}}",
        &["the manifests rely on what they say in `GITSYNC_LINK`"],
    ),
    ("dags: {gitSync: {enabled: true, repo: \"https://example.com/r.git\", env: [{name: GITSYNC_SUBMODULES, value: \"off\"}]}}", &[]),
    ("config: {core: {execution_api_server_url: \"http://airflow-api-server.default.svc:8080/execution\"}}", &[]),
    (
        "config: {core: {execution_api_server_url: \"http://airflow-api-server:8080/airflow/execution/\"}}",
        &["the set's own server does not answer at this address"],
    ),
    (
        "config: {core: {execution_api_server_url: \"https://airflow-api-server:8443/execution/\"}}\n\
         apiServer: {extraContainers: [{name: tls, image: a, ports: [{containerPort: 8443}]}], \
         service: {ports: [{name: api, port: 8080, targetPort: api-server}, {name: tls, port: 8443}]}}",
        &[],
    ),
    ("config: {core: {execution_api_server_url: \"https://airflow.example.com:9443/execution/\"}}", &[]),
    ("apiServer: {args: [\"bash\", \"-c\", \"exec airflow api-server -p9191\"]}", &[]),
    (
        "apiServer: {args: [\"bash\", \"-c\", \"exec airflow api-server --port $PORT\"]}",
        &["the number of `ports.apiServer` does not stand in the values"],
    ),
    (
        "env: [{name: AIRFLOW__LOGGING__WORKER_LOG_SERVER_PORT, value: $(PORT)}]",
        &["the number of `ports.workerLogs` does not stand in the values"],
    ),
    (
        "config: {core: {something_else_entirely: 1, dag_bundle_config_list: \"[]\"}, schedular: {job_heartbeat_sec: 5}}",
        &[
            "Airflow 3.2.0 has no option `config.core.something_else_entirely`",
            "Airflow 3.2.0 has no option `config.core.dag_bundle_config_list`",
            "Airflow 3.2.0 has no option `config.schedular.job_heartbeat_sec`",
        ],
    ),
    ("config: {my_plugin: {host: a}, openlineage: {something_newer: 1}, sentry: {release: a}, core: {fernet_key_cmd: a}}", &[]),
    ("config: {core: {check_slas: null}, webserver: {enable_proxy_fix: \"True\"}}", &[]),
    ("config: {webserver: {enable_proxy_fix: \"False\"}}", &["`config.webserver.enable_proxy_fix` is no option since Airflow 3.0"]),
    (
        "env: [{name: AIRFLOW__CORE__PARALELISM, value: \"9\"}, {name: AIRFLOW__SECRETS__BACKEND_KWARG__A, value: b}]\n\
         scheduler: {env: [{name: AIRFLOW__CORE__DAG_CONCURRENCY, value: \"9\"}]}",
        &["Airflow 3.2.0 has no option `AIRFLOW__CORE__PARALELISM`", "`AIRFLOW__CORE__DAG_CONCURRENCY` is no option since Airflow 3.0"],
    ),
    (
        "secret: [{envName: AIRFLOW__WEBSERVER__SECRET_KEY_CMD, secretName: a}]",
        &["`AIRFLOW__WEBSERVER__SECRET_KEY_CMD` is the name that an option had"],
    ),
    (
        "airflowVersion: 3.0.6\nconfig: {webserver: {base_url: \"https://airflow.example.com\"}}",
        &["`config.webserver.base_url` is no option since Airflow 3.0"],
    ),
    (
        "airflowVersion: 2.11.2\nconfig: {core: {multi_team: true, remote_logging: false}}",
        &["`config.core.multi_team` is an option since Airflow 3.2", "`config.core.remote_logging` is the name that an option had"],
    ),
    // Taken as the chart takes it.
    ("executor: LocalExecutor\ncommon: &common {nodeSelector: {a: b}, tolerations: [], affinity: {}}\nscheduler: {<<: *common}", &[]),
    ("env: [{name: A, value: \"{{ ds }}\"}]", &[]),
    (
        "images: {pod_template: {repository: apache/airflow@sha256, \
         tag: 00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff}}",
        &[],
    ),
    ("securityContexts: {container: {allowPrivilegeEscalation: false}}", &[]),
    ("scheduler: {podDisruptionBudget: {enabled: true, config: {unhealthyPodEvictionPolicy: AlwaysAllow}}}", &[]),
    ("config: {core: {plugins_folder: \"%(dags_folder)s/plugins\"}}", &[]),
    ("images: {airflow: {repository: example.com/etl, tag: \"1.3\"}}", &[]),
    (
        "images: {airflow: {repository: example.com/my-airflow, tag: \"2.11.0\"}}",
        &["the manifests are for Airflow 3.2.0, and the image is `example.com/my-airflow:2.11.0`"],
    ),
    ("data: {metadataConnection: {host: airflow-postgresql}}", &[]),
    ("data: {metadataConnection: {host: airflow-postgresql.default.svc.cluster.local}}", &[]),
    ("delivery: helm\ndata: {metadataConnection: {host: airflow-postgresql, pass: p}}", &[]),
    ("data: {metadataConnection: {host: airflow-postgresql.other, pass: p}}", &["the bundled PostgreSQL runs, and nobody talks to it"]),
    (
        "migrateDatabaseJob: {args: [bash, -c, \"airflow db {{ semverCompare \\\">=2.7.0\\\" .Values.airflowVersion | ternary \\\"migrate\\\" \
         \\\"upgrade\\\" }}\"]}",
        &[],
    ),
    ("executor: my.module.MyExecutor\nredis: {enabled: true}", &[]),
    ("executor: LocalExecutor\nredis: {enabled: false}\nflower: {enabled: false}\nworkers: {replicas: 1}", &[]),
    ("executor: LocalExecutor\nmultiNamespaceMode: true", &[]),
    ("airflowVersion: 3.99.0\nconfig: {core: {something_new: 1}}", &[]),
];

#[test]
fn what_is_told_is_what_is_foreseen() {
    for (values, expected) in CASES {
        let version = if values.contains("airflowVersion") { "" } else { "airflowVersion: 3.2.0\n" };
        let executor = if values.contains("executor") { "" } else { "executor: CeleryExecutor\n" };
        let run = run_with_input(&["-f", "-"], &format!("{version}{executor}{values}\n"));
        assert_eq!(run.status, 0, "{values}: {}", run.stderr);
        let told = run.stderr.lines().filter_map(|line| line.strip_prefix("warning: "));
        let told: Vec<&str> = told.filter(|title| !title.contains("to exist in the namespace")).collect();
        assert_eq!(told, *expected, "{values}");
    }
}

#[test]
fn a_map_that_is_not_closed_shows_no_secret() {
    for text in ["config: {celery: {broker_url: \"hunter2", "env: [{name: A, value: \"hunter2", "config: [hunter2"] {
        let run = run_with_input(&["-f", "-"], text);
        assert_eq!(run.status, 2, "{text}");
        assert!(!run.stderr.contains("hunter2"), "{}", run.stderr);
    }
}

#[test]
fn what_a_component_hears_alone_counts_for_it() {
    let rendered = |values: &str| run_with_input(&["-f", "-"], &format!("airflowVersion: 3.2.0\n{values}")).stdout;
    let keda = rendered(
        "executor: CeleryExecutor\n\
         workers: {celery: {keda: {enabled: true}, env: [{name: AIRFLOW__CELERY__WORKER_CONCURRENCY, value: '4'}]}}\n\
         triggerer: {keda: {enabled: true}, env: [{name: AIRFLOW__TRIGGERER__CAPACITY, value: '5'}]}\n",
    );
    assert!(keda.contains("::decimal / 4)") && keda.contains("::decimal / 5)"), "{keda}");
    let elsewhere = rendered(
        "executor: KubernetesExecutor\nlogs: {persistence: {enabled: true}}\n\
         scheduler: {env: [{name: AIRFLOW__KUBERNETES_EXECUTOR__NAMESPACE, value: jobs}]}\n",
    );
    assert!(elsewhere.contains("namespace: jobs"), "{elsewhere}");
    let metrics = rendered("executor: CeleryExecutor\nconfig: {metrics: {statsd_host: agent.example.com}}\n");
    assert!(metrics.contains("statsd_port = 9125"), "{metrics}");
}

#[test]
fn a_password_that_stands_in_a_secret_alone_is_not_known_to_the_pool() {
    let values = "airflowVersion: 3.2.0\npostgresql: {enabled: false}\npgbouncer: {enabled: true}\n\
                  data: {metadataSecretName: d, metadataConnection: {host: h, user: u, db: d";
    for (more, is_known) in [("", false), (", pass: ''", false), (", pass: null", false), (", pass: a", true)] {
        let run = run_with_input(&["-f", "-"], &format!("{values}{more}}}}}\n"));
        assert_eq!(run.stderr.contains("PgBouncer does not know who logs in"), !is_known, "{more}: {}", run.stderr);
    }
}

#[test]
fn the_label_of_executors_is_one_that_the_api_takes() {
    let label = |executor: &str| {
        let run = run_with_input(&["-f", "-"], &format!("airflowVersion: 3.2.0\nexecutor: {executor}\n"));
        let mut lines = run.stdout.lines().filter_map(|line| line.trim().strip_prefix("executor: "));
        (run.status, lines.find(|line| line.contains("Executor")).unwrap_or_default().to_owned())
    };
    assert_eq!(label("KubernetesExecutor,team:LocalExecutor"), (0, "KubernetesExecutor-team-LocalExecutor".to_owned()));
    let long = "CeleryExecutor,airflow.providers.edge3.executors.EdgeExecutor,my.module.of.a.long.name.MyExecutor";
    assert_eq!(label(long), (0, "CeleryExecutor-airflow.providers.edge3.executors.EdgeExecutor-m".to_owned()));
}

#[test]
fn with_strict_every_command_that_reads_values_refuses_what_it_would_warn_about() {
    let folder = tempfile::tempdir().unwrap();
    let directory = folder.path().join("rendered");
    let directory = directory.to_str().unwrap();
    let values = "values/told/ignored-keys.yaml";
    assert_eq!(run(&["-f", values, "-o", directory]).status, 0);
    let before = tree(folder.path());
    for command in [&["diff", directory][..], &["graph"], &["secrets"], &["values"], &["-o", directory, "--set", "uid=1"], &[]] {
        let lenient = run(&[command, &["-f", values]].concat());
        assert!(lenient.status < 2, "{command:?}: {}", lenient.stderr);
        assert!(lenient.stderr.contains("8 keys have no effect, in the chart either"), "{command:?}: {}", lenient.stderr);
        if command.contains(&"uid=1") {
            run(&["-f", values, "-o", directory]);
        }
        let strict = run(&[command, &["-f", values, "--strict"]].concat());
        assert_eq!((strict.status, strict.stdout.as_str()), (2, ""), "{command:?}: {}", strict.stderr);
        assert!(strict.stderr.contains("error: 8 keys") && !strict.stderr.contains("warning"), "{command:?}: {}", strict.stderr);
        assert_eq!(tree(folder.path()), before, "{command:?}");
    }
    // Nothing to warn about is nothing to refuse.
    assert_eq!(run(&["-f", "values/vault.yaml", "--strict"]).status, 0);
}

#[test]
fn a_secret_below_a_key_that_does_not_exist_is_not_shown() {
    let shown = run(&["values", "-f", "values/told/referred-keys.yaml"]);
    assert_eq!(shown.status, 0, "{}", shown.stderr);
    assert!(!(shown.stdout.clone() + &shown.stderr).contains("sesame-open"), "{}", shown.stdout);
    assert!(shown.stdout.contains("site: north") && !shown.stdout.contains("labelz"), "{}", shown.stdout);
}

#[test]
fn an_excerpt_hides_only_what_may_be_a_secret() {
    for (values, hidden, shown) in [
        ("scheduler: {replcas: 31337}", "", "31337"),
        ("exectuor: LocalExecutor", "", "LocalExecutor"),
        ("scheduler: {extraEnv: hunter2}", "hunter2", "***"),
        ("fernetKye: hunter2", "hunter2", "***"),
        ("data: {metadataConnection: {psas: hunter2}}", "hunter2", "***"),
        ("scheduler: {pasword: 31337}", "31337", "***"),
        ("extraEnvFrom: |\n  - {secretRf: {name: hunter2}}", "hunter2", "secretRf"),
        // What stands where something else belongs.
        ("workers: two", "", "workers: two"),
        ("workers: [{replicas: 2}]", "", "replicas: 2"),
        ("dags: from git", "", "from git"),
        ("data: hunter2", "hunter2", "***"),
        ("config: hunter2", "hunter2", "***"),
        ("workers: \"postgresql://u:hunter2@h\"", "hunter2", "***"),
        ("workers: \"PASSWORD=hunter2\"", "hunter2", "***"),
        ("env: {FOO: hunter2}", "hunter2", "FOO"),
        ("scheduler: {replicas: [hunter2]}", "", "hunter2"),
        // A key that stands twice: the value that does not count is hidden whatever it is.
        ("{uid: hunter2, uid: 50000, fernetKey: hunter2, fernetKey: null, executro: LocalExecutor}", "hunter2", "executro: LocalExecutor"),
        // Keys that mean nothing.
        ("scheduler: {web: {size: 2, pasword: hunter2, note: hunter2}}", "hunter2", "size: 2"),
        // Options of airflow.cfg.
        ("config: {api: {workers: \"{{ .Values.gone.too }}\"}}", "", "workers: \"{{ .Values.gone.too }}\""),
        ("config: {core: {hostname_callable: \"{{ ask }}\"}}", "", "{{ ask }}"),
        ("config: {smtp: {smtp_password: \"hunter2{{ ask }}\"}}", "hunter2", "***"),
        ("config: {database: {sql_alchemy_con: \"hunter2{{ ask }}\"}}", "hunter2", "***"),
        ("config: {openlineage: {transport: '{\"apiKey\": \"hunter2{{ ask }}\"}'}}", "hunter2", "***"),
        ("config: {my_plugin: {licence: \"hunter2{{ ask }}\"}}", "hunter2", "***"),
        // Whole objects.
        ("extraObjects: [{apiVersion: v1, kind: Service, spec: {ports: [{prt: 31337}], note: hunter2}}]", "hunter2", "31337"),
        ("extraObjects: [{apiVersion: v1, kind: Secret, stringData: {pin: 31337}, metadat: 1}]", "31337", "kind: Secret"),
    ] {
        let run = run_with_input(&["-f", "-"], values);
        assert_eq!(run.status, 2, "{values}: {}", run.stderr);
        assert!(run.stderr.contains(shown) && (hidden.is_empty() || !run.stderr.contains(hidden)), "{values}: {}", run.stderr);
    }
}

#[test]
fn warnings_come_after_the_stream() {
    let output = std::process::Command::new("sh")
        .args(["-c", "\"$0\" -f values/told/ignored-keys.yaml 2>&1", env!("CARGO_BIN_EXE_gen")])
        .current_dir(support::home())
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.starts_with("---\n") && text.ends_with("\n14 warnings\n"), "{text}");
}
