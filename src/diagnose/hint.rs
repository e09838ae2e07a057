//! Likely mistakes in a delivery, when nothing proves how its token was made.

use alloc::vec::Vec;

use super::{
    Blame, MAX_PAYLOAD_BYTES, Question, Runtime, bytes,
    json::{self, Document, Kind},
    secret::INVISIBLE,
    token,
    words::Words,
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
    /// let question = Question { payload: b"[}", token: "0", secret: b"secret", other_secrets: &[] };
    /// assert_eq!(hints(&question)[..2], [Hint::TokenNoDigest, Hint::PayloadNotJson]);
    /// ```
    Hint,
    /// What to check.
    blame: Blame;

    Token TokenNoDigest, "token_no_digest",
        "The token is not 64 hexadecimal digits, nor written in any other known way.",
        "Copy the whole value of the header X-Mia-Token or X-Mia-Signature.";
    Payload PayloadMissing, "payload_missing",
        "The payload is empty.",
        "Copy the raw body of the request.";
    Payload PayloadNotUtf8, "payload_not_utf8",
        "The payload is not UTF-8, but the Console sends UTF-8.",
        "Look for something that compressed or encoded the body, or changed its charset.";
    Payload PayloadReplaced, "payload_replaced",
        "The payload contains U+FFFD, which stands in place of bytes that were lost.",
        "In the receiver, verify the raw bytes, not text that was read from them.";
    Payload PayloadNotJson, "payload_not_json",
        "The payload is not JSON, but the Console sends a JSON object.",
        "It may be cut off, or something else was copied. Copy the whole raw body.";
    Payload PayloadFormatted, "payload_formatted",
        "The payload was formatted for reading, but the Console sends JSON without spaces and line breaks.",
        "Copy the raw body. A viewer may also have changed numbers and escapes, and that cannot be undone.";
    Payload PayloadTypographic, "payload_typographic",
        "The payload contains non-breaking or zero-width spaces, or curly quotes.",
        "It may have been copied from a document. Copy the raw body.";
    Payload PayloadNoEvent, "payload_no_event",
        "The payload is not an event: an event is an object with eventName, eventTimestamp and payload.",
        "Copy the whole raw body, as it arrived.";
    Secret SecretMissing, "secret_missing",
        "The secret is missing.",
        "Enter the secret of the subscription.";
    Secret SecretInvisible, "secret_invisible",
        "The secret contains an invisible character.",
        "Type the secret again, or copy it from where it is kept.";
    Secret SecretOfAnother, "secret_of_another",
        "Payload and token look right, so the secret may be that of another subscription.",
        "Compare the secret here with that of this subscription in the Console, to the last character.";
    Token TokenOfAnotherHash, "token_of_another_hash",
        "The token is not as long as SHA-256, which has 64 hexadecimal digits.",
        "Look for a missing digit, or for another hash function: MD5 has 32 digits, SHA-1 has 40, SHA-512 has 128.";
    Payload PayloadRequest, "payload_request",
        "The payload begins like a request or a command, not like a body.",
        "Use only the body, or paste the whole request into the field for it.";
    Payload PayloadCompressed, "payload_compressed",
        "The payload begins like compressed data.",
        "Decompress the payload here first: the token is made from the body before compression.";
    Payload PayloadCutOff, "payload_cut_off",
        "The payload begins like JSON, but its end is missing.",
        "Copy the whole raw body. Terminals, logs and databases cut long lines.";
    Payload PayloadEnvelope, "payload_envelope",
        "The payload is JSON, but it looks like the record of a gateway or a queue that holds the request, not like an event.",
        "Here, take the body out of the record: often it is a text named body, Body or Message, perhaps in base64.";
    Payload PayloadRounded, "payload_rounded",
        "The payload contains a whole number that was probably rounded: it is larger than 9007199254740991 and ends in zeros.",
        "A viewer that reads JSON with JavaScript loses digits. Copy the raw body, not what a viewer shows.";
    Payload PayloadRewritten, "payload_rewritten",
        "The payload is not written as the Console writes JSON: its escapes, numbers or keys are different.",
        "The body was parsed and written again. In the receiver, verify the raw body.";
    Secret SecretTemplate, "secret_template",
        "The secret looks like a placeholder that was never replaced.",
        "Use the secret itself here, and check where the variable should be set.";
    Payload PayloadMasked, "payload_masked",
        "A value in the payload looks masked or shortened, as in a log.",
        "What was left out is lost. Copy the raw body, not the log.";
    Token RequestMixed, "request_mixed",
        "The token may belong to another request.",
        "Copy payload and token from the same request. Each event has its own token.";
    Secret SecretUnconfirmed, "secret_unconfirmed",
        "Nothing here shows whether the secret is right.",
        "Compare the secret here with that of this subscription in the Console, to the last character.";
}

