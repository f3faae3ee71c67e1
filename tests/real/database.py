"""Read user and password back from the URIs that gen writes; see database.sh, which runs this.

    database.py render GEN PORT            print, as JSON, nasty users and passwords and the URI that gen writes for each
    database.py read FILE [PASSWORD_FILE]  read them by SQLAlchemy; log in, with the password of the server's admin
"""
import base64
import json
import os
import subprocess
import sys

HOST, DATABASE = "127.0.0.1", "postgres"
# Texts that some reader of URIs, or Airflow, takes for something else; none of them alone would make a name too long.
TEXTS = ["lena@server", "a:b@c/d?e#f", "%40", "%2540", "%", "%zz", "a+b c", "$HOME", "${HOME}", "~", "~root/x", "$$", "[::1]",
         "a@[b]", "://", "?sslmode=disable", "&host=x", "#", "'", "''", '"', "\\'", "\\\\", "{0}", "%(a)s", "%%", " a ", "  ",
         "a\tb", "a\nb", "\x7f", "é", "e\u0301", "ß", "日本語", "😀", "\u00a0", "\u2028", "\ufeffa", "\u202ea",
         "Password1!", "<&>", "`id`", ";drop", "null", "yes", "0777", "1e3", "~", "-", "- a", "a: b"]


class CannotRun(Exception):
    """The check itself is not possible, for a reason to print."""


def pairs():
    """Users, no two of them alike, and passwords: the same in every run."""
    for text in dict.fromkeys([chr(c) for c in range(0x20, 0x7f)] + TEXTS):
        yield "%sa%sb%s" % (text, text, text), text
    every = "".join(chr(c) for c in range(0x20, 0x7f))
    yield every[:63], every
    yield every[63:] + "é", every[::-1] + "日本😀"


def uri_of(gen, port, user, password, in_file):
    """The URI in the Secret that gen makes, with the values in a file or on the command line."""
    values = json.dumps({
        "airflowVersion": "1.10.10", "fernetKeySecretName": "fernet-key",
        "data": {"metadataConnection": {"user": user, "pass": password, "host": HOST, "port": port, "db": DATABASE}}})
    source = ["-f", "-"] if in_file else ["--set-json", values]
    done = subprocess.run([gen, *source, "--format", "json", "-s", "secrets/*"], input=values.encode(),
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
    if done.returncode:
        raise ValueError("gen refuses %s: %s" % (ascii((user, password)), done.stderr.decode(errors="replace").strip()))
    secret = next(o for o in json.loads(done.stdout)["items"] if "connection" in o["data"])
    return base64.b64decode(secret["data"]["connection"], validate=True).decode()


def render(gen, port):
    written, findings = [], 0
    for number, (user, password) in enumerate(pairs()):
        try:
            written.append({"user": user, "password": password, "port": int(port),
                            "uri": uri_of(gen, int(port), user, password, in_file=number % 2)})
        except ValueError as e:
            findings += 1
            print("FINDING: %s" % e, file=sys.stderr)
    json.dump(written, sys.stdout)
    return 1 if findings else 0


def make_roles(written, admin_password):
    """Make the users; a check, too, that the server does mind passwords."""
    import psycopg2
    from psycopg2 import sql
    server = {"host": HOST, "port": written[0]["port"], "dbname": DATABASE, "user": "admin"}
    try:
        connection = psycopg2.connect(password=admin_password, **server)
    except psycopg2.OperationalError as e:
        raise CannotRun(e)
    try:
        psycopg2.connect(password="wrong", **server)
        raise CannotRun("PostgreSQL takes any password")
    except psycopg2.OperationalError:
        pass
    connection.autocommit = True
    for case in written:
        user = sql.Identifier(case["user"])
        with connection.cursor() as cursor:
            cursor.execute(sql.SQL("DROP ROLE IF EXISTS {}").format(user))
            cursor.execute(sql.SQL("CREATE ROLE {} LOGIN PASSWORD {}").format(user, sql.Literal(case["password"])))
    connection.close()


def log_in(uri):
    """The user as which the server takes who comes with this URI."""
    from sqlalchemy import create_engine
    engine = create_engine(uri)
    connection = engine.raw_connection()
    try:
        cursor = connection.cursor()
        cursor.execute("SELECT current_user")
        return cursor.fetchone()[0]
    finally:
        connection.close()
        engine.dispose()


def read(file, password_file=None):
    try:
        import sqlalchemy
        from sqlalchemy.engine.url import make_url
    except ImportError as e:  # this Python may be too new for an old one
        raise CannotRun(e)
    with open(file, encoding="utf-8") as f:
        written = json.load(f)
    if password_file:
        with open(password_file, encoding="utf-8") as f:
            make_roles(written, f.read().strip())
    findings = 0
    for case in written:
        expected = case["user"], case["password"], HOST, case["port"], DATABASE
        try:
            uri = os.path.expanduser(os.path.expandvars(case["uri"]))  # as Airflow does with it
            url = make_url(uri)
            found = url.username, url.password, url.host, url.port, url.database
            if found != expected:
                raise ValueError("is read as %s" % ascii(found))
            user = log_in(uri) if password_file else case["user"]
            if user != case["user"]:
                raise ValueError("logs in as %s" % ascii(user))
        except Exception as e:  # whatever SQLAlchemy or PostgreSQL says of this URI
            findings += 1
            print("FINDING: SQLAlchemy %s: %s: %s" % (sqlalchemy.__version__, ascii(expected), " ".join(str(e).split())))
    print("SQLAlchemy %s: %d users and passwords read back%s, %d finding(s)" % (
        sqlalchemy.__version__, len(written), ", and logged in with" if password_file else "", findings))
    return 1 if findings else 0


if __name__ == "__main__":
    try:
        sys.exit({"render": render, "read": read}[sys.argv[1]](*sys.argv[2:]))
    except CannotRun as e:
        print("could not run: %s" % e, file=sys.stderr)
        sys.exit(2)
