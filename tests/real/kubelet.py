"""Let the kubelet's own function expand what gen writes of texts with `$` in them; see parts/kubelet, which runs this.

    kubelet.py GEN EXPAND    EXPAND is kubelet/main.go, built with the function

Exit status: 0 the processes get what the values say, 1 they do not.
"""
import json
import shlex
import subprocess
import sys

TEXTS = ["plain", "$", "a$b", "Mo$$", "$$$", "a$$$$b", "$(HOME)", "$$(HOME)", "$(AIRFLOW_HOME)", "$$(AIRFLOW_HOME)",
         "$(POSTGRES_DB)", "$(", "$(open", "a$(b)$$c$", "$(GIT_SYNC_REV)"]
SHARED = {"airflowVersion": "3.2.0", "fernetKeySecretName": "fernet", "jwtSecretName": "jwt", "apiSecretKeySecretName": "api"}


def rendered(gen, values):
    done = subprocess.run([gen, "-f", "-", "--format", "json"], input=json.dumps({**SHARED, **values}).encode(),
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
    if done.returncode:
        raise SystemExit("gen refuses %s: %s" % (ascii(values), done.stderr.decode(errors="replace")))
    return json.loads(done.stdout)["items"]


def containers(items):
    """Each container, with what the kubelet expands of it: variables with a value, command, arguments, probes' commands."""
    for item in items:
        pod = item.get("spec", {}).get("template", {}).get("spec", {})
        for one in pod.get("initContainers", []) + pod.get("containers", []):
            probes = [one.get(kind, {}).get("exec", {}).get("command", []) for kind in ("readinessProbe", "livenessProbe")]
            texts = one.get("command", []) + one.get("args", []) + sum(probes, [])
            env = [v for v in one.get("env", []) if "value" in v]
            yield "%s %s" % (item["metadata"]["name"], one["name"]), {"env": env, "texts": texts}


def expanded(expand, all_of_them):
    lines = "\n".join(json.dumps(one) for _, one in all_of_them)
    done = subprocess.run([expand], input=lines.encode(), stdout=subprocess.PIPE, check=True)
    return {name: json.loads(line) for (name, _), line in zip(all_of_them, done.stdout.decode().splitlines())}


def cases(text):
    """Values with the text in them, and where the processes get it: container, variable or what follows an argument, text."""
    user = {"role": "Admin", "username": text, "email": text, "firstName": text, "lastName": text, "password": "p"}
    job = "create-user"
    yield ({"createUserJob": {"defaultUser": user}, "delivery": "argocd"},
           [(job, option, text) for option in ("-u", "-e", "-f", "-l")])
    repo = "https://git.example.com/%s.git" % text
    yield ({"dags": {"gitSync": {"enabled": True, "repo": repo}}}, [("git-sync", "GITSYNC_REPO", repo)])
    yield ({"postgresql": {"enabled": True, "auth": {"username": text, "password": "p"}},
            "data": {"metadataConnection": {"user": text, "pass": None}}},
           [("postgresql", "POSTGRES_USER", text), ("postgresql", "-U", text)])
    yield ({"executor": "CeleryExecutor", "redis": {"password": "p"}, "workers": {"celery": {"queue": text}}},
           [("worker", "celery worker -q ", text)])


def found(containers_of, name, at):
    """What the processes of the containers of that name get."""
    for place, one in containers_of.items():
        if place.split(" ")[1] != name:
            continue
        yield from (v["value"] for v in one["env"] if v["name"] == at)
        for index, argument in enumerate(one["texts"]):
            if argument == at:
                yield one["texts"][index + 1]
            elif at.endswith(" ") and at in argument:  # a shell reads it
                yield shlex.split(argument.split(at)[1])[0]


def main(gen, expand):
    faults = count = 0
    for text in TEXTS:
        for values, places in cases(text):
            of = expanded(expand, list(containers(rendered(gen, values))))
            for name, at, meant in places:
                got = list(found(of, name, at))
                count += len(got)
                if not got or set(got) != {meant}:
                    faults += 1
                    print("FINDING: %s, %s: meant is %s, and the process gets %s" % (name, at, ascii(meant), ascii(got)))
    print("the kubelet's function expanded %d texts, %d finding(s)" % (count, faults))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
