#!/usr/bin/env python3
"""Make the images that the manifests ask for, without Docker, as archives that `ctr images import` reads.

    tests/real/node/images.py PROGRAMS

PROGRAMS is the folder that build.sh prints.  The names are those of the manifests; what is inside is ours: Airflow from
PyPI as it was on a day, PostgreSQL, Redis and git from Debian bookworm, and PgBouncer from Debian trixie (1.24), whatever
version the name says.
As root, with debootstrap and uv.  The archives are kept below PROGRAMS/images, by version, and not made again.
"""
import hashlib
import io
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tarfile
import time

AIRFLOW = {"3.3.2": "2026-10-01", "2.11.2": "2026-10-01"}
EXTRAS = "cncf-kubernetes,celery,postgres,statsd,fab,standard"
HERE = pathlib.Path(__file__).resolve().parent

ENTRYPOINT = """#!/bin/bash
# Programs as they are; any other word is a command of airflow.
case "$1" in
    airflow | bash | celery | python | python3 | sh) exec "$@" ;;
    *) exec airflow "$@" ;;
esac
"""
CLEAN_LOGS = """#!/bin/bash
# Logs are as old as the test: nothing to remove.
while sleep 60; do :; done
"""
POSTGRES = """#!/bin/bash
# The variables of the official image, as far as they are used: a database and its user, made at the first start.
set -eu
export PATH=/usr/lib/postgresql/15/bin:$PATH
: "${PGDATA:=/var/lib/postgresql/data}" "${POSTGRES_USER:=postgres}" "${POSTGRES_DB:=$POSTGRES_USER}"
export PGDATA
case "${1:-postgres}" in postgres | -*) ;; *) exec "$@" ;; esac
if ! [ -e "$PGDATA/PG_VERSION" ]; then
    mkdir -p -m 700 "$PGDATA"
    initdb --username="$POSTGRES_USER" --pwfile=<(echo "$POSTGRES_PASSWORD") --auth-host=scram-sha-256 --auth-local=trust
    echo 'host all all all scram-sha-256' >> "$PGDATA/pg_hba.conf"
    if [ "$POSTGRES_DB" != postgres ]; then
        printf 'create database "%s";\\n' "$POSTGRES_DB" | postgres --single -D "$PGDATA" postgres
    fi
fi
[ "${1:-}" != postgres ] || shift
exec postgres -c "listen_addresses=*" "$@"
"""


def run(*words, **options):
    subprocess.run([str(word) for word in words], check=True, **options)


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(0o755)


def mirror():
    for line in subprocess.check_output(["apt-get", "indextargets", "--format", "$(URI)", "Created-By: Packages"], text=True).splitlines():
        return line.split("/dists/")[0]


def program(name):
    """A program alone, in an empty root."""
    def fill(root, programs):
        target = root / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(programs / target.name, target)
    return fill


def debian(root, _):
    """What all others stand on, made once: their users and packages, and nothing that only a person reads."""
    packages = ["ca-certificates", "dumb-init", "git", "libpq5", "netbase", "openssh-server", "postgresql", "procps", "python3",
                "python3-distutils", "redis-server"]
    run("debootstrap", "--variant=minbase", "--include=" + ",".join(packages), "bookworm", root, mirror(), stdout=subprocess.DEVNULL)
    for rest in ("var/cache/apt", "var/lib/apt/lists", "usr/share/doc", "usr/share/man", "usr/share/locale"):
        shutil.rmtree(root / rest, ignore_errors=True)
    run("chroot", root, "sh", "-ec", """
        useradd --uid 50000 --gid 0 --create-home --shell /bin/bash airflow
        useradd --create-home --shell /usr/bin/git-shell --password '*' git
        useradd --uid 65533 --home-dir /tmp --no-create-home git-sync
        usermod --uid 999 postgres
        groupmod --gid 999 postgres
        install -d -o 999 -g 999 -m 3777 /var/run/postgresql
        install -d -o 999 -g 999 -m 700 /var/lib/postgresql/data
        mkdir -p /run/sshd
        ln -sf /usr/lib/postgresql/15/bin/* /usr/local/bin/
        ln -s python3 /usr/bin/python""")


def pgbouncer(root, _):
    """The oldest Debian whose PgBouncer knows `max_prepared_statements`; `killall` is the chart's."""
    run("debootstrap", "--variant=minbase", "--include=pgbouncer,psmisc", "trixie", root, mirror(), stdout=subprocess.DEVNULL)


def postgres(root, _):
    write(root / "usr/local/bin/docker-entrypoint.sh", POSTGRES)


def git_server(root, _):
    write(root / "git_server.py", (HERE / "git_server.py").read_text())


def airflow(version):
    def fill(root, _):
        home, own = root / "home/airflow", root / "opt/airflow"
        run("uv", "pip", "install", "--quiet", "--python", "/usr/bin/python3", "--prefix", home / ".local", "--break-system-packages",
            "--link-mode=copy", "--exclude-newer", AIRFLOW[version], f"apache-airflow[{EXTRAS}]=={version}", "sqlalchemy<2.1")
        write(root / "entrypoint", ENTRYPOINT)
        write(root / "clean-logs", CLEAN_LOGS)
        for folder in ("dags", "logs"):
            (own / folder).mkdir(parents=True)
        # Everything belongs to user 50000 of group 0, and the group may do what the user may: the contract of the image.
        for folder in (home, own):
            run("chown", "-R", "50000:0", folder)
            run("chmod", "-R", "g=u", folder)
    return fill


def dags(root, _):
    folder = root / "opt/airflow/dags"
    folder.mkdir(parents=True)
    shutil.copy(HERE / "hello.py", folder / "hello.py")
    run("chown", "-R", "50000:0", root / "opt")
    run("chmod", "-R", "g=u", root / "opt")


