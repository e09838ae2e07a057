//! Base64 in a record.

use crate::base64;

/// With padding, without line breaks.
pub(super) fn encode(bytes: &[u8]) -> String {
    base64::encode(bytes).into_iter().map(char::from).collect()
}

/// Decodes the standard or the URL-safe alphabet, padded or not, with or without white
/// space. `None` for any other character, for bits that belong to no byte, for more padding
/// than a group can have, and for nothing.
pub(super) fn decode(text: &str) -> Option<Vec<u8>> {
    let digits: Vec<u8> = text.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
    let padding = digits.iter().rev().take_while(|digit| **digit == b'=').count();
    base64::decode(&digits).filter(|bytes| padding < 3 && !bytes.is_empty())
}
