#!/bin/sh
# Let the real Airflow, of each major version that gen writes for, judge airflow.cfg and what goes with it.
#
#   tests/real/airflow_cfg.sh [-a] [FILE...]
#
# FILE is a values file (all of the project if none is given), which target/release/gen renders, and which the Airflow
# of its airflowVersion's major judges; or something rendered, which every Airflow judges: manifests, or a file whose
# name ends in .cfg.  -a lets every Airflow judge values files too, rendered for it (but none for Airflow 1.10).
# Exit status: 0 no finding, 1 findings, 2 could not run.
#
# The first run makes a virtualenv for each Airflow, which later runs use again; that takes half a minute, and needs a
# Python from 3.10 to 3.12, and PyPI or a mirror of it.  If gen is missing, cargo builds it.
#   AIRFLOW_CFG_CACHE     where the virtualenvs are (target/airflow-cfg if unset)
#   AIRFLOW_CFG_VERSIONS  the versions of Airflow that judge (the list below if unset)
set -eu

# PyPI is read as it was on that day, when these were the newest.
date=2026-10-01
versions=${AIRFLOW_CFG_VERSIONS:-2.11.2 3.3.2}
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
cache=${AIRFLOW_CFG_CACHE:-$root/target/airflow-cfg}
gen=$root/target/release/gen

cannot() { echo "could not run: $*" >&2; exit 2; }

find_uv() {
    command -v uv && return
    [ -x "$cache/uv/bin/uv" ] || {
        rm -rf "$cache/uv" && python3 -m venv "$cache/uv" &&
            "$cache/uv/bin/pip" --quiet --disable-pip-version-check install uv
    } >&2 || return
    echo "$cache/uv/bin/uv"
}

# With the providers that airflow.cfg has sections for, or names classes of.  One of them, fab, does not import with
# the SQLAlchemy that Airflow would get.
make_venv() {
    extras=cncf-kubernetes,celery,postgres,statsd,fab,elasticsearch,opensearch
    case $version in 2.*) ;; *) extras=$extras,git ;; esac
    uv=$(find_uv) && rm -rf "$venv" &&
        "$uv" venv --quiet --no-python-downloads --python ">=3.10,<3.13" "$venv" &&
        "$uv" pip install --quiet --python "$venv/bin/python" --exclude-newer "$date" \
            "apache-airflow[$extras]==$version" "sqlalchemy<2.1" &&
        touch "$venv/complete"
}

all=
while getopts a option; do
    case $option in a) all=-a ;; *) sed -n '4p' "$0" >&2; exit 2 ;; esac
done
shift $((OPTIND - 1))
[ $# -gt 0 ] || set -- "$root"/values/*.yaml
[ -x "$gen" ] || cargo build --quiet --release --manifest-path "$root/Cargo.toml" || cannot "there is no gen"

findings=0 not_run=0
for version in $versions; do
    venv=$cache/$version-$date
    status=2
    if [ -e "$venv/complete" ] || { echo "airflow_cfg.sh: making $venv" >&2 && make_venv; }; then
        status=0
        "$venv/bin/python" -W ignore "$here/airflow_cfg.py" $all "$gen" "$@" || status=$?
    fi
    case $status in
        0) ;;
        1) findings=1 ;;
        *) echo "NOT RUN: airflow $version"; not_run=1 ;;
    esac
done
[ $findings -eq 0 ] || exit 1
[ $not_run -eq 0 ] || exit 2
echo "no findings"
