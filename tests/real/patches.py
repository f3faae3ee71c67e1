"""Let kubectl apply the patches of tests/patches.yaml: patches.py KUBECTL... FILE RESULTS

What comes of each stands in RESULTS, in the same order, without what is empty; `refused` for what kubectl refuses.  With
UPDATE_GOLDEN set it is written there; otherwise what differs is a finding.
"""
import json
import os
import subprocess
import sys

import yaml


def tidy(node):
    """A tree without what is empty, which kubectl adds and takes away as it likes."""
    if isinstance(node, dict):
        entries = {key: tidy(value) for key, value in node.items() if key != "creationTimestamp"}
        return {key: value for key, value in entries.items() if value not in (None, {}, [])}
    return [tidy(item) for item in node] if isinstance(node, list) else node


def applied(kubectl, obj, patch):
    how = "json" if isinstance(patch, list) else "strategic"
    command = [*kubectl, "patch", "--local", "-f", "-", "-o", "json", "--type", how, "-p", json.dumps(patch)]
    done = subprocess.run(command, input=json.dumps(obj), capture_output=True, text=True, check=False)
    return "refused" if done.returncode else tidy(json.loads(done.stdout))


def main(*arguments):
    *kubectl, path, results = arguments
    with open(path, encoding="utf-8") as f:
        given = yaml.safe_load(f)
    made = [applied(kubectl, given["objects"][case["of"]], case["patch"]) for case in given["cases"]]
    lines = [json.dumps(one, sort_keys=True) for one in made]
    if os.environ.get("UPDATE_GOLDEN"):
        with open(results, "w", encoding="utf-8") as f:
            f.write("[\n%s\n]\n" % ",\n".join(lines))
    with open(results, encoding="utf-8") as f:
        known = json.load(f)
    wrong = [(case, one) for case, one, was in zip(given["cases"], made, known) if one != was]
    for case, one in wrong:
        print("FINDING: %s\n gives %s" % (json.dumps(case["patch"]), json.dumps(one)))
    print("%d patches, %d refused, %d finding(s)" % (len(made), made.count("refused"), len(wrong) + abs(len(known) - len(made))))
    return 1 if wrong or len(known) != len(made) else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
