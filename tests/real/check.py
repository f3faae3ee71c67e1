"""Let an API server judge the manifests of public collections, and compare with `gen check`: check.py GEN CONTROLPLANE SOURCE...

A SOURCE is a folder or a git repository.  Each file by itself is given to `gen check`, and each object in it to the server, as
it stands but for its namespace and for what servers add.  A finding is an object that the server takes and gen refuses.  What
gen lets pass and the server refuses is listed by the server's words.
"""
import collections
import json
import os
import re
import subprocess
import sys
import tempfile

import yaml

here = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(here, "controlplane"), here]
from controlplane import ControlPlane, end_with  # noqa: E402
from rules import Server  # noqa: E402

# What a server adds, and what belongs to the cluster that an object was in.
ADDED = ("creationTimestamp", "generation", "managedFields", "namespace", "ownerReferences", "resourceVersion", "selfLink", "uid")
# What a server asks of a cluster and not of the object: the key that asks for it is left out then.
ASKED = {
    "service account .*not found": ("serviceAccountName", "serviceAccount"),
    "no PriorityClass": ("priorityClassName",),
    "RuntimeClass .*not found": ("runtimeClassName",),
    "disallowed by cluster policy": ("privileged",),
}
# What holds for the one cluster alone.
OF_CLUSTER = re.compile("already exists|not in the valid range|already allocated|is forbidden|failed to allocate")
# Rules of gen at which the server does not look: about several objects, M5 (what is there twice), M7 (references), N2 (ports), and
# about what it takes and no node can run, W1.
BEYOND = ("M5", "M7", "N2", "W1")


class Loader(yaml.SafeLoader):
    """YAML as kubectl reads it: a date is a text."""


Loader.yaml_implicit_resolvers = {
    first: [one for one in resolvers if one[0] != "tag:yaml.org,2002:timestamp"] for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()}


def documents(text):
    """The line on which each document of a text begins, and the objects in it."""
    loader = Loader(text)
    try:
        while loader.check_node():
            node = loader.get_node()
            yield node.start_mark.line + 1, list(items(loader.construct_document(node)))
    finally:
        loader.dispose()


def items(found):
    if isinstance(found, dict) and str(found.get("kind", "")).endswith("List") and isinstance(found.get("items"), list):
        for item in found["items"]:
            yield from items(item)
    elif found is not None:
        yield found


class Judge(Server):
    """The API server, with the kinds that it has."""

    def __init__(self, port):
        super().__init__(port)
        self.kinds = {}
        groups = self.ask("GET", "/apis")[1]["groups"]
        for version in ["v1"] + [one["groupVersion"] for group in groups for one in group["versions"]]:
            for one in self.ask("GET", self.base(version))[1].get("resources", []):
                if "create" in one["verbs"] and "/" not in one["name"]:
                    self.kinds[version, one["kind"]] = one

    @staticmethod
    def base(version):
        return ("/apis/" if "/" in version else "/api/") + version

    def why_not(self, found):
        """Why the server does not take an object; nothing if it does."""
        if not isinstance(found, dict) or not all(isinstance(found.get(key), str) for key in ("apiVersion", "kind")):
            return "no object"
        kind = self.kinds.get((found["apiVersion"], found["kind"]))
        if not kind:
            return "no such kind"
        found = json.loads(json.dumps(found))
        found.pop("status", None)
        if isinstance(found.get("metadata"), dict):
            for key in ADDED:
                found["metadata"].pop(key, None)
        where = "/namespaces/default" if kind["namespaced"] else ""
        path = "%s%s/%s?dryRun=All&fieldValidation=Strict" % (self.base(found["apiVersion"]), where, kind["name"])
        for _ in range(len(ASKED) + 1):
            status, answer = self.ask("POST", path, json.dumps(found).encode())
            why = answer.get("message", "it says %d" % status) if status not in (200, 201) else None
            asked = next((keys for words, keys in ASKED.items() if why and re.search(words, why)), None)
            # Beside another fault it does not count.
            if not asked or len((answer.get("details") or {}).get("causes", [])) > 1:
                return None if why and OF_CLUSTER.search(why) else why
            without(found, asked)
        return None


def without(found, keys):
    """Takes keys out of a tree."""
    if isinstance(found, dict):
        for key in keys:
            found.pop(key, None)
        found = found.values()
    for one in found if not isinstance(found, (str, int, float, bool, type(None))) else ():
        without(one, keys)


