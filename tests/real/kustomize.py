"""Let kustomize apply the patches of a values file: kustomize.py GEN KUBECTL... VALUES

What gen writes without them, and kustomize patches, has to be what gen writes with them; but for the template of pods of tasks,
which is no object to kustomize, and the checksum that follows from it.
"""
import json
import os
import subprocess
import sys
import tempfile

import yaml

CHECKSUM = "checksum/extra-objects"


def rendered(gen, values, *more):
    done = subprocess.run([gen, "-f", values, "--set", "delivery=helm", "--format", "json", *more], capture_output=True, text=True, check=False)
    if done.returncode:
        raise ValueError(done.stderr)
    return {(one["kind"], one["metadata"]["name"]): one for one in json.loads(done.stdout)["items"]}


def without_checksum(obj):
    template = obj.get("spec", {}).get("template", {})
    if isinstance(template, dict):
        template.get("metadata", {}).get("annotations", {}).pop(CHECKSUM, None)
    return obj


def main(gen, *arguments):
    *kubectl, values = arguments
    with open(values, encoding="utf-8") as f:
        patches = [one for one in yaml.safe_load(f)["patches"] if one.get("target", {}).get("kind") != "Pod"]
    before, after = rendered(gen, values, "--set-json", "patches=[]"), rendered(gen, values, "--set-json", "patches=%s" % json.dumps(patches))
    with tempfile.TemporaryDirectory() as folder:
        for one in patches:
            if isinstance(one["patch"], dict) and "target" in one:
                # kustomize asks for what it then ignores.
                header = {"apiVersion": "v1", "kind": "Any", "metadata": {"name": "any"}}
                one["patch"] = {**header, **one["patch"], "metadata": {**one["patch"].get("metadata", {}), "name": "any"}}
            if not isinstance(one["patch"], str):
                one["patch"] = json.dumps(one["patch"])
        with open(os.path.join(folder, "all.yaml"), "w", encoding="utf-8") as f:
            f.write("\n---\n".join(json.dumps(one) for one in before.values()))
        with open(os.path.join(folder, "kustomization.yaml"), "w", encoding="utf-8") as f:
            yaml.safe_dump({"resources": ["all.yaml"], "patches": patches}, f)
        done = subprocess.run([*kubectl, "kustomize", folder], capture_output=True, text=True, check=False)
    if done.returncode:
        print("FINDING: kustomize: %s" % done.stderr.strip())
        return 1
    made = {(one["kind"], one["metadata"]["name"]): one for one in yaml.safe_load_all(done.stdout)}
    wrong = [key for key in before if made.get(key) != without_checksum(after.get(key))]
    changed = sum(without_checksum(before[key]) != after[key] for key in before)
    for key in wrong:
        print("FINDING: %s %s: kustomize makes another of it" % key)
    print("%d patches of %s change %d objects, %d finding(s)" % (len(patches), os.path.basename(values), changed, len(wrong)))
    return 1 if wrong or not changed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
