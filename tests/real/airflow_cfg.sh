#!/bin/sh
# Let the real Airflow, of each major version that gen writes for, judge airflow.cfg and what goes with it.
#
#   tests/real/airflow_cfg.sh [-a] GEN [FILE...]
#
# GEN is the binary. FILE is a values file (all of the project if none is given), which gen renders, and which the Airflow of
# its airflowVersion's major judges; or something rendered, which every Airflow judges: manifests, or a file whose
# name ends in .cfg.  -a lets every Airflow judge values files too, rendered for it (but none for Airflow 1.10).
# Exit status: 0 no finding, 1 findings, 2 could not run.
#
# The Airflows are those of tests/real/airflow.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)

all=
while getopts a option; do
    case $option in a) all=-a ;; *) sed -n '4p' "$0" >&2; exit 2 ;; esac
done
shift $((OPTIND - 1))
[ $# -gt 0 ] || { sed -n '4p' "$0" >&2; exit 2; }
gen=$1
shift
[ $# -gt 0 ] || set -- "$root"/values/*.yaml
[ -x "$gen" ] || { echo "could not run: there is no program $gen" >&2; exit 2; }

findings=0 not_run=0
for version in $("$here/airflow"); do
    status=2
    if venv=$("$here/airflow" "$version"); then
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
