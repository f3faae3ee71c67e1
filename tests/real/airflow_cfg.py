"""Let the Airflow that is installed with this Python judge airflow.cfg; see airflow_cfg.sh, which runs this.

    airflow_cfg.py [-a] GEN FILE...        judge what GEN makes of values files, or what is rendered already
    airflow_cfg.py --judge REQUEST RESULT  judge one config map; in a process of its own, with nothing but the file
                                           airflow.cfg to read: Airflow reads its configuration once in a process
"""
import concurrent.futures
import configparser
import glob
import importlib.metadata
import inspect
import json
import os
import re
import subprocess
import sys
import tempfile

DEFAULT_VERSION = "3.2.0"  # of Airflow, in a values file that says none
CFG, POD_TEMPLATE, LOCAL_SETTINGS = "airflow.cfg", "pod_template_file.yaml", "airflow_local_settings.py"
# Sections that Airflow hands on to a program that has many options more than Airflow describes.
FREE = ("celery_broker_transport_options", "celery_result_backend_transport_options", "sentry")
# Sections that a provider describes which is not installed here, and that Airflow itself reads.
OF_OTHERS = ("azure_remote_logging",)
# Sections of which Airflow hands on what a client's constructor has parameters for: where that is, and the function
# that gives them.
CLIENTS = {
    "elasticsearch_configs": ("elasticsearch", "Elasticsearch",
                              "airflow.providers.elasticsearch.log.es_task_handler", "get_es_kwargs_from_config"),
    "opensearch_configs": ("opensearchpy", "OpenSearch",
                           "airflow.providers.opensearch.log.os_task_handler", "get_os_kwargs_from_config"),
}
# An option that is read in Airflow's own code, described or not: the reader (get, getint, ...), section and option.
READ = re.compile(r"""\bconf\.(get\w*|has_option)\(\s*(?:section=)?['"](\w+)['"]\s*,\s*(?:key=)?['"](\w+)['"]""")
TYPES = {"boolean": "getboolean", "integer": "getint", "float": "getfloat"}  # and what reads them


class CannotRun(Exception):
    """The check itself is not possible, for a reason to print."""


def one_line(text, most=300):
    line = " ".join(str(text).split())
    return line if len(line) <= most else line[:most] + "..."


def reason(error):
    """An exception, and what it was raised for."""
    texts = []
    while error is not None:
        texts.append(("%s: %s" % (type(error).__name__, error)).rstrip(": "))
        error = error.__cause__ or error.__context__
    return ", for ".join(texts)


# What Airflow says of one config map: each check yields (what it is about, finding), or just fails.


