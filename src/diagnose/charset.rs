//! Text in the charsets that stand in for UTF-8 by mistake.

use alloc::{string::String, vec::Vec};

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
    pub(super) fn encode(self, text: &str) -> Option<Vec<u8>> {
        text.chars()
            .map(|character| {
                let place = self.table().chars().position(|other| other == character);
                match place {
                    _ if character.is_ascii() => u8::try_from(character).ok(),
                    Some(place) => u8::try_from(0x80 + place).ok(),
                    None => u8::try_from(character).ok().filter(|byte| self.is_own(*byte)),
                }
            })
            .collect()
    }

    /// The text of bytes; it exists always.
    pub(super) fn decode(self, bytes: &[u8]) -> String {
        bytes
            .iter()
            .map(|&byte| match byte.checked_sub(0x80) {
                Some(place) if !self.is_own(byte) => {
                    self.table().chars().nth(place.into()).unwrap_or(char::REPLACEMENT_CHARACTER)
                }
                _ => char::from(byte),
            })
            .collect()
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
pub(super) fn utf16(text: &str, is_big_endian: bool) -> Vec<u8> {
    let bytes = |unit: u16| if is_big_endian { unit.to_be_bytes() } else { unit.to_le_bytes() };
    text.encode_utf16().flat_map(bytes).collect()
}

/// UTF-16 with or without a byte-order mark, as UTF-8.
pub(super) fn from_utf16(bytes: &[u8]) -> Option<Vec<u8>> {
    let (is_big_endian, bytes) = match bytes {
        [0xfe, 0xff, rest @ ..] => (true, rest),
        [0xff, 0xfe, rest @ ..] => (false, rest),
        // JSON begins with a character of ASCII.
        [0, _, ..] => (true, bytes),
        [_, 0, ..] => (false, bytes),
        _ => return None,
    };
    if bytes.len() % 2 == 1 {
        return None;
    }
    let units = bytes.chunks_exact(2).map(|pair| {
        let pair = [pair[0], pair[1]];
        if is_big_endian { u16::from_be_bytes(pair) } else { u16::from_le_bytes(pair) }
    });
    let text: Result<String, _> = char::decode_utf16(units).collect();
    text.ok().map(String::into_bytes)
}
