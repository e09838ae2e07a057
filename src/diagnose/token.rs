//! The digests that a token's text can stand for.

use alloc::vec::Vec;

use crate::base64;

use super::{Deviation, bytes, deviation::with, hex, literal, percent, secret::INVISIBLE, words::Words};

/// A digest, or what is left of one, and the deviations of its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reading {
    pub(super) digest: Digest,
    pub(super) deviations: Vec<Deviation>,
}

/// What a text says about a digest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Digest {
    Whole(Vec<u8>),
    /// The digits at its start and at its end.
    Ends(Vec<u8>, Vec<u8>),
    /// All digits, but of each byte without its leading zero, or with the sign of a byte of Java.
    Unpadded(Vec<u8>),
}

/// How a digest is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notation {
    /// Hexadecimal digits.
    Hex,
    /// Base64, perhaps of the digits.
    Base64,
    /// Numbers.
    Numbers,
}

impl Notation {
    /// All of them.
    pub const ALL: &'static [Self] = &[Self::Hex, Self::Base64, Self::Numbers];

    /// `"hex"`, `"base64"` or `"numbers"`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Hex => "hex",
            Self::Base64 => "base64",
            Self::Numbers => "numbers",
        }
    }
}

impl Reading {
    /// Whether it can stand for a digest of this length, in bytes.
    pub(super) fn fits(&self, length: usize) -> bool {
        match &self.digest {
            Digest::Whole(bytes) => bytes.len() == length,
            Digest::Ends(start, end) => start.len() + end.len() < 2 * length,
            Digest::Unpadded(digits) => may_be_unpadded(digits, length),
        }
    }

    /// Whether it has all digits of a SHA-256, as far as they can be counted.
    pub(super) fn is_whole_sha256(&self) -> bool {
        self.fits(32) && self.cost() == 0 && !self.deviations.contains(&Deviation::TokenZerosLost)
    }

    /// How unlikely it is that a digest was written so.
    pub(super) fn cost(&self) -> u8 {
        u8::from(!matches!(self.digest, Digest::Whole(_)))
    }

    pub(super) fn stands_for(&self, digest: &[u8]) -> bool {
        if !self.fits(digest.len()) {
            return false;
        }
        match &self.digest {
            Digest::Whole(bytes) => bytes == digest,
            Digest::Ends(start, end) => {
                let digits = hex::encode(digest);
                digits.starts_with(start) && digits.ends_with(end)
            }
            Digest::Unpadded(text) => {
                [false, true].into_iter().any(|is_signed| is_unpadded(digest, text, is_signed))
            }
        }
    }

    pub(super) fn notation(&self) -> Notation {
        if self.deviations.contains(&Deviation::TokenBase64) {
            Notation::Base64
        } else if self.deviations.contains(&Deviation::TokenNumbers) {
            Notation::Numbers
        } else {
            Notation::Hex
        }
    }
}

/// What Java writes before the digits of a negative byte.
const SIGN: &[u8] = b"ffffff";

/// One byte in sixteen has a leading zero, and half of the bytes are negative in Java.
fn may_be_unpadded(digits: &[u8], length: usize) -> bool {
    let is_signed = digits.len() > 2 * length && bytes::has(digits, SIGN);
    is_signed && digits.len() <= 8 * length || (2 * length - length / 2..2 * length).contains(&digits.len())
}

/// Whether the text is the digits of each byte without leading zeros; with a sign, a byte from
/// 0x80 begins with `ffffff`.
fn is_unpadded(digest: &[u8], text: &[u8], is_signed: bool) -> bool {
    let mut made = Vec::with_capacity(text.len());
    for byte in digest {
        if is_signed && *byte >= 0x80 {
            bytes::push(SIGN, &mut made);
        }
        hex::push(*byte, &mut made);
        if *byte < 0x10 {
            let digit = made.pop();
            made.pop();
            made.extend(digit);
        }
    }
    made == text
}

/// The lengths of MD5, SHA-1, SHA-256 and SHA-512, in bytes.
const LENGTHS: [usize; 4] = [16, 20, 32, LONGEST];
const LONGEST: usize = 64;

/// Fewer digits prove nothing. With 16 digits and a billion candidates, one search in
/// 18 billion finds a match by chance.
const FEWEST_DIGITS: usize = 16;

/// So many leading zeros, and no more, can have been lost.
const MOST_ZEROS: usize = 8;

/// In lower case.
const PREFIXES: Words = Words::of(
    b"x-mia-token:|x-mia-signature:|x-mia-token=|x-mia-signature=|sha256=|sha256:|sha256-|sha256 |sha-256=|sha-256:|\
    sha512=|sha1=|md5=|hmac-sha256=|hmac=|v1=|v1,|bearer |basic |token |signature |0x",
);

