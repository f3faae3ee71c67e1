"""Let Airflow get and renew a ticket of Kerberos, as the manifests tell it to; see parts/kerberos, which runs this.

    judge.py GEN VERSION VENV KERBEROS     in mount and network namespaces of its own, as root

`values/kerberos.yaml` is rendered for a KDC that runs here, for Airflow VERSION, whose virtualenv is VENV; KERBEROS has the
programs of MIT's Kerberos.  The init container and the sidecar of the workers, and the init container of a task's pod, get the
files, variables, arguments and user that a kubelet gives them, below a root of their own, and share the volume of the tickets.
The init container has to end with 0 and leave a ticket that can be renewed, the sidecar has to renew it, and with the
variables of the worker, which is no container of Kerberos', a ticket for a service has to come of it.
Exit status: 0 no finding, 1 findings.
"""
import base64
import json
import os
import re
import subprocess
import sys
import tempfile
import time

import yaml

GEN, VERSION, VENV, KERBEROS = sys.argv[1:]
ROOT = os.path.realpath(os.path.join(os.path.dirname(__file__), "..", "..", ".."))
REALM, PRINCIPAL, KDC = "EXAMPLE.COM", "airflow/worker@EXAMPLE.COM", "127.0.0.1:8888"
# Of Airflow's image.
USER, GROUP, PATH = 50000, 0, os.path.join(VENV, "bin") + ":/usr/sbin:/usr/bin:/sbin:/bin"
PATIENCE = 90  # seconds
CONFIG = """[libdefaults]
default_realm = %s
dns_lookup_kdc = false
dns_lookup_realm = false
ticket_lifetime = 1h
renew_lifetime = 1d

[realms]
%s = {
  kdc = %s
}
""" % (REALM, REALM, KDC)
OF_THE_KDC = """[kdcdefaults]
kdc_listen = %s
kdc_tcp_listen = %s

[realms]
%s = {
  database_name = /kdc/principal
  key_stash_file = /kdc/stash
  max_renewable_life = 7d
}
""" % (KDC, KDC, REALM)


