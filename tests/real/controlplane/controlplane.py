"""A Kubernetes control plane on loopback: etcd, the API server and the controllers, without nodes; see build.

    with ControlPlane(binary) as cluster:
        cluster.kubectl("apply", "-f", "-", stdin=stream)
        cluster.empty()
"""
import base64
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request

TOKEN = "administrator"
SETTLED = 0.3  # seconds without a new object, after which controllers have nothing left to do
PATIENCE = 180  # seconds
# Memory is not short, and kubectl lives for a second: a quarter of its time would go to tidying.
QUICK = {"GOGC": "400"}


class CannotRun(Exception):
    """A program does not come up."""


def end_with(main, *arguments):
    """Ends the program as `main` says, or with 77 if something that it needs cannot run."""
    try:
        sys.exit(main(*arguments))
    except CannotRun as e:
        print(e)
        sys.exit(77)


def free_ports(count):
    """Ports on loopback that nobody listens at."""
    sockets = [socket.socket() for _ in range(count)]
    for one in sockets:
        one.bind(("127.0.0.1", 0))
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports


class ControlPlane:
    """The programs, their folder, and a kubectl for them."""

    def __init__(self, binary):
        self.binary = binary
        self.home = tempfile.mkdtemp(prefix="gen-controlplane-")
        self.running = []
        self.port, self.etcd, peer, self.controllers = free_ports(4)
        self.peer = "http://127.0.0.1:%d" % peer
        self.environment = {"PATH": os.environ["PATH"], "HOME": self.home, "KUBECONFIG": self.path("kubeconfig"), **QUICK}

    def path(self, name):
        return os.path.join(self.home, name)

    def __enter__(self):
        # Whoever ends this program ends what it has started.
        signal.signal(signal.SIGTERM, lambda *_: sys.exit("ended"))
        try:
            self.start_all()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        for process in reversed(self.running):  # each before what it needs
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        shutil.rmtree(self.home, ignore_errors=True)

    def start(self, program, *flags):
        with open(self.path(program + ".log"), "wb") as log:
            self.running.append(subprocess.Popen([self.binary, program, *flags], cwd=self.home, stdout=log, stderr=log,
                                                 env={**os.environ, **QUICK}))

    def start_all(self):
        subprocess.run(["openssl", "genrsa", "-out", self.path("accounts.key"), "2048"], check=True, capture_output=True)
        with open(self.path("tokens.csv"), "w", encoding="utf-8") as f:
            f.write("%s,administrator,administrator,system:masters\n" % TOKEN)
        with open(self.path("kubeconfig"), "w", encoding="utf-8") as f:
            json.dump({
                "apiVersion": "v1", "kind": "Config", "current-context": "here",
                "clusters": [{"name": "here", "cluster": {
                    "server": "https://127.0.0.1:%d" % self.port, "insecure-skip-tls-verify": True}}],
                "users": [{"name": "administrator", "user": {"token": TOKEN}}],
                "contexts": [{"name": "here", "context": {"cluster": "here", "user": "administrator"}}],
            }, f)
        etcd = "http://127.0.0.1:%d" % self.etcd
        self.start("etcd", "--data-dir=etcd", "--unsafe-no-fsync", "--log-level=error",
                   "--listen-client-urls=" + etcd, "--advertise-client-urls=" + etcd,
                   "--listen-peer-urls=" + self.peer, "--initial-advertise-peer-urls=" + self.peer,
                   "--initial-cluster=default=" + self.peer)
        self.start("kube-apiserver", "--etcd-servers=" + etcd, "--secure-port=%d" % self.port,
                   "--bind-address=127.0.0.1", "--advertise-address=127.0.0.1", "--endpoint-reconciler-type=none",
                   "--cert-dir=certificates", "--token-auth-file=tokens.csv", "--authorization-mode=RBAC",
                   "--service-cluster-ip-range=10.96.0.0/16", "--service-account-issuer=https://kubernetes.default.svc",
                   "--service-account-key-file=accounts.key", "--service-account-signing-key-file=accounts.key")
        self.wait_for("the API server", lambda: self.kubectl("get", "--raw=/readyz")[0] == 0)
        self.start("kube-controller-manager", "--kubeconfig=kubeconfig", "--authentication-kubeconfig=kubeconfig",
                   "--authorization-kubeconfig=kubeconfig", "--service-account-private-key-file=accounts.key",
                   "--bind-address=127.0.0.1", "--secure-port=%d" % self.controllers, "--leader-elect=false")
        self.wait_for("the controllers", lambda: self.kubectl("get", "serviceaccount/default")[0] == 0)
        self.keep()

    def wait_for(self, what, is_there):
        until = time.monotonic() + PATIENCE
        while not is_there():
            if time.monotonic() > until or any(process.poll() is not None for process in self.running):
                raise CannotRun("%s did not come up: %s" % (what, self.last_words()))
            time.sleep(0.3)

    def last_words(self):
        with open(self.path(os.path.basename(self.running[-1].args[1]) + ".log"), encoding="utf-8", errors="replace") as f:
            return " ".join(f.read().splitlines()[-3:])

    def kubectl(self, *arguments, stdin=""):
        """Exit status, output and errors of a kubectl."""
        done = subprocess.run([self.binary, "kubectl", *arguments], input=stdin, capture_output=True, text=True,
                              env=self.environment, check=False)
        return done.returncode, done.stdout, done.stderr

    def define(self, folder):
        """Makes the kinds that a folder defines; what the server says against it, or nothing.

        A kind that is `Established` is there a moment before discovery names it, by which kubectl finds it; and one that was
        taken out and comes again is named, not named, and named.  So it waits until all are named, and stay so.
        """
        # Where a file for kustomize lies beside the definitions, it lists them.
        way = "-k" if os.path.exists(os.path.join(folder, "kustomization.yaml")) else "-f"
        status, _, error = self.kubectl("apply", "--server-side", way, folder)
        if status or error.strip():
            return error
        # As a table: the definitions themselves are large.
        wanted = {line.split()[0] for line in self.kubectl("get", "crd", "--no-headers")[1].splitlines()}
        self.wait_for("discovery of %s" % folder, lambda: wanted <= self.settled(self.resources))
        return ""

    def resources(self):
        """What discovery names: `jobs.batch`."""
        return frozenset(self.kubectl("api-resources", "-o", "name")[1].split())

    # What is in the cluster, by etcd's own interface.

    def ask_etcd(self, what, key, **more):
        coded = {name: base64.b64encode(text.encode()).decode() for name, text in {"key": key, **more}.items()}
        body = json.dumps({**coded, "keys_only": True} if what == "range" else coded).encode()
        with urllib.request.urlopen("http://127.0.0.1:%d/v3/kv/%s" % (self.etcd, what), body) as answer:
            return json.load(answer)

    def objects(self):
        """The keys of all objects, but for those that come and go by themselves."""
        keys = (base64.b64decode(pair["key"]).decode() for pair in self.ask_etcd("range", "/registry/", range_end="/registry0").get("kvs", []))
        return {key for key in keys if not key.startswith(("/registry/leases/", "/registry/masterleases/"))}

    def settled(self, look):
        """What `look` sees once it has been the same for a while."""
        seen, since = look(), time.monotonic()
        while time.monotonic() < since + SETTLED:
            time.sleep(SETTLED / 5)
            now = look()
            if now != seen:
                seen, since = now, time.monotonic()
        return seen

    def keep(self):
        """Takes what is there for an empty cluster."""
        self.kept = self.settled(self.objects)

    def empty(self):
        """Takes out everything that came since, as if the cluster were new; no finalizer is asked."""
        # What a Service has reserved is given back by the API server alone.
        services = {}
        for key in self.objects() - self.kept:
            if key.startswith("/registry/services/specs/"):
                namespace, name = key.split("/")[-2:]
                services.setdefault(namespace, []).append(name)
        for namespace, names in services.items():
            self.kubectl("delete", "service", *names, "-n", namespace)
        def emptied():
            come = self.objects() - self.kept
            for key in come:
                self.ask_etcd("deleterange", key)
            return not come or time.monotonic()
        self.settled(emptied)
