"""What a kubelet makes of a git-sync container: its variables, its files, its user, and the program below a root of its own."""
import base64
import os
import re
import shutil
import subprocess
import tempfile

import yaml

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# What git-sync's image brings: its user, whose name ssh wants, and who may write where.
PASSWD = "root:x:0:0::/root:/bin/sh\ngit-sync:x:65533:65533::/tmp:/sbin/nologin\n"
IMAGE = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/tmp"}
# The git of this image is older than the question whom a folder belongs to, which git-sync answers since 3.6.5.
OLD_GIT = {"GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "safe.directory", "GIT_CONFIG_VALUE_0": "*"}


class CannotStart(Exception):
    """The kubelet does not start the container."""


class Manifests:
    """The objects of a set, and the Secrets that were there before."""

    def __init__(self, text, secrets):
        self.objects = [one for one in yaml.load_all(text, LOADER) if one]
        self.data = {("Secret", name): keys for name, keys in secrets.items()}
        for one in self.objects:
            kind, name = one["kind"], one["metadata"]["name"]
            if kind == "Secret":
                keys = {k: base64.b64decode(v).decode() for k, v in (one.get("data") or {}).items()}
                self.data[kind, name] = keys | (one.get("stringData") or {})
            elif kind == "ConfigMap":
                self.data[kind, name] = one.get("data") or {}

    def pods(self):
        """The specs of all pods, with what makes them; those of the Kubernetes executor as well."""
        for one in self.objects:
            if template := one.get("spec", {}).get("template"):
                yield f"{one['kind']} {one['metadata']['name']}", template["spec"]
            for key, text in (one.get("data") or {}).items() if one["kind"] == "ConfigMap" else ():
                if key == "pod_template_file.yaml":
                    yield "pod template", yaml.load(text, LOADER)["spec"]

    def pairs(self):
        """The init container and the container beside it of each pod that has git-sync; those that are alike once."""
        seen = {}
        for owner, pod in self.pods():
            of = lambda part: [one for one in pod.get(part) or [] if one["name"].startswith("git-sync")]
            once, always = of("initContainers"), of("containers")
            if once or always:
                seen.setdefault(repr((once, always, pod.get("securityContext"))), (owner, pod, (once or [None])[0], (always or [None])[0]))
        return list(seen.values())


class Container:
    """A container that can be run, once or until it is stopped."""

    def __init__(self, manifests, pod, spec, binaries):
        self.spec, self.manifests, self.pod = spec, manifests, pod
        self.tag = tag = spec["image"].rsplit(":", 1)[1]
        self.binary = binaries.get(tag, binaries["v4.4.2"])
        self.env = self.variables()

    def variables(self):
        env = {}
        for variable in self.spec["env"]:
            value = variable.get("value") or ""
            if reference := variable.get("valueFrom", {}).get("secretKeyRef"):
                keys = self.manifests.data.get(("Secret", reference["name"]))
                if keys is None or reference["key"] not in keys:
                    if reference.get("optional"):
                        continue
                    missing = "secret" if keys is None else f"key {reference['key']} in Secret"
                    raise CannotStart(f"couldn't find {missing} {reference['name']}")
                value = keys[reference["key"]]
            else:
                found = lambda one: "$" if one[0] == "$$" else env.get(one[1], one[0])
                value = re.sub(r"\$\$|\$\(([-._a-zA-Z0-9]+)\)", found, value)
            env[variable["name"]] = value
        return IMAGE | (OLD_GIT if self.tag == "v3.1.6" else {}) | env

    def files(self, folder):
        """The files of Secrets and config maps that are mounted, as the kubelet writes them."""
        group = (self.pod.get("securityContext") or {}).get("fsGroup", 0)
        volumes = {one["name"]: one for one in self.pod["volumes"]}
        for mount in self.spec["volumeMounts"]:
            volume, key = volumes[mount["name"]], mount.get("subPath")
            source = ("Secret", volume["secret"]["secretName"]) if "secret" in volume else ("ConfigMap", volume.get("configMap", {}).get("name"))
            if source[1] is None:
                continue
            keys = volume.get("secret", volume.get("configMap", {}))
            mode = keys.get("defaultMode", 0o644)
            # A key may have another path in the volume.
            for item in keys.get("items", []):
                if item["path"] == key:
                    key, mode = item["key"], item.get("mode", mode)
                    break
            if key not in self.manifests.data.get(source, {}):
                raise CannotStart(f"no {key} in {' '.join(source)}")
            path = folder + mount["mountPath"]
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "w") as file:
                file.write(self.manifests.data[source][key])
            os.chown(path, 0, group)
            os.chmod(path, mode)

    def start(self, volume):
        """Starts it, with the folder that stands for the volume `/git`."""
        self.root = root = tempfile.mkdtemp(dir="/run")
        for link in ("bin", "sbin", "lib", "lib64"):
            os.symlink(f"usr/{link}", f"{root}/{link}")
        open(f"{root}/git-sync", "w").close()
        self.mounts = []
        for source, place in (("/usr", "usr"), ("/proc", "proc"), ("/dev", "dev"), (volume, "git"), (self.binary, "git-sync")):
            os.makedirs(f"{root}/{place}", exist_ok=True) if os.path.isdir(source) else None
            subprocess.run(["mount", "--bind", source, f"{root}/{place}"], check=True)
            self.mounts.append(f"{root}/{place}")
        for folder in ("etc", "tmp"):
            os.mkdir(f"{root}/{folder}")
        with open(f"{root}/etc/passwd", "w") as file:
            file.write(PASSWD)
        os.chmod(f"{root}/etc/passwd", 0o666)
        os.chmod(f"{root}/tmp", 0o1777)
        os.chmod(root, 0o755)
        self.files(root)
        own, of_pod = self.spec.get("securityContext") or {}, self.pod.get("securityContext") or {}
        user = own.get("runAsUser", of_pod.get("runAsUser", 65533))
        group = own.get("runAsGroup", 65533 if user == 65533 else 0)
        more = f"--groups={of_pod.get('fsGroup', group)}"
        command = ["chroot", f"--userspec={user}:{group}", more, root, "/git-sync"]
        self.output = open(f"{root}/output", "w+")
        self.process = subprocess.Popen(command, env=self.env, stdout=self.output, stderr=self.output)
        return self

    def said(self):
        """What it said last about a fault."""
        self.output.seek(0)
        lines = self.output.read().splitlines()
        faults = [line for line in lines if re.search("fatal|error|invalid|required|deprecated flag", line, re.I)]
        return (faults or lines or [""])[-1][:300]

    def ended(self, seconds):
        """The exit status, if it ends in time."""
        try:
            return self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            return None

    def stop(self):
        self.process.kill()
        self.process.wait()
        subprocess.run(["umount", "--lazy", *self.mounts], check=True)
        shutil.rmtree(self.root)
