"""Let an API server judge what `gen diff` says of an apply; see parts/diff, which runs this.

    judge.py GEN CONTROLPLANE CASES [NAME...]

Each case is a state and the next one.  The first is applied, `gen diff -o json` says what the second would do, and the second
is applied.  What the API server refuses has to be what was told (Z101), and nothing else; what is told to depend on the
cluster (Z102) may be either.  What is left of the first state (Z105), and what runs beside its like (Z104), has to be there.
Then the commands of the findings are run and the second state is applied again: that has to pass, and the pods that have
another template then have to be those that were told (Z106).  At the end `--removed` has to take away what was left.
Of what the cluster has of a state that was applied, `gen diff` has to say that it is that state, though the API server filled in much.
Exit status: 0 no finding, 1 findings, 77 could not run.
"""
import json
import os
import shlex
import subprocess
import sys
import tempfile
import time

import yaml

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "controlplane"))
from controlplane import ControlPlane, end_with  # noqa: E402

WORKLOADS = ("Deployment", "StatefulSet", "DaemonSet")
PATIENCE = 60  # seconds for the controllers


class Gen:
    def __init__(self, binary, folder):
        self.binary, self.folder = binary, folder

    def run(self, *arguments, ok=(0,), stdin=""):
        done = subprocess.run([self.binary, *arguments], capture_output=True, text=True, check=False, cwd=self.folder, input=stdin)
        if done.returncode not in ok:
            raise ValueError("gen %s: %s" % (" ".join(arguments), done.stderr[-600:]))
        return done.stdout

    def state(self, name, case, which, base):
        """Writes a state as a stream: objects as they are given, or those that values give."""
        path = os.path.join(self.folder, name)
        given = case[which]
        if isinstance(given, list):
            text = yaml.safe_dump_all(given)
        else:
            values = os.path.join(self.folder, name + ".values")
            with open(values, "w", encoding="utf-8") as f:
                yaml.safe_dump(merge(base, case.get("both", {}), given), f)
            text = self.run("-q", "-f", values)
        with open(path, "w", encoding="utf-8") as f:
            f.write(text)
        return path, [one for one in yaml.load_all(text, yaml.CSafeLoader) if one]


def merge(*trees):
    merged = {}
    for tree in trees:
        for key, value in tree.items():
            both = isinstance(value, dict) and isinstance(merged.get(key), dict)
            merged[key] = merge(merged[key], value) if both else value
    return merged


def key(obj):
    return obj["kind"], obj["metadata"]["name"]


def named(line):
    """The kind, in lower case, and the name of an object of which kubectl says `deployment.apps/NAME ...`."""
    resource, _, name = line.split(" ")[0].partition("/")
    return resource.split(".")[0], name


def revision(workload):
    annotations = workload["metadata"].get("annotations", {})
    return annotations.get("deployment.kubernetes.io/revision") or workload.get("status", {}).get("updateRevision")