# Layers: how each is filled.
LAYERS = {
    "pause": program("pause"), "statsd": program("bin/statsd_exporter"), "git-sync": program("git-sync"),
    "pgbouncer-exporter": program("bin/pgbouncer_exporter"), "otelcol": program("otelcol"), "pgbouncer": pgbouncer,
    "debian": debian, "postgres": postgres, "git-server": git_server, "dags": dags,
    **{f"airflow-{version}": airflow(version) for version in AIRFLOW},
}
# Layers of programs that come from sources which are not everywhere to be had.
MAY_LACK = {"git-sync": "git-sync", "pgbouncer-exporter": "pgbouncer_exporter"}
AIRFLOW_CONFIG = {
    "User": "50000", "WorkingDir": "/opt/airflow", "Entrypoint": ["/usr/bin/dumb-init", "--", "/entrypoint"],
    "Env": ["AIRFLOW_HOME=/opt/airflow", "HOME=/home/airflow", "PATH=/home/airflow/.local/bin:/usr/local/bin:/usr/bin:/bin",
            "PYTHONUNBUFFERED=1", "LANG=C.UTF-8"],
}
# Images: their layers, and how they run.
IMAGES = {
    "registry.k8s.io/pause:3.10": (["pause"], {"User": "65535", "Entrypoint": ["/pause"]}),
    "quay.io/prometheus/statsd-exporter:v0.30.0": (["statsd"], {"User": "65534", "Entrypoint": ["/bin/statsd_exporter"]}),
    "otel/opentelemetry-collector-contrib:0.70.0": (["otelcol"], {"User": "10001", "Entrypoint": ["/otelcol"]}),
    "apache/airflow:airflow-pgbouncer-2025.03.05-1.23.1": (["pgbouncer"], {"User": "65534"}),
    "apache/airflow:airflow-pgbouncer-exporter-2025.03.05-0.18.0":
        (["pgbouncer-exporter"], {"User": "65534", "Env": ["PATH=/bin"], "Entrypoint": ["/bin/pgbouncer_exporter"], "Cmd": ["server"]}),
    "redis:7.2-bookworm": (["debian"], {"Cmd": ["redis-server"]}),
    "postgres:17-bookworm": (["debian", "postgres"], {"Entrypoint": ["docker-entrypoint.sh"], "Cmd": ["postgres"], "Env": ["PGDATA=/var/lib/postgresql/data", "LANG=C.UTF-8"]}),
    "registry.k8s.io/git-sync/git-sync:v4.4.2": (["debian", "git-sync"], {"User": "65533", "WorkingDir": "/tmp", "Env": ["HOME=/tmp"], "Entrypoint": ["/git-sync"]}),
    "example.com/git-server:1": (["debian", "git-server"], {"Entrypoint": ["python3", "/git_server.py"]}),
    **{f"apache/airflow:{version}": (["debian", f"airflow-{version}"], AIRFLOW_CONFIG) for version in AIRFLOW},
    **{f"example.com/dags:{version}": (["debian", f"airflow-{version}", "dags"], AIRFLOW_CONFIG) for version in AIRFLOW},
}


def layer(name, programs):
    """The archive of a layer, filled if it is not there."""
    archive = programs / "layers" / f"{name}.tar"
    if not archive.exists():
        print(f"images.py: filling {name}", file=sys.stderr, flush=True)
        root = programs / "layers" / name
        if root.exists():
            shutil.rmtree(root)
        root.mkdir(parents=True)
        LAYERS[name](root, programs)
        run("tar", "--numeric-owner", "-C", root, "-cf", f"{archive}.new", ".")
        os.rename(f"{archive}.new", archive)
        shutil.rmtree(root)
    return archive


def image(name, programs):
    layers, config = IMAGES[name]
    archive = programs / "images" / (name.replace("/", "_").replace(":", "_") + ".tar")
    sources = [layer(each, programs) for each in layers]
    made_of = archive.with_suffix(".json")
    if archive.exists() and made_of.exists() and json.loads(made_of.read_text()) == [layers, config] \
            and all(archive.stat().st_mtime >= each.stat().st_mtime for each in sources):
        return
    archive.parent.mkdir(exist_ok=True)
    digests = []
    for source in sources:
        with open(source, "rb") as data:
            digests.append(hashlib.file_digest(data, "sha256").hexdigest())
    about = {"architecture": "amd64", "os": "linux", "config": config,
             "rootfs": {"type": "layers", "diff_ids": [f"sha256:{digest}" for digest in digests]}}
    about = json.dumps(about).encode()
    named = hashlib.sha256(about).hexdigest() + ".json"
    listing = json.dumps([{"Config": named, "RepoTags": [name], "Layers": [f"{digest}/layer.tar" for digest in digests]}]).encode()
    with tarfile.open(f"{archive}.new", "w") as out:
        for path, data in ((named, about), ("manifest.json", listing)):
            info = tarfile.TarInfo(path)
            info.size, info.mtime = len(data), time.time()
            out.addfile(info, io.BytesIO(data))
        for source, digest in zip(sources, digests):
            out.add(source, f"{digest}/layer.tar")
    os.rename(f"{archive}.new", archive)
    made_of.write_text(json.dumps([layers, config]))


def main():
    programs = pathlib.Path(sys.argv[1])
    for name, (layers, _) in IMAGES.items():
        lacking = {layer for layer in layers if layer in MAY_LACK and not (programs / MAY_LACK[layer]).exists()}
        if lacking:
            print(f"images.py: there is no {lacking.pop()}, and so no image of it", file=sys.stderr)
            continue
        image(name, programs)


main()
