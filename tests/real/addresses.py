"""addresses.py GEN CACHE 2=VENV 3=VENV REDIS EXPORTER [CASE...]: see addresses.sh.

A case is a values file. Each server of it is started on loopback with the arguments, the variables and the airflow.cfg that
its pod has, and asked by everything that leads to it: probe, Service, Ingress, execution URL, the other side's options.
"""
import os, pathlib, shutil, signal, socket, ssl, subprocess, sys, tempfile, time, urllib.error, urllib.parse, urllib.request

import yaml

GEN, CACHE, TWO, THREE, REDIS, EXPORTER, *WANTED = sys.argv[1:]
VENV = {2: pathlib.Path(TWO[2:]), 3: pathlib.Path(THREE[2:])}
SECRET = "x" * 64

INLINE = {
    "3-environment": "env: [{name: AIRFLOW__API__BASE_URL, value: 'https://a.example.com/deep/path/'}]\n"
    "apiServer: {env: [{name: AIRFLOW__API__PORT, value: '9180'}]}\n",
    "3-old-names": "config: {webserver: {base_url: 'http://a.example.com/old', web_server_port: 9181}}\n",
    "3-argument": "apiServer: {args: [bash, -c, exec airflow api-server --port 9182]}\nports: {apiServer: 9183}\n",
    "3-https": "config: {api: {ssl_cert: /tls/tls.crt, ssl_key: /tls/tls.key, port: 9184, base_url: 'https://a.example.com/s'}}\n",
    "2-path-alone": "airflowVersion: 2.11.0\nconfig: {webserver: {base_url: /airflow, web_server_port: 9185}}\n",
    "2-ingress": "airflowVersion: 2.11.0\nports: {airflowUI: 9186}\ningress: {web: {enabled: true, path: /i, hosts: [a.example.com]}}\n",
}


class Set:
    """What gen renders for a values file."""

    def __init__(self, text, scratch):
        values = scratch / "values.yaml"
        values.write_text(text)
        stream = subprocess.run([GEN, "-f", values], capture_output=True, text=True, check=True).stdout
        self.objects = [one for one in yaml.safe_load_all(stream) if one]
        self.major = 2 if "airflowVersion: 2" in text else 3
        self.cfg = next(o["data"]["airflow.cfg"] for o in self.objects if o["kind"] == "ConfigMap" and "airflow.cfg" in o["data"])
        (scratch / "tls").mkdir()
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=localhost",
             "-keyout", scratch / "tls/tls.key", "-out", scratch / "tls/tls.crt"],
            check=True, capture_output=True)

    def pods(self):
        return [o for o in self.objects if o["kind"] in ("Deployment", "StatefulSet")]

    def container(self, component):
        for pod in self.pods():
            if pod["spec"]["template"]["metadata"]["labels"].get("component") == component:
                return pod["spec"]["template"]["spec"]["containers"][0]
        return None

    def services(self):
        return [o["metadata"]["name"] for o in self.objects if o["kind"] == "Service"]

    def behind(self, host, port):
        """The container's port behind a port of a Service, by its number or name."""
        service = next(o for o in self.objects if o["kind"] == "Service" and o["metadata"]["name"] == host)
        entry = next(p for p in service["spec"]["ports"] if port in (p["port"], p.get("name")))
        target = entry.get("targetPort", entry["port"])
        selector = service["spec"]["selector"]
        for pod in self.pods():
            template = pod["spec"]["template"]
            if selector.items() <= template["metadata"]["labels"].items():
                for container in template["spec"]["containers"]:
                    for has in container.get("ports", []):
                        if target in (has["containerPort"], has.get("name")):
                            return has["containerPort"]
        return None


def environment(one, container, scratch):
    home = scratch / "home"
    home.mkdir(exist_ok=True)
    (home / "airflow.cfg").write_text(one.cfg.replace("/tls/", f"{scratch}/tls/"))
    env = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    env["PATH"] = f"{VENV[one.major]}/bin:{env['PATH']}"
    for variable in container.get("env", []):
        if "value" in variable and variable["name"].startswith("AIRFLOW__"):
            env[variable["name"]] = variable["value"].replace("/tls/", f"{scratch}/tls/")
    database = f"sqlite:///{scratch}/airflow.db"
    return env | {
        "AIRFLOW_HOME": str(home), "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": database, "AIRFLOW__API_AUTH__JWT_SECRET": SECRET,
        "AIRFLOW__API__SECRET_KEY": SECRET, "AIRFLOW__WEBSERVER__SECRET_KEY": SECRET, "AIRFLOW__API__WORKERS": "1",
        "AIRFLOW__WEBSERVER__WORKERS": "1", "AIRFLOW__WEBSERVER__WEB_SERVER_MASTER_TIMEOUT": "600",
        "AIRFLOW__CORE__DAGS_FOLDER": str(home), "AIRFLOW__CORE__EXECUTOR": "SequentialExecutor" if one.major == 2 else "LocalExecutor",
        "AIRFLOW__METRICS__STATSD_HOST": "127.0.0.1", "AIRFLOW__LOGGING__BASE_LOG_FOLDER": str(home / "logs"),
    }


