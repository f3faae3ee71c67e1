"""Let real programs judge what gen writes; see manifests.sh, which runs this: manifests.py GEN VALUES_FILE...

Each part below is a function that yields findings.  PARTS says what each needs; what is not there is not passed.
"""
import glob
import importlib.util
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile

OLDEST = "1.33"  # of the versions of Kubernetes that gen supports
NO_POD = "does not have a pod template"  # what `kubectl set env` says of a kind that it decoded, and cannot change


class CannotRun(Exception):
    """The check itself is not possible, for a reason to print."""


def run(*command, stdin=""):
    """Exit status, output and errors of a command; line ends stay as they are."""
    try:
        done = subprocess.run(command, input=stdin.encode(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
    except OSError as e:
        raise CannotRun(e)
    return done.returncode, done.stdout.decode(), done.stderr.decode(errors="replace")


def one_line(text):
    return " ".join(text.split())


BEYOND = re.compile(
    r"^apiVersion: (argoproj\.io|external-secrets\.io|gateway\.networking\.k8s\.io|keda\.sh|kustomize\.toolkit\.fluxcd\.io|monitoring\.coreos\.com)/",
    re.M)


def beyond_kubernetes(path):
    """How many objects of a file neither kubectl nor kubernetes-validate knows: those of Argo CD, Flux, KEDA, the External Secrets
    Operator, the Gateway API and the Prometheus Operator."""
    with open(path, encoding="utf-8") as f:
        return len(BEYOND.findall(f.read()))


class Case:
    """What gen makes of one values file: as a stream, as JSON, and as a tree."""

    def __init__(self, gen, values, scratch):
        self.tree = os.path.join(scratch, "tree")
        self.scratch = scratch
        with open(values, encoding="utf-8") as f:
            self.placeholders = re.findall(r"\bplaceholder: *([^}\n]+)", f.read())
        results = [run(gen, "-f", values, *more) for more in ((), ("--format", "json"), ("-o", self.tree, "--with-secrets"))]
        self.error = next((error for status, _, error in results if status), None)
        if self.error is None:
            self.stream = results[0][1]
            self.objects = json.loads(results[1][1])["items"]
            files = sorted(glob.glob(os.path.join(self.tree, "**", "*.yaml"), recursive=True))
            # What lists the files is no object.
            self.files = [path for path in files if os.path.basename(path) != "kustomization.yaml"]
            self.beyond = sum(beyond_kubernetes(path) for path in self.files)
            self.known = [path for path in self.files if not beyond_kubernetes(path)]

    def name(self, path):
        return os.path.relpath(path, self.tree)


def differences(ours, theirs, path=""):
    """Where two readings differ: JSON's terms, but `true` is not 1, and 1.0 is 1."""
    if isinstance(ours, dict) and isinstance(theirs, dict):
        for key in list(ours) + [k for k in theirs if k not in ours]:
            yield from differences(ours.get(key, "(absent)"), theirs.get(key, "(absent)"), "%s.%s" % (path, key))
    elif isinstance(ours, list) and isinstance(theirs, list) and len(ours) == len(theirs):
        for index, (one, other) in enumerate(zip(ours, theirs)):
            yield from differences(one, other, "%s[%d]" % (path, index))
    elif ours != theirs or isinstance(ours, bool) != isinstance(theirs, bool) \
            or isinstance(ours, str) != isinstance(theirs, str):
        yield "%s: %s is read as %s" % (path.lstrip("."), ascii(ours), ascii(theirs))


def in_order(objects):
    return sorted(objects, key=lambda o: (o["kind"], o["metadata"].get("namespace", ""), o["metadata"]["name"]))


def annotated(stream):
    """The objects of a stream as kubectl reads them, by way of an annotation that it adds."""
    status, output, error = run("kubectl", "annotate", "--local", "-f", "-", "gen/x=y", "-o", "json", stdin=stream)
    if status:
        raise ValueError("kubectl annotate: %s" % one_line(error))
    objects, decoder = [], json.JSONDecoder()
    while output.strip():
        output = output.lstrip()
        obj, end = decoder.raw_decode(output)
        output = output[end:]
        annotations = obj["metadata"]["annotations"]
        del annotations["gen/x"]
        if not annotations:
            del obj["metadata"]["annotations"]
        objects.append(obj)
    return objects


def loaded(stream):
    """The objects of a stream as PyYAML reads them."""
    import yaml
    try:
        return list(yaml.safe_load_all(stream))
    except yaml.YAMLError as e:
        raise ValueError("PyYAML: %s" % one_line(str(e)))


def validate(case):
    """kubernetes-validate takes every file, strictly, for the oldest version of Kubernetes and its own newest."""
    from kubernetes_validate.utils import latest_version, major_minor
    versions = OLDEST, major_minor(latest_version())
    options = [part for version in versions for part in ("-k", version)]
    _, output, error = run(sys.executable, "-m", "kubernetes_validate", "--strict", *options, *case.known)
    lines = output.splitlines() + error.splitlines()
    yield from (line.replace(case.tree + os.sep, "") for line in lines if not line.startswith("INFO "))
    for version in versions:
        passed = sum(line.startswith("INFO ") and line.endswith("version %s" % version) for line in lines)
        wanted = len(case.objects) - case.beyond
        if passed != wanted:
            yield "%d of %d objects passed for Kubernetes %s" % (passed, wanted, version)


def decode(case):
    """Go's types take every file, but for a Secret with a placeholder of the values file that is not base64."""
    for path in case.known:
        status, _, error = run("kubectl", "set", "env", "--local", "-f", path, "ZZ=1", "-o", "yaml")
        with open(path, encoding="utf-8") as f:
            text = f.read()
        wanted = "illegal base64" in error and "\nkind: Secret\n" in text and any(p in text for p in case.placeholders)
        if status and NO_POD not in error and not wanted:
            yield "%s: %s" % (case.name(path), one_line(error).replace(case.tree + os.sep, ""))


def read_by_go(case):
    """kubectl reads the stream as gen's JSON."""
    yield from differences(case.objects, annotated(case.stream))


def read_by_python(case):
    """PyYAML reads the stream as gen's JSON."""
    yield from differences(case.objects, loaded(case.stream))


def kustomize(case):
    """kustomize takes the tree, and gives back the same objects."""
    copy = os.path.join(case.scratch, "kustomize")
    shutil.copytree(case.tree, copy)
    with open(os.path.join(copy, "kustomization.yaml"), "w", encoding="utf-8") as f:
        json.dump({"resources": [case.name(path) for path in case.files]}, f)
    status, output, error = run("kubectl", "kustomize", copy)
    if status:
        yield one_line(error)
    else:
        yield from differences(in_order(case.objects), in_order(loaded(output)))


TRAPS = """yes Yes YES no No NO on On ON off Off OFF y Y n N true True TRUE false FALSE null Null NULL ~ None NaN nil
    0 -0 00 0777 0o17 0O17 08 0x1F 0X1f 0b11 0B1 +1 -1 1. .5 -.5 1e3 1E3 1e+3 1.5e-3 1_000 0_7 1_0.5 0x_1 +0777 -0b1
    12:30:45 1:30 -1:30 190:20:30 1:30.5 2020-01-01 2001-12-14t21:59:43.10-05:00 2001-12-14 1.10 1.10.10 1,000
    9223372036854775807 9223372036854775808 18446744073709551616 1e999 .inf -.INF +.Inf .nan .NaN = << < > >- | |- |2
    - -- --- --- ... ? : :a a: a:b # #a a# & &a * *a ! !a !!str !!binary % %a @ @a ` `a , ,a a,b [ ] [a a] [] { } {a a} {}
    ' '' 'a' " "" "a" \\ \\n \\x41 \\u0041 a\\ $ $$ $HOME $(V) ${V} {{a}} %s %% 500m 1Gi 10% é 日本 Ünï""".split()
POINTS = [chr(c) for c in [*range(0x20), *range(0x7f, 0xa1), 0xad, 0x200b, 0x200e, 0x2028, 0x2029, 0x202e, 0x3000, 0xe000,
                           0xfdd0, 0xfeff, 0xfffd, 0xfffe, 0xffff, 0x10000, 0x1d11e, 0x1f600, 0x1fffe, 0x10ffff]]
LINES = ["", " ", "a", " a", "  a", "a ", "\ta", "a\t", "\t", "- a", "a: b", "#a", "a #b", "---", "...", '"', "'", "\\",
         "{", "| a", "%a", "\u2028", "é😀"]


def nasty(count=500):
    """Strings that some reader may take for something else: the same in every run."""
    chance = random.Random(20200808)
    some = ["", " ", *TRAPS, "a: b", "a #b", "- a", "? a", "a\\\nb", *POINTS, *("a%sb" % p for p in POINTS)]
    some += [t % chance.choice(TRAPS) for t in (" %s", "%s ", "\t%s", "%s\t", "%s:", "- %s", "%s #", "%s\n", "\n%s") * 4]
    while len(dict.fromkeys(some)) < count:
        lines = [chance.choice(LINES) for _ in range(chance.randint(2, 5))]
        some.append(chance.choice(["\n", "\n", "\n", "\r\n", "\n\n"]).join(lines))
    return list(dict.fromkeys(some))


# Where the strings go: in the values, and in the scheduler's Deployment.  Keys and names bear the string's number.
def values_of(numbered):
    text = json.dumps({
        "airflowVersion": "1.10.10",
        "fernetKeySecretName": "fernet-key",
        "data": {"metadataSecretName": "database"},
        "env": [{"name": "V%d" % n, "value": s} for n, s in numbered["env"].items()],
        "scheduler": {"args": list(numbered["args"].values()),
                      "podAnnotations": {"k%d" % n: s for n, s in numbered["podAnnotations"].items()}},
    }, ensure_ascii=False, indent=1)
    # What JSON may hold as it is, but YAML may not, or takes for a line break.
    return re.sub("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]", lambda m: "\\u%04x" % ord(m.group()), text)


def strings_of(objects, numbered):
    template = next(o for o in objects if (o["kind"], o["metadata"]["name"]) == ("Deployment", "scheduler"))["spec"]["template"]
    container = next(c for c in template["spec"]["containers"] if c["name"] == "scheduler")
    env = {e["name"]: e.get("value", "") for e in container["env"]}
    annotations = template["metadata"]["annotations"]
    args = dict(zip(numbered["args"], container["args"]))
    return {"env": {n: env.get("V%d" % n) for n in numbered["env"]}, "args": args,
            "podAnnotations": {n: annotations.get("k%d" % n) for n in numbered["podAnnotations"]}}


def fuzz(gen, readers, scratch):
    """Every reader gets back the very strings that were put in, or gen refuses them by the names of their keys."""
    values = os.path.join(scratch, "nasty.yaml")
    strings = dict(enumerate(nasty()))
    numbered = {place: dict(strings) for place in ("env", "args", "podAnnotations")}
    while True:
        with open(values, "w", encoding="utf-8") as f:
            f.write(values_of(numbered))
        status, stream, error = run(gen, "-f", values)
        if status == 0:
            break
        refused = set()
        for line in re.findall(r"^error: .*", error, re.M) or [one_line(error)]:
            key = re.match(r"error: `(?:(env)\[(\d+)\]\.value|scheduler\.(?:(args)\[(\d+)\]|(podAnnotations)\.k(\d+)))`", line)
            if key is None:
                yield "gen refuses some string, but does not name its key: %s" % line
                return
            place, number = [group for group in key.groups() if group is not None]
            refused.add((place, int(number) if place == "podAnnotations" else list(numbered[place])[int(number)]))
        for place, number in refused:
            del numbered[place][number]
    for place, left in numbered.items():
        print("  %d nasty strings in %s, %d refused by the name of the key" % (len(strings), place, len(strings) - len(left)))
    readings = {"gen": json.loads(run(gen, "-f", values, "--format", "json")[1])["items"]}
    for name, reader in readers.items():
        try:
            readings[name] = reader(stream)
        except ValueError as e:
            yield str(e)
    for name, objects in readings.items():
        yield from ("%s: %s" % (name, d) for d in differences(numbered, strings_of(objects, numbered)))


KUBECTL, VALIDATE, YAML = "kubectl", "kubernetes_validate", "yaml"
PARTS = {validate: [VALIDATE, YAML], decode: [KUBECTL], read_by_go: [KUBECTL], read_by_python: [YAML],
         kustomize: [KUBECTL, YAML]}
READERS = {"kubectl": (annotated, KUBECTL), "PyYAML": (loaded, YAML)}


def show(findings, most=20):
    """Print findings; their number."""
    findings = list(findings)
    for finding in findings[:most]:
        print("FINDING: %s" % finding)
    if len(findings) > most:
        print("... and %d more" % (len(findings) - most))
    return len(findings)


def collected(part, *arguments):
    """What a part yields; that a program cannot read its input is one finding."""
    try:
        yield from part(*arguments)
    except ValueError as e:
        yield str(e)


def main(gen, values_files):
    missing = {tool for tool in (KUBECTL,) if shutil.which(tool) is None}
    missing |= {module for module in (VALIDATE, YAML) if importlib.util.find_spec(module) is None}
    needs = {**{part.__name__: tools for part, tools in PARTS.items()},
             **{"fuzz by %s" % name: [tool] for name, (_, tool) in READERS.items()}}
    skipped = {title: sorted(missing.intersection(tools)) for title, tools in needs.items() if missing.intersection(tools)}
    for title, tools in skipped.items():
        print("NOT RUN: %s: there is no %s" % (title, " and no ".join(tools)))
    count = 0
    for values in values_files:
        print("== %s" % os.path.basename(values))
        with tempfile.TemporaryDirectory(prefix="gen-manifests-") as scratch:
            case = Case(gen, values, scratch)
            if case.error:
                count += show(["gen does not render it: %s" % one_line(case.error)])
                continue
            print("  %d objects in %d files" % (len(case.objects), len(case.files)))
            for part, tools in PARTS.items():
                if not missing.intersection(tools):
                    count += show("%s: %s" % (part.__name__, f) for f in collected(part, case))
    print("== nasty strings")
    readers = {name: reader for name, (reader, tool) in READERS.items() if tool not in missing}
    with tempfile.TemporaryDirectory(prefix="gen-manifests-") as scratch:
        count += show(fuzz(gen, readers, scratch))
    print("%d finding(s), %d part(s) not run" % (count, len(skipped)))
    return 1 if count else 2 if skipped else 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1], sys.argv[2:]))
    except CannotRun as e:
        print("could not run: %s" % e, file=sys.stderr)
        sys.exit(2)
