"""Check a rendered tree against the real Airflow 1.10; see airflow-1.10.sh, which runs this.

For each tree: which options of airflow.cfg does that Airflow not know, which values does it not
convert, what worker pod does it make, and what does that pod refer to that the tree lacks?
"""
import configparser
import glob
import json
import os
import posixpath
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile

# Sections whose options Airflow hands on as they are, or reads by a computed name.
FREE = ("kubernetes_secrets", "kubernetes_environment_variables", "kubernetes_node_selectors", "kubernetes_labels",
        "kubernetes_annotations", "elasticsearch_configs", "celery_broker_transport_options", "email", "google",
        "github_enterprise")
EXTRAS = ("kubernetes", "celery", "postgres", "statsd", "crypto", "password", "elasticsearch")
# A value read in Airflow's own code: the reader (get, getint, ...), the section and the option.
READ = re.compile(r"""\bconf\.(get|getboolean|getint|getfloat|has_option)\(\s*"""
                  r"""(?:self\.(kubernetes|core)_section|['"](\w+)['"])\s*,\s*['"](\w+)['"]""")


class CannotRun(Exception):
    """The check itself is not possible, for a reason to print."""


def requirements(wheel):
    """Print the requirements of Airflow's wheel: the plain ones and those of EXTRAS."""
    with zipfile.ZipFile(wheel) as archive:
        metadata = next(n for n in archive.namelist() if n.endswith(".dist-info/METADATA"))
        headers = archive.read(metadata).decode().split("\n\n")[0]
    for value in re.findall(r"^Requires-Dist: (.*)$", headers, re.M):
        extra = re.search(r"(?:[;]| and) *extra == '(\w+)' *$", value)
        if extra and extra.group(1) in EXTRAS:
            print(value[:extra.start()].strip())
        elif "extra ==" not in value:
            print(value)


def read_tree(tree):
    """The tree's objects, by (kind, name); an entry is a list, for names occur in several namespaces."""
    import yaml
    objects = {}
    for path in sorted(glob.glob(os.path.join(tree, "**", "*.y*ml"), recursive=True)):
        with open(path, encoding="utf-8") as f:
            for obj in yaml.safe_load_all(f):
                if isinstance(obj, dict) and isinstance(obj.get("metadata"), dict):
                    objects.setdefault((obj.get("kind"), obj["metadata"].get("name")), []).append(obj)
    if not objects:
        raise CannotRun("no manifests in %s" % tree)
    return objects


def scheduler_of(objects):
    """The pod spec that has a container named scheduler, and that container."""
    for obj in (o for objs in objects.values() for o in objs):
        pod = (obj.get("spec") or {}).get("template", {}).get("spec", {})
        for container in pod.get("containers") or []:
            if container["name"] == "scheduler":
                return pod, container
    raise CannotRun("no container named scheduler in the tree")


def scheduler_files(objects, pod, container):
    """What the scheduler reads from ConfigMaps: its files, by their path in the container."""
    files = {}
    for mount in container.get("volumeMounts") or []:
        volume = next((v for v in pod.get("volumes") or [] if v["name"] == mount["name"]), {})
        for obj in objects.get(("ConfigMap", volume.get("configMap", {}).get("name")), []):
            for key, text in (obj.get("data") or {}).items():
                if "subPath" not in mount:
                    files[posixpath.join(mount["mountPath"], key)] = text
                elif mount["subPath"] == key:
                    files[mount["mountPath"]] = text
    return files


def known_options():
    """The options Airflow knows, with the readers its code uses for each."""
    import airflow
    from airflow.configuration import AirflowConfigParser, conf, default_config_yaml
    known = {(s, o): set() for s in conf.airflow_defaults.sections() for o in conf.airflow_defaults.options(s)}
    for section in default_config_yaml():
        known.update({(section["name"], o["name"]): set() for o in section["options"] or []
                      if (section["name"], o["name"]) not in known})
    by_command = getattr(AirflowConfigParser, "as_command_stdout", None) or AirflowConfigParser.sensitive_config_values
    known.update({(s, o + "_cmd"): set() for s, o in by_command})
    for section, names in AirflowConfigParser.deprecated_options.items():
        known.update({(section, old): set() for old in names.values()})
    for path in glob.glob(os.path.join(os.path.dirname(airflow.__file__), "**", "*.py"), recursive=True):
        with open(path, encoding="utf-8") as f:
            for reader, attribute, section, option in READ.findall(f.read()):
                known.setdefault(((attribute or section).lower(), option.lower()), set()).add(reader)
    return known


