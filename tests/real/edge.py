"""Let the Airflow that is installed with this Python run tasks by a worker at the edge; see parts/edge, which runs this.

    edge.py GEN

API server, scheduler, DAG processor and worker run with the commands, the variables and the airflow.cfg that gen renders; the host
of the API server's Service is this machine. The worker has a home of its own and is told of no database. A task ends in success, and
its log is read where users read it; the liveness probe succeeds, and fails while the worker stands still; and a worker that is told to
end while a task runs lets it end, and takes no other.
The database is a PostgreSQL on loopback, whose programs are looked for where Debian puts them.
Exit status: 0 no finding, 1 findings.
"""
import contextlib
import json
import os
import pathlib
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.request

EXECUTOR = "airflow.providers.edge3.executors.EdgeExecutor"
DAG = """
import time
from airflow.sdk import dag, task

@dag(schedule=None)
def {name}():
    @task(queue="press")
    def work():
        print("begun at the edge")
        time.sleep({seconds})
        print("ended at the edge")
    work()

{name}()
"""
PATIENCE = 900


class Stopped(Exception):
    """The part cannot go on."""


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


class Part:
    """The part: what runs, and what was found."""

    def __init__(self, gen, version, folder):
        self.version, self.folder = version, pathlib.Path(folder)
        self.home, self.edge = self.folder / "home", self.folder / "edge"
        self.findings, self.running = [], {}
        self.port, self.postgresql = free_port(), free_port()
        for home in (self.home, self.edge):
            (home / "dags").mkdir(parents=True)
            for name, seconds in (("short", 0), ("long", 20)):
                (home / "dags" / (name + ".py")).write_text(DAG.format(name=name, seconds=seconds), encoding="utf-8")
        entrypoint = self.folder / "entrypoint"
        entrypoint.write_text("#!/bin/bash\nexec \"$@\"\n", encoding="utf-8")
        entrypoint.chmod(0o755)
        values = {"airflowVersion": version, "executor": EXECUTOR, "ports": {"apiServer": self.port}, "statsd": {"enabled": False},
                  "postgresql": {"enabled": False}, "data": {"metadataSecretName": "database"}, "fernetKeySecretName": "fernet",
                  "apiSecretKeySecretName": "api", "jwtSecretName": "jwt",
                  "workers": {"edge": {"queues": ["plant", "press"], "concurrency": 1}},
                  "config": {"core": {"load_examples": False}, "edge": {"job_poll_interval": 1, "heartbeat_interval": 5},
                             "dag_processor": {"refresh_interval": 5}, "scheduler": {"task_instance_heartbeat_timeout": 900}}}
        done = subprocess.run([gen, "-f", "-"], input=json.dumps(values), capture_output=True, text=True, check=True)
        import yaml
        objects = [one for one in yaml.safe_load_all(done.stdout) if one]
        self.config = next(one["data"]["airflow.cfg"] for one in objects if "airflow.cfg" in one.get("data", {}))
        self.containers = {one["spec"]["template"]["spec"]["containers"][0]["name"]: one["spec"]["template"]["spec"]["containers"][0]
                           for one in objects if one["kind"] in ("Deployment", "StatefulSet")}
        self.secrets = {"database": "postgresql+psycopg2://airflow@127.0.0.1:%d/postgres" % self.postgresql,
                        "fernet": "JY498Ilq8GLQ4AnFRVOqTGyAx87lnAYhDuluzHG_dIA=", "api": "a" * 64, "jwt": "j" * 64}
        for home in (self.home, self.edge):
            (home / "airflow.cfg").write_text(self.here(self.config, home), encoding="utf-8")

    def here(self, text, home):
        """What the text says in a pod, said for this machine."""
        for name, instead in (("/opt/airflow", home), ("airflow-api-server", "127.0.0.1"), ("/entrypoint", self.folder / "entrypoint"),
                              ("/usr/bin/dumb-init", pathlib.Path(sys.prefix) / "bin/dumb-init")):
            text = text.replace(name, str(instead))
        return text

    def env(self, container, home):
        """The container's variables, as the kubelet would make them."""
        env = {"PATH": "%s/bin:%s" % (sys.prefix, os.environ["PATH"]), "HOME": str(home), "PYTHONUNBUFFERED": "1", "PYTHONWARNINGS": "ignore"}
        for one in self.containers[container]["env"]:
            env[one["name"]] = self.here(one["value"], home) if "value" in one else self.secrets[one["valueFrom"]["secretKeyRef"]["name"]]
        return env

    def command(self, container, home, words):
        return [self.here(word, home) for word in words if word]

    def start(self, container, home):
        keys = self.containers[container]
        words = self.command(container, home, keys.get("command", ["/entrypoint"]) + keys["args"])
        log = open(self.folder / (container + ".log"), "ab")
        self.running[container] = subprocess.Popen(words, env=self.env(container, home), cwd=home, stdout=log, stderr=log, start_new_session=True)

    def stop(self):
        for process in self.running.values():
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def said(self, container):
        log = self.folder / (container + ".log")
        return log.read_text(errors="replace") if log.exists() else "nothing"

    def start_postgresql(self):
        data = self.folder / "postgresql"
        data.mkdir()
        programs = max(pathlib.Path("/usr/lib/postgresql").glob("*/bin"))
        own = []
        if os.getuid() == 0:
            # The server does not run as root.
            self.folder.chmod(0o755)
            shutil.chown(data, "postgres")
            own = ["runuser", "-u", "postgres", "--"]
        initdb = [programs / "initdb", "-D", data / "data", "-U", "airflow", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]
        subprocess.run(own + initdb, check=True, capture_output=True, cwd=data)
        server = [programs / "postgres", "-D", data / "data", "-p", str(self.postgresql), "-k", data, "-h", "127.0.0.1", "-F"]
        log = open(self.folder / "postgresql.log", "ab")
        self.running["postgresql"] = subprocess.Popen(own + server, stdout=log, stderr=log, cwd=data, start_new_session=True)
        self.wait("PostgreSQL answers", lambda: self.rows("select 1"))

    def rows(self, query):
        import psycopg2
        try:
            with contextlib.closing(psycopg2.connect(host="127.0.0.1", port=self.postgresql, user="airflow", dbname="postgres")) as database:
                with database.cursor() as cursor:
                    cursor.execute(query)
                    return cursor.fetchall()
        except psycopg2.Error as error:
            raise OSError(error) from error

    def wait(self, what, happened):
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            with contextlib.suppress(OSError):
                if happened():
                    return True
            for container, process in self.running.items():
                if process.poll() is not None and container != "edge-worker":
                    raise Stopped("%s has ended: %s" % (container, self.said(container)[-2000:]))
            time.sleep(1)
        raise Stopped("%s: not within %d s; the worker says: %s" % (what, PATIENCE, self.said("edge-worker")[-3000:]))

    def expect(self, is_so, fault):
        if not is_so:
            self.findings.append(fault)

    def call(self, path, body=None, token=None):
        headers = {"Content-Type": "application/json", **({"Authorization": "Bearer " + token} if token else {})}
        data = json.dumps(body).encode() if body is not None else None
        request = urllib.request.Request("http://127.0.0.1:%d%s" % (self.port, path), data, headers)
        with urllib.request.urlopen(request, timeout=120) as answer:
            return json.loads(answer.read())

    def probe(self):
        keys = self.containers["edge-worker"]["livenessProbe"]
        words = self.command("edge-worker", self.edge, keys["exec"]["command"])
        with contextlib.suppress(subprocess.TimeoutExpired):
            done = subprocess.run(words, env=self.env("edge-worker", self.edge), capture_output=True, text=True, check=False,
                                  timeout=max(60, keys["timeoutSeconds"]))
            return done.returncode == 0, done.stdout[-500:] + done.stderr[-500:]
        return False, "it does not end"

    def trigger(self, dag, token):
        return self.call("/api/v2/dags/%s/dagRuns" % dag, {"logical_date": None}, token)["dag_run_id"]

    def state(self, run):
        return (self.rows("select state from task_instance where run_id = '%s'" % run) or [(None,)])[0][0]

    def run(self):
        own = self.env("edge-worker", self.edge)
        of_database = [name for name, value in own.items() if "SQL_ALCHEMY" in name or "postgresql" in value]
        self.expect(not of_database, "the worker is told of a database by %s" % of_database)
        server = self.env("api-server", self.home)
        self.start_postgresql()
        subprocess.run(["airflow", "db", "migrate"], env=server, check=True, capture_output=True)
        subprocess.run(["airflow", "users", "create", "-u", "u", "-p", "p", "-r", "Admin", "-e", "e@example.com", "-f", "f", "-l", "l"],
                       env=server, check=True, capture_output=True)
        for container in ("api-server", "scheduler", "dag-processor"):
            self.start(container, self.home)
        self.wait("the API server answers", lambda: self.call("/api/v2/version"))
        self.start("edge-worker", self.edge)
        self.wait("the worker is idle", lambda: self.rows("select state from edge_worker where state in ('idle', 'starting')"))
        self.wait("DAGs are there", lambda: len(self.rows("select dag_id from dag where not is_stale")) == 2)
        token = self.call("/auth/token", {"username": "u", "password": "p"})["access_token"]
        for dag in ("short", "long"):
            request = urllib.request.Request("http://127.0.0.1:%d/api/v2/dags/%s" % (self.port, dag), b'{"is_paused": false}',
                                             {"Content-Type": "application/json", "Authorization": "Bearer " + token}, method="PATCH")
            urllib.request.urlopen(request, timeout=120).close()
        run = self.trigger("short", token)
        self.wait("a task ends", lambda: self.state(run) in ("success", "failed"))
        self.expect(self.state(run) == "success", "the task is %s; the worker says: %s" % (self.state(run), self.said("edge-worker")[-2000:]))
        # The worker sends the rest of a log after its task has ended.
        self.wait("the log of the task is there", lambda: "ended at the edge" in json.dumps(self.call(
            "/api/v2/dags/short/dagRuns/%s/taskInstances/work/logs/1" % run, token=token)))
        queues, = self.rows("select queues from edge_worker")[0]
        self.expect("plant" in queues and "press" in queues, "the worker takes the queues %s" % queues)
        succeeds, said = self.probe()
        self.expect(succeeds, "the probe fails: %s; the worker says: %s" % (said, self.said("edge-worker")[-2000:]))
        self.stands_still()
        self.drains(token)
        # Without a database, Airflow opens a file for what commands were run, and leaves it empty.
        with contextlib.closing(sqlite3.connect(self.edge / "airflow.db")) as file:
            tables = file.execute("select name from sqlite_master").fetchall()
        self.expect(not tables, "the worker has a database of its own, with the tables %s" % tables)

    def worker_pid(self):
        return int((self.edge / "airflow-edge-worker.pid").read_text(encoding="utf-8"))

    def stands_still(self):
        pid = self.worker_pid()
        os.kill(pid, signal.SIGSTOP)
        self.expect(not self.probe()[0], "the probe succeeds while the worker stands still")
        os.kill(pid, signal.SIGCONT)

    def drains(self, token):
        run = self.trigger("long", token)
        self.wait("a long task runs", lambda: self.state(run) == "running" and "Launched task" in self.said("edge-worker").split("long")[-1])
        more = self.trigger("short", token)
        worker = self.running["edge-worker"]
        # As the kubelet does: to the container's first process.
        worker.send_signal(signal.SIGTERM)
        self.wait("the worker ends", lambda: worker.poll() is not None)
        self.expect(worker.returncode == 0, "the worker ends with %s" % worker.returncode)
        self.wait("the long task ends", lambda: self.state(run) in ("success", "failed"))
        self.expect(self.state(run) == "success", "the task that ran is %s" % self.state(run))
        self.expect(self.state(more) in (None, "scheduled", "queued"), "the worker took a task that is %s by now" % self.state(more))
        state, = self.rows("select state from edge_worker")[0]
        self.expect(state == "offline", "the worker is %s" % state)


def main(gen):
    import airflow
    version = airflow.__version__
    # Whoever ends it ends what it started.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("ended"))
    with tempfile.TemporaryDirectory() as folder:
        part = Part(gen, version, folder)
        try:
            part.run()
        except (Stopped, OSError, subprocess.CalledProcessError) as fault:
            part.findings.append("it stopped: %s %s" % (fault, getattr(fault, "stderr", b"")[-1000:]))
        finally:
            part.stop()
    for finding in part.findings:
        print("%s: %s" % (version, finding))
    print("%s: %s" % (version, "%d findings" % len(part.findings) if part.findings else
                      "a worker at the edge runs tasks without a database, is asked by the probe, and ends with its tasks"))
    return 1 if part.findings else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
