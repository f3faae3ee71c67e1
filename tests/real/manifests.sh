#!/bin/sh
# Let real programs judge what gen writes: kubernetes-validate, kubectl (which needs no cluster for this) and PyYAML.
#
#   tests/real/manifests.sh GEN
#
# GEN is the binary.  Every values/*.yaml of the project is rendered, and a list of nasty strings of its own.
# A part whose tool is absent says so, and is not counted as passed.
# Exit status: 0 every part ran and found nothing, 1 findings, 2 some part could not run.
#
# The first run makes a virtualenv in gen-real/ of the user's cache, which later runs use again; that needs PyPI or a mirror of it.
set -eu

validate=1.37.0 pyyaml=6.0.3
here=$(cd "$(dirname "$0")" && pwd)
. "$here/cache.sh"
venv=$kept/manifests-$validate-$pyyaml

make_venv() {
    rm -rf "$venv" &&
        python3 -m venv "$venv" &&
        "$venv/bin/pip" --quiet --disable-pip-version-check install \
            "kubernetes-validate==$validate" "PyYAML==$pyyaml" &&
        touch "$venv/complete"
}

[ $# -eq 1 ] || { sed -n '4p' "$0" >&2; exit 2; }
python=$venv/bin/python
if [ ! -e "$venv/complete" ]; then
    echo "manifests.sh: making $venv" >&2
    make_venv || { echo "manifests.sh: that failed; going on with what python3 has" >&2; python=python3; }
fi
exec "$python" "$here/manifests.py" "$1" "$here"/../../values/*.yaml
