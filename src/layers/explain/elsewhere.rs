//! Keys that people look for elsewhere: names from earlier charts, other charts and subcharts of the chart.

use crate::layers::{has_key, schema};
use crate::schema::Path;
use crate::values::Edition;
use crate::yaml::Node;

use super::deprecated::instead;

/// A key as it occurs in values files (`*` stands for any component), and what to do instead.
const ELSEWHERE: [(&str, &str); 43] = [
    ("serviceAccount", "each component has its own, such as `scheduler.serviceAccount`"),
    ("resources", "each component has its own, such as `scheduler.resources`"),
    ("logGroomerSidecar", "each component has its own, such as `scheduler.logGroomerSidecar`"),
    ("waitForMigrations", "each component has its own, such as `scheduler.waitForMigrations`"),
    ("extraVolumes", "set `volumes`"),
    ("*.extraEnv", "set the component's `env`"),
    ("airflow", "if this is a chart that has Airflow's among others, add `--values-from airflow`"),
    ("apiVersion", "this looks like a manifest; a values file begins with keys such as `executor`"),
    ("externalDatabase", "set `data.metadataConnection`"),
    ("extraPipPackages", "make an image that has the packages, and name it by `images.airflow.repository` and `images.airflow.tag`"),
    ("defaultAirflowVersion", "set `airflowVersion`"),
    ("workers.enabled", "the executor says whether there are workers; leave it out"),
    ("defaultUser", "set `createUserJob.defaultUser`"),
    ("web", "set `apiServer`, or `webserver` for Airflow 2"),
    ("metrics", "set `statsd`, or `otelCollector`"),
    ("apiServerConfig", "set `apiServer.apiServerConfig`"),
    ("jwtSecretKeySecretName", "set `jwtSecretName`"),
    ("dags.gitSync.httpSecret", "set `dags.gitSync.credentialsSecret`, a Secret with `GITSYNC_USERNAME` and `GITSYNC_PASSWORD`"),
    ("dags.gitSync.sshSecret", "set `dags.gitSync.sshKeySecret`, a Secret with `gitSshKey`"),
    ("externalRedis", "set `data.brokerUrl`, or `data.brokerUrlSecretName`"),
    ("rbacEnabled", "set `rbac.create`"),
    ("*.serviceAccountAnnotations", "set the annotations of its account, such as `scheduler.serviceAccount.annotations`"),
    ("scheduler.airflowLocalSettings", "set `airflowLocalSettings`"),
    ("redis.brokerURLSecretName", "set `data.brokerUrlSecretName`"),
    ("ingress.hosts", "each address has its own: `ingress.apiServer.hosts` or `ingress.web.hosts`"),
    ("ingress.annotations", "each address has its own: `ingress.apiServer.annotations` or `ingress.web.annotations`"),
    ("createUserJob.defaultUser.enabled", "set `createUserJob.enabled`"),
    ("_rpcServer", "Airflow has no RPC server; leave it out"),
    ("ports._rpcServer", "Airflow has no RPC server; leave it out"),
    ("dags.gitSync.root", "git-sync's folder is not a choice; leave it out, and set `dags.mountPath` for where DAGs are mounted"),
    ("dags.gitSync.dest", "git-sync's folder is not a choice; leave it out, and set `dags.mountPath` for where DAGs are mounted"),
    ("postgresql.primary", "set `postgresql.persistence.size`, `postgresql.persistence.storageClassName` and `postgresql.resources`"),
    ("postgresql.volumePermissions", "its volume needs none; leave it out"),
    ("postgresql.image.registry", "put the registry before the name in `postgresql.image.repository`"),
    ("postgresql.persistence.enabled", "the bundled PostgreSQL always has a volume; leave it out"),
    ("postgresql.persistence.storageClass", "set `postgresql.persistence.storageClassName`"),
    ("postgresql.postgresqlPassword", "set `postgresql.auth.postgresPassword`"),
    ("postgresql.postgresqlUsername", "set `postgresql.auth.username`"),
    ("postgresql.imageTag", "set `postgresql.image.tag`"),
    ("enableBuiltInSecretEnvVars.AIRFLOW__CORE__SQL_ALCHEMY_CONN", "Airflow 2.11 and 3 do not read it; leave it out"),
    ("enableBuiltInSecretEnvVars.AIRFLOW__CELERY__CELERY_RESULT_BACKEND", "leave it out; `AIRFLOW__CELERY__RESULT_BACKEND` is the key"),
    ("enableBuiltInSecretEnvVars.AIRFLOW__ELASTICSEARCH__ELASTICSEARCH_HOST", "leave it out; `AIRFLOW__ELASTICSEARCH__HOST` is the key"),
    ("workers.persistence.containerLifecycleHooks", "set `workers.containerLifecycleHooks`"),
];

