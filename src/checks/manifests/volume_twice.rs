//! Two PersistentVolumes are one to their driver.

use crate::checks::Release;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::error::Severity;

pub(in crate::checks) static RULE: Rule = Rule {
    code: "M502",
    name: "volume-twice",
    level: Level::Error,
    what: "Two PersistentVolumes are one to their driver.",
    why: "A pod that mounts both waits for ever.",
    example: Example {
        of: Of::Manifests,
        refused: concat!(
            "{apiVersion: v1, kind: PersistentVolume, metadata: {name: a}, spec: {csi: {driver: d, volumeHandle: same}}}\n",
            "---\n",
            "{apiVersion: v1, kind: PersistentVolume, metadata: {name: b}, spec: {csi: {driver: d, volumeHandle: same}}}\n"
        ),
        instead: concat!(
            "{apiVersion: v1, kind: PersistentVolume, metadata: {name: a}, spec: {csi: {driver: d, volumeHandle: one}}}\n",
            "---\n",
            "{apiVersion: v1, kind: PersistentVolume, metadata: {name: b}, spec: {csi: {driver: d, volumeHandle: other}}}\n"
        ),
    },
    check: Check::Manifests(check),
};

fn check(release: &Release<'_>, found: &mut Findings) {
    let identified: Vec<_> = release
        .set
        .of_kind("PersistentVolume")
        .filter_map(|manifest| {
            let csi = manifest.object.at(&["spec", "csi"])?;
            Some((manifest, (csi.text(&["driver"])?, csi.text(&["volumeHandle"])?)))
        })
        .collect();
    for (index, (manifest, identity)) in identified.iter().enumerate() {
        if let Some((other, _)) = identified[..index].iter().find(|(_, earlier)| earlier == identity) {
            let finding = found
                .in_manifest(manifest, format_args!("`{}` identifies the PersistentVolume `{}` too", identity.1, other.name()))
                .of_text(identity.1, "volumeHandle")
                .help("give each a share or an access point of its own, or an identifier (`volumeHandle`)");
            if release.are_apart(manifest, other) {
                finding.severity = Severity::Warning;
            }
        }
    }
}
