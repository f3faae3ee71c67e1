//! Where DAGs come from.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{AbsolutePath, DnsSubdomain, GitRef, GitUrl, Persistence, Resources, SubPath};

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
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct GitSync {
    /// Whether DAGs come from git. Default: `false`.
    pub enabled: bool,
    /// The repository: `https://...`, or `git@host:path` and `ssh://...` with an ssh key.
    #[schemars(extend("writeOnly" = true))]
    pub repo: GitUrl,
    /// The branch. Default: `master`.
    pub branch: GitRef,
    /// The tag or commit. Default: `HEAD`, the newest of the branch.
    pub rev: GitRef,
    /// How many commits are fetched. Default: 1; 0 stands for all. Workers of Airflow before 1.10.11 always fetch one.
    pub depth: u32,
    /// The folder of the repository that holds the DAGs. Default: its top.
    pub sub_path: SubPath,
    /// Seconds between two looks at the repository. Default: 60.
    #[schemars(range(min = 1))]
    pub wait: u32,
    /// The user that git-sync runs as. Default: Airflow's `uid`; 65533 with `sshKeySecret`, since ssh wants a user with
    /// a name.
    pub uid: Option<u32>,
    /// The name of a Secret with the keys `GIT_SYNC_USERNAME` and `GIT_SYNC_PASSWORD`, for a private repository.
    #[schemars(extend("writeOnly" = true))]
    pub credentials_secret: Option<DnsSubdomain>,
    /// The name of a Secret with the key `gitSshKey`, for access by ssh.
    #[schemars(extend("writeOnly" = true))]
    pub ssh_key_secret: Option<DnsSubdomain>,
    /// The host keys that git-sync trusts, as in a `known_hosts` file. Without them any host is trusted.
    pub known_hosts: Option<String>,
    /// Resources of git-sync's containers beside the scheduler and the webserver; Airflow 1.10 sets none for those of
    /// workers. Default: none said.
    pub resources: Resources,
}

impl Default for GitSync {
    fn default() -> Self {
        Self {
            enabled: false,
            repo: "".into(),
            branch: "master".into(),
            rev: "HEAD".into(),
            depth: 1,
            sub_path: "".into(),
            wait: 60,
            uid: None,
            credentials_secret: None,
            ssh_key_secret: None,
            known_hosts: None,
            resources: Resources::default(),
        }
    }
}
