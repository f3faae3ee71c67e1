#!/bin/sh
# Read back what gen writes of the connections to databases, in the edition 1.10 and the current one: users, passwords,
# hosts, names of databases and parameters with every printable character and many others.
#
#   tests/real/database.sh GEN
#
# GEN is the binary.  The URIs in the Secrets, and what the commands of AIRFLOW__..._CMD put together in a pod around a
# password from a Secret of its own, are read by the real SQLAlchemy of every line that Airflow has used, and by Python's
# urllib, and log in to a real PostgreSQL and MariaDB on loopback, by IPv4 and IPv6.  Airflow 2 and 3 read the URI that is
# for Airflow's own connections, give its hook, and log in with it; they read the options by running the commands, and
# `airflow db check`, Airflow's engine and Celery's results log in by them.  Names of databases that are none are refused.
# Both servers answer the queries that KEDA asks.
# A part whose tool is absent says so, and is not counted as passed.
# Exit status: 0 every part ran and found nothing, 1 findings, 2 some part could not run.
#
# The first run makes a virtualenv in gen-real/ of the user's cache, which later runs use again; that needs PyPI or a mirror of it, and for
# MariaDB Debian's archive (nothing is installed) and a compiler of C.  PostgreSQL's server is looked for in PATH and
# where Debian puts it; as root the servers run as the user postgres.  The Airflows are those of tests/real/airflow.
set -eu

versions="1.3.24 1.4.54 2.0.58 2.1.9" # of SQLAlchemy
[ $# -eq 1 ] || { sed -n '5p' "$0" >&2; exit 2; }
here=$(cd "$(dirname "$0")" && pwd)
gen=$(cd "$(dirname "$1")" && pwd)/${1##*/}
[ -x "$gen" ] || { echo "could not run: there is no program $1" >&2; exit 2; }
. "$here/cache.sh"
venv=$kept/database
findings=0 not_run=0

cannot() { echo "NOT RUN: $*"; not_run=$((not_run + 1)); }
# The end of a part: its exit status, and its name.
ended() {
    case $1 in
        0) ;;
        1) findings=1 ;;
        *) cannot "$2" ;;
    esac
}
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
# The server, and mysqlclient with the library that it is made for.
mariadb=$venv/mariadb
find_mariadb() {
    [ -e "$mariadb/complete" ] && return
    echo "database.sh: making $mariadb" >&2
    rm -rf "$mariadb" && mkdir "$mariadb" && (
        cd "$mariadb" &&
            aio=$(apt-cache pkgnames libaio1 | grep -x -e libaio1 -e libaio1t64 | tail -n 1) &&
            apt-get --quiet=2 --option APT::Sandbox::User=root download \
                mariadb-server-core libmariadb3 libmariadb-dev liburing2 $aio &&
            for package in *.deb; do dpkg -x "$package" . && rm "$package" || exit; done
    ) && library=$(dirname "$(find "$mariadb/usr/lib" -name libmariadb.so.3)") && (
        export MYSQLCLIENT_CFLAGS="-I$mariadb/usr/include/mariadb"
        export MYSQLCLIENT_LDFLAGS="-L$library -Wl,-rpath,$library -lmariadb"
        install --no-binary mysqlclient --target "$mariadb/python" "mysqlclient==2.2.*"
    ) && touch "$mariadb/complete"
}

[ -e "$venv/complete" ] || make_venv || { echo "could not run: making the virtualenv failed" >&2; exit 2; }
python=$venv/bin/python
PATH=$venv/bin:$PATH # the commands that gen writes run `python`

scratch=$(mktemp -d)
stop() {
    [ ! -e "$scratch/data/postmaster.pid" ] || as_server "$bin/pg_ctl" -D "$scratch/data" -m immediate stop >/dev/null
    [ ! -e "$scratch/mariadb.pid" ] || { kill "$(cat "$scratch/mariadb.pid")" && wait; }
    rm -rf "$scratch"
}
trap stop EXIT
trap 'exit 2' HUP INT TERM
cd "$scratch"

