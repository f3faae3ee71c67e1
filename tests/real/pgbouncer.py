"""pgbouncer.py GEN PGBOUNCER LIBRARIES POSTGRESQL: see pgbouncer.sh.

A case is a values file with PgBouncer in it, at a port of this machine. PgBouncer is started with the rendered pgbouncer.ini
and users.txt, and the URIs of the rendered Secrets, or what the commands of the pods put together, log in through it.
"""
import asyncio, base64, collections, os, pathlib, pwd, re, shutil, signal, socket, subprocess, sys, tempfile, time, unicodedata, urllib.parse

import psycopg2, yaml
from psycopg2 import sql

GEN, PGBOUNCER, LIBRARIES, POSTGRESQL = sys.argv[1:]
NASTY = ["plain", 'quo"te', '"', '""', "back\\slash", "\\", "\\\"", "p@ss:w/o?r#d[1] +%!$HOME~\"é\\", "two  spaces ", "日本語 ☃ 𝔘",
         "; no comment", "# nor this", "it's", "$$", "%(x)s", "a,b", "key=value"]
seen, findings = collections.Counter(), []
scratch = pathlib.Path(tempfile.mkdtemp(prefix="gen-pgbouncer-"))
scratch.chmod(0o755)
# Neither of the servers runs as root, and their user may not come into the cache of another.
PGBOUNCER = shutil.copy(PGBOUNCER, scratch / "pgbouncer")
if LIBRARIES:
    LIBRARIES = shutil.copytree(LIBRARIES, scratch / "lib")
user = pwd.getpwnam("postgres") if os.getuid() == 0 else pwd.getpwuid(os.getuid())
as_server = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if os.getuid() == 0 else {}


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def run(*command, **more):
    return subprocess.run(command, capture_output=True, text=True, **more)


def give(path, text=None):
    if text is not None:
        path.write_text(text)
    if as_server:
        shutil.chown(path, user.pw_uid, user.pw_gid)
    return path


class Server:
    """PostgreSQL, with passwords kept in one way, and TLS by a certificate for `localhost`."""

    def __init__(self, encryption):
        self.port, self.folder = free_port(), give(pathlib.Path(tempfile.mkdtemp(dir=scratch)))
        password = give(self.folder / "password", "admin")
        run("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=localhost", "-keyout",
            self.folder / "key", "-out", self.folder / "certificate", check=True)
        for file in (self.folder / "key", self.folder / "certificate"):
            give(file).chmod(0o600)
        run(f"{POSTGRESQL}/initdb", "-D", self.folder / "data", "-U", "admin", "-A", encryption, f"--pwfile={password}", "-E", "UTF8",
            "--locale=C", "--no-sync", check=True, cwd="/", **as_server)
        options = {"port": self.port, "listen_addresses": "127.0.0.1,::1", "unix_socket_directories": "", "fsync": "off", "ssl": "on",
                   "password_encryption": encryption, "ssl_cert_file": self.folder / "certificate", "ssl_key_file": self.folder / "key",
                   "max_connections": 50}
        options = [f"--{name}={value}" for name, value in options.items()]
        self.process = subprocess.Popen([f"{POSTGRESQL}/postgres", "-D", self.folder / "data", *options], cwd="/",
                                        stderr=open(self.folder / "log", "w"), **as_server)
        for _ in range(100):
            try:
                self.admin = psycopg2.connect(host="127.0.0.1", port=self.port, user="admin", password="admin", dbname="postgres")
                break
            except psycopg2.OperationalError:
                time.sleep(0.1)
        self.admin.autocommit = True
        for database in ("metadata", "results"):
            self.admin.cursor().execute(f"CREATE DATABASE {database}")

    def create(self, name, password):
        cursor = self.admin.cursor()
        cursor.execute(sql.SQL("DROP ROLE IF EXISTS {}").format(sql.Identifier(name)))
        cursor.execute(sql.SQL("CREATE ROLE {} LOGIN PASSWORD {}").format(sql.Identifier(name), sql.Literal(password)))


class Rendered:
    """What gen writes for these values."""

    def __init__(self, values):
        base = {"airflowVersion": "3.2.0", "executor": "CeleryExecutor", "postgresql": {"enabled": False}}
        done = run(GEN, "-f", "-", input=yaml.safe_dump({**base, **values}, allow_unicode=True))
        if done.returncode:
            raise ValueError(done.stderr[:300])
        self.objects = [one for one in yaml.safe_load_all(done.stdout) if one]

    def named(self, kind, name):
        return next((one for one in self.objects if one["kind"] == kind and one["metadata"]["name"] == name), None)

    def secret(self, name):
        found = self.named("Secret", name)
        return {key: base64.b64decode(text).decode() for key, text in found["data"].items()} if found else {}

    def pod(self):
        return self.named("Deployment", "airflow-pgbouncer")["spec"]["template"]["spec"]


