//! Values in which a key that holds a string has an effect.

use airflow_gen::values::Edition;
use serde_json::{Value, json};

use crate::support::merge;

/// Values in which the keys have an effect.
pub fn base(edition: Edition, key: &str) -> Value {
    match edition {
        Edition::V1_10 => base_1_10(key),
        Edition::Current => base_current(key),
    }
}

/// Values for Airflow 2.11 and 3 in which the keys have an effect: all that can be is there.
#[expect(clippy::too_many_lines, reason = "a line for each kind of key")]
fn base_current(key: &str) -> Value {
    let host = json!({"name": "h", "tls": {"enabled": true, "secretName": "s"}});
    let way = json!({"enabled": true, "hosts": [host]});
    let worker = json!({"podManagementPolicy": "Parallel", "keda": {"enabled": true}, "persistence": {"fixPermissions": true},
        "kerberosSidecar": {"enabled": true}, "kerberosInitContainer": {"enabled": true}});
    let mut values = json!({
        "airflowVersion": "3.2.0",
        // Jobs have names that do not follow what they do.
        "delivery": "flux",
        "executor": "CeleryExecutor,KubernetesExecutor",
        "createNamespace": true,
        "useStandardNaming": true,
        "rbac": {"createSCCRoleBinding": true},
        "allowJobLaunching": true,
        "networkPolicies": {"enabled": true},
        "fernetKeySecretName": "fernet",
        "ingress": {"apiServer": way, "web": way, "statsd": way, "flower": way},
        "workers": {"celery": worker, "kubernetes": {"serviceAccount": {"create": true}}},
        "scheduler": {"serviceAccount": {"automountServiceAccountToken": false, "serviceAccountTokenVolume": {"enabled": true}}},
        "triggerer": {"keda": {"enabled": true}, "persistence": {"fixPermissions": true}},
        "dags": {"gitSync": {"enabled": true, "repo": "git@h:r.git", "sshKey": "key", "knownHosts": "hosts"}},
        "redis": {"password": "redis"},
        "otelCollector": {"tracesEnabled": true},
        "importJob": {"pools": {"pool": {"slots": 1}}},
        "cleanup": {"enabled": true, "serviceAccount": {"automountServiceAccountToken": false, "serviceAccountTokenVolume": {"enabled": true}}},
        "databaseCleanup": {"enabled": true, "tables": ["xcom"]},
        "kerberos": {"enabled": true, "config": "[libdefaults]"},
        "flower": {
            "enabled": true,
            "username": "user",
            "password": "flower",
            "networkPolicy": {"ingress": {"from": [{"podSelector": {}}]}},
        },
        "apiServer": {"apiServerConfig": "a", "networkPolicy": {"ingress": {"from": [{"podSelector": {}}]}}},
        "webserver": {"webserverConfig": "b", "networkPolicy": {"ingress": {"from": [{"podSelector": {}}]}}},
    });
    let handover = json!({"enabled": true, "repoURL": "https://h/r.git", "path": "p", "syncPolicy": {"syncOptions": ["A=b"]}});
    if key.starts_with("argocd.") {
        values["delivery"] = json!("argocd");
        values["argocd"] = json!({"application": handover});
    }
    if key.starts_with("flux.") {
        values["flux"] = json!({"kustomization": {"enabled": true, "path": "p"}});
    }
    if ["webserver.", "ingress.web.", "webserverSecret"].iter().any(|part| key.starts_with(part)) {
        values["airflowVersion"] = json!("2.11.0");
    }
    if key.starts_with("workers.edge.") {
        values["executor"] = json!("airflow.providers.edge3.executors.EdgeExecutor");
    }
    if key.contains("pgbouncer") {
        values["pgbouncer"] = json!({"enabled": true, "ssl": {"ca": "a", "cert": "b", "key": "c"}});
        values["ingress"]["pgbouncer"] = way;
    }
    let steps: Vec<&str> = key.split('.').collect();
    let more = match key {
        _ if key.ends_with("SourceRanges[]") => {
            let public = json!({"service": {"type": "LoadBalancer"}});
            json!({"apiServer": public, "webserver": public, "flower": public})
        }
        _ if key.contains(".service.ports[].") => {
            // Of some names of a Service's port an Ingress takes the number.
            let mut values = ports(steps[0]);
            values["ingress"] = json!({"apiServer": {"enabled": false}, "web": {"enabled": false}, "flower": {"enabled": false}});
            values
        }
        _ if key.contains(".httpRoute.") => {
            let route = json!({"enabled": true, "parentRefs": [{"name": "g"}]});
            let mut values = json!({"ingress": {"apiServer": {"enabled": false}, "web": {"enabled": false}, "flower": {"enabled": false}}});
            values[steps[0]] = json!({"httpRoute": route});
            values
        }
        _ if key.contains("cedingPaths[].") || key.contains("ceedingPaths[].") => {
            json!({"ingress": {steps[1]: {steps[2].trim_end_matches("[]"): [{"path": "/p", "serviceName": "s", "servicePort": "p"}]}}})
        }
        // The old keys, which count where the newer one names no hosts.
        _ if key.starts_with("ingress.") && (key.ends_with(".host") || key.contains(".tls.")) && !key.contains("hosts[]") => {
            json!({"ingress": {steps[1]: {"hosts": [], "host": "h", "tls": {"enabled": true, "secretName": "s"}}}})
        }
        // The Secrets are only made where there is something to put into them.
        _ if key.starts_with("fernetKeySecretAnnotations") => {
            json!({"fernetKeySecretName": null, "fernetKey": "JY498Ilq8GLQ4AnFRVOqTGyAx87lnAYhDuluzHG_dIA="})
        }
        _ if key.starts_with("apiSecretAnnotations") => json!({"apiSecretKey": "k"}),
        _ if key.starts_with("jwtSecretAnnotations") => json!({"jwtSecret": "k"}),
        _ if key.starts_with("webserverSecretAnnotations") => json!({"webserverSecretKey": "k"}),
        _ if key.starts_with("data.resultBackendConnectionSecretAnnotations") => {
            json!({"data": {"resultBackendConnection": {"host": "h", "user": "u", "port": 5432, "db": "d"}}})
        }
        // All workers have the one account, if the pods of tasks have none of their own.
        "workers.serviceAccount.name" => json!({"workers": {"kubernetes": {"serviceAccount": {"create": null}}}}),
        // The superuser's password is only asked for where there is no other user.
        _ if key.starts_with("postgresql.auth.postgresPassword") => json!({"data": {"metadataConnection": {"host": "h"}}}),
        "fernetKey" | "fernetKey.placeholder" => json!({"fernetKeySecretName": null}),
        "nameOverride" => json!({"fullnameOverride": ""}),
        _ if key.contains("Connection.passSecret") => {
            let keys = json!({"host": "h", "user": "u", "port": 5432, "db": "d", "passSecretName": "s"});
            json!({"data": {key.split('.').nth(1).unwrap(): keys}})
        }
        _ if key.starts_with("data.resultBackendConnection.") => {
            json!({"data": {"resultBackendConnection": {"host": "h", "user": "u", "port": 5432, "db": "d"}}})
        }
        _ if key.starts_with("data.brokerUrl") => json!({"redis": {"enabled": false}, "data": {"brokerUrl": "redis://h"}}),
        "data.metadataConnection.placeholder" => json!({}),
        _ if key.starts_with("data.metadataConnection.") => {
            json!({"data": {"metadataConnection": {"host": "h", "user": "u", "pass": "p"}}})
        }
        _ if key.contains(".persistence.volume.") => volume_of_kind(key, json!({"storageAccount": "account", "shareName": "share"})),
        _ if key.starts_with("data.cloudSqlProxy.") => {
            let off = json!({"keda": {"enabled": false}});
            json!({"data": {"cloudSqlProxy": {"enabled": true, "instance": "p:r:i"}}, "workers": {"celery": off}, "triggerer": off})
        }
        _ if key.starts_with("secrets.externalSecrets.") => {
            json!({"secrets": {"externalSecrets": {"store": {"name": "s"}, "keys": {"jwtSecret": {"key": "k", "property": "p"}}}}})
        }
        _ if key.starts_with("dags.gitSync.credentials.") => {
            let git = json!({"sshKey": null, "knownHosts": null, "repo": "https://h/r.git", "credentials": {"password": "p"}});
            json!({"dags": {"gitSync": git}})
        }
        _ if key.starts_with("dags.gitSync.githubApp.") => {
            let name = if key.ends_with("applicationId") { "none" } else { "clientId" };
            let app = json!({"installationId": "7", name: "c"});
            let git = json!({"sshKey": null, "knownHosts": null, "repo": "https://h/r.git", "githubApp": app});
            let mut values = json!({"dags": {"gitSync": git}});
            values["dags"]["gitSync"]["githubApp"].as_object_mut().unwrap().remove("none");
            values
        }
        _ if key.starts_with("dags.persistence.") => json!({"dags": {"persistence": {"enabled": true}, "gitSync": {"enabled": false}}}),
        _ if key.contains(".serviceMonitor.") => json!({steps[0]: {"serviceMonitor": {"enabled": true}}}),
        "jwtPrivateKey.trustedJwksUrl" => json!({"jwtPrivateKey": {"secretName": "s"}}),
        _ if key.starts_with("jwtPrivateKey.") => json!({"jwtPrivateKey": {"secretName": "s", "trustedJwksSecretKey": "k"}}),
        _ if key.starts_with("logs.remote.") => {
            let place = if steps[2] == "azureBlob" { "container" } else { "bucket" };
            // The name of a variable follows from the connection's.
            let secret = if key.ends_with("connectionId") { json!(null) } else { json!("secret") };
            json!({"logs": {"remote": {steps[2]: {place: "logs", "connectionSecretName": secret}}}})
        }
        _ if key.starts_with("logs.persistence.") => json!({"logs": {"persistence": {"enabled": true}}}),
        "dags.gitSync.credentialsSecret" | "dags.gitSync.sshKeySecret" => {
            let repo = if key.ends_with("sshKeySecret") { "git@h:r.git" } else { "https://h/r.git" };
            json!({"dags": {"gitSync": {"sshKey": null, "knownHosts": null, "repo": repo}}})
        }
        _ if key.starts_with("triggerer.sets[].") => {
            let sets = json!([{"name": "set", "queues": ["default"], "persistence": {"fixPermissions": true}}]);
            json!({"airflowVersion": "3.3.2", "triggerer": {"sets": sets}, "config": {"core": {"multi_team": true}}})
        }
        _ if key.starts_with("dagProcessor.sets[].") => {
            json!({"dagProcessor": {"sets": [{"name": "set", "bundles": ["dags-folder"]}]}})
        }
        _ if key.starts_with("workers.edge.sets[]") => json!({"workers": {"edge": {"sets": [{"name": "set"}]}}}),
        _ if key.starts_with("workers.celery.sets[]") => {
            json!({"workers": {"celery": {"sets": [{"name": "set", "persistence": {"fixPermissions": true}}]}}})
        }
        _ if key.starts_with("apiServer.apiServerConfigConfigMapName") => json!({"apiServer": {"apiServerConfig": null}}),
        _ if key.starts_with("elasticsearch.connection.") || key.starts_with("opensearch.connection.") || key.contains("search.secret") => {
            let connection = if key.ends_with("secretName") { json!({}) } else { json!({"host": "h", "user": "u", "pass": "p"}) };
            json!({steps[0]: {"enabled": true, "connection": connection}})
        }
        _ if key.starts_with("registry.connection.") => {
            json!({"registry": {"connection": {"host": "h", "user": "u", "pass": "p", "email": "e"}}})
        }
        _ if key.starts_with("priorityClasses[]") => json!({"priorityClasses": [{"name": "p", "value": 1}]}),
        _ if key.starts_with("dagProcessor.dagBundleConfigList[]") => {
            let bundles = json!([{"name": "n", "classpath": "c"}]);
            json!({"dags": {"gitSync": {"enabled": false}}, "dagProcessor": {"dagBundleConfigList": bundles}, "config": {"core": {"multi_team": true}}})
        }
        _ if key.starts_with("postgresql.auth.") => {
            json!({"data": {"metadataConnection": {"host": "h"}}, "postgresql": {"auth": {"username": "u", "password": "p"}}})
        }
        _ if key.starts_with("secret[]") => json!({"secret": [{"envName": "A", "secretName": "b", "secretKey": "c"}]}),
        _ if key.starts_with("env[]") => json!({"env": [{"name": "A", "value": "b"}]}),
        _ => json!({}),
    };
    merge(&mut values, more);
    values
}

