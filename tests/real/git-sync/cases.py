"""The values that git-sync is tried with, and what has to come of them."""
import itertools
from dataclasses import dataclass, field

from servers import LOGIN, OPEN, PASSWORD, URLS, USER

class Unsaid:
    """A key that the values do not have."""

    def __repr__(self):
        return "-"


UNSAID = Unsaid()


@dataclass
class Case:
    name: str
    # What is fetched; or with `*` at its end, the beginning of what is said instead.
    expected: str
    # The values, unless it is a file of `values/`.
    values: dict = field(default_factory=dict)
    file: str | None = None
    settings: list = field(default_factory=list)
    # The Secrets that are there before.
    secrets: dict = field(default_factory=dict)
    # Whether the container that keeps fetching is tried as well, and within how many seconds a new commit has to come.
    beside: bool = True
    pause: tuple | None = None
    is_one_of_many: bool = False

    @property
    def well(self):
        """Whether the health check is fine as long as no new commit comes. That began with 3.5; gen warns before that."""
        return self.values.get("images", {}).get("gitSync", {}).get("tag") != "v3.1.6"

    def expects(self, seen):
        return seen.startswith(self.expected[:-1]) if self.expected.endswith("*") else seen == self.expected


def values(tag="v4.4.2", delivery="kubectl", airflow="3.2.0", executor="KubernetesExecutor", **git):
    """A set whose DAGs come from git: by open http, unless said otherwise."""
    git = {"enabled": True, "repo": URLS["http"], "subPath": "dags"} | {key.rstrip("_"): value for key, value in git.items() if value is not UNSAID}
    return {
        "airflowVersion": airflow,
        "executor": executor,
        "fernetKeySecretName": "fernet-key",
        "data": {"metadataSecretName": "database"},
        "images": {"gitSync": {"tag": tag}},
        "dags": {"gitSync": git},
    } | ({} if airflow.startswith("1.") else {
        "delivery": delivery,
        "apiSecretKeySecretName": "api",
        "jwtSecretName": "jwt",
        "postgresql": {"enabled": False},
        "createUserJob": {"enabled": False},
    })


def revision(branch, rev, ref, default="v2-2-stable"):
    """What has to be fetched, as the values' documentation says it."""
    for name in (ref, rev):
        if name not in (UNSAID, None, "", "HEAD"):
            return name
    if branch is UNSAID:
        return "HEAD" if ref not in (UNSAID, None, "") else default
    return branch or "HEAD"


def cases(sha, key, hosts):
    """All cases."""
    return itertools.chain(
        revisions(sha), revisions_of_3(sha), revisions_of_1_10(sha), periods(), logins(key, hosts), others(), shipped(key, hosts)
    )


def which(name, sha):
    return {"HEAD": "main", "v1.0": "tagged", sha: "first"}.get(name, name)


def revisions(sha):
    branches = (UNSAID, "main", "dev", "", None)
    revs, refs = (UNSAID, "HEAD", "", "v1.0", sha), (UNSAID, "HEAD", "", "dev", "v1.0", sha)
    # A tag that is no version gets the variables of both.
    for tag, delivery in (("v4.4.2", "kubectl"), ("v4.4.2", "helm"), ("latest", "kubectl")):
        for branch, rev, ref in itertools.product(branches, revs, refs):
            yield Case(
                f"{tag}, {delivery}: branch {branch!r}, rev {rev!r}, ref {ref!r}",
                which(revision(branch, rev, ref), sha),
                values(tag, delivery, branch=branch, rev=rev, ref=ref),
                beside=False,
                is_one_of_many=True,
            )
        yield Case(f"{tag}, {delivery}: a branch, to be seen by both containers", "dev", values(tag, delivery, branch="dev"))
    yield Case("4.4.2: a branch that is not there", "*", values(branch="no-such"))
    yield Case("4.4.2: the beginning of a commit's name", "*", values(ref=sha[:9]))


def revisions_of_3(sha):
    for tag, delivery in itertools.product(("v3.6.9", "v3.1.6"), ("kubectl", "helm")):
        for branch, rev in itertools.product((UNSAID, "main", "dev"), (UNSAID, "HEAD", "", "v1.0", sha)):
            yield Case(
                f"{tag}, {delivery}: branch {branch!r}, rev {rev!r}",
                which(revision(branch, rev, UNSAID), sha),
                values(tag, delivery, branch=branch, rev=rev, depth=0 if rev in ("v1.0", sha) else UNSAID),
                beside=False,
                is_one_of_many=True,
            )
        yield Case(f"{tag}, {delivery}: a branch, to be seen by both containers", "dev", values(tag, delivery, branch="dev"))