def environment(container, passwords):
    """The variables of a container as the kubelet gives them, with the Secrets that others make."""
    found = {}
    for one in container.get("env", []):
        reference = one.get("valueFrom", {}).get("secretKeyRef")
        found[one["name"]] = passwords.get(reference["name"]) if reference else one["value"].replace("$$", "$")
    return {name: text for name, text in found.items() if text is not None}


class Bouncer:
    """PgBouncer with the files of its pod."""

    version = tuple(map(int, re.findall(r"\d+", run(PGBOUNCER, "--version", env={"LD_LIBRARY_PATH": str(LIBRARIES)}).stdout)[:2]))

    def __init__(self, rendered, passwords):
        self.folder = give(pathlib.Path(tempfile.mkdtemp(dir=scratch)))
        config = rendered.secret("airflow-pgbouncer-config")
        for name, text in {**config, **rendered.secret("airflow-pgbouncer-certificates")}.items():
            give(self.folder / name, text)
        for container in rendered.pod().get("initContainers", []):
            command = [text.replace("$$", "$").replace("/config/", f"{self.folder}/config/").replace("/users/", f"{self.folder}/")
                       for text in container["command"]]
            (self.folder / "config").mkdir()
            if "users.txt" in config:
                shutil.move(self.folder / "users.txt", self.folder / "config/users.txt")
            run(*command, env={"PATH": os.environ["PATH"], **environment(container, passwords)}, check=True)
            give(self.folder / "users.txt")
        ini = config["pgbouncer.ini"].replace("/etc/pgbouncer/", f"{self.folder}/")
        if self.version < (1, 21):
            ini = re.sub("max_prepared_statements = .*\n", "", ini)
        give(self.folder / "pgbouncer.ini", ini)
        self.log = self.folder / "log"
        self.process = subprocess.Popen([PGBOUNCER, self.folder / "pgbouncer.ini"], stderr=open(self.log, "w"), cwd="/",
                                        env={"LD_LIBRARY_PATH": str(LIBRARIES)}, **as_server)
        for _ in range(100):
            if self.process.poll() is not None or "process up" in self.log.read_text():
                break
            time.sleep(0.05)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()


def values_of(port, server, auth, more=None, **pgbouncer):
    """Values with PgBouncer at a port of this machine."""
    extra = "unix_socket_dir =\nclient_login_timeout = 5\nquery_wait_timeout = 5\n"
    keys = {"enabled": True, "auth_type": auth, "extraIni": extra, **pgbouncer}
    keys["extraIni"] = extra + pgbouncer.get("extraIni", "")
    metadata = {"host": "127.0.0.1", "port": server.port, "user": "airflow", "pass": "secret", "db": "metadata", **(more or {})}
    return {"pgbouncer": keys, "ports": {"pgbouncer": port}, "data": {"metadataConnection": metadata}}


def here(uri, port):
    """A URI as it is in the cluster, for this machine: without what says the driver, PgBouncer's Service being here."""
    uri = re.sub(r"^(db\+)?postgresql(\+\w+)?:", "postgresql:", uri)
    return re.sub(r"@airflow-pgbouncer(\.default)?:\d+/", f"@127.0.0.1:{port}/", uri)


def who(uri):
    connection = psycopg2.connect(uri, connect_timeout=10)
    try:
        cursor = connection.cursor()
        cursor.execute("SELECT current_user, current_database()")
        return cursor.fetchone()
    finally:
        connection.close()


def expect(what, found, expected, *of):
    seen[what] += 1
    if found != expected:
        findings.append(f"{what}: {found!r} in place of {expected!r} {of}")


def attempt(function, *arguments):
    """What comes of it, or what is said against it."""
    try:
        return function(*arguments)
    except (psycopg2.Error, subprocess.SubprocessError, OSError) as error:
        return str(getattr(error, "stderr", None) or error).strip().splitlines()[-1]


def console(uri, password):
    """The exporter's way: the URI of PgBouncer's own database, and a variable for the password that is not in it."""
    options = {"password": password} if password is not None else {}
    connection = psycopg2.connect(uri, connect_timeout=10, **options)
    connection.autocommit = True
    try:
        cursor = connection.cursor()
        cursor.execute("SHOW VERSION")
        return cursor.fetchone()[0].split()[0]
    finally:
        connection.close()


