//! Volumes that are one to their driver are one: a pod that mounts two with the same identifier waits for ever.

use super::{Finding, Subject};

pub fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let volumes = subject.set.of_kind("PersistentVolume");
    let identified = volumes.filter_map(|manifest| {
        let csi = manifest.object.at(&["spec", "csi"])?;
        Some((manifest, (csi.text(&["driver"])?, csi.text(&["volumeHandle"])?)))
    });
    let identified: Vec<_> = identified.collect();
    for (index, (manifest, identity)) in identified.iter().enumerate() {
        if let Some((other, _)) = identified[..index].iter().find(|(_, earlier)| earlier == identity) {
            let fault = format!("`{}` identifies the PersistentVolume `{}` too", identity.1, other.name());
            findings.push(
                Finding::in_manifest(manifest, fault)
                    .help("give each a share or an access point of its own, or an identifier (`volumeHandle`)"),
            );
        }
    }
}