def rendered():
    """The objects of the values file, for this KDC and a ticket that is renewed every few seconds."""
    values = {"airflowVersion": VERSION, "kerberos": {"config": CONFIG, "reinitFrequency": 3}}
    if VERSION.startswith("2."):
        values |= {"webserverSecretKeySecretName": "airflow-webserver-secret-key"}
    command = [GEN, "-q", "-f", os.path.join(ROOT, "values/kerberos.yaml"), "-f", "-"]
    done = subprocess.run(command, input=json.dumps(values), capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit("FINDING: gen refuses the values: %s" % done.stderr[:600])
    return [one for one in yaml.load_all(done.stdout, yaml.CSafeLoader) if one]


class Root:
    """A root folder with the programs of this machine, Kerberos' and Airflow's."""

    def __init__(self, folder):
        self.folder = folder
        subprocess.run(["mount", "-t", "tmpfs", "tmpfs", folder], check=True)
        os.chmod(folder, 0o755)
        for link in "bin", "sbin", "lib", "lib64":
            os.symlink("usr/" + link, self.path(link))
        self.mount("/usr", "-t", "overlay", "overlay", "-o", "lowerdir=%s/usr:/usr" % KERBEROS)
        python = os.path.dirname(os.path.dirname(os.path.realpath(os.path.join(VENV, "bin/python"))))
        for same in "/proc", "/dev", VENV, *([] if python.startswith("/usr") else [python]):
            self.mount(same, "--bind", same)
        for path, mode in ("/tmp", 0o1777), ("/kdc", 0o700), ("/etc", 0o755), ("/opt/airflow", 0o777), ("/tickets", 0o777):
            os.makedirs(self.path(path), exist_ok=True)
            os.chmod(self.path(path), mode)
        self.write("/etc/passwd", "root:x:0:0::/root:/bin/sh\nairflow:x:%d:%d::/opt/airflow:/bin/sh\n" % (USER, GROUP))

    def path(self, path):
        return os.path.join(self.folder, path.lstrip("/"))

    def mount(self, place, *how):
        os.makedirs(self.path(place), exist_ok=True)
        subprocess.run(["mount", *how, self.path(place)], check=True)

    def write(self, path, text):
        os.makedirs(os.path.dirname(self.path(path)), exist_ok=True)
        with open(self.path(path), "wb") as f:
            f.write(text if isinstance(text, bytes) else text.encode())

    def command(self, *command, user=0):
        return ["chroot", "--userspec=%d:%d" % (user, GROUP), self.folder, *command]

    def run(self, *command, user=0, env=None):
        """What a program says, and how it ended."""
        done = subprocess.run(self.command(*command, user=user), env={"PATH": PATH, **(env or {})}, timeout=PATIENCE,
                              capture_output=True, text=True, check=False)
        return done.returncode, done.stdout + done.stderr


class Container:
    """A container of a pod: what it is started with."""

    def __init__(self, pod, spec, objects):
        self.pod, self.spec = pod, spec
        self.data = {(one["kind"], one["metadata"]["name"]): one.get("data", {}) for one in objects}
        self.env = {"PATH": PATH, "HOME": "/opt/airflow", "AIRFLOW_HOME": "/opt/airflow"}
        for variable in spec["env"]:
            # What comes of Secrets that are there.
            self.env[variable["name"]] = variable.get("value", base64.urlsafe_b64encode(bytes(32)).decode())
        # Airflow 2 begins with a look at the database, which is another part's matter: an empty file does, and an executor for it.
        self.env |= {"AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": "sqlite:////opt/airflow/airflow.db", "AIRFLOW__DATABASE__CHECK_MIGRATIONS": "False",
                     "AIRFLOW__CORE__EXECUTOR": "SequentialExecutor" if VERSION.startswith("2.") else "LocalExecutor"}

    def mounts(self, root, keytab):
        """Writes the files of config maps and of the Secret with the keytab, and gives the volume of the tickets its place."""
        volumes = {one["name"]: one for one in self.pod["volumes"]}
        for mount in self.spec["volumeMounts"]:
            volume = volumes.get(mount["name"], {})
            if "configMap" in volume:
                root.write(mount["mountPath"], self.data["ConfigMap", volume["configMap"]["name"]][mount["subPath"]])
            elif "secret" in volume:
                root.write(mount["mountPath"], keytab)
            elif mount["name"] == "kerberos-ccache" and not os.path.ismount(root.path(mount["mountPath"])):
                root.mount(mount["mountPath"], "--bind", root.path("/tickets"))


def containers(objects):
    """The containers of the workers of Celery and of a task's pod, by name."""
    for one in objects:
        if one["kind"] in ("StatefulSet", "Deployment") and one["metadata"]["name"] == "airflow-worker":
            pod = one["spec"]["template"]["spec"]
            yield "worker", {spec["name"]: Container(pod, spec, objects) for spec in pod["containers"] + pod["initContainers"]}
        elif one["kind"] == "ConfigMap" and "pod_template_file.yaml" in one["data"]:
            pod = yaml.load(one["data"]["pod_template_file.yaml"], yaml.CSafeLoader)["spec"]
            yield "task", {spec["name"]: Container(pod, spec, objects) for spec in pod["containers"] + pod["initContainers"]}


def ticket(root, env):
    """When the ticket was given, and until when it can be renewed; None if there is none."""
    status, said = root.run("klist", "-f", user=USER, env=env)
    found = re.search(r"^(\S+ \S+) +\S+ \S+ +krbtgt/%s@%s\n\s+renew until (\S+ \S+)" % (REALM, REALM), said, re.M)
    if status or PRINCIPAL not in said or not found:
        return None
    return found.groups()


def start_kdc(root):
    root.write("/kdc/krb5.conf", CONFIG)
    root.write("/kdc/kdc.conf", OF_THE_KDC)
    env = {"PATH": PATH, "KRB5_CONFIG": "/kdc/krb5.conf", "KRB5_KDC_PROFILE": "/kdc/kdc.conf"}
    for command in (["kdb5_util", "create", "-s", "-P", "of the test", "-r", REALM],
                    ["kadmin.local", "-r", REALM, "addprinc", "-randkey", PRINCIPAL],
                    ["kadmin.local", "-r", REALM, "addprinc", "-randkey", "hive/db.example.com@" + REALM],
                    ["kadmin.local", "-r", REALM, "ktadd", "-k", "/kdc/keytab", PRINCIPAL]):
        status, said = root.run(*command, env=env)
        if status:
            sys.exit("%s: %s" % (command[0], said))
    with open(root.path("/kdc/keytab"), "rb") as f:
        return f.read(), subprocess.Popen(root.command("krb5kdc", "-n"), env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def findings(root, objects, keytab):
    owners = dict(containers(objects))
    for owner, init in ("worker", "kerberos-init"), ("task", "kerberos-init"):
        for left in os.listdir(root.path("/tickets")):
            os.remove(root.path("/tickets/" + left))
        container = owners[owner][init]
        container.mounts(root, keytab)
        status, said = root.run("airflow", *container.spec["args"], user=USER, env=container.env)
        if status:
            yield "the init container of the %s ends with %d: %s" % (owner, status, said[-600:])
        # What a task sees is what the main container's variables lead to.
        main = owners[owner]["worker" if owner == "worker" else "base"]
        main.mounts(root, keytab)
        if not ticket(root, main.env):
            yield "the %s has no ticket that can be renewed: %s" % (owner, root.run("klist", "-f", user=USER, env=main.env)[1])
            continue
        status, said = root.run("kvno", "hive/db.example.com", user=USER, env=main.env)
        if status:
            yield "the %s gets no ticket for a service: %s" % (owner, said)
        print("%s: %s leaves a ticket, and a service takes it" % (owner, init), flush=True)

    sidecar, worker = owners["worker"]["worker-kerberos"], owners["worker"]["worker"]
    sidecar.mounts(root, keytab)
    with tempfile.TemporaryFile("w+") as said:
        process = subprocess.Popen(root.command("airflow", *sidecar.spec["args"], user=USER), env=sidecar.env, stdout=said, stderr=said)
        try:
            seen, until = set(), time.monotonic() + PATIENCE
            while len(seen) < 3 and process.poll() is None and time.monotonic() < until:
                seen.add(ticket(root, worker.env))
                time.sleep(1)
            if len(seen - {None}) < 3:
                said.seek(0)
                yield "the sidecar does not renew the ticket: %s, %s" % (sorted(filter(None, seen)), said.read()[-600:])
            else:
                print("worker: worker-kerberos renews it", flush=True)
        finally:
            process.kill()
            process.wait()


def main():
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    objects = rendered()
    with tempfile.TemporaryDirectory(dir="/run") as folder:
        root = Root(folder)
        keytab, kdc = start_kdc(root)
        try:
            found = list(findings(root, objects, keytab))
        finally:
            kdc.terminate()
            kdc.wait()
            subprocess.run(["umount", "--recursive", "--lazy", folder], check=True)
    for one in found:
        print("FINDING: %s" % one)
    print("Airflow %s: %d finding(s)" % (VERSION, len(found)))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
