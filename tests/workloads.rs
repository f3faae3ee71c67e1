//! What workloads of one kind have alike.

use airflow_gen::values::{Values, camel_case};
use serde_json::{Value, json};

use crate::support::{merge, run_with_input};

/// Where each pod has a volume of its own for logs, the user's word on what becomes of its claims is heard.
#[test]
fn claims_of_logs_are_kept_or_removed_as_the_user_says() {
    let values = r"
executor: LocalExecutor,CeleryExecutor
workers: {persistence: {enabled: true, persistentVolumeClaimRetentionPolicy: {whenDeleted: Delete}}}
triggerer: {persistence: {enabled: true, persistentVolumeClaimRetentionPolicy: {whenDeleted: Delete}}}
";
    let run = run_with_input(&["-f", "-", "-s", "*-deployment.yaml"], values);
    assert_eq!(run.status, 0, "{}", run.stderr);
    let documents = run.stdout.split("---\n").filter(|document| document.contains("kind: StatefulSet"));
    let policies = documents.map(|document| {
        let name = document.lines().find_map(|line| line.strip_prefix("  name: ")).unwrap_or_default();
        (name, document.contains("  persistentVolumeClaimRetentionPolicy:\n    whenDeleted: Delete\n"))
    });
    let policies: Vec<_> = policies.collect();
    assert_eq!(policies, [("airflow-scheduler", true), ("airflow-triggerer", true), ("airflow-worker", true)]);
}

/// The claims that pods have for themselves have the mode that the user says: that of a set, of its kind, or of all.
#[test]
fn claims_of_pods_have_the_mode_that_the_user_says() {
    let values = json!({
        "executor": "LocalExecutor,CeleryExecutor",
        "workers": {"celery": {
            "persistence": {"accessMode": "ReadWriteMany"},
            "sets": [{"name": "a", "persistence": {"accessMode": "ReadWriteOncePod"}}, {"name": "b", "persistence": {"accessMode": null}}],
        }},
        "redis": {"persistence": {"accessMode": "ReadWriteOncePod"}},
        "postgresql": {"persistence": {"accessMode": "ReadWriteMany"}},
    });
    let run = run_with_input(&["-f", "-", "--format", "json"], &values.to_string());
    assert_eq!(run.status, 0, "{}", run.stderr);
    let objects: Value = serde_json::from_str(&run.stdout).unwrap();
    let sets = objects["items"].as_array().unwrap().iter().filter(|object| object["kind"] == "StatefulSet");
    let modes = sets.map(|set| {
        let claim = &set["spec"]["volumeClaimTemplates"][0]["spec"];
        (set["metadata"]["name"].as_str().unwrap(), claim["accessModes"][0].as_str().unwrap())
    });
    let mut modes: Vec<_> = modes.collect();
    modes.sort_unstable();
    assert_eq!(
        modes,
        [
            ("airflow-postgresql", "ReadWriteMany"),
            ("airflow-redis", "ReadWriteOncePod"),
            ("airflow-scheduler", "ReadWriteMany"),
            ("airflow-triggerer", "ReadWriteOnce"),
            ("airflow-worker", "ReadWriteMany"),
            ("airflow-worker-a", "ReadWriteOncePod"),
            ("airflow-worker-b", "ReadWriteMany"),
        ]
    );
}

/// A variable of the user's takes the place of the one that the component gets its Secret as.
#[test]
fn a_variable_of_a_secret_stands_once() {
    let values = r"
executor: CeleryExecutor
redis: {env: [{name: REDIS_PASSWORD, value: own-redis}]}
createUserJob: {env: [{name: CREATE_USER_PASSWORD, value: own-user}]}
";
    let run = run_with_input(&["-f", "-", "-s", "redis/redis-statefulset.yaml", "-s", "jobs/create-user-job.yaml"], values);
    assert_eq!(run.status, 0, "{}", run.stderr);
    let lines: Vec<_> = run.stdout.lines().map(str::trim).collect();
    for (name, value) in [("REDIS_PASSWORD", "own-redis"), ("CREATE_USER_PASSWORD", "own-user")] {
        let name = format!("- name: {name}");
        let places: Vec<_> = lines.iter().enumerate().filter(|(_, line)| **line == name).map(|(place, _)| place).collect();
        let [place] = places[..] else { panic!("{}", run.stdout) };
        assert_eq!(lines[place + 1], format!("value: {value}"));
    }
}

