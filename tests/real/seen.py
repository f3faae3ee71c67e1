"""What templates in values see of the official chart's defaults besides those that gen has: src/layers/editions/seen.yaml.

  seen.py GEN CHART.tgz

Prints the file as it has to be.
"""
import subprocess
import sys
import tarfile

import yaml

HEADING = """\
# What templates in values see of the official chart's defaults (chart {version}) besides those of current.yaml: keys whose defaults
# the types of the values have, or that follow from other keys there; without templates, longer texts and lists of maps.
# `tests/real/run go-templates` writes it.
"""


def besides(chart, known):
    """What of the chart's defaults is not known."""
    left = {}
    for key, value in chart.items():
        if key not in known:
            if is_plain(value):
                left[key] = value
            elif isinstance(value, dict):
                left[key] = besides(value, {})
        elif isinstance(value, dict) and isinstance(known[key], dict):
            below = besides(value, known[key])
            if below:
                left[key] = below
    return left


def is_plain(value):
    """Whether it is no template, no text of many words, and nothing with such a text."""
    if isinstance(value, str):
        return "{{" not in value and len(value) <= 40
    if isinstance(value, list):
        return all(not isinstance(item, (dict, list)) and is_plain(item) for item in value)
    return not isinstance(value, dict) and value is not None


def main():
    gen, archive = sys.argv[1:]
    with tarfile.open(archive) as files:
        chart, about = (yaml.safe_load(files.extractfile(f"airflow/{name}.yaml").read()) for name in ("values", "Chart"))
    known = subprocess.run([gen, "values", "-q"], stdout=subprocess.PIPE, check=True).stdout
    left = besides(chart, yaml.safe_load(known))
    print(HEADING.format(version=about["version"]) + yaml.safe_dump(left, sort_keys=False, default_flow_style=None, width=130), end="")


if __name__ == "__main__":
    main()
