//! The digests that a token's text can stand for.

use alloc::vec::Vec;

use super::{Deviation, base64};

/// A digest, or the beginning of one, and the deviations of its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reading {
    pub(super) bytes: Vec<u8>,
    pub(super) deviations: Vec<Deviation>,
}

impl Reading {
    /// Whether it can stand for a digest of this length.
    pub(super) fn fits(&self, length: usize) -> bool {
        if self.deviations.contains(&Deviation::TokenTruncated) {
            self.bytes.len() < length
        } else {
            self.bytes.len() == length
        }
    }

    pub(super) fn stands_for(&self, digest: &[u8]) -> bool {
        self.fits(digest.len()) && digest.starts_with(&self.bytes)
    }
}

/// The lengths of MD5, SHA-1, SHA-256 and SHA-512, in bytes.
const LENGTHS: [usize; 4] = [16, 20, 32, LONGEST];
const LONGEST: usize = 64;

/// Fewer bytes of a digest prove nothing. With 8 bytes and a billion candidates, one
/// search in 18 billion finds a match by chance.
const FEWEST: usize = 8;

const PREFIXES: [&str; 16] = [
    "x-mia-token:",
    "x-mia-signature:",
    "sha256=",
    "sha256:",
    "sha256-",
    "sha-256=",
    "sha512=",
    "sha1=",
    "md5=",
    "hmac-sha256=",
    "hmac=",
    "v1=",
    "v1,",
    "bearer ",
    "token ",
    "0x",
];

/// Every way to read a token; empty if it is not a digest in any form.
pub(super) fn readings(token: &str) -> Vec<Reading> {
    let mut deviations = Vec::new();
    let mut text = token.trim().as_bytes();
    if text.len() != token.len() {
        deviations.push(Deviation::TokenSpaced);
    }
    for quote in [b'"', b'\''] {
        if let [open, inner @ .., close] = text
            && [*open, *close] == [quote; 2]
        {
            deviations.push(Deviation::TokenQuoted);
            text = inner;
        }
    }
    let mut rest = text;
    while let Some(after) = without_prefix(rest) {
        rest = after.trim_ascii();
    }
    // `sha256=` in lower case is accepted.
    if rest.len() != text.len() && text.strip_prefix(b"sha256=") != Some(rest) {
        deviations.push(Deviation::TokenPrefixed);
    }
    text = rest;
    let mut readings = Readings { deviations, found: Vec::new() };
    // An odd number of digits can only be a beginning: the last digit is half a byte.
    let is_odd = text.len() % 2 == 1;
    if let Some(bytes) = text.get(..text.len() & !1).and_then(|even| hex::decode(even).ok()) {
        if LENGTHS.contains(&bytes.len()) && !is_odd {
            readings.add(None, bytes.clone());
        }
        if bytes.len() >= FEWEST && bytes.len() < LONGEST {
            readings.add(Some(Deviation::TokenTruncated), bytes);
        }
    }
    if let Some(bytes) = base64::decode(text) {
        let digits = hex::decode(&bytes);
        for bytes in [Some(bytes), digits.ok()].into_iter().flatten() {
            if LENGTHS.contains(&bytes.len()) {
                readings.add(Some(Deviation::TokenBase64), bytes);
            }
        }
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
    /// The deviations that all readings share.
    deviations: Vec<Deviation>,
    found: Vec<Reading>,
}

impl Readings {
    fn add(&mut self, deviation: Option<Deviation>, bytes: Vec<u8>) {
        let mut deviations = self.deviations.clone();
        deviations.extend(deviation);
        self.found.push(Reading { bytes, deviations });
    }
}