/// What to do instead of using a key that does not exist.
pub fn help(path: &str) -> Option<&'static str> {
    let is = |pattern: &str| match pattern.strip_prefix("*.") {
        Some(last) => path.split_once('.').is_some_and(|(_, rest)| rest == last),
        None => path == pattern,
    };
    ELSEWHERE.iter().find(|(pattern, _)| is(pattern)).map(|(_, help)| *help)
}

/// The keys of an edition that end as a path does, old names aside.
pub fn keys_ending(edition: Edition, end: &str) -> Vec<String> {
    let is_old = |path: &str| {
        let mut known = (schema(), String::new());
        path.split('.').any(|key| {
            let (map, parent) = &known;
            let is_old = !instead(*map, parent, key).is_empty();
            let path = if parent.is_empty() { key.to_owned() } else { format!("{parent}.{key}") };
            known = (map.property(key).unwrap_or(*map), path);
            is_old
        })
    };
    schema().keys_ending(end).into_iter().filter(|key| has_key(edition, key) && !is_old(key)).collect()
}

/// The keys of that name that are elsewhere, if they are few: those that take what the value holds, or all if none does.
pub fn places(edition: Edition, path: &str, value: Option<&Node>) -> Vec<String> {
    const MOST: usize = 3;
    let name = path.rsplit('.').next().unwrap_or(path);
    let mut found = keys_ending(edition, name);
    found.retain(|key| key != path);
    // Where others have it in a part of the same name, this part is meant, and does not have it.
    let part = |path: &str| path.rsplit('.').nth(1).map(str::to_owned);
    if path.matches('.').count() > 1 && found.iter().any(|key| part(key) == part(path)) {
        return Vec::new();
    }
    let takes = |key: &String| {
        let declared = Path::of_keys(key).schema(schema());
        value
            .and_then(Node::as_map)
            .is_some_and(|map| !map.is_empty() && declared.is_some_and(|form| map.keys().all(|key| form.declares(key))))
    };
    if found.iter().any(takes) {
        found.retain(takes);
    }
    if found.len() > MOST { Vec::new() } else { found }
}

/// What to do instead of using a key that stands in the wrong place.
pub fn moved(edition: Edition, path: &str, value: Option<&Node>) -> Option<String> {
    let keys: Vec<String> = places(edition, path, value).iter().map(|key| format!("`{key}`")).collect();
    (!keys.is_empty()).then(|| format!("set {}", keys.join(" or ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_key(path: &str) -> bool {
        let mut schema = schema();
        let declared = path.split('.').all(|key| {
            let declared = schema.declares(key);
            schema = schema.property(key).unwrap_or(schema);
            declared
        });
        declared && has_key(Edition::Current, path)
    }

    #[test]
    fn what_is_elsewhere_is_not_a_key_here() {
        for (pattern, help) in ELSEWHERE {
            let path = pattern.replace('*', "scheduler");
            assert!(!is_key(&path), "{path} is a key");
            for key in help.split('`').skip(1).step_by(2).filter(|key| key.contains('.')) {
                assert!(is_key(key), "{key} is not a key");
            }
        }
    }

    #[test]
    fn a_key_in_the_wrong_place_is_one_that_takes_its_value() {
        let node = |text: &str| crate::yaml::read(text, 0).unwrap().remove(0);
        for (path, value, expected) in [
            ("gitSync", "{enabled: true, repo: a}", Some("set `dags.gitSync`")),
            ("gitSync", "{repository: a}", Some("set `images.gitSync`")),
            ("keda", "{enabled: true}", Some("set `triggerer.keda` or `workers.celery.keda`")),
            ("replicas", "3", None),
            ("zzz", "3", None),
        ] {
            assert_eq!(moved(Edition::Current, path, Some(&node(value))).as_deref(), expected, "{path}");
        }
    }

    #[test]
    fn any_component_may_stand_before_a_key() {
        assert_eq!(help("workers.extraEnv"), Some("set the component's `env`"));
        assert_eq!(help("extraEnv"), None);
    }
}
