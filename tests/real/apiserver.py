"""Let a real API server take what gen writes; see parts/apiserver, which runs this.

    apiserver.py [-q] [-j CLUSTERS] [-d DELIVERY]... GEN CONTROLPLANE VALUES_FILE...

Each values file, for each delivery (or for its own, if it has the Application of Argo CD or the Kustomization of Flux), goes into an empty cluster as the README says: the namespaces and the kinds of
others that its header names, then `gen secrets`, then the manifests, and the same a second time, by the client and by
the server.  Every line that kubectl says on standard error is a finding, and so is an object that is not `unchanged`.
Then a changed value is applied, and has to change what gen changed, and nothing else.
Of a delivery after the first, what the first one has in the same bytes is left out: the server has spoken of it.
With -q, and for the deliveries after the first, kubectl works out what changes from the types that are built into it and
not from the server's schema, which takes it two seconds each time.  With -j, so many clusters take the files side by side.
Exit status: 0 no finding, 1 findings, 77 could not run.
"""
import argparse
import concurrent.futures
import contextlib
import json
import os
import queue
import re
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "controlplane"))
from controlplane import CannotRun, ControlPlane, end_with  # noqa: E402
from makers import MAKERS, kinds_of  # noqa: E402

# The deliveries, and the annotation of the Jobs that the tool of each makes anew instead of changing them.
DELIVERIES = {
    "kubectl": None, "argocd": "argocd.argoproj.io/hook", "flux": "kustomize.toolkit.fluxcd.io/force", "helm": "helm.sh/hook",
}
# Where the manifests stay as the article or the chart has them, an object may be kept otherwise than it is written.
AS_OTHERS_HAVE_IT = ("article", "helm")
# What a values file needs in the cluster besides.
NEEDS = re.compile(r"^# Needs in the cluster: (.*)\.$", re.M)
# kubectl sends the selector of a disruption budget each time, whatever there is (`patchStrategy: replace` in
# k8s.io/api/policy/v1, the only one of its kind).  Then it says `configured`, and the server changes nothing.
SENT_AGAIN = "poddisruptionbudget"
# Values that change, in each edition, and so do several objects.
CHANGES = ["--set", "config.core.parallelism=17", "--set", "images.airflow.tag=of-the-test"]


def needs(values):
    """What the header of a values file says that the cluster has to have."""
    with open(values, encoding="utf-8") as f:
        header = re.match(r"(#.*\n)*", f.read()).group()
    said = NEEDS.search(header)
    return said.group(1).split(", ") if said else []


def applied_by(values):
    """The one delivery of a values file that has the object by which a tool hears of the manifests."""
    with open(values, encoding="utf-8") as f:
        text = f.read()
    said = re.search(r"^delivery: *(\w+)$", text, re.M)
    return said.group(1) if said and re.search("^%s:" % said.group(1), text, re.M) else None


