//! Text in the charsets that stand in for UTF-8 by mistake.

use alloc::vec::Vec;

use super::bytes;

/// A charset with one byte for each character.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Charset {
    Latin1,
    Windows1252,
    /// Of consoles in Western Europe.
    Cp850,
}

/// 0x80 to 0x9F in Windows-1252. Five bytes have no character: they stand for themselves,
/// as in the Encoding Standard of the WHATWG.
const WINDOWS_1252: &str = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8d}Ž\u{8f}\u{90}‘’“”•–—˜™š›œ\u{9d}žŸ";

/// 0x80 to 0xFF in code page 850.
const CP850: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{ad}±‗¾¶§÷¸°¨·¹³²■\u{a0}";

impl Charset {
    pub(super) const ALL: [Self; 3] = [Self::Latin1, Self::Windows1252, Self::Cp850];

    const fn table(self) -> &'static str {
        match self {
            Self::Latin1 => "",
            Self::Windows1252 => WINDOWS_1252,
            Self::Cp850 => CP850,
        }
    }

    /// The bytes of a text; `None` if a character has none.
    #[inline(never)]
    pub(super) fn encode(self, text: &str) -> Option<Vec<u8>> {
        let mut made = Vec::with_capacity(text.len());
        for character in text.chars() {
            let place = if character.is_ascii() { None } else { self.place(character) };
            made.push(match place {
                Some(place) => 0x80 | place,
                None => u8::try_from(u32::from(character)).ok().filter(|byte| self.is_own(*byte))?,
            });
        }
        Some(made)
    }

    /// The place of a character in the upper half.
    fn place(self, character: char) -> Option<u8> {
        (0..).zip(self.table().chars()).find_map(|(place, other)| (other == character).then_some(place))
    }

    /// The text of bytes; it exists always.
    #[inline(never)]
    pub(super) fn decode(self, text: &[u8]) -> Vec<u8> {
        let mut made = Vec::with_capacity(text.len());
        let mut upper = ['\0'; 0x80];
        for (place, character) in upper.iter_mut().zip(self.table().chars()) {
            *place = character;
        }
        for byte in text {
            let other = if self.is_own(*byte) { None } else { upper.get(usize::from(*byte & 0x7f)) };
            bytes::push_character(other.copied().unwrap_or(char::from(*byte)), &mut made);
        }
        made
    }

    /// Whether a byte is the character of the same number.
    const fn is_own(self, byte: u8) -> bool {
        match self {
            Self::Latin1 => true,
            Self::Windows1252 => byte < 0x80 || byte >= 0xa0,
            Self::Cp850 => byte < 0x80,
        }
    }
}

/// UTF-16 without a byte-order mark.
#[inline(never)]
pub(super) fn push_utf16(text: &str, is_big_endian: bool, made: &mut Vec<u8>) {
    for unit in text.encode_utf16() {
        let [high, low] = unit.to_be_bytes();
        made.push(if is_big_endian { high } else { low });
        made.push(if is_big_endian { low } else { high });
    }
}

/// UTF-16 with or without a byte-order mark, as UTF-8.
#[inline(never)]
pub(super) fn from_utf16(text: &[u8]) -> Option<Vec<u8>> {
    let (is_big_endian, text) = match text {
        [0xfe, 0xff, rest @ ..] => (true, rest),
        [0xff, 0xfe, rest @ ..] => (false, rest),
        // JSON begins with a character of ASCII.
        [0, _, ..] => (true, text),
        [_, 0, ..] => (false, text),
        _ => return None,
    };
    let (pairs, []) = text.as_chunks() else { return None };
    let mut units = pairs
        .iter()
        .map(|pair| if is_big_endian { u16::from_be_bytes(*pair) } else { u16::from_le_bytes(*pair) });
    let mut made = Vec::with_capacity(text.len());
    while let Some(unit) = units.next() {
        let unit = u32::from(unit);
        let point = match unit {
            0xd800..0xdc00 => {
                let low = u32::from(units.next()?).checked_sub(0xdc00).filter(|low| *low < 0x400)?;
                0x1_0000 + ((unit - 0xd800) << 10) + low
            }
            _ => unit,
        };
        bytes::push_character(char::from_u32(point)?, &mut made);
    }
    Some(made)
}

/// With another sign in place of each character beyond ASCII, or of each of its bytes.
#[inline(never)]
pub(super) fn lost(text: &str, sign: &[u8], is_by_byte: bool) -> Vec<u8> {
    let mut made = Vec::with_capacity(text.len());
    for byte in text.bytes() {
        // Only the first byte of a character has these bits.
        let is_first = byte >= 0xc0;
        if byte.is_ascii() {
            made.push(byte);
        } else if is_by_byte || is_first {
            bytes::push(sign, &mut made);
        }
    }
    made
}

/// As UTF-8, with U+FFFD for what is not.
pub(super) fn lossy(text: &[u8]) -> Vec<u8> {
    let mut made = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Err(error) = core::str::from_utf8(rest) {
        bytes::push(rest.get(..error.valid_up_to()).unwrap_or_default(), &mut made);
        bytes::push("\u{fffd}".as_bytes(), &mut made);
        let end = error.error_len().map_or(rest.len(), |length| error.valid_up_to() + length);
        rest = rest.get(end..).unwrap_or_default();
    }
    bytes::push(rest, &mut made);
    made
}
