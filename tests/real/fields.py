"""Say which fields of Kubernetes' API came with which version: fields.py VERSION=FILE...

Each FILE has what tests/real/fields prints for the minor VERSION of Kubernetes 1, the oldest first. Prints, by definition and
field, the version that a field came with, as src/schema/kubernetes-fields.json has it; what is as old as its definition is left out: a
definition may be an old one by another name, and the field that leads to it has a version of its own.
"""
import json
import sys


def main(*said):
    known, since = {}, {}
    for one in said:
        version, path = one.split("=", 1)
        with open(path, encoding="utf-8") as f:
            definitions = json.load(f)
        for name, fields in definitions.items():
            if name in known:
                since.setdefault(name, {}).update((field, int(version)) for field in fields if field not in known[name])
            known.setdefault(name, set()).update(fields)
    json.dump({name: fields for name, fields in since.items() if fields}, sys.stdout, indent=1, sort_keys=True)
    print()
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