def run_gen(*command):
    """What gen prints, and what it says besides."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise ValueError("gen: %s" % " ".join(done.stderr.split())[:500])
    return done.stdout, done.stderr


def is_1_10(values):
    """Whether a values file is for Airflow 1.10, whose manifests stay as the article has them."""
    with open(values, encoding="utf-8") as f:
        return re.search(r"^airflowVersion: *['\"]?1\.10", f.read(), re.M) is not None


def name_of(obj):
    return "%s/%s" % (obj["kind"].lower(), obj["metadata"]["name"])


class Set:
    """What gen gives for a values file and a delivery, without documents that are known."""

    def __init__(self, gen, values, delivery, known, *more):
        arguments = ["-f", values, *([] if delivery == "article" else ["--set", "delivery=" + delivery]), *more]
        self.secrets, _ = run_gen(gen, "secrets", *arguments)
        stream, said = run_gen(gen, *arguments)
        objects = json.loads(run_gen(gen, *arguments, "--format", "json")[0])["items"]
        self.documents = ("\n" + stream).split("\n---\n")[1:]
        pairs = zip(self.documents, objects, strict=True)
        # The others may be in a namespace that is made with them.
        kept = [(document, obj) for document, obj in pairs if document not in known or obj["kind"] == "Namespace"]
        self.stream = "".join("---\n%s\n" % document for document, _ in kept)
        self.objects = [obj for _, obj in kept]
        # Secrets with placeholders, of which gen says that they are refused.
        self.refused = re.findall(r"stops at the Secret `(.+?)`", said)
        # Jobs that have to be deleted before a change, as gen says.
        self.has_fixed_jobs = "the Job cannot be changed while it is there" in said

    def by_name(self):
        return {(name_of(o), o["metadata"].get("namespace")): o for o in self.objects}

    def changed_from(self, before):
        """The names of the objects that are not as in another set."""
        old = before.by_name()
        return sorted(name for (name, namespace), obj in self.by_name().items() if old.get((name, namespace)) != obj)

    def made_anew(self, annotation):
        """The Jobs that are deleted before they are made again, by the tool of the delivery or as gen says."""
        jobs = [o for o in self.objects if o["kind"] == "Job"]
        return [o for o in jobs if self.has_fixed_jobs or annotation in o["metadata"].get("annotations", {})]


class Trial:
    """One values file, for one delivery."""

    def __init__(self, cluster, gen, values, delivery, first, quick):
        self.cluster = cluster
        self.first = first
        self.by_client = ["--openapi-patch=false"] if quick or first else []
        self.before = Set(gen, values, delivery, first.before.documents if first else ())
        self.after = Set(gen, values, delivery, first.after.documents if first else (), *CHANGES)
        self.delivery = delivery
        self.needs = needs(values)
        self.notes = []

    def kubectl(self, *arguments, stdin=""):
        """The lines that kubectl prints; what it complains of is a ValueError, but for what gen said that it would."""
        status, output, error = self.cluster.kubectl(*arguments, stdin=stdin)
        said = [line for line in error.splitlines() if line.strip()]
        foreseen = [line for line in said if "illegal base64 data" in line]
        # A comparison stops at the first of them.
        wanted = min(len(self.before.refused), 1 if arguments[0] == "diff" else len(self.before.refused))
        if stdin and foreseen and len(foreseen) == wanted:
            status, said = 0, [line for line in said if line not in foreseen]
        if status or said:
            said = said or output.splitlines()
            raise ValueError("kubectl %s: %s" % (" ".join(arguments), " | ".join(said)[:800] or "exit status %d" % status))
        return output.splitlines()

    def prepare(self):
        """An empty cluster, and what the header of the file says that it has to have."""
        self.cluster.empty()
        for what in self.needs:
            if what in MAKERS:
                folder = kinds_of(what)
                if not folder:
                    raise CannotRun("the kinds of %s cannot be had" % what)
                said = self.cluster.define(folder)
                if said:
                    raise ValueError("the kinds of %s: %s" % (what, " ".join(said.split())[:300]))
            else:
                self.kubectl("create", "namespace", re.fullmatch(r"the namespace `(.+)`", what).group(1))
        if self.before.secrets:
            self.kubectl("create", "-f", "-", stdin=self.before.secrets)

    def patch(self, name):
        """What kubectl sends for an object that it finds changed."""
        obj = next(o for o in self.before.objects if name_of(o) == name)
        _, _, error = self.cluster.kubectl("apply", "-v=9", "-f", "-", stdin=json.dumps(obj))
        bodies = re.findall(r'PATCH.*?--data(?:-raw)? \'(.*?)\' |[Rr]equest [Bb]ody.*?({.*})', error)
        return " ".join("".join(one) for one in bodies)[:700] or "?"

    def findings(self):
        """What is wrong: by kubectl's own comparison, then by the server's."""
        for how in (self.by_client, ["--server-side"]) if self.before.objects else ():
            by_server = "--server-side" in how
            try:
                self.prepare()
                apply = ["apply", *how, "-f", "-"]
                self.kubectl(*apply, stdin=self.before.stream)
                again = self.kubectl(*apply, stdin=self.before.stream)
                otherwise = [] if by_server else [line for line in again if self.differs(line)]
                if otherwise and self.delivery in AS_OTHERS_HAVE_IT:
                    self.notes.append("%d kept otherwise" % len(otherwise))
                else:
                    yield from ("the second time: %s: %s" % (line, self.patch(self.plain(line))) for line in otherwise)
                # By the client it costs what applying costs, and says what the second time has said.
                if by_server or not how:
                    self.compare(["diff", *how])
                yield from self.change(apply)
            except ValueError as e:
                yield str(e)

    def compare(self, command):
        """`kubectl diff` finds nothing.

        It reads an object, and then asks the server what applying would make of it.  Where a controller writes a status
        between the two, it finds that; so a difference is one that is still there when the controllers are done.
        """
        for patience in (1, 2, 4, 8):
            try:
                return self.kubectl(*command, "-f", "-", stdin=self.before.stream)
            except ValueError:
                time.sleep(patience)
        return self.kubectl(*command, "-f", "-", stdin=self.before.stream)

    @staticmethod
    def differs(line):
        """Whether kubectl says of an object that it is not as it was."""
        return not line.endswith(" unchanged") and not (line.startswith(SENT_AGAIN) and line.endswith(" configured"))

    @staticmethod
    def plain(line):
        """The kind and the name in a line of kubectl's: `deployment.apps/scheduler configured`."""
        kind, name = line.split()[0].split("/")
        return "%s/%s" % (kind.split(".")[0], name)

    def change(self, apply):
        """The changed values are applied, and change what gen changed."""
        wanted = self.after.changed_from(self.before)
        anew = self.after.made_anew(DELIVERIES.get(self.delivery))
        for obj in anew:
            self.kubectl("delete", "--wait=false", "job", obj["metadata"]["name"], "-n", obj["metadata"].get("namespace", "default"))
        lines = self.kubectl(*apply, stdin=self.after.stream)
        if "--server-side" not in apply:
            changed = {self.plain(line) for line in lines if self.differs(line)} - {name_of(o) for o in anew}
            wanted = set(wanted) - {name_of(o) for o in anew}
            if self.delivery in AS_OTHERS_HAVE_IT:
                changed &= wanted
            if changed != wanted:
                yield "a change changed %s instead of %s" % (sorted(changed), sorted(wanted))
            if not wanted and not self.first:
                yield "the change changed nothing"


