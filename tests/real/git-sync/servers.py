"""A repository, and what serves it on loopback: by http, by http with a login, by ssh, and as GitHub does to an App."""
import base64
import json
import os
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

USER, PASSWORD, TOKEN = "airflow", "pass $$ word", "token-of-the-app"
OPEN, LOGIN, GITHUB = 8080, 8081, 8082
URLS = {
    "http": f"http://127.0.0.1:{OPEN}/dags.git",
    "login": f"http://127.0.0.1:{LOGIN}/dags.git",
    "github": f"http://127.0.0.1:{GITHUB}/dags.git",
    "api": f"http://127.0.0.1:{GITHUB}/",
    "ssh": "git@127.0.0.1:dags.git",
}


def git(*arguments, at):
    environment = os.environ | {"GIT_CONFIG_GLOBAL": "/dev/null", "HOME": at}
    who = ["-c", "user.name=x", "-c", "user.email=x@example.com"]
    return subprocess.run(["git", "-C", at, *who, *arguments], check=True, capture_output=True, text=True, env=environment).stdout.strip()


class Repository:
    """Branches `main`, `dev` and `v2-2-stable`, a tag `v1.0` and older commits; `dags/which` says which one was fetched."""

    def __init__(self, folder):
        self.bare, self.work = f"{folder}/dags.git", f"{folder}/work"
        os.makedirs(self.work)
        git("init", "--quiet", "--bare", "--initial-branch=main", self.bare, at=folder)
        git("init", "--quiet", "--initial-branch=main", at=self.work)
        self.sha = self.commit("first")
        self.commit("tagged")
        git("tag", "v1.0", at=self.work)
        self.commit("main")
        for branch in ("dev", "v2-2-stable"):
            git("checkout", "--quiet", "-b", branch, "main", at=self.work)
            self.commit(branch)
        git("checkout", "--quiet", "main", at=self.work)
        git("push", "--quiet", "--all", self.bare, at=self.work)
        git("push", "--quiet", "--tags", self.bare, at=self.work)
        git("config", "http.receivepack", "false", at=self.bare)
        subprocess.run(["chmod", "-R", "a+rX", folder], check=True)

    def commit(self, which):
        os.makedirs(f"{self.work}/dags", exist_ok=True)
        with open(f"{self.work}/dags/which", "w") as file:
            file.write(which)
        git("add", ".", at=self.work)
        git("commit", "--quiet", "-m", which, at=self.work)
        return git("rev-parse", "HEAD", at=self.work)

    def push(self, which):
        self.commit(which)
        git("push", "--quiet", self.bare, "main", at=self.work)


class Http(BaseHTTPRequestHandler):
    """git's own server for http, to whom may have it."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def answer(self, status, body=b"", headers=()):
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        path, _, query = self.path.partition("?")
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.headers.get("Transfer-Encoding") == "chunked":
            while size := int(self.rfile.readline(), 16):
                body += self.rfile.read(size)
                self.rfile.readline()
            self.rfile.readline()
        if path.endswith("/access_tokens") and self.headers.get("Authorization", "").startswith("Bearer "):
            token = {"token": TOKEN, "expires_at": "2099-01-01T00:00:00Z"}
            return self.answer(201, json.dumps(token).encode(), [("Content-Type", "application/json")])
        if wanted := self.server.password:
            given = base64.b64decode(self.headers.get("Authorization", "Basic ").split(" ", 1)[1]).decode()
            if given.split(":", 1)[1:] != [wanted]:
                return self.answer(401, headers=[("WWW-Authenticate", 'Basic realm="git"')])
        header = lambda name: self.headers.get(name) or ""
        environment = os.environ | {
            "GIT_PROJECT_ROOT": self.server.folder, "GIT_HTTP_EXPORT_ALL": "1", "PATH_INFO": path, "QUERY_STRING": query,
            "REQUEST_METHOD": self.command, "CONTENT_TYPE": header("Content-Type"), "CONTENT_LENGTH": str(len(body)),
            "HTTP_CONTENT_ENCODING": header("Content-Encoding"), "HTTP_GIT_PROTOCOL": header("Git-Protocol"),
            "GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "safe.directory", "GIT_CONFIG_VALUE_0": "*",
        }
        done = subprocess.run(["git", "http-backend"], input=body, capture_output=True, env=environment)
        head, _, rest = done.stdout.partition(b"\r\n\r\n")
        headers = dict(line.split(": ", 1) for line in head.decode().split("\r\n") if ": " in line)
        self.answer(int(headers.pop("Status", "200").split()[0]), rest, headers.items())

    do_POST = do_GET


def serve_http(folder):
    for port, password in ((OPEN, None), (LOGIN, PASSWORD), (GITHUB, TOKEN)):
        server = ThreadingHTTPServer(("127.0.0.1", port), Http)
        server.folder, server.password = folder, password
        threading.Thread(target=server.serve_forever, daemon=True).start()


def serve_ssh(sshd, folder, bare):
    """Starts the server; the private key that it lets in, and its host key as `known_hosts` has it."""
    for name in ("host", "user"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", f"{folder}/{name}"], check=True)
    # The user `git`, and the one that sshd wants for itself, are there in this mount namespace alone.
    with open("/etc/passwd") as file:
        users = file.read()
    with open(f"{folder}/passwd", "w") as file:
        file.write(f"{users}\nsshd:x:65000:65534::/run:/usr/sbin/nologin\ngit:x:65001:65534::{folder}:/bin/sh\n")
    subprocess.run(["mount", "--bind", f"{folder}/passwd", "/etc/passwd"], check=True)
    os.makedirs("/run/sshd", exist_ok=True)
    with open(f"{folder}/user.pub") as file:
        command = f'command="git -c safe.directory=* upload-pack {bare}" {file.read()}'
    with open(f"{folder}/authorized_keys", "w") as file:
        file.write(command)
    os.chmod(f"{folder}/authorized_keys", 0o644)
    with open(f"{folder}/config", "w") as file:
        file.write(
            f"ListenAddress 127.0.0.1\nHostKey {folder}/host\nAuthorizedKeysFile {folder}/authorized_keys\n"
            "StrictModes no\nPasswordAuthentication no\nPidFile none\nAcceptEnv GIT_PROTOCOL\nUsePAM no\n"
        )
    server = subprocess.Popen([sshd, "-D", "-e", "-f", f"{folder}/config"], stderr=open(f"{folder}/log", "w"))
    with open(f"{folder}/host.pub") as file:
        known = "127.0.0.1 " + " ".join(file.read().split()[:2]) + "\n"
    with open(f"{folder}/user") as file:
        return server, file.read(), known
