//! Images by their digests, as people say them in two keys: `repository: NAME@sha256`, and the digest's digits as the tag.

use crate::yaml::{Data, Node};

/// The end of a repository that asks for a digest.
const ALGORITHM: &str = "@sha256";

/// The keys of Airflow's image at the top: repository, tag, digest.
const OF_AIRFLOW: [&str; 3] = ["defaultAirflowRepository", "defaultAirflowTag", "defaultAirflowDigest"];

/// The same of an image that has a map of its own.
const OF_IMAGE: [&str; 3] = ["repository", "tag", "digest"];

/// Makes the digest of the tag, for each image that is said so: the image is the same.
pub fn settle(values: &mut Node) {
    of_map(values, OF_AIRFLOW);
    let Data::Map(entries) = &mut values.data else { return };
    if let Some(Data::Map(images)) = entries.get_mut("images").map(|entry| &mut entry.value.data) {
        images.values_mut().for_each(|image| of_map(&mut image.value, OF_IMAGE));
    }
}

fn of_map(node: &mut Node, [repository, tag, digest]: [&str; 3]) {
    let name = node.text(&[repository]).and_then(|name| name.strip_suffix(ALGORITHM)).map(str::to_owned);
    let digits = node.get(tag).map(Node::scalar).filter(|digits| is_digest(digits));
    let (Some(name), Some(digits), Data::Map(entries)) = (name, digits, &mut node.data) else { return };
    if let Some(mut entry) = entries.shift_remove(tag) {
        entry.value.data = Data::String(format!("sha256:{digits}"));
        entries.insert(digest.to_owned(), entry);
    }
    if let Some(entry) = entries.get_mut(repository) {
        entry.value.data = Data::String(name);
    }
}

fn is_digest(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::yaml::read;

    #[test]
    fn a_tag_that_is_a_digest_becomes_one() {
        let digits = "0a".repeat(32);
        for (text, expected) in [
            (
                format!("images: {{pod_template: {{repository: a/b@sha256, tag: {digits}}}}}"),
                format!("{{\"images\":{{\"pod_template\":{{\"repository\":\"a/b\",\"digest\":\"sha256:{digits}\"}}}}}}"),
            ),
            (
                format!("{{defaultAirflowRepository: a@sha256, defaultAirflowTag: {digits}}}"),
                format!("{{\"defaultAirflowRepository\":\"a\",\"defaultAirflowDigest\":\"sha256:{digits}\"}}"),
            ),
            (
                "images: {airflow: {repository: a@sha256, tag: x}}".to_owned(),
                "{\"images\":{\"airflow\":{\"repository\":\"a@sha256\",\"tag\":\"x\"}}}".to_owned(),
            ),
        ] {
            let mut values = read(&text, 0).unwrap().remove(0);
            settle(&mut values);
            assert_eq!(serde_json::to_string(&values).unwrap(), expected);
        }
    }
}
