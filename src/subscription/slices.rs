//! Parts of a text. They do what `contains`, `split_once` and slicing do; the standard
//! library's searcher and the messages of its panics would cost the wasm module some
//! kilobytes after gzip.

/// Whether a part occurs in a text.
pub(super) fn has(text: &str, part: &str) -> bool {
    parted(text, part).is_some()
}

/// What is before and behind the first such part.
pub(super) fn parted<'t>(text: &'t str, part: &str) -> Option<(&'t str, &'t str)> {
    let part_bytes = part.as_bytes();
    // One byte is compared at most places, without a call.
    let is_part = |window: &[u8]| window.first() == part_bytes.first() && window == part_bytes;
    let at = text.as_bytes().windows(part.len()).position(is_part)?;
    Some((text.get(..at)?, text.get(at + part.len()..)?))
}

/// The text from a place on; empty where no character starts.
pub(super) fn from(text: &str, at: usize) -> &str {
    text.get(at..).unwrap_or_default()
}

/// The text before the first character of a kind, and the rest.
pub(super) fn split_at_first(text: &str, is_meant: impl Fn(char) -> bool) -> (&str, &str) {
    let at = text.find(is_meant).unwrap_or(text.len());
    text.split_at_checked(at).unwrap_or((text, ""))
}
