//! Faults in manifests to which no values lead, and what is said of them.

use airflow_gen::checks::{Cluster, Release, of_manifests};
use airflow_gen::kubernetes::{Manifest, Set};
use airflow_gen::model::External;
use airflow_gen::render::Rendered;
use airflow_gen::yaml;

/// What the checks find in a set of manifests.
fn findings(text: &str) -> Vec<String> {
    let documents = yaml::read(text, 0).unwrap_or_else(|error| panic!("{error:?}"));
    let rendered = documents.into_iter().map(|object| Rendered { path: "file.yaml".to_owned(), object });
    let manifests = Manifest::of(rendered.collect()).unwrap_or_else(|error| panic!("{}", error.render(false)));
    let external = [External::object("Secret", "known")];
    of_manifests(&Release { set: Set::of(&manifests), external: &external, missing: &[], cluster: Cluster::default(), open: false })
        .into_iter()
        .map(|finding| finding.title)
        .collect()
}

/// A Deployment whose pod has these fields.
fn deployment(pod: &str) -> String {
    format!(
        "{{apiVersion: apps/v1, kind: Deployment, metadata: {{name: d}}, spec: {{selector: {{matchLabels: {{a: b}}}}, template: \
         {{metadata: {{labels: {{a: b}}}}, spec: {{{pod}}}}}}}}}"
    )
}

#[test]
fn a_sound_set_has_no_findings() {
    let pod = "containers: [{name: c, image: i, envFrom: [{secretRef: {name: known}}, {configMapRef: {name: gone, optional: true}}]}], serviceAccountName: default";
    assert_eq!(findings(&deployment(pod)), ["Secret known"]);
}

#[test]
fn each_fault_is_found() {
    let pod = |pod: &str| deployment(&format!("containers: [{{name: c, image: i}}], {pod}"));
    let cases = [
        (deployment("containers: [{name: c}]"), "lacks its key `image`"),
        (pod("replicas: 1"), "unknown key `spec.template.spec.replicas`"),
        ("{apiVersion: v1, kind: Deployment, metadata: {name: d}}".to_owned(), "`v1` has no such kind"),
        ("{apiVersion: v1, kind: Secret, metadata: {name: A_b}}".to_owned(), "its name is not a DNS name"),
        ("{apiVersion: v1, kind: Namespace, metadata: {name: a.b}}".to_owned(), "its name is not a DNS label"),
        ("{apiVersion: v1, kind: Secret, metadata: {name: a, namespace: B}}".to_owned(), "its namespace `B` is not a DNS label"),
        (deployment("containers: [{name: C, image: i}]"), "`C`, of a container or a volume, is not a DNS label"),
        ("{apiVersion: v1, kind: Secret, metadata: {name: a}}\n---\n{apiVersion: v1, kind: Secret, metadata: {name: a}}".to_owned(), "the same object is there twice"),
        (deployment("containers: [{name: c, image: i}, {name: c, image: j}]"), "two containers have the name `c`"),
        (pod("volumes: [{name: v, emptyDir: {}}, {name: v, emptyDir: {}}]"), "two volumes have the name `v`"),
        (pod("volumes: [{name: v, secret: {secretName: gone}}]"), "it refers to the Secret `gone`, which nothing provides"),
        (pod("volumes: [{name: v, persistentVolumeClaim: {claimName: gone}}]"), "it refers to the PersistentVolumeClaim `gone`"),
        (pod("serviceAccountName: gone"), "it refers to the ServiceAccount `gone`"),
        (pod("imagePullSecrets: [{name: gone}]"), "it refers to the Secret `gone`"),
        (pod("volumes: [{name: v, configMap: {name: m}}]") + "\n---\n{apiVersion: v1, kind: ConfigMap, metadata: {name: other}, data: {k: v}}", "it refers to the ConfigMap `m`"),
        (deployment("containers: [{name: c, image: i}]").replace("matchLabels: {a: b}", "matchLabels: {a: c}"), "its selector does not find its own pods"),
        (pod("") + "\n---\n{apiVersion: v1, kind: Service, metadata: {name: s}, spec: {selector: {a: x}, ports: [{port: 1}]}}", "its selector finds no pods of the set"),
        (
            "{apiVersion: rbac.authorization.k8s.io/v1, kind: RoleBinding, metadata: {name: r}, roleRef: {apiGroup: g, kind: Role, name: gone}, subjects: [{kind: ServiceAccount, name: known}]}".to_owned(),
            "it refers to the Role `gone`",
        ),
        (format!("{{apiVersion: v1, kind: ConfigMap, metadata: {{name: m}}, data: {{k: {}}}}}", "x".repeat(1024 * 1024 + 1)), "its data takes 1048577 bytes"),
    ];
    for (text, expected) in cases {
        let found = findings(&text);
        assert!(
            found.iter().any(|title| title.contains(expected)),
            "{expected:?} is not among {found:?}\n{}",
            &text[..text.len().min(400)]
        );
    }
}
