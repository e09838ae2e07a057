//! The digests that a token's text can stand for.

use alloc::{borrow::ToOwned, string::String, vec::Vec};

use super::{Deviation, base64, literal, secret::INVISIBLE};

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

    /// How unlikely it is that a digest was written so.
    pub(super) fn cost(&self) -> u8 {
        u8::from(!matches!(self.digest, Digest::Whole(_)))
    }

    pub(super) fn stands_for(&self, digest: &[u8]) -> bool {
        match &self.digest {
            Digest::Whole(bytes) => bytes == digest,
            Digest::Ends(start, end) => {
                let digits = hex::encode(digest);
                self.fits(digest.len())
                    && digits.as_bytes().starts_with(start)
                    && digits.as_bytes().ends_with(end)
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

/// One byte in sixteen has a leading zero, and half of the bytes are negative in Java.
fn may_be_unpadded(digits: &[u8], length: usize) -> bool {
    let is_signed = digits.len() > 2 * length && digits.windows(6).any(|part| part == b"ffffff");
    is_signed && digits.len() <= 8 * length || (2 * length - length / 2..2 * length).contains(&digits.len())
}

/// Whether the text is the digits of each byte without leading zeros; with a sign, a byte from
/// 0x80 begins with `ffffff`.
fn is_unpadded(digest: &[u8], text: &[u8], is_signed: bool) -> bool {
    let mut rest = text;
    for byte in digest {
        if is_signed && *byte >= 0x80 {
            let Some(after) = rest.strip_prefix(b"ffffff") else { return false };
            rest = after;
        }
        let digits = hex::encode([*byte]);
        let digits = if *byte < 0x10 { &digits[1..] } else { &digits };
        let Some(after) = rest.strip_prefix(digits.as_bytes()) else { return false };
        rest = after;
    }
    rest.is_empty()
}

/// The lengths of MD5, SHA-1, SHA-256 and SHA-512, in bytes.
const LENGTHS: [usize; 4] = [16, 20, 32, LONGEST];
const LONGEST: usize = 64;

/// Fewer digits prove nothing. With 16 digits and a billion candidates, one search in
/// 18 billion finds a match by chance.
const FEWEST_DIGITS: usize = 16;

/// So many leading zeros, and no more, can have been lost.
const MOST_ZEROS: usize = 8;

const PREFIXES: [&str; 22] = [
    "x-mia-token:",
    "x-mia-signature:",
    "x-mia-token=",
    "x-mia-signature=",
    "sha256=",
    "sha256:",
    "sha256-",
    "sha256 ",
    "sha-256=",
    "sha-256:",
    "sha512=",
    "sha1=",
    "md5=",
    "hmac-sha256=",
    "hmac=",
    "v1=",
    "v1,",
    "bearer ",
    "basic ",
    "token ",
    "signature ",
    "0x",
];

/// Every way to read a token; empty if it is not a digest in any form.
pub(super) fn readings(token: &str) -> Vec<Reading> {
    let mut readings = Readings { found: Vec::new() };
    let seen: String = token.chars().filter(|one| *one == '\t' || !INVISIBLE.contains(one)).collect();
    let mut deviations = Vec::new();
    if seen.len() != token.len() {
        deviations.push(Deviation::TokenInvisible);
    }
    let text = seen.trim();
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
    PREFIXES.iter().find_map(|prefix| {
        let (start, rest) = text.split_at_checked(prefix.len())?;
        start.eq_ignore_ascii_case(prefix.as_bytes()).then_some(rest)
    })
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
        if rest.len() != text.len() && text.strip_prefix(b"sha256=") != Some(rest) {
            deviations.push(Deviation::TokenPrefixed);
        }
        self.of_digits(rest, &deviations);
        self.of_base64(rest, &deviations);
        if self.found.is_empty() {
            self.of_notation(rest, &deviations);
        }
    }

    /// Hexadecimal digits: a digest, its beginning or its end, or a digest without zeros.
    fn of_digits(&mut self, text: &[u8], deviations: &[Deviation]) {
        if text.is_empty() || !text.iter().all(u8::is_ascii_hexdigit) {
            return;
        }
        let digits = text.to_ascii_lowercase();
        if let Ok(bytes) = hex::decode(&digits)
            && LENGTHS.contains(&bytes.len())
        {
            self.add(deviations, None, Digest::Whole(bytes));
        }
        for length in LENGTHS {
            let zeros = (2 * length).saturating_sub(digits.len());
            if (1..=MOST_ZEROS).contains(&zeros) {
                let mut padded = Vec::from([b'0'; MOST_ZEROS]);
                padded.truncate(zeros);
                padded.extend_from_slice(&digits);
                let bytes = hex::decode(padded).unwrap_or_default();
                self.add(deviations, Some(Deviation::TokenZerosLost), Digest::Whole(bytes));
            }
            if may_be_unpadded(&digits, length) {
                self.add(deviations, Some(Deviation::TokenZerosLost), Digest::Unpadded(digits.clone()));
            }
        }
        if (FEWEST_DIGITS..2 * LONGEST).contains(&digits.len()) {
            let cut = Some(Deviation::TokenTruncated);
            self.add(deviations, cut, Digest::Ends(digits.clone(), Vec::new()));
            self.add(deviations, cut, Digest::Ends(Vec::new(), digits.clone()));
        }
        // Digits of digits.
        if let Some(inner) = hex::decode(&digits).ok().and_then(|bytes| hex::decode(bytes).ok())
            && LENGTHS.contains(&inner.len())
        {
            self.add(deviations, Some(Deviation::TokenHexTwice), Digest::Whole(inner));
        }
    }

    fn of_base64(&mut self, text: &[u8], deviations: &[Deviation]) {
        if let Some(bytes) = base64::decode(text) {
            let digits = hex::decode(&bytes);
            for bytes in [Some(bytes), digits.ok()].into_iter().flatten() {
                if LENGTHS.contains(&bytes.len()) {
                    self.add(deviations, Some(Deviation::TokenBase64), Digest::Whole(bytes));
                }
            }
        }
    }

    /// Digits that are parted, cut in the middle, escaped, or numbers.
    fn of_notation(&mut self, text: &[u8], deviations: &[Deviation]) {
        let with = |deviation| [deviations, &[deviation]].concat();
        let is_separator = |byte: &u8| b":-_., \t\r\n|/".contains(byte);
        let joined: Vec<u8> = text.iter().copied().filter(|byte| !is_separator(byte)).collect();
        let is_between =
            matches!(text, [first, .., last] if first.is_ascii_hexdigit() && last.is_ascii_hexdigit());
        if is_between
            && joined.len() != text.len()
            && joined.len() >= FEWEST_DIGITS
            && joined.iter().all(u8::is_ascii_hexdigit)
        {
            self.of_digits(&joined, &with(Deviation::TokenSeparated));
        }
        if let Some(bytes) = literal::bytes(text)
            && LENGTHS.contains(&bytes.len())
        {
            let deviation =
                if joined.len() == 2 * bytes.len() { None } else { Some(Deviation::TokenNumbers) };
            if deviation.is_some() {
                self.add(deviations, deviation, Digest::Whole(bytes));
            }
        }
        for gap in ["…", "...", "***", "…"] {
            let parts = text.windows(gap.len()).position(|part| part == gap.as_bytes());
            if let Some((start, end)) = parts.and_then(|place| text.split_at_checked(place)) {
                let end: Vec<u8> = end.iter().copied().skip_while(|byte| !byte.is_ascii_hexdigit()).collect();
                let [start, end] = [start.to_ascii_lowercase(), end.to_ascii_lowercase()];
                let are_digits = start.iter().chain(&end).all(u8::is_ascii_hexdigit);
                if are_digits && start.len() + end.len() >= FEWEST_DIGITS {
                    self.add(deviations, Some(Deviation::TokenTruncated), Digest::Ends(start, end));
                }
            }
        }
        let decoded: Vec<u8> = percent_encoding::percent_decode(text).collect();
        for resolved in
            [Some(decoded), literal::resolved(text), literal::without_entities(text)].into_iter().flatten()
        {
            if resolved != text {
                let resolved = resolved.trim_ascii();
                self.of_digits(resolved, &with(Deviation::TokenEscaped));
                self.of_base64(resolved, &with(Deviation::TokenEscaped));
                if let Some(rest) = without_prefix(resolved) {
                    self.of_digits(rest, &with(Deviation::TokenEscaped));
                }
            }
        }
        // A form makes a space of a plus.
        if text.contains(&b' ') {
            let plus: Vec<u8> = text.iter().map(|byte| if *byte == b' ' { b'+' } else { *byte }).collect();
            self.of_base64(&plus, &with(Deviation::TokenEscaped));
        }
    }

    /// The line of a tool, a header, a record: the words in it that are as long as digests.
    fn of_line(&mut self, line: &str, deviations: &[Deviation]) {
        let with = [deviations, &[Deviation::TokenInLine]].concat();
        let is_part = |one: char| {
            one.is_ascii_alphanumeric() || matches!(one, '+' | '/' | '_' | '-' | '.' | '\\' | '%')
        };
        let words: Vec<&str> = line
            .split(|one| !is_part(one))
            .map(|word| word.trim_matches(|one: char| !one.is_ascii_alphanumeric()))
            .collect();
        for word in &words {
            let is_digest = LENGTHS.iter().any(|length| word.len() == 2 * length);
            if is_digest && word.bytes().all(|byte| byte.is_ascii_hexdigit()) {
                self.of_digits(word.as_bytes(), &with);
            }
        }
        for word in line.split(|one: char| !(is_part(one) || one == '=')) {
            let word = word
                .trim_start_matches(|one: char| !one.is_ascii_alphanumeric() && !matches!(one, '+' | '/'));
            if self.found.is_empty() && word.len() >= 22 {
                self.of_base64(word.as_bytes(), &with);
            }
        }
        // `name=` may stand before it, and digits may be parted.
        if self.found.is_empty() {
            for separator in ['=', ':', ' '] {
                for (place, _) in line.match_indices(separator) {
                    let rest = line.get(place + 1..).unwrap_or_default().trim().to_owned();
                    if self.found.is_empty() {
                        self.of_text(rest.as_bytes(), &with);
                    }
                }
            }
        }
        // Digits that lost zeros, or the beginning of a digest.
        if self.found.is_empty() {
            let longest = words
                .iter()
                .filter(|word| word.bytes().all(|byte| byte.is_ascii_hexdigit()))
                .max_by_key(|word| word.len());
            if let Some(word) = longest.filter(|word| word.len() >= FEWEST_DIGITS) {
                self.of_digits(word.as_bytes(), &with);
            }
        }
    }
}