/// The hints about a delivery, the likeliest first: what stands out, then what is left to
/// check. Never empty.
#[must_use]
#[inline(never)]
pub fn hints(question: &Question<'_>) -> Vec<Hint> {
    let Question { payload, token, secret, .. } = question;
    let is_text = core::str::from_utf8(payload).is_ok();
    let is_short = payload.len() <= MAX_PAYLOAD_BYTES;
    let document = is_short.then(|| Document::read(payload)).flatten();
    let write = |writer| json::write(payload, document.as_ref()?, writer, Runtime::DIGITS);
    let is_json = document.is_some();
    let is_formatted = write(&json::MINIFIED).is_some_and(|minified| minified != *payload);
    let is_rewritten =
        !is_formatted && write(&json::JAVASCRIPT_COMPACT).is_some_and(|written| written != *payload);
    let mut members = Words::of(b"eventName|eventTimestamp|payload");
    let is_event = members.all(|name| json::member(payload, name).is_some());
    let is_envelope = is_json && !is_event && is_envelope(payload, document.as_ref());
    let is_request = !is_json && is_request(payload.trim_ascii_start());
    let is_cut_off = !is_json
        && matches!(payload.trim_ascii_start(), [b'{' | b'[', ..])
        && !matches!(payload.trim_ascii_end(), [.., b'}' | b']']);
    let readings = token::readings(token);
    let mut found = Vec::new();
    let mut add = |holds: bool, hint: Hint| {
        if holds {
            found.push(hint);
        }
    };
    add(readings.is_empty(), Hint::TokenNoDigest);
    add(
        !readings.is_empty() && !readings.iter().any(token::Reading::is_whole_sha256),
        Hint::TokenOfAnotherHash,
    );
    add(payload.is_empty(), Hint::PayloadMissing);
    add(is_compressed(payload), Hint::PayloadCompressed);
    add((!is_text || bytes::holds(payload, 0)) && !is_compressed(payload), Hint::PayloadNotUtf8);
    add(holds(payload, "\u{fffd}"), Hint::PayloadReplaced);
    add(is_short && is_request, Hint::PayloadRequest);
    add(!is_json && !is_request && holds(payload, TYPOGRAPHIC), Hint::PayloadTypographic);
    add(is_short && is_text && is_cut_off, Hint::PayloadCutOff);
    add(
        is_short && is_text && !payload.is_empty() && !is_json && !is_cut_off && !is_request,
        Hint::PayloadNotJson,
    );
    add(is_envelope, Hint::PayloadEnvelope);
    add(document.as_ref().is_some_and(|document| is_rounded(payload, document)), Hint::PayloadRounded);
    add(is_formatted, Hint::PayloadFormatted);
    add(is_rewritten && !is_envelope, Hint::PayloadRewritten);
    add(document.as_ref().is_some_and(|document| is_masked(payload, document)), Hint::PayloadMasked);
    add(is_json && holds(payload, UNTYPED), Hint::PayloadTypographic);
    add(is_json && !is_event && !is_envelope, Hint::PayloadNoEvent);
    add(secret.is_empty(), Hint::SecretMissing);
    add(is_template(secret), Hint::SecretTemplate);
    add(holds(secret, INVISIBLE), Hint::SecretInvisible);
    let digits = bytes::rest(token.as_bytes(), b"sha256=").unwrap_or(token.as_bytes());
    if found.is_empty() && is_json && digits.len() == 64 {
        found.push(Hint::SecretOfAnother);
    }
    found.push(Hint::RequestMixed);
    if !secret.is_empty() && found.first() != Some(&Hint::SecretOfAnother) {
        found.push(Hint::SecretUnconfirmed);
    }
    found
}

impl Hint {
    /// Whether it always applies, so that it says nothing about this delivery.
    #[must_use]
    pub const fn is_general(self) -> bool {
        matches!(self, Self::SecretOfAnother | Self::RequestMixed | Self::SecretUnconfirmed)
    }
}

/// Whether a text has one of these characters.
#[inline(never)]
fn holds(text: &[u8], characters: &str) -> bool {
    core::str::from_utf8(text)
        .is_ok_and(|text| bytes::without_characters(text, characters).len() != text.len())
}

/// Members of the records that gateways and queues make.
const ENVELOPES: Words = Words::of(
    b"body|Body|isBase64Encoded|headers|requestContext|Records|Message|MessageId|detail|data|rawBody|httpMethod|\
    request|message|messageId|specversion",
);

