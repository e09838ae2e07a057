//! `secret`: whether it was meant, and whether it can be guessed.
//!
//! TIMING: these rules are for the person who sets the secret, and run on that
//! person's machine. Nobody else can choose what is compared.

use super::{IssueCode, placeholder, report::Findings, surroundings};
use crate::secret::MAX_SECRET_BYTES;

/// An exhaustive search for a shorter secret is cheap.
const VERY_SHORT: usize = 16;

/// As many bytes as the hash has, and as a generated secret has.
const LONG_ENOUGH: usize = 32;

/// Sixteen random hexadecimal digits contain 10 different ones on average.
const FEW_CHARACTERS: usize = 8;

/// The strings that a missing variable, or a value that is not a string, is turned
/// into: no secret is one of these.
pub const SECRET_PLACEHOLDERS: &[&str] = &["undefined", "null", "NaN", "[object Object]"];

/// What stands around a place that a template leaves to be filled in, and whether only
/// a name between the two makes it one.
pub const SECRET_TEMPLATES: &[(&str, &str, bool)] =
    &[("${", "}", false), ("{{", "}}", false), ("$(", ")", false), ("<", ">", false), ("%", "%", true)];

/// What an attacker tries first: letters only, lower case.
const COMMON: &[&str] = &[
    "admin",
    "change",
    "changeit",
    "changeme",
    "console",
    "default",
    "example",
    "itsasecrettoeverybody",
    "letmein",
    "mia",
    "miaplatform",
    "mysecret",
    "pass",
    "passw",
    "password",
    "qwerty",
    "root",
    "secret",
    "secrets",
    "supersecret",
    "test",
    "testing",
    "thesecret",
    "token",
    "topsecret",
    "webhook",
    "webhooks",
    "webhooksecret",
];

/// The same for secrets without letters.
const COMMON_DIGITS: &[&str] = &["0123456789", "123456", "12345678", "123456789", "1234567890"];

pub(super) fn check(secret: &str, at: &str, findings: &mut Findings) {
    if let Some(unusable) = unusable(secret) {
        return findings.add(at, unusable);
    }
    let is_line = surroundings::is_secret_line(secret);
    let ends_in_escape = ["\\n", "\\r"].iter().any(|end| secret.ends_with(end));
    let ends_in_percent = ["%0a", "%0d"].iter().any(|end| secret.to_ascii_lowercase().ends_with(end));
    for (holds, code) in [
        (secret.ends_with(['\n', '\r']), IssueCode::SecretFinalNewline),
        (has_outer_space(secret), IssueCode::SecretOuterSpace),
        (surroundings::is_quoted(secret.trim()) || has_one_quote(secret.trim()), IssueCode::SecretQuoted),
        (secret.len() < VERY_SHORT, IssueCode::SecretVeryShort),
        ((VERY_SHORT..LONG_ENOUGH).contains(&secret.len()), IssueCode::SecretShort),
        (is_monotonous(secret.as_bytes()), IssueCode::SecretMonotonous),
        (is_common(secret), IssueCode::SecretCommon),
        (placeholder::in_secret(secret) && !is_line, IssueCode::PlaceholderLikely),
        (
            surroundings::is_punctuated(secret) && is_plain(secret.trim_end_matches([',', ';'])),
            IssueCode::ValuePunctuated,
        ),
        (secret.trim().contains(surroundings::is_invisible), IssueCode::SecretInvisible),
        (is_line, IssueCode::SecretAssignment),
        (
            surroundings::has_escape(secret) && (is_plain(secret) || ends_in_escape) || ends_in_percent,
            IssueCode::SecretEscaped,
        ),
    ] {
        if holds {
            findings.add(at, code);
        }
    }
}

fn unusable(secret: &str) -> Option<IssueCode> {
    if secret.is_empty() {
        Some(IssueCode::SecretEmpty)
    } else if secret.trim().is_empty() {
        Some(IssueCode::SecretBlank)
    } else if is_placeholder(secret) {
        Some(IssueCode::SecretPlaceholder)
    } else if secret.len() > MAX_SECRET_BYTES {
        Some(IssueCode::SecretTooLong)
    } else {
        None
    }
}

/// Whether a missing variable became this secret, or a template was not filled in.
fn is_placeholder(secret: &str) -> bool {
    let is_name = |text: &str| text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    SECRET_PLACEHOLDERS.contains(&secret)
        || SECRET_TEMPLATES.iter().any(|(open, close, is_named)| {
            let inner = secret.trim().strip_prefix(open).and_then(|rest| rest.strip_suffix(close));
            inner.is_some_and(|inner| !inner.is_empty() && (!is_named || is_name(inner)))
        })
}

/// Whether there are no other signs than those of base64, of words, and of what is around a
/// value. Among random signs, a comma at the end is most likely one of them.
fn is_plain(secret: &str) -> bool {
    secret.chars().all(|c| {
        c.is_ascii_alphanumeric()
            || matches!(c, '+' | '/' | '=' | '_' | '-' | '.' | '"' | '\'' | '`' | ':' | '\\')
            || c.is_whitespace()
    })
}

/// A quote at one end and no other sign: the other quote was not copied.
fn has_one_quote(secret: &str) -> bool {
    let is_quote = |byte: &u8| matches!(byte, b'"' | b'\'' | b'`');
    let bytes = secret.as_bytes();
    let is_outer = bytes.first().is_some_and(is_quote) || bytes.last().is_some_and(is_quote);
    is_outer && bytes.len() > 1 && bytes.iter().filter(|byte| is_quote(byte)).count() == 1 && is_plain(secret)
}

fn has_outer_space(secret: &str) -> bool {
    let line = secret.trim_end_matches(['\n', '\r']);
    line.trim() != line
}

fn is_monotonous(secret: &[u8]) -> bool {
    let mut seen = [false; 256];
    for byte in secret {
        seen[usize::from(*byte)] = true;
    }
    let repeats = |unit: usize| secret.iter().zip(&secret[unit..]).all(|(one, next)| one == next);
    seen.iter().filter(|seen| **seen).count() < FEW_CHARACTERS
        || (1..=8).take_while(|unit| unit * 2 <= secret.len()).any(repeats)
}

fn is_common(secret: &str) -> bool {
    if !secret.is_ascii() {
        return false;
    }
    let letters: String =
        secret.chars().filter(char::is_ascii_alphabetic).map(|c| c.to_ascii_lowercase()).collect();
    if letters.is_empty() {
        let digits: String = secret.chars().filter(char::is_ascii_digit).collect();
        return COMMON_DIGITS.contains(&digits.as_str());
    }
    COMMON.contains(&letters.as_str())
}