def check_options(text):
    """Findings about the options of airflow.cfg, each by itself."""
    from airflow.configuration import conf
    from airflow.version import version
    known = known_options()
    cfg = configparser.RawConfigParser()
    cfg.optionxform = str
    cfg.read_string(text)
    for section in cfg.sections():
        for option in () if section in FREE else cfg.options(section):
            if (section, option) not in known:
                yield "[%s] %s: Airflow %s has no such option" % (section, option, version)
                continue
            for reader in sorted(known[section, option] & {"getboolean", "getint", "getfloat"}) or ["get"]:
                try:
                    getattr(conf, reader)(section, option)
                except Exception as e:  # not a number or boolean, a lone %
                    yield "[%s] %s: %s" % (section, option, e)


def make_pod():
    """The worker pod, as the body of the request that the scheduler would send."""
    from airflow.version import version
    return make_pod_by_parts() if version == "1.10.10" else make_pod_whole()


def make_pod_whole():
    """As since 1.10.11: a pod of the Kubernetes client, of which the launcher sends what the hook has left."""
    from airflow.executors.kubernetes_executor import KubeConfig
    from airflow.kubernetes.pod_generator import PodGenerator
    from airflow.kubernetes.pod_launcher import PodLauncher
    from airflow.kubernetes.worker_configuration import WorkerConfiguration
    from kubernetes.client import ApiClient
    kube_config = KubeConfig()
    pod = PodGenerator.construct_pod(
        namespace=kube_config.executor_namespace, worker_uuid="worker", pod_id="dag-task", dag_id="dag",
        task_id="task", date="2020-01-01T00_00_00_plus_00_00", try_number=1, command=["airflow", "run"],
        kube_executor_config=None, worker_config=WorkerConfiguration(kube_config=kube_config).as_pod())
    return ApiClient().sanitize_for_serialization(PodLauncher._mutate_pod_backcompat(pod))


def make_pod_by_parts():
    """As in 1.10.10: Airflow's own pod, of which a factory makes the request."""
    from airflow import settings
    from airflow.contrib.executors.kubernetes_executor import KubeConfig, KubernetesExecutorConfig
    from airflow.contrib.kubernetes.kubernetes_request_factory.pod_request_factory import SimplePodRequestFactory
    from airflow.contrib.kubernetes.worker_configuration import WorkerConfiguration
    kube_config = KubeConfig()
    pod = WorkerConfiguration(kube_config=kube_config).make_pod(
        namespace=kube_config.executor_namespace, worker_uuid="worker", pod_id="dag-task", dag_id="dag",
        task_id="task", execution_date="2020-01-01T00_00_00_plus_00_00", try_number=1,
        airflow_command=["airflow", "run"], kube_executor_config=KubernetesExecutorConfig.from_dict({}))
    settings.pod_mutation_hook(pod)
    body = SimplePodRequestFactory().create(pod)
    body["metadata"]["namespace"] = pod.namespace
    return body


def source(volume):
    """A volume's source as (kind, name, keys), the kind None for one that is no object."""
    for field, kind, name in (("persistentVolumeClaim", "PersistentVolumeClaim", "claimName"),
                              ("configMap", "ConfigMap", "name"), ("secret", "Secret", "secretName")):
        if field in volume:
            return kind, volume[field][name], [i["key"] for i in volume[field].get("items", [])]
    return None, next(k for k in volume if k != "name"), []


