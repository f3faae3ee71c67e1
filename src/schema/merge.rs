//! How patches change a tree: what Kubernetes' own types say of it.

use super::Schema;

/// How a patch changes a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Merge {
    /// It takes the place of the list.
    Replace,
    /// Items with the same value of this key are merged, others are added.
    ByKey(&'static str),
    /// Items that are not there yet are added.
    AsSet,
}

impl Schema<'_> {
    /// How a patch changes the list.
    #[must_use]
    pub fn merge(self) -> Merge {
        match self.alternatives().find_map(|one| one.0.merge_key) {
            Some(key) => Merge::ByKey(key),
            None if self.is_marked(super::kept::MERGED) => Merge::AsSet,
            None => Merge::Replace,
        }
    }

    /// The schema of the value of a key, and whether a patch replaces that value as a whole.
    #[must_use]
    pub fn patched(self, key: &str) -> (Option<Schema<'static>>, bool) {
        (self.property(key), self.0.replaced.contains(&key))
    }

    /// The schema of a list's items.
    #[must_use]
    pub fn of_items(self) -> Option<Schema<'static>> {
        self.items()
    }
}
