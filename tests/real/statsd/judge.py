#!/usr/bin/env python3
"""Ask the real StatsD exporter what it makes of the lines that Airflow sends, with the mapping that gen writes.

    tests/real/statsd/judge.py [-w] GEN EXPORTER

Each file lines/VERSION.txt has lines of that Airflow: one for each name, as they came to the exporter in the rows of the
node (each keeps a statsd.txt); lines/listed.txt has those that Airflow's own list of metrics knows besides.  No DAG, task,
file, pool or host may have a metric of its own: what comes out may name them in labels alone.
metrics.txt says what came of it, and of which mapping that holds: `cargo test statsd` compares the mapping.  -w writes it.
Exit status: 0 as it should be, 1 not so.
"""
import hashlib
import json
import pathlib
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request

HERE = pathlib.Path(__file__).resolve().parent
SEEN = HERE / "metrics.txt"
# The DAG, its tasks and its file, the pool, the hosts and the numbers of the rows.
OWN = re.compile(r"(?:^|_)(?:hello|say|audience|hear|default_pool|\d+)(?:_|$)")


def mapping(gen):
    manifests = subprocess.check_output([gen, "--set", "airflowVersion=3.2.0", "--format", "json"], text=True, stderr=subprocess.DEVNULL)
    return next(each["data"]["mappings.yml"] for each in json.loads(manifests)["items"]
                if each["kind"] == "ConfigMap" and "mappings.yml" in each["data"])


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def scraped(port):
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=10) as answer:
        return answer.read().decode().splitlines()


def named(shown):
    """The metrics, without their values; of a summary, its count stands for it."""
    names = {line.rsplit(" ", 1)[0] for line in shown if line.startswith("airflow")}
    return sorted(name for name in names if "quantile=" not in name and not re.match(r"\w+_sum\b", name))


def metrics(exporter, text, lines):
    """What the exporter shows after these lines: names with labels, without values."""
    udp, web = free_port(), free_port()
    with tempfile.NamedTemporaryFile("w", suffix=".yml") as file:
        file.write(text)
        file.flush()
        process = subprocess.Popen([exporter, f"--statsd.mapping-config={file.name}", f"--statsd.listen-udp=127.0.0.1:{udp}",
                                    "--statsd.listen-tcp=", f"--web.listen-address=127.0.0.1:{web}", "--log.level=warn"])
        try:
            end = time.monotonic() + 60
            while time.monotonic() < end:
                try:
                    scraped(web)
                    break
                except OSError:
                    time.sleep(0.1)
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as out:
                for line in lines:
                    out.sendto(line.encode(), ("127.0.0.1", udp))
                    time.sleep(0.002)
            before, shown, taken = None, [], 0
            # All lines are taken, and what they gave is there: the exporter shows nothing new.
            while time.monotonic() < end and (taken < len(lines) or named(shown) != before):
                before = named(shown)
                time.sleep(0.5)
                shown = scraped(web)
                taken = sum(float(line.split()[-1]) for line in shown if line.startswith("statsd_exporter_events_total{"))
        finally:
            process.terminate()
            process.wait()
    wrong = [line for line in shown if re.match(r"statsd_exporter_(events_conflict|events_error|samples?_error|tag_errors)\w*_total\S* [1-9]", line)]
    return named(shown), wrong, taken


def main():
    write = sys.argv[1] == "-w"
    gen, exporter = sys.argv[-2:]
    text = mapping(gen)
    said = [f"mapping {hashlib.sha256(text.encode()).hexdigest()}"]
    findings = []
    for file in sorted((HERE / "lines").glob("*.txt")):
        lines = file.read_text().split("\n")
        # Airflow counts its processes down as well (`dag_processing.processes:-1|c`), which the exporter refuses: it is Airflow's.
        lines = [line for line in lines if line and not re.search(r":-\d+\|c$", line)]
        names, wrong, taken = metrics(exporter, text, lines)
        findings += [f"{file.stem}: {line}" for line in wrong]
        findings += [f"{file.stem}: a metric of its own: {name}" for name in names if OWN.search(name.partition("{")[0])]
        if taken < len(lines):
            findings.append(f"{file.stem}: of {len(lines)} lines the exporter took {taken:.0f}")
        said += ["", file.stem, *names]
        print(f"{file.stem}: {len(lines)} lines, {len(names)} metrics, {sum('{' in name for name in names)} of them with labels")
    if write:
        SEEN.write_text("\n".join(said) + "\n")
    elif SEEN.read_text().splitlines() != said:
        findings.append("metrics.txt says something else: look at it, and write it with -w")
    print("\n".join(findings or ["no DAG, task, file, pool or host has a metric of its own"]))
    return int(bool(findings))


if __name__ == "__main__":
    sys.exit(main())