def database(major, scratch):
    """A migrated database, made once for each Airflow."""
    kept = pathlib.Path(CACHE) / f"airflow-{VENV[major].name}.db"
    if not kept.exists():
        env = {"PATH": f"{VENV[major]}/bin:{os.environ['PATH']}", "AIRFLOW_HOME": str(scratch / "first"), "HOME": os.environ["HOME"],
               "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{scratch}/new.db", "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
               "AIRFLOW__CORE__AUTH_MANAGER": "airflow.providers.fab.auth_manager.fab_auth_manager.FabAuthManager"}
        subprocess.run(["airflow", "db", "migrate"], env=env, check=True, capture_output=True)
        shutil.move(scratch / "new.db", kept)
    shutil.copy(kept, scratch / "airflow.db")


def answer(url, host=None, patience=180):
    """The status of what answers; a machine at work takes its time."""
    end = time.time() + patience
    while (status := asked(url, host)) != 200 and not (isinstance(status, int) and status < 500) and time.time() < end:
        time.sleep(1)
    return status


def asked(url, host):
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    request = urllib.request.Request(url, headers={"Host": host} if host else {})
    try:
        return urllib.request.urlopen(request, timeout=60, context=context).status
    except urllib.error.HTTPError as error:
        return error.code
    except OSError as error:
        return str(error)


def opens(port):
    with socket.socket() as one:
        one.settimeout(2)
        return one.connect_ex(("127.0.0.1", port)) == 0


class Running:
    """A program that runs until the block ends."""

    def __init__(self, command, env, log):
        self.command, self.env, self.log = command, env, log

    def __enter__(self):
        out = open(self.log, "w")
        self.process = subprocess.Popen(self.command, env=self.env, stdout=out, stderr=out, stdin=subprocess.DEVNULL,
                                        cwd=self.log.parent, start_new_session=True)
        return self

    def until(self, port):
        end = time.time() + 400
        while time.time() < end and self.process.poll() is None:
            if opens(port):
                return True
            time.sleep(0.5)
        return False

    def __exit__(self, *_):
        for number in (signal.SIGTERM, signal.SIGKILL):
            try:
                os.killpg(self.process.pid, number)
                self.process.wait(20)
            except ProcessLookupError:
                break
            except subprocess.TimeoutExpired:
                continue
        self.process.wait()


def judge_server(one, scratch, said):
    name = "webserver" if one.major == 2 else "api-server"
    container = one.container(name)
    port, probe = container["ports"][0]["containerPort"], container["readinessProbe"]["httpGet"]
    args = [argument.replace("/tls/", f"{scratch}/tls/") for argument in container["args"]]
    with Running(args, environment(one, container, scratch), scratch / "server.log") as server:
        if not server.until(port):
            return said(False, f"{name} listens on {port}", (scratch / "server.log").read_text()[-600:])
        host = {h["name"]: h["value"] for h in probe.get("httpHeaders", [])}.get("Host")
        scheme = probe["scheme"].lower()
        url = f"{scheme}://127.0.0.1:{probe['port']}{probe['path']}"
        status = answer(url, host)
        said(status == 200, f"probe {scheme} :{probe['port']}{probe['path']}", status)
        execution = next((l.split(" = ")[1] for l in one.cfg.splitlines() if l.startswith("execution_api_server_url")), None)
        if execution and one.major == 3:
            parts = urllib.parse.urlsplit(execution)
            behind = one.behind(parts.hostname, parts.port)
            status = answer(f"{parts.scheme}://127.0.0.1:{behind}{parts.path}health/ping")
            said(status == 200, f"execution URL {execution}", status)
        for ingress in (o for o in one.objects if o["kind"] == "Ingress"):
            # What comes before it may lead to somebody else's Service.
            paths = ingress["spec"]["rules"][0]["http"]["paths"]
            path = next(path for path in paths if path["backend"]["service"]["name"] in one.services())
            backend = path["backend"]["service"]
            behind = one.behind(backend["name"], next(iter(backend["port"].values())))
            end = "/health" if one.major == 2 else "/api/v2/version"
            status = answer(f"{scheme}://127.0.0.1:{behind}{path['path'].rstrip('/')}{end}")
            said(status == 200, f"Ingress {path['path']}", status)


