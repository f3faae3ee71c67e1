"""The repository inside the node: a pod in the namespace `git`, and what a row needs to log in there."""
import base64
import pathlib
import subprocess
import tempfile

from cluster import wait

HERE = pathlib.Path(__file__).resolve().parent
USER, PASSWORD = "reader", "p@ss/w:rd"


def secret(namespace, name, data):
    encoded = {key: base64.b64encode(value.encode()).decode() for key, value in data.items()}
    return {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": name, "namespace": namespace}, "data": encoded}


def key():
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "key"
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", path], check=True)
        return path.read_text(), path.with_suffix(".pub").read_text()


class Repository:
    def __init__(self, cluster):
        self.cluster = cluster
        self.user_key, authorized = key()
        host_key, public = key()
        self.known_hosts = f"git.git {' '.join(public.split()[:2])}\n"
        pod = {
            "apiVersion": "v1", "kind": "Pod", "metadata": {"name": "git", "namespace": "git", "labels": {"app": "git"}},
            "spec": {"containers": [{
                "name": "git", "image": "example.com/git-server:1", "imagePullPolicy": "Never",
                "readinessProbe": {"tcpSocket": {"port": 80}, "periodSeconds": 2},
                "volumeMounts": [{"name": "git", "mountPath": "/etc/git"}, {"name": "dags", "mountPath": "/dags"}]}],
                "volumes": [{"name": "git", "secret": {"secretName": "git"}}, {"name": "dags", "configMap": {"name": "dags"}}]}}
        service = {
            "apiVersion": "v1", "kind": "Service", "metadata": {"name": "git", "namespace": "git"},
            "spec": {"selector": {"app": "git"}, "ports": [{"name": "http", "port": 80}, {"name": "ssh", "port": 22}]}}
        objects = [
            secret("git", "git", {"authorized_keys": authorized, "host_key": host_key, "user": USER, "password": PASSWORD}),
            {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "dags", "namespace": "git"},
             "data": {"hello.py": (HERE / "hello.py").read_text()}},
            service, pod]
        cluster.create([{"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "git"}}])
        wait("the account of a pod", lambda: not cluster.kubectl("get", "-n", "git", "serviceaccount/default", check=False).returncode)
        cluster.create(objects)
        cluster.kubectl("wait", "-n", "git", "pod/git", "--for=condition=Ready", "--timeout=180s")

    def secrets(self, namespace, source):
        """The Secrets that the values of a row name."""
        both = {f"{prefix}_{key}": value for prefix in ("GIT_SYNC", "GITSYNC") for key, value in (("USERNAME", USER), ("PASSWORD", PASSWORD))}
        return {
            "git-token": [secret(namespace, "git-credentials", both)],
            "git-ssh": [secret(namespace, "git-ssh-key", {"gitSshKey": self.user_key})],
        }.get(source, [])

    def arguments(self, source):
        """What a row can only know when the repository is there."""
        return ["--set-string", "dags.gitSync.knownHosts=" + self.known_hosts.replace(",", "\\,")] if source == "git-ssh" else []
