#!/bin/sh
# Build the programs of a node that Debian does not have, from their Go modules.
#
#   tests/real/node/build.sh [PROGRAM...]
#
# kubelet and kube-proxy (one binary, `node`), CoreDNS, the exporters of StatsD and of PgBouncer, the OpenTelemetry collector
# with the parts that gen's own configuration names, and the program that holds a pod's namespaces.
# What is built is kept, by version, in the cache of the user, and not built again. It takes ten minutes on two quiet cores.
# The exporter of PgBouncer comes from PGBOUNCER_EXPORTER_SOURCE, a git repository; the project's own, if that is not set.
# Where there is none it is left out.
# Prints the folder of the programs.
set -eu
# The newest minor whose kubelet starts on cgroup v1 as well as on v2.
kubernetes=1.34.4 coredns=1.15.0 statsd_exporter=0.30.0 pgbouncer_exporter=0.18.0 otelcol=0.70.0

wanted=${*:-pause statsd_exporter pgbouncer_exporter otelcol coredns node}
here=$(cd "$(dirname "$0")" && pwd)
. "$here/../cache.sh"
cache=$kept/node-$kubernetes
mkdir -p "$cache"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export GOFLAGS=-mod=mod CGO_ENABLED=0

# Whether a program is wanted, and has not been built in this version.
missing() {
    case " $wanted " in *" $1 "*) [ ! -x "$cache/$1" ] || [ "$(cat "$cache/$1.version" 2>/dev/null)" != "$2" ] ;; *) false ;; esac || return
    echo "build.sh: building $1" >&2
    rm -f "$cache/$1"
    echo "$2" > "$cache/$1.version"
}
into() { go build -trimpath -ldflags "-s -w $2" -o "$cache/$1.new" . && mv "$cache/$1.new" "$cache/$1"; }

if missing coredns "$coredns"; then
    mkdir "$work/dns" && cp "$here/dns.go" "$work/dns/main.go" && cd "$work/dns"
    printf 'module dns\n\ngo 1.26.0\n\nrequire github.com/coredns/coredns v%s\n' "$coredns" > go.mod
    go mod tidy
    into coredns ''
fi
if missing statsd_exporter "$statsd_exporter"; then
    mkdir "$work/statsd" && cd "$work/statsd"
    GOFLAGS='' GOBIN="$work/statsd" go install -trimpath "github.com/prometheus/statsd_exporter@v$statsd_exporter"
    mv statsd_exporter "$cache/statsd_exporter"
fi
if missing pgbouncer_exporter "$pgbouncer_exporter"; then
    git -c advice.detachedHead=false clone --quiet --branch "v$pgbouncer_exporter" \
        "${PGBOUNCER_EXPORTER_SOURCE:-https://github.com/jbub/pgbouncer_exporter}" "$work/exporter" &&
        cd "$work/exporter" && into pgbouncer_exporter '' ||
        { rm "$cache/pgbouncer_exporter.version"; echo "build.sh: there is no source of pgbouncer_exporter $pgbouncer_exporter; PGBOUNCER_EXPORTER_SOURCE may name a copy" >&2; }
fi
if missing otelcol "$otelcol"; then
    mkdir "$work/otelcol" && cp "$here/otelcol.go" "$work/otelcol/main.go" && cd "$work/otelcol"
    {
        printf 'module otelcol\n\ngo 1.20\n\n'
        echo "require github.com/open-telemetry/opentelemetry-collector-contrib/extension/healthcheckextension v$otelcol"
        for module in '' /component /exporter/loggingexporter /processor/batchprocessor /receiver/otlpreceiver; do
            echo "require go.opentelemetry.io/collector$module v$otelcol"
        done
    } > go.mod
    go mod tidy
    into otelcol ''
fi
if missing pause 1; then
    printf '#include <signal.h>\n#include <unistd.h>\nstatic void end(int s) { (void)s; _exit(0); }\nint main(void) { signal(SIGTERM, end); signal(SIGINT, end); for (;;) pause(); }\n' > "$work/pause.c"
    cc -O2 -static -o "$work/pause" "$work/pause.c" && mv "$work/pause" "$cache/pause"
fi
# The archive of k8s.io/kubernetes lacks the modules that it replaces by folders of its own: each has releases, as v0.MINOR.PATCH.
if missing node "$kubernetes"; then
    mkdir "$work/node" && cp "$here/node.go" "$work/node/main.go" && cd "$work/node"
    go mod download "k8s.io/kubernetes@v$kubernetes"
    theirs=$(go env GOMODCACHE)/k8s.io/kubernetes@v$kubernetes/go.mod
    {
        printf 'module node\n\ngo %s\n\nrequire k8s.io/kubernetes v%s\n\n' "$(awk '$1 == "go" {print $2}' "$theirs")" "$kubernetes"
        awk -v staging="v0.${kubernetes#1.}" '$2 == "=>" {print "replace", $1, "=>", $1, staging}' "$theirs"
    } > go.mod
    go mod tidy
    minor=${kubernetes#1.}
    version=k8s.io/component-base/version
    into node "-X $version.gitVersion=v$kubernetes -X $version.gitMajor=1 -X $version.gitMinor=${minor%%.*}"
fi
echo "$cache"
