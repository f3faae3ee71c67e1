//! What people type from habit, of Helm and of kubectl, and the sentence that answers it.

use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, Error, ErrorKind};

use crate::error::{Diagnostic, code};

const CHECKS: &str = "gen only writes manifests: `gen ... | kubectl apply --dry-run=server -f -` asks a cluster";
const APPLIES: &str = "gen writes manifests and applies none: `gen ... | kubectl apply -f -`";
const WAITS: &str = "gen writes manifests and waits for nothing: after `kubectl apply`, `kubectl rollout status` waits";
const TEMPLATES: &str = "gen has its own templates, which follow the official chart 1.22.0, and reads no chart; leave it out";
const NETWORK: &str = "gen reads nothing from the network; leave it out";
const CLUSTER: &str = "gen talks to no cluster; it is an option of `kubectl`";
const RELEASES: &str = "gen knows no releases: `helm get values NAME | gen -f -` takes the values of one";
const NO_TESTS: &str = "there are no tests and no CustomResourceDefinitions among the manifests; leave it out";

/// Options, and what to do instead.
const OPTIONS: [(&[&str], &str); 20] = [
    (&["--api-versions", "-a"], "the manifests are the same for every cluster; `--kube-version` checks whether one has what they need"),
    (&["--include-crds", "--skip-crds", "--skip-tests", "--no-tests"], NO_TESTS),
    (&["--no-hooks", "--disable-hooks"], "the Jobs are hooks with `--set delivery=helm` or `argocd` alone; leave it out"),
    (&["--dry-run", "--validate", "--disable-openapi-validation", "--client"], CHECKS),
    (&["--wait", "--wait-for-jobs", "--timeout", "--atomic", "--rollback-on-failure", "--watch", "-w"], WAITS),
    (&["--install", "--force-replace", "--take-ownership", "--cleanup-on-fail", "--is-upgrade", "--replace", "--field-manager"], APPLIES),
    (
        &[
            VERSION,
            "--repo",
            "--devel",
            "--verify",
            "--keyring",
            "--dependency-update",
            "--render-subchart-notes",
            "--hide-notes",
            "--enable-dns",
        ],
        TEMPLATES,
    ),
    (
        &[
            "--username",
            "--password",
            "--pass-credentials",
            "--plain-http",
            "--insecure-skip-tls-verify",
            "--ca-file",
            "--cert-file",
            "--key-file",
            "--registry-config",
            "--repository-cache",
            "--repository-config",
            "--content-cache",
        ],
        NETWORK,
    ),
    (
        &[
            "--kubeconfig",
            "--kube-context",
            "--kube-apiserver",
            "--kube-as-user",
            "--kube-as-group",
            "--kube-ca-file",
            "--kube-insecure-skip-tls-verify",
            "--kube-tls-server-name",
            "--kube-token",
            "--burst-limit",
            "--qps",
            "--context",
            "--cluster",
            "--user",
            "--as",
            "--server",
            "--token",
            "--server-side",
            "--force-conflicts",
            "--prune",
            "--applyset",
        ],
        CLUSTER,
    ),
    (&["--reuse-values", "--reset-values", "--reset-then-reuse-values", "--history-max"], RELEASES),
    (&["--generate-name", "--name-template", "-g", "--name"], "`--release-name NAME` names the release"),
    (&["--output", "-O"], "`--output-dir DIR` writes files, and `--format json` prints JSON"),
    (&["--post-renderer", "--post-renderer-args"], "`patches` in the values change what is rendered"),
    (&["--skip-schema-validation"], "values are always checked: a key that the chart takes and ignores is a warning"),
    (&["--all-namespaces", "-A"], "one run is for one namespace: `-n NAME`"),
    (&["--debug"], "each message names its place; `gen values` shows the values in force"),
    (&["--labels", "-l", "--description"], "`labels` in the values are for every object"),
    (&["--selector"], "`-s FILE` chooses manifests, and `kubectl apply -l` among them"),
    (&["--kustomize", "-k", "--recursive", "-R"], "`-f` takes values files; `gen check DIR` reads the manifests of a folder"),
    (&["--short", "--template"], "`gen version` prints one line"),
];

