//! Pods: what their containers and they themselves say together.

use super::reading::{at as behind, each_container, is_true, list, map, number, says, text};
use crate::schema::rules::is_there;
use crate::schema::{Finding, Trail};
use crate::yaml::{Map, Node};

/// A container sleeps before it ends, or after it begins, longer than its pod has time.
pub(super) fn sleep(pod: &Map, at: &Trail<'_>, findings: &mut Vec<Finding>) {
    let time = number(behind(pod, &["terminationGracePeriodSeconds"])).unwrap_or(30);
    each_container(pod, at, |container, at, _| {
        for (hook, when) in [("preStop", "before it ends"), ("postStart", "after it begins")] {
            if number(behind(container, &["lifecycle", hook, "sleep", "seconds"])).is_some_and(|seconds| seconds > time) {
                let what = format!("sleeps longer {when} than the pod has time: `terminationGracePeriodSeconds` is {time}");
                says(findings, at, what, "this container");
            }
        }
    });
}

/// Without the cluster's servers of names a pod has its own.
pub(super) fn name_servers(pod: &Map, at: &Trail<'_>, findings: &mut Vec<Finding>) {
    let has_own = behind(pod, &["dnsConfig", "nameservers"]).is_some_and(|node| !node.says_nothing());
    if text(pod, "dnsPolicy") == "None" && is_there(pod, "dnsConfig") && !has_own {
        says(findings, &Trail::Key(at, "dnsConfig"), "needs `nameservers` where `dnsPolicy` is `None`", "in this map");
    }
}

/// A resolver takes so many servers and domains.
pub(super) fn dns(entries: &Map, at: &Trail<'_>, findings: &mut Vec<Finding>) {
    if list(entries, "nameservers").len() > 3 {
        says(findings, &Trail::Key(at, "nameservers"), "must be 3 addresses at most", "this list");
    }
    let searches = list(entries, "searches");
    let length: usize = searches.iter().filter_map(Node::as_str).map(|search| search.len() + 1).sum();
    if searches.len() > 32 || length > 2049 {
        says(findings, &Trail::Key(at, "searches"), "must be 32 domains at most, and 2048 characters together", "this list");
    }
}

/// A file of variables is in a volume that containers fill.
pub(super) fn file_keys(pod: &Map, at: &Trail<'_>, findings: &mut Vec<Finding>) {
    let is_empty_dir = |name: &str| {
        let volume = list(pod, "volumes").iter().find(|volume| volume.text(&["name"]) == Some(name));
        volume.and_then(Node::as_map).is_some_and(|volume| is_there(volume, "emptyDir") || volume.len() == 1)
    };
    each_container(pod, at, |container, at, _| {
        for (index, variable) in list(container, "env").iter().enumerate() {
            let name = variable.text(&["valueFrom", "fileKeyRef", "volumeName"]).unwrap_or_default();
            if !name.is_empty() && !is_empty_dir(name) {
                let at = &Trail::Key(&Trail::Index(&Trail::Key(at, "env"), index), "valueFrom");
                let at = &Trail::Key(&Trail::Key(at, "fileKeyRef"), "volumeName");
                says(findings, at, "must be an `emptyDir` among the volumes of the pod", "this name");
            }
        }
    });
}

/// What never runs again is not restarted for more resources.
pub(super) fn resize(pod: &Map, at: &Trail<'_>, findings: &mut Vec<Finding>) {
    let ends = text(pod, "restartPolicy") == "Never";
    each_container(pod, at, |container, at, is_init| {
        let once = is_init && text(container, "restartPolicy") != "Always";
        for (index, policy) in list(container, "resizePolicy").iter().enumerate() {
            if (ends || once) && policy.text(&["restartPolicy"]) == Some("RestartContainer") {
                let at = &Trail::Key(&Trail::Index(&Trail::Key(at, "resizePolicy"), index), "restartPolicy");
                let what = if ends {
                    "cannot be `RestartContainer` where `restartPolicy` of the pod is `Never`"
                } else {
                    "cannot be `RestartContainer` in an init container that ends"
                };
                says(findings, at, what, "this policy");
            }
        }
    });
}

/// What a pod of Windows does not have.
const OF_LINUX: [&str; 5] = ["hostUsers", "hostPID", "hostIPC", "shareProcessNamespace", "resources"];
const OF_LINUX_CONTEXT: [&str; 16] = [
    "allowPrivilegeEscalation",
    "appArmorProfile",
    "capabilities",
    "fsGroup",
    "fsGroupChangePolicy",
    "privileged",
    "procMount",
    "readOnlyRootFilesystem",
    "runAsGroup",
    "runAsUser",
    "seLinuxChangePolicy",
    "seLinuxOptions",
    "seccompProfile",
    "supplementalGroups",
    "supplementalGroupsPolicy",
    "sysctls",
];

