"""Let a real PostgreSQL and a real MariaDB answer the queries that gen writes for KEDA; see database.sh, which runs this.

    keda.py GEN POSTGRESQL_PORT MYSQL_PORT PASSWORD_FILE

Each query counts what tables like Airflow's hold: tasks in queues with every kind of name, for each combination of
executors, and triggers. Exit status: 0 all answers are right, 1 they are not, 2 a server could not be asked.
"""
import json
import math
import subprocess
import sys

QUEUES = ["default", "etl", "a b", "it's", "''", "\\", "\\'", "a\\", "\\\\'", "x' OR '1'='1", "x\\' OR 1=1 --", '"', "`", "%", "_", "$(X)",
          "é", "日本", "😀"]
EXECUTORS = {"CeleryExecutor": None, "CeleryExecutor,KubernetesExecutor": "KubernetesExecutor",
             "CeleryExecutor,airflow.providers.edge3.executors.EdgeExecutor": "EdgeExecutor"}
CAPACITY, CONCURRENCY, TRIGGERS = 4, 2, 9
SHARED = {"airflowVersion": "3.2.0", "fernetKeySecretName": "fernet", "jwtSecretName": "jwt", "apiSecretKeySecretName": "api",
          "postgresql": {"enabled": False}, "redis": {"enabled": False}}


def queries(gen, protocol, executor, queue):
    """The queries of the workers and of the triggerer."""
    values = {**SHARED, "executor": executor, "triggerer": {"keda": {"enabled": True}},
              "workers": {"celery": {"queue": queue, "keda": {"enabled": True}}},
              "config": {"celery": {"worker_concurrency": CONCURRENCY}, "triggerer": {"capacity": CAPACITY},
                         "edge": {"api_enabled": True}},
              "data": {"brokerUrlSecretName": "broker", "metadataConnection": {
                  "protocol": protocol, "host": "database.example.com", "user": "airflow", "passSecretName": "password"}}}
    done = subprocess.run([gen, "-f", "-", "--format", "json"], input=json.dumps(values).encode(),
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
    if done.returncode:
        raise SystemExit("gen refuses %s: %s" % (ascii(values), done.stderr.decode(errors="replace")))
    scaled = [item for item in json.loads(done.stdout)["items"] if item["kind"] == "ScaledObject"]
    return {item["metadata"]["name"].split("-")[-1]: item["spec"]["triggers"][0]["metadata"]["query"] for item in scaled}


def fill(cursor, name):
    """Tables like Airflow's: in each queue one task more than in the one before, for each executor that a task may name."""
    cursor.execute("CREATE TABLE task_instance (state VARCHAR(20), queue VARCHAR(256), executor VARCHAR(1000))")
    cursor.execute("CREATE TABLE %s (id INTEGER)" % name)
    for number, queue in enumerate(QUEUES, 1):
        for executor in None, "CeleryExecutor", "KubernetesExecutor", "EdgeExecutor":
            for state in ["queued", "running"] * number + ["success"]:
                cursor.execute("INSERT INTO task_instance VALUES (%s, %s, %s)", (state, queue, executor))
    for number in range(TRIGGERS):
        cursor.execute("INSERT INTO %s VALUES (%d)" % (name, number))


def judge(gen, which, protocol, cursor):
    asked = faults = 0
    for executor, other in EXECUTORS.items():
        for number, queue in enumerate(QUEUES, 1):
            tasks = 2 * number * (3 if other else 4)
            meant = {"worker": math.ceil(tasks / CONCURRENCY), "triggerer": math.ceil(TRIGGERS / CAPACITY)}
            for of, query in queries(gen, protocol, executor, queue).items():
                asked += 1
                try:
                    cursor.execute(query)
                    answer = [int(value) for row in cursor.fetchall() for value in row]
                except Exception as e:
                    answer = "%s: %s" % (type(e).__name__, " ".join(str(e).split()))
                if answer != [meant[of]]:
                    faults += 1
                    print("FINDING: %s, %s, queue %s: %s pods are meant, the answer is %s: %s"
                          % (which, executor, ascii(queue), meant[of], answer, query))
    print("%s answered %d queries for KEDA, %d finding(s)" % (which, asked, faults))
    return faults


def main(gen, postgresql_port, mysql_port, password_file):
    with open(password_file, encoding="utf-8") as f:
        password = f.read().strip()
    faults = missing = 0
    try:
        import psycopg2
        connection = psycopg2.connect(host="127.0.0.1", port=postgresql_port, user="admin", password=password, dbname="postgres")
        connection.autocommit = True
        cursor = connection.cursor()
        cursor.execute("CREATE SCHEMA keda")
        cursor.execute("SET search_path TO keda")
        fill(cursor, "trigger")
        # What a backslash in a plain string is, is the server's to say.
        for setting in "on", "off":
            cursor.execute("SET standard_conforming_strings TO %s" % setting)
            faults += judge(gen, "PostgreSQL, standard_conforming_strings %s" % setting, "postgresql", cursor)
    except (ImportError, psycopg2.OperationalError) as e:
        print("NOT RUN: PostgreSQL for KEDA: %s" % " ".join(str(e).split()))
        missing = 2
    try:
        import MySQLdb
        connection = MySQLdb.connect(host="127.0.0.1", port=int(mysql_port), user="admin", password=password, charset="utf8mb4")
        cursor = connection.cursor()
        cursor.execute("CREATE DATABASE keda CHARACTER SET utf8mb4 COLLATE utf8mb4_bin")
        cursor.execute("USE keda")
        fill(cursor, "`trigger`")
        faults += judge(gen, "MariaDB", "mysql", cursor)
    except (ImportError, MySQLdb.OperationalError) as e:
        print("NOT RUN: MariaDB for KEDA: %s" % " ".join(str(e).split()))
        missing = 2
    return 1 if faults else missing


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
