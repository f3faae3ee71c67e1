//! Texts of `gen.yaml` in which `{{ environment }}` stands for the name of an environment.

use std::sync::LazyLock;

use minijinja::{Environment, UndefinedBehavior, context};

static ENVIRONMENT: LazyLock<Environment<'static>> = LazyLock::new(|| {
    let mut environment = Environment::empty();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment
});

/// A text for an environment.
///
/// # Errors
///
/// Why the text cannot be filled.
pub fn filled(text: &str, environment: &str) -> Result<String, String> {
    if !text.contains('{') {
        return Ok(text.to_owned());
    }
    let filled = ENVIRONMENT.render_str(text, context! { environment });
    filled.map_err(|error| error.detail().map_or_else(|| error.kind().to_string(), str::to_owned))
}

#[cfg(test)]
mod tests {
    use super::filled;

    #[test]
    fn a_text_knows_the_name_of_its_environment() {
        assert_eq!(filled("rendered/{{ environment }}", "dev").unwrap(), "rendered/dev");
        assert_eq!(filled("rendered/{%if environment == 'dev' %}d{% endif %}", "dev").unwrap(), "rendered/d");
        assert_eq!(filled("{a}", "dev").unwrap(), "{a}");
        assert!(filled("{{ enviroment }}", "dev").is_err());
        assert!(filled("{{ environment", "dev").is_err());
    }
}