/// What may be said of all pods is heard by the pods of each workload, of each Job, and of tasks.
#[test]
fn what_may_be_said_of_pods_every_pod_hears() {
    let spread = json!([{"maxSkew": 1, "topologyKey": "zone", "whenUnsatisfiable": "ScheduleAnyway"}]);
    let aliases = json!([{"ip": "192.0.2.1", "hostnames": ["old.example.com"]}]);
    let said = json!({"hostAliases": aliases, "terminationGracePeriodSeconds": 77, "topologySpreadConstraints": spread});
    for version in ["2.11.0", "3.2.0"] {
        let mut values = json!({
            "airflowVersion": version, "executor": "CeleryExecutor,KubernetesExecutor", "dagProcessor": {"enabled": true},
            "cleanup": {"enabled": true}, "databaseCleanup": {"enabled": true}, "flower": {"enabled": true},
            "otelCollector": {"tracesEnabled": true}, "pgbouncer": {"enabled": true},
            "importJob": {"pools": {"etl": {"slots": 1}}},
        });
        for (key, _) in Values::default().components() {
            merge(&mut values, json!({camel_case(key): said}));
        }
        let run = run_with_input(&["-f", "-", "--format", "json"], &values.to_string());
        assert_eq!(run.status, 0, "{}", run.stderr);
        let objects: Value = serde_json::from_str(&run.stdout).unwrap();
        let mut pods = Vec::new();
        for object in objects["items"].as_array().unwrap() {
            let name = object["metadata"]["name"].as_str().unwrap().to_owned();
            match object["kind"].as_str().unwrap() {
                "Deployment" | "StatefulSet" | "Job" => pods.push((name, object["spec"]["template"]["spec"].clone())),
                "CronJob" => pods.push((name, object["spec"]["jobTemplate"]["spec"]["template"]["spec"].clone())),
                "ConfigMap" => {
                    let template = object["data"]["pod_template_file.yaml"].as_str();
                    let template = template.map(|text| yaml_serde::from_str::<Value>(text).unwrap());
                    pods.extend(template.map(|pod| (name, pod["spec"].clone())));
                }
                _ => {}
            }
        }
        assert!(pods.len() > 15, "{}", pods.len());
        for (name, pod) in pods {
            for (key, expected) in said.as_object().unwrap() {
                assert_eq!(&pod[key], expected, "{version}: `{key}` of {name}");
            }
        }
    }
}

/// What a set takes is one word for the shell and for the kubelet, whatever characters it has.
#[test]
fn what_a_set_takes_stays_one_word() {
    let odd = "a&b;$(C)'d\"";
    let values = json!({
        "airflowVersion": "3.3.2",
        "config": {"core": {"multi_team": true}},
        "dagProcessor": {
            "dagBundleConfigList": [{"name": "core", "classpath": "c"}, {"name": odd, "classpath": "c"}],
            "sets": [{"name": "odd", "bundles": [odd]}],
        },
        "triggerer": {"sets": [{"name": "odd", "queues": [odd, "default"], "teamName": odd}]},
    });
    let run = run_with_input(&["-f", "-", "--format", "json", "-s", "*-deployment.yaml"], &values.to_string());
    assert_eq!(run.status, 0, "{}", run.stderr);
    let objects: Value = serde_json::from_str(&run.stdout).unwrap();
    let words = |name: &str| {
        let pod = objects["items"].as_array().unwrap().iter().find(|object| object["metadata"]["name"] == name).unwrap();
        let command = pod["spec"]["template"]["spec"]["containers"][0]["args"][2].as_str().unwrap();
        shlex::split(&command.replace("$$", "$")).unwrap()
    };
    assert_eq!(words("airflow-dag-processor"), ["exec", "airflow", "dag-processor", "--bundle-name", "core"]);
    assert_eq!(words("airflow-dag-processor-odd"), ["exec", "airflow", "dag-processor", "--bundle-name", odd]);
    assert_eq!(words("airflow-triggerer"), ["exec", "airflow", "triggerer"]);
    let taken = format!("{odd},default");
    assert_eq!(words("airflow-triggerer-odd"), ["exec", "airflow", "triggerer", "--queues", &taken, "--team-name", odd]);
}

/// A Service takes names of ports by which no Ingress can refer to it, and a number in quotes is no name.
#[test]
fn an_ingress_says_ports_as_the_api_server_takes_them() {
    for (name, expected) in
        [("web", "name: web"), ("airflow-api-server-http", "number: 80"), ("a--b", "number: 80"), ("\"80\"", "number: 80")]
    {
        let values = format!(
            "airflowVersion: 3.2.2\nexecutor: KubernetesExecutor\n\
             apiServer: {{service: {{ports: [{{name: {name}, port: 80, targetPort: api-server}}]}}}}\n\
             ingress: {{apiServer: {{enabled: true, path: /, succeedingPaths: [{{path: /b, serviceName: b, servicePort: \"90\"}}]}}}}\n"
        );
        let run = run_with_input(&["-f", "-", "-s", "*/*-ingress.yaml"], &values);
        assert_eq!(run.status, 0, "{}", run.stderr);
        let ports: Vec<&str> = run.stdout.lines().map(str::trim).filter(|line| line.starts_with("number:") || *line == expected).collect();
        assert_eq!(ports, [expected, "number: 90"], "{}", run.stdout);
    }
}

