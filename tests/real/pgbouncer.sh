#!/bin/sh
# A real PgBouncer, with the files that gen writes for it, in front of a real PostgreSQL: who logs in, and who does not.
#
#   tests/real/pgbouncer.sh GEN
#
# GEN is the binary. PGBOUNCER, if it is set, is the PgBouncer to ask, in place of Debian's (1.18, which does not know
# `max_prepared_statements`: the line is left out for it). EXPORTER, if it is set, is a pgbouncer_exporter, which is asked too.
# Exit status: 0 no findings, 1 findings, 2 could not run.
#
# Python and its drivers are those of the newest Airflow of tests/real/airflow. PostgreSQL's server is looked for in PATH and
# where Debian puts it. Debian's PgBouncer is unpacked once, in gen-real/ of the user's cache; that needs apt-get, and Debian's
# archive or a mirror of it.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
. "$here/cache.sh"

cannot() { echo "pgbouncer.sh: could not run: $*" >&2; exit 2; }

make_pgbouncer() {
    rm -rf "$pgbouncer" && mkdir -p "$pgbouncer" && (
        cd "$pgbouncer" &&
            apt-get --quiet=2 --option APT::Sandbox::User=root download pgbouncer libc-ares2 libevent-2.1-7 &&
            for package in *.deb; do dpkg -x "$package" . && rm "$package" || exit; done
    ) && touch "$pgbouncer/complete"
}

command -v openssl >/dev/null || cannot "there is no openssl"
newest=$("$here/airflow" | tr ' ' '\n' | tail -n 1)
venv=$("$here/airflow" "$newest") || cannot "there is no Airflow $newest"
initdb=$(command -v initdb || find /usr/lib/postgresql -path '*/bin/initdb' 2>/dev/null | sort -V | tail -n 1)
[ -n "$initdb" ] || cannot "there is no initdb"
libraries=
if [ -z "${PGBOUNCER:-}" ]; then
    pgbouncer=$kept/pgbouncer
    [ -e "$pgbouncer/complete" ] || make_pgbouncer || cannot "there is no PgBouncer"
    PGBOUNCER=$pgbouncer/usr/sbin/pgbouncer
    libraries=$(dirname "$(find "$pgbouncer" -name 'libcares.so.2')")
fi

exec "$venv/bin/python" -W ignore "$here/pgbouncer.py" "$1" "$PGBOUNCER" "$libraries" "$(dirname "$(readlink -f "$initdb")")"
