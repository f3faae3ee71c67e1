"""Say which fields of Kubernetes' API came with which version: fields.py VERSION=FILE...

Each FILE has what tests/real/fields prints for the minor VERSION of Kubernetes 1, the oldest first. Prints, by definition and
field, the version that a field came with, as src/schema/kubernetes-fields.json has it; what is as old as the oldest is left out.
"""
import json
import sys


def main(*said):
    versions = []
    for one in said:
        version, path = one.split("=", 1)
        with open(path, encoding="utf-8") as f:
            versions.append((int(version), json.load(f)))
    _, oldest = versions[0]
    since = {}
    for version, definitions in reversed(versions[1:]):
        for name, fields in definitions.items():
            since.setdefault(name, {}).update((field, version) for field in fields)
    for name, fields in oldest.items():
        for field in fields:
            since.get(name, {}).pop(field, None)
    json.dump({name: fields for name, fields in since.items() if fields}, sys.stdout, indent=1, sort_keys=True)
    print()
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
