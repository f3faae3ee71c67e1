"""Let Argo CD's own code run the plugin of examples/argocd: argocd.py GEN SIDECAR

SIDECAR is what tests/real/argocd/build builds. The repository is examples/environments, and one of a values file alone.
"""
import json
import os
import shutil
import subprocess
import sys

import yaml

from workshop import Workshop

PLUGIN = "examples/argocd"


def main(gen, sidecar):
    with open(os.path.join(PLUGIN, "application.yaml"), encoding="utf-8") as f:
        application = yaml.safe_load(f)
    with Workshop(gen=gen) as shop:
        at, expect, home = shop.at, shop.expect, shop.home
        environment = {"PATH": shop.path("/usr/bin:/bin"), "HOME": home, "TMPDIR": home, "SIDECAR_KUBE_VERSION": "1.34.2"}
        os.mkdir(at("alone"))
        shop.write("airflowVersion: 3.2.2\nexecutor: KubernetesExecutor\nfernetKey: {env: ARGOCD_ENV_FERNET_KEY}\n", "alone", "values.yaml")
        os.mkdir(at("other"))
        shop.write("replicas: 2\n", "other", "values.yaml")
        shutil.copytree("examples/environments", at("environments"))

        def run(repository, plugin=None, name=None, namespace=None):
            changed = json.loads(json.dumps(application))
            if plugin is not None:
                changed["spec"]["source"]["plugin"] = plugin
            if name:
                changed["metadata"].update(name=name, namespace=namespace)
            with open(at("application.yaml"), "w", encoding="utf-8") as f:
                yaml.safe_dump(changed, f)
            done = subprocess.run([sidecar, PLUGIN, at("application.yaml"), at(repository)], env=environment, capture_output=True, text=True, check=False)
            if done.returncode:
                raise ValueError(done.stderr)
            return json.loads(done.stdout)

        def printed(repository, *arguments):
            done = subprocess.run([gen, "-q", "--format", "json", *arguments], cwd=at(repository), env={**environment, "ARGOCD_ENV_FERNET_KEY": key},
                                  capture_output=True, text=True, check=True)
            return json.loads(done.stdout)["items"]

        key = subprocess.run([gen, "fernet-key"], capture_output=True, text=True, check=True).stdout.strip()
        made = run("environments")
        objects = [json.loads(text) for text in made["manifests"] or []]
        expect("a repository with gen.yaml is the plugin's", made["matches"], made)
        options = ("--set", "delivery=argocd", "--release-name", "airflow-prod")
        expect("the manifests are those of the environment, with the setting", objects and objects == printed(
            "environments", "-e", "prod", "--set", "scheduler.replicas=2", *options), made["errors"])
        expect("nothing failed", not made["errors"], made["errors"])
        names = [one["name"] for one in made["parameters"] or []]
        expect("Argo CD takes the parameters", names == ["environment", "values-files", "set", "set-string"], names)
        plugin = {"name": "gen", "env": [{"name": "FERNET_KEY", "value": key}]}
        made = run("alone", plugin, "stack", "team-a")
        objects = [json.loads(text) for text in made["manifests"] or []]
        expect("so is one with a values file of Airflow", made["matches"], made)
        expect("the release has the name of the Application, and its namespace", objects and objects == printed(
            "alone", "-f", "values.yaml", "-n", "airflow", "--set", "delivery=argocd", "--release-name", "stack"), made["errors"])
        expect("a secret comes from the Application's variables", any(one["kind"] == "Secret" for one in objects))
        announced = {one["name"]: one for one in made["parameters"] or []}
        expect("the parameters have what the file says", announced["values-files"].get("array") == ["values.yaml"]
               and announced["set"].get("map", {}).get("executor") == "KubernetesExecutor", announced)
        made = run("other", {"name": "gen"})
        expect("values of another program are not the plugin's", not made["matches"] and not made["manifests"], made)
        plugin = {"name": "gen", "parameters": [{"name": "set", "map": {"scheduler.replcas": "2"}}]}
        made = run("alone", plugin)
        expect("a mistake is Argo CD's error, with the way out", any("did you mean `replicas`?" in error for error in made["errors"]), made["errors"])
    return shop.status()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
