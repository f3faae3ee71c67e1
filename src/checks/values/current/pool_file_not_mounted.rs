//! PgBouncer reads a file that nothing mounts.

use super::authority_not_mounted::has;
use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "D206",
    name: "pool-file-not-mounted",
    level: Level::Warning,
    what: "PgBouncer reads a file that nothing mounts.",
    why: "Without its configuration it does not start, and without its file of users nobody logs in.",
    example: Example {
        of: Of::Values,
        refused: concat!("airflowVersion: 3.2.0\n", "pgbouncer: {enabled: true, auth_file: /etc/pgbouncer/logins.txt}\n"),
        instead: concat!("airflowVersion: 3.2.0\n", "pgbouncer: {enabled: true}\n"),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let keys = &subject.values.pgbouncer;
    if !keys.enabled {
        return;
    }
    let mounts = &keys.workload.extra_volume_mounts;
    let is_mounted = |file: &str| mounts.iter().any(|mount| has(mount, file));
    let users = "/etc/pgbouncer/users.txt";
    if !keys.mount_config_secret && !is_mounted("/etc/pgbouncer/pgbouncer.ini") {
        found
            .in_value(
                "pgbouncer.mountConfigSecret",
                "nothing mounts PgBouncer's configuration, `/etc/pgbouncer/pgbouncer.ini`",
                "its Secret is not mounted",
            )
            .help("mount it by `pgbouncer.extraVolumes` and `pgbouncer.extraVolumeMounts`, or leave `mountConfigSecret` on");
    } else if keys.config_secret_name.is_none() && *keys.auth_file != *users && !is_mounted(&keys.auth_file) {
        found
            .in_value("pgbouncer.auth_file", format!("nothing mounts `{}`, in which PgBouncer looks for users", &*keys.auth_file), "this file")
            .help(format!("leave it out: the file that gen makes is mounted at `{users}`; or mount one by `pgbouncer.extraVolumes` and `pgbouncer.extraVolumeMounts`"));
    }
}
