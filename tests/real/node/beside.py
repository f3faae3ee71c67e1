"""What stands beside Airflow, looked at while the set runs."""
import base64
import json
import re
import time
import urllib.error
import urllib.request

# Metrics that every run of the DAG gives, by the chart's mapping and by gen's.
METRICS = (
    "airflow_scheduler_heartbeat{", 'airflow_dagrun_duration{dag_id="hello"', 'airflow_task_duration{dag_id="hello",task_id="say"',
    'airflow_pool_open_slots{pool="default_pool"', 'airflow_pool_running_slots{pool="default_pool"', 'airflow_dag_processing_last_run_seconds_ago{dag_file="hello"',
    'airflow_ti_start{dag_id="hello",task_id="say"')


class Failed(Exception):
    """What a user would see going wrong."""


def fetched(stand, service, port, path, login=""):
    """The status and the text that the port of a Service answers with."""
    about = stand.cluster.get("-n", stand.namespace, f"service/{service}")
    number = next(each["port"] for each in about["spec"]["ports"] if port in (each["name"], each["protocol"]))
    headers = {"Authorization": "Basic " + base64.b64encode(login.encode()).decode()} if login else {}
    request = urllib.request.Request(f"http://{about['spec']['clusterIP']}:{number}{path}", headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def statsd(stand):
    def missing():
        _, text = fetched(stand, "airflow-statsd", "TCP", "/metrics")
        (stand.log / "metrics.txt").write_text(text)
        own = re.findall(r"^(\w*(?:hello|audience|default_pool)\w*)", text, re.M)
        if own:
            raise Failed(f"metrics of their own: {sorted(set(own))}")
        return [name for name in METRICS if not re.search("^" + re.escape(name), text, re.M)]

    stand.until("metrics at the StatsD exporter", lambda: not missing(), 90)
    stand.say(f"metrics have the names of the mapping: {len(METRICS)} looked for, and none is named for a DAG, a task or a pool")


def pgbouncer(stand):
    """All of Airflow is connected through it, and its console says so, to the user of the statistics."""
    def asked(query, *words):
        return stand.kubectl("exec", "airflow-postgresql-0", "--", "psql", "-AtF ", *words, "-c", query).stdout.splitlines()

    console = "postgresql://postgres:postgres@airflow-pgbouncer:6543/pgbouncer?sslmode=disable"
    columns, *lines = [line.split() for line in asked("show stats_totals", console, "-P", "tuples_only=off", "-P", "footer=off")]
    served = {line[columns.index("database")]: int(line[columns.index("query_count")]) for line in lines}
    if not served.get("airflow-metadata"):
        raise Failed(f"PgBouncer has served no query of Airflow's: {served}")
    # The node stands before all connections, so that they are counted.
    query = "select count(*) from pg_stat_activity where client_addr is not null"
    stand.until("PostgreSQL has the connections of PgBouncer alone",
                lambda: int(asked(query, "-U", "postgres")[0]) == len(asked("show servers", console)), 60)
    stand.say(f"PgBouncer has served {served['airflow-metadata']} queries, and PostgreSQL has its connections alone")


def flower(stand):
    without, _ = fetched(stand, "airflow-flower", "flower-ui", "/api/workers")
    found, text = fetched(stand, "airflow-flower", "flower-ui", "/api/workers?refresh=1", "grace:hopper")
    wrong, _ = fetched(stand, "airflow-flower", "flower-ui", "/", "grace:murray")
    if (without, wrong, found) != (401, 401, 200):
        raise Failed(f"Flower answers {without} without a login, {wrong} with a wrong one, {found} with the right one")
    workers = sorted(json.loads(text))
    if not any("worker" in name for name in workers):
        raise Failed(f"Flower knows no worker: {workers}")
    stand.say(f"Flower asks for its login, and knows {', '.join(workers)}")


def clean_ups(stand):
    """Each CronJob's Job, begun by hand: the pod of a task that has ended is gone, and old rows are."""
    image = stand.items("pods", "-l", "component=scheduler")[0]["spec"]["containers"][0]["image"]
    labels = {"dag_id": "hello", "task_id": "say", "try_number": "1", "airflow_version": stand.row.version}
    left = {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "left-behind", "namespace": stand.namespace, "labels": labels},
            "spec": {"restartPolicy": "Never", "containers": [{"name": "base", "image": image, "command": ["true"]}]}}
    stand.cluster.create([left])
    stand.until("the pod that is left behind has ended", lambda: phase(stand, "left-behind") == "Succeeded", 120)
    time.sleep(61)  # Airflow leaves it for a minute
    for job in ("cleanup", "database-cleanup"):
        stand.kubectl("create", "job", f"--from=cronjob/airflow-{job}", f"{job}-by-hand")
        stand.until(f"the Job of {job} ends", lambda: stand.cluster.get("-n", stand.namespace, f"job/{job}-by-hand")["status"].get("succeeded"), 300)
        (stand.log / f"{job}.txt").write_text(stand.kubectl("logs", f"job/{job}-by-hand").stdout)
    if phase(stand, "left-behind"):
        raise Failed("the clean-up has left the pod of a task that has ended")
    stand.say("the Jobs of both clean-ups end well, and the pod of a task that has ended is gone")


def phase(stand, pod):
    return stand.kubectl("get", "pod", pod, "--ignore-not-found", "-o", "jsonpath={.status.phase}").stdout


def collector(stand):
    """The collector's own log says what came."""
    def come():
        text = stand.kubectl("logs", "deployment/airflow-otel-collector").stdout
        (stand.log / "collector.txt").write_text(text)
        return [sum(map(int, re.findall(rf'"#{what}": (\d+)', text))) for what in ("metrics", "spans")]

    stand.until("metrics and spans at the collector", lambda: all(come()), 180)
    metrics, spans = come()
    stand.say(f"{metrics} metrics and {spans} spans have come to the OpenTelemetry collector")


# What is looked at beside Airflow, by what there is more of in a row.
LOOKS = {"": [statsd], "around": [statsd, pgbouncer, flower, clean_ups], "otel": [collector]}
