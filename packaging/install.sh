#!/bin/sh
# Installs gen from a release: takes the archive for this machine, compares it with its checksum, and puts the binary into a folder.
#
#   install.sh FROM [FOLDER]
#
# FROM is the address of the release's files, such as https://.../releases/latest/download, or a folder with them; FOLDER is ~/.local/bin
# unless it is given.  Exit status: 0 installed, 1 not.
set -eu

fail() {
    echo "install.sh: $1" >&2
    exit 1
}

[ $# -ge 1 ] && [ $# -le 2 ] || fail "install.sh FROM [FOLDER]: FROM is the address of a release's files, or a folder with them"
from=${1%/}
folder=${2:-$HOME/.local/bin}

case "$(uname -s)-$(uname -m)" in
    Linux-x86_64 | Linux-amd64) target=x86_64-unknown-linux-musl ;;
    Linux-aarch64 | Linux-arm64) target=aarch64-unknown-linux-musl ;;
    Darwin-x86_64) target=x86_64-apple-darwin ;;
    Darwin-arm64) target=aarch64-apple-darwin ;;
    *) fail "there is no binary for $(uname -s) on $(uname -m); build it: cargo install --path . --locked" ;;
esac

if command -v sha256sum >/dev/null; then
    sum() { sha256sum "$1"; }
elif command -v shasum >/dev/null; then
    sum() { shasum -a 256 "$1"; }
else
    fail "there is neither sha256sum nor shasum to compare the checksum with"
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
get() {
    case $from in
        http://*) fail "$from is not encrypted: give its address by https" ;;
        https://*) curl --proto '=https' --tlsv1.2 --fail --silent --show-error --location --output "$work/$1" "$from/$1" ;;
        *) cp "$from/$1" "$work/$1" ;;
    esac || fail "$from has no $1"
}

get checksums.txt
# A line is the checksum, two blanks and the name.
line=$(grep -E "^[0-9a-f]{64}  gen-[^/ ]*-$target\.tar\.gz$" "$work/checksums.txt") || fail "checksums.txt names no archive for $target"
[ "$(echo "$line" | wc -l)" -eq 1 ] || fail "checksums.txt names several archives for $target"
expected=${line%% *}
archive=${line##* }

get "$archive"
found=$(sum "$work/$archive")
[ "${found%% *}" = "$expected" ] || fail "$archive is not what checksums.txt says: nothing was installed"

tar -xzf "$work/$archive" -C "$work"
mkdir -p "$folder"
# Beside its place and renamed: a gen that runs is not disturbed.
cp "$work/${archive%.tar.gz}/gen" "$folder/.gen.new"
chmod 755 "$folder/.gen.new"
mv "$folder/.gen.new" "$folder/gen"
echo "$("$folder/gen" --version) is in $folder"
case ":$PATH:" in
    *":$folder:"*) ;;
    *) echo "$folder is not in PATH" >&2 ;;
esac
