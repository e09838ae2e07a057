//! Finds the name that a misspelled one most likely means.

/// Longer names, in characters, are not misspellings of a known one.
pub(super) const MAX_MISSPELLED: usize = 64;

/// A name without its case and separators, for comparing. Every known name is
/// ASCII; the case of other characters would cost the wasm module 16 kB of tables.
pub(super) fn folded(name: &str) -> String {
    name.chars()
        .filter(|c| !matches!(c, '_' | '-' | '.') && !c.is_whitespace())
        .map(|c| c.to_ascii_lowercase())
        .collect()
}

/// The words of a name in lower case: `yourTenantId` and `YOUR_TENANT_ID` have the same
/// three.
pub(super) fn words(name: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut was_lower = false;
    for c in name.chars() {
        let is_start = was_lower && c.is_ascii_uppercase();
        if (is_start || !c.is_ascii_alphanumeric()) && !word.is_empty() {
            words.push(core::mem::take(&mut word));
        }
        if c.is_ascii_alphanumeric() {
            word.push(c.to_ascii_lowercase());
        }
        was_lower = c.is_ascii_lowercase();
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

/// The known name that is the fewest edits away, if they are few enough.
pub(super) fn nearest<'n>(
    name: &str,
    known: impl Iterator<Item = &'n str>,
    is_near: impl Fn(usize, &str) -> bool,
) -> Option<&'n str> {
    known
        .map(|candidate| (strsim::osa_distance(name, candidate), candidate))
        .filter(|(distance, candidate)| is_near(*distance, candidate))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// Whether two words are at most two edits apart.
pub(super) fn is_near(one: &str, other: &str) -> bool {
    strsim::osa_distance(one, other) <= 2
}
