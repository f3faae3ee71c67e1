"""One repository, served over http, over http with a password (below /private), and over ssh.

Runs in the node.  /dags holds the DAGs of the branch `main`; each other file of /etc/git says one thing:
authorized_keys, host_key, user, password.
"""
import base64
import http.server
import os
import pathlib
import shutil
import subprocess

ETC, REPOSITORY, WORK = pathlib.Path("/etc/git"), pathlib.Path("/srv/dags.git"), pathlib.Path("/srv/work")


def git(*words):
    subprocess.run(["git", "-C", WORK, "-c", "user.name=test", "-c", "user.email=test@example.com", *words], check=True)


def repository():
    """The branch `main` has the DAG in the folder `dags`, the tag `v1` as well; the branch `empty` has none."""
    WORK.mkdir(parents=True)
    git("init", "--quiet", "--initial-branch=empty")
    (WORK / "README").write_text("no DAG here\n")
    git("add", ".")
    git("commit", "--quiet", "--message=no DAG")
    git("checkout", "--quiet", "-b", "main")
    (WORK / "dags").mkdir()
    for file in pathlib.Path("/dags").glob("*.py"):
        shutil.copy(file, WORK / "dags")
    git("add", ".")
    git("commit", "--quiet", "--message=a DAG")
    git("tag", "v1")
    git("checkout", "--quiet", "empty")
    subprocess.run(["git", "clone", "--quiet", "--bare", WORK, REPOSITORY], check=True)
    subprocess.run(["chown", "-R", "git", REPOSITORY], check=True)


def ssh():
    home = pathlib.Path("/home/git/.ssh")
    home.mkdir(mode=0o700)
    shutil.copy(ETC / "authorized_keys", home)
    subprocess.run(["chown", "-R", "git", home], check=True)
    key = pathlib.Path("/etc/ssh/test_host_key")
    shutil.copy(ETC / "host_key", key)
    key.chmod(0o600)
    subprocess.Popen(["/usr/sbin/sshd", "-D", "-e", "-h", key, "-o", "PasswordAuthentication=no"])


class Handler(http.server.BaseHTTPRequestHandler):
    """git http-backend is CGI; the standard library's handler for it knows neither its status nor compressed bodies."""

    def answer(self):
        path, _, query = self.path.partition("?")
        expected = base64.b64encode(f"{(ETC / 'user').read_text()}:{(ETC / 'password').read_text()}".encode()).decode()
        if path.startswith("/private/"):
            path = path.removeprefix("/private")
            if self.headers["Authorization"] != f"Basic {expected}":
                self.send_response(401)
                self.send_header("WWW-Authenticate", 'Basic realm="git"')
                self.send_header("Content-Length", "0")
                return self.end_headers()
        body = self.rfile.read(int(self.headers["Content-Length"] or 0))
        variables = {
            **os.environ, "GIT_PROJECT_ROOT": "/srv", "GIT_HTTP_EXPORT_ALL": "1", "REQUEST_METHOD": self.command, "PATH_INFO": path,
            "QUERY_STRING": query, "CONTENT_TYPE": self.headers["Content-Type"] or "", "CONTENT_LENGTH": str(len(body)),
            "HTTP_CONTENT_ENCODING": self.headers["Content-Encoding"] or "", "GIT_PROTOCOL": self.headers["Git-Protocol"] or "",
            "GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "safe.directory", "GIT_CONFIG_VALUE_0": "*",
        }
        said = subprocess.run(["git", "http-backend"], input=body, env=variables, stdout=subprocess.PIPE, check=True).stdout
        head, _, rest = said.partition(b"\r\n\r\n")
        headers = [line.decode().split(": ", 1) for line in head.split(b"\r\n")]
        self.send_response(next((int(value.split()[0]) for name, value in headers if name == "Status"), 200))
        for name, value in headers:
            if name != "Status":
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(rest)))
        self.end_headers()
        self.wfile.write(rest)

    do_GET = do_POST = answer


repository()
ssh()
http.server.ThreadingHTTPServer(("", 80), Handler).serve_forever()
