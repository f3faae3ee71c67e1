//! Merge keys (`<<`).

use super::{Data, Map, Node, SyntaxError};

/// What a merge key brings; of several maps the first has precedence.
pub(super) fn sources(value: Node) -> Result<Map, SyntaxError> {
    let Data::List(items) = value.data else { return source(value) };
    items.into_iter().map(source).try_fold(Map::default(), |mut all, map| {
        for (name, entry) in map? {
            all.entry(name).or_insert(entry);
        }
        Ok(all)
    })
}

fn source(value: Node) -> Result<Map, SyntaxError> {
    let error = SyntaxError::new("a merge key needs a map", value.span(), format!("this is {}", value.kind()));
    if let Data::Map(map) = value.data { Ok(map) } else { Err(error) }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::yaml::{read, read_keeping_last};

    #[test]
    fn merge_keys_count_in_the_order_of_lines() {
        let anchors = "s: &s {k: 3}\nt: &t {k: 4, l: 5}\n";
        for (map, expected, twice) in [
            ("{k: 1, <<: *s}", json!({"k": 3}), 1),
            ("{<<: *s, k: 1}", json!({"k": 1}), 0),
            ("{<<: *s, <<: *t}", json!({"k": 4, "l": 5}), 0),
            ("{<<: [*s, *t]}", json!({"k": 3, "l": 5}), 0),
            ("{l: 1, <<: *s}", json!({"l": 1, "k": 3}), 0),
        ] {
            let text = format!("{anchors}map: {map}\n");
            let (documents, found) = read_keeping_last(&text, 0).unwrap();
            assert_eq!((json!(documents[0].get("map")), found.len()), (expected.clone(), twice), "{map}");
            assert_eq!(json!(read(&text, 0).unwrap()[0].get("map")), expected, "{map}");
        }
        let text = format!("{anchors}map: {{k: 1, <<: *s, k: 2}}\n");
        let (documents, found) = read_keeping_last(&text, 0).unwrap();
        assert_eq!((json!(documents[0].get("map")), found.len()), (json!({"k": 2}), 1));
        for refused in [text.as_str(), "a: 1\na: 2\n"] {
            assert!(read(refused, 0).is_err(), "{refused}");
        }
    }
}