#[inline(never)]
fn is_envelope(payload: &[u8], document: Option<&Document>) -> bool {
    let mut names = ENVELOPES;
    names.any(|name| json::member(payload, name).is_some())
        || document.is_some_and(|document| {
            json::members(payload, document).iter().any(|(_, _, value)| bytes::has(value, b"eventName"))
        })
}

/// How requests and commands begin, in lower case.
const REQUESTS: Words =
    Words::of(b"curl |curl.exe |post |http/|get |put |invoke-|fetch(|$ curl|x-mia-|host:");

#[inline(never)]
fn is_request(text: &[u8]) -> bool {
    bytes::begins_with_any(&text.to_ascii_lowercase(), REQUESTS)
}

/// gzip (RFC 1952), zlib (RFC 1950) and Zstandard (RFC 8878).
fn is_compressed(payload: &[u8]) -> bool {
    bytes::begins_with_any(
        payload,
        Words::of(b"H4sI|\x1f\x8b|\x78\x01|\x78\x5e|\x78\x9c|\x78\xda|\x28\xb5\x2f\xfd"),
    )
}

/// Whether there is a whole number that looks like the shortest digits of a double, and is
/// too large for a double to hold exactly.
#[inline(never)]
fn is_rounded(payload: &[u8], document: &Document) -> bool {
    json::members(payload, document).iter().any(|(_, kind, number)| {
        let digits = bytes::rest(number, b"-").unwrap_or(number);
        let is_large = digits.len() > 16 || digits.len() == 16 && digits > &b"9007199254740991"[..];
        let zeros = digits.len() - bytes::without_end(digits, b'0').len();
        let is_whole = digits.iter().all(u8::is_ascii_digit);
        // A double has 17 significant digits at most; 16 digits just above 2^53 need no zero.
        *kind == Kind::Number && is_whole && is_large && zeros + 17 >= digits.len() && zeros > 0
    })
}

/// Whether a secret looks like a name in its place: `${NAME}`, `{{name}}`, `<secret>`, `%NAME%`,
/// `process.env.NAME`, `YOUR_SECRET`.
#[inline(never)]
fn is_template(secret: &[u8]) -> bool {
    let secret = secret.trim_ascii();
    let is_name = |text: &[u8]| {
        text.iter().all(|byte| byte.is_ascii_alphanumeric() || bytes::holds(b"_-. []\"'", *byte))
    };
    let is_framed =
        bytes::framed(secret, Words::of(b"${|}|${{|}}|{{|}}|<|>|%|%|$(|)|(|)|{|}|[|]|#{|}#|__|__"), is_name)
            .is_some();
    let is_upper = |text: &[u8]| {
        !text.is_empty()
            && text.iter().all(|byte| byte.is_ascii_uppercase() || *byte == b'_' || byte.is_ascii_digit())
    };
    let lower = secret.to_ascii_lowercase();
    let mut words = Words::of(b"changeme|change-me|change_me|todo|undefined|null|none|nan|xxx");
    let starts = Words::of(
        b"process.env|os.environ|env.|env[|env(|$env:|getenv(|system.getenv|your-|your_|import.meta.env|arn:aws:|\
        op://|vault:|enc[|@microsoft.keyvault|projects/|file:|/run/secrets|!ref |{{resolve:|-----begin ",
    );
    is_framed
        || bytes::rest(secret, b"$").is_some_and(is_upper)
        || bytes::holds(secret, b'_') && is_upper(secret) && has_word(secret)
        || !secret.is_empty() && bytes::without(secret, "*•●".as_bytes()).is_empty()
        || bytes::begins_with_any(&lower, starts)
        || words.any(|word| word == lower)
}

/// Whether it is the name of a variable for a secret.
fn has_word(name: &[u8]) -> bool {
    Words::of(b"SECRET|TOKEN|KEY|PASSWORD").any(|word| bytes::has(name, word))
}

/// What stands for what a log left out.
#[inline(never)]
fn is_masked(payload: &[u8], document: &Document) -> bool {
    let marks = Words::of("***|[REDACTED]|[redacted]|<redacted>|[FILTERED]|[MASKED]|•••".as_bytes());
    json::members(payload, document).iter().any(|(_, kind, text)| {
        *kind == Kind::Text && (marks.clone().any(|mark| bytes::has(text, mark)) || text.ends_with(b"..."))
    })
}

/// The same without quotes, which JSON can hold.
const UNTYPED: &str = "\u{a0}\u{ad}\u{200b}\u{202f}\u{2060}\u{feff}";

/// No-break and zero-width spaces, soft hyphens, the byte-order mark, and typographic quotes.
const TYPOGRAPHIC: &str = "\u{a0}\u{ad}\u{200b}\u{202f}\u{2060}\u{feff}\u{2018}\u{2019}\u{201c}\u{201d}";
