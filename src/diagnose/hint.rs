//! Likely mistakes in a delivery, when nothing proves how its token was made.

use alloc::vec::Vec;

use super::{
    Blame, MAX_PAYLOAD_BYTES, Question,
    json::{self, MINIFIED},
    token,
};

use crate::finding::findings;

findings! {
    /// A likely mistake, when none is proved.
    ///
    /// Names are stable; new ones may be added.
    ///
    /// ```
    /// use mia_webhooks::diagnose::{Hint, Question, hints};
    ///
    /// let question = Question { payload: b"{", token: "0", secret: b"secret", other_secrets: &[] };
    /// assert_eq!(hints(&question)[..2], [Hint::TokenNoDigest, Hint::PayloadNotJson]);
    /// ```
    Hint,
    /// What to check.
    blame: Blame;

    Token TokenNoDigest, "token_no_digest",
        "The token is not 64 hexadecimal digits, nor a digest in any other form.",
        "Copy the whole value of the header X-Mia-Token or X-Mia-Signature.";
    Payload PayloadMissing, "payload_missing",
        "There is no payload.",
        "Copy the raw body of the request.";
    Payload PayloadNotUtf8, "payload_not_utf8",
        "The payload is not UTF-8, but the Console sends UTF-8.",
        "Look for something that compressed or encoded the body, or changed its charset.";
    Payload PayloadReplaced, "payload_replaced",
        "The payload contains U+FFFD, which replaces bytes that could not be decoded.",
        "Something read the bytes as text and lost some. Verify the raw bytes.";
    Payload PayloadNotJson, "payload_not_json",
        "The payload is not JSON, but the Console sends a JSON object.",
        "It may be cut off, or something else was copied. Copy the whole raw body.";
    Payload PayloadFormatted, "payload_formatted",
        "The payload was formatted for reading; the Console sends JSON without spaces.",
        "Copy the raw body. A viewer may also have changed its numbers and escapes, which cannot be undone.";
    Payload PayloadTypographic, "payload_typographic",
        "The payload contains no-break or zero-width spaces, or typographic quotes.",
        "It may have been copied from a document. Copy the raw body.";
    Payload PayloadNoEvent, "payload_no_event",
        "The payload has no eventName, but every event has one.",
        "The whole body is hashed, eventName and eventTimestamp included.";
    Secret SecretMissing, "secret_missing",
        "There is no secret.",
        "Give the secret of the subscription.";
    Secret SecretInvisible, "secret_invisible",
        "The secret contains an invisible character.",
        "Type the secret again, or copy it from where it is kept.";
    Secret SecretOfAnother, "secret_of_another",
        "Most likely the secret belongs to another subscription, or the token to another event.",
        "Compare the secret with the subscription's secret in the Console, and take payload and token from the same request.";
}

/// The hints about a delivery, the likeliest first. Never empty: the last one
/// always applies.
#[must_use]
pub fn hints(question: &Question<'_>) -> Vec<Hint> {
    let Question { payload, token, secret, .. } = question;
    let text = core::str::from_utf8(payload);
    let holds = |bytes: &[u8], characters: &[char]| {
        core::str::from_utf8(bytes)
            .is_ok_and(|text| text.chars().any(|character| characters.contains(&character)))
    };
    let is_short = payload.len() <= MAX_PAYLOAD_BYTES;
    let minified = is_short.then(|| json::rewrite(payload, MINIFIED)).flatten();
    let is_json = minified.is_some();
    let is_formatted = minified.is_some_and(|minified| minified != *payload);
    [
        (token::readings(token).is_empty(), Hint::TokenNoDigest),
        (payload.is_empty(), Hint::PayloadMissing),
        (text.is_err(), Hint::PayloadNotUtf8),
        (holds(payload, &['\u{fffd}']), Hint::PayloadReplaced),
        (is_short && text.is_ok() && !payload.is_empty() && !is_json, Hint::PayloadNotJson),
        (is_formatted, Hint::PayloadFormatted),
        (!is_json && holds(payload, TYPOGRAPHIC), Hint::PayloadTypographic),
        (is_json && json::member(payload, b"eventName").is_none(), Hint::PayloadNoEvent),
        (secret.is_empty(), Hint::SecretMissing),
        (holds(secret, INVISIBLE), Hint::SecretInvisible),
        (true, Hint::SecretOfAnother),
    ]
    .into_iter()
    .filter_map(|(holds, hint)| holds.then_some(hint))
    .collect()
}

/// No-break and zero-width spaces, the byte-order mark, and typographic quotes.
const TYPOGRAPHIC: &[char] = &[
    '\u{a0}', '\u{200b}', '\u{202f}', '\u{2060}', '\u{feff}', '\u{2018}', '\u{2019}', '\u{201c}', '\u{201d}',
];

/// No-break and zero-width spaces, the byte-order mark, direction marks, soft hyphens,
/// joiners and tabs.
const INVISIBLE: &[char] = &[
    '\t', '\u{a0}', '\u{ad}', '\u{200b}', '\u{200c}', '\u{200d}', '\u{200e}', '\u{200f}', '\u{202f}',
    '\u{2060}', '\u{feff}',
];
