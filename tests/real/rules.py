"""Let an API server judge objects with one fault each, and their neighbours without: rules.py CONTROLPLANE FILE

FILE has objects, and in the comment above each whether it is taken, see tests/kubernetes-rules.yaml.  What the server takes
and the file says is refused is a finding, and the other way round; and so is a field that the server drops without a word, unless the
file says that it is behind a feature gate, and one that it keeps though the file says so.  What ends with `(since VERSION)` holds from
there on, and before it the server does otherwise.
"""
import http.client
import json
import os
import re
import ssl
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "controlplane"))
from controlplane import TOKEN, ControlPlane  # noqa: E402

# What an object begins with: each is one line of YAML.
HEAD = re.compile(r"^\{apiVersion: (\S+), kind: (\w+),", re.M)
SINCE = re.compile(r" \(since (\d+)\.(\d+)\)$")
# A field that the server drops, for a feature gate or for what stands beside it.
BEHIND = re.compile(r"(\w+)` is (?:behind the feature gate |dropped by the API server)")
# The keys of an object that is written on one line; what is empty is not kept everywhere.
KEYS = re.compile(r'[{,] *(\w+): (?!""|{}|\[\])')
CLUSTER = {
    "APIService", "CSIDriver", "CSINode", "ClusterRole", "ClusterRoleBinding", "CustomResourceDefinition", "DeviceClass", "FlowSchema",
    "IngressClass", "MutatingWebhookConfiguration", "Namespace", "Node", "PersistentVolume", "PriorityClass", "PriorityLevelConfiguration",
    "RuntimeClass", "ServiceCIDR", "StorageClass", "ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding",
    "ValidatingWebhookConfiguration", "VolumeAttachment", "VolumeAttributesClass",
}


class Server:
    """The API server, asked for nothing but its opinion."""

    def __init__(self, port):
        context = ssl.create_default_context()
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        self.connection = http.client.HTTPSConnection("127.0.0.1", port, context=context)

    def ask(self, method, path, body=None):
        headers = {"Authorization": "Bearer " + TOKEN, "Accept": "application/json"}
        self.connection.request(method, path, body, {**headers, "Content-Type": "application/yaml"} if body else headers)
        answer = self.connection.getresponse()
        return answer.status, json.loads(answer.read())

    def version(self):
        said = self.ask("GET", "/version")[1]
        return int(said["major"]), int(said["minor"])

    def judges(self, text):
        """Why the server does not take an object, nothing if it does; and the names of the fields of its `spec` that it drops."""
        version, kind = HEAD.search(text).groups()
        base = ("/apis/" if "/" in version else "/api/") + version
        plural = "endpoints" if kind == "Endpoints" else kind.lower()[:-1] + {"s": "ses", "y": "ies"}.get(kind[-1], kind.lower()[-1] + "s")
        where = "" if kind in CLUSTER else "/namespaces/default"
        status, answer = self.ask("POST", "%s%s/%s?dryRun=All&fieldValidation=Strict" % (base, where, plural), text.encode())
        if status not in (200, 201):
            return answer.get("message", "it says %d" % status), set()
        return None, set(KEYS.findall(text.partition(" spec:")[2])) - set(keys_of(answer.get("spec")))


def keys_of(node):
    """The keys of all maps of a tree."""
    if isinstance(node, dict):
        yield from node
    for inner in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from keys_of(inner)


def main(binary, path):
    with open(path, encoding="utf-8") as f:
        objects = f.read().split("\n---\n")
    findings = 0
    with ControlPlane(binary) as cluster:
        server = Server(cluster.port)
        here = server.version()
        for text in objects:
            said = [line[2:] for line in text.splitlines() if line.startswith("# ")][-1]
            since, behind = SINCE.search(said), BEHIND.search(said)
            before = since and here < tuple(int(number) for number in since.groups())
            why, dropped = server.judges(text)
            if behind:
                as_said = why is None and behind.group(1) in dropped
            elif SINCE.sub("", said) == "taken":
                as_said = why is None and not dropped
            else:
                as_said = why is not None
            if as_said == bool(before):
                findings += 1
                print("FINDING: the file says `%s`, and the server %s\n  of %s"
                      % (said, why[:400] if why else "drops %s" % sorted(dropped) if dropped else "takes it", text.splitlines()[-1][:300]))
    print("%d objects for Kubernetes %d.%d, %d finding(s)" % (len(objects), *here, findings))
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