/// Every way to read a token; empty if it is not a digest in any form.
pub(super) fn readings(token: &str) -> Vec<Reading> {
    let mut readings = Readings { found: Vec::new() };
    let seen = bytes::without_characters(token, INVISIBLE.strip_prefix('\t').unwrap_or_default());
    let seen = core::str::from_utf8(&seen).unwrap_or_default();
    let mut deviations = Vec::new();
    if seen.len() != token.len() {
        deviations.push(Deviation::TokenInvisible);
    }
    let text = bytes::trimmed(seen);
    if text.len() != seen.len() {
        deviations.push(Deviation::TokenSpaced);
    }
    readings.of_text(text.as_bytes(), &deviations);
    if readings.found.is_empty() {
        readings.of_line(text, &deviations);
    }
    readings.found
}

fn without_prefix(text: &[u8]) -> Option<&[u8]> {
    let mut prefixes = PREFIXES;
    prefixes.find_map(|prefix| {
        let (start, rest) = text.split_at_checked(prefix.len())?;
        start.eq_ignore_ascii_case(prefix).then_some(rest)
    })
}

/// What is before the next byte that is no part of a digest in any form, nor one of these.
fn next_part<'l>(rest: &mut Option<&'l [u8]>, more: &[u8]) -> Option<&'l [u8]> {
    let line = (*rest)?;
    let is_part = |byte: &u8| {
        byte.is_ascii_alphanumeric() || bytes::holds(b"+/_-.\\%", *byte) || bytes::holds(more, *byte)
    };
    let end = line.iter().position(|byte| !is_part(byte)).unwrap_or(line.len());
    *rest = line.get(end + 1..);
    line.get(..end)
}

/// Without what is before the first letter or digit, but for these.
fn without_signs<'w>(word: &'w [u8], kept: &[u8]) -> &'w [u8] {
    let mut word = word;
    while let [first, rest @ ..] = word
        && !first.is_ascii_alphanumeric()
        && !bytes::holds(kept, *first)
    {
        word = rest;
    }
    word
}

fn without_signs_at_end(word: &[u8]) -> &[u8] {
    let mut word = word;
    while let [rest @ .., last] = word
        && !last.is_ascii_alphanumeric()
    {
        word = rest;
    }
    word
}

struct Readings {
    found: Vec<Reading>,
}

impl Readings {
    fn add(&mut self, deviations: &[Deviation], more: Option<Deviation>, digest: Digest) {
        let mut deviations = deviations.to_vec();
        deviations.extend(more);
        self.found.push(Reading { digest, deviations });
    }

    /// The text is the token, perhaps in quotes or behind a prefix.
    fn of_text(&mut self, text: &[u8], deviations: &[Deviation]) {
        let mut deviations = deviations.to_vec();
        let mut text = text;
        while let Some(inner) = literal::without_quotes(text) {
            if deviations.last() != Some(&Deviation::TokenQuoted) {
                deviations.push(Deviation::TokenQuoted);
            }
            text = inner;
        }
        let mut rest = text;
        while let Some(after) = without_prefix(rest) {
            rest = after.trim_ascii();
        }
        // `sha256=` in lower case is accepted.
        if rest.len() != text.len() && bytes::rest(text, b"sha256=") != Some(rest) {
            deviations.push(Deviation::TokenPrefixed);
        }
        self.of_digits(rest, &deviations);
        self.of_base64(rest, &deviations);
        if self.found.is_empty() {
            self.of_notation(rest, &deviations);
        }
    }

    /// Whole, if it is as long as a digest.
    fn add_whole(&mut self, deviations: &[Deviation], more: Option<Deviation>, digest: Vec<u8>) {
        if LENGTHS.contains(&digest.len()) {
            self.add(deviations, more, Digest::Whole(digest));
        }
    }

    /// Hexadecimal digits: a digest, its beginning or its end, or a digest without zeros.
    fn of_digits(&mut self, text: &[u8], deviations: &[Deviation]) {
        if text.is_empty() || !hex::are_digits(text) {
            return;
        }
        let digits = text.to_ascii_lowercase();
        let bytes = hex::decode(&digits);
        // Digits of digits.
        let inner = bytes.as_deref().and_then(hex::decode);
        // A proxy joins two headers of one name.
        if let (first, second @ [_, ..]) = digits.split_at_checked(digits.len() / 2).unwrap_or_default()
            && first.len() == 64
            && first == second
        {
            self.add_whole(
                deviations,
                Some(Deviation::TokenRepeated),
                hex::decode(first).unwrap_or_default(),
            );
        }
        if let Some(bytes) = bytes {
            self.add_whole(deviations, None, bytes);
        }
        for length in LENGTHS {
            let zeros = (2 * length).saturating_sub(digits.len());
            if (1..=MOST_ZEROS).contains(&zeros) {
                let padded = bytes::joined(&[b"00000000".get(..zeros).unwrap_or_default(), &digits]);
                let bytes = hex::decode(&padded).unwrap_or_default();
                self.add(deviations, Some(Deviation::TokenZerosLost), Digest::Whole(bytes));
            }
            if may_be_unpadded(&digits, length) {
                self.add(deviations, Some(Deviation::TokenZerosLost), Digest::Unpadded(digits.clone()));
            }
        }
        if (FEWEST_DIGITS..2 * LONGEST).contains(&digits.len()) {
            let cut = Some(Deviation::TokenTruncated);
            self.add(deviations, cut, Digest::Ends(digits.clone(), Vec::new()));
            self.add(deviations, cut, Digest::Ends(Vec::new(), digits));
        }
        if let Some(inner) = inner {
            self.add_whole(deviations, Some(Deviation::TokenHexTwice), inner);
        }
    }

