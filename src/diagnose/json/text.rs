//! The characters of strings.

use alloc::vec::Vec;

use crate::diagnose::{bytes, hex};

/// The characters of what is between the quotes of a string, as code points. Half a pair
/// of surrogates stays one; a backslash that escapes nothing stays a backslash.
pub(super) struct Points<'s> {
    rest: &'s [u8],
}

impl<'s> Points<'s> {
    pub(super) const fn of(raw: &'s [u8]) -> Self {
        Self { rest: raw }
    }
}

impl Iterator for Points<'_> {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        let (point, rest) = escape(self.rest).or_else(|| character(self.rest))?;
        self.rest = rest;
        Some(point)
    }
}

/// The first character of UTF-8.
#[inline(never)]
fn character(text: &[u8]) -> Option<(u32, &[u8])> {
    let (first, rest) = text.split_first()?;
    let (mut point, more) = match first {
        0..0xc0 => (u32::from(*first), 0),
        0xc0..0xe0 => (u32::from(first & 0x1f), 1),
        0xe0..0xf0 => (u32::from(first & 0x0f), 2),
        0xf0.. => (u32::from(first & 0x07), 3),
    };
    let (more, rest) = rest.split_at_checked(more)?;
    for byte in more {
        point = point << 6 | u32::from(byte & 0x3f);
    }
    Some((point, rest))
}

fn escape(text: &[u8]) -> Option<(u32, &[u8])> {
    let [b'\\', name, rest @ ..] = text else { return None };
    if *name != b'u' {
        return Some((bytes::mapped(*name, b"\"\\/bfnrt", b"\"\\/\x08\x0c\n\r\t")?.into(), rest));
    }
    let (high, after) = unit(rest)?;
    if (0xd800..0xdc00).contains(&high)
        && let [b'\\', b'u', low @ ..] = after
        && let Some((low @ 0xdc00..0xe000, after)) = unit(low)
    {
        return Some((0x1_0000 + ((high - 0xd800) << 10) + (low - 0xdc00), after));
    }
    Some((high, after))
}

/// Four hexadecimal digits.
fn unit(text: &[u8]) -> Option<(u32, &[u8])> {
    let (digits, rest) = text.split_at_checked(4)?;
    let digits = digits.iter().try_fold(0, |unit, digit| Some(unit << 4 | u32::from(hex::value(*digit)?)));
    Some((digits?, rest))
}

pub(super) fn push(point: u32, text: &mut Vec<u8>) {
    let character = char::from_u32(point).unwrap_or(char::REPLACEMENT_CHARACTER);
    bytes::push_character(character, text);
}

/// The bytes that the text between the quotes of a string stands for.
#[inline(never)]
pub(in crate::diagnose) fn unescaped(raw: &[u8]) -> Vec<u8> {
    let mut text = Vec::with_capacity(raw.len());
    Points::of(raw).for_each(|point| push(point, &mut text));
    text
}

/// How characters of a string are written. The flags say which are written as escapes
/// although JSON does not require it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Escapes(u16);

impl Escapes {
    pub(super) const FEWEST: Self = Self(0);
    /// As the source writes them.
    pub(super) const KEPT: Self = Self(1 << 15);
    /// Everything beyond ASCII.
    pub(super) const NON_ASCII: Self = Self(1);
    /// `/` as `\/`.
    pub(super) const SLASHES: Self = Self(1 << 1);
    /// `<`, `>` and `&`.
    pub(super) const HTML: Self = Self(1 << 2);
    /// U+2028 and U+2029.
    pub(super) const LINES: Self = Self(1 << 3);
    /// `=` and `'`.
    pub(super) const EQUALS: Self = Self(1 << 4);
    /// `'`, `+` and a backquote; and `"` as `\u0022`.
    pub(super) const DOTNET: Self = Self(1 << 5);
    /// The hexadecimal digits of escapes are upper case.
    pub(super) const UPPER: Self = Self(1 << 6);
    /// DEL.
    pub(super) const DEL: Self = Self(1 << 7);
    /// U+0080 to U+009F.
    pub(super) const C1: Self = Self(1 << 8);
    /// Backspace and form feed as `\u0008` and `\u000c`.
    pub(super) const LONG: Self = Self(1 << 9);
    /// `</` as `<\/`.
    pub(super) const CLOSING: Self = Self(1 << 10);
    /// U+2000 to U+20FF.
    pub(super) const PUNCTUATION: Self = Self(1 << 11);

