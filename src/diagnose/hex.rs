//! Hexadecimal digits. One function for bytes is a third of the crate's iterators.

use alloc::vec::Vec;

/// A byte as two digits in lower case.
#[inline(never)]
pub(super) fn push(byte: u8, text: &mut Vec<u8>) {
    for digit in [byte >> 4, byte & 15] {
        text.push(digit + if digit < 10 { b'0' } else { b'a' - 10 });
    }
}

/// In lower case.
#[inline(never)]
pub(super) fn encode(bytes: &[u8]) -> Vec<u8> {
    let mut text = Vec::with_capacity(2 * bytes.len());
    for byte in bytes {
        push(*byte, &mut text);
    }
    text
}

/// `None` if something else is between the digits, or one is without its pair.
#[inline(never)]
pub(super) fn decode(digits: &[u8]) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(digits.len() / 2);
    let mut rest = digits;
    while let [high, low, after @ ..] = rest {
        bytes.push(value(*high)? << 4 | value(*low)?);
        rest = after;
    }
    rest.is_empty().then_some(bytes)
}

#[inline(never)]
pub(super) fn value(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        b'A'..=b'F' => Some(digit - b'A' + 10),
        _ => None,
    }
}

/// Whether there is nothing but digits.
#[inline(never)]
pub(super) fn are_digits(text: &[u8]) -> bool {
    text.iter().all(u8::is_ascii_hexdigit)
}