class Judge:
    def __init__(self, gen, cluster, base):
        self.gen, self.cluster, self.base = gen, cluster, base

    def get(self, kind, name):
        status, out, _ = self.cluster.kubectl("get", kind, name, "-n", "data", "-o", "json")
        return json.loads(out) if status == 0 else None

    def apply(self, path, objects):
        """The objects of a stream that an apply does not take, each with what the API server says: kubectl names what it took."""
        _, out, err = self.cluster.kubectl("apply", "-n", "data", "-f", path)
        taken = {named(line) for line in out.splitlines()}
        return {key(one): " ".join(err.split())[:600] for one in objects if (one["kind"].lower(), one["metadata"]["name"]) not in taken}

    def present(self, path):
        """What is in the cluster of the objects of a stream."""
        _, out, _ = self.cluster.kubectl("get", "-n", "data", "--ignore-not-found", "-o", "name", "-f", path)
        return {named(line) for line in out.splitlines()}

    def as_applied(self, path):
        """What `gen diff` says of what the cluster has of a stream that was applied: it has to be nothing, whatever was filled in."""
        status, live, err = self.cluster.kubectl("get", "-n", "data", "-o", "yaml", "-f", path)
        if status:
            return ["kubectl get: %s" % err]
        said = self.gen.run("diff", "-", path, ok=(0, 1), stdin=live)
        return ["what was applied differs from what is there: %s" % said] if said else []

    def templates(self):
        """Which template the pods of each workload have, and the name that its controller gives to that, once each has been seen."""
        until = time.monotonic() + PATIENCE
        while True:
            _, out, _ = self.cluster.kubectl("get", "deployments,statefulsets,daemonsets", "-n", "data", "-o", "json")
            workloads = json.loads(out)["items"]
            unseen = [one for one in workloads if one.get("status", {}).get("observedGeneration") != one["metadata"]["generation"]]
            if not unseen or time.monotonic() > until:
                return {key(one): (revision(one), json.dumps(one["spec"]["template"], sort_keys=True)) for one in workloads}
            time.sleep(0.3)

    def judge(self, case):
        """What is not as it was told."""
        self.cluster.empty()
        self.cluster.kubectl("create", "namespace", "data")
        before, old = self.gen.state("before.yaml", case, "before", self.base)
        after, new = self.gen.state("after.yaml", case, "after", self.base)
        wrong = ["the first state is refused: %s" % said for said in self.apply(before, old).values()]
        wrong += [] if wrong else self.as_applied(before)
        for command in case.get("between", []):
            status, _, err = self.cluster.kubectl(*shlex.split(command))
            wrong += ["%s: %s" % (command, err)] if status else []
        was = self.templates()
        addresses = {key(one): self.get(*key(one))["spec"].get("clusterIP") for one in old if one["kind"] == "Service"}

        told = json.loads(self.gen.run("diff", "before.yaml", "after.yaml", "-o", "json", ok=(0, 1)))["findings"]
        by_code = {}
        for finding in told:
            names = [(one["kind"], one["name"]) for one in finding["objects"]]
            by_code.setdefault(finding["code"], []).extend(names)
        codes = sorted(by_code)
        if "told" in case and codes != sorted(case["told"]):
            wrong.append("told is %s, and not %s" % (codes, case["told"]))

        foretold, open_ = set(by_code.get("Z101", [])), set(by_code.get("Z102", []))
        refused = self.apply(after, new)
        wrong += ["is told to be refused, and is taken: %s %s" % one for one in foretold - set(refused)]
        wrong += ["is not told, and is refused: %s" % refused[one] for one in set(refused) - foretold - open_]

        there, still = self.present(before), {key(one) for one in new}
        # Where controllers run, one deletes a Job that has ended.
        ending = {key(one) for one in old if one["kind"] == "Job" and "ttlSecondsAfterFinished" in one["spec"]}
        left = {one for one in map(key, old) if (one[0].lower(), one[1]) in there and one not in still} - ending
        wrong += ["is left, and not told: %s %s" % one for one in left - set(by_code.get("Z105", []))]
        wrong += ["is told to be left, and is not: %s %s" % one for one in set(by_code.get("Z105", [])) - left]
        for kind, name in by_code.get("Z104", []):
            others = [one for one in WORKLOADS if one != kind and self.get(one, name)]
            wrong += [] if others and self.get(kind, name) else ["does not run beside another: %s %s" % (kind, name)]
        for one in by_code.get("Z103", []):
            wrong += [] if self.get(*one)["spec"].get("clusterIP") == addresses[one] else ["is not kept: %s %s" % one]

        # The way out.
        replaced = set()
        for finding in told:
            for command in finding["commands"] if finding["code"] in ("Z101", "Z103") else []:
                # Claims are made by pods, of which there are none here.
                if command.startswith("kubectl patch persistentvolumeclaim/"):
                    continue
                status, _, err = self.cluster.kubectl(*shlex.split(command)[1:], "--wait=false" if " delete " in command else "--request-timeout=60s")
                wrong += ["%s: %s" % (command, " ".join(err.split()))] if status else []
                if " delete " in command and "--cascade=orphan" not in command:
                    replaced |= {(one["kind"], one["name"]) for one in finding["objects"]}
        until = time.monotonic() + PATIENCE
        while any(self.get(*one) for one in replaced) and time.monotonic() < until:
            time.sleep(0.3)
        again = self.apply(after, new) if foretold or by_code.get("Z103") else {}
        wrong += ["after the commands it is still refused: %s" % again[one] for one in set(again) - open_]

        now = self.templates()
        restarted = {one for one, (revision, template) in now.items()
                     if one in was and (template, revision) != (was[one][1], was[one][0]) and template != was[one][1]}
        restarts = set(by_code.get("Z106", []))
        wrong += ["has another template, and is not told to restart: %s %s" % one for one in restarted - restarts - replaced]
        wrong += ["is told to restart, and its template is as it was: %s %s" % one for one in restarts - restarted - replaced]
        for one in restarted & restarts - replaced:
            wrong += ["its controller has no new revision: %s %s" % one] if now[one][0] == was[one][0] else []

        # What was left can be taken away.
        if left:
            objects = self.gen.run("diff", "--removed", "before.yaml", "after.yaml")
            names = self.gen.run("diff", "--removed", "-o", "name", "before.yaml", "after.yaml")
            if objects:
                status, _, err = self.cluster.kubectl("delete", "--ignore-not-found", "--wait=false", "--dry-run=server", "-f", "-", stdin=objects)
                wrong += ["--removed: %s" % err] if status else []
            for line in names.splitlines():
                status, _, err = self.cluster.kubectl("delete", "--wait=false", *shlex.split(line))
                wrong += ["--removed -o name: %s: %s" % (line, err)] if status else []
        return wrong, codes


def main(binary, control_plane, path, *only):
    with open(path, encoding="utf-8") as f:
        given = yaml.safe_load(f)
    findings = 0
    with tempfile.TemporaryDirectory(prefix="gen-diff-") as folder, ControlPlane(control_plane) as cluster:
        judge = Judge(Gen(os.path.abspath(binary), folder), cluster, given["values"])
        cases = [case for case in given["cases"] if not only or case["name"] in only]
        for case in cases:
            wrong, codes = judge.judge(case)
            findings += bool(wrong)
            print("%-4s %-50s %s" % ("BAD" if wrong else "ok", case["name"], " ".join(codes)), flush=True)
            for one in wrong:
                print("       " + one)
    print("%d changes, %d are not as they were told" % (len(cases), findings))
    return 1 if findings else 0


if __name__ == "__main__":
    end_with(main, *sys.argv[1:])
