"""Let the Airflow that is installed with this Python sign and check tokens by a private key; see parts/tokens, which runs this.

    tokens.py GEN

What gen renders for `jwtPrivateKey` says where scheduler and API server have the key. Airflow's own classes, told what the
containers' variables say, sign as the scheduler and check as the API server; with each algorithm, with the private key's own
public key and with a set of them. Nobody else has the key.
Exit status: 0 no finding, 1 findings.
"""
import json
import os
import subprocess
import sys
import tempfile

ALGORITHMS = {"rsa": [None, "RS256"], "ed25519": [None, "EdDSA"]}
SIGN = """
from airflow.api_fastapi.auth.tokens import JWTGenerator, get_signing_args
print("token:", JWTGenerator(valid_for=60, audience="a", **get_signing_args(make_secret_key_if_needed=False)).generate({"sub": "task"}))
"""
CHECK = """
import asyncio, sys
from airflow.api_fastapi.auth.tokens import JWTValidator, get_sig_validation_args
validator = JWTValidator(audience="a", leeway=5, **get_sig_validation_args(make_secret_key_if_needed=False))
print("subject:", asyncio.run(validator.avalidated_claims(sys.argv[1]))["sub"])
"""
SET = """
import json, sys
from airflow.api_fastapi.auth.tokens import key_to_jwk_dict
from cryptography.hazmat.primitives.serialization import load_pem_private_key
print("set:", json.dumps({"keys": [key_to_jwk_dict(load_pem_private_key(open(sys.argv[1], "rb").read(), password=None), "ours")]}))
"""


def run(program, arguments, env):
    with tempfile.TemporaryDirectory() as home:
        done = subprocess.run([sys.executable, "-W", "ignore", "-c", program, *arguments], capture_output=True, text=True, check=False,
                              env={"PATH": os.environ["PATH"], "HOME": home, "AIRFLOW_HOME": home, **env})
    line = next((line for line in done.stdout.splitlines() if line.split(":")[0] in ("token", "subject", "set")), None)
    return line.split(": ", 1)[1] if line else "failed: %s" % done.stderr.splitlines()[-1:]


def pods(gen, version, key):
    values = {"airflowVersion": version, "executor": "CeleryExecutor,KubernetesExecutor", "jwtPrivateKey": key}
    done = subprocess.run([gen, "-f", "-"], input=json.dumps(values), capture_output=True, text=True, check=True)
    import yaml
    for one in yaml.safe_load_all(done.stdout):
        if one["kind"] in ("Deployment", "StatefulSet", "Job"):
            yield one["metadata"]["name"], one["spec"]["template"]["spec"]
        if "pod_template_file.yaml" in one.get("data", {}):
            yield "task", yaml.safe_load(one["data"]["pod_template_file.yaml"])["spec"]


def containers(pod):
    """Whether each container has the key, with its variables as the kubelet would make them."""
    for container in pod.get("initContainers", []) + pod["containers"]:
        mount = next((mount["mountPath"] for mount in container.get("volumeMounts", []) if mount["name"] == "jwt-private-key"), None)
        env = {one["name"]: one["value"].replace("$$", "$") for one in container.get("env", []) if "value" in one}
        yield container["name"], mount, {name: value for name, value in env.items() if name.startswith("AIRFLOW__API_AUTH__")}


def main(gen):
    import airflow
    version, findings = airflow.__version__, 0
    with tempfile.TemporaryDirectory() as folder:
        for kind, algorithms in ALGORITHMS.items():
            secret = os.path.join(folder, "secret-" + kind)
            os.mkdir(secret)
            more = ["-pkeyopt", "rsa_keygen_bits:2048"] if kind == "rsa" else []
            subprocess.run(["openssl", "genpkey", "-algorithm", kind, *more, "-out", secret + "/pem"], check=True, capture_output=True)
            with open(secret + "/jwks", "w", encoding="utf-8") as f:
                f.write(run(SET, [secret + "/pem"], {}))
            for algorithm in algorithms:
                for trusted in ({}, {"trustedJwksSecretKey": "jwks", "keyId": "ours"}):
                    key = {"secretName": "signing", "secretKey": "pem", **({"algorithm": algorithm} if algorithm else {}), **trusted}
                    have = {}
                    for name, pod in pods(gen, version, key):
                        for container, mount, env in containers(pod):
                            if mount or env:
                                volume = next(one["secret"] for one in pod["volumes"] if one["name"] == "jwt-private-key")
                                have[name, container] = (mount, env, {item["path"]: item["key"] for item in volume["items"]})
                    seen = sorted(have)
                    if seen != [("airflow-api-server", "api-server"), ("airflow-scheduler", "scheduler")]:
                        print("%s: the key is in %s" % (version, seen))
                        findings += 1
                        continue
                    envs = {}
                    for (_, container), (mount, env, files) in have.items():
                        there = tempfile.mkdtemp(dir=folder)
                        for path, from_key in files.items():
                            os.link(os.path.join(secret, from_key), os.path.join(there, path))
                        envs[container] = {name: value.replace(mount, there) for name, value in env.items()}
                    token = run(SIGN, [], envs["scheduler"])
                    subject = run(CHECK, [token], envs["api-server"])
                    if subject != "task":
                        findings += 1
                        print("%s, %s, %s, %s: %s, %s" % (version, kind, algorithm, sorted(trusted), token[:60], subject))
    print("%s: %s" % (version, "each token is signed by the scheduler and taken by the API server" if not findings else "%d findings" % findings))
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
