# What the parts of tests/real/run make and keep, by version, stands in this folder; a script begins with `. tests/real/cache.sh`.
kept=${XDG_CACHE_HOME:-$HOME/.cache}/gen-real
# Parts may run side by side, in several checkouts too: of each script that makes something, one at a time.
mkdir -p "$kept/locks"
exec 9>"$kept/locks/$(readlink -f "$0" | sed 's|.*/tests/real/||; s|/|+|g')"
flock 9
