"""One row of the table: what README tells a user to do, and then what the user sees."""
import dataclasses
import json
import pathlib
import re
import shutil
import subprocess
import time
import urllib.request

import airflow
import beside

HERE = pathlib.Path(__file__).resolve().parent
PORT = 8080


@dataclasses.dataclass
class Row:
    executor: str
    version: str
    dags: str
    file: str = ""  # a values file of the project, in the place of those of the test
    more: str = ""  # a values file of the test for what stands beside Airflow, which is looked at as well

    def __str__(self):
        return f"{self.executor:19} {self.version:7} {self.dags:11} {self.file or self.more}"

    @property
    def namespace(self):
        words = (self.executor.replace("Executor", ""), self.version, self.dags, pathlib.Path(self.file).stem, self.more)
        return re.sub(r"[^a-z0-9]+", "-", "-".join(filter(None, words)).lower())

    def programs(self):
        """The programs that not every machine can have."""
        return [*(["git-sync"] if self.dags.startswith("git-") else []), *(["pgbouncer_exporter"] if self.more == "around" else [])]

    def arguments(self, repository):
        logs = ["logs"] if self.executor == "KubernetesExecutor" else []
        names = ("small", f"airflow-{self.version[0]}", self.dags, *logs, *([self.more] if self.more else []))
        own = [f"tests/real/node/values/{name}.yaml" for name in names]
        files = [HERE.parents[2] / file for file in ([self.file] if self.file else own)]
        words = [word for file in files for word in ("-f", str(file))]
        executor = self.executor.replace(",", "\\,")
        return [*words, *repository.arguments(self.dags), "--set", f"executor={executor},airflowVersion={self.version}", "-n", self.namespace]