def revisions_of_1_10(sha):
    for tag in ("v3.1.6", "v3.6.9", "v4.4.2"):
        for branch, rev in itertools.product(("main", "dev"), (UNSAID, "v1.0", sha)):
            yield Case(
                f"Airflow 1.10, {tag}: branch {branch!r}, rev {rev!r}",
                which(revision(branch, rev, UNSAID), sha),
                values(tag, airflow="1.10.12", branch=branch, rev=rev, depth=0 if rev in ("v1.0", sha) else UNSAID),
                is_one_of_many=True,
            )


def periods():
    for tag, delivery in itertools.product(("v4.4.2", "v3.6.9", "v3.1.6", "latest"), ("kubectl", "helm")):
        for said, pause in (({"wait": 3}, (0, 5)), ({"period": "2s"}, (0, 4)), ({"period": "1h", "wait": 2}, (0, 4)), ({"period": "500ms"}, (0, 2))):
            yield Case(f"{tag}, {delivery}: {said}", "main", values(tag, delivery, branch="main", **said), pause=pause)
    yield Case("4.4.2: wait 60 starts", "main", values(branch="main", wait=60))
    yield Case("4.4.2: a period of nothing", "refused: error: the time between two fetches is too short*", values(branch="main", period="0"))


def logins(key, hosts):
    old = {"GIT_SYNC_USERNAME": USER, "GIT_SYNC_PASSWORD": PASSWORD}
    new = {"GITSYNC_USERNAME": USER, "GITSYNC_PASSWORD": PASSWORD}
    for tag, delivery in itertools.product(("v4.4.2", "v3.6.9", "v3.1.6", "latest"), ("kubectl", "helm")):
        with_login = values(tag, delivery, branch="main", repo=URLS["login"], credentialsSecret="login")
        needed = old if tag.startswith("v3") else new
        yield Case(f"{tag}, {delivery}: a Secret of two keys", "main", with_login, secrets={"login": needed})
        yield Case(f"{tag}, {delivery}: a Secret of four keys", "main", with_login, secrets={"login": old | new})
        own = values(tag, delivery, branch="main", repo=URLS["login"], credentials={"username": USER, "password": PASSWORD})
        yield Case(f"{tag}, {delivery}: user and password in the values", "main", own)
        for said, trusts in (({}, True), ({"knownHosts": hosts}, True), ({"knownHosts": hosts.replace("AAAA", "AAAB")}, False)):
            ssh = values(tag, delivery, branch="main", repo=URLS["ssh"], sshKeySecret="key", **said)
            name = "trusts any host" if not said else "trusts the host" if trusts else "does not trust the host"
            yield Case(f"{tag}, {delivery}: by ssh, {name}", "main" if trusts else "*", ssh, secrets={"key": {"gitSshKey": key}})
        yield Case(f"{tag}, {delivery}: by ssh, a key in the values", "main", values(tag, delivery, branch="main", repo=URLS["ssh"], sshKey=key))
    both = values("latest", branch="main", repo=URLS["login"], credentialsSecret="login")
    yield Case("latest: a Secret of the two old keys", "main", both, secrets={"login": old})
    for tag, expected in (("v4.4.2", "main"), ("v4.3.0", "refused: error: git-sync before 4.4*"), ("v3.6.9", "refused: error: git-sync before 4.4*")):
        for name in ({"clientId": "Iv23"}, {"applicationId": "1234"}):
            app = {"installationId": "5678", "privateKeySecret": "app", "baseUrl": URLS["api"]} | name
            app = values(tag, branch="main", repo=URLS["github"], githubApp=app)
            yield Case(f"{tag}: a GitHub App with {next(iter(name))}", expected, app, secrets={"app": {"githubAppPrivateKey": RSA()}})


def RSA():
    """A private key as GitHub makes them."""
    import subprocess
    return subprocess.run(["openssl", "genrsa", "-traditional", "2048"], check=True, capture_output=True, text=True).stdout