/// Values for Airflow 1.10 in which the keys have an effect.
fn base_1_10(key: &str) -> Value {
    let mut values = json!({"airflowVersion": "1.10.10", "fernetKeySecretName": "fernet", "data": {"metadataSecretName": "database"}});
    let share = |secret: &str| json!({"storageAccount": "account", "shareName": "share", "secretName": secret});
    let volume = |secret: &str| json!({"enabled": true, "volume": {"azureFile": share(secret)}});
    let more = match key {
        _ if key.ends_with("existingClaim") => {
            json!({"dags": {"persistence": {"enabled": true}}, "logs": {"persistence": {"enabled": true}}})
        }
        _ if key.contains(".persistence.volume.") => volume_of_kind(key, share("one")),
        _ if key.contains(".persistence.") => json!({"dags": {"persistence": volume("one")}, "logs": {"persistence": volume("two")}}),
        _ if key.ends_with("credentialsSecret") || key.ends_with("sshKeySecret") => {
            json!({"dags": {"gitSync": {"enabled": true, "repo": "a"}}})
        }
        _ if key.starts_with("dags.gitSync.") => json!({"dags": {"gitSync": {"enabled": true, "repo": "a", "sshKeySecret": "b"}}}),
        "fernetKey" | "fernetKey.placeholder" => json!({"fernetKeySecretName": null}),
        "data.metadataConnection.placeholder" | "data.metadataConnection.host" => json!({"data": {"metadataSecretName": null}}),
        _ if key.starts_with("data.metadataConnection.") => {
            json!({"data": {"metadataSecretName": null, "metadataConnection": {"host": "h", "user": "u"}}})
        }
        _ if key.ends_with("SourceRanges[]") => json!({"webserver": {"service": {"type": "LoadBalancer"}}}),
        _ if key.starts_with("webserver.service.ports[]") => ports("webserver"),
        _ if key.starts_with("secret[]") => json!({"secret": [{"envName": "A", "secretName": "b", "secretKey": "c"}]}),
        _ if key.starts_with("env[]") => json!({"env": [{"name": "A", "value": "b"}]}),
        _ => json!({}),
    };
    merge(&mut values, more);
    values
}

