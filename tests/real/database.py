"""Read back what gen writes of the connections to databases; see database.sh, which runs this.

    database.py render GEN POSTGRESQL_PORT MYSQL_PORT  print, as JSON, nasty connections and what gen makes of them
    database.py prepare CASES PASSWORD_FILE FACTS      make their users and databases, with the password of the servers'
                                                       admin; write the file FACTS: which servers listen where
    database.py urllib CASES                           read the URIs as RFC 3986 has them, by Python's own library
    database.py sqlalchemy CASES FACTS                 read them by the SQLAlchemy that is there, and log in
    database.py airflow CASES FACTS                    let the Airflow that is there read them, run the commands, log in
    database.py engine                                 one Airflow's own engine and Celery's results, in a fresh process
"""
import asyncio
import base64
import collections
import concurrent.futures
import functools
import json
import os
import re
import shlex
import subprocess
import sys
import tempfile
import urllib.parse

# Texts that some reader of URIs, or Airflow, takes for something else; none of them alone would make a name too long.
TEXTS = ["lena@server", "a:b@c/d?e#f", "%40", "%2540", "%", "%zz", "a+b c", "$HOME", "${HOME}", "~", "~root/x", "$$", "[::1]",
         "a@[b]", "://", "?sslmode=disable", "&host=x", "#", "'", "''", '"', "\\'", "\\\\", "{0}", "%(a)s", "%%", " a ", "  ",
         "a\tb", "a\nb", "\x7f", "é", "e\u0301", "ß", "日本語", "😀", "\u00a0", "\u2028", "\ufeffa", "\u202ea",
         "Password1!", "<&>", "`id`", ";drop", "null", "yes", "0777", "1e3", "~", "-", "- a", "a: b",
         "$(HOME)", "{}", "' + x + '", "a;b", "db+x", "a\r\nb", "x\t"]
PRINTABLE = [chr(c) for c in range(0x20, 0x7f)]
# What a database's name may have, and names that are refused.
IN_NAMES = [c for c in PRINTABLE if c.isalnum() or c in "_.-"]
REFUSED = [c for c in PRINTABLE if c not in IN_NAMES] + ["a b", "a/b", "a?b", "a%20b", "é", "日本", "a\nb", "x\n", "x" * 64]
DATABASE, PASSWORD_KEY, LONGEST = "postgres", "the.key", 63
METADATA_PASSWORD, RESULTS_PASSWORD = "METADATA_DATABASE_PASSWORD", "RESULT_BACKEND_PASSWORD"
METADATA, RESULTS = "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN", "AIRFLOW__CELERY__RESULT_BACKEND"
ASYNC = "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN_ASYNC"
SESSION = "an asynchronous session"
# Each edition's own: what says where the other secrets are is no matter here.
OLD = {"airflowVersion": "1.10.10", "fernetKeySecretName": "fernet-key"}
CURRENT = [{"airflowVersion": "3.2.0", "jwtSecretName": "jwt", "apiSecretKeySecretName": "api"},
           {"airflowVersion": "2.11.2", "webserverSecretKeySecretName": "webserver"}]


class CannotRun(Exception):
    """The check itself is not possible, for a reason to print."""


def one_line(text):
    return " ".join(str(text).split())


def pairs():
    """Users, no two of them alike, and passwords: the same in every run."""
    for text in dict.fromkeys(PRINTABLE + TEXTS):
        yield "%sa%sb%s" % (text, text, text), text
    every = "".join(PRINTABLE)
    yield every[:LONGEST], every
    yield every[LONGEST:] + "é", every[::-1] + "日本😀"


def is_line(text):
    """Whether a parameter may have this value."""
    return not any(ord(c) < 0x20 or 0x7f <= ord(c) < 0xa0 or c in "\u2028\u2029" for c in text)


# What gen makes of the values.


