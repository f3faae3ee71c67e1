# What the parts of tests/real/run share; a part begins with `. tests/real/part.sh`.
set -euo pipefail

# Ends the part with the reason why it cannot run.
not_run() { echo "$*"; exit 77; }

# Ends the part as a script that judges does. Those say with 2 that they could not run, or not all of it.
judged() {
  local status=0
  "$@" || status=$?
  [ $status -ne 2 ] || not_run "$1 could not run all that it has; above, it says what"
  exit $status
}