class Options:
    """The options of airflow.cfg: as the file has them, and as Airflow knows and reads them."""

    def __init__(self, text):
        from airflow.configuration import conf, expand_env_var
        self.conf, self.expand_env_var = conf, expand_env_var
        self.file = configparser.RawConfigParser()
        self.file.optionxform = str
        self.file.read_string(text)
        self.described = self.descriptions()
        self.moved = self.moves()
        self.changes = self.changes_of_major()
        self.read = self.readers()

    @staticmethod
    def descriptions():
        """What Airflow and its providers say of each option, by (section, option)."""
        from airflow.configuration import retrieve_configuration_description
        from airflow.providers_manager import ProvidersManager
        parts = [retrieve_configuration_description(include_providers=False)]
        parts += [config for _, config in ProvidersManager().provider_configs]
        return {(section, option): about for part in parts for section, described in part.items()
                for option, about in (described.get("options") or {}).items()}

    def moves(self):
        """Where Airflow looks an old option up now."""
        moved = {}
        for new, (section, _) in self.conf.deprecated_sections.items():
            moved.update({(section, option): (new, option) for of, option in self.described if of == new})
        for new, (section, option, *_) in self.conf.deprecated_options.items():
            moved[section, option] = new
        for new, olds in getattr(self.conf, "many_to_one_deprecated_options", {}).items():
            moved.update({(section, option): new for section, option, *_ in olds})
        return moved

    def changes_of_major(self):
        """What `airflow config lint` knows; in Airflow 2 it is about Airflow 3."""
        from airflow import __version__
        if __version__.startswith("2."):
            return {}
        from airflow.cli.commands.config_command import CONFIGS_CHANGES
        return {tuple(change.config): change for change in CONFIGS_CHANGES if not change.default_change}

    def change(self, section, option):
        change = self.changes.get((section, option))
        return change and change.message

    @staticmethod
    def readers():
        """What reads each option in Airflow's code, and where."""
        import airflow
        top, read = os.path.dirname(airflow.__file__), {}
        for path in sorted(glob.glob(os.path.join(top, "**", "*.py"), recursive=True)):
            with open(path, encoding="utf-8") as f:
                for reader, section, option in READ.findall(f.read()):
                    places = read.setdefault((section.lower(), option.lower()), {})
                    places.setdefault(reader, os.path.relpath(path, top))
        return read

    def meant(self, section, text):
        """A text as Airflow reads it from a file: `%%`, `%(option)s`, and variables of the environment."""
        def part(match):
            name = match.group(1)
            return self.meant(section, self.file.get(section, name, fallback=match.group())) if name else "%"
        return self.expand_env_var(re.sub(r"%(?:%|\((\w+)\)s)", part, text))

    def types(self, section, option):
        """The types that an option has by its description (Airflow 2 calls most of them strings) or its readers."""
        name = (section.lower(), option.lower())
        described = self.described.get(name, {}).get("type")
        return [kind for kind, reader in TYPES.items() if kind == described or reader in self.read.get(name, ())]

    def unknown(self, section, option):
        """Findings about an option that this Airflow does not have, or not have for long."""
        name = (section, option)
        about = self.described.get(name)
        if name in self.moved and about is None:
            new = self.moved[name]
            taken = self.conf.get(*new, fallback=None) == self.conf.get(section, option)
            yield "moved to [%s] %s%s" % (*new, "" if taken else ", which does not take this value")
        elif about is not None:
            if about.get("version_deprecated"):
                yield "deprecated since %s: %s" % (about["version_deprecated"], about.get("deprecation_reason"))
            elif self.change(section, option):
                yield self.change(section, option)
        elif section in CLIENTS:
            module, client, *_ = CLIENTS[section]
            if option not in inspect.signature(getattr(__import__(module), client).__init__).parameters:
                yield "dropped: %s takes no such argument" % client
        elif section in OF_OTHERS and (section, option) in self.read:
            return
        elif section not in FREE and not self.is_sensitive(section, option):
            what = "no such option" if any(of == section for of, _ in self.described) else "no such section"
            more = self.change(section, option)
            if (section, option) in self.read:
                more = "though %s reads it" % ", ".join(sorted(set(self.read[section, option].values())))
            yield "%s: %s" % (what, more) if more else what

    def is_sensitive(self, section, option):
        """Whether it says how to get at the value of another: by a command, or from a backend of secrets."""
        match = re.match(r"(.*)_(?:cmd|secret)$", option)
        return match is not None and (section, match.group(1)) in self.conf.sensitive_config_values

    def check(self):
        """The options of the file, each by itself."""
        for section in self.file.sections():
            for option, text in self.file.items(section):
                where = "[%s] %s" % (section, option)
                try:
                    value = self.conf.get(section, option)
                except Exception as e:  # most of all a lone %
                    yield where, "not readable: %s" % reason(e)
                    continue
                for what in self.unknown(section.lower(), option.lower()):
                    yield where, what
                if value != self.meant(section, text):
                    yield where, "the file has %s, and it is read as %s" % (ascii(text), ascii(value))
                for kind in self.types(section, option):
                    try:
                        getattr(self.conf, TYPES[kind])(section, option)
                    except Exception as e:
                        yield where, "of type %s, but: %s" % (kind, reason(e))

    def check_asked(self, asked):
        """The options that the values ask for."""
        for section, options in asked.items():
            if options is None:
                options = dict.fromkeys(self.file.options(section) if self.file.has_section(section) else ())
            for option, value in options.items():
                for what in self.answer(section, option, value):
                    yield "[%s] %s" % (section, option), what

    def answer(self, section, option, value):
        if value is None:
            if self.file.has_option(section, option):
                yield "the values take it out, and the file has it"
            return
        kind = {bool: "boolean", int: "integer", float: "float"}.get(type(value))
        if kind is None and "{{" in str(value):
            return  # gen fills templates in; what comes out is compared with the file
        try:
            got = getattr(self.conf, TYPES.get(kind, "get"))(section, option)
        except Exception as e:
            yield "the values ask for %s, but: %s" % (ascii(value), reason(e))
            return
        # A block of YAML ends with a line end, which is not meant.
        if got != (value if kind else self.meant(section, str(value).rstrip("\n"))):
            yield "the values ask for %s, and it is read as %s" % (ascii(value), ascii(got))


def check_executors():
    """Each executor loads, as the scheduler loads it; none of them connects to anything before it starts."""
    from airflow.executors.executor_loader import ExecutorLoader
    names = ExecutorLoader.get_executor_names
    # Whether teams exist is in the database.
    for name in names(**{p: False for p in inspect.signature(names).parameters if p == "validate_teams"}):
        try:
            ExecutorLoader.load_executor(name)
        except Exception as e:
            yield "[core] executor", "%s does not load: %s" % (name.alias or name.module_path, reason(e))