def run_gen(gen, values, *options, in_file=True):
    values = json.dumps(values)
    source = ["-f", "-"] if in_file else ["--set-json", values]
    return subprocess.run([gen, *source, "--format", "json", *options], input=values.encode(),
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)


def objects(gen, values, *options, **how):
    done = run_gen(gen, values, *options, **how)
    if done.returncode:
        raise ValueError("gen refuses %s: %s" % (ascii(values), one_line(done.stderr.decode(errors="replace"))))
    return json.loads(done.stdout)["items"]


def secret(items, name):
    found = next((o["data"] for o in items if o["kind"] == "Secret" and o["metadata"]["name"] == name), None)
    if found is None:
        raise ValueError("there is no Secret %s" % name)
    return {key: base64.b64decode(text, validate=True).decode() for key, text in found.items()}


def current(number, executor, data):
    """Values of the current edition, for an Airflow of the one major or the other."""
    data = {"brokerUrlSecretName": "broker", **data}
    return {**CURRENT[number % 2], "executor": executor, "fernetKeySecretName": "fernet-key", "data": data,
            "postgresql": {"enabled": False}, "redis": {"enabled": False}}


def case(part, uri, driver, values, query=None, login=True):
    """A URI, and what it has to be read as, where the values have the connection and its password."""
    if not re.fullmatch("[!-~]+", uri):  # what is left out by some readers, such as a line break
        raise ValueError("the URI of the %s is not all printable ASCII: %s" % (part, ascii(uri)))
    host = values["host"].strip("[]")
    return {"part": part, "uri": uri, "login": login, "query": query or {},
            "expected": [driver, values["user"], values["pass"], host, values["port"], values["db"]]}


def without_db(uri):
    """The URI of Celery's results as Celery hands it on to SQLAlchemy."""
    if not uri.startswith("db+"):
        raise ValueError("the URI of Celery's results does not begin with db+: %s" % uri)
    return uri[len("db+"):]


PSYCOPG2, MYSQLDB = "postgresql+psycopg2", "mysql+mysqldb"


def old(gen, port, number, of_metadata, _):
    user, password = of_metadata
    connection = {"user": user, "pass": password, "host": "127.0.0.1", "port": port, "db": DATABASE}
    items = objects(gen, {**OLD, "data": {"metadataConnection": connection}}, "-s", "secrets/*", in_file=number % 2)
    uri = next(o for o in items if "connection" in o["data"])["data"]["connection"]
    yield case("edition 1.10", base64.b64decode(uri, validate=True).decode(), PSYCOPG2, connection)


