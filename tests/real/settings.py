"""Let the Airflow that is installed with this Python run the Job that sets pools, variables and connections; see parts/settings.

    settings.py GEN

The program and the file that gen renders for `importJob` run twice against a database of Airflow's, with the Secrets in the
environment; the second time with other values. Airflow's own export has to give what the values say.
Exit status: 0 no finding, 1 findings.
"""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

ODD = "a: 'b' \"c\" \\ $HOME {{ ds }} é\n2"
# Braces are Airflow's in what is a value, and Helm's elsewhere.
PLAIN = ODD.replace("{{ ds }}", "")
PASSWORD = "p@ss:w/o?r#d[1] +%!$HOME~\"é"
SECRETS = {
    ("token", "value"): PASSWORD,
    ("warehouse", "password"): PASSWORD,
    ("lake", "connection"): "http://user:p%40ss@lake.example.com:8080/x?timeout=3\n",
    ("json", "connection"): json.dumps({"conn_type": "http", "host": "h", "password": PASSWORD, "extra": {"a": [1]}}),
}


def values(version, slots, host):
    return {"airflowVersion": version, "executor": "LocalExecutor", "importJob": {
        "pools": {"default_pool": {"slots": slots, "description": PLAIN}, "etl": {"slots": -1, "includeDeferred": True}},
        "variables": {"odd": {"value": ODD}, "list": {"value": [ODD, 1, None, {"value": True}]}, "map": {"value": {"value": slots}},
                      "number": {"value": 3}, "token": {"secretName": "token"}},
        "connections": {
            "warehouse": {"type": "postgres", "host": host, "login": "u", "schema": "s", "port": 5432, "extra": {"x": ODD},
                          "passwordSecretName": "warehouse", "description": "d"},
            "lake": {"secretName": "lake"}, "json": {"secretName": "json"},
        }}}


def migrated(home, env):
    kept = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache") / "gen-real"
    kept = kept / ("airflow-%s.db" % pathlib.Path(sys.prefix).name)
    if not kept.exists():
        subprocess.run(["airflow", "db", "migrate"], env=env, check=True, capture_output=True)
        shutil.copy(home / "airflow.db", kept)
    shutil.copy(kept, home / "airflow.db")


def rendered(gen, told):
    done = subprocess.run([gen, "-f", "-"], input=json.dumps(told), capture_output=True, text=True, check=True)
    import yaml
    objects = [one for one in yaml.safe_load_all(done.stdout) if one]
    job = next(one for one in objects if one["kind"] == "Job" and one["metadata"]["name"].startswith("airflow-import-settings"))
    files = next(one["data"] for one in objects if one["kind"] == "ConfigMap" and one["metadata"]["name"] == "airflow-import-settings")
    return job["spec"]["template"]["spec"]["containers"][0], files


def run(gen, told, home, env):
    container, files = rendered(gen, told)
    for name, text in files.items():
        (home / name).write_text(text, encoding="utf-8")
    references = {one["name"]: one["valueFrom"]["secretKeyRef"] for one in container["env"] if one["name"].startswith("IMPORT_")}
    secrets = {name: SECRETS[reference["name"], reference["key"]] for name, reference in references.items()}
    command = [argument.replace("/etc/airflow-import", str(home)) for argument in container["args"]]
    return subprocess.run(command, env={**env, **secrets}, capture_output=True, text=True, check=False)


def exported(kind, home, env):
    path = home / ("%s-exported.json" % kind)
    more = ["--file-format", "json"] if kind == "connections" else []
    subprocess.run(["airflow", kind, "export", str(path), *more], env=env, check=True, capture_output=True)
    return json.loads(path.read_text(encoding="utf-8"))


def main(gen):
    import airflow
    version, findings = airflow.__version__, []
    with tempfile.TemporaryDirectory() as folder:
        home = pathlib.Path(folder)
        env = {"PATH": "%s/bin:%s" % (sys.prefix, os.environ["PATH"]), "HOME": folder, "AIRFLOW_HOME": folder, "PYTHONWARNINGS": "ignore",
               "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": "sqlite:///%s/airflow.db" % folder, "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
               "AIRFLOW__CORE__FERNET_KEY": "JY498Ilq8GLQ4AnFRVOqTGyAx87lnAYhDuluzHG_dIA=",
               "AIRFLOW__CORE__AUTH_MANAGER": "airflow.providers.fab.auth_manager.fab_auth_manager.FabAuthManager"}
        migrated(home, env)
        for slots, host in ((5, "one.example.com"), (7, "two.example.com")):
            done = run(gen, values(version, slots, host), home, env)
            if done.returncode:
                findings.append("the program ends with %d: %s" % (done.returncode, (done.stdout + done.stderr).splitlines()[-3:]))
            if PASSWORD in done.stdout + done.stderr:
                findings.append("a password is in what the program prints")
        pools, variables, connections = (exported(kind, home, env) for kind in ("pools", "variables", "connections"))
        ours = {name: {key: connection[key] for key in ("conn_type", "host", "login", "password", "schema", "port")}
                for name, connection in connections.items()}
        extra = json.loads(connections["warehouse"]["extra"] or "{}")
        plain = {name: value["value"] if name == "map" and set(value) == {"value", "description"} else value for name, value in variables.items()}
        wanted = [
            ("pools", {name: (pool["slots"], pool["description"], pool["include_deferred"]) for name, pool in pools.items()},
             {"default_pool": (7, PLAIN, False), "etl": (-1, "", True)}),
            ("variables", plain, {"odd": ODD, "list": [ODD, 1, None, {"value": True}], "map": {"value": 7}, "number": 3, "token": PASSWORD}),
            ("warehouse", ours["warehouse"], {"conn_type": "postgres", "host": "two.example.com", "login": "u", "password": PASSWORD,
                                              "schema": "s", "port": 5432}),
            ("extra", extra, {"x": ODD}),
            ("lake", ours["lake"], {"conn_type": "http", "host": "lake.example.com", "login": "user", "password": "p@ss", "schema": "x",
                                    "port": 8080}),
            ("json", (ours["json"]["host"], ours["json"]["password"]), ("h", PASSWORD)),
        ]
        findings += ["%s: %s, and not %s" % (what, seen, meant) for what, seen, meant in wanted if seen != meant]
    for finding in findings:
        print("%s: %s" % (version, finding))
    print("%s: %s" % (version, "pools, variables and connections are what the values say" if not findings else "%d findings" % len(findings)))
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
