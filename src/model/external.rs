//! Objects that the manifests refer to and that others provide.

/// An object, or a key of one, that the manifests refer to and that others provide.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct External {
    /// The object's kind.
    pub kind: &'static str,
    /// The object's name.
    pub name: String,
    /// The key of its data, where the object is known and this key may be missing.
    pub key: Option<&'static str>,
}

impl External {
    /// A whole object.
    #[must_use]
    pub fn object(kind: &'static str, name: impl Into<String>) -> Self {
        Self { kind, name: name.into(), key: None }
    }

    /// Whether it is what a reference asks for: an object, or a key of one.
    #[must_use]
    pub fn provides(&self, kind: &str, name: &str, key: Option<&str>) -> bool {
        self.kind == kind && self.name == name && self.key == key
    }
}
