"""See what `kubectl apply --prune` leaves of an earlier set; see parts/prune, which runs this.

    prune.py GEN CONTROLPLANE

Two sets of values that have other objects: the first is applied, then the second, as the README says it, with a set of
applied objects (`--applyset`).  What is there then has to be what is there when only the second was applied.
Exit status: 0 no finding, 1 findings, 77 could not run.
"""
import os
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "controlplane"))
from controlplane import ControlPlane, end_with  # noqa: E402

# What controllers make of what was applied, and what tells of it. The claims that a StatefulSet makes stay: they hold data.
MADE = ("/registry/pods/", "/registry/replicasets/", "/registry/events/", "/registry/endpointslices/", "/registry/services/endpoints/",
        "/registry/controllerrevisions/", "/registry/persistentvolumeclaims/data/logs-", "/registry/persistentvolumeclaims/data/redis-db-", "/registry/ipaddresses/")
# Two sets of values each: what is there before, and after.
CHANGES = [
    ("a claim that goes: a Deployment in the place of a StatefulSet", "triggerer.persistence.enabled=true", "triggerer.persistence.enabled=false"),
    ("Local in the place of the Kubernetes executor", "executor=KubernetesExecutor", "executor=LocalExecutor"),
    ("Kubernetes in the place of Celery", "executor=CeleryExecutor,redis.password=redis", "executor=KubernetesExecutor"),
    ("Airflow 3 in the place of 2", "airflowVersion=2.11.2,webserverSecretKeySecretName=key", "airflowVersion=3.2.2"),
    ("another name", "fullnameOverride=one,executor=LocalExecutor", "fullnameOverride=two,executor=LocalExecutor"),
    ("rights of the whole cluster that go", "multiNamespaceMode=true", "multiNamespaceMode=false"),
    ("StatsD that goes", "statsd.enabled=true", "statsd.enabled=false"),
]
COMMON = "fernetKeySecretName=fernet,apiSecretKeySecretName=api,jwtSecretName=jwt,data.metadataSecretName=db,postgresql.enabled=false," \
         "createUserJob.enabled=false"


def rendered(gen, values):
    done = subprocess.run([gen, "-q", "-n", "data", "--set", COMMON + "," + values], capture_output=True, text=True, check=False)
    if done.returncode:
        raise ValueError("gen: %s" % " ".join(done.stderr.split())[:500])
    return done.stdout


def apply(cluster, stream):
    """What kubectl complains of."""
    cluster.environment["KUBECTL_APPLYSET"] = "true"
    command = ["apply", "-n", "data", "--prune", "--applyset=configmaps/gen", "-f", "-"]
    status, _, error = cluster.kubectl(*command, stdin=stream)
    return error.strip() if status or error.strip() else ""


def there(cluster):
    return {key for key in cluster.settled(cluster.objects) - cluster.kept if not key.startswith(MADE)}


def findings(cluster, before, after):
    seen = []
    for streams in [after], [before, after]:
        cluster.empty()
        cluster.kubectl("create", "namespace", "data")
        complaints = [complaint for complaint in (apply(cluster, stream) for stream in streams) if complaint]
        yield from complaints
        seen.append(there(cluster))
    wanted, found = seen
    yield from ("left: %s" % key for key in sorted(found - wanted))
    yield from ("gone: %s" % key for key in sorted(wanted - found))


def main(gen, binary):
    number = 0
    with ControlPlane(binary) as cluster:
        cluster.keep()
        for what, *values in CHANGES:
            try:
                found = list(findings(cluster, *(rendered(gen, one) for one in values)))
            except ValueError as e:
                found = [str(e)]
            print("%-62s %s" % (what, "ok" if not found else "%d finding(s)" % len(found)), flush=True)
            for one in found:
                print("  FINDING: %s" % one[:400])
            number += len(found)
    print("%d finding(s)" % number)
    return 1 if number else 0


if __name__ == "__main__":
    end_with(main, *sys.argv[1:])
