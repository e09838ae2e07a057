//! Numbers as languages write them.

use alloc::vec::Vec;

use super::super::{bytes, runtime::Runtime};

/// How a language writes its numbers.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Numbers {
    /// Whether whole numbers are doubles too. Otherwise they stay as they are.
    pub(super) has_only_doubles: bool,
    /// Powers of ten from the first and below the second are written in full.
    pub(super) full: (i8, i8),
    /// What comes before the exponent, and after its sign where it has one digit.
    pub(super) exponent: u8,
    pub(super) has_plus: bool,
    pub(super) has_two_digits: bool,
    /// Whether `.0` follows a whole number, in full and before an exponent.
    pub(super) has_fraction: [bool; 2],
    pub(super) minus_zero: &'static [u8],
}

/// Numbers with more digits are left as they are.
const MAX_DIGITS: usize = 800;

/// So many significant digits are the shortest of their double.
const EXACT_DIGITS: usize = 15;

impl Numbers {
    pub(super) fn write(&self, raw: &[u8], runtime: Runtime, text: &mut Vec<u8>) {
        let is_whole = !raw.iter().any(|byte| matches!(byte, b'.' | b'e' | b'E'));
        if is_whole && !self.has_only_doubles || !self.write_double(raw, runtime, text) {
            bytes::push(if raw == b"-0" && is_whole { self.minus_zero } else { raw }, text);
        }
    }

    fn write_double(&self, raw: &[u8], runtime: Runtime, text: &mut Vec<u8>) -> bool {
        let Some(Decimal { is_negative, digits, power }) = Decimal::shortest(raw, runtime) else {
            return false;
        };
        if digits.is_empty() {
            if is_negative {
                bytes::push(self.minus_zero, text);
            } else {
                text.push(b'0');
                bytes::push(if self.has_fraction[0] { b".0" } else { b"" }, text);
            }
            return true;
        }
        if is_negative {
            text.push(b'-');
        }
        let count = i32::try_from(digits.len()).unwrap_or(i32::MAX);
        if (i32::from(self.full.0)..self.full.1.into()).contains(&power) {
            if power < 0 {
                bytes::push(b"0.", text);
                (power..-1).for_each(|_| text.push(b'0'));
            }
            for (place, digit) in (0..).zip(&digits) {
                if place > 0 && place == power + 1 {
                    text.push(b'.');
                }
                text.push(*digit);
            }
            if count <= power + 1 {
                (count..=power).for_each(|_| text.push(b'0'));
                bytes::push(if self.has_fraction[0] { b".0" } else { b"" }, text);
            }
            return true;
        }
        let (first, rest) = digits.split_at_checked(1).unwrap_or_default();
        bytes::push(first, text);
        if rest.is_empty() {
            bytes::push(if self.has_fraction[1] { b".0" } else { b"" }, text);
        } else {
            text.push(b'.');
            bytes::push(rest, text);
        }
        text.push(self.exponent);
        if power < 0 {
            text.push(b'-');
        } else if self.has_plus {
            text.push(b'+');
        }
        let power = power.unsigned_abs();
        for unit in [100, 10, 1] {
            if power >= unit || unit == 1 || unit == 10 && self.has_two_digits {
                text.push(b'0' + (power / unit % 10).to_le_bytes()[0]);
            }
        }
        true
    }
}

/// `d.ddd × 10^power`; no digits for zero. No zero at the end.
struct Decimal {
    is_negative: bool,
    digits: Vec<u8>,
    power: i32,
}

impl Decimal {
    /// The shortest digits that are read as the same double; `None` where no double is near.
    fn shortest(raw: &[u8], runtime: Runtime) -> Option<Self> {
        let decimal = Self::read(raw)?;
        if decimal.digits.len() <= EXACT_DIGITS && decimal.power.abs() < 300 {
            return Some(decimal);
        }
        let shortest = (runtime.shortest_double)(core::str::from_utf8(raw).ok()?)?;
        Self::read(shortest.as_bytes())
    }

    fn read(raw: &[u8]) -> Option<Self> {
        let (is_negative, mut rest) = match raw {
            [b'-', rest @ ..] => (true, rest),
            rest => (false, rest),
        };
        if rest.len() > MAX_DIGITS {
            return None;
        }
        let mut digits = Vec::new();
        // How many digits are before the point.
        let mut before = None;
        while let Some((digit, after)) = rest.split_first() {
            match digit {
                b'0'..=b'9' => digits.push(*digit),
                b'.' if before.is_none() => before = Some(digits.len()),
                b'e' | b'E' => break,
                _ => return None,
            }
            rest = after;
        }
        let before = before.unwrap_or(digits.len());
        let mut power = i32::try_from(before).ok()? - 1;
        if let [_, exponent @ ..] = rest {
            let (sign, exponent) = match exponent {
                [b'-', exponent @ ..] => (-1, exponent),
                [b'+', exponent @ ..] | exponent => (1, exponent),
            };
            if exponent.is_empty() || exponent.len() > 4 {
                return None;
            }
            let value = exponent.iter().try_fold(0, |value, digit| {
                digit.is_ascii_digit().then(|| value * 10 + i32::from(digit - b'0'))
            })?;
            power += sign * value;
        }
        let mut first = &*digits;
        while let [b'0', rest @ ..] = first {
            first = rest;
            power -= 1;
        }
        let digits = bytes::copied(bytes::without_end(first, b'0'));
        Some(Self { is_negative, digits, power })
    }
}
