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
    /// The folder in which Airflow looks for DAGs. Default: `dags` in Airflow's home.
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
    /// The branch, for git-sync 3. Default of edition 1.10: `master`.
    pub branch: GitRef,
    /// The tag or commit, for git-sync 3. Default: `HEAD`, the newest of the branch.
    pub rev: GitRef,
    /// The branch, tag or commit, for git-sync 4.
    #[serde(rename = "ref")]
    pub reference: GitRef,
    /// How many commits are fetched. Default: 1; 0 stands for all. Workers of Airflow before 1.10.11 always fetch one.
    pub depth: u32,
    /// How many failures in a row git-sync takes before it ends. Default: 0; -1 stands for any number.
    pub max_failures: i32,
    /// The folder of the repository that holds the DAGs. Default of edition 1.10: its top.
    pub sub_path: SubPath,
    /// The time between two looks at the repository, such as `5s`. Default: `5s`.
    pub period: Duration,
    /// Seconds between two looks at the repository, in the place of `period`. Default of edition 1.10: 60.
    #[schemars(range(min = 1))]
    pub wait: Option<u32>,
    /// The user that git-sync runs as. Default: 65533; of edition 1.10: Airflow's `uid`, and 65533 with `sshKeySecret`,
    /// since ssh wants a user with a name.
    pub uid: Option<u32>,
    /// The name of a Secret with the keys `GIT_SYNC_USERNAME` and `GIT_SYNC_PASSWORD`, and for git-sync 4
    /// `GITSYNC_USERNAME` and `GITSYNC_PASSWORD`, for a private repository.
    #[schemars(extend("writeOnly" = true))]
    pub credentials_secret: Optional<DnsSubdomain>,
    /// A user and a password or token, in the place of `credentialsSecret`. The chart does not have this key.
    pub credentials: Option<GitCredentials>,
    /// A GitHub App by which git-sync logs in. The chart does not have this key.
    pub github_app: Option<GitHubApp>,
    /// The ssh key, in the place of `sshKeySecret`.
    pub ssh_key: Option<SecretLines>,
    /// The name of a Secret with the key `gitSshKey`, for access by ssh.
    #[schemars(extend("writeOnly" = true))]
    pub ssh_key_secret: Optional<DnsSubdomain>,
    /// The host keys that git-sync trusts, as in a `known_hosts` file. Without them any host is trusted.
    pub known_hosts: Option<String>,
    /// Sources of more variables of git-sync's containers, as YAML (Kubernetes: `envFrom`). Default: none.
    pub env_from: Option<String>,
    /// Environment variables of git-sync's containers. Default: none.
    pub env: Vec<Variable>,
    /// The container's name; the one that runs first has `-init` behind it. Default: `git-sync`.
    pub container_name: DnsLabel,
    /// The port at which git-sync says whether it is well. Default: 1234.
    #[schemars(range(min = 1, max = 65535))]
    pub http_port: u16,
    /// Whether the kubelet asks git-sync itself whether it is well. Default: `false`.
    pub recommended_probe_setting: bool,
    /// When the container counts as started.
    pub startup_probe: GitSyncProbe,
    /// When the container counts as failed and is started anew.
    pub liveness_probe: GitSyncProbe,
    /// When the container counts as ready; without `recommendedProbeSetting`. Default: always.
    pub readiness_probe: ProbeSpec,
    /// The containers' security context. Deprecated: `securityContexts.container` takes its place.
    #[schemars(extend("x-instead" = ["securityContexts.container"]))]
    pub security_context: ContainerSecurityContext,
    /// The containers' security contexts.
    pub security_contexts: ContainerSecurityContexts,
    /// What runs when the container starts and before it ends. Default: none.
    pub container_lifecycle_hooks: Lifecycle,
    /// More mounts of git-sync's containers. Default: none.
    pub extra_volume_mounts: Vec<VolumeMount>,
    /// The volume that git-sync fetches into. Default: without limits.
    pub empty_dir_config: EmptyDir,
    /// Resources of git-sync's containers; Airflow 1.10 sets none for those of workers. Default: none said.
    pub resources: Resources,
}

/// Who fetches from a private git repository by https.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct GitCredentials {
    /// The user. Default: `git`, which GitHub and GitLab take with a token.
    #[serde(default = "GitCredentials::default_username")]
    pub username: Line,
    /// The password, or a token. Without one the Secret has to exist.
    pub password: Option<SecretValue>,
}

impl GitCredentials {
    fn default_username() -> Line {
        "git".into()
    }
}

/// A GitHub App by which git-sync logs in (git-sync: `--github-app-...`, since 4.4).
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct GitHubApp {
    /// The App's client, such as `Iv1.0123456789abcdef`, or `applicationId`.
    pub client_id: Option<Line>,
    /// The App's number, in the place of `clientId`.
    pub application_id: Option<Digits>,
    /// The number of the App's installation.
    pub installation_id: Digits,
    /// The App's private key, in the place of `privateKeySecret`.
    pub private_key: Option<SecretLines>,
    /// The name of a Secret that exists and holds the private key as `githubAppPrivateKey`.
    #[schemars(extend("writeOnly" = true))]
    #[serde(default)]
    pub private_key_secret: Optional<DnsSubdomain>,
    /// The address of GitHub's API. Default: `https://api.github.com/`.
    #[serde(default)]
    pub base_url: Optional<GitUrl>,
}
