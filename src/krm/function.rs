//! Whose objects are gen's in a list: other functions may have objects of gen there too.

/// A function, by what tells it from others.
#[derive(Clone, Copy, Debug)]
pub struct Function<'f> {
    /// Its name.
    pub name: &'f str,
    /// The namespace of its release; empty, if nobody says one.
    pub namespace: &'f str,
    /// The folder of the file that says what it has to do.
    pub folder: &'f str,
}

impl Function<'_> {
    /// The path of one of its files: no other function has a folder of that name.
    pub(super) fn path(&self, file: &str) -> String {
        let parts = [self.folder, self.namespace, self.name, file];
        parts.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join("/")
    }
}