/// What is for one operating system is not for the other (Kubernetes: `pkg/apis/core/validation`, `validateLinux`, `validateWindows`).
pub(super) fn operating_system(pod: &Map, at: &Trail<'_>, findings: &mut Vec<Finding>) {
    let system = behind(pod, &["os", "name"]).and_then(Node::as_str).unwrap_or_default();
    let foreign: &[&str] = match system {
        "linux" => &["windowsOptions"],
        "windows" => &OF_LINUX_CONTEXT,
        _ => return,
    };
    let what = format!("has no place here where `os.name` is `{system}`");
    let mut context = |of: &Map, at: &Trail<'_>| {
        let Some(context) = behind(of, &["securityContext"]).and_then(Node::as_map) else { return };
        for key in foreign.iter().filter(|key| is_there(context, key)) {
            says(findings, &Trail::Key(&Trail::Key(at, "securityContext"), key), what.clone(), "this key");
        }
    };
    context(pod, at);
    each_container(pod, at, |container, at, _| context(container, at));
    for key in OF_LINUX.into_iter().filter(|key| system == "windows" && is_there(pod, key)) {
        // Not to be in a namespace of the node is what every pod of Windows is.
        if !matches!(key, "hostPID" | "hostIPC") || is_true(pod, &[key]) {
            says(findings, &Trail::Key(at, key), what.clone(), "this key");
        }
    }
}

/// Processes of a node of Windows: all of a pod, in the network of the node.
pub(super) fn host_processes(pod: &Map, at: &Trail<'_>, findings: &mut Vec<Finding>) {
    const PROCESS: [&str; 3] = ["securityContext", "windowsOptions", "hostProcess"];
    let of_pod = behind(pod, &PROCESS).map(Node::scalar);
    let mut all = Vec::new();
    each_container(pod, at, |container, _, _| all.push(behind(container, &PROCESS).map(Node::scalar).or_else(|| of_pod.clone())));
    let is_process = |said: &Option<String>| said.as_deref() == Some("true");
    if !all.iter().any(is_process) {
        return;
    }
    if !all.iter().all(is_process) {
        says(findings, at, "needs `hostProcess: true` of all its containers, or of none", "in this map");
    }
    if !is_true(pod, &["hostNetwork"]) {
        says(findings, at, "needs `hostNetwork: true` beside `hostProcess: true`", "in this map");
    }
}

/// What is the node's own is not set for a pod (Kubernetes: `pkg/apis/core/validation`, `ValidateHostSysctl`).
pub(super) fn host_sysctls(pod: &Map, at: &Trail<'_>, findings: &mut Vec<Finding>) {
    let sysctls = behind(pod, &["securityContext", "sysctls"]).and_then(Node::as_list).unwrap_or_default();
    for (index, sysctl) in sysctls.iter().enumerate() {
        let name = sysctl.text(&["name"]).unwrap_or_default().replace('/', ".");
        let is_of_processes =
            ["kernel.shm", "kernel.msg", "fs.mqueue."].iter().any(|prefix| name.starts_with(prefix)) || name == "kernel.sem";
        let of_node = match () {
            () if name.starts_with("net.") && is_true(pod, &["hostNetwork"]) => "hostNetwork",
            () if is_of_processes && is_true(pod, &["hostIPC"]) => "hostIPC",
            () => continue,
        };
        let at = &Trail::Index(&Trail::Key(&Trail::Key(at, "securityContext"), "sysctls"), index);
        says(findings, at, format!("has no place here where `{of_node}` is `true`"), "this item");
    }
}

/// Who sees all of `/proc` is none of the node's users.
pub(super) fn proc_mount(pod: &Map, at: &Trail<'_>, findings: &mut Vec<Finding>) {
    let is_apart = behind(pod, &["hostUsers"]).is_some_and(|users| users.scalar() == "false");
    each_container(pod, at, |container, at, _| {
        if !is_apart && behind(container, &["securityContext", "procMount"]).and_then(Node::as_str) == Some("Unmasked") {
            let at = &Trail::Key(&Trail::Key(at, "securityContext"), "procMount");
            says(findings, at, "cannot be `Unmasked` without `hostUsers: false` of the pod", "this key");
        }
    });
}

