"""The words that fields of Kubernetes take, as its API server says: words.py CONTROLPLANE

Prints them as JSON, by definition and field, as src/schema/kubernetes-words.json has them.
"""
import json
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "controlplane"))
from controlplane import ControlPlane  # noqa: E402


def words(schema):
    """The words of a field, or of the items of a list."""
    return schema.get("enum") or schema.get("items", {}).get("enum")


def main(binary):
    found = {}
    with ControlPlane(binary) as cluster:
        def get(path):
            status, output, error = cluster.kubectl("get", "--raw=" + path)
            if status:
                sys.exit("words: %s: %s" % (path, error.strip()))
            return json.loads(output)

        for group, at in get("/openapi/v3")["paths"].items():
            # What is not settled yet, no manifest of gen has.
            if group.rsplit("/", 1)[-1] not in ("v1", "v2"):
                continue
            for name, schema in get(at["serverRelativeURL"]).get("components", {}).get("schemas", {}).items():
                # What the server writes, nobody else does.
                if not name.startswith("io.k8s.api.") or name.endswith("Status"):
                    continue
                fields = {field: sorted(words(one)) for field, one in schema.get("properties", {}).items() if words(one)}
                if fields:
                    found[name] = fields
    json.dump(found, sys.stdout, indent=1, sort_keys=True)
    print()


if __name__ == "__main__":
    main(*sys.argv[1:])
