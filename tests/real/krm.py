"""Let kustomize and kpt run `gen krm`: krm.py GEN KPT KUSTOMIZE KUBECTL...

The packages are those of examples/kustomize and examples/kpt.
"""
import json
import os
import shutil
import subprocess
import sys

import yaml

from workshop import Workshop

OPTIONS = ["--enable-alpha-plugins", "--enable-exec"]
NOTHING_MORE = "generators:\n  - airflow.yaml\n"


def files(folder):
    found = {}
    for root, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(root, name)
            with open(path, encoding="utf-8") as f:
                found[os.path.relpath(path, folder)] = f.read()
    return found


def main(gen, kpt, kustomize, *kubectl):
    with Workshop(gen=gen) as shop:
        at, expect, home = shop.at, shop.expect, shop.home
        environment = {**os.environ, "PATH": shop.path(), "HOME": home}

        def run(*command, cwd=home):
            return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)

        def objects(text):
            return {(one["apiVersion"], one["kind"], one["metadata"].get("namespace"), one["metadata"]["name"]): one
                    for one in yaml.safe_load_all(text) if one}

        # What gen gives for the values of the packages.
        with open("examples/kustomize/airflow.yaml", encoding="utf-8") as f:
            spec = yaml.safe_load(f)["spec"]
        shop.write(yaml.safe_dump(spec), "values.yaml")
        settings = ["%s=%s" % (key, json.dumps(value).strip('"')) for key, value in (
            (".".join(filter(None, (outer, inner))), value) for outer, below in spec.items()
            for inner, value in (below.items() if isinstance(below, dict) else [("", below)]))]
        printed = run(gen, "-q", "-f", at("values.yaml"), "-n", "data", "--release-name", "airflow").stdout
        expected = objects(printed)

        build = lambda folder: run(kustomize, "build", *OPTIONS, folder)  # noqa: E731
        folder = at("kustomize")
        shutil.copytree("examples/kustomize", folder)
        done = build(folder)
        expect("kustomize, a generator: what gen prints", done.returncode == 0 and objects(done.stdout) == expected, done.stderr or done.stdout)
        expect("kustomize: nothing is said", done.stderr == "", done.stderr)
        shop.write(NOTHING_MORE + "commonAnnotations: {team: data}\nnamePrefix: x-\n", "kustomize", "kustomization.yaml")
        done = build(folder)
        changed = objects(done.stdout)
        expect("kustomize: its own changes come on top", changed and all(
            key[3].startswith("x-") and one["metadata"]["annotations"]["team"] == "data" for key, one in changed.items()), done.stderr)
        # As a transformer it gets what is there already.
        shop.write("apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: other\ndata: {a: \"1.10\"}\n", "kustomize", "other.yaml")
        shop.write("resources: [other.yaml]\ntransformers: [airflow.yaml]\n", "kustomize", "kustomization.yaml")
        done = build(folder)
        made = objects(done.stdout)
        other = made.pop(("v1", "ConfigMap", None, "other"), None)
        expect("kustomize, a transformer: the same, and what is there stays", made == expected and other["data"] == {"a": "1.10"}, done.stderr)
        # Two of one name.
        both = {**expected, **objects(run(gen, "-q", "-f", at("values.yaml"), "-n", "prod", "--release-name", "airflow").stdout)}
        with open(at("kustomize", "airflow.yaml"), encoding="utf-8") as f:
            shop.write(f.read().replace("namespace: data", "namespace: prod"), "kustomize", "prod.yaml")
        for way in "generators", "transformers":
            shop.write(f"resources: [other.yaml]\n{way}: [airflow.yaml, prod.yaml]\n", "kustomize", "kustomization.yaml")
            done = build(folder)
            made = objects(done.stdout)
            made.pop(("v1", "ConfigMap", None, "other"), None)
            expect(f"kustomize, two {way} of one name in two namespaces: the objects of both", made == both, done.stderr)
        os.mkdir(at("above"))
        shop.write("generators: [../kustomize/airflow.yaml]\n", "above", "kustomization.yaml")
        done = run(kustomize, "build", *OPTIONS, "--load-restrictor", "LoadRestrictionsNone", at("above"))
        expect("kustomize: a function whose file stands in another folder", objects(done.stdout) == expected, done.stderr)
        shop.write(NOTHING_MORE, "kustomize", "kustomization.yaml")
        with open(at("kustomize", "airflow.yaml"), encoding="utf-8") as f:
            text = f.read()
        shop.write(text.replace("executor:", "scheduler: {replcas: 2}\n  executor:"), "kustomize", "airflow.yaml")
        done = build(folder)
        expect("kustomize: a mistake ends it, with the key and the way out", done.returncode != 0 and done.stdout == ""
               and "unknown key `scheduler.replcas`" in done.stderr and "did you mean `replicas`?" in done.stderr, done.stderr)
        # Values files by options, from the folder of the kustomization.
        shop.write(yaml.safe_dump(spec), "kustomize", "values.yaml")
        alone = text.split("spec:")[0].replace("--strict]", "--strict, -f, values.yaml]")
        shop.write(alone, "kustomize", "airflow.yaml")
        done = build(folder)
        expect("kustomize: values files by `args`", objects(done.stdout) == expected, done.stderr)

        done = run(*kubectl, "kustomize", *OPTIONS, folder)
        expect("kubectl's kustomize has no option for it", "unknown flag: --enable-exec" in done.stderr, done.stderr)

        package = at("kpt")
        shutil.copytree("examples/kpt", package)
        other = "# of somebody\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: other}\ndata:\n  a: '1.10' # stays\n"
        shop.write(other, "kpt", "other.yaml")
        render = lambda: run(kpt, "fn", "render", package, "--allow-exec")  # noqa: E731
        done = render()
        first = files(package)
        made = {}
        for path, text in first.items():
            if path.startswith("data/airflow/") and path != "data/airflow/gen-ledger.yaml":
                made.update(objects(text))
        expect("kpt: the files have what gen prints", done.returncode == 0 and made == expected, done.stderr)
        printed_paths = {"data/airflow/" + line.removeprefix("# Source: ") for line in printed.splitlines() if line.startswith("# Source: ")}
        expect("kpt: each object is in the file that `gen -o` gives it", {path for path in first if "/" in path} == printed_paths | {"data/airflow/gen-ledger.yaml"},
               sorted(first))
        expect("kpt: what is not gen's stays", first["other.yaml"] == other, first["other.yaml"])
        render()
        expect("kpt: a second run changes nothing", files(package) == first)
        with open(at("kpt", "airflow.yaml"), encoding="utf-8") as f:
            text = f.read()
        shop.write(text.replace("  executor:", "  statsd: {enabled: false}\n  executor:"), "kpt", "airflow.yaml")
        done = render()
        second = files(package)
        expect("kpt: what is gone is removed", done.returncode == 0 and any("statsd/" in path for path in first) and not any("statsd/" in path for path in second),
               done.stderr)
        expect("kpt: what is not gen's stays again", second["other.yaml"] == first["other.yaml"])
        shop.write(text.replace("  executor:", "  scheduler: {replcas: 2}\n  executor:"), "kpt", "airflow.yaml")
        before = files(package)
        done = run(kpt, "fn", "render", package, "--allow-exec", "--results-dir", at("results"))
        expect("kpt: a mistake ends it, and writes nothing", done.returncode != 0 and files(package) == before, done.stderr)
        with open(at("results", "results.yaml"), encoding="utf-8") as f:
            results = [one for item in yaml.safe_load(f)["items"] for one in item["results"]]
        expect("kpt: the results have severity, object and field", [(one["severity"], one["resourceRef"]["kind"], one["field"]["path"]) for one in results][:1]
               == [("error", "Airflow", "spec.scheduler.replcas")], json.dumps(results))
        # Two of one name, in a package of its own.
        pair = at("pair")
        shutil.copytree("examples/kpt", pair)
        shop.write(text.replace("namespace: data", "namespace: prod"), "pair", "prod.yaml")
        with open(at("pair", "Kptfile"), encoding="utf-8") as f:
            shop.write(f.read() + "    - exec: gen krm --strict\n      configPath: prod.yaml\n", "pair", "Kptfile")
        rendered = lambda: run(kpt, "fn", "render", pair, "--allow-exec")  # noqa: E731
        done = rendered()
        first, made = files(pair), {}
        for path, one in first.items():
            if path.startswith(("data/airflow/", "prod/airflow/")) and not path.endswith("/gen-ledger.yaml"):
                made.update(objects(one))
        expect("kpt: of two functions of one name, the objects of both", done.returncode == 0 and made == both, done.stderr)
        rendered()
        expect("kpt: of two functions of one name, a second run changes nothing", files(pair) == first)
        with open(at("pair", "prod.yaml"), encoding="utf-8") as f:
            shop.write(f.read().replace("  executor:", "  statsd: {enabled: false}\n  executor:"), "pair", "prod.yaml")
        rendered()
        gone = set(first) - set(files(pair))
        expect("kpt: what is gone of one of them is removed, and nothing of the other", gone and all(path.startswith("prod/airflow/") and "statsd" in path for path in gone),
               sorted(gone))
        os.mkdir(at("eval"))
        shop.write(other, "eval", "other.yaml")
        done = run(kpt, "fn", "eval", at("eval"), "--exec", "gen krm", "--truncate-output=false", "--", "namespace=data", *settings)
        made = {}
        for path, text in files(at("eval")).items():
            if path.startswith("data/airflow/") and path != "data/airflow/gen-ledger.yaml":
                made.update(objects(text))
        expect("kpt: `eval` takes settings", done.returncode == 0 and made == expected, done.stderr)
    return shop.status()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