def exported(variables, port):
    """What the exporter itself says of its health, and whether it listens where it should."""
    program = os.environ["EXPORTER"]
    health = run(program, "health", env=variables)
    server = subprocess.Popen([program, "server"], env=variables, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    try:
        for _ in range(50):
            try:
                with socket.create_connection(("127.0.0.1", port)) as asked:
                    asked.sendall(b"GET /metrics HTTP/1.0\r\n\r\n")
                    return health.returncode, b"\npgbouncer_" in b"".join(iter(lambda: asked.recv(65536), b""))
            except OSError:
                time.sleep(0.1)
        return health.returncode, False
    finally:
        server.kill()
        server.wait()


def logins(server, auth, name, password, alone):
    """A user of each database with this password, which stands in the values, or alone in a Secret."""
    results, port = name + "_results", free_port()
    server.create(name, password)
    server.create(results, password + "2")
    more = {"user": name, **({"passSecretName": "one", "pass": None} if alone else {"pass": password})}
    values = values_of(port, server, auth, more)
    of_results = {**values["data"]["metadataConnection"], "user": results, "db": "results"}
    of_results.update({"passSecretName": "two"} if alone else {"pass": password + "2"})
    values["data"]["resultBackendConnection"] = of_results
    values["triggerer"] = {"keda": {"enabled": True}}
    values["ports"]["pgbouncerScrape"] = scrape = free_port()
    rendered, passwords = Rendered(values), {"one": password, "two": password + "2"}
    with Bouncer(rendered, passwords):
        if alone:
            pod = rendered.named("Deployment", "airflow-scheduler")["spec"]["template"]["spec"]["containers"][0]
            variables = environment(pod, passwords)
            path = {"PATH": f"{os.path.dirname(sys.executable)}:{os.environ['PATH']}"}
            made = {name: run("sh", "-c", variables[name + "_CMD"], env={**variables, **path}).stdout
                    for name in ("AIRFLOW__DATABASE__SQL_ALCHEMY_CONN", "AIRFLOW__CELERY__RESULT_BACKEND")}
            uris = {"metadata by command": made["AIRFLOW__DATABASE__SQL_ALCHEMY_CONN"]}
            result_uri = made["AIRFLOW__CELERY__RESULT_BACKEND"]
        else:
            secret = rendered.secret("airflow-metadata")
            uris = {"metadata": secret["connection"], "Airflow's own connection": secret["airflowConnection"]}
            result_uri = rendered.secret("airflow-result-backend")["connection"]
            expect("KEDA, past PgBouncer", attempt(who, secret["kedaConnection"]), (name, "metadata"))
            if f":{server.port}/" not in secret["kedaConnection"]:
                findings.append("KEDA goes to PgBouncer")
        for what, uri in uris.items():
            expect(f"{auth}, {what}", attempt(who, here(uri, port)), (name, "metadata"))
        expect(f"{auth}, results", attempt(who, here(result_uri, port)), (results, "results"))
        parts = urllib.parse.urlsplit(here(result_uri, port))
        wrong = parts._replace(netloc=parts.netloc.replace("@", "x@")).geturl()
        expect(f"{auth}, a wrong password is refused", isinstance(attempt(who, wrong), str), True)
        exporter = environment(rendered.pod()["containers"][1], {**passwords, "airflow-pgbouncer-stats":
                               rendered.secret("airflow-pgbouncer-stats").get("connection")})
        # It stands in a list, with commas and blanks between.
        if "," not in name and name == name.strip():
            expect(f"{auth}, the console", attempt(console, exporter["DATABASE_URL"], exporter.get("PGPASSWORD")), "PgBouncer")
            # Its driver does not normalise a password for scram, as libpq and PgBouncer do.
            if "EXPORTER" in os.environ and unicodedata.is_normalized("NFKC", password):
                expect("the exporter", exported(exporter, scrape), (0, True), name, password, alone)


def tls(server):
    """PgBouncer's connections to a server with a certificate; and connections to PgBouncer that demand one."""
    server.create("airflow", "secret")
    certificate = (server.folder / "certificate").read_text()
    key = (server.folder / "key").read_text()
    for keys, expected in [({"sslmode": "require"}, True), ({"sslmode": "verify-full", "ssl": {"ca": certificate}}, True),
                           ({"sslmode": "verify-ca", "ssl": {"ca": certificate, "cert": certificate, "key": key}}, True),
                           ({"sslmode": "verify-full"}, False), ({"sslmode": "verify-ca"}, False)]:
        port = free_port()
        rendered = Rendered(values_of(port, server, "scram-sha-256", {"host": "localhost"}, **keys))
        with Bouncer(rendered, {}) as bouncer:
            found = attempt(who, here(rendered.secret("airflow-metadata")["connection"], port))
            expect(f"TLS to the database: {sorted(keys)}, {keys['sslmode']}", found == ("airflow", "metadata"), expected)
            if expected and found != ("airflow", "metadata"):
                print(found, bouncer.log.read_text()[-500:])
    port = free_port()
    values = {**values_of(port, server, "scram-sha-256", {"sslmode": "require"}), "delivery": "helm"}
    values["redis"] = {"password": "x"}
    rendered = Rendered(values)
    with Bouncer(rendered, {}):
        uri = here(rendered.secret("airflow-metadata")["connection"].replace("airflow-pgbouncer.default", "airflow-pgbouncer"), port)
        expect("TLS to PgBouncer", "does not support SSL" in str(attempt(who, uri)), True)


def refused(servers):
    """What gen refuses, and the chart does not: with its files, not everybody gets in."""
    (one, auth), (two, _) = [(server, auth) for auth, server in servers.items()]
    for_helm = {"delivery": "helm", "redis": {"password": "x"}}
    for what, name, passwords in (("two passwords of one user", "airflow", ("one", "two")), ("a user of two lines", "air\nflow", ("one", "one"))):
        port = free_port()
        for server, password in zip((one, two), passwords):
            server.create(name, password)
        values = {**values_of(port, one, auth, {"user": name, "pass": passwords[0]}), **for_helm}
        of_results = {**values["data"]["metadataConnection"], "port": two.port, "pass": passwords[1], "db": "results"}
        values["data"]["resultBackendConnection"] = of_results
        rendered = Rendered(values)
        uris = [rendered.secret(name)["connection"] for name in ("airflow-metadata", "airflow-result-backend")]
        with Bouncer(rendered, {}):
            found = [isinstance(attempt(who, here(uri, port)), tuple) for uri in uris]
        expect(what, all(found), False)


async def sessions(uri):
    """Sessions as Airflow's asynchronous ones, several at once; what is said against them."""
    from sqlalchemy import text
    from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
    engine = create_async_engine(uri)
    session, faults = async_sessionmaker(engine, class_=AsyncSession), set()

    async def work(number):
        try:
            for _ in range(10):
                async with session() as one:
                    await one.execute(text("SELECT count(*) FROM pg_class WHERE relname <> :name"), {"name": f"x{number % 3}"})
                    await one.execute(text(f"SELECT {number % 4}"))
                    await one.commit()
        except Exception as error:  # whatever the driver says
            faults.add(type(error.__cause__ or error).__name__ + ": " + str(error).splitlines()[0])
    await asyncio.gather(*(work(number) for number in range(15)))
    await engine.dispose()
    return faults


def asynchronous(server):
    if Bouncer.version < (1, 21):
        print("asynchronous sessions: not run, this PgBouncer is older than 1.21")
        return
    server.create("airflow", "secret")
    for delivery, expected in (("kubectl", True), ("helm", False)):
        port = free_port()
        values = {**values_of(port, server, "scram-sha-256"), "delivery": delivery, "redis": {"password": "x"}}
        rendered = Rendered(values)
        secret = rendered.secret("airflow-metadata")
        uri = re.sub(r"@[^:]+:\d+/", f"@127.0.0.1:{port}/", secret.get("asyncConnection") or
                     secret["connection"].replace("postgresql:", "postgresql+asyncpg:").replace("sslmode=", "ssl="))
        with Bouncer(rendered, {}):
            programs = [subprocess.Popen([sys.executable, "-W", "ignore", __file__, *sys.argv[1:4], uri], stdout=subprocess.PIPE, text=True,
                                         env={**os.environ, "SESSIONS": "1"}) for _ in range(3)]
            faults = "".join(program.communicate()[0] for program in programs)
            expect(f"asynchronous sessions of several programs, {delivery}", not faults.strip(), expected)


def main():
    print("PgBouncer %d.%d" % Bouncer.version)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    servers = {encryption: Server(encryption) for encryption in ("scram-sha-256", "md5")}
    try:
        for auth, server in servers.items():
            for number, password in enumerate(NASTY):
                for alone in (False, True):
                    name = "airflow" if number % 2 else f"air {NASTY[-1 - number]}"
                    logins(server, auth, name, password, alone)
        # PgBouncer logs in by scram to a server that wants it, whatever its own clients do, since it knows the password.
        logins(servers["scram-sha-256"], "md5", "airflow", NASTY[7], False)
        tls(servers["scram-sha-256"])
        refused(servers)
        asynchronous(servers["scram-sha-256"])
    finally:
        for server in servers.values():
            server.process.send_signal(signal.SIGINT)  # with sessions open, it waits for none
            server.process.wait()
        shutil.rmtree(scratch)
    for what, count in sorted(seen.items()):
        print(f"{count:4} {what}")
    for finding in findings:
        print(f"FINDING: {finding}")
    print(f"{sum(seen.values())} looked at, {len(findings)} finding(s)")
    return 1 if findings else 0


if __name__ == "__main__":
    if "SESSIONS" in os.environ:
        print("\n".join(asyncio.run(sessions(sys.argv[4]))))
        sys.exit()
    sys.exit(main())
