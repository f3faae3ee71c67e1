# What the parts of tests/real/run make and keep, by version, stands in this folder; a script begins with `. tests/real/cache.sh`.
kept=${XDG_CACHE_HOME:-$HOME/.cache}/gen-real