def others():
    for tag in ("v4.4.2", "v3.6.9", "v3.1.6", "latest"):
        for failures in (-1, 0, 3):
            yield Case(f"{tag}: maxFailures {failures}", "main", values(tag, branch="main", maxFailures=failures))
        for depth in (0, 1, 7):
            yield Case(f"{tag}: depth {depth}", "main", values(tag, branch="main", depth=depth))
    for executor in ("LocalExecutor", "CeleryExecutor"):
        for airflow in ("2.11.2", "3.2.0"):
            more = {"webserverSecretKeySecretName": "web"} if airflow.startswith("2") else {}
            one = {k: v for k, v in values(airflow=airflow, executor=executor, branch="main").items() if more == {} or k not in ("apiSecretKeySecretName", "jwtSecretName")}
            yield Case(f"Airflow {airflow}, {executor}", "main", one | more)
    yield Case("another port", "main", values(branch="main", httpPort=4321))
    yield Case("another user", "main", values(branch="main", securityContexts={"container": {"runAsUser": 50000}}))
    yield Case("variables of the user's", "dev", values(branch="main", env=[{"name": "GITSYNC_REF", "value": "dev"}]))


def shipped(key, hosts):
    """The values files of the project, with the addresses of this machine."""
    repo = lambda kind: f'dags.gitSync.repo="{URLS[kind]}"'
    yield Case("git-token.yaml", "main", file="git-token.yaml", settings=[repo("login"), f'dags.gitSync.credentials.password="{PASSWORD}"', 'dags.gitSync.subPath="dags"'])
    ssh = [repo("ssh"), f"dags.gitSync.knownHosts={quoted(hosts)}"]
    yield Case("kubernetes-git-sync.yaml", "main", file="kubernetes-git-sync.yaml", settings=ssh, secrets={"airflow-dags-deploy-key": {"gitSshKey": key}})
    app = [repo("github"), f'dags.gitSync.githubApp.baseUrl="{URLS["api"]}"']
    yield Case("git-github-app.yaml", "main", file="git-github-app.yaml", settings=app, secrets={"airflow-github-app": {"githubAppPrivateKey": RSA()}})
    # What the External Secrets Operator would make.
    login = {"airflow-git-credentials": {"GITSYNC_USERNAME": USER, "GITSYNC_PASSWORD": PASSWORD}}
    yield Case("vault.yaml", "main", file="vault.yaml", settings=[repo("login"), 'dags.gitSync.subPath="dags"'], secrets=login)
    tuned = [repo("ssh"), f"dags.gitSync.knownHosts={quoted(hosts)}", 'dags.gitSync.rev="v1.0"']
    yield Case("airflow-2-tuned.yaml", "tagged", file="airflow-2-tuned.yaml", settings=tuned, secrets={"git-ssh-key": {"gitSshKey": key}})
    yield Case("airflow-azure-git-sync.yaml", "main", file="airflow-azure-git-sync.yaml", settings=ssh, secrets={"airflow-ssh-key": {"gitSshKey": key}})


def quoted(text):
    import json
    return json.dumps(text)


def FACTS(sha):
    """What git-sync does by itself: version, variables, and what is fetched or said."""
    repo = {"GIT_SYNC_REPO": URLS["http"], "GIT_SYNC_DEPTH": "1"}
    four = lambda **variables: ("v4.4.2", repo | variables)
    return [
        # An old branch has precedence over the new ref, also where it is the chart's default.
        (*four(GIT_SYNC_BRANCH="v2-2-stable", GIT_SYNC_REV="HEAD", GITSYNC_REF="main"), "v2-2-stable"),
        (*four(GIT_SYNC_BRANCH="dev", GIT_SYNC_REV="HEAD", GITSYNC_REF="v2-2-stable"), "dev"),
        (*four(GIT_SYNC_BRANCH="", GIT_SYNC_REV="HEAD", GITSYNC_REF="dev"), "main"),
        (*four(GIT_SYNC_BRANCH="main", GIT_SYNC_REV="v1.0", GITSYNC_REF="v2-2-stable"), "deprecated flag combo"),
        (*four(GITSYNC_REF=sha), "first"),
        (*four(GITSYNC_REF=sha[:9]), "couldn't find remote ref"),
        # A period has a unit, and seconds that wait have precedence.
        (*four(GITSYNC_PERIOD="60"), "missing unit"),
        (*four(GITSYNC_PERIOD="5s", GIT_SYNC_WAIT="60"), "main"),
        (*four(GITSYNC_PERIOD="9ms"), "must be at least 10ms"),
        # git-sync 3 looks for what is pinned among the commits that it fetches.
        *((version, repo | {"GIT_SYNC_BRANCH": "main", "GIT_SYNC_REV": rev}, "exit status 128") for version in ("v3.6.9", "v3.1.6") for rev in ("v1.0", sha)),
    ]
