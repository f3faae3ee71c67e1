"""Let an API server judge objects of kinds that others make: foreign_kinds.py CONTROLPLANE FILE

FILE has objects, and in the comment above each whether it is taken, see tests/foreign-kinds.yaml.  What the server takes
and the file says is refused is a finding, and the other way round.
"""
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "controlplane"))
from controlplane import CannotRun, ControlPlane, end_with  # noqa: E402
from makers import MAKERS, kinds_of  # noqa: E402


def main(binary, path):
    with open(path, encoding="utf-8") as f:
        objects = f.read().split("\n---\n")
    findings = 0
    with ControlPlane(binary) as cluster:
        for maker in MAKERS:
            folder = kinds_of(maker)
            if not folder:
                raise CannotRun("the kinds of %s cannot be had" % maker)
            said = cluster.define(folder)
            if said:
                raise CannotRun("the kinds of %s: %s" % (maker, " ".join(said.split())[:300]))
        for text in objects:
            said = [line[2:] for line in text.splitlines() if line.startswith("# ")][-1]
            status, output, error = cluster.kubectl("create", "--dry-run=server", "--validate=strict", "-f", "-", stdin=text)
            if (status == 0) != (said == "taken"):
                findings += 1
                print("FINDING: the file says `%s`, and the server %s" % (said, " ".join((output + error).split())[:500]))
    print("%d objects of others' kinds, %d finding(s)" % (len(objects), findings))
    return 1 if findings else 0


if __name__ == "__main__":
    end_with(main, *sys.argv[1:])
