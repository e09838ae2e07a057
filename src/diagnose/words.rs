//! Lists of short texts in the module.

/// Texts in one, with `|` between them: a list of references takes more than the texts.
#[derive(Clone)]
pub(super) struct Words(Option<&'static [u8]>);

impl Words {
    pub(super) const fn of(list: &'static [u8]) -> Self {
        Self(Some(list))
    }
}

impl Iterator for Words {
    type Item = &'static [u8];

    #[inline(never)]
    fn next(&mut self) -> Option<&'static [u8]> {
        let list = self.0?;
        let word = super::bytes::before(list, b"|").unwrap_or(list);
        self.0 = list.get(word.len() + 1..);
        Some(word)
    }
}
