#!/bin/sh
# Read the metadata database's user and password back from the URI that gen writes: by the real SQLAlchemy of every
# line that Airflow has used, and by logging in to a real PostgreSQL on loopback.
#
#   tests/real/database.sh GEN
#
# GEN is the binary.  A part whose tool is absent says so, and is not counted as passed.
# Exit status: 0 every part ran and found nothing, 1 findings, 2 some part could not run.
#
# The first run makes a virtualenv under TMPDIR, which later runs use again; that needs PyPI or a mirror of it.
# PostgreSQL's server is looked for in PATH and where Debian puts it; as root it runs as the user postgres.
set -eu

versions="1.3.24 1.4.54 2.0.58 2.1.9" # of SQLAlchemy
[ $# -eq 1 ] || { sed -n '5p' "$0" >&2; exit 2; }
here=$(cd "$(dirname "$0")" && pwd)
gen=$(cd "$(dirname "$1")" && pwd)/${1##*/}
[ -x "$gen" ] || { echo "could not run: there is no program $1" >&2; exit 2; }
venv=${TMPDIR:-/tmp}/gen-database-venv
findings=0 not_run=0

cannot() { echo "NOT RUN: $*"; not_run=$((not_run + 1)); }
as_server() { if [ "$(id -u)" -eq 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }

install() { "$venv/bin/pip" --quiet --disable-pip-version-check install "$@"; }
make_venv() {
    echo "database.sh: making $venv" >&2
    rm -rf "$venv" && python3 -m venv "$venv" && install "psycopg2-binary==2.9.*" typing_extensions &&
        touch "$venv/complete"
}
# Each SQLAlchemy has a directory of its own.
find_sqlalchemy() {
    [ -e "$venv/sqlalchemy-$1/complete" ] || {
        rm -rf "$venv/sqlalchemy-$1"
        install --no-deps --target "$venv/sqlalchemy-$1" "sqlalchemy==$1" && touch "$venv/sqlalchemy-$1/complete"
    }
}

[ -e "$venv/complete" ] || make_venv || { echo "could not run: making the virtualenv failed" >&2; exit 2; }
python=$venv/bin/python

scratch=$(mktemp -d)
stop() {
    [ ! -e "$scratch/data/postmaster.pid" ] || as_server "$bin/pg_ctl" -D "$scratch/data" -m immediate stop >/dev/null
    rm -rf "$scratch"
}
trap stop EXIT
trap 'exit 2' HUP INT TERM
cd "$scratch"

# A server that takes nobody without the right password.
port=$("$python" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
start_server() {
    "$python" -c 'import secrets; print(secrets.token_hex())' >pass && chmod 600 pass &&
        { [ "$(id -u)" -ne 0 ] || chown -R postgres "$scratch"; } &&
        as_server "$bin/initdb" -D data -U admin -A scram-sha-256 --pwfile=pass -E UTF8 --locale=C --no-sync &&
        as_server "$bin/pg_ctl" -D data -l log -w \
            -o "-h 127.0.0.1 -p $port -c unix_socket_directories= -c fsync=off" start
}
server=
bin=$(command -v initdb || find /usr/lib/postgresql -path '*/bin/initdb' 2>/dev/null | sort -V | tail -n 1)
if [ -z "$bin" ]; then
    cannot "logging in: there is no initdb"
elif bin=$(dirname "$(readlink -f "$bin")") && start_server >output 2>&1; then
    server=$scratch/pass
else
    cat output
    cannot "logging in: PostgreSQL does not start"
fi

"$python" "$here/database.py" render "$gen" "$port" >uris.json || findings=1
for version in $versions; do
    status=2
    if find_sqlalchemy "$version"; then
        status=0
        PYTHONPATH=$venv/sqlalchemy-$version "$python" -W ignore "$here/database.py" \
            read uris.json ${server:+"$server"} || status=$?
    fi
    case $status in
        0) ;;
        1) findings=1 ;;
        *) cannot "SQLAlchemy $version" ;;
    esac
done
[ $not_run -eq 0 ] || echo "$not_run part(s) not run"
[ $findings -eq 0 ] || exit 1
[ $not_run -eq 0 ] || exit 2
echo "no findings"