def check_auth_manager(options):
    """The class can be imported, with all that it needs."""
    if options.file.has_option("core", "auth_manager"):
        options.conf.getimport("core", "auth_manager")


def check_dag_bundles(options):
    """The list is one, and its classes can be imported; Airflow 2 has no such thing."""
    if options.file.has_option("dag_processor", "dag_bundle_config_list") \
            and ("dag_processor", "dag_bundle_config_list") in options.described:
        from airflow.dag_processing.bundles.manager import DagBundlesManager
        DagBundlesManager()


def check_client(options, section):
    """The client of a log store takes the arguments that airflow.cfg gives it."""
    if options.file.has_section(section):
        module, client, handler, arguments = CLIENTS[section]
        arguments = getattr(__import__(handler, fromlist=[arguments]), arguments)()
        getattr(__import__(module), client)("http://localhost:9200", **arguments)


def lost(ours, theirs, path=""):
    """The paths of what is in one tree and not in another."""
    if isinstance(ours, dict) and isinstance(theirs, dict):
        for key, value in ours.items():
            yield from lost(value, theirs.get(key), "%s.%s" % (path, key) if path else key)
    elif isinstance(ours, list) and isinstance(theirs, list) and len(ours) == len(theirs):
        for index, (one, other) in enumerate(zip(ours, theirs)):
            yield from lost(one, other, "%s[%d]" % (path, index))
    elif ours not in (None, theirs) and not (ours in ({}, []) and theirs is None):
        yield path


def check_pod_template(home):
    """Airflow reads the pod template, all of it, and its first container, which is the one that Airflow works on."""
    import yaml
    from airflow.providers.cncf.kubernetes.pod_generator import PodGenerator
    from kubernetes.client import ApiClient
    path = os.path.join(home, POD_TEMPLATE)
    pod = PodGenerator.deserialize_model_file(path)
    with open(path, encoding="utf-8") as f:
        for field in lost(yaml.safe_load(f), ApiClient().sanitize_for_serialization(pod)):
            yield POD_TEMPLATE, "%s is not read" % field
    if not pod.spec or not pod.spec.containers:
        yield POD_TEMPLATE, "no containers"
        return
    base = pod.spec.containers[0]
    if base.name != "base":
        yield POD_TEMPLATE, "the first container is named %s, not base" % base.name
    if not base.image:
        yield POD_TEMPLATE, "container %s has no image" % base.name


def check_task_image(home):
    """The pod that the Kubernetes executor makes of the template for a task has the image of the template."""
    from airflow.providers.cncf.kubernetes.kube_config import KubeConfig
    from airflow.providers.cncf.kubernetes.pod_generator import PodGenerator
    template = PodGenerator.deserialize_model_file(os.path.join(home, POD_TEMPLATE))
    # As the executor does it (`AirflowKubernetesScheduler.run_next`), for a task without an override.
    pod = PodGenerator.construct_pod(
        dag_id="dag", task_id="task", pod_id="pod", try_number=1, date=None, args=["airflow"], pod_override_object=None,
        kube_image=KubeConfig().kube_image, base_worker_pod=template, namespace="default", scheduler_job_id="1")
    meant, made = template.spec.containers[0].image, pod.spec.containers[0].image
    if made != meant:
        yield POD_TEMPLATE, "the image is %s, and a task gets %s" % (meant, made)


def judge(data, asked, home):
    """All findings about one config map; `home` has its files."""
    if data.get(LOCAL_SETTINGS, "").strip():
        try:
            compile(data[LOCAL_SETTINGS], LOCAL_SETTINGS, "exec")
        except (SyntaxError, ValueError) as e:
            yield LOCAL_SETTINGS, reason(e)
    try:
        options = Options(data[CFG])
    except (Exception, SystemExit) as e:
        yield CFG, "Airflow does not start: %s" % reason(e)
        return
    parts = [(CFG, options.check), (CFG, options.check_asked, asked), ("[core] executor", check_executors),
             ("[core] auth_manager", check_auth_manager, options),
             ("[dag_processor] dag_bundle_config_list", check_dag_bundles, options)]
    parts += [("[%s]" % section, check_client, options, section) for section in CLIENTS]
    if POD_TEMPLATE in data:
        parts += [(POD_TEMPLATE, check_pod_template, home), (POD_TEMPLATE, check_task_image, home)]
    for where, check, *arguments in parts:
        try:
            yield from check(*arguments) or ()
        except (Exception, SystemExit) as e:
            yield where, reason(e)


