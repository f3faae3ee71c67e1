"""What Helm makes of the expressions of tests/go-templates.yaml.

  go_templates.py HELM

Each is resolved as the official chart resolves texts of the values, by `tpl`. What gen refuses is printed with what Helm gives.
Exit status: 0 Helm gives what the file says, 1 it gives something else.
"""
import pathlib
import subprocess
import sys
import tempfile

import yaml

CHART = {
    "Chart.yaml": "apiVersion: v2\nname: airflow\nversion: 1.0.0\n",
    "templates/given.yaml": "given: {{ tpl .Values.expression . | toJson }}\n",
}


def given(helm, chart, values):
    """What Helm makes of an expression; None if it fails."""
    done = subprocess.run([helm, "template", "rel", chart, "--namespace", "space", "--values", "-"],
                          input=yaml.safe_dump(values), capture_output=True, text=True, check=False)
    return yaml.safe_load(done.stdout)["given"] if done.returncode == 0 else None


def main():
    helm = sys.argv[1]
    file = yaml.safe_load(pathlib.Path("tests/go-templates.yaml").read_text())
    wrong = 0
    with tempfile.TemporaryDirectory() as chart:
        for path, text in CHART.items():
            (pathlib.Path(chart) / path).parent.mkdir(exist_ok=True)
            (pathlib.Path(chart) / path).write_text(text)
        for expression, *expected in file["cases"]:
            said = given(helm, chart, {**file["values"], "expression": expression})
            if not expected:
                print(f"refused  {expression}  Helm: {said!r}")
            elif said != expected[0]:
                wrong += 1
                print(f"WRONG    {expression}  expected {expected[0]!r}, Helm: {said!r}")
    print(f"{len(file['cases'])} expressions, {wrong} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
