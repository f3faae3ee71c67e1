#!/bin/sh
# Start the real servers as gen's manifests start them, and ask them where the manifests say that they are.
#
#   tests/real/addresses.sh GEN [CASE...]
#
# GEN is the binary; a CASE is one that addresses.py names (all of them if none is given).
# Exit status: 0 everything answers, 1 something does not, 2 could not run.
#
# The Airflows are those of tests/real/airflow, the StatsD exporter is that of tests/real/node/build.sh. Debian's Redis is
# unpacked once, in gen-real/ of the user's cache; that needs apt-get, and Debian's archive or a mirror of it.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
. "$here/cache.sh"

cannot() { echo "addresses.sh: could not run: $*" >&2; exit 2; }

make_redis() {
    rm -rf "$redis" && mkdir -p "$redis" && (
        cd "$redis" &&
            apt-get --quiet=2 --option APT::Sandbox::User=root download redis-server redis-tools liblzf1 libjemalloc2 &&
            for package in *.deb; do dpkg -x "$package" . && rm "$package" || exit; done
    ) && touch "$redis/complete"
}

command -v openssl >/dev/null || cannot "there is no openssl"
gen=$1
shift
airflows=
for version in $("$here/airflow"); do
    venv=$("$here/airflow" "$version") || cannot "there is no Airflow $version"
    airflows="$airflows ${version%%.*}=$venv"
done
redis=$kept/redis
[ -e "$redis/complete" ] || make_redis || cannot "there is no Redis"
exporter=$("$here/node/build.sh" statsd_exporter) || cannot "there is no StatsD exporter"

exec "$venv/bin/python" -W ignore "$here/addresses.py" "$gen" "$kept" $airflows "$redis" "$exporter/statsd_exporter" "$@"
