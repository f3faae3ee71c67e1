#!/bin/sh
# Start the real servers as gen's manifests start them, and ask them where the manifests say that they are.
#
#   tests/real/addresses.sh GEN [CASE...]
#
# GEN is the binary; a CASE is one that addresses.py names (all of them if none is given).
# Exit status: 0 everything answers, 1 something does not, 2 could not run.
#
# The first run makes a virtualenv for each Airflow, unpacks Debian's Redis and builds the StatsD exporter, in gen-real/ of
# the user's cache; that needs a Python from 3.10 to 3.12, uv, apt-get, Go, and PyPI and the Go module proxy or mirrors.
set -eu

# PyPI is read as it was on that day.
date=2026-10-01
exporter=v0.28.0
here=$(cd "$(dirname "$0")" && pwd)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/gen-real

cannot() { echo "addresses.sh: could not run: $*" >&2; exit 2; }

make_venv() {
    rm -rf "$venv" && uv venv --quiet --no-python-downloads --python ">=3.10,<3.13" "$venv" &&
        uv pip install --quiet --python "$venv/bin/python" --exclude-newer "$date" \
            "apache-airflow[cncf-kubernetes,celery,statsd,fab]==$version" "sqlalchemy<2.1" &&
        touch "$venv/complete"
}

make_redis() {
    rm -rf "$redis" && mkdir -p "$redis" && (
        cd "$redis" &&
            apt-get --quiet=2 --option APT::Sandbox::User=root download redis-server redis-tools liblzf1 libjemalloc2 &&
            for package in *.deb; do dpkg -x "$package" . && rm "$package" || exit; done
    ) && touch "$redis/complete"
}

command -v uv >/dev/null || cannot "there is no uv"
command -v openssl >/dev/null || cannot "there is no openssl"
for version in 2.11.2 3.3.2; do
    venv=$cache/airflow-$version-$date
    [ -e "$venv/complete" ] || make_venv || cannot "there is no Airflow $version"
done
redis=$cache/redis
[ -e "$redis/complete" ] || make_redis || cannot "there is no Redis"
[ -x "$cache/statsd_exporter-$exporter/statsd_exporter" ] ||
    GOBIN=$cache/statsd_exporter-$exporter GOFLAGS=-mod=mod nice -n 15 go install "github.com/prometheus/statsd_exporter@$exporter" ||
    cannot "there is no StatsD exporter"

gen=$1
shift
exec "$cache/airflow-3.3.2-$date/bin/python" -W ignore "$here/addresses.py" "$gen" "$cache" \
    "2=$cache/airflow-2.11.2-$date" "3=$cache/airflow-3.3.2-$date" \
    "$redis" "$cache/statsd_exporter-$exporter/statsd_exporter" "$@"
