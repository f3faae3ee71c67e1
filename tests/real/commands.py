"""Let the parser of the Airflow that is installed with this Python read the commands of sets; see parts/edge, which runs this.

    commands.py GEN

What gen renders for `values/sets.yaml` (with a triggerer for a team besides) and `values/edge.yaml` starts triggerers, DAG processors and
workers with arguments that a set gives: each has to be an argument of the command, with the value that the values say.
Exit status: 0 no finding, 1 findings.
"""
import json
import shlex
import subprocess
import sys

TEAM = {"config": {"core": {"multi_team": True}}, "triggerer": {"sets": [{"name": "team", "queues": ["a", "b"], "teamName": "the 1st"}]}}
WANTED = [
    ("airflow-triggerer", "queues", None), ("airflow-triggerer-usual", "queues", ["default"]), ("airflow-triggerer-streams", "queues", ["streams"]),
    ("airflow-triggerer-team", "queues", ["a", "b"]), ("airflow-triggerer-team", "team_name", "the 1st"),
    ("airflow-dag-processor-sales", "bundle_name", ["sales"]), ("airflow-dag-processor-research", "bundle_name", ["research"]),
    ("airflow-edge-worker", "queues", None), ("airflow-edge-worker", "concurrency", 4),
    ("airflow-edge-worker-plant", "queues", "plant,press"), ("airflow-edge-worker-plant", "concurrency", 1),
]


def rendered(gen, version, files, more):
    told = subprocess.run([gen, *files, "-f", "-"], input=json.dumps({"airflowVersion": version, **more}), capture_output=True, text=True, check=True)
    import yaml
    for one in yaml.safe_load_all(told.stdout):
        if one and one["kind"] in ("Deployment", "StatefulSet"):
            yield one["metadata"]["name"], one["spec"]["template"]["spec"]["containers"][0].get("args", [])


def main(gen):
    import airflow
    from airflow.cli.cli_parser import get_parser
    version, parser, seen, findings = airflow.__version__, get_parser(), {}, []
    all_of_them = [(["-f", "values/sets.yaml"], {}), (["-f", "values/edge.yaml"], {}), (["-f", "values/sets.yaml"], TEAM)]
    for name, args in (one for files, more in all_of_them for one in rendered(gen, version, files, more)):
        words = shlex.split(args[-1]) if args[:2] == ["bash", "-c"] else []
        if words[:2] == ["exec", "airflow"]:
            try:
                seen.setdefault(name, []).append(vars(parser.parse_args(words[2:])))
            except SystemExit:
                findings.append("%s: Airflow does not take %s" % (name, words))
    for name, argument, value in WANTED:
        if value not in [one.get(argument) for one in seen.get(name, [])]:
            findings.append("%s: %s is not %r among %r" % (name, argument, value, [one.get(argument) for one in seen.get(name, [])]))
    for finding in findings:
        print("%s: %s" % (version, finding))
    print("%s: %s" % (version, "%d findings" % len(findings) if findings else "Airflow takes the arguments of %d sets" % len(seen)))
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
