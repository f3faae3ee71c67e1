"""Run git-sync with what the manifests give it, and see that it starts and what it fetches.

usage: run.py GEN SSHD VERSION=BINARY...     in mount and network namespaces of its own, as root

Each case is a values file. Of each pod that has git-sync the init container runs to its end, and then the one beside it;
they have the variables, files, users and paths that a kubelet would give them. `FACTS` are what git-sync does by itself, on
which docs/differences.md relies. Exit status: 0 all is as it should be, 1 it is not.
"""
import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

from cases import FACTS, cases
from container import CannotStart, Container, Manifests
from servers import Repository, serve_http, serve_ssh

GEN, SSHD, *BINARIES = sys.argv[1:]
BINARIES = dict(one.split("=", 1) for one in BINARIES)
ROOT = os.path.realpath(f"{os.path.dirname(__file__)}/../../..")


def rendered(case):
    """The stream that gen writes for a case, or what it says instead."""
    command = [GEN, "-f", "-"] if case.file is None else [GEN, "-f", f"{ROOT}/values/{case.file}"]
    command += [word for setting in case.settings for word in ("--set-json", setting)]
    done = subprocess.run(command, input=json.dumps(case.values), capture_output=True, text=True)
    errors = [line for line in done.stderr.splitlines() if line.startswith("error:")]
    return (done.stdout, None) if done.returncode == 0 else (None, errors[0])


def fetched(volume, sub_path="dags"):
    try:
        with open(f"{volume}/repo/{sub_path}/which") as file:
            return file.read()
    except OSError:
        return "nothing"


def volume():
    folder = tempfile.mkdtemp(dir="/run")
    os.chmod(folder, 0o777)
    return folder


def outcome(case, stream, repository):
    """What came of the containers of a case: what was fetched, or why nothing was."""
    found = set()
    pairs = Manifests(stream, case.secrets).pairs()
    # Where only the revision differs, one pod stands for all.
    for owner, pod, once, always in pairs[:1] if case.is_one_of_many else pairs:
        folder = volume()
        try:
            if once:
                run = Container(Manifests(stream, case.secrets), pod, once, BINARIES).start(folder)
                status = run.ended(60)
                said = run.said()
                run.stop()
                if status != 0:
                    print(f"       {owner}: {said}")
                    found.add(f"the init container ended with {status}")
                    continue
                found.add(fetched(folder))
            if always and case.beside:
                found |= beside(Container(Manifests(stream, case.secrets), pod, always, BINARIES), folder, case, repository)
        except CannotStart as why:
            found.add(str(why))
    return found or {"no git-sync"}


def beside(container, folder, case, repository):
    """What came of the container that keeps fetching: it lives, its health check answers, and a new commit arrives."""
    run = container.start(folder)
    try:
        port = next((value for name, value in run.env.items() if name.endswith("_HTTP_BIND")), None)
        if fault := answers(run, port) if port and case.well else lives(run):
            return {fault}
        if not case.pause:
            return {fetched(folder)}
        repository.push("newer")
        began = time.monotonic()
        while fetched(folder) != "newer" and time.monotonic() < began + 30:
            time.sleep(0.05)
        lasted = time.monotonic() - began
        repository.push("main")
        least, most = case.pause
        return {"main"} if least <= lasted <= most else {f"a new commit came after {lasted:.1f} seconds: {run.said()}"}
    finally:
        run.stop()


def lives(run):
    """What is wrong, unless it lives a while."""
    return None if run.ended(2) is None else f"the container ended: {run.said()}"


def answers(run, port):
    """What is wrong, unless it answers as the probes ask it to."""
    for _ in range(100):
        if run.ended(0.1) is not None:
            return f"the container ended: {run.said()}"
        try:
            urllib.request.urlopen(f"http://127.0.0.1{port}/", timeout=5).close()
            return None
        except urllib.error.HTTPError as error:
            fault = f"the health check answers {error.code}"
        except (urllib.error.URLError, ConnectionError):
            fault = "the health check does not answer"
    return fault


def facts(repository):
    """Those that do not hold."""
    for version, variables, expected in FACTS(repository.sha):
        folder = volume()
        env = variables | {"GIT_SYNC_ROOT": folder, "GIT_SYNC_ONE_TIME": "true", "GIT_SYNC_DEST": "repo", "HOME": folder, "PATH": os.environ["PATH"]}
        done = subprocess.run([BINARIES[version]], env=env, capture_output=True, text=True, timeout=60)
        seen = fetched(folder) if done.returncode == 0 else done.stderr + done.stdout
        ok = seen == expected if done.returncode == 0 else expected in seen
        print(f"{'ok    ' if ok else 'FAILED'} git-sync {version} with {variables}: {expected if ok else seen[-300:]}")
        yield ok


def main():
    subprocess.run(["mount", "-t", "tmpfs", "tmpfs", "/run"], check=True)
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    folder = tempfile.mkdtemp(dir="/run")
    os.chmod(folder, 0o755)
    repository = Repository(f"{folder}/git")
    serve_http(f"{folder}/git")
    os.mkdir(f"{folder}/ssh")
    sshd, key, hosts = serve_ssh(SSHD, f"{folder}/ssh", repository.bare)
    counts = {True: 0, False: 0}
    try:
        wanted = os.environ.get("GEN_CASES", "")
        for ok in facts(repository) if not wanted else ():
            counts[ok] += 1
        for case in cases(repository.sha, key, hosts):
            if wanted not in case.name:
                continue
            stream, refused = rendered(case)
            seen = {f"refused: {refused}"} if refused else outcome(case, stream, repository)
            ok = len(seen) == 1 and case.expects(next(iter(seen)))
            counts[ok] += 1
            if not ok or not case.is_one_of_many:
                print(f"{'ok    ' if ok else 'FAILED'} {case.name}: {', '.join(sorted(seen))}" + ("" if ok else f" instead of {case.expected}"), flush=True)
    finally:
        sshd.kill()
    print(f"{counts[True]} as they should be, {counts[False]} not")
    sys.exit(1 if counts[False] else 0)


if __name__ == "__main__":
    main()