def connections_of(number, port, of_metadata, of_results):
    """The metadata database, and Celery's results: on IPv4 and IPv6, in turn."""
    hosts, modes = ["127.0.0.1", "::1", "[::1]"], ["disable", "allow", "prefer"]
    for at, (user, password) in (number, of_metadata), (number + 1, of_results):
        query = {"application_name": password} if is_line(password) else {"connect_timeout": "10"}
        yield {"user": user, "pass": password, "host": hosts[at % 3], "port": port, "db": DATABASE,
               "protocol": ["postgresql", PSYCOPG2][number // 2 % 2], "query": query, "sslmode": modes[at // 3 % 3]}


def query_of(connection):
    return {"sslmode": connection["sslmode"], **connection["query"]}


def made(gen, port, number, *users):
    """What is in the Secrets."""
    metadata, results = connections_of(number, port, *users)
    values = current(number, "CeleryExecutor", {"metadataConnection": metadata, "resultBackendConnection": results})
    items = objects(gen, values, "-s", "secrets/*", in_file=number % 2)
    keys = secret(items, "airflow-metadata")
    yield case("metadata", keys["connection"], PSYCOPG2, metadata, query_of(metadata))
    yield case("connection", keys["airflowConnection"], "postgresql", metadata, query_of(metadata))
    uri = without_db(secret(items, "airflow-result-backend")["connection"])
    yield case("results", uri, PSYCOPG2, results, query_of(results))


def variables(items):
    """The variables of each container of each object that have to do with the databases."""
    for item in items:
        spec = item.get("spec", {}).get("template", {}).get("spec", {})
        for container in spec.get("initContainers", []) + spec.get("containers", []):
            env = {v["name"]: v.get("value", v.get("valueFrom")) for v in container.get("env", [])}
            if any(name.startswith((METADATA, RESULTS)) for name in env):
                yield "%s %s, container %s" % (item["kind"], item["metadata"]["name"], container["name"]), env


def run_command(command, environment, number):
    """The output of a command, run as Airflow runs it; with different notions of the language."""
    language = [{"LC_ALL": "C"}, {"LC_ALL": "C.UTF-8"}, {}][number % 3]
    done = subprocess.run(shlex.split(command), env={"PATH": os.environ["PATH"], **language, **environment},
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
    if done.returncode:
        raise ValueError("%s: exit status %d: %s" % (command, done.returncode, one_line(done.stderr.decode(errors="replace"))))
    return done.stdout.decode()


def put_together(gen, port, number, *users, executor="CeleryExecutor"):
    """What the pods put together around a password that they have by itself."""
    metadata, results = connections_of(number, port, *users)
    celery = executor == "CeleryExecutor"
    wanted = [(METADATA_PASSWORD, METADATA, "metadata-password", metadata)]
    wanted += [(RESULTS_PASSWORD, RESULTS, "results-password", results)] if celery else []
    data = {}
    for key, (_, _, name, connection) in zip(["metadataConnection", "resultBackendConnection"], wanted):
        data[key] = {**connection, "passSecretName": name, "passSecretKey": PASSWORD_KEY}
        del data[key]["pass"]
    items = objects(gen, current(number, executor, data), in_file=number % 2)
    found = {}
    for place, env in variables(items):
        for variable, option, name, _ in wanted:
            if env.get(variable) != {"secretKeyRef": {"name": name, "key": PASSWORD_KEY}}:
                raise ValueError("%s: %s is %s" % (place, variable, env.get(variable)))
            command = env.get(option + "_CMD")
            if option == METADATA and ASYNC + "_CMD" in env:
                found[ASYNC] = env[ASYNC + "_CMD"]
            if option in env or command is None or found.setdefault(option, command) != command:
                raise ValueError("%s: %s is %s, and its command %s" % (place, option, env.get(option), command))
    if not found:
        raise ValueError("no container has %s_CMD" % METADATA)
    environment = {variable: connection["pass"] for variable, _, _, connection in wanted}
    settings = {**environment, **{option + "_CMD": command for option, command in found.items()}}
    settings["AIRFLOW__CORE__EXECUTOR"] = executor
    engines = {"Airflow's engine": metadata["user"], **({"Celery's results": results["user"]} if celery else {})}
    if ASYNC in found:
        engines[SESSION] = metadata["user"]
    outputs = {option: run_command(command, environment, number) for option, command in found.items() if option != ASYNC}
    yield {**case("metadata by command", outputs[METADATA], PSYCOPG2, metadata, query_of(metadata)),
           "environment": settings, "outputs": outputs, "engines": engines}
    if celery:
        yield case("results by command", without_db(outputs[RESULTS]), PSYCOPG2, results, query_of(results))


def mysql(gen, port, number, *users):
    # MariaDB takes the quotes off a name that is in quotes, and has no name beyond the BMP.
    metadata, results = [
        {"user": "u" + user, "pass": password, "host": ["127.0.0.1", "::1"][number % 2], "port": port,
         "db": "airflow", "protocol": ["mysql", MYSQLDB][number // 2 % 2], "query": {"charset": "utf8mb4"}}
        for user, password in users]
    items = objects(gen, current(number, "CeleryExecutor", {
        "metadataConnection": metadata, "resultBackendConnection": results}), "-s", "secrets/*")
    login, keys = max(metadata["user"]) <= "\uffff", secret(items, "airflow-metadata")
    yield case("MySQL", keys["connection"], MYSQLDB, metadata, metadata["query"], login)
    yield case("MySQL connection", keys["airflowConnection"], "mysql", metadata, metadata["query"], login=False)
    uri = without_db(secret(items, "airflow-result-backend")["connection"])
    yield case("MySQL results", uri, MYSQLDB, results, results["query"], login=False)


def name(gen, port, number, database, login):
    connection = {"user": "names", "pass": "p@ss", "host": "127.0.0.1", "port": port, "db": database, "sslmode": "disable"}
    items = objects(gen, current(number, "LocalExecutor", {"metadataConnection": connection}), "-s", "secrets/*")
    keys, query = secret(items, "airflow-metadata"), {"sslmode": "disable"}
    yield case("names of databases", keys["connection"], PSYCOPG2, connection, query, login)
    yield case("connection", keys["airflowConnection"], "postgresql", connection, query, login=False)


def refused(gen, number, database):
    """A name of a database that is no name, in an edition or the other."""
    data = {"metadataConnection": {"user": "u", "pass": "p", "host": "h", "db": database}}
    values = {**OLD, "data": data} if number % 2 else current(number // 2, "LocalExecutor", data)
    done = run_gen(gen, values)
    if done.returncode != 2 or b"must be a database name" not in done.stderr:
        raise ValueError("the database name %s: exit status %d: %s" % (
            ascii(database), done.returncode, one_line(done.stderr.decode(errors="replace"))))
    yield {"part": "refused"}


def parameters(gen, number, query):
    """Parameters that no server knows, to be read alone."""
    connection = {"user": "u", "pass": "p", "host": "db.example.com", "port": 5432, "db": DATABASE, "query": query,
                  "sslmode": "verify-full"}
    data = {"metadataConnection": connection, "resultBackendConnection": connection}
    items = objects(gen, current(number, "CeleryExecutor", data), "-s", "secrets/*")
    keys, query = secret(items, "airflow-metadata"), query_of(connection)
    yield case("parameters", keys["connection"], PSYCOPG2, connection, query, login=False)
    yield case("connection", keys["airflowConnection"], "postgresql", connection, query, login=False)
    uri = without_db(secret(items, "airflow-result-backend")["connection"])
    yield case("parameters", uri, PSYCOPG2, connection, query, login=False)


def wanted_cases(gen, postgresql_port, mysql_port):
    """The functions that make cases, each with what it is given."""
    users = list(pairs())
    for number, of_metadata in enumerate(users):
        of_both = of_metadata, users[(number + 1) % len(users)]
        for make in old, made, put_together, mysql:
            yield make, (gen, mysql_port if make is mysql else postgresql_port, number, *of_both)
    for number, executor in enumerate(["LocalExecutor", "KubernetesExecutor"]):
        make = functools.partial(put_together, executor=executor)
        yield make, (gen, postgresql_port, number, users[-1], users[0])
    for number, database in enumerate(login_databases() + IN_NAMES):
        yield name, (gen, postgresql_port, number, database, number < len(login_databases()))
    for number, database in enumerate(REFUSED):
        yield refused, (gen, number, database)
        yield refused, (gen, number + 1, database)
    texts = [text for text in dict.fromkeys(PRINTABLE + TEXTS) if is_line(text)]
    queries = [{"n%sn" % text: text for text in texts}] + [{text: "a%sb" % text} for text in texts]
    for number, query in enumerate(queries):
        yield parameters, (gen, number, query)


def login_databases():
    every = "".join(IN_NAMES)
    return [every[:LONGEST], every[LONGEST:] + "_.-" + every[::-1][:LONGEST // 2], "-", ".", "..", "_", "0", "1e3", "null"]


def render(gen, postgresql_port, mysql_port):
    cases, findings = [], 0

    def run(job):
        make, arguments = job
        try:
            return list(make(*arguments)), None
        except Exception as e:  # whatever is missing in what gen wrote
            return [], "%s: %s" % (getattr(make, "__name__", "put_together").replace("_", " "), e if isinstance(e, ValueError) else repr(e))

    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for of_one, finding in pool.map(run, wanted_cases(gen, int(postgresql_port), int(mysql_port))):
            cases += of_one
            if finding:
                findings += 1
                print("FINDING: %s" % finding, file=sys.stderr)
    counts = collections.Counter(c["part"] for c in cases)
    commands = sum(len(c.get("outputs", ())) for c in cases)
    print("gen: %d name(s) of databases refused; %d URI(s) in Secrets, %d by a command that was run, %d finding(s)" % (
        counts["refused"], sum(counts.values()) - counts["refused"] - commands, commands, findings), file=sys.stderr)
    json.dump([c for c in cases if "uri" in c], sys.stdout)
    return 1 if findings else 0


def load(file):
    with open(file, encoding="utf-8") as f:
        return json.load(f)


# The servers.


def is_mysql(part):
    return part.startswith("MySQL")


def prepare(file, password_file, facts):
    """Make users and databases; a check, too, that the servers do mind passwords."""
    cases, listening, missing = load(file), [], 0
    with open(password_file, encoding="utf-8") as f:
        admin_password = f.read().strip()
    for which, make in ("PostgreSQL", prepare_postgresql), ("MariaDB", prepare_mysql):
        of_this = [c for c in cases if c["login"] and is_mysql(c["part"]) == (which == "MariaDB")]
        try:
            hosts = make(of_this, of_this[0]["expected"][4], admin_password) if of_this else []
            listening += [[which, host] for host in hosts]
            print("%s listens on %s: %s" % (which, " and ".join(hosts), ", ".join(
                "%d URI(s) for %s" % (sum(c["expected"][3] == host for c in of_this), host) for host in hosts)))
        except (CannotRun, ImportError) as e:
            print("NOT RUN: logging in to %s: %s" % (which, one_line(e)))
            missing = 2
    for which in "PostgreSQL", "MariaDB":
        if [which, "127.0.0.1"] in listening and [which, "::1"] not in listening:
            print("NOT RUN: logging in to %s over ::1: it does not listen there" % which)
            missing = 2
    with open(facts, "w", encoding="utf-8") as f:
        json.dump(listening, f)
    return missing


def prepare_postgresql(cases, port, admin_password):
    import psycopg2
    from psycopg2 import sql
    server = {"port": port, "dbname": DATABASE, "user": "admin"}
    connection = connect(psycopg2, "127.0.0.1", admin_password, server)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute("GRANT CREATE ON SCHEMA public TO PUBLIC")  # Celery makes its tables
        for user, password in dict([c["expected"][1:3] for c in cases]).items():
            cursor.execute(sql.SQL("CREATE ROLE {} LOGIN PASSWORD {}").format(sql.Identifier(user), sql.Literal(password)))
        for database in dict.fromkeys(c["expected"][5] for c in cases if c["expected"][5] != DATABASE):
            cursor.execute(sql.SQL("CREATE DATABASE {} STRATEGY = FILE_COPY").format(sql.Identifier(database)))
    connection.close()
    return [host for host in ("127.0.0.1", "::1") if listens(psycopg2, host, admin_password, server)]


def prepare_mysql(cases, port, admin_password):
    import MySQLdb
    server = {"port": port, "user": "admin", "charset": "utf8mb4"}
    connection = connect(MySQLdb, "127.0.0.1", admin_password, server)
    cursor = connection.cursor()
    cursor.execute("CREATE DATABASE airflow")
    for user, password in dict([c["expected"][1:3] for c in cases]).items():
        cursor.execute("CREATE USER %s@'%%' IDENTIFIED BY %s", (user, password))
        cursor.execute("GRANT ALL ON airflow.* TO %s@'%%'", (user,))
    connection.close()
    return [host for host in ("127.0.0.1", "::1") if listens(MySQLdb, host, admin_password, server)]


def connect(driver, host, admin_password, server):
    try:
        connection = driver.connect(host=host, password=admin_password, **server)
    except driver.OperationalError as e:
        raise CannotRun(e) from e
    try:
        driver.connect(host=host, password="wrong", **server).close()
        raise CannotRun("the server takes any password")
    except driver.OperationalError:
        return connection


def listens(driver, host, admin_password, server):
    try:
        driver.connect(host=host, password=admin_password, **server).close()
        return True
    except driver.OperationalError:
        return False


class Logins:
    """Which URIs log in, and as whom."""

    def __init__(self, facts):
        self.listening = {tuple(which) for which in load(facts)}

    def has(self, case):
        return case["login"] and ("MariaDB" if is_mysql(case["part"]) else "PostgreSQL", case["expected"][3]) in self.listening

    @staticmethod
    def who(connection, case):
        """What differs from the case in a connection that was made."""
        _, user, _, host, _, database = case["expected"]
        cursor = connection.cursor()
        if is_mysql(case["part"]):
            cursor.execute("SELECT user(), database()")
            (found, of), expected = cursor.fetchone(), (user, database)
            found = found.rsplit("@", 1)[0], of
        else:
            cursor.execute("SELECT current_user, current_database(), host(inet_server_addr()), "
                           "current_setting('application_name')")
            found = cursor.fetchone()
            application = case["query"].get("application_name")
            expected = user, database, host, (application or "")[:LONGEST]
            if application is None or not application.isascii():  # PostgreSQL writes such a name in its own way
                found, expected = found[:3], expected[:3]
        if tuple(found) != expected:
            raise ValueError("logs in as %s" % ascii(found))


class Report:
    """The counts of one reader, and its findings."""

    def __init__(self, reader):
        self.reader, self.read, self.logged_in, self.findings = reader, collections.Counter(), collections.Counter(), 0

    def finding(self, case, error):
        self.findings += 1
        text = "%s: %s" % (type(error).__name__, one_line(error)) if not isinstance(error, ValueError) else one_line(error)
        print("FINDING: %s: %s: %s: %s" % (self.reader, case["part"], ascii(case["expected"]), text))

    def end(self):
        parts = []
        for part in {**self.read, **self.logged_in}:
            counts = [(self.read[part], "read"), (self.logged_in[part], "logged in")]
            parts.append("%s: %s" % (part, ", ".join("%d %s" % count for count in counts if count[0])))
        print("%s: %d read, %d logged in, %d finding(s) (%s)" % (
            self.reader, sum(self.read.values()), sum(self.logged_in.values()), self.findings, "; ".join(parts)))
        return 1 if self.findings else 0


def differences(found, case):
    """Compare what a URI was read as: the parts, and the parameters."""
    if found[0] != case["expected"]:
        raise ValueError("is read as %s" % ascii(found[0]))
    if found[1] != case["query"]:
        names = {**found[1], **case["query"]}
        wrong = {name: found[1].get(name) for name in names if found[1].get(name) != case["query"].get(name)}
        raise ValueError("its parameters are read as %s" % ascii(wrong))


# The readers.


def by_urllib(file):
    report = Report("urllib")
    for case in load(file):
        try:
            parts = urllib.parse.urlsplit(case["uri"])
            user, password, database = map(urllib.parse.unquote, (parts.username, parts.password, parts.path[1:]))
            query = urllib.parse.parse_qsl(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query))
            if len(dict(query)) != len(query) or parts.fragment:
                raise ValueError("has a parameter twice, or a fragment")
            differences(([parts.scheme, user, password, parts.hostname, parts.port, database], dict(query)), case)
            report.read[case["part"]] += 1
        except (ValueError, TypeError, AttributeError) as e:
            report.finding(case, e)
    return report.end()


def by_sqlalchemy(file, facts):
    try:
        import sqlalchemy
        from sqlalchemy import create_engine
        from sqlalchemy.engine.url import make_url
    except ImportError as e:  # this Python may be too new for an old one
        raise CannotRun(e) from e
    logins, report = Logins(facts), Report("SQLAlchemy %s" % sqlalchemy.__version__)
    for case in load(file):
        if case["part"].endswith("connection"):
            continue  # these are for Airflow's own connections
        try:
            uri = os.path.expanduser(os.path.expandvars(case["uri"]))  # as Airflow does with it
            url = make_url(uri)
            differences(([url.drivername, url.username, url.password, url.host, url.port, url.database], dict(url.query)), case)
            report.read[case["part"]] += 1
            if logins.has(case):
                engine = create_engine(uri)
                connection = engine.raw_connection()
                try:
                    logins.who(connection, case)
                finally:
                    connection.close()
                    engine.dispose()
                report.logged_in[case["part"]] += 1
        except Exception as e:  # whatever SQLAlchemy or a server says of this URI
            report.finding(case, e)
    return report.end()


AIRFLOW_TYPES = {"postgresql": "postgres", "mysql": "mysql"}


def by_airflow(file, facts):
    home = tempfile.mkdtemp(prefix="airflow-", dir=".")
    os.environ.update({"AIRFLOW_HOME": os.path.abspath(home), "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
                       "AIRFLOW__LOGGING__LOGGING_LEVEL": "CRITICAL", "AIRFLOW__CORE__UNIT_TEST_MODE": "False",
                       "PATH": os.path.dirname(sys.executable) + os.pathsep + os.environ["PATH"]})
    try:
        import airflow
        from airflow.configuration import conf
        from airflow.models import Connection
        from airflow.providers_manager import ProvidersManager
    except ImportError as e:
        raise CannotRun(e) from e
    try:
        from airflow.sdk import Connection as OfTasks
    except ImportError:
        OfTasks = None  # Airflow 2 has but the one
    # As Airflow's commands do: before that, Airflow 2 takes no command for an option of Celery's.
    ProvidersManager().initialize_providers_configuration()
    cases, logins, report = load(file), Logins(facts), Report("Airflow %s" % airflow.__version__)
    for case in cases:
        try:
            if case["part"].endswith("connection"):
                read_connection(case, Connection, OfTasks, logins, report)
            elif "environment" in case:
                os.environ.update(case["environment"])
                for option, output in case["outputs"].items():
                    _, section, key = option.lower().split("__")
                    found = conf.get_mandatory_value(section, key)
                    if found != output:
                        raise ValueError("[%s] %s is read as %s" % (section, key, ascii(found)))
                    report.read["options by command"] += 1
        except Exception as e:  # whatever Airflow says of it
            report.finding(case, e)
        finally:
            for variable in case.get("environment", ()):
                os.environ.pop(variable, None)
    # The whole of Airflow, with the users and passwords that have every character.
    most = max(len(case["expected"][2]) for case in cases if "environment" in case)
    for case in cases:
        if "environment" in case and len(case["expected"][2]) >= most - 5 and logins.has(case):
            try:
                whole(case, report)
            except Exception as e:
                report.finding(case, e)
    return report.end()


def json_of(text):
    try:
        return json.loads(text)
    except ValueError:
        return text


def read_connection(case, Connection, OfTasks, logins, report):
    """Airflow's own connection, from the URI and from the variable; and what hooks make of it."""
    scheme, *expected = case["expected"]
    expected = {**case, "expected": [AIRFLOW_TYPES[scheme], *expected]}
    as_json = {name: json_of(text) for name, text in case["query"].items()}

    def compare(connection):
        found = connection.extra_dejson
        # Airflow 3 reads a parameter's value as JSON if it is some.
        found = {name: case["query"].get(name) if value == as_json.get(name) else value for name, value in found.items()}
        differences(([connection.conn_type, connection.login, connection.password, connection.host, connection.port,
                      connection.schema], found), expected)
        report.read[case["part"]] += 1

    os.environ["AIRFLOW_CONN_AIRFLOW_DB"] = case["uri"]
    compare(Connection(uri=case["uri"]))
    connection = Connection.get_connection_from_secrets("airflow_db")
    compare(connection)
    if OfTasks:
        compare(OfTasks.from_uri(case["uri"], conn_id="airflow_db"))
    if scheme == "postgresql":
        # With postgresql+psycopg2:// the type would be unknown: there would be no hook.
        hook = connection.get_hook()
        if type(hook).__name__ != "PostgresHook":
            raise ValueError("its hook is a %s" % type(hook).__name__)
        report.read["hooks"] += 1
        if logins.has(case):
            connection = hook.get_conn()
            try:
                named = {name: text for name, text in case["query"].items() if as_json[name] == text}
                logins.who(connection, {**case, "query": named})
            finally:
                connection.close()
            report.logged_in["hooks"] += 1


def whole(case, report):
    """`airflow db check`, which sees but the commands; and the engines that a process of Airflow has."""
    environment = {**os.environ, **case["environment"]}
    done = subprocess.run([os.path.join(os.path.dirname(sys.executable), "airflow"), "db", "check"], env=environment,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    if done.returncode:
        said = one_line(done.stdout.decode(errors="replace"))[-300:]
        raise ValueError("airflow db check: exit status %d: %s" % (done.returncode, said))
    report.logged_in["airflow db check"] += 1
    done = subprocess.run([sys.executable, "-W", "ignore", os.path.abspath(__file__), "engine"], env=environment,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
    if done.returncode:
        raise ValueError("Airflow's engines: %s" % one_line(done.stderr.decode(errors="replace"))[-300:])
    found = json.loads(done.stdout.decode().splitlines()[-1])
    if not found[SESSION]:  # There is none before Airflow 3.1.
        case["engines"].pop(SESSION, None)
    for which, user in found.items():
        if which == SESSION and which not in case["engines"]:
            continue
        if user != case["engines"].pop(which):
            raise ValueError("%s logs in as %s" % (which, ascii(user)))
        report.logged_in[which] += 1
    if case["engines"]:
        raise ValueError("there is nothing of %s" % " and ".join(case["engines"]))


def asynchronous_user():
    """Who an asynchronous session of Airflow is logged in as, if this Airflow has any."""
    try:
        from airflow.utils.session import create_session_async
    except ImportError:
        return None
    from sqlalchemy import text

    async def ask():
        async with create_session_async() as session:
            return (await session.execute(text("SELECT current_user"))).scalar()
    return asyncio.run(ask())


def engine():
    from airflow import settings
    from airflow.providers_manager import ProvidersManager
    ProvidersManager().initialize_providers_configuration()
    found = {}
    connection = settings.engine.raw_connection()
    cursor = connection.cursor()
    cursor.execute("SELECT current_user")
    found["Airflow's engine"] = cursor.fetchone()[0]
    found[SESSION] = asynchronous_user() if os.environ.get(ASYNC + "_CMD") else None
    if os.environ["AIRFLOW__CORE__EXECUTOR"] == "CeleryExecutor":
        from airflow.providers.celery.executors.default_celery import DEFAULT_CELERY_CONFIG
        from celery import Celery
        from sqlalchemy import text
        backend = Celery(backend=DEFAULT_CELERY_CONFIG["result_backend"]).backend
        found["Celery's results"] = backend.ResultSession().execute(text("SELECT current_user")).scalar()
    print(json.dumps(found))


if __name__ == "__main__":
    try:
        sys.exit({"render": render, "prepare": prepare, "urllib": by_urllib, "sqlalchemy": by_sqlalchemy,
                  "airflow": by_airflow, "engine": engine}[sys.argv[1]](*sys.argv[2:]))
    except CannotRun as e:
        print("could not run: %s" % e, file=sys.stderr)
        sys.exit(2)
