//! Base64 (RFC 4648). The crate base64ct takes the same time for every digit, which only
//! secrets need, and is some kilobytes larger in a module.

use alloc::vec::Vec;

/// In the standard alphabet, padded, without line breaks.
#[inline(never)]
pub(crate) fn encode(bytes: &[u8]) -> Vec<u8> {
    let mut text = Vec::with_capacity(bytes.len().div_ceil(3) * 4);
    let mut rest = bytes;
    while let Some((first, after)) = rest.split_first() {
        let second = after.first().copied();
        let third = after.get(1).copied();
        let bits = u32::from_be_bytes([0, *first, second.unwrap_or(0), third.unwrap_or(0)]);
        text.push(digit(bits >> 18));
        text.push(digit(bits >> 12));
        text.push(if second.is_some() { digit(bits >> 6) } else { b'=' });
        text.push(if third.is_some() { digit(bits) } else { b'=' });
        rest = after.get(2..).unwrap_or_default();
    }
    text
}

/// The digit of the last six bits.
#[inline(never)]
const fn digit(bits: u32) -> u8 {
    let [value, ..] = (bits & 63).to_le_bytes();
    match value {
        0..26 => b'A' + value,
        26..52 => b'a' + value - 26,
        52..62 => b'0' + value - 52,
        62 => b'+',
        _ => b'/',
    }
}

/// Decodes either alphabet, padded with any number of `=` or not, in lines or not. `None` for
/// other characters, and for bits that belong to no byte.
#[inline(never)]
pub(crate) fn decode(digits: &[u8]) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(digits.len() / 4 * 3 + 3);
    let (mut bits, mut count) = (0_u32, 0_u32);
    let mut rest = digits;
    while let [before @ .., b'='] = rest {
        rest = before;
    }
    for digit in rest {
        let value = match digit {
            b'\r' | b'\n' => continue,
            b'A'..=b'Z' => digit - b'A',
            b'a'..=b'z' => digit - b'a' + 26,
            b'0'..=b'9' => digit - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => return None,
        };
        bits = bits << 6 | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count).to_le_bytes()[0]);
            bits &= (1 << count) - 1;
        }
    }
    (count < 6 && bits == 0).then_some(bytes)
}
