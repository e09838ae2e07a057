//! What digest a token's text can stand for.

use base64ct::{Base64, Base64UrlUnpadded, Encoding as _};

use super::Deviation;

/// A digest, or the beginning of one, and in what its text deviates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reading {
    pub(super) bytes: Vec<u8>,
    pub(super) deviations: Vec<Deviation>,
}

/// The lengths of MD5, SHA-1, SHA-256 and SHA-512, in bytes.
const LENGTHS: [usize; 4] = [16, 20, 32, 64];

/// Fewer bytes of a digest prove nothing: at 8, of a billion candidates one in
/// 18 billion runs matches by chance.
const FEWEST: usize = 8;

const PREFIXES: [&str; 14] = [
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

/// Every way to read a token; none where it is no digest.
pub(super) fn readings(token: &str) -> Vec<Reading> {
    let mut deviations = Vec::new();
    let mut text = token;
    if text.trim() != text {
        deviations.push(Deviation::TokenSpaced);
        text = text.trim();
    }
    for quote in ['"', '\''] {
        if let Some(inner) = text.strip_prefix(quote).and_then(|text| text.strip_suffix(quote)) {
            deviations.push(Deviation::TokenQuoted);
            text = inner;
        }
    }
    let prefix = PREFIXES
        .iter()
        .find(|prefix| text.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix)));
    if let Some(prefix) = prefix {
        if !text.starts_with("sha256=") {
            deviations.push(Deviation::TokenPrefixed);
        }
        text = &text[prefix.len()..];
    }
    let with = |more: &[Deviation], bytes| Reading { bytes, deviations: [&deviations, more].concat() };
    let mut readings = Vec::new();
    let even = &text.get(..text.len() & !1).unwrap_or_default();
    if let Ok(bytes) = hex::decode(even) {
        if LENGTHS.contains(&bytes.len()) && even.len() == text.len() {
            readings.push(with(&[], bytes.clone()));
        }
        if bytes.len() >= FEWEST && (bytes.len() < 64 || even.len() < text.len()) {
            readings.push(with(&[Deviation::TokenTruncated], bytes));
        }
    }
    let unpadded = text.trim_end_matches('=');
    for decoded in [Base64::decode_vec(&padded(unpadded)), Base64UrlUnpadded::decode_vec(unpadded)] {
        let Ok(bytes) = decoded else { continue };
        let digits = core::str::from_utf8(&bytes).ok().and_then(|digits| hex::decode(digits).ok());
        for bytes in [Some(bytes), digits].into_iter().flatten() {
            if LENGTHS.contains(&bytes.len()) && readings.iter().all(|reading| reading.bytes != bytes) {
                readings.push(with(&[Deviation::TokenBase64], bytes));
            }
        }
    }
    readings
}

fn padded(base64: &str) -> String {
    let missing = (4 - base64.len() % 4) % 4;
    format!("{base64}{}", &"==="[..missing])
}