def judge(cluster, arguments, values):
    """The lines that are said of a values file, and how many findings are among them."""
    own, first, lines, count = "article" if is_1_10(values) else applied_by(values), None, [], 0
    for delivery in [own] if own else arguments.deliveries or DELIVERIES:
        trial, findings = None, []
        try:
            trial = Trial(cluster, arguments.gen, values, delivery, first, arguments.quick)
            findings = list(trial.findings())
        except ValueError as e:
            findings = [str(e)]
        first = first or trial
        count += len(findings)
        size = "%d objects" % len(trial.before.objects) if trial else "none"
        how = "FAILED" if findings else ", ".join(["ok", *trial.notes, *("%s refused" % name for name in trial.before.refused)])
        lines.append("%-36s %-8s %-11s %s" % (os.path.basename(values), delivery, size, how))
        lines += ["FINDING: %s" % finding for finding in findings]
    return lines, count


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("-q", action="store_true", dest="quick")
    parser.add_argument("-j", type=int, default=1, dest="clusters")
    parser.add_argument("-d", action="append", choices=DELIVERIES, dest="deliveries")
    parser.add_argument("gen")
    parser.add_argument("controlplane")
    parser.add_argument("values", nargs="+")
    arguments = parser.parse_args()
    free, count = queue.Queue(), 0

    def judged(values):
        cluster = free.get()
        try:
            return judge(cluster, arguments, values)
        finally:
            free.put(cluster)

    with contextlib.ExitStack() as clusters, concurrent.futures.ThreadPoolExecutor(arguments.clusters) as pool:
        for _ in range(arguments.clusters):
            free.put(cluster := clusters.enter_context(ControlPlane(arguments.controlplane)))
        version = json.loads(cluster.kubectl("version", "-o", "json")[1])["serverVersion"]["gitVersion"]
        for lines, found in pool.map(judged, arguments.values):
            print("\n".join(lines), flush=True)
            count += found
    print("Kubernetes %s: %d finding(s)" % (version, count))
    return 1 if count else 0


if __name__ == "__main__":
    end_with(main)
