#!/bin/sh
# Let Airflow's packages say which options airflow.cfg has, and the Airflows that run here say what they make of each.
#
#   tests/real/options.sh
#
# tests/real/options/packages has the packages; their wheels are kept, by version, in gen-real/ of the user's cache. What they
# say is compared with src/schema/airflow-options.json, or written there with UPDATE_GOLDEN=1. Then each Airflow of
# tests/real/airflow is asked for every option of the file.
# Exit status: 0 no finding, 1 findings, 2 could not run.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
data=$here/../../src/schema/airflow-options.json
. "$here/cache.sh"

set -- $("$here/airflow")
for version; do :; done
venv=$("$here/airflow" "$version") || exit 2
made=$(mktemp)
trap 'rm -f "$made"' EXIT
"$venv/bin/python" "$here/options/read.py" "$here/options/packages" "$kept/options" >"$made" || exit 2
[ -z "${UPDATE_GOLDEN:-}" ] || cp "$made" "$data"
findings=0
diff "$data" "$made" || findings=1

for version; do
    venv=$("$here/airflow" "$version") || exit 2
    "$venv/bin/python" -W ignore "$here/options/judge.py" "$data" || findings=1
done
[ $findings -eq 0 ] || exit 1
echo "no findings"
