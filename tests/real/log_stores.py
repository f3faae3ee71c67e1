"""Let the Airflow that is installed with this Python read where the logs of tasks are; see parts/log-stores, which runs this.

    log_stores.py GEN

gen renders Elasticsearch and OpenSearch with a login of every printable character; Airflow's own logging, told what the
Secret and airflow.cfg say, has to make a client that goes to this host and port with this user and this password.
Exit status: 0 no finding, 1 findings.
"""
import base64
import json
import os
import re
import subprocess
import sys
import tempfile

USER, PASSWORD = "air flow+$HOME", "".join(map(chr, range(32, 127)))
# What the logging that is set up says of itself; in a process of its own, which reads its configuration once.
PROGRAM = """
import json, logging, warnings
warnings.simplefilter("ignore"); logging.disable(logging.CRITICAL)
from airflow.config_templates import airflow_local_settings as settings
store = getattr(settings, "REMOTE_TASK_LOG", None)
if store is None:
    from airflow.providers.elasticsearch.log.es_task_handler import ElasticsearchTaskHandler
    task = settings.DEFAULT_LOGGING_CONFIG["handlers"]["task"]
    task = {key: value for key, value in task.items() if key not in ("class", "formatter", "filters", "filename_template", "max_bytes", "backup_count", "delay")}
    client = ElasticsearchTaskHandler(**task).client
else:
    client = store.client
if hasattr(client.transport, "node_pool"):
    node = client.transport.node_pool.all()[0]
    seen = [node.config.scheme, node.config.host, node.config.port, {**client._headers, **node._headers}["authorization"]]
else:
    node = client.transport.connection_pool.connections[0]
    seen = [*node.host.replace("://", ":").split(":"), node.headers["authorization"]]
print("seen:", json.dumps(seen))
"""


def rendered(gen, version, store):
    values = {"airflowVersion": version, "executor": "LocalExecutor", store: {"enabled": True, "connection": {
        "scheme": "https", "host": "logs.example.com", "port": 8443, "user": USER, "pass": PASSWORD}}}
    done = subprocess.run([gen, "-f", "-"], input=json.dumps(values), capture_output=True, text=True, check=False)
    if done.returncode:
        return None, " ".join(done.stderr.split())[:200]
    import yaml
    objects = [document for document in yaml.safe_load_all(done.stdout) if document]
    secret = next(one["data"] for one in objects if one["kind"] == "Secret" and one["metadata"]["name"] == "airflow-" + store)
    cfg = next(one["data"]["airflow.cfg"] for one in objects if one["kind"] == "ConfigMap" and "airflow.cfg" in one["data"])
    pod = next(one for one in objects if one["kind"] == "StatefulSet" and one["metadata"]["name"] == "airflow-scheduler")
    env = {}
    for variable in pod["spec"]["template"]["spec"]["containers"][0]["env"]:
        reference = variable.get("valueFrom", {}).get("secretKeyRef", {})
        if reference.get("name") == "airflow-" + store:
            env[variable["name"]] = base64.b64decode(secret[reference["key"]]).decode()
        elif variable["name"].startswith("AIRFLOW__OPENSEARCH__"):
            env[variable["name"]] = variable["value"]
    return (cfg, env), None


def main(gen):
    import airflow
    version, findings = airflow.__version__, 0
    for store in ("elasticsearch", "opensearch"):
        made, refused = rendered(gen, version, store)
        if refused:
            expected = store == "opensearch" and version.startswith("2.")
            print("%s %s: %s: %s" % (version, store, "refused, as foreseen" if expected else "REFUSED", refused))
            findings += not expected
            continue
        cfg, env = made
        with tempfile.TemporaryDirectory() as home:
            # Nothing else of it is asked: the executor and the authentication of the web server want more to be there.
            cfg = re.sub(r"(?m)^(executor|auth_manager) = .*\n", "", cfg)
            with open(os.path.join(home, "airflow.cfg"), "w", encoding="utf-8") as f:
                f.write(cfg)
            done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=False,
                                  env={"PATH": os.environ["PATH"], "HOME": home, "AIRFLOW_HOME": home, **env})
        line = next((line for line in done.stdout.splitlines() if line.startswith("seen: ")), None)
        login = "Basic " + base64.b64encode(("%s:%s" % (USER, PASSWORD)).encode()).decode()
        wanted = ["https", "logs.example.com", "8443", login]
        seen = [str(one) for one in json.loads(line[6:])] if line else done.stderr.splitlines()[-1:]
        if seen != wanted:
            findings += 1
            print("%s %s: wanted %s, seen %s" % (version, store, wanted, seen))
        else:
            print("%s %s: it is asked at the right place, with the right login" % (version, store))
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
