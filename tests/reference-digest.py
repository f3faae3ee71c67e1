#!/usr/bin/env python3
"""Print the digests of a tree of manifests in canonical form.

usage: reference-digest.py DIR > golden/reference.sha256

The canonical form of a manifest is its object as JSON without blanks, keys sorted, with null, {} and [] fields left
out; the digest is SHA-256. Needs PyYAML.
"""
import hashlib
import json
import pathlib
import sys

import yaml


def canonical(node):
    if isinstance(node, dict):
        entries = {key: canonical(value) for key, value in node.items()}
        return {key: value for key, value in entries.items() if value not in (None, {}, [])}
    if isinstance(node, list):
        return [canonical(item) for item in node]
    return node


def main(directory):
    print("# The 17 manifests of github.com/lenadroid/airflow-azure, commit 56a000a, resource-definitions/, in canonical form.")
    print("# Made by: python3 tests/reference-digest.py resource-definitions > golden/reference.sha256")
    for path in sorted(directory.rglob("*.yaml")):
        [document] = [d for d in yaml.safe_load_all(path.read_text()) if d is not None]
        text = json.dumps(canonical(document), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        print(f"{hashlib.sha256(text.encode()).hexdigest()}  {path.relative_to(directory)}")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(pathlib.Path(sys.argv[1]))
