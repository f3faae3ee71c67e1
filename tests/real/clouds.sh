#!/bin/sh
# Let the real programs judge the commands of the guides to the clouds (docs/azure.md, docs/aws.md, docs/gcp.md).
#
#   tests/real/clouds.sh [-g GEN] [GUIDE...]
#
# bash runs each guide from its first command to its last, with stand-ins that note how they were called; then every
# call is judged by the program that it names: az, aws, gcloud and kubectl take it apart with their own parsers, and
# reach nothing but this machine.  With -g, GEN is the binary of this project, and the guide runs it, too: the names
# that kubectl is given have to be among the manifests then.
# A program that is absent is named with the number of commands that it did not judge.
# Exit status: 0 every command was judged and none was bad, 1 findings, 2 some commands could not be judged.
#
# The first run makes a directory in gen-real/ of the user's cache, which later runs use again; that takes a minute, and needs PyPI or a
# mirror of it.  gcloud, kubectl and curl are looked for in PATH, eksctl too, which is built by tests/real/eksctl if it is
# not there.  What airflow is told in a pod is judged by the newest Airflow of tests/real/airflow.
set -eu

azure=2.91.0
aws=2.0.198 # of the package that brings aws 2.38.5
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
. "$here/cache.sh"
cache=$kept/clouds-$azure-$aws

make_az() {
    echo "clouds.sh: making $cache/az" >&2
    rm -rf "$cache/az" && python3 -m venv "$cache/az" &&
        "$cache/az/bin/pip" --quiet --disable-pip-version-check install "azure-cli==$azure" &&
        touch "$cache/az/complete"
}

# aws 2 is not on PyPI by itself: a package for AWS Lambda has it, in a zip in a tar in a wheel.
make_aws() {
    echo "clouds.sh: making $cache/aws" >&2
    rm -rf "$cache/aws" && mkdir -p "$cache/aws" &&
        python3 -m pip --quiet --disable-pip-version-check download --no-deps --dest "$cache/aws" \
            "aws-cdk-asset-awscli-v2==$aws" &&
        python3 "$here/clouds.py" unpack-aws "$cache/aws" && touch "$cache/aws/complete"
}

gen=
while getopts g: option; do
    case $option in g) gen=$(cd "$(dirname "$OPTARG")" && pwd)/${OPTARG##*/} ;; *) sed -n '4p' "$0" >&2; exit 2 ;; esac
done
shift $((OPTIND - 1))
[ $# -gt 0 ] || set -- "$root/docs/azure.md" "$root/docs/aws.md" "$root/docs/gcp.md"
[ -z "$gen" ] || [ -x "$gen" ] || { echo "could not run: there is no program $gen" >&2; exit 2; }
mkdir -p "$cache"
[ -e "$cache/az/complete" ] || make_az || echo "clouds.sh: that failed" >&2
[ -e "$cache/aws/complete" ] || make_aws || echo "clouds.sh: that failed" >&2
versions=$("$here/airflow")
airflow=$("$here/airflow" "${versions##* }") || airflow=
eksctl=$("$here/eksctl") || eksctl=
[ -z "$eksctl" ] || PATH=$PATH:$(dirname "$eksctl")
exec python3 "$here/clouds.py" check "$cache" "$airflow" "$root" "$gen" "$@"