def summary(body):
    spec = body["spec"]
    yield "namespace %s" % body["metadata"]["namespace"]
    yield "service account %s" % spec.get("serviceAccountName")
    yield "pull secrets %s" % (", ".join(s["name"] for s in spec.get("imagePullSecrets", [])) or "none")
    yield "security context %s" % json.dumps(spec.get("securityContext", {}), sort_keys=True)
    for field in ("nodeSelector", "affinity", "tolerations"):
        if spec.get(field):
            yield "%s %s" % (field, json.dumps(spec[field], sort_keys=True))
    for volume in spec["volumes"]:
        kind, name, _ = source(volume)
        yield "volume %s: %s" % (volume["name"], " ".join(filter(None, (kind, name))))
    containers = [("init container", c) for c in spec.get("initContainers", [])]
    for role, c in containers + [("container", c) for c in spec["containers"]]:
        yield "%s %s: image %s" % (role, c["name"], c["image"])
        for mount in c.get("volumeMounts", []):
            yield "  mount %s at %s%s%s" % (mount["name"], mount["mountPath"],
                                            " read-only" if mount.get("readOnly") else "",
                                            " (only %s)" % mount["subPath"] if "subPath" in mount else "")
        for env in c.get("env", []):
            ref = env.get("valueFrom", {}).get("secretKeyRef")
            value = "from Secret %(name)s, key %(key)s" % ref if ref else "= %s" % env["value"]
            yield "  env %s %s" % (env["name"], value)
        for ref in c.get("envFrom", []):
            yield "  env from %s" % json.dumps(ref)


def references(spec):
    """(what refers, kind, name, key or None) for each object the pod refers to."""
    for secret in spec.get("imagePullSecrets", []):
        yield "image pull secret", "Secret", secret["name"], None
    if spec.get("serviceAccountName"):
        yield "service account", "ServiceAccount", spec["serviceAccountName"], None
    containers = spec.get("initContainers", []) + spec["containers"]
    for volume in spec["volumes"]:
        kind, name, keys = source(volume)
        mounts = [m for c in containers for m in c.get("volumeMounts", []) if m["name"] == volume["name"]]
        if kind in ("ConfigMap", "Secret") and not keys:
            keys = [m["subPath"] for m in mounts if m.get("subPath")]
        for key in keys or [None]:
            if kind:
                yield "volume %s" % volume["name"], kind, name, key if kind != "PersistentVolumeClaim" else None
    for c in containers:
        for env in c.get("env", []):
            ref = env.get("valueFrom", {}).get("secretKeyRef")
            if ref:
                yield "env %s" % env["name"], "Secret", ref["name"], ref["key"]
        for ref in c.get("envFrom", []):
            for field, kind in (("secretRef", "Secret"), ("configMapRef", "ConfigMap")):
                if field in ref:
                    yield "envFrom", kind, ref[field]["name"], None


def check_references(objects, body, outside):
    """Findings about objects, and keys of objects, that the pod needs and the tree lacks."""
    namespace = body["metadata"]["namespace"]
    for what, kind, name, key in references(body["spec"]):
        if "%s/%s" % (kind, name) in outside:
            continue
        found = objects.get((kind, name), [])
        here = [o for o in found if o["metadata"].get("namespace") in (None, namespace)]
        if not here:
            yield "%s: no manifest makes %s %s%s" % (what, kind, name, " in namespace %s" % namespace if found else "")
        elif key and not any(key in (o.get(part) or {}) for o in here for part in ("data", "stringData", "binaryData")):
            yield "%s: %s %s has no key %s" % (what, kind, name, key)


def check_folders(container, ours, body, remote_logging):
    """Findings about where the worker has its DAGs, compared with ours (the scheduler's), and its logs."""
    worker = body["spec"]["containers"][0]
    env = {e["name"]: e.get("value") for e in worker.get("env", [])}
    mounts = {m["name"]: m["mountPath"] for m in worker.get("volumeMounts", [])}
    ours = ours.rstrip("/")
    theirs = (env.get("AIRFLOW__CORE__DAGS_FOLDER") or ours).rstrip("/")

    def within(path, mount):
        return (path + "/").startswith(mount.rstrip("/") + "/")
    # The scheduler names a task's DAG file to the worker by its absolute path.
    if theirs != ours:
        yield "the worker's DAG folder is %s, the scheduler's %s" % (theirs, ours)
    if "airflow-dags" in mounts:
        if not within(theirs, mounts["airflow-dags"]):
            yield "the worker's DAG folder %s is not in its DAG volume, at %s" % (theirs, mounts["airflow-dags"])
        if not any(within(ours, m["mountPath"]) for m in container.get("volumeMounts") or []):
            yield "the scheduler's DAG folder %s is in no volume" % ours
    for volume in body["spec"]["volumes"]:
        if volume["name"] == "airflow-logs" and "emptyDir" in volume and not remote_logging:
            yield "volume airflow-logs is an emptyDir: a task's log is lost with its pod"


