"""Who makes kinds of their own: the Go module, and where it has the definitions of its kinds in their makers' words."""
import json
import os
import subprocess

MAKERS = {
    "KEDA": ("github.com/kedacore/keda/v2", "v2.21.0", "config/crd/bases"),
    "the External Secrets Operator": ("github.com/external-secrets/external-secrets", "v1.3.2", "deploy/crds"),
    "the Gateway API": ("sigs.k8s.io/gateway-api", "v1.6.3", "config/crd/standard"),
    "Argo CD": ("github.com/argoproj/argo-cd/v3", "v3.5.7", "manifests/crds"),
    "Flux's kustomize-controller": ("github.com/fluxcd/kustomize-controller", "v1.9.6", "config/crd/bases"),
    "Flux's source-controller": ("github.com/fluxcd/source-controller", "v1.9.6", "config/crd/bases"),
    "the Prometheus Operator": ("github.com/prometheus-operator/prometheus-operator", "v0.85.0", "example/prometheus-operator-crd"),
}


def kinds_of(maker):
    """The folder with the kinds of a maker, whose Go module Go downloads if it has to; None if it cannot be had."""
    module, version, folder = MAKERS[maker]
    command = ["go", "mod", "download", "-json", "%s@%s" % (module, version)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return None if done.returncode else os.path.join(json.loads(done.stdout)["Dir"], folder)
