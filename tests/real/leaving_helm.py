"""Go the way of docs/leaving-helm.md, as it is written, with a real Helm and a real API server; see parts/leaving-helm.

    leaving_helm.py GEN CONTROLPLANE HELM CHART PAGE VALUES_FILE...

For each values file Helm installs a release.  Then bash runs every block of the page, in order.  Where the page leaves Helm, and
where it has come back, each object has to be what it is in an empty cluster that `gen`, and `helm install`, have filled.
There is no kubelet: the pods of Jobs are said to have succeeded, so that Helm's hooks end.
Exit status: 0 no finding, 1 findings, 77 could not run.
"""
import json
import os
import re
import subprocess
import sys
import tempfile
import threading

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "controlplane"))
from controlplane import ControlPlane, end_with  # noqa: E402

RELEASE, NAMESPACE, CHART = "airflow", "data", "apache-airflow/airflow"
# What is only read ends with 1 if there are differences.
READS = re.compile(r"--against")
# Helm's marks on objects, and the names of its records.
OF_HELM = re.compile(r"helm\.sh/|^app\.kubernetes\.io/managed-by$|^sh\.helm\.release")
# Kinds that controllers make of others, and what every namespace has.
MADE = {"ControllerRevision", "Endpoints", "EndpointSlice", "Event", "Lease", "Pod", "ReplicaSet"}
OF_EACH_NAMESPACE = {("ConfigMap", "kube-root-ca.crt"), ("ServiceAccount", "default")}
# What an object has from the server, from controllers or from kubectl's bookkeeping, by the path of its keys.
FROM_OTHERS = [
    "status", "metadata/uid", "metadata/resourceVersion", "metadata/creationTimestamp", "metadata/generation", "metadata/managedFields",
    "metadata/annotations/kubectl.kubernetes.io~last-applied-configuration", "metadata/annotations/deployment.kubernetes.io~revision",
    "spec/clusterIP", "spec/clusterIPs",
    # of a Job
    "spec/selector/matchLabels/batch.kubernetes.io~controller-uid", "spec/template/metadata/labels/batch.kubernetes.io~controller-uid",
    "spec/template/metadata/labels/controller-uid", "metadata/labels/controller-uid", "metadata/labels/batch.kubernetes.io~controller-uid",
    # of a claim
    "metadata/annotations/volume.kubernetes.io~storage-provisioner",
]


def steps(page):
    """The blocks of a page that are fenced as `sh`, each with the heading above it."""
    with open(page, encoding="utf-8") as f:
        text = f.read()
    heading = ""
    for found in re.finditer(r"^## ([^\n]+)$|^```sh\n(.*?)^```$", text, re.M | re.S):
        if found.group(1):
            heading = found.group(1)
        else:
            yield heading, found.group(2)


def without(obj, path):
    """Takes a field out of an object, and maps that are empty then."""
    key, _, rest = path.partition("/")
    key = key.replace("~", "/")
    if not isinstance(obj, dict) or key not in obj:
        return
    if rest:
        without(obj[key], rest)
    if not rest or obj[key] == {}:
        del obj[key]


def leaves(node, path=""):
    """The texts, numbers and empty things of a tree, each by its path."""
    children = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    if not children:
        return {path: node}
    return {at: leaf for key, child in children for at, leaf in leaves(child, "%s/%s" % (path, key)).items()}


class Kubelet(threading.Thread):
    """Says of the pods of Jobs that they have succeeded, until it is told to stop."""

    def __init__(self, cluster):
        super().__init__(daemon=True)
        self.cluster, self.stopped = cluster, threading.Event()

    def __enter__(self):
        self.start()

    def __exit__(self, *_):
        self.stopped.set()
        self.join()

    def run(self):
        done = set()
        while not self.stopped.wait(0.5):
            for namespace, name in self.pods_of_jobs() - done:
                status, _, _ = self.cluster.kubectl("patch", "pod", name, "-n", namespace, "--subresource=status", "--type=merge",
                                                    "-p", '{"status": {"phase": "Succeeded"}}')
                if status == 0:
                    done.add((namespace, name))

    def pods_of_jobs(self):
        """Namespace and name of each, as etcd has them, which answers sooner than a kubectl starts."""
        keys = self.cluster.objects()
        jobs = tuple(key.replace("/jobs/", "/pods/") + "-" for key in keys if key.startswith("/registry/jobs/"))
        return {tuple(key.split("/")[3:]) for key in keys if key.startswith(jobs)}