def check(tree, outside):
    """Print what Airflow makes of one tree; the number of findings."""
    objects = read_tree(tree)
    pod, scheduler = scheduler_of(objects)
    files = scheduler_files(objects, pod, scheduler)
    cfg = next((p for p in files if posixpath.basename(p) == "airflow.cfg"), None)
    if cfg is None:
        raise CannotRun("the scheduler mounts no airflow.cfg that the tree provides")
    home = posixpath.dirname(cfg)
    # A directory stands in for Airflow's home in the image: its name is put in for the real one in
    # all that Airflow reads, and taken out again of all that it says.
    stand_in = tempfile.mkdtemp(prefix="airflow-home-")
    findings = []
    try:
        for path, text in files.items():
            if path.startswith(home + "/"):
                path = stand_in + path[len(home):]
                os.makedirs(os.path.dirname(path), exist_ok=True)
                with open(path, "w", encoding="utf-8") as f:
                    f.write(text.replace(home, stand_in))
        for name in [n for n in os.environ if n.startswith("AIRFLOW")]:
            del os.environ[name]
        os.environ.update({e["name"]: e["value"].replace(home, stand_in) for e in scheduler.get("env") or []
                           if e["name"].startswith("AIRFLOW__") and "value" in e})
        # Only for the import: a URI that is never used, no name to look up, no log.
        for_import = {"AIRFLOW__CORE__SQL_ALCHEMY_CONN": "postgresql+psycopg2://u:p@127.0.0.1/db",
                      "AIRFLOW__SCHEDULER__STATSD_ON": "False", "AIRFLOW__CORE__LOGGING_LEVEL": "CRITICAL"}
        saved = {n: os.environ.get(n) for n in for_import}
        os.environ.update(for_import, AIRFLOW_HOME=stand_in)
        try:
            import airflow.settings  # noqa: F401
            from airflow.configuration import conf
            for name in for_import:
                if name != "AIRFLOW__CORE__SQL_ALCHEMY_CONN":
                    del os.environ[name]
                    os.environ.update({name: saved[name]} if saved[name] is not None else {})
            findings.extend(check_options(files[cfg]))
            executor = conf.get("core", "executor")
            if executor == "KubernetesExecutor":
                body = json.loads(json.dumps(make_pod()).replace(stand_in, home))
                print("the worker pod:")
                print("\n".join("  " + line for line in summary(body)))
                findings.extend(check_references(objects, body, outside))
                dags_folder = conf.get("core", "dags_folder").replace(stand_in, home)
                findings.extend(check_folders(scheduler, dags_folder, body, conf.getboolean("core", "remote_logging")))
            else:
                print("no worker pod to look at: the executor is %s" % executor)
        except ImportError as e:
            raise CannotRun("Airflow does not import: %s" % e)
        except Exception as e:  # whatever Airflow says of this configuration
            findings.append("Airflow rejects the configuration: %s: %s" % (type(e).__name__, e))
    finally:
        shutil.rmtree(stand_in, ignore_errors=True)
    for finding in findings:
        print("FINDING: %s" % finding.replace(stand_in, home).replace("\n", "\\n"))
    return len(findings)


def main(args):
    if args[:1] == ["--requirements"]:
        requirements(args[1])
        return 0
    options = []
    while args[:1] == ["-p"] and len(args) > 1:
        options, args = options + args[:2], args[2:]
    if not args or args[0].startswith("-"):
        raise CannotRun("no tree to check")
    if len(args) > 1:  # Airflow reads its configuration once in a process
        return max(subprocess.call([sys.executable, "-W", "ignore", __file__] + options + [a]) for a in args)
    print("== %s" % args[0])
    count = check(args[0], options[1::2])
    print("%d finding(s)" % count)
    return 1 if count else 0


if __name__ == "__main__":
    try:
        status = main(sys.argv[1:])
    except CannotRun as e:
        sys.stdout.flush()
        print("could not run: %s" % e, file=sys.stderr)
        status = 2
    sys.exit(status)