# The config maps to judge.


def render(gen, values, *options):
    command = [gen, "-f", values, *options]
    try:
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
    except OSError as e:
        raise CannotRun(e)
    if done.returncode:
        raise CannotRun("gen refuses it: %s" % done.stderr.decode(errors="replace").strip())
    return done.stdout.decode()


def documents(text):
    import yaml
    try:
        return [document for document in yaml.safe_load_all(text) if document is not None]
    except yaml.YAMLError as e:
        raise CannotRun("not YAML: %s" % one_line(e))


def config_maps(path, gen, version, every):
    """(data, options asked for) of each config map with an airflow.cfg; none if the file is for another Airflow."""
    try:
        with open(path, encoding="utf-8") as f:
            text = f.read()
    except (OSError, ValueError) as e:
        raise CannotRun(e)
    if path.endswith(".cfg"):
        return [({CFG: text}, {})]
    objects, asked = documents(text), {}
    if not any(isinstance(o, dict) and "kind" in o and "apiVersion" in o for o in objects):
        values = objects[0] if objects else {}
        asked, options = values.get("config") or {}, []
        major = str(values.get("airflowVersion", DEFAULT_VERSION)).split(".")[0]
        if major != version.split(".")[0]:
            if major == "1" or not every:
                return []
            options = ["--set-string", "airflowVersion=%s" % version]
        objects = documents(render(gen, path, *options))
    found = [(o["data"], asked) for o in objects if o.get("kind") == "ConfigMap" and CFG in (o.get("data") or {})]
    if not found:
        raise CannotRun("no config map has an %s" % CFG)
    return found


def findings_about(data, asked):
    """Have a config map judged in an environment that says nothing to Airflow, and in a home of its own."""
    with tempfile.TemporaryDirectory() as home:
        for name, text in data.items():
            with open(os.path.join(home, name), "w", encoding="utf-8", newline="") as f:
                f.write(text)
        request, result = os.path.join(home, "request.json"), os.path.join(home, "result.json")
        with open(request, "w", encoding="utf-8") as f:
            json.dump({"data": data, "asked": asked}, f, default=str)
        environment = {
            "PATH": os.environ["PATH"], "HOME": home, "AIRFLOW_HOME": home, "TMPDIR": home, "LC_ALL": "C.UTF-8",
            # Else the import makes folders for logs where airflow.cfg says.
            "_AIRFLOW__AS_LIBRARY": "1",
            # The address of the database comes from a Secret; Airflow 2 would refuse executors on SQLite, the default.
            "_AIRFLOW__SKIP_DATABASE_EXECUTOR_COMPATIBILITY_CHECK": "1",
        }
        done = subprocess.run([sys.executable, "-W", "ignore", os.path.abspath(__file__), "--judge", request, result],
                              cwd=home, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
        if done.returncode:
            raise CannotRun("the judge ended with status %d: %s" % (
                done.returncode, done.stdout.decode(errors="replace").strip()))
        with open(result, encoding="utf-8") as f:
            return [[where, what.replace(home, "$AIRFLOW_HOME")] for where, what in json.load(f)]


def judge_file(path, gen, version, every):
    """The findings about a file; None if there was nothing to judge."""
    maps = config_maps(path, gen, version, every)
    return [finding for data, asked in maps for finding in findings_about(data, asked)] if maps else None


def main(args):
    if args[:1] == ["--judge"]:
        with open(args[1], encoding="utf-8") as f:
            request = json.load(f)
        findings = list(dict.fromkeys(judge(request["data"], request["asked"], os.path.dirname(args[1]))))
        with open(args[2], "w", encoding="utf-8") as f:
            json.dump(findings, f)
        return 0
    every = args[:1] == ["-a"]
    gen, *files = args[every:]
    version = importlib.metadata.version("apache-airflow")
    judged = count = not_run = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        jobs = [(path, pool.submit(judge_file, path, gen, version, every)) for path in files]
        for path, job in jobs:
            path = os.path.relpath(path)
            try:
                findings = job.result()
            except CannotRun as e:
                not_run += 1
                print("NOT RUN: %s: airflow %s: %s" % (path, version, e))
                continue
            judged += findings is not None
            count += len(findings or [])
            for where, what in findings or []:
                print("FINDING: %s: airflow %s: %s: %s" % (path, version, where, one_line(what)), flush=True)
    print("airflow %s: %d file(s) judged, %d finding(s)" % (version, judged, count))
    if not judged and not not_run:
        print("could not run: none of the files is for airflow %s" % version.split(".")[0], file=sys.stderr)
        return 2
    return 1 if count else 2 if not_run else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