SERVE_LOGS = "from airflow.utils.serve_logs import serve_logs; serve_logs()"
SEND = {
    2: "from airflow.stats import Stats; Stats.incr('seen')",
    3: "from airflow.observability.metrics.stats_utils import get_stats_factory; get_stats_factory()().incr('seen')",
}
READ = "from airflow.configuration import conf; print(conf.getint('logging', {!r}))"


def judge_logs(one, scratch, said):
    reader = one.container("webserver" if one.major == 2 else "api-server")
    for component in ("worker", "scheduler", "triggerer"):
        option = "trigger_log_server_port" if component == "triggerer" else "worker_log_server_port"
        container = one.container(component)
        if not container or not container.get("ports"):
            continue
        port = container["ports"][-1]["containerPort"]
        command = ["airflow", "triggerer"] if component == "triggerer" else ["python", "-c", SERVE_LOGS]
        env = environment(one, container, scratch)
        read = ["python", "-W", "ignore", "-c", READ.format(option)]
        read = subprocess.run(read, env=environment(one, reader, scratch), capture_output=True, text=True)
        said(read.stdout.strip().endswith(str(port)), f"logs of the {component} are read from {port}", read.stdout[-200:])
        with Running(command, env, scratch / "logs.log") as server:
            said(server.until(port), f"logs of the {component} are served on {port}", (scratch / "logs.log").read_text()[-300:])


def judge_metrics(one, scratch, said):
    exporter = one.container("statsd")
    ingest, scrape = (port["containerPort"] for port in exporter["ports"])
    mapping = scratch / "mappings.yml"
    mapping.write_text(next(o["data"]["mappings.yml"] for o in one.objects if o["kind"] == "ConfigMap" and "mappings.yml" in o["data"]))
    args = [argument.replace("/etc/statsd-exporter/mappings.yml", str(mapping)) for argument in exporter["args"]]
    with Running([EXPORTER, *args], dict(os.environ), scratch / "exporter.log") as server:
        if not said(server.until(scrape), f"the exporter listens on {scrape}", (scratch / "exporter.log").read_text()[-300:]):
            return
        env = environment(one, one.container("scheduler"), scratch)
        subprocess.run(["python", "-W", "ignore", "-c", SEND[one.major]], env=env, capture_output=True)
        probe = exporter["readinessProbe"]["httpGet"]
        page = urllib.request.urlopen(f"http://127.0.0.1:{probe['port']}{probe['path']}").read().decode()
        said("airflow_seen 1" in page, f"a metric of Airflow arrives through {ingest}", "it is not on the page")


def judge_redis(one, scratch, said):
    container = one.container("redis")
    if not container:
        return
    port = container["ports"][0]["containerPort"]
    root = pathlib.Path(REDIS)
    program = next(root.glob("usr/bin/redis-check-rdb"))
    args = [argument.replace("$(REDIS_PASSWORD)", SECRET) for argument in container["args"]]
    library = next((root / "usr/lib").glob("*-linux-gnu"))
    server = scratch / "redis-server"
    server.symlink_to(program.resolve())
    with Running([server, *args], {"LD_LIBRARY_PATH": str(library)}, scratch / "redis.log") as running:
        said(running.until(port), f"redis listens on {port}", (scratch / "redis.log").read_text()[-300:])
        said(one.behind("airflow-redis", port) == port, "its Service leads there", "it does not")


def main():
    cases = {f"3-{name}" if "airflowVersion: 3" in text else f"2-{name}": text for name, text in
             ((path.stem, path.read_text()) for path in sorted(pathlib.Path("values").glob("ports*.yaml")))}
    cases |= {name: text if "airflowVersion" in text else f"airflowVersion: 3.2.0\nexecutor: LocalExecutor\n{text}" for name, text in INLINE.items()}
    unknown = set(WANTED) - set(cases)
    if unknown:
        sys.exit(f"there is no case {unknown}; there are {sorted(cases)}")
    faults = 0
    for name, text in cases.items():
        if WANTED and name not in WANTED:
            continue

        def said(holds, what, why):
            nonlocal faults
            faults += not holds
            print(f"{'ok  ' if holds else 'FAIL'} {name}: {what}{'' if holds else f': {why}'}", flush=True)
            return holds

        with tempfile.TemporaryDirectory() as folder:
            scratch = pathlib.Path(folder)
            one = Set(text, scratch)
            database(one.major, scratch)
            judge_server(one, scratch, said)
            if "ports" in name.split("-")[1]:
                judge_logs(one, scratch, said)
                judge_metrics(one, scratch, said)
                judge_redis(one, scratch, said)
    print("everything answers" if not faults else f"{faults} faults")
    sys.exit(1 if faults else 0)


main()
