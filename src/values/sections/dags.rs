//! Where DAGs come from.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::values::{
    AbsolutePath, ContainerSecurityContext, ContainerSecurityContexts, Digits, DnsLabel, DnsSubdomain, Duration, EmptyDir, GitRef,
    GitSyncProbe, GitUrl, Lifecycle, Line, Optional, Persistence, ProbeSpec, Resources, SecretLines, SecretValue, SubPath, Variable,
    VolumeMount,
};

/// Where DAGs come from: a volume, git, or (where neither is asked for) the image.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct Dags {
    /// The folder that Airflow reads DAGs from. Default: `dags` in Airflow's home.
    pub mount_path: Option<AbsolutePath>,
    /// DAGs on a volume.
    pub persistence: Persistence,
    /// DAGs from a git repository.
    pub git_sync: GitSync,
}

/// DAGs from a git repository, fetched by git-sync.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct GitSync {
    /// Whether DAGs come from git. Default: `false`.
    pub enabled: bool,
    /// The repository: `https://...`, or `git@host:path` and `ssh://...` with an ssh key.
    #[schemars(extend("writeOnly" = true))]
    pub repo: GitUrl,
    /// The branch. Default: `v2-2-stable`, of the default `repo`; of edition 1.10: `master`. Without one (`""`), git-sync 4
    /// fetches the main branch of the repository.
    pub branch: Optional<GitRef>,
    /// The tag or commit, in the place of the newest commit of the branch. Default: `HEAD`, the newest.
    pub rev: Optional<GitRef>,
    /// The branch, tag or commit, in the place of `branch` and `rev`: git-sync 4 alone reads it. Default: none, so that
    /// they say it.
    #[serde(rename = "ref")]
    pub reference: Optional<GitRef>,
    /// How many commits are fetched; 0 means all. Workers of Airflow before 1.10.11 always fetch one. Default: 1.
    pub depth: u32,
    /// How many failures in a row git-sync tolerates before it exits; -1 means any number. Default: 0.
    pub max_failures: i32,
    /// The folder of the repository that holds the DAGs. Default of edition 1.10: its root.
    pub sub_path: SubPath,
    /// The time between two syncs, such as `5s`. Default: `5s`.
    pub period: Duration,
    /// Whole seconds between two syncs, instead of `period`; 0 is as if not given. Default of edition 1.10: 60.
    pub wait: Option<u32>,
    /// The numeric ID of the user that git-sync runs as. Default: 65533; of edition 1.10: Airflow's `uid`, or 65533 with
    /// `sshKeySecret`, since ssh needs a user with a name.
    pub uid: Option<u32>,
    /// The name of a Secret with the user and the password or token for a private repository: under the keys
    /// `GITSYNC_USERNAME` and `GITSYNC_PASSWORD` for git-sync 4, `GIT_SYNC_USERNAME` and `GIT_SYNC_PASSWORD` for git-sync 3
    /// and in edition 1.10.
    #[schemars(extend("writeOnly" = true))]
    pub credentials_secret: Optional<DnsSubdomain>,
    /// A user and a password or token, instead of `credentialsSecret`. The chart does not have this key.
    pub credentials: Option<GitCredentials>,
    /// A GitHub App that git-sync logs in as. The chart does not have this key.
    pub github_app: Option<GitHubApp>,
    /// The private ssh key, instead of `sshKeySecret`.
    pub ssh_key: Option<SecretLines>,
    /// The name of an existing Secret that holds the private ssh key under the key `gitSshKey`.
    #[schemars(extend("writeOnly" = true))]
    pub ssh_key_secret: Optional<DnsSubdomain>,
    /// The host keys that git-sync trusts, as in a `known_hosts` file. Without them any host is trusted.
    pub known_hosts: Option<String>,
    /// Sources of more environment variables of git-sync's containers, as YAML (Kubernetes: `envFrom`). Default: none.
    pub env_from: Option<String>,
    /// Environment variables of git-sync's containers. Default: none.
    pub env: Vec<Variable>,
    /// The container's name; the init container's has the suffix `-init`. Default: `git-sync`.
    pub container_name: DnsLabel,
    /// The port of git-sync's health check. Default: 1234.
    #[schemars(range(min = 1, max = 65535))]
    pub http_port: u16,
    /// Whether the probes are git-sync's own health check. Default: `false`.
    pub recommended_probe_setting: bool,
    /// Startup probe: when the container counts as started.
    pub startup_probe: GitSyncProbe,
    /// Liveness probe: when the kubelet restarts the container.
    pub liveness_probe: GitSyncProbe,
    /// Readiness probe: when the container counts as ready, without `recommendedProbeSetting`. Default: none.
    pub readiness_probe: ProbeSpec,
    /// The containers' security context. Deprecated: use `securityContexts.container`.
    #[schemars(extend("x-instead" = ["securityContexts.container"]))]
    pub security_context: ContainerSecurityContext,
    /// The containers' security contexts.
    pub security_contexts: ContainerSecurityContexts,
    /// Lifecycle hooks: what runs after the container starts (`postStart`) and before it stops (`preStop`). Default: none.
    pub container_lifecycle_hooks: Lifecycle,
    /// More volume mounts of git-sync's containers. Default: none.
    pub extra_volume_mounts: Vec<VolumeMount>,
    /// The emptyDir volume that git-sync fetches into. Default: no limits.
    pub empty_dir_config: EmptyDir,
    /// Resources of git-sync's containers; Airflow 1.10 sets none for those of workers. Default: none.
    pub resources: Resources,
}

impl GitSync {
    /// The seconds of `wait`, if it says some.
    #[must_use]
    pub fn seconds_to_wait(&self) -> Option<u32> {
        self.wait.filter(|seconds| *seconds > 0)
    }
}

/// Credentials for a private git repository over https.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct GitCredentials {
    /// The user. Default: `git`, which GitHub and GitLab accept with a token.
    #[serde(default = "GitCredentials::default_username")]
    pub username: Line,
    /// The password, or a token. Without it, the Secret must exist.
    pub password: Option<SecretValue>,
}

impl GitCredentials {
    fn default_username() -> Line {
        "git".into()
    }
}

/// A GitHub App that git-sync logs in as (git-sync: `--github-app-...`, since 4.4).
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct GitHubApp {
    /// The App's client ID, such as `Iv1.0123456789abcdef`. Give this or `applicationId`.
    pub client_id: Option<Line>,
    /// The App's ID (a number), instead of `clientId`.
    pub application_id: Option<Digits>,
    /// The ID (a number) of the App's installation.
    pub installation_id: Digits,
    /// The App's private key, instead of `privateKeySecret`.
    pub private_key: Option<SecretLines>,
    /// The name of an existing Secret that holds the private key under the key `githubAppPrivateKey`.
    #[schemars(extend("writeOnly" = true))]
    #[serde(default)]
    pub private_key_secret: Optional<DnsSubdomain>,
    /// The address of GitHub's API. Default: `https://api.github.com/`.
    #[serde(default)]
    pub base_url: Optional<GitUrl>,
}
