#!/usr/bin/env python3
"""Let a schema judge the logs of SARIF that gen writes.

    tests/real/sarif.py GEN SCHEMA

A log for each values file, right and wrong, with `--message-format sarif`. Exit status: 0 no finding, 1 findings.
"""

import json
import pathlib
import subprocess
import sys

import jsonschema

gen, schema = sys.argv[1], json.loads(pathlib.Path(sys.argv[2]).read_text())
validator = jsonschema.Draft7Validator(schema, format_checker=jsonschema.FormatChecker())
files = sorted(file for folder in ("values", "values/told", "values/invalid") for file in pathlib.Path(folder).glob("*.yaml"))
results = findings = 0
for file in files:
    run = subprocess.run([gen, "-f", file, "--message-format", "sarif"], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    log = json.loads(run.stderr)
    results += len(log["runs"][0]["results"])
    for error in validator.iter_errors(log):
        findings += 1
        print(f"{file}: {'/'.join(map(str, error.absolute_path))}: {error.message}")
print(f"{len(files)} logs with {results} results, {findings} findings")
sys.exit(1 if findings or not results else 0)