/// A template for pods of tasks that asks for the chart's own blocks has what gen's has.
#[test]
fn a_template_for_task_pods_has_the_blocks_that_it_asks_for() {
    let template = r#"
apiVersion: v1
kind: Pod
metadata: {name: placeholder-name, labels: {tier: airflow, component: worker, release: {{ .Release.Name }}}}
spec:
  restartPolicy: Never
  serviceAccountName: {{ include "worker.serviceAccountName" . }}
  securityContext: {{ include "airflowPodSecurityContext" (list .Values.workers .Values) | nindent 4 }}
  imagePullSecrets: {{- include "image_pull_secrets" . | nindent 4 }}
  containers:
    - name: base
      image: {{ template "pod_template_image" . }}
      imagePullPolicy: IfNotPresent
      securityContext: {{ include "containerSecurityContext" (list .Values.workers .Values) | nindent 8 }}
      envFrom: {{- include "custom_airflow_environment_from" . | default "\n  []" | indent 6 }}
      env:
        - name: AIRFLOW__CORE__EXECUTOR
          value: {{ .Values.executor | quote }}
        {{- include "standard_airflow_environment" . | indent 6 }}
        {{- include "custom_airflow_environment" . | indent 6 }}
        {{- include "container_extra_envs" (list . .Values.workers.kubernetes.env) | indent 6 }}
      volumeMounts:
        - {name: logs, mountPath: {{ template "airflow_logs" . }}}
        {{- include "airflow_config_mount" . | nindent 8 }}
        {{- include "airflow_dags_mount" . | nindent 8 }}
  volumes:
    - {name: config, configMap: {name: {{ include "airflow_config" . }}}}
    - {name: logs, persistentVolumeClaim: {claimName: {{ template "airflow_logs_volume_claim" . }}}}
    - {name: dags, persistentVolumeClaim: {claimName: {{ template "airflow_dags_volume_claim" . }}}}
"#;
    let values = json!({
        "airflowVersion": "3.2.0",
        "executor": "KubernetesExecutor",
        "env": [{"name": "A", "value": "a $b"}],
        "secret": [{"envName": "B", "secretName": "b", "secretKey": "b"}],
        "extraEnv": "- {name: C, valueFrom: {fieldRef: {fieldPath: metadata.name}}}",
        "data": {"metadataConnection": {"host": "h", "passSecretName": "database"}},
        "postgresql": {"enabled": false},
        "logs": {"persistence": {"enabled": true}},
        "dags": {"persistence": {"enabled": true}},
        "imagePullSecrets": ["pull"],
        "workers": {"kubernetes": {"env": [{"name": "D", "value": "4"}]}},
    });
    let pod = |values: &Value| {
        let run = run_with_input(&["-f", "-", "-s", "configmaps/configmap.yaml", "--format", "json"], &values.to_string());
        assert_eq!(run.status, 0, "{}", run.stderr);
        let objects: Value = serde_json::from_str(&run.stdout).unwrap();
        let text = objects["items"][0]["data"]["pod_template_file.yaml"].as_str().unwrap().to_owned();
        yaml_serde::from_str::<Value>(&text).unwrap_or_else(|error| panic!("{error}\n{text}"))
    };
    for more in [json!({}), json!({"extraEnvFrom": "- {secretRef: {name: e}}"}), json!({"env": [], "secret": [], "extraEnv": ""})] {
        let mut values = values.clone();
        merge(&mut values, more);
        let own = pod(&values);
        values["podTemplate"] = template.into();
        let asked = pod(&values);
        for part in ["/spec/containers/0/env", "/spec/containers/0/image", "/spec/containers/0/securityContext", "/spec/securityContext"] {
            assert_eq!(asked.pointer(part), own.pointer(part), "{part}");
        }
        let env_from = |pod: &Value| pod["spec"]["containers"][0]["envFrom"].as_array().cloned().unwrap_or_default();
        assert_eq!(env_from(&asked), env_from(&own));
        assert_eq!(asked["spec"]["imagePullSecrets"], own["spec"]["imagePullSecrets"]);
        assert_eq!(asked["spec"]["serviceAccountName"], own["spec"]["serviceAccountName"]);
        let mounts = |pod: &Value| -> Vec<Value> {
            let mounts = pod["spec"]["containers"][0]["volumeMounts"].as_array().unwrap();
            mounts.iter().map(|mount| mount["mountPath"].clone()).collect()
        };
        assert!(mounts(&asked).iter().all(|path| mounts(&own).contains(path)), "{asked}");
    }
}