    fn of_base64(&mut self, text: &[u8], deviations: &[Deviation]) {
        if let Some(bytes) = base64::decode(text) {
            // `echo` writes a newline.
            let digits = hex::decode(bytes.trim_ascii());
            self.add_whole(deviations, Some(Deviation::TokenBase64), bytes);
            if let Some(bytes) = digits {
                self.add_whole(deviations, Some(Deviation::TokenBase64), bytes);
            }
        }
    }

    /// Digits that are parted, cut in the middle, escaped, or numbers.
    fn of_notation(&mut self, text: &[u8], deviations: &[Deviation]) {
        let joined = bytes::without(text, b":-_., \t\r\n|/");
        let is_between =
            matches!(text, [first, .., last] if first.is_ascii_hexdigit() && last.is_ascii_hexdigit());
        if is_between && joined.len() != text.len() && joined.len() >= FEWEST_DIGITS {
            self.of_digits(&joined, &with(deviations, Deviation::TokenSeparated));
        }
        if let Some(bytes) = literal::listed(text)
            && joined.len() != 2 * bytes.len()
        {
            self.add_whole(deviations, Some(Deviation::TokenNumbers), bytes);
        }
        for gap in ["…", "...", "***"] {
            if let Some(start) = bytes::before(text, gap.as_bytes()) {
                let mut end = text.get(start.len()..).unwrap_or_default();
                while let [first, rest @ ..] = end
                    && !first.is_ascii_hexdigit()
                {
                    end = rest;
                }
                if hex::are_digits(start) && hex::are_digits(end) && start.len() + end.len() >= FEWEST_DIGITS
                {
                    let ends = Digest::Ends(start.to_ascii_lowercase(), end.to_ascii_lowercase());
                    self.add(deviations, Some(Deviation::TokenTruncated), ends);
                }
            }
        }
        if let Some(rest) = bytes::rest(text, b"\\x") {
            self.of_digits(rest, &with(deviations, Deviation::TokenPrefixed));
        }
        let escaped = with(deviations, Deviation::TokenEscaped);
        for resolved in
            [Some(percent::decode(text)), literal::resolved(text), literal::without_entities(text)]
        {
            if let Some(resolved) = resolved
                && resolved != text
            {
                let resolved = resolved.trim_ascii();
                self.of_digits(resolved, &escaped);
                self.of_base64(resolved, &escaped);
                if let Some(rest) = without_prefix(resolved) {
                    self.of_digits(rest, &escaped);
                }
            }
        }
        // A form makes a space of a plus.
        if bytes::holds(text, b' ') {
            self.of_base64(&bytes::replaced(text, b" ", b"+"), &escaped);
        }
    }

    /// The line of a tool, a header, a record: the words in it that are as long as digests.
    fn of_line(&mut self, line: &str, deviations: &[Deviation]) {
        let with = with(deviations, Deviation::TokenInLine);
        let bytes = line.as_bytes();
        // Digits that lost zeros, or the beginning of a digest.
        let mut longest: &[u8] = &[];
        let mut rest = Some(bytes);
        while let Some(word) = next_part(&mut rest, b"") {
            let word = without_signs_at_end(without_signs(word, b""));
            if !hex::are_digits(word) {
                continue;
            }
            if LENGTHS.iter().any(|length| word.len() == 2 * length) {
                self.of_digits(word, &with);
            }
            if word.len() >= longest.len() {
                longest = word;
            }
        }
        let mut rest = Some(bytes);
        while let Some(word) = next_part(&mut rest, b"=") {
            let word = without_signs(word, b"+/");
            if self.found.is_empty() && word.len() >= 22 {
                self.of_base64(word, &with);
            }
        }
        // `name=` may stand before it, and digits may be parted.
        for separator in *b"=: " {
            for place in 0..bytes.len() {
                if self.found.is_empty() && bytes.get(place) == Some(&separator) {
                    let rest = bytes::trimmed(line.get(place + 1..).unwrap_or_default());
                    self.of_text(rest.as_bytes(), &with);
                }
            }
        }
        if self.found.is_empty() && longest.len() >= FEWEST_DIGITS {
            self.of_digits(longest, &with);
        }
    }
}
