//! What has to hold between the keys of a map (`x-rules`), as Rust; `src/schema/rules.rs` says what each means.

use serde_json::Value;

use super::schema::texts;

/// The expressions of all rules; `schema` gives the expression of a schema in one of them.
pub fn of<'d>(rules: &'d [Value], schema: &mut dyn FnMut(&'d Value) -> String) -> Vec<String> {
    rules.iter().map(|rule| one(rule, schema)).collect()
}

fn one<'d>(rule: &'d Value, schema: &mut dyn FnMut(&'d Value) -> String) -> String {
    let list = |key: &str| texts(rule.get(key).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default());
    if let (Some(list), Some(most)) = (rule.get("in"), rule.get("most")) {
        return format!("FieldRule::Most {{ list: {list}, most: {most} }}");
    }
    let amounts = [("one", "1", "1"), ("any", "1", "usize::MAX"), ("most", "0", "1")];
    if let Some((key, least, most)) = amounts.iter().find(|(key, ..)| rule.get(key).is_some()) {
        return format!("FieldRule::Of {{ keys: &{}, least: {least}, most: {most} }}", list(key));
    }
    if let Some(pairs) = rule.get("never").and_then(Value::as_object) {
        let pair = |(key, words): (&String, &Value)| format!("({key:?}, &{})", texts(words.as_array().expect("it is a list")));
        return format!("FieldRule::Never(&[{}])", pairs.iter().map(pair).collect::<Vec<_>>().join(", "));
    }
    if rule.get("unique").is_some() {
        return format!("FieldRule::Unique {{ list: {}, keys: &{} }}", rule["in"], list("unique"));
    }
    let key = rule.get("when").map_or("None".to_owned(), |key| format!("Some({key})"));
    let then = rule.get("then").and_then(Value::as_object).into_iter().flatten();
    let then: Vec<String> = then.map(|(key, node)| format!("({key:?}, {})", schema(node))).collect();
    let (is, needs, lacks) = (list("is"), list("needs"), list("lacks"));
    format!("FieldRule::When(When {{ key: {key}, is: &{is}, needs: &{needs}, lacks: &{lacks}, then: &[{}] }})", then.join(", "))
}
