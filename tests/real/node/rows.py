#!/usr/bin/env python3
"""Run what gen writes in a cluster of one node, row by row, and say of each whether it passed.

    unshare --net tests/real/node/rows.py [-l] [--stay] GEN CONTROLPLANE PROGRAMS [ROW...]

GEN is the binary; CONTROLPLANE and PROGRAMS are what the builds print.  A ROW is a number; -l lists them.  --stay leaves
the last row standing until it is told to end, for a look; STATE/kubectl then is kubectl.
Needs root, and Debian's containerd, runc, CNI plugins and iptables.  What a row saw is kept in PROGRAMS/state/rows.
Exit status: 0 all rows passed, 1 some failed, 77 none failed, but some could not run: those that need git-sync or the exporter of
PgBouncer, where it is not beside the programs.
"""
import argparse
import pathlib
import signal
import sys
import time

import beside
import cluster
import git
import row

NEWEST, TWO = "3.3.2", "2.11.2"
ROWS = [
    row.Row("KubernetesExecutor", NEWEST, "claim"),
    row.Row("CeleryExecutor", NEWEST, "image"),
    row.Row("LocalExecutor", NEWEST, "git-branch"),
    row.Row("KubernetesExecutor", TWO, "image"),
    row.Row("LocalExecutor", TWO, "git-tag"),
    row.Row("CeleryExecutor", TWO, "claim"),
    row.Row("KubernetesExecutor", NEWEST, "git-token"),
    row.Row("CeleryExecutor", NEWEST, "git-ssh"),
    row.Row("LocalExecutor", NEWEST, "git-wait"),
    row.Row("KubernetesExecutor", NEWEST, "claim", "values/local.yaml"),
    row.Row("CeleryExecutor,KubernetesExecutor", NEWEST, "image", more="around"),
    row.Row("LocalExecutor", NEWEST, "image", more="otel"),
]


def say(text):
    print(f"{time.strftime('%H:%M:%S')}   {text}", flush=True)


def judged(stand):
    try:
        stand.judge()
        return "passed"
    except (beside.Failed, RuntimeError, OSError, ValueError, KeyError) as error:
        stand.keep_logs()
        return f"FAILED: {error}"


def main():
    parser = argparse.ArgumentParser(usage=__doc__.splitlines()[2].strip())
    parser.add_argument("-l", action="store_true", dest="listed")
    parser.add_argument("--stay", action="store_true")
    parser.add_argument("gen", nargs="?")
    parser.add_argument("controlplane", nargs="?", type=pathlib.Path)
    parser.add_argument("programs", nargs="?", type=pathlib.Path)
    parser.add_argument("rows", nargs="*", type=int)
    asked = parser.parse_args()
    if asked.listed:
        for number, each in enumerate(ROWS, 1):
            print(f"{number:2} {each}")
        return 0
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    table = []
    with cluster.Cluster(asked.controlplane, asked.programs) as node:
        say(f"the node is ready: {node.get('nodes')['items'][0]['status']['nodeInfo']['kubeletVersion']}")
        repository = git.Repository(node)
        for number in asked.rows or range(1, len(ROWS) + 1):
            each, began = ROWS[number - 1], time.monotonic()
            print(f"{time.strftime('%H:%M:%S')} {number:2} {each}", flush=True)
            lacking = [program for program in each.programs() if not (asked.programs / program).exists()]
            if lacking:
                table.append(f"{number:2} {each}        not run: there is no {lacking[0]} here")
                continue
            stand = row.Stand(node, asked.gen, repository, each, say)
            said = judged(stand)
            table.append(f"{number:2} {each} {time.monotonic() - began:5.0f}s  {said}")
            print(table[-1], flush=True)
            if asked.stay and number == (asked.rows or [len(ROWS)])[-1]:
                signal.pause()
            stand.remove()
    print("\n".join(["", "the table", *table]))
    if any("FAILED" in line for line in table):
        return 1
    return 77 if any("not run" in line for line in table) else 0


if __name__ == "__main__":
    sys.exit(main())
