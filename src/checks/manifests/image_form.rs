//! An image is named as no image can be.

use crate::checks::Release;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::error::Severity;
use crate::kubernetes::Manifest;

pub(in crate::checks) static RULE: Rule = Rule {
    code: "W101",
    name: "image-form",
    level: Level::Error,
    what: "An image is named as no image can be.",
    why: "The API server takes any text, and the kubelet none that is no reference (`InvalidImageName`): the container \
          never starts. Of a digest alone it is a warning.",
    example: Example {
        of: Of::Manifests,
        refused: "{apiVersion: apps/v1, kind: Deployment, metadata: {name: d}, spec: {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: Nginx}]}}}}",
        instead: "{apiVersion: apps/v1, kind: Deployment, metadata: {name: d}, spec: {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: nginx}]}}}}",
    },
    check: Check::Pod(check),
};

/// What is wrong with the digest of an image.
const DIGEST: &str = "its digest is not such as `sha256:` and 64 digits";

fn check(manifest: &Manifest, _: &Release<'_>, found: &mut Findings) {
    let Some(pod) = manifest.pod() else { return };
    // A container without an image is one of a task, which gets Airflow's.
    for (container, image) in pod.containers().filter_map(|one| Some((one, one.text(&["image"])?))) {
        let Some(wrong) = wrong(image) else { continue };
        let name = container.text(&["name"]).unwrap_or_default();
        let repository = image.split('@').next().and_then(|image| image.rsplit_once(':')).map_or(image, |(repository, _)| repository);
        let told = found.in_container(manifest, name, format_args!("the image `{image}` is named as none can be: {wrong}"));
        told.of_text(image, "image").of_text(repository, "repository").of_text(repository, "defaultAirflowRepository");
        // One may stand in for that of an image that is yet to be built, which a later step writes.
        if wrong == DIGEST {
            told.severity = Severity::Warning;
        }
    }
    let images = pod.volumes().iter().filter_map(|volume| volume.text(&["image", "reference"]));
    for (image, wrong) in images.filter_map(|image| Some((image, wrong(image)?))) {
        found.in_manifest(manifest, format_args!("the image `{image}` is named as none can be: {wrong}")).of_text(image, "reference");
    }
}

/// What is wrong with the name of an image, if anything (distribution/reference: `ParseNormalizedNamed`).
fn wrong(image: &str) -> Option<&'static str> {
    if image.is_empty() {
        return None;
    }
    let (image, digest) = image.split_once('@').map_or((image, None), |(image, digest)| (image, Some(digest)));
    // A colon before a slash is that of a port.
    let end = image.rfind('/').map_or(0, |slash| slash + 1);
    let (name, tag) = image[end..].split_once(':').map_or((image, None), |(last, tag)| (&image[..end + last.len()], Some(tag)));
    let (host, path) = match name.split_once('/') {
        Some((host, path)) if is_host(host) => (Some(host), path),
        _ => (None, name),
    };
    if !host.is_none_or(takes_host) {
        return Some("its registry is no host");
    }
    if name.is_empty() {
        return Some("it has no repository (`images` in the values)");
    }
    if path.bytes().any(|byte| byte.is_ascii_uppercase()) {
        return Some("a repository has lower case letters alone");
    }
    if !path.split('/').all(is_component) || path.len() > 255 {
        return Some("its repository has letters, digits, and `-`, `_` and `.` between them");
    }
    if tag.is_some_and(|tag| !is_tag(tag)) {
        return Some("its tag has letters, digits, `_`, `-` and `.`, 128 at most");
    }
    digest.filter(|digest| !is_digest(digest)).map(|_| DIGEST)
}

/// Whether the first part of a name is a registry.
fn is_host(part: &str) -> bool {
    part.contains(['.', ':']) || part == "localhost" || part.bytes().any(|byte| byte.is_ascii_uppercase())
}

fn takes_host(host: &str) -> bool {
    let (name, port) = match host.rsplit_once(':') {
        Some((name, port)) if !port.contains(']') => (name, Some(port)),
        _ => (host, None),
    };
    let is_label = |label: &str| {
        let is_ended = !label.starts_with('-') && !label.ends_with('-');
        !label.is_empty() && is_ended && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    let address = name.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    let is_name = address.map_or_else(|| name.split('.').all(is_label), |address| address.parse::<std::net::Ipv6Addr>().is_ok());
    is_name && port.is_none_or(|port| !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Whether it is a part of a repository's name: words, with `.`, `_`, `__` or any number of `-` between them.
fn is_component(part: &str) -> bool {
    let is_word = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let ends_well = part.bytes().next().is_some_and(is_word) && part.bytes().last().is_some_and(is_word);
    let mut between = part.split(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit()).filter(|text| !text.is_empty());
    ends_well && between.all(|text| matches!(text, "." | "_" | "__") || text.bytes().all(|byte| byte == b'-'))
}

fn is_tag(tag: &str) -> bool {
    let is_of = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.');
    (1..=128).contains(&tag.len()) && !tag.starts_with(['-', '.']) && tag.bytes().all(is_of)
}

fn is_digest(digest: &str) -> bool {
    let Some((algorithm, hex)) = digest.split_once(':') else { return false };
    let length = match algorithm {
        "sha256" => 64,
        "sha384" => 96,
        "sha512" => 128,
        _ => return false,
    };
    hex.len() == length && hex.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

#[cfg(test)]
mod tests {
    use super::wrong;

    #[test]
    fn images_are_told_from_what_is_none() {
        let digest = format!("sha256:{}", "a".repeat(64));
        for image in [
            "busybox",
            "apache/airflow:3.2.0",
            "localhost/a:b",
            "registry.example.com:5000/team/a_b__c--d.e:v1_2-x",
            "Registry/a",
            "[::1]:5000/a",
            "a:5000/b",
            &format!("a/b:1@{digest}"),
            &format!("a@{digest}"),
            "",
        ] {
            assert_eq!(wrong(image), None, "{image}");
        }
        for image in [
            "Nginx",
            "nginx latest",
            "a/B",
            "a//b",
            "/a",
            "a/",
            "a:",
            "a:-b",
            "a:b:c",
            "a_/b",
            "a...b",
            "example.com/",
            "ex_ample.com/a",
            "a@sha256:0",
            "a@md5:0",
            "a@",
            "https://example.com/a",
        ] {
            assert!(wrong(image).is_some(), "{image}");
        }
    }
}
