"""Let the Airflow that is installed with this Python judge what src/schema/airflow-options.json says of its options.

    judge.py FILE

An option that the version knows is described by it or by a provider, or read by its code. A name that it reads still gives the
option of today its value, from airflow.cfg and from a variable, with a warning; a name that is gone does not.
"""
import importlib.metadata
import json
import os
import sys
import tempfile
import warnings

os.environ.update(_AIRFLOW__AS_LIBRARY="1", AIRFLOW_HOME=tempfile.mkdtemp())

from airflow.configuration import conf, retrieve_configuration_description  # noqa: E402
from airflow.providers_manager import ProvidersManager  # noqa: E402

MARK = "what-nobody-else-says"


def is_among(versions, version, ranges):
    for text in filter(None, ranges.split(",")):
        first, dash, last = text.partition("-")
        if versions.index(first) <= version <= versions.index(last or (versions[-1] if dash else first)):
            return True
    return False


def heard(name, new):
    """What Airflow makes of an option, if it is said by an old name alone, in airflow.cfg; and by a variable."""
    (section, option), answers = name, []
    conf.read_dict({section: {option: MARK}})
    answers.append(ask(new))
    conf.remove_option(section, option)
    variable = "AIRFLOW__%s__%s" % (section.replace(".", "_").upper(), option.upper())
    os.environ[variable] = MARK
    answers.append(ask(new))
    del os.environ[variable]
    return answers


def ask(name):
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        value = conf.get(*name, fallback=None)
    return value == MARK, any(issubclass(warning.category, (DeprecationWarning, FutureWarning)) for warning in said)


def main(path):
    with open(path, encoding="utf-8") as f:
        data = json.load(f)
    full = importlib.metadata.version("apache-airflow")
    version = data["versions"].index(".".join(full.split(".")[:2]))
    known = {(section, option) for section, options in data["options"].items() for option, ranges in options.items()
             if is_among(data["versions"], version, ranges)}
    findings = []

    described, secret = set(), set()
    for part in [retrieve_configuration_description(include_providers=False),
                 *(config for _, config in ProvidersManager().provider_configs)]:
        for section, about in part.items():
            for option, facts in (about.get("options") or {}).items():
                described.add((section.lower(), option.lower()))
                if facts.get("sensitive"):
                    secret.add("%s.%s" % (section, option))
    for section, option in sorted(described - known):
        findings.append("[%s] %s: described, and not known" % (section, option))
    for name in sorted(secret - set(data["secrets"])):
        findings.append("%s: a secret, and not known to be one" % name)

    many = {tuple(old[:2]) for olds in getattr(conf, "many_to_one_deprecated_options", {}).values() for old in olds}
    read = gone = 0
    for old, pairs in data["former"].items():
        old = tuple(old.rsplit(".", 1))
        for new, ranges in pairs:
            new = tuple(new.rsplit(".", 1))
            if old in many or new not in known:
                continue
            answers = heard(old, new)
            if is_among(data["versions"], version, ranges):
                read += 1
                if answers != [(True, True)] * 2:
                    findings.append("[%s] %s: not read, or without a warning, as [%s] %s: %s" % (*old, *new, answers))
            elif old not in known:
                gone += 1
                if any(is_read for is_read, _ in answers):
                    findings.append("[%s] %s: read as [%s] %s" % (*old, *new))
    for finding in findings:
        print("FINDING: airflow %s: %s" % (full, finding))
    print("airflow %s: %d options described, %d known, %d names that it reads still and %d that are gone judged, %d finding(s)" % (
        full, len(described), len(known), read, gone, len(findings)))
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
