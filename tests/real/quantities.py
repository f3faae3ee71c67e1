"""Ask an API server how it keeps quantities: quantities.py CONTROLPLANE FILE

FILE has a quantity a line, and how it is kept; each is asked, and a line that is otherwise is a finding.  With
UPDATE_GOLDEN set, the answers are written into it.
"""
import json
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "controlplane"))
from controlplane import ControlPlane  # noqa: E402


def main(binary, path):
    with open(path, encoding="utf-8") as f:
        lines = f.read().splitlines()
    rows = [line.split() for line in lines if line and not line.startswith("#")]
    written = [row[0] for row in rows]
    containers = [{"name": "n%d" % number, "image": "image", "resources": {"limits": {"cpu": one}}} for number, one in enumerate(written)]
    pod = {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "quantities"}, "spec": {"containers": containers}}
    with ControlPlane(binary) as cluster:
        status, output, error = cluster.kubectl("create", "--dry-run=server", "-o", "json", "-f", "-", stdin=json.dumps(pod))
    if status:
        print("FINDING: %s" % error.strip())
        return 1
    kept = [container["resources"]["limits"]["cpu"] for container in json.loads(output)["spec"]["containers"]]
    out = [line for line in lines if line.startswith("#")] + ["%s %s" % pair for pair in zip(written, kept)]
    if os.environ.get("UPDATE_GOLDEN"):
        with open(path, "w", encoding="utf-8") as f:
            f.write("\n".join(out) + "\n")
    wrong = [line for line in out if line not in lines]
    for line in wrong:
        print("FINDING: the server keeps %s" % line)
    print("%d quantities, %d finding(s)" % (len(rows), len(wrong)))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