def said(gen, path):
    """What gen says is wrong in a file: line, code and message."""
    done = subprocess.run([gen, "check", "--message-format", "json", path], capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1, 2):
        raise SystemExit("gen ended with %d on %s: %s" % (done.returncode, path, done.stderr[-500:]))
    told = [json.loads(line) for line in done.stdout.splitlines()]
    return [((one["place"] or {"line": 1})["line"], one["code"], one["message"]) for one in told if one["severity"] == "error"]


def files(folder):
    for at, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in ("vendor", "node_modules"))
        yield from (os.path.join(at, name) for name in sorted(names) if name.endswith((".yaml", ".yml", ".json")))


def words(why):
    """The words of a server without what they are about."""
    why = re.sub(r'^.*? is invalid: \[?', "", why.split("\n")[0])
    return re.sub(r'"[^"]*"|\{.*\}|\[[^\]]*\]|\d+', "..", why)[:110]


def judge(gen, server, folder):
    """Compares all files of a folder, and gives the numbers, the findings, and what the server alone refuses."""
    count, findings, missed = collections.Counter(), [], collections.defaultdict(list)
    for path in files(folder):
        name = os.path.relpath(path, folder)
        with open(path, encoding="utf-8", errors="replace") as f:
            text = f.read()
        wrong = said(gen, path)
        try:
            parts = list(documents(text))
        except (yaml.YAMLError, ValueError):
            count["no YAML"] += 1
            # With tabs in JSON, for one, only YAML 1.1 has trouble.
            if not any(code in ("F102", "F103", "F112") for _, code, _ in wrong):
                print("%s: PyYAML cannot read it, and gen can" % name)
            continue
        if any(code in ("F102", "F103") for _, code, _ in wrong):
            # A key that stands twice, a template, a tag.
            count["no YAML"] += 1
            continue
        count["beyond it"] += sum(code.startswith(BEYOND) for _, code, _ in wrong)
        for number, (line, objects) in enumerate(parts):
            end = parts[number + 1][0] if number + 1 < len(parts) else float("inf")
            refused = [message for at, code, message in wrong if line <= at < end and not code.startswith(BEYOND)]
            whys = [why for why in map(server.why_not, objects) if why]
            if not objects:
                continue
            count["documents"] += 1
            # A custom resource, of which the server knows nothing.
            if not refused and set(whys) == {"no such kind"}:
                count["not judged"] += 1
            elif refused and not whys:
                count["gen alone"] += 1
                findings += ["%s:%d: %s" % (name, line, message) for message in refused]
            elif whys and not refused:
                count["server alone"] += 1
                missed[words(whys[0])].append("%s:%d" % (name, line))
            else:
                count["both refuse" if whys else "both take"] += 1
    return count, findings, missed


COLUMNS = ("documents", "both take", "both refuse", "gen alone", "server alone", "not judged", "beyond it", "no YAML")


def main(gen, binary, *sources):
    rows, bad = [], 0
    with ControlPlane(binary) as cluster:
        server = Judge(cluster.port)
        for source in sources:
            with tempfile.TemporaryDirectory() as scratch:
                folder = source
                if os.path.isdir(os.path.join(source, "objects")) or os.path.isdir(os.path.join(source, ".git")):
                    archive = subprocess.run(["git", "-C", source, "archive", "HEAD"], capture_output=True, check=False).stdout
                    subprocess.run(["tar", "x", "-C", scratch], input=archive, check=False, stderr=subprocess.DEVNULL)
                    folder = scratch
                name = os.path.basename(source.rstrip("/").removesuffix("/repo"))
                count, findings, missed = judge(gen, server, folder)
            rows.append("%-36s" % name + "".join("%14d" % count[column] for column in COLUMNS))
            bad += len(findings)
            for finding in findings:
                print("FINDING: %s: %s" % (name, finding))
            for why, places in sorted(missed.items(), key=lambda pair: -len(pair[1])):
                print("%s: the server alone refuses %d: %s (%s)" % (name, len(places), why, places[0]))
    print("\n%-36s" % "" + "".join("%14s" % column for column in COLUMNS))
    print("\n".join(rows))
    print("%d collections, %d finding(s)" % (len(sources), bad))
    return 1 if bad else 0


if __name__ == "__main__":
    end_with(main, *sys.argv[1:])
