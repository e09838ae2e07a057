//! The names of headers, spelled as the wire spells them.

/// The header that carries the token of a request by default (Console
/// documentation, 10.7).
pub const TOKEN_HEADER: &str = "X-Mia-Token";

/// Every header that may carry the token. The Console's documentation calls it
/// `X-Mia-Token` in 10.7 and `X-Mia-Signature` from 10.9 on; the formula is the
/// same. Each of these headers that is present must verify.
///
/// ```
/// assert!(mia_webhooks::TOKEN_HEADERS.contains(&mia_webhooks::TOKEN_HEADER));
/// ```
pub const TOKEN_HEADERS: [&str; 2] = [TOKEN_HEADER, "X-Mia-Signature"];

/// The header that tells an origin the id of a verified event: the SHA-256 of
/// its payload, in 64 lower-case digits. A value from the sender is dropped.
pub const EVENT_ID_HEADER: &str = "X-Mia-Event-Id";

/// The header that tells an origin whether the event is the newest so far: `true`
/// when no newer event was committed before, else `false`. A value from the sender
/// is dropped.
pub const EVENT_LATEST_HEADER: &str = "X-Mia-Event-Latest";