/// Options of other commands, and what says the same for `gen all`.
const OF_ALL: [(&[&str], &str); 7] = [
    (&["--values-from"], "where the values stand in the files of an environment, `valuesFrom` says in `gen.yaml`"),
    (&["--values", "-f"], "the files of an environment are listed in `gen.yaml`: `values: [base.yaml, prod.yaml]`"),
    (
        &["--set", "--set-string", "--set-literal", "--set-file", "--set-json"],
        "a map among the values sets some, in `gen.yaml`: `values: [base.yaml, {executor: CeleryExecutor}]`",
    ),
    (
        &["--namespace", "-n", "--release-name", "--create-namespace"],
        "`namespace`, `releaseName` and `createNamespace` in `gen.yaml` say it",
    ),
    (&["--output-dir", "-o"], "the directory of an environment is its `out` in `gen.yaml`"),
    (
        &["--kube-version", "--profile", "--kustomization", "--format"],
        "a key of that name in `gen.yaml` says it, for all environments or for one",
    ),
    (&["--environment", "-e"], "name the environments: `gen all dev prod`"),
];

/// Commands, and what to do instead.
const COMMANDS: [(&[&str], &str); 9] = [
    (&["install", "upgrade", "apply", "create", "replace", "sync"], APPLIES),
    (&["uninstall", "delete", "destroy"], "gen writes manifests and deletes none: `gen ... | kubectl delete -f -`"),
    (&["lint", "validate"], "`gen -f values.yaml --strict` checks values and what they give, and `gen check FILE` what others rendered"),
    (&["show", "inspect"], "`gen explain` lists the keys, and `gen values` shows the values in force"),
    (&["get", "list", "ls", "status", "history", "rollback"], RELEASES),
    (&["pull", "repo", "search", "dependency", "dep", "package", "push", "registry"], "gen has its own templates, and needs no chart"),
    (&["test"], "there are no tests among the manifests"),
    (&["build", "kustomize", "render", "generate", "export"], "without a command gen writes the manifests: `gen -f values.yaml`"),
    (&["completion"], "`gen completions SHELL` prints them"),
];

/// The answer to an argument or a command that gen does not have, if it is one of Helm's or kubectl's.
pub fn answer(error: &Error, arguments: &[OsString]) -> Option<Diagnostic> {
    let text = |kind| if let Some(ContextValue::String(text)) = error.get(kind) { text.as_str() } else { "" };
    let (word, title, table) = match error.kind() {
        ErrorKind::InvalidSubcommand => (text(ContextKind::InvalidSubcommand), "command", &COMMANDS[..]),
        ErrorKind::UnknownArgument => (text(ContextKind::InvalidArg), "option", &OPTIONS[..]),
        ErrorKind::DisplayVersion | ErrorKind::TooManyValues if is_of_chart(arguments) => {
            let told = Diagnostic::new("`--version` prints the version of gen, and takes no value").coded(code::USAGE);
            return Some(told.help(TEMPLATES));
        }
        _ => return None,
    };
    let word = word.split(['=', ' ']).next().unwrap_or_default();
    let answer_in = |table: &[(&[&str], &'static str)]| table.iter().find(|(words, _)| words.contains(&word)).map(|(_, answer)| *answer);
    let told = |who: &str, answer: &str| Diagnostic::new(format!("{who} has no {title} `{word}`")).coded(code::USAGE).help(answer);
    if let Some(answer) = answer_in(&OF_ALL).filter(|_| is_of_all(error)) {
        return Some(told("`gen all`", answer));
    }
    answer_in(table).map(|answer| told("gen", answer))
}

/// Helm's option that says the version of the chart.
const VERSION: &str = "--version";

/// Whether a version is asked for as Helm's option has it, with one behind it.
fn is_of_chart(arguments: &[OsString]) -> bool {
    arguments.iter().enumerate().any(|(index, argument)| {
        let is_value = |next: &OsString| !next.as_encoded_bytes().starts_with(b"-");
        let has_value = argument == VERSION && arguments.get(index + 1).is_some_and(is_value);
        has_value || argument.as_encoded_bytes().starts_with(b"--version=")
    })
}

/// Whether `gen all` does not have it.
fn is_of_all(error: &Error) -> bool {
    matches!(error.get(ContextKind::Usage), Some(ContextValue::StyledStr(usage)) if usage.to_string().contains("gen all"))
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;
    use crate::cli::Cli;

    #[test]
    fn no_answer_is_about_what_gen_has() {
        let command = Cli::command();
        let has = |word: &str| {
            let subcommands = command.get_subcommands().any(|sub| sub.get_name() == word);
            let is = |long: Option<&str>| long.is_some_and(|long| word.strip_prefix("--") == Some(long));
            subcommands || command.get_arguments().any(|argument| is(argument.get_long()))
        };
        for (words, _) in OPTIONS.iter().chain(&COMMANDS) {
            for word in *words {
                assert!(!has(word), "{word}");
            }
        }
    }
}