/// A volume of the kind that the key is of.
fn volume_of_kind(key: &str, share: Value) -> Value {
    let steps: Vec<&str> = key.split('.').collect();
    let source = match steps[3] {
        "efs" => json!({"fileSystemId": "fs-0123456789abcdef0"}),
        "filestore" => json!({"instance": "i", "location": "l", "share": "s", "ip": "10.0.0.2"}),
        "nfs" => json!({"server": "10.0.0.2", "path": "/p"}),
        _ => share,
    };
    let kind = if matches!(steps[3], "efs" | "filestore" | "nfs") { steps[3] } else { "azureFile" };
    json!({"dags": {"gitSync": {"enabled": false}}, steps[0]: {"persistence": {"enabled": true, "volume": {kind: source}}}})
}

/// A port of a component's Service, given as strings.
fn ports(component: &str) -> Value {
    // The container's port stays where the Service's is another.
    let number = if component == "flower" { 5555 } else { 8080 };
    let port = json!({"name": "airflow-ui", "port": number.to_string(), "targetPort": number});
    json!({component: {"service": {"type": "NodePort", "ports": [port]}}})
}

/// Puts a string at a key: `[]` is the first item of a list, `*` the entry of a free map.
pub fn put(values: &mut Value, key: &str, text: &str) {
    let mut place = values;
    for step in key.replace("[]", ".[]").split('.') {
        if place.is_string() {
            *place = json!({});
        }
        place = match step {
            "[]" => {
                if !place.is_array() {
                    *place = json!([null]);
                }
                &mut place[0]
            }
            "*" if key.starts_with("extra") => &mut place["extra"],
            "*" if key.contains("externalSecrets.keys") => &mut place["jwtSecret"],
            "*" => &mut place["smtp_host"],
            step => &mut place[step],
        };
    }
    *place = text.into();
}