/// What a container mounts: into the node's namespace if it may do all, and a volume as files or as a device.
pub(super) fn mounts(container: &Map, at: &Trail<'_>, findings: &mut Vec<Finding>) {
    let may_all = is_true(container, &["securityContext", "privileged"]);
    let devices = list(container, "volumeDevices");
    for (index, mount) in list(container, "volumeMounts").iter().enumerate() {
        let at = &Trail::Index(&Trail::Key(at, "volumeMounts"), index);
        if !may_all && mount.text(&["mountPropagation"]) == Some("Bidirectional") {
            let what = "cannot be `Bidirectional` without `securityContext.privileged: true`";
            says(findings, &Trail::Key(at, "mountPropagation"), what, "this key");
        }
        for (key, of_device) in [("name", "name"), ("mountPath", "devicePath")] {
            let said = mount.text(&[key]);
            if said.is_some() && devices.iter().any(|device| device.text(&[of_device]) == said) {
                says(findings, &Trail::Key(at, key), format!("is a `{of_device}` of `volumeDevices` too"), "this text");
            }
        }
    }
}

/// A device is a claim, and no folder of files.
pub(super) fn devices(pod: &Map, at: &Trail<'_>, findings: &mut Vec<Finding>) {
    each_container(pod, at, |container, at, _| {
        for (index, device) in list(container, "volumeDevices").iter().enumerate() {
            let volume = list(pod, "volumes").iter().find(|volume| volume.text(&["name"]) == device.text(&["name"]));
            let is_claim = |volume: &Node| ["persistentVolumeClaim", "ephemeral"].iter().any(|kind| volume.get(kind).is_some());
            if volume.is_some_and(|volume| !is_claim(volume)) {
                let at = &Trail::Key(&Trail::Index(&Trail::Key(at, "volumeDevices"), index), "name");
                says(findings, at, "must be a `persistentVolumeClaim` or `ephemeral` among the volumes of the pod", "this name");
            }
        }
    });
}

/// A label is looked at in one way.
pub(super) fn label_keys(entries: &Map, at: &Trail<'_>, findings: &mut Vec<Finding>) {
    let others = list(entries, "mismatchLabelKeys");
    for (index, key) in list(entries, "matchLabelKeys").iter().enumerate() {
        let at = &Trail::Index(&Trail::Key(at, "matchLabelKeys"), index);
        if others.iter().any(|other| other.as_str() == key.as_str()) {
            says(findings, at, "is one of `mismatchLabelKeys` too", "this key");
        }
    }
}

/// What annotations say of a pod: what it costs to delete it, and profiles of its containers.
pub(super) fn pod_annotations(entries: &Map, at: &Trail<'_>, findings: &mut Vec<Finding>) {
    const COST: &str = "controller.kubernetes.io/pod-deletion-cost";
    const APP_ARMOR: &str = "container.apparmor.security.beta.kubernetes.io/";
    const SECCOMP: [&str; 2] = ["seccomp.security.alpha.kubernetes.io/pod", "container.seccomp.security.alpha.kubernetes.io/"];
    let Some(metadata) = behind(entries, &["metadata"]).and_then(Node::as_map) else { return };
    let metadata_at = Trail::Key(at, "metadata");
    let annotations_at = Trail::Key(&metadata_at, "annotations");
    for (key, value) in map(metadata, "annotations") {
        let (at, value) = (&Trail::Key(&annotations_at, key), value.scalar());
        if key == COST {
            let begins = value == "0" || value.starts_with(|c: char| c == '-' || matches!(c, '1'..='9'));
            if !begins || value.parse::<i32>().is_err() {
                says(findings, at, "must be a whole number, such as `\"5\"`", "this annotation");
            }
        } else if let Some(name) = key.strip_prefix(APP_ARMOR) {
            let containers =
                ["containers", "initContainers"].map(|of| behind(entries, &["spec", of]).and_then(Node::as_list).unwrap_or_default());
            let container = containers.into_iter().flatten().find(|container| container.text(&["name"]) == Some(name));
            let field = |key: &str| container.and_then(|container| container.text(&["securityContext", "appArmorProfile", key]));
            let of_field = match field("type") {
                Some("RuntimeDefault") => Some("runtime/default".to_owned()),
                Some("Unconfined") => Some("unconfined".to_owned()),
                Some("Localhost") => Some(format!("localhost/{}", field("localhostProfile").unwrap_or_default())),
                _ => None,
            };
            if container.is_none() {
                says(findings, at, format!("names the container `{name}`, which the pod does not have"), "this annotation");
            } else if of_field.is_some_and(|profile| profile != value) {
                says(findings, at, "must say what `appArmorProfile` of the container says", "this annotation");
            } else if !["", "runtime/default", "unconfined"].contains(&value.as_str()) && !value.starts_with("localhost/") {
                says(findings, at, "must be `runtime/default`, `unconfined` or `localhost/NAME`", "this annotation");
            }
        } else if key == SECCOMP[0] || key.starts_with(SECCOMP[1]) {
            let is_known = ["runtime/default", "docker/default", "unconfined"].contains(&value.as_str());
            if !is_known && !value.starts_with("localhost/") {
                says(findings, at, "must be `runtime/default`, `unconfined` or `localhost/NAME`", "this annotation");
            }
        }
    }
}
