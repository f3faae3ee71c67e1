//! Where commands of the pages run as they stand: a repository of git with values, environments and what they gave, and stand-ins for the
//! programs that need a cluster or a chart.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::folder::{folder_with, git, write_in};
use crate::support::{Run, home, tree};

/// Prints an object where one is asked for, compares where that is asked for, and else reads what it is given.
const KUBECTL: &str = "\
#!/bin/sh
case $1 in
    get | kustomize) cat scheduler.yaml ;;
    diff) \"$KUBECTL_EXTERNAL_DIFF\" rendered rendered ;;
    *) cat >/dev/null ;;
esac
";

const HELM: &str = "#!/bin/sh\ncat scheduler.yaml\n";

/// Runs a line of shell in a folder, with gen, and with the programs that are in its `bin`.
pub fn shell(folder: &Path, line: &str) -> Run {
    let gen_first = Path::new(env!("CARGO_BIN_EXE_gen")).parent().unwrap();
    let done = Command::new("bash")
        .args(["-o", "pipefail", "-c", line])
        .current_dir(folder)
        .env("PATH", format!("{}:{}:{}", folder.join("bin").display(), gen_first.display(), std::env::var("PATH").unwrap()))
        .env("NO_COLOR", "1")
        .env_remove("GITHUB_WORKSPACE")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Run { status: done.status.code().unwrap_or(-1), stdout: text(done.stdout), stderr: text(done.stderr) }
}

/// The repository: its branch is ahead of `main` and of the tag `v1.4` by a change of the values.
pub fn stage() -> tempfile::TempDir {
    let folder = folder_with(&[("bin/kubectl", KUBECTL), ("bin/helm", HELM)]);
    let at = folder.path();
    let examples = home().join("examples/environments");
    let values = fs::read_to_string(home().join("values/restricted.yaml")).unwrap();
    write_in(at, "values.yaml", &values);
    write_in(at, "gen.yaml", &(fs::read_to_string(examples.join("gen.yaml")).unwrap() + "  eu-west:\n"));
    for (path, text) in tree(&examples.join("values")) {
        write_in(at, &format!("values/{}", path.display()), &text);
    }
    let done = |line: &str| assert_eq!(shell(at, line), Run { status: 0, stdout: String::new(), stderr: String::new() }, "{line}");
    done("chmod +x bin/*");
    done("gen -q -f values.yaml > before.yaml");
    done("gen -q -f values.yaml --set scheduler.replicas=2 > after.yaml");
    done("gen -q -f values.yaml -s scheduler/scheduler-deployment.yaml > scheduler.yaml");
    done("gen -q -f values.yaml --format json > cluster.json");
    done("gen -q -f values.yaml -o rendered >/dev/null");
    let commit = |branch: &str| {
        git(at, &["checkout", "-q", "-b", branch]);
        git(at, &["add", "."]);
        git(at, &["commit", "-q", "-m", branch]);
    };
    git(at, &["init", "-q", "-b", "first"]);
    commit("main");
    git(at, &["tag", "v1.4"]);
    write_in(at, "values.yaml", &(values + "triggerer: {enabled: false}\n"));
    done("gen -q -f values.yaml -o rendered >/dev/null");
    commit("topic");
    folder
}
