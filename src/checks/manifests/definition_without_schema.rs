//! A version of a CustomResourceDefinition has no schema of an object.

use crate::checks::Release;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::kubernetes::Manifest;

pub(in crate::checks) static RULE: Rule = Rule {
    code: "M104",
    name: "definition-without-schema",
    level: Level::Error,
    what: "A version of a CustomResourceDefinition has no schema of an object.",
    why: "The API server refuses the definition: since `apiextensions.k8s.io/v1`, each version says what its objects look like.",
    example: Example {
        of: Of::Manifests,
        refused: "{apiVersion: apiextensions.k8s.io/v1, kind: CustomResourceDefinition, metadata: {name: as.example.com}, spec: {group: example.com, scope: Namespaced, names: {plural: as, kind: A}, versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {}}}]}}",
        instead: "{apiVersion: apiextensions.k8s.io/v1, kind: CustomResourceDefinition, metadata: {name: as.example.com}, spec: {group: example.com, scope: Namespaced, names: {plural: as, kind: A}, versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object}}}]}}",
    },
    check: Check::Manifest(check),
};

fn check(manifest: &Manifest, _: &Release<'_>, found: &mut Findings) {
    if (manifest.api_version(), manifest.kind()) != ("apiextensions.k8s.io/v1", "CustomResourceDefinition") {
        return;
    }
    for version in manifest.object.items(&["spec", "versions"]) {
        let schema = version.at(&["schema", "openAPIV3Schema"]);
        let (kind, keeps) =
            (schema.and_then(|one| one.get("type")), schema.and_then(|one| one.get("x-kubernetes-preserve-unknown-fields")));
        let takes_anything = kind.is_none() && keeps.is_some_and(|node| node.scalar() == "true");
        if takes_anything || kind.is_some_and(|kind| kind.scalar() == "object") {
            continue;
        }
        let name = version.text(&["name"]).unwrap_or_default();
        let fault = match schema {
            Some(_) => format!("the schema of its version `{name}` has no `type: object`"),
            None => format!("its version `{name}` has no `schema.openAPIV3Schema`"),
        };
        let finding = found.in_manifest(manifest, fault).at_node(manifest, schema.unwrap_or(version));
        finding.help("begin the schema with `type: object`; `x-kubernetes-preserve-unknown-fields: true` beside it takes anything");
    }
}