# Servers that take nobody without the right password, on ports that are free.
ports=$("$python" -c 'import socket
s = [socket.socket() for _ in range(2)]
for one in s: one.bind(("127.0.0.1", 0))
print(*(one.getsockname()[1] for one in s))')
port=${ports% *} mariadb_port=${ports#* }
"$python" -c 'import secrets; print(secrets.token_hex())' >pass && chmod 600 pass
[ "$(id -u)" -ne 0 ] || chown -R postgres "$scratch"
start_postgresql() {
    as_server "$bin/initdb" -D data -U admin -A scram-sha-256 --pwfile=pass -E UTF8 --locale=C --no-sync &&
        as_server "$bin/pg_ctl" -D data -l log -w \
            -o "-h 127.0.0.1,::1 -p $port -c unix_socket_directories= -c client_min_messages=warning -c fsync=off" start
}
# Its user may not come into the cache of another.
run_mariadb() {
    server=$scratch/mariadb-server
    [ -e "$server" ] || cp -r "$mariadb" "$server"
    library=$(dirname "$(find "$server/usr/lib" -name libmariadb.so.3)")
    as_server env LD_LIBRARY_PATH="$library:$server/lib/${library##*/}" "$server/usr/sbin/mariadbd" --no-defaults --datadir="$scratch/mariadb" --basedir="$server/usr" \
        --lc-messages-dir="$server/usr/share/mysql" --innodb-buffer-pool-size=16M --innodb-flush-log-at-trx-commit=0 "$@"
}
start_mariadb() {
    tables=$mariadb/usr/share/mysql/mysql_system_tables
    as_server mkdir mariadb && {
        printf '%s;\n' "CREATE DATABASE mysql" "USE mysql" "SET @auth_root_socket = NULL" "SET @current_hostname = 'localhost'"
        cat "${tables}.sql" "${tables}_data.sql"
    } | run_mariadb --bootstrap || return
    as_server sh -c 'umask 077 && cat >init.sql' <<END || return
DELETE FROM mysql.global_priv;
FLUSH PRIVILEGES;
CREATE USER admin IDENTIFIED BY '$(cat pass)';
GRANT ALL ON *.* TO admin WITH GRANT OPTION;
END
    run_mariadb --port="$mariadb_port" --bind-address=127.0.0.1,::1 --skip-name-resolve --socket="$scratch/socket" \
        --pid-file="$scratch/mariadb.pid" --init-file="$scratch/init.sql" >mariadb.log 2>&1 &
    for _ in 1 2 3 4 5 6 7 8 9 10; do
        grep -q 'ready for connections' mariadb.log && return
        sleep 1
    done
    cat mariadb.log
    return 1
}
bin=$(command -v initdb || find /usr/lib/postgresql -path '*/bin/initdb' 2>/dev/null | sort -V | tail -n 1)
if [ -z "$bin" ]; then
    echo "database.sh: there is no initdb"
elif ! { bin=$(dirname "$(readlink -f "$bin")") && start_postgresql >output 2>&1; }; then
    cat output
fi
if ! find_mariadb; then
    echo "database.sh: there is no MariaDB"
elif ! start_mariadb >output 2>&1; then
    cat output
fi

status=0
"$python" "$here/database.py" render "$gen" "$port" "$mariadb_port" >cases.json || status=$?
ended $status "rendering"
status=0
PYTHONPATH=$mariadb/python "$python" "$here/database.py" prepare cases.json pass logins.json || status=$?
ended $status "logging in to every server"
status=0
PYTHONPATH=$mariadb/python "$python" "$here/keda.py" "$gen" "$port" "$mariadb_port" pass || status=$?
ended $status "queries for KEDA"
status=0
"$python" "$here/database.py" urllib cases.json || status=$?
ended $status "urllib"
for version in $versions; do
    status=2
    if find_sqlalchemy "$version"; then
        status=0
        PYTHONPATH=$venv/sqlalchemy-$version:$mariadb/python "$python" -W ignore "$here/database.py" \
            sqlalchemy cases.json logins.json || status=$?
    fi
    ended $status "SQLAlchemy $version"
done
for version in $("$here/airflow"); do
    status=2
    if airflow=$("$here/airflow" "$version"); then
        status=0
        "$airflow/bin/python" -W ignore "$here/database.py" airflow cases.json logins.json || status=$?
    fi
    ended $status "Airflow $version"
done
[ $not_run -eq 0 ] || echo "$not_run part(s) not run"
[ $findings -eq 0 ] || exit 1
[ $not_run -eq 0 ] || exit 2
echo "no findings"
