//! Pods: what their containers and they themselves say together.

use super::reading::{at as behind, each_container, is_true, list, number, says, text};
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

/// The domains that a resolver takes are no longer together than this (Kubernetes: `MaxDNSSearchListChars`).
const LONGEST_SEARCH: usize = 2048;

pub(super) fn searches(entries: &Map, at: &Trail<'_>, findings: &mut Vec<Finding>) {
    let length: usize = list(entries, "searches").iter().filter_map(Node::as_str).map(|search| search.len() + 1).sum();
    if length > LONGEST_SEARCH + 1 {
        says(findings, &Trail::Key(at, "searches"), format!("must be {LONGEST_SEARCH} characters at most together"), "this list");
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
    each_container(pod, at, |container, at, _| {
        let own = behind(container, &PROCESS).map(Node::scalar);
        if own.as_ref().zip(of_pod.as_ref()).is_some_and(|(own, of_pod)| own != of_pod) {
            let at = &Trail::Key(&Trail::Key(at, "securityContext"), "windowsOptions");
            says(findings, &Trail::Key(at, "hostProcess"), "must be the same as `hostProcess` of the pod", "this key");
        }
        all.push(own.or_else(|| of_pod.clone()));
    });
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