class Way:
    """One release, from Helm to gen and back."""

    def __init__(self, cluster, tools, chart, values):
        self.cluster, self.values, self.findings = cluster, values, []
        self.folder = tempfile.mkdtemp(dir=cluster.home)
        # `apache-airflow/airflow` is a folder here, and Helm takes it for the chart before it asks a repository.
        os.makedirs(os.path.join(self.folder, os.path.dirname(CHART)))
        os.symlink(chart, os.path.join(self.folder, CHART))
        self.environment = {**cluster.environment, "HOME": self.folder, "PATH": "%s:%s" % (tools, os.environ["PATH"])}

    def bash(self, block):
        done = subprocess.run(["bash", "-euo", "pipefail", "-c", block], cwd=self.folder, env=self.environment,
                              capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL, timeout=900)
        return done.returncode, done.stdout, done.stderr

    def need(self, block):
        """What a block prints, which has to end well."""
        status, output, said = self.bash(block)
        if status and not (status == 1 and READS.search(block)):
            raise ValueError("exit status %d: %s: %s" % (status, block.strip(), said.strip() or output.strip()[-800:]))
        return output

    def begin(self):
        self.cluster.empty()
        self.need("kubectl create namespace %s" % NAMESPACE)

    def install(self, *files):
        self.need("helm install %s %s -n %s %s" % (RELEASE, CHART, NAMESPACE, " ".join("-f " + name for name in files)))

    def objects(self):
        """All objects of the namespace and those without one that came since the cluster was empty, by kind and name."""
        kinds = self.need("kubectl api-resources --verbs=list -o name").split()
        kinds = ",".join(kind for kind in kinds if not kind.endswith(("events", "events.k8s.io", "componentstatuses")))
        found = {}
        for obj in json.loads(self.need("kubectl get %s -n %s -o json --show-managed-fields" % (kinds, NAMESPACE)))["items"]:
            metadata = obj["metadata"]
            name = (obj["kind"], metadata["name"])
            is_ours = metadata.get("namespace") == NAMESPACE or metadata.get("labels", {}).get("release") == RELEASE
            if is_ours and obj["kind"] not in MADE and name not in OF_EACH_NAMESPACE:
                found[name] = obj
        return found

    def differences(self, what, found, wanted):
        """What is not as it would be; Secrets that `gen secrets` fills have other values."""
        # The record of a release says when; a Secret that nobody needs stays; a Job goes by itself after a while.
        names = {name for name in {*found, *wanted} if not OF_HELM.search(name[1])}
        names -= self.stay - set(wanted)
        names -= {name for name in set(wanted) - set(found) if name[0] == "Job"}
        for name in sorted(names):
            if name not in found or name not in wanted:
                self.findings.append("%s: %s/%s is %s" % (what, *name, "left" if name in found else "missing"))
                continue
            is_, would_be = (leaves(self.own(objects[name])) for objects in (found, wanted))
            for path in sorted({*is_, *would_be}):
                if is_.get(path) != would_be.get(path):
                    told = "%.200r instead of %.200r" % (is_.get(path, "nothing"), would_be.get(path, "nothing"))
                    self.findings.append("%s: %s/%s %s: %s" % (what, *name, path, told))

    def own(self, obj):
        """An object without what it has from others; of a Secret that `gen secrets` fills the keys alone."""
        obj = json.loads(json.dumps(obj))
        for path in FROM_OTHERS:
            without(obj, path)
        if (obj["kind"], obj["metadata"]["name"]) in self.fresh:
            obj["data"] = sorted(obj["data"])
        return obj

    def run(self, page, *numbers):
        """The blocks below the headings with these numbers."""
        for number in numbers:
            blocks = [block for heading, block in page if heading.startswith(number + ". ")]
            if not blocks:
                raise ValueError("the page has nothing to run below a heading %s." % number)
            for block in blocks:
                self.need(block)

    def go(self, page):
        """The whole way; the findings are what is not as the page says."""
        self.begin()
        self.install(self.values)
        before = self.objects()
        self.run(page, "1", "2")
        if ("StatefulSet", "airflow-postgresql") in before:
            self.refused()
            return
        self.run(page, "3", "4")
        # Secrets that only Helm has stay, needed or not.
        with open(os.path.join(self.folder, "changes.txt"), encoding="utf-8") as f:
            self.stay = {("Secret", name) for name in re.findall(r"^- Secret (\S+)$", f.read(), re.M)}
        left = self.objects()
        self.nothing_of_helm(left)
        self.unchanged("kubectl apply -f manifests.yaml")
        self.run(page, "5")
        back = self.objects()
        for name in sorted(self.stay):
            if not before[name]["data"] == left.get(name, {}).get("data") == back.get(name, {}).get("data"):
                self.findings.append("%s/%s is not as the chart filled it" % name)
        self.released()
        self.differences("left", left, self.first_apply())
        self.differences("back", back, self.first_install())
        self.server_side(page)

    def nothing_of_helm(self, objects):
        """No record and no mark of Helm's is left, and Helm can delete nothing."""
        for name, obj in objects.items():
            metadata = obj["metadata"]
            marks = [key for key in {**metadata.get("labels", {}), **metadata.get("annotations", {})} if OF_HELM.search(key)]
            marks += [one["manager"] for one in metadata.get("managedFields", []) if one["manager"] == "helm"]
            marks += ["the record of a release"] if OF_HELM.search(name[1]) else []
            self.findings += ["%s/%s has %s of Helm's" % (*name, mark) for mark in marks]
        status, _, said = self.bash("helm uninstall %s -n %s" % (RELEASE, NAMESPACE))
        if not status or "not found" not in said:
            self.findings.append("helm uninstall: exit status %d: %s" % (status, said))
        if set(self.objects()) != set(objects):
            self.findings.append("helm uninstall has changed which objects there are")

    def refused(self):
        """The API server does not make another PostgreSQL of the bundled one, and takes all else."""
        status, _, said = self.bash("kubectl apply --dry-run=server -f manifests.yaml")
        # An error with several causes has one a line.
        errors = [line for line in said.splitlines() if line and not line.startswith(("Warning: ", "* "))]
        if not status or len(errors) != 1 or 'StatefulSet "airflow-postgresql" is invalid' not in errors[0]:
            self.findings.append("the bundled PostgreSQL: exit status %d: %s" % (status, " | ".join(errors)))

    def unchanged(self, command):
        """The same once more changes nothing; a disruption budget is `configured` each time."""
        status, output, said = self.bash(command)
        lines = [line for line in output.splitlines() if not re.search(r" unchanged$|^poddisruptionbudget.* configured$", line)]
        if status or said or lines:
            self.findings.append("%s: %s" % (command, " | ".join([*said.splitlines(), *lines])))

    def released(self):
        """Helm takes what it has for its release, and changes it without a conflict."""
        listed = json.loads(self.need("helm list -n %s -o json" % NAMESPACE))
        if [one["status"] for one in listed] != ["deployed"]:
            self.findings.append("helm list: %s" % listed)
        self.need("helm upgrade %s %s -n %s -f values.yaml -f kept.yaml --set statsd.enabled=false --set scheduler.replicas=2"
                  % (RELEASE, CHART, NAMESPACE))
        objects = self.objects()
        if ("Deployment", "airflow-statsd") in objects or objects["Deployment", "airflow-scheduler"]["spec"]["replicas"] != 2:
            self.findings.append("helm upgrade has not changed what it should")

    def with_secrets(self):
        """An empty cluster, but for the namespace and the Secrets that have to exist."""
        self.begin()
        self.need("grep ^airflowVersion kept.yaml > version.yaml")
        self.need("gen secrets -q -f values.yaml -f version.yaml --release-name %s -n %s | kubectl create -f -" % (RELEASE, NAMESPACE))
        self.fresh = {name for name in self.objects() if name[0] == "Secret"}

    def first_apply(self):
        self.with_secrets()
        self.need("kubectl apply -f manifests.yaml")
        return self.objects()

    def first_install(self):
        self.with_secrets()
        self.install("values.yaml", "kept.yaml")
        return self.objects()

    def server_side(self, page):
        """An apply by the server takes out what was Helm's and then gen's; with its records Helm deletes all of it."""
        self.begin()
        self.install(self.values)
        self.run(page, "1", "2", "3")
        self.need("gen -q -f values.yaml -f kept.yaml --release-name %s -n %s --set scheduler.logGroomerSidecar.enabled=false"
                  " | kubectl apply --server-side -f -" % (RELEASE, NAMESPACE))
        containers = self.objects()["Deployment", "airflow-scheduler"]["spec"]["template"]["spec"]["containers"]
        if [container["name"] for container in containers] != ["scheduler"]:
            self.findings.append("after an apply by the server the scheduler's pods have %s" % [c["name"] for c in containers])
        self.need("helm uninstall %s -n %s" % (RELEASE, NAMESPACE))
        if any(kind in ("Deployment", "StatefulSet") for kind, _ in self.objects()):
            self.findings.append("helm uninstall with its records has left workloads")


def main(gen, controlplane, helm, chart, page, *values):
    count = 0
    with ControlPlane(controlplane) as cluster:
        tools = cluster.path("tools")
        os.makedirs(tools)
        os.symlink(gen, os.path.join(tools, "gen"))
        os.symlink(helm, os.path.join(tools, "helm"))
        with open(os.path.join(tools, "kubectl"), "w", encoding="utf-8") as f:
            f.write('#!/bin/sh\nexec "%s" kubectl "$@"\n' % controlplane)
        os.chmod(os.path.join(tools, "kubectl"), 0o755)
        with Kubelet(cluster):
            for path in values:
                way = Way(cluster, tools, os.path.realpath(chart), os.path.realpath(path))
                try:
                    way.go(list(steps(page)))
                except ValueError as e:
                    way.findings.append(str(e))
                count += len(way.findings)
                print("%-24s %s" % (os.path.basename(path), "FAILED" if way.findings else "ok"), flush=True)
                for finding in way.findings:
                    print("FINDING: %s" % finding, flush=True)
    return 1 if count else 0


if __name__ == "__main__":
    end_with(main, *sys.argv[1:])
