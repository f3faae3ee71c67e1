#!/bin/sh
# Check rendered trees against the real Apache Airflow 1.10.
#
#   tests/real/airflow-1.10.sh VERSION [-p KIND/NAME]... RENDERED_DIR...
#
# VERSION is 1.10.10 or 1.10.12. RENDERED_DIR is a tree as `gen -o` writes it; -p names an object that exists
# outside the tree on purpose (for instance -p Secret/registry).
# Exit status: 0 no finding, 1 findings, 2 could not run.
#
# The first run makes a virtualenv in gen-real/ of the user's cache, which later runs use again, with AIRFLOW_PYTHON, a
# Python 3.6 or 3.7 (found if unset).
# That takes some minutes, needs a C compiler, and PyPI or a mirror of it.
set -eu

[ $# -gt 1 ] || { sed -n '4,7p' "$0" >&2; exit 2; }
version=$1
shift
# Requirements are as they were soon after the release.
case $version in 1.10.10) date=2020-05-15 ;; *) date=2020-09-15 ;; esac
here=$(cd "$(dirname "$0")" && pwd)
. "$here/cache.sh"
venv=$kept/airflow-$version

cannot() { trap - EXIT; echo "airflow-1.10.sh: could not run: $*" >&2; exit 2; }

# Airflow 1.10 runs on nothing newer than Python 3.7.
old_python() {
    for p in "${AIRFLOW_PYTHON:-}" python3.7 python3.6 \
        "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.[76].*/bin/python; do
        if [ -n "$p" ] && "$p" -c \
            'import sys; sys.exit(sys.version_info[:2] not in ((3, 6), (3, 7)))' 2>/dev/null
        then echo "$p"; return; fi
    done
    return 1
}

# The wheel's own requirements, as they were on that day: uv can pin PyPI to a
# date, which stands in for the constraints file of the release.  uv does not
# accept the wheel's metadata itself, so pip installs that, without dependencies.
make_venv() {
    python=$(old_python) || cannot "no Python 3.6 or 3.7 found (set AIRFLOW_PYTHON)"
    command -v cc >/dev/null || cannot "no C compiler (some requirements are built from source)"
    rm -rf "$venv"
    "$python" -m venv "$venv"
    uv=$("$here/uv")
    "$venv/bin/pip" --quiet --disable-pip-version-check download --no-deps \
        --dest "$venv/wheel" "apache-airflow==$version"
    "$venv/bin/python" "$here/airflow_1_10.py" --requirements "$venv"/wheel/*.whl >"$venv/requirements.txt"
    "$uv" pip install --quiet --python "$venv/bin/python" --exclude-newer "$date" \
        -r "$venv/requirements.txt"
    "$venv/bin/pip" --quiet --disable-pip-version-check install --no-deps "$venv"/wheel/*.whl
    touch "$venv/complete"
}

if [ ! -e "$venv/complete" ]; then
    echo "airflow-1.10.sh: making $venv" >&2
    trap 'cannot "making the virtualenv failed"' EXIT
    make_venv
    trap - EXIT
fi
exec "$venv/bin/python" -W ignore "$here/airflow_1_10.py" "$@"
