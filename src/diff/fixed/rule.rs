//! The fields that stay as they were made, kind by kind.

/// Fields of a kind that the API server does not let change.
pub struct Rule {
    /// The group of the kind.
    pub group: &'static str,
    /// The kind.
    pub kind: &'static str,
    /// The map that the fields are in.
    pub at: &'static [&'static str],
    /// Which of them.
    pub fields: Fields,
    /// What the API server has where nothing is said, as texts.
    pub defaults: &'static [(&'static str, &'static str)],
    /// The way out.
    pub way: Way,
}

/// Fields of a map.
pub enum Fields {
    /// These.
    These(&'static [&'static str]),
    /// All but these.
    AllBut(&'static [&'static str]),
}

/// The way out.
#[derive(Clone, Copy)]
pub enum Way {
    /// The object is deleted, and made again.
    Replace,
    /// The object is deleted without what it has made, which it takes over when it is made again.
    Orphan,
    /// A volume is deleted and made again; what it leads to stays.
    Volume,
}

impl Rule {
    /// Whether it is about a field.
    pub fn holds(&self, field: &str) -> bool {
        match self.fields {
            Fields::These(fields) => fields.contains(&field),
            Fields::AllBut(fields) => !fields.contains(&field),
        }
    }
}

/// A rule about fields, whose way out is to delete the object.
const fn these(group: &'static str, kind: &'static str, at: &'static [&'static str], fields: &'static [&'static str]) -> Rule {
    Rule { group, kind, at, fields: Fields::These(fields), defaults: &[], way: Way::Replace }
}

const RBAC: &str = "rbac.authorization.k8s.io";

/// The rules. Those of claims are in `claim.rs`; those of Services, and of immutable data, in `fixed.rs`.
pub const RULES: [Rule; 14] = [
    these("apps", "Deployment", &["spec"], &["selector"]),
    these("apps", "DaemonSet", &["spec"], &["selector"]),
    these("apps", "ReplicaSet", &["spec"], &["selector"]),
    Rule {
        fields: Fields::AllBut(&[
            "minReadySeconds",
            "ordinals",
            "persistentVolumeClaimRetentionPolicy",
            "replicas",
            "revisionHistoryLimit",
            "template",
            "updateStrategy",
        ]),
        defaults: &[("podManagementPolicy", "OrderedReady")],
        way: Way::Orphan,
        ..these("apps", "StatefulSet", &["spec"], &[])
    },
    Rule {
        defaults: &[("completionMode", "NonIndexed"), ("completions", "1")],
        ..these(
            "batch",
            "Job",
            &["spec"],
            &[
                "backoffLimitPerIndex",
                "completionMode",
                "completions",
                "managedBy",
                "podFailurePolicy",
                "selector",
                "successPolicy",
                "template",
            ],
        )
    },
    Rule {
        fields: Fields::AllBut(&[
            "accessModes",
            "capacity",
            "claimRef",
            "mountOptions",
            "nodeAffinity",
            "persistentVolumeReclaimPolicy",
            "storageClassName",
            "volumeAttributesClassName",
        ]),
        defaults: &[("volumeMode", "Filesystem")],
        way: Way::Volume,
        ..these("", "PersistentVolume", &["spec"], &[])
    },
    Rule { defaults: &[("type", "Opaque")], ..these("", "Secret", &[], &["type"]) },
    these(RBAC, "ClusterRoleBinding", &[], &["roleRef"]),
    these(RBAC, "RoleBinding", &[], &["roleRef"]),
    Rule {
        defaults: &[("reclaimPolicy", "Delete"), ("volumeBindingMode", "Immediate")],
        ..these("storage.k8s.io", "StorageClass", &[], &["parameters", "provisioner", "reclaimPolicy", "volumeBindingMode"])
    },
    Rule {
        defaults: &[("preemptionPolicy", "PreemptLowerPriority"), ("value", "0")],
        ..these("scheduling.k8s.io", "PriorityClass", &[], &["preemptionPolicy", "value"])
    },
    these("networking.k8s.io", "IngressClass", &["spec"], &["controller"]),
    these("node.k8s.io", "RuntimeClass", &[], &["handler"]),
    these("", "ResourceQuota", &["spec"], &["scopes"]),
];
