"""What the makers of kinds say of them, as src/schema/foreign.json has it; see parts/foreign, which runs this.

    foreign.py

Each kind that a maker's definitions (CustomResourceDefinition) serve is named, with where it is from and whether it is in a
namespace.  Those that people write beside Airflow have a schema: the names of fields, their types, which are required, the
words and bounds that they take, and what the API server adds.  Prose, patterns and rules are left out.
"""
import glob
import json
import os
import sys

import yaml

from makers import MAKERS, kinds_of

# The kinds that have a schema, of all that there are.
WANTED = {
    "keda.sh": ["ScaledObject", "TriggerAuthentication", "ClusterTriggerAuthentication"],
    "external-secrets.io": ["ExternalSecret", "SecretStore", "ClusterSecretStore", "ClusterExternalSecret", "PushSecret"],
    "gateway.networking.k8s.io": ["HTTPRoute", "GRPCRoute", "TCPRoute", "Gateway", "BackendTLSPolicy", "ReferenceGrant"],
    "monitoring.coreos.com": ["ServiceMonitor", "PodMonitor", "PrometheusRule", "Probe"],
    "argoproj.io": ["Application", "AppProject"],
    "kustomize.toolkit.fluxcd.io": ["Kustomization"],
    "source.toolkit.fluxcd.io": ["GitRepository", "OCIRepository", "Bucket"],
}
KEPT = ["type", "enum", "minimum", "maximum"]
METADATA = {"$ref": "#/definitions/io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"}


class Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
    """A reader to which `=` is a text, as it is to Go."""


Loader.add_constructor("tag:yaml.org,2002:value", lambda loader, node: node.value)


def lean(schema):
    """A schema without what is not checked."""
    if schema.get("x-kubernetes-int-or-string"):
        return {"x-kubernetes-int-or-string": True}
    if schema.get("x-kubernetes-preserve-unknown-fields"):
        return {"type": schema["type"]} if "type" in schema else {}
    out = {key: schema[key] for key in KEPT if key in schema}
    if not all(isinstance(word, str) for word in out.get("enum", [])):
        del out["enum"]
    if schema.get("nullable") and "type" in out:
        out["type"] = [out["type"], "null"]
    for key in "items", "additionalProperties":
        if isinstance(schema.get(key), dict):
            out[key] = lean(schema[key])
    if "properties" in schema:
        below = schema["properties"]
        out["properties"] = {key: lean(value) for key, value in sorted(below.items())}
        out["additionalProperties"] = False
        # What has a default is there before the API server looks for what is missing.
        required = [key for key in schema.get("required", []) if "default" not in below.get(key, {})]
        out.update({"required": required} if required else {})
        defaults = {key: value["default"] for key, value in sorted(below.items()) if "default" in value}
        out.update({"x-defaults": defaults} if defaults else {})
    return out


def of_kind(schema):
    """The schema of a kind: nobody writes a status."""
    out = lean(schema)
    out["properties"].pop("status", None)
    out["properties"]["metadata"] = METADATA
    return out


def definitions(folder):
    """The definitions of kinds in a folder, by the files' names."""
    for path in sorted(glob.glob(os.path.join(folder, "*.yaml"))):
        with open(path, encoding="utf-8") as f:
            yield from (one for one in yaml.load_all(f, Loader) if one and one["kind"] == "CustomResourceDefinition")


def main():
    origins, kinds, schemas, names = {}, {}, {}, {}
    for maker, (module, version, path) in MAKERS.items():
        folder = kinds_of(maker)
        if not folder:
            print("the Go module %s cannot be had" % module)
            return 77
        name = "%s %s" % (maker, version.lstrip("v"))
        origins[name] = "%s@%s/%s" % (module, version, path)
        for crd in definitions(folder):
            spec = crd["spec"]
            group, kind = spec["group"], spec["names"]["kind"]
            for served in (one for one in spec["versions"] if one["served"]):
                api = "%s/%s/%s" % (group, served["name"], kind)
                kinds[api] = {"from": name, "cluster": spec["scope"] == "Cluster"}
                if kind in WANTED.get(group, []):
                    schema = of_kind(served["schema"]["openAPIV3Schema"])
                    # Versions and scopes of one kind are often alike.
                    kinds[api]["definition"] = names.setdefault(json.dumps(schema, sort_keys=True), api)
                    schemas.setdefault(kinds[api]["definition"], schema)
    line = lambda entries: ",\n".join("%s:%s" % (json.dumps(k), json.dumps(v, separators=(",", ":"))) for k, v in sorted(entries.items()))
    print('{"from":{\n%s\n},"kinds":{\n%s\n},"definitions":{\n%s\n}}' % (line(origins), line(kinds), line(schemas)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
