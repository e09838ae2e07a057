//! Percent-encoding (RFC 3986).

use alloc::vec::Vec;

use super::{bytes, hex};

/// Everything but letters, digits and the bytes that are kept, with this for a space.
#[inline(never)]
pub(super) fn push_encoded(text: &[u8], kept: &[u8], space: &[u8], made: &mut Vec<u8>) {
    for byte in text {
        if byte.is_ascii_alphanumeric() || bytes::holds(kept, *byte) {
            made.push(*byte);
        } else if *byte == b' ' {
            bytes::push(space, made);
        } else {
            made.push(b'%');
            hex::push(*byte, made);
            let digits = made.len() - 2;
            made.get_mut(digits..).unwrap_or_default().make_ascii_uppercase();
        }
    }
}

/// A sign without two digits after it stays.
#[inline(never)]
pub(super) fn decode(text: &[u8]) -> Vec<u8> {
    let mut made = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((byte, after)) = rest.split_first() {
        rest = after;
        let decoded = match (*byte, after) {
            (b'%', [high, low, after @ ..]) => {
                let byte = hex::value(*high).zip(hex::value(*low)).map(|(high, low)| high << 4 | low);
                if byte.is_some() {
                    rest = after;
                }
                byte
            }
            _ => None,
        };
        made.push(decoded.unwrap_or(*byte));
    }
    made
}
