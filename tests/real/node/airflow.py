"""Airflow as a user meets it, over its REST API, as the first user: of Airflow 2 (session of the web interface) and of 3 (token)."""
import http.cookiejar
import json
import re
import time
import urllib.error
import urllib.parse
import urllib.request


class Airflow:
    def __init__(self, address, version, user="admin", password="admin"):
        self.address, self.major = address, int(version.split(".")[0])
        self.headers = {}
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
        if self.major == 2:
            self.api = "/api/v1"
            page = self.text("/login/")
            token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)[1]
            form = urllib.parse.urlencode({"username": user, "password": password, "csrf_token": token})
            self.text("/login/", form.encode(), {"Referer": address + "/login/"})
        else:
            self.api = "/api/v2"
            token = json.loads(self.text("/auth/token", json.dumps({"username": user, "password": password}).encode()))
            self.headers["Authorization"] = f"Bearer {token['access_token']}"

    def text(self, path, body=None, headers=None, method=None):
        kind = {} if headers is not None or body is None else {"Content-Type": "application/json"}
        request = urllib.request.Request(self.address + path, body, {**self.headers, **kind, **(headers or {})}, method=method)
        with self.opener.open(request, timeout=120) as answer:
            return answer.read().decode()

    def ask(self, path, body=None, method=None):
        return json.loads(self.text(self.api + path, None if body is None else json.dumps(body).encode(), method=method))

    def health(self):
        """The components that say that they are not well; a triggerer or a DAG processor may be none of this set."""
        said = json.loads(self.text("/health" if self.major == 2 else "/api/v2/monitor/health"))
        return sorted(name for name, about in said.items() if about.get("status") not in ("healthy", None))

    def await_dag(self, dag, seconds):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                return self.ask(f"/dags/{dag}")
            except urllib.error.HTTPError as error:
                if error.code != 404:
                    raise
            time.sleep(3)
        raise RuntimeError(f"the DAG {dag} did not appear in {seconds} seconds")

    def run(self, dag, seconds):
        """Runs a DAG to its end; returns the state, and the logs of its tasks."""
        self.ask(f"/dags/{dag}", {"is_paused": False}, "PATCH")
        run = self.ask(f"/dags/{dag}/dagRuns", {} if self.major == 2 else {"logical_date": None})["dag_run_id"]
        path = f"/dags/{dag}/dagRuns/{urllib.parse.quote(run)}"
        end = time.monotonic() + seconds
        while (state := self.ask(path)["state"]) not in ("success", "failed") and time.monotonic() < end:
            time.sleep(3)
        tasks = self.ask(f"{path}/taskInstances")["task_instances"]
        logs = {task["task_id"]: self.text(f"{self.api}{path}/taskInstances/{task['task_id']}/logs/1", headers={"Accept": "application/json"})
                for task in tasks if task["state"] in ("success", "failed")}
        return state, {task["task_id"]: task["state"] for task in tasks}, logs
