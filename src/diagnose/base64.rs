//! Base64 in the forms that people use.

use alloc::vec::Vec;

use base64ct::{Base64Unpadded, Encoding as _};

/// Decodes either alphabet, padded or not, in lines or not.
pub(super) fn decode(digits: &[u8]) -> Option<Vec<u8>> {
    let end = digits.iter().rposition(|digit| *digit != b'=').map_or(0, |last| last + 1);
    let standard: Vec<u8> = digits
        .get(..end)?
        .iter()
        .filter(|digit| !matches!(digit, b'\r' | b'\n'))
        .map(|digit| match digit {
            b'-' => b'+',
            b'_' => b'/',
            other => *other,
        })
        .collect();
    Base64Unpadded::decode_vec(core::str::from_utf8(&standard).ok()?).ok()
}
