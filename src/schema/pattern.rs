//! The form of a text: a regular expression, as the table that `build/pattern.rs` makes of it.

/// An automaton over the bytes of a text. It begins in the state 0.
#[derive(Debug)]
pub(crate) struct Pattern {
    /// The class of each byte.
    pub classes: &'static [u8; 256],
    /// How many classes there are.
    pub width: usize,
    /// For each state, the next one by the class of the byte.
    pub next: &'static [u8],
    /// For each state, 1 if a text may end there.
    pub ends: &'static [u8],
}

impl Pattern {
    /// Whether a whole text is of the form.
    pub fn matches(&self, text: &str) -> bool {
        let next = |state: u8, byte: u8| self.next[usize::from(state) * self.width + usize::from(self.classes[usize::from(byte)])];
        self.ends[usize::from(text.bytes().fold(0, next))] == 1
    }
}
