#!/usr/bin/env python3
"""Let Python's jsonschema judge the values files by the JSON Schema that gen prints.

    tests/real/schema.py GEN

What gen renders, the schema takes; but for keys that the chart takes and nobody reads, which gen warns of. Where gen says of
a file in values/invalid/ that a key, a type or a form is wrong, the schema refuses it too. Exit status: 0 no finding, 1 findings.
"""

import json
import pathlib
import re
import subprocess
import sys

import jsonschema
import yaml

# Gen says of these that a value must be something, by rules that look further than types.
BY_OTHER_RULES = {
    "environment", "extra-object-form", "handover-incomplete", "handover-path", "handover-path-of-flux", "keys-of-one-map", "patches",
    "variable-given-twice", "yaml-in-text",
}

# What gen says of a key, a type or a form that is wrong.
OF_THE_SCHEMA = re.compile(r"^error: (?:unknown key `|`[^`]+` must be |`[^`]+` lacks its key |the key of `)", re.MULTILINE)


class Loader(yaml.SafeLoader):
    """YAML as gen reads it: the booleans of YAML 1.1 are texts, and so are dates."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, form) for tag, form in resolvers if tag not in ("tag:yaml.org,2002:bool", "tag:yaml.org,2002:timestamp")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(true|True|TRUE|false|False|FALSE)$"), list("tTfF"))

def gen(*arguments):
    return subprocess.run([sys.argv[1], *arguments], capture_output=True, text=True)


def validators():
    for edition in "1.10", "current":
        schema = json.loads(gen("schema", "--edition", edition).stdout)
        jsonschema.Draft7Validator.check_schema(schema)
        yield edition, jsonschema.Draft7Validator(schema)


def values_of(path):
    try:
        values = yaml.load(path.read_text(), Loader)
        # The keys of JSON are texts; what holds itself is none.
        return json.loads(json.dumps(values)) if isinstance(values, dict) else None
    except (yaml.YAMLError, UnicodeDecodeError, ValueError):
        return None


def main():
    by_edition = dict(validators())
    taken, refused, faults = 0, 0, []
    for path in sorted(pathlib.Path("values").rglob("*.yaml")):
        values = values_of(path)
        if values is None:
            continue
        edition = "1.10" if str(values.get("airflowVersion", "")).startswith("1.10") else "current"
        found = [f"{error.json_path}: {error.message[:200]}" for error in by_edition[edition].iter_errors(values)]
        kind = path.parts[1] if len(path.parts) > 2 else ""
        # What is to be checked is manifests.
        if kind == "check":
            continue
        # Of a key that means nothing gen warns there, and the schema, which editors use, refuses it.
        if kind in ("told", "migrate"):
            found = [one for one in found if ": Additional properties are not allowed" not in one]
        if kind == "invalid":
            refused += bool(found)
            said = OF_THE_SCHEMA.findall(gen("-f", str(path)).stderr)
            if said and not found and path.stem not in BY_OTHER_RULES:
                faults.append(f"{path} is taken, of which gen says {said}")
        elif found:
            faults.append(f"{path} is refused: {found[:3]}")
        else:
            taken += 1
    print("\n".join(faults + [f"{taken} files are taken; of values/invalid/ {refused} are refused"]))
    return bool(faults)


sys.exit(main())
