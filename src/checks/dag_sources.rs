//! Where DAGs of Airflow 2.11 and 3 come from: git with one way to log in, bundles that read what is fetched.

use super::Finding;
use crate::error::Severity;
use crate::values::{DagBundle, Delivery, GitSync, SecretLines, Values};

const GIT: &str = "dags.gitSync";
/// The chart's default of both the branch and the reference, which nobody means.
const UNMEANT: &str = "v2-2-stable";

pub fn check(values: &Values, findings: &mut Vec<Finding>) {
    let from = findings.len();
    let git = &values.dags.git_sync;
    if git.enabled {
        logins(git, findings);
        address(git, findings);
        reference(git, findings);
    }
    bundles(values, findings);
    // What is compared with Helm's output has to be rendered as Helm does it.
    for finding in findings[from..].iter_mut().filter(|_| values.delivery == Delivery::Helm) {
        finding.severity = Severity::Warning;
    }
}

fn key_given(key: Option<&SecretLines>) -> bool {
    key.is_some_and(|key| !key.0.is_empty())
}

/// git-sync logs in in one way.
fn logins(git: &GitSync, findings: &mut Vec<Finding>) {
    let GitSync { credentials, credentials_secret, ssh_key, ssh_key_secret, github_app, .. } = git;
    let ways = [
        ("credentials", credentials.is_some()),
        ("credentialsSecret", credentials_secret.is_some()),
        ("sshKey", key_given(ssh_key.as_ref())),
        ("sshKeySecret", ssh_key_secret.is_some()),
        ("githubApp", github_app.is_some()),
    ];
    let ways: Vec<&str> = ways.into_iter().filter(|(_, given)| *given).map(|(key, _)| key).collect();
    if let [first, second, ..] = ways[..] {
        let title = format!("`{GIT}.{first}` and `{GIT}.{second}` exclude each other");
        let error = Finding::error(format!("{GIT}.{second}"), title, "a second way to log in");
        let help = match (first.starts_with("credentials"), second.starts_with("ssh")) {
            (true, true) => format!("drop `{first}` for `ssh://` and `git@` addresses, `{second}` for `https://`"),
            _ => format!("drop `{first}` or `{second}`; `null` drops a key that another file sets"),
        };
        findings.push(error.help(help));
    }
    let Some(app) = github_app else { return };
    let key = format!("{GIT}.githubApp");
    let error = |title: &str, help: &str| Finding::error(&key, title, "the App").help(help);
    match (app.client_id.is_some(), app.application_id.is_some()) {
        (false, false) => {
            findings.push(error("the GitHub App has no name", "give `clientId` or `applicationId`, as the App's settings show them"));
        }
        (true, true) => findings.push(error("`clientId` and `applicationId` exclude each other", "drop `applicationId`")),
        _ => {}
    }
    if key_given(app.private_key.as_ref()) && app.private_key_secret.is_some() {
        findings.push(error("`privateKey` and `privateKeySecret` exclude each other", "drop one of the two"));
    }
}

/// The address goes with the way to log in.
fn address(git: &GitSync, findings: &mut Vec<Finding>) {
    let place = format!("{GIT}.repo");
    let repo = &git.repo;
    let (ssh, https) = (repo.is_ssh(), repo.is_https());
    let has_key = key_given(git.ssh_key.as_ref()) || git.ssh_key_secret.is_some();
    // Whoever gives git-sync variables of his own may log in by them.
    let on_his_own =
        !git.env.is_empty() || git.env_from.as_ref().is_some_and(|text| !text.is_empty()) || !git.extra_volume_mounts.is_empty();
    let by_https = git.credentials.is_some() || git.credentials_secret.is_some() || git.github_app.is_some();
    if repo.is_empty() {
        let error = Finding::error(format!("{GIT}.enabled"), format!("`{place}` is missing"), "git is asked for here");
        findings.push(error.help(format!("set `{place}` to the repository's address")));
    }
    if ssh && !has_key && !by_https && !on_his_own {
        let error = Finding::error(&place, "an address for ssh needs a key", "this address");
        findings.push(error.help(format!("set `{GIT}.sshKeySecret` or `{GIT}.sshKey`, or give the `https://` address")));
    }
    if https && has_key {
        let error = Finding::error(&place, "an address for https does not go with an ssh key", "this address");
        findings.push(error.help(format!("drop `{GIT}.sshKeySecret` or `{GIT}.sshKey`, or give the `git@` address")));
    }
    if ssh && by_https && !has_key {
        let error = Finding::error(&place, "a password, a token and a GitHub App log in by https", "an address for ssh");
        findings.push(error.help("give the `https://` address, or an ssh key in their place"));
    }
    if repo.has_user() {
        let warning = Finding::warning(&place, format!("`{place}` has a user or token in it"), "this address");
        let warning = warning.note("it stands in the manifests of the pods, readable");
        findings.push(warning.help(format!("give them as `{GIT}.credentials`, or name a Secret in `{GIT}.credentialsSecret`")));
    }
}

/// What names the commit is read by the git-sync that runs.
fn reference(git: &GitSync, findings: &mut Vec<Finding>) {
    if &*git.reference == UNMEANT && !matches!(&*git.branch, UNMEANT | "") {
        let warning = Finding::warning(format!("{GIT}.branch"), format!("git-sync 4 does not read `{GIT}.branch`"), "for git-sync 3");
        findings.push(warning.help(format!("set `{GIT}.ref`")));
    }
}

/// Bundles have names of their own, and one of them reads what git-sync fetches or a volume holds.
fn bundles(values: &Values, findings: &mut Vec<Finding>) {
    let (key, bundles) = values.dag_bundles();
    let twice = bundles.iter().enumerate().find(|(index, one)| bundles[..*index].iter().any(|other| other.name == one.name));
    if let Some((index, bundle)) = twice {
        let place = format!("{key}[{index}].name");
        findings.push(Finding::error(place, format!("two bundles of DAGs are called `{}`", &*bundle.name), "the second one"));
    }
    let folder = [("dags.gitSync", values.dags.git_sync.enabled), ("dags.persistence", values.dags.persistence.enabled)];
    let folder = folder.into_iter().find(|(_, enabled)| *enabled);
    if let (Some((section, _)), false) = (folder, bundles.is_empty() || bundles.iter().any(DagBundle::reads_folder)) {
        let error = Finding::error(key, format!("no bundle of DAGs reads what `{section}` brings"), "none of these reads a folder");
        findings.push(
            error.help(format!("drop `{section}`, or add a bundle with the class `airflow.dag_processing.bundles.local.LocalDagBundle`")),
        );
    }
}
