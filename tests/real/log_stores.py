"""Let the Airflow that is installed with this Python read where the logs of tasks are; see parts/log-stores, which runs this.

    log_stores.py GEN

gen renders Elasticsearch and OpenSearch with a login of every printable character; Airflow's own logging, told what the
Secret and airflow.cfg say, has to make a client that goes to this host and port with this user and this password.
Of a bucket (`logs.remote`), that logging has to take what the values say, and hand it to the class of the cloud's provider;
that class is not installed here, and another stands in its place.
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

# What the values say of a bucket; the class that has to get it, its arguments since Airflow 3 and before, and the connection.
BUCKETS = {
    "s3": ({"bucket": "logs-of-ours", "folder": "a/b=c", "connectionId": "my_s3"}, "airflow.providers.amazon.aws.log.s3_task_handler",
           ("S3RemoteLogIO", {"remote_base": "s3://logs-of-ours/a/b=c"}), ("S3TaskHandler", {"s3_log_folder": "s3://logs-of-ours/a/b=c"}), "my_s3"),
    "gcs": ({"bucket": "logs_of.ours", "keyPath": "/key file.json"}, "airflow.providers.google.cloud.log.gcs_task_handler",
            ("GCSRemoteLogIO", {"remote_base": "gs://logs_of.ours", "gcp_key_path": "/key file.json"}),
            ("GCSTaskHandler", {"gcs_log_folder": "gs://logs_of.ours", "gcp_key_path": "/key file.json"}), None),
    "azureBlob": ({"container": "logs-of-ours", "folder": "wasb-x/y"}, "airflow.providers.microsoft.azure.log.wasb_task_handler",
                  ("WasbRemoteLogIO", {"remote_base": "wasb-x/y", "wasb_container": "logs-of-ours"}),
                  ("WasbTaskHandler", {"wasb_log_folder": "wasb-x/y", "wasb_container": "logs-of-ours"}), "wasb_default"),
}
PROGRAM_OF_BUCKETS = """
import json, logging, sys, types, warnings
warnings.simplefilter("ignore"); logging.disable(logging.CRITICAL)
import airflow
from airflow.configuration import conf
module, name = sys.argv[1:]
seen = []
class Store:
    def __init__(self, **keys):
        seen.extend([name, keys])
parts = module.split(".")
for at in range(3, len(parts) + 1):
    sys.modules.setdefault(".".join(parts[:at]), types.ModuleType(".".join(parts[:at])))
setattr(sys.modules[module], name, Store)
from airflow.config_templates import airflow_local_settings as settings
if not seen:
    task = settings.DEFAULT_LOGGING_CONFIG["handlers"]["task"]
    seen = [task["class"].removeprefix(module + "."), task]
others = {key: conf.get("logging", key) for key in ("delete_local_logs", "remote_log_conn_id", "encrypt_s3_logs")}
print("seen:", json.dumps([*seen, others], default=str))
"""


def cfg_of(objects):
    return next(one["data"]["airflow.cfg"] for one in objects if one["kind"] == "ConfigMap" and "airflow.cfg" in one["data"])


def objects_of(gen, values):
    done = subprocess.run([gen, "-f", "-"], input=json.dumps(values), capture_output=True, text=True, check=False)
    if done.returncode:
        return None, " ".join(done.stderr.split())[:200]
    import yaml
    return [document for document in yaml.safe_load_all(done.stdout) if document], None


def told(cfg, program, arguments=(), env=None):
    """What a program that reads this airflow.cfg says that it saw, or its last word."""
    with tempfile.TemporaryDirectory() as home:
        # Nothing else of it is asked: the executor and the authentication of the web server want more to be there.
        cfg = re.sub(r"(?m)^(executor|auth_manager) = .*\n", "", cfg)
        with open(os.path.join(home, "airflow.cfg"), "w", encoding="utf-8") as f:
            f.write(cfg)
        done = subprocess.run([sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=False,
                              env={"PATH": os.environ["PATH"], "HOME": home, "AIRFLOW_HOME": home, **(env or {})})
    line = next((line for line in done.stdout.splitlines() if line.startswith("seen: ")), None)
    return json.loads(line[6:]) if line else None, done.stderr.splitlines()[-1:]


def findings_of_buckets(gen, version):
    findings = 0
    for cloud, (keys, module, since_3, before, connection) in BUCKETS.items():
        name, wanted = since_3 if version.startswith("3.") else before
        remote = {cloud: {**keys, **({"encrypt": True} if cloud == "s3" else {})}, "deleteLocalLogs": True}
        objects, refused = objects_of(gen, {"airflowVersion": version, "executor": "LocalExecutor", "logs": {"remote": remote}})
        seen, last = (None, refused) if refused else told(cfg_of(objects), PROGRAM_OF_BUCKETS, (module, name), {"_AIRFLOW__AS_LIBRARY": "1"})
        is_right = seen and seen[0] == name and wanted.items() <= seen[1].items() and (seen[2]["remote_log_conn_id"] or None) == connection \
            and seen[2]["delete_local_logs"] == "True" and (cloud != "s3" or seen[2]["encrypt_s3_logs"] == "True")
        print("%s %s: %s" % (version, cloud, "the provider is told the right place" if is_right else "WANTED %s, SEEN %s" % (wanted, seen or last)))
        findings += not is_right
    return findings


def rendered(gen, version, store):
    values = {"airflowVersion": version, "executor": "LocalExecutor", store: {"enabled": True, "connection": {
        "scheme": "https", "host": "logs.example.com", "port": 8443, "user": USER, "pass": PASSWORD}}}
    objects, refused = objects_of(gen, values)
    if refused:
        return None, refused
    secret = next(one["data"] for one in objects if one["kind"] == "Secret" and one["metadata"]["name"] == "airflow-" + store)
    cfg = cfg_of(objects)
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
    version = airflow.__version__
    findings = findings_of_buckets(gen, version)
    for store in ("elasticsearch", "opensearch"):
        made, refused = rendered(gen, version, store)
        if refused:
            expected = store == "opensearch" and version.startswith("2.")
            print("%s %s: %s: %s" % (version, store, "refused, as foreseen" if expected else "REFUSED", refused))
            findings += not expected
            continue
        cfg, env = made
        told_of, last = told(cfg, PROGRAM, env=env)
        login = "Basic " + base64.b64encode(("%s:%s" % (USER, PASSWORD)).encode()).decode()
        wanted = ["https", "logs.example.com", "8443", login]
        seen = [str(one) for one in told_of] if told_of else last
        if seen != wanted:
            findings += 1
            print("%s %s: wanted %s, seen %s" % (version, store, wanted, seen))
        else:
            print("%s %s: it is asked at the right place, with the right login" % (version, store))
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
