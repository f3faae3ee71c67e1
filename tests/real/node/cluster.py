"""A cluster of one node on this machine, in the network namespace of this process, from which nothing may lead out.

etcd, API server, controllers, scheduler, containerd, kubelet, kube-proxy and CoreDNS are processes of the machine; only
their network is apart.  Every claim without a volume gets a folder.  The bridge does not enforce network policies.
"""
import json
import os
import pathlib
import shlex
import shutil
import signal
import subprocess
import threading
import time

import recorder

ADDRESS, PODS, SERVICES = "10.244.0.1", "10.244.0.0/24", "10.96.0.0/16"
HERE = pathlib.Path(__file__).resolve().parent


class Cluster:
    """`with Cluster(controlplane, programs)`: up when the block begins, and nothing is left of it after."""

    def __init__(self, controlplane, programs):
        self.controlplane, self.programs = controlplane, programs
        self.state = programs / "state"
        self.kubeconfig = self.state / "admin.kubeconfig"
        self.processes = []
        self.ended = threading.Event()
        self.others, self.groups = namespaces(), groups()

    def kubectl_words(self, *words):
        return [str(word) for word in (self.controlplane, "kubectl", "--kubeconfig", self.kubeconfig, *words)]

    def kubectl(self, *words, check=True, **options):
        done = subprocess.run(self.kubectl_words(*words), text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options)
        if check and done.returncode:
            raise RuntimeError(f"kubectl {' '.join(map(str, words))}: {done.stderr.strip()}")
        return done

    def get(self, *words):
        return json.loads(self.kubectl("get", "-o", "json", *words).stdout)

    def create(self, objects):
        self.kubectl("create", "-f", "-", input=json.dumps({"apiVersion": "v1", "kind": "List", "items": objects}))

    def start(self, name, *words):
        with open(self.state / "log" / f"{name}.log", "ab") as out:
            process = subprocess.Popen(list(map(str, words)), stdin=subprocess.DEVNULL, stdout=out, stderr=out, cwd=self.state, start_new_session=True)
        self.processes.append(process)
        return process

    def __enter__(self):
        try:
            self.up()
        except BaseException:
            self.down()
            raise
        return self

    def __exit__(self, *_):
        self.down()

    def up(self):
        self.sweep()  # what a run left that was killed
        # Images stay from run to run; all else is of this one.
        for rest in ("log", "etcd", "pki", "kubelet", "volumes", "run", "ipam", "config"):
            shutil.rmtree(self.state / rest, ignore_errors=True)
        for folder in ("log", "pki", "volumes", "config/cni"):
            (self.state / folder).mkdir(parents=True)
        # For a person who looks on.
        script = self.state / "kubectl"
        script.write_text(f"#!/bin/sh\nexec nsenter --target={os.getpid()} --net {shlex.join(self.kubectl_words())} \"$@\"\n")
        script.chmod(0o755)
        self.network()
        self.recorder = recorder.Recorder()
        self.certificates()
        self.control()
        self.node()
        wait("the node", self.ready)

    def ready(self):
        return any(condition["type"] == "Ready" and condition["status"] == "True"
                   for node in self.get("nodes")["items"] for condition in node["status"].get("conditions", []))

    def network(self):
        for words in ("ip link set lo up", "ip link add cni0 type bridge", f"ip address add {ADDRESS}/24 dev cni0", "ip link set cni0 up",
                      f"ip route add {SERVICES} dev cni0",  # Services answer on the node as well
                      "sysctl -qw net.ipv4.ip_forward=1"):
            subprocess.run(words.split(), check=True)

    def certificates(self):
        """An authority, the API server's certificate, and an administrator's, which the API server shows to the kubelet too."""
        pki = self.state / "pki"

        def openssl(*words):
            subprocess.run(["openssl", *words], check=True, cwd=pki, stderr=subprocess.DEVNULL)

        openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "ca.key", "-out", "ca.crt", "-days", "2", "-subj", "/CN=gen-node")
        names = f"subjectAltName=DNS:kubernetes.default.svc,DNS:kubernetes.default,IP:10.96.0.1,IP:{ADDRESS}"
        for name, subject, extension in (("apiserver", "/CN=kube-apiserver", names),
                                         ("admin", "/O=system:masters/CN=admin", "extendedKeyUsage=clientAuth")):
            (pki / f"{name}.ext").write_text(extension)
            openssl("req", "-newkey", "rsa:2048", "-nodes", "-keyout", f"{name}.key", "-out", f"{name}.csr", "-subj", subject)
            openssl("x509", "-req", "-in", f"{name}.csr", "-CA", "ca.crt", "-CAkey", "ca.key", "-CAcreateserial", "-days", "2",
                    "-extfile", f"{name}.ext", "-out", f"{name}.crt")
        openssl("genrsa", "-out", "accounts.key", "2048")
        self.kubeconfig.write_text(json.dumps({
            "apiVersion": "v1", "kind": "Config", "current-context": "node",
            "clusters": [{"name": "node", "cluster": {"server": f"https://{ADDRESS}:6443", "certificate-authority": str(pki / "ca.crt")}}],
            "users": [{"name": "admin", "user": {"client-certificate": str(pki / "admin.crt"), "client-key": str(pki / "admin.key")}}],
            "contexts": [{"name": "node", "context": {"cluster": "node", "user": "admin"}}]}))

    def control(self):
        pki = self.state / "pki"
        client, peer = "http://127.0.0.1:2379", "http://127.0.0.1:2380"
        # etcd goes by the name under which it is called.
        self.start("etcd", self.controlplane, "etcd", "--data-dir", self.state / "etcd", "--listen-client-urls", client,
                   "--advertise-client-urls", client, "--listen-peer-urls", peer, "--initial-advertise-peer-urls", peer,
                   "--initial-cluster", f"default={peer}", "--log-level", "error", "--unsafe-no-fsync")
        self.start("apiserver", self.controlplane, "kube-apiserver", "--etcd-servers", client, "--bind-address", ADDRESS,
                   "--advertise-address", ADDRESS, "--secure-port", "6443", "--tls-cert-file", pki / "apiserver.crt",
                   "--tls-private-key-file", pki / "apiserver.key", "--client-ca-file", pki / "ca.crt",
                   "--kubelet-client-certificate", pki / "admin.crt", "--kubelet-client-key", pki / "admin.key",
                   "--kubelet-preferred-address-types", "InternalIP", "--service-cluster-ip-range", SERVICES,
                   "--service-account-issuer", "https://kubernetes.default.svc", "--service-account-key-file", pki / "accounts.key",
                   "--service-account-signing-key-file", pki / "accounts.key", "--authorization-mode", "RBAC", "--allow-privileged")
        wait("the API server", lambda: self.kubectl("get", "--raw", "/readyz", check=False).returncode == 0)
        own = [f"--{of}kubeconfig={self.kubeconfig}" for of in ("", "authentication-", "authorization-")] + ["--leader-elect=false", "--bind-address=127.0.0.1"]
        self.start("controllers", self.controlplane, "kube-controller-manager", *own, "--use-service-account-credentials",
                   f"--service-account-private-key-file={pki / 'accounts.key'}", f"--root-ca-file={pki / 'ca.crt'}")
        self.start("scheduler", self.controlplane, "kube-scheduler", *own)
        threading.Thread(target=self.volumes, daemon=True).start()

    def node(self):
        for name, text in configuration(self).items():
            (self.state / "config" / name).write_text(text)
        config = self.state / "config"
        self.start("containerd", "containerd", "--config", config / "containerd.toml")
        wait("containerd", lambda: self.ctr("version", check=False).returncode == 0)
        self.images()
        self.start("kubelet", self.programs / "node", "kubelet", f"--config={config / 'kubelet.json'}", f"--kubeconfig={self.kubeconfig}",
                   f"--root-dir={self.state / 'kubelet'}", f"--cert-dir={self.state / 'pki'}", "--hostname-override=node", f"--node-ip={ADDRESS}")
        self.start("proxy", self.programs / "node", "proxy", f"--config={config / 'proxy.json'}")
        self.start("dns", self.programs / "coredns", "-conf", config / "Corefile")

    def ctr(self, *words, check=True):
        command = ["ctr", "--address", self.state / "containerd.sock", "--namespace", "k8s.io", *words]
        return subprocess.run(list(map(str, command)), check=check, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def images(self):
        """Those that have changed since they were read in."""
        done = self.state / "imported"
        done.mkdir(exist_ok=True)
        for archive in sorted((self.programs / "images").glob("*.tar")):
            stamp = done / archive.name
            if not stamp.exists() or stamp.stat().st_mtime < archive.stat().st_mtime:
                self.ctr("images", "import", archive)
                stamp.touch()

    def volumes(self):
        """In the place of a storage class: a folder of the node for each claim that waits for one."""
        while not self.ended.wait(1):
            try:
                claims = self.get("pvc", "-A")["items"]
            except (RuntimeError, ValueError):
                continue
            for claim in claims:
                spec, of = claim["spec"], claim["metadata"]
                if claim["status"].get("phase") != "Pending" or spec.get("volumeName"):
                    continue
                folder = self.state / "volumes" / f"{of['namespace']}-{of['name']}"
                folder.mkdir(exist_ok=True)
                folder.chmod(0o777)
                volume = {
                    "apiVersion": "v1", "kind": "PersistentVolume", "metadata": {"name": folder.name},
                    "spec": {"capacity": spec["resources"]["requests"], "accessModes": spec["accessModes"], "hostPath": {"path": str(folder)},
                             "storageClassName": spec.get("storageClassName", ""), "persistentVolumeReclaimPolicy": "Retain",
                             "claimRef": {"namespace": of["namespace"], "name": of["name"]}}}
                try:
                    self.create([volume])
                except RuntimeError:
                    pass  # made in the round before

    def down(self):
        self.ended.set()
        stop(self.processes[5:])  # kubelet and what follows it, before the containers that it would start again
        if (self.state / "containerd.sock").exists():
            for task in self.ctr("task", "list", "--quiet", check=False).stdout.split():
                self.ctr("task", "kill", "--signal", "KILL", task, check=False)
            for container in self.ctr("container", "list", "--quiet", check=False).stdout.split():
                self.ctr("task", "delete", "--force", container, check=False)
                self.ctr("container", "delete", container, check=False)
        stop(self.processes[:5])
        self.sweep()
        for pod in namespaces() - self.others:
            subprocess.run(["ip", "netns", "delete", pod], check=False)

        for folder in sorted(groups() - self.groups, reverse=True):
            try:
                folder.rmdir()
            except OSError:
                pass  # something still runs there

    def sweep(self):
        """Nothing stays mounted below the state, the volumes of pods above all."""
        mounts = [line.split()[1] for line in open("/proc/mounts")]
        for mount in sorted(mounts, reverse=True):
            if mount.startswith(f"{self.state}/"):
                subprocess.run(["umount", "--lazy", mount], check=False)


def namespaces():
    """The names of the network namespaces of pods."""
    folder = pathlib.Path("/run/netns")
    return {each.name for each in folder.glob("cni-*")} if folder.is_dir() else set()


def groups():
    """The control groups of pods."""
    roots = [root for pattern in ("kubepods", "*/kubepods") for root in pathlib.Path("/sys/fs/cgroup").glob(pattern)]
    return {pathlib.Path(folder) for root in roots for folder, _, _ in os.walk(root)}


def stop(processes):
    for process in reversed(processes):
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()


def wait(what, ready, seconds=180):
    end = time.monotonic() + seconds
    while not ready():
        if time.monotonic() > end:
            raise RuntimeError(f"{what} did not come up in {seconds} seconds")
        time.sleep(0.5)


def configuration(cluster):
    """The configuration files of the node's programs."""
    state = cluster.state
    bridge = {"cniVersion": "0.4.0", "name": "node", "plugins": [{
        "type": "bridge", "bridge": "cni0", "isGateway": True, "hairpinMode": True,
        "ipam": {"type": "host-local", "dataDir": str(state / "ipam"), "routes": [{"dst": "0.0.0.0/0"}],
                 "ranges": [[{"subnet": PODS, "rangeStart": "10.244.0.10"}]]}}]}
    kubelet = {
        "apiVersion": "kubelet.config.k8s.io/v1beta1", "kind": "KubeletConfiguration",
        "authentication": {"anonymous": {"enabled": False}, "webhook": {"enabled": False}, "x509": {"clientCAFile": str(state / "pki/ca.crt")}},
        "authorization": {"mode": "AlwaysAllow"}, "containerRuntimeEndpoint": f"unix://{state / 'containerd.sock'}",
        # Debian's runc, also on cgroup v1, on a machine whose disk is the others' too.
        "cgroupDriver": "cgroupfs", "failCgroupV1": False, "failSwapOn": False, "localStorageCapacityIsolation": False,
        "imageGCHighThresholdPercent": 100, "evictionHard": {"memory.available": "100Mi"},
        "clusterDNS": [ADDRESS], "clusterDomain": "cluster.local", "resolvConf": str(state / "config/resolv.conf"), "maxPods": 100}
    proxy = {
        "apiVersion": "kubeproxy.config.k8s.io/v1alpha1", "kind": "KubeProxyConfiguration", "hostnameOverride": "node", "bindAddress": ADDRESS,
        "clientConnection": {"kubeconfig": str(cluster.kubeconfig)}, "clusterCIDR": PODS, "mode": "iptables",
        # Traffic of the bridge does not pass iptables: answers have to come back by way of the node.
        "iptables": {"masqueradeAll": True},
        "conntrack": {"maxPerCore": 0, "min": 0, "tcpEstablishedTimeout": "0s", "tcpCloseWaitTimeout": "0s"}}
    containerd = f"""version = 2
root = "{state}/containerd"
state = "{state}/run"
[grpc]
address = "{state}/containerd.sock"
[plugins."io.containerd.internal.v1.opt"]
path = "{state}/opt"
[plugins."io.containerd.grpc.v1.cri"]
sandbox_image = "registry.k8s.io/pause:3.10"
restrict_oom_score_adj = true
[plugins."io.containerd.grpc.v1.cri".cni]
bin_dir = "/usr/lib/cni"
conf_dir = "{state}/config/cni"
"""
    dns = f".:53 {{\n bind {ADDRESS}\n errors\n kubernetes cluster.local {{\n  kubeconfig {cluster.kubeconfig}\n }}\n}}\n"
    return {"cni/node.conflist": json.dumps(bridge), "kubelet.json": json.dumps(kubelet), "proxy.json": json.dumps(proxy),
            "containerd.toml": containerd, "resolv.conf": f"nameserver {ADDRESS}\n", "Corefile": dns}