class Stand:
    """A row that stands in the cluster."""

    def __init__(self, cluster, gen, repository, row, say):
        self.cluster, self.gen, self.row, self.say = cluster, gen, row, say
        self.namespace, self.words = row.namespace, row.arguments(repository)
        self.log = cluster.state / "rows" / row.namespace
        shutil.rmtree(self.log, ignore_errors=True)
        self.log.mkdir(parents=True)
        cluster.create([{"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": self.namespace}}, *repository.secrets(self.namespace, row.dags)])

    def rendered(self, *command):
        done = subprocess.run([self.gen, *command, *self.words], text=True, capture_output=True, check=False)
        if done.returncode:
            raise beside.Failed(f"gen: {done.stderr.strip().splitlines()[0]}")
        return done.stdout

    def judge(self):
        self.apply()
        self.settle()
        web = self.web()
        self.run_a_dag(web)
        self.task_pods_go()
        for look in beside.LOOKS[self.row.more]:
            look(self)
        self.delete_a_pod()
        self.port_forward()
        self.probes()
        self.clean_up()

    def kubectl(self, *words, **options):
        return self.cluster.kubectl("-n", self.namespace, *words, **options)

    def items(self, *words):
        return self.cluster.get("-n", self.namespace, *words)["items"]

    def apply(self):
        self.kubectl("create", "-f", "-", input=self.rendered("secrets"))
        self.kubectl("apply", "-f", "-", input=self.rendered())
        if self.row.dags == "claim":
            folder = self.cluster.state / "volumes" / f"{self.namespace}-airflow-dags"
            self.until("the claim of the DAGs is bound", folder.exists, 30)
            shutil.copy(HERE / "hello.py", folder)

    def until(self, what, ready, seconds):
        end = time.monotonic() + seconds
        while not ready():
            if time.monotonic() > end:
                raise beside.Failed(f"not within {seconds} seconds: {what}{self.unready()}")
            time.sleep(2)

    def unready(self):
        """What the pods say that are not ready."""
        said = []
        for pod in self.items("pods"):
            for container in [*pod["status"].get("initContainerStatuses", []), *pod["status"].get("containerStatuses", [])]:
                state = container["state"].get("waiting") or container.get("lastState", {}).get("terminated") or {}
                if not container["ready"] and state.get("reason") not in (None, "PodInitializing", "Completed"):
                    said.append(f"{pod['metadata']['name']}/{container['name']} {state['reason']}")
        return "; " + ", ".join(said) if said else ""

    def settle(self):
        """The Jobs have ended, and everything is ready."""
        began = time.monotonic()

        def ready():
            jobs = all(job["status"].get("succeeded") for job in self.items("jobs"))
            return jobs and all(
                each["status"].get("readyReplicas", 0) == each["spec"]["replicas"] and each["status"].get("updatedReplicas", 0) == each["spec"]["replicas"]
                for each in self.items("deployments,statefulsets"))

        self.until("all Jobs complete, Deployments and StatefulSets ready", ready, 900)
        self.say(f"all ready after {time.monotonic() - began:.0f} s: migrations, first user, " + ", ".join(
            each["metadata"]["name"].removeprefix("airflow-") for each in self.items("deployments,statefulsets")))

    def web_service(self):
        return "airflow-webserver" if self.row.version.startswith("2") else "airflow-api-server"

    def web(self):
        service = self.cluster.get("-n", self.namespace, f"service/{self.web_service()}")
        web = airflow.Airflow(f"http://{service['spec']['clusterIP']}:{PORT}", self.row.version)
        self.until(f"all is healthy, not {web.health()}", lambda: not web.health(), 120)
        return web

    def run_a_dag(self, web):
        web.await_dag("hello", 300)
        began = time.monotonic()
        state, tasks, logs = web.run("hello", 600)
        if state != "success" or set(tasks.values()) != {"success"}:
            raise beside.Failed(f"the run of the DAG is {state}: {tasks}{self.unready()}")
        for task, text in logs.items():
            (self.log / f"task-{task}.log").write_text(text)
        if "said by the task" not in logs.get("say", ""):
            raise beside.Failed(f"the log of the task does not have what the task said: {logs.get('say', '')[-300:]}")
        self.say(f"the run of a DAG is a success after {time.monotonic() - began:.0f} s, and the log of its task is read")

    def task_pods_go(self):
        """Airflow deletes the pods of tasks that have ended. One that is left holds the claims that it mounts."""
        self.until("no pod of a task is left", lambda: not self.items("pods", "-l", "kubernetes_executor=True"), 60)

    def delete_a_pod(self):
        pod = next(pod for pod in self.items("pods", "-l", "component=scheduler"))
        self.kubectl("delete", "pod", pod["metadata"]["name"], "--timeout=180s")

        def back():
            pods = self.items("pods", "-l", "component=scheduler")
            return any(each["metadata"]["uid"] != pod["metadata"]["uid"] and all(c["ready"] for c in each["status"].get("containerStatuses", [{"ready": False}]))
                       for each in pods)

        self.until("the scheduler is back", back, 600)
        self.say("the scheduler's pod, deleted, is back")

    def port_forward(self):
        """As the article checks: deployments, pods, logs, and the web interface at localhost."""
        for deployment in self.items("deployments"):
            if not self.kubectl("logs", f"deployment/{deployment['metadata']['name']}", "--tail=5").stdout:
                raise beside.Failed(f"no logs of {deployment['metadata']['name']}")
        forward = subprocess.Popen(self.cluster.kubectl_words("-n", self.namespace, "port-forward", f"service/{self.web_service()}", str(PORT)),
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            def page():
                try:
                    with urllib.request.urlopen(f"http://localhost:{PORT}/", timeout=30) as answer:
                        return "Airflow" in answer.read().decode()
                except OSError:
                    return False
            self.until("the web interface at localhost, by kubectl port-forward", page, 60)
        finally:
            forward.terminate()
            forward.wait()
        self.say("kubectl logs, kubectl port-forward: the web interface is at localhost")

    def probes(self):
        """No container was killed by a probe, or ended by itself."""
        pods = self.items("pods")
        (self.log / "pods.json").write_text(json.dumps(pods, indent=1))
        # A Job tries again until the database is there.
        lasting = [pod for pod in pods if not any(owner["kind"] == "Job" for owner in pod["metadata"].get("ownerReferences", []))]
        restarts = {f"{pod['metadata']['name']}/{c['name']}": c["restartCount"] for pod in lasting for c in pod["status"].get("containerStatuses", []) if c["restartCount"]}
        events = [f"{e['involvedObject']['name']}: {e['message'].strip()[:150]} ({e.get('count', 1)})" for e in self.items("events") if e["reason"] == "Unhealthy"]
        (self.log / "unhealthy.txt").write_text("\n".join(events))
        twice = [name for name, times in restarts.items() if times == 1 and self.met_another(*name.split("/"))]
        if len(twice) < len(restarts):
            raise beside.Failed(f"restarted: {restarts}; {events[:4]}")
        began = f"{', '.join(twice)} began twice, since another process wrote the same permissions" if twice else "no restart"
        self.say(f"{began}; the kubelet counted {len(events)} kinds of failed probes, none beyond its limit")

    def met_another(self, pod, container):
        """Whether a container of the web interface ended at its first start by a fault of Airflow's own.

        Each process with Airflow's FAB auth manager writes the permissions that are not there yet: where the API server and the Job of
        the first user do so at the same moment, or two API servers, PostgreSQL refuses a row that is there twice, and the process ends.
        """
        text = self.kubectl("logs", pod, "-c", container, "--previous", check=False).stdout
        return container in ("api-server", "webserver") and "UniqueViolation" in text and '"ab_permission' in text

    def clean_up(self):
        # A worker of Celery may wait for the broker, which goes at the same moment, until the kubelet ends it.
        limit = 60 + max([30, *(pod["spec"].get("terminationGracePeriodSeconds", 30) for pod in self.items("pods"))])
        # Jobs that have ended remove themselves.
        self.kubectl("delete", "--ignore-not-found", "-f", "-", "--timeout=300s", input=self.rendered())
        self.until("no pod is left after kubectl delete", lambda: not self.items("pods"), limit)
        self.say("kubectl delete leaves no pod")

    def keep_logs(self):
        """What a person wants to read when a row has failed."""
        (self.log / "pods.txt").write_text(self.kubectl("get", "all,pvc,events", "-o", "wide", check=False).stdout)
        for pod in self.items("pods"):
            name = pod["metadata"]["name"]
            (self.log / f"{name}.yaml").write_text(self.kubectl("describe", "pod", name, check=False).stdout)
            (self.log / f"{name}.log").write_text(self.kubectl("logs", name, "--all-containers", "--tail=400", check=False).stdout)
            # Of containers that never began again there is no earlier log, for which kubectl gives none at all.
            for container in pod["status"].get("containerStatuses", []):
                if container["restartCount"]:
                    text = self.kubectl("logs", name, "-c", container["name"], "--previous", check=False).stdout
                    (self.log / f"{name}-{container['name']}-previous.log").write_text(text)

    def remove(self):
        (self.log / "statsd.txt").write_text("\n".join(self.cluster.recorder.taken()) + "\n")
        self.cluster.kubectl("delete", "namespace", self.namespace, "--timeout=180s", check=False)
        for volume in self.cluster.get("pv")["items"]:
            if volume["spec"].get("claimRef", {}).get("namespace") == self.namespace:
                self.cluster.kubectl("delete", "pv", volume["metadata"]["name"], "--timeout=60s", check=False)
                shutil.rmtree(self.cluster.state / "volumes" / volume["metadata"]["name"], ignore_errors=True)