    pub(super) const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(super) const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    pub(super) const fn has(self, one: Self) -> bool {
        self.0 & one.0 != 0
    }

    const fn apply_to(self, point: u32) -> bool {
        match point {
            0x3c | 0x3e | 0x26 => self.has(Self::HTML),
            0x3d => self.has(Self::EQUALS),
            0x27 => self.has(Self(Self::EQUALS.0 | Self::DOTNET.0)),
            0x22 | 0x2b | 0x60 => self.has(Self::DOTNET),
            0x7f => self.has(Self::DEL),
            0x80..0xa0 => self.has(Self(Self::C1.0 | Self::NON_ASCII.0)),
            0x2028 | 0x2029 => self.has(Self(Self::LINES.0 | Self::PUNCTUATION.0 | Self::NON_ASCII.0)),
            0x2000..0x2100 => self.has(Self(Self::PUNCTUATION.0 | Self::NON_ASCII.0)),
            0xd800..0xe000 => true,
            0xa0.. => self.has(Self::NON_ASCII),
            _ => false,
        }
    }

    pub(super) fn write(self, raw: &[u8], text: &mut Vec<u8>) {
        text.push(b'"');
        if self == Self::KEPT {
            bytes::push(raw, text);
        } else {
            let mut rest = raw;
            // Most characters stay as they are.
            while let Some(place) = rest.iter().position(|byte| !is_plain(*byte)) {
                let (plain, after) = rest.split_at_checked(place).unwrap_or_default();
                bytes::push(plain, text);
                let mut points = Points::of(after);
                let Some(point) = points.next() else { break };
                self.write_point(point, text);
                rest = points.rest;
            }
            bytes::push(rest, text);
        }
        text.push(b'"');
    }

    #[inline(never)]
    fn write_point(self, point: u32, text: &mut Vec<u8>) {
        let short = match point {
            _ if self.apply_to(point) => None,
            0x2f if self.has(Self::SLASHES) || self.has(Self::CLOSING) && text.ends_with(b"<") => Some(b'/'),
            0x08 | 0x0c if self.has(Self::LONG) => None,
            _ => {
                let byte = u8::try_from(point).unwrap_or(u8::MAX);
                let short = bytes::mapped(byte, b"\"\\\x08\x0c\n\r\t", b"\"\\bfnrt");
                if short.is_none() && point >= 0x20 {
                    return push(point, text);
                }
                short
            }
        };
        if let Some(short) = short {
            bytes::push(&[b'\\', short], text);
        } else if let Some(pair) = point.checked_sub(0x1_0000) {
            self.write_unit(0xd800 + (pair >> 10), text);
            self.write_unit(0xdc00 + (pair & 0x3ff), text);
        } else {
            self.write_unit(point, text);
        }
    }

    #[inline(never)]
    fn write_unit(self, unit: u32, text: &mut Vec<u8>) {
        bytes::push(b"\\u", text);
        let start = text.len();
        let [.., high, low] = unit.to_be_bytes();
        hex::push(high, text);
        hex::push(low, text);
        if self.has(Self::UPPER) {
            text.get_mut(start..).unwrap_or_default().make_ascii_uppercase();
        }
    }
}

/// Whether no writer escapes it.
const fn is_plain(byte: u8) -> bool {
    matches!(byte, b' ' | b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b'_' | b'-' | b'.' | b':' | b',')
}

/// A text as a JSON string, quotes included.
pub(in crate::diagnose) fn quoted(source: &[u8]) -> Vec<u8> {
    Escapes::FEWEST.quoted(source)
}

impl Escapes {
    #[inline(never)]
    pub(super) fn quoted(self, source: &[u8]) -> Vec<u8> {
        let mut text = Vec::with_capacity(source.len() + 2);
        text.push(b'"');
        let mut rest = source;
        while let Some((point, after)) = character(rest) {
            self.write_point(point, &mut text);
            rest = after;
        }
        text.push(b'"');
        text
    }
}
