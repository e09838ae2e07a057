//! What was signed, as far as it differs from what should have been.

use alloc::vec::Vec;

use zeroize::Zeroizing;

use super::{Hash, Notation, Part};

/// How a token was made, with the bytes themselves. It is kept apart from the diagnosis, which
/// holds no part of a payload or a secret and can be shown to anybody.
///
/// ```
/// use mia_webhooks::diagnose::{Budget, Part, Question, Search};
///
/// // `echo` put a newline after the payload before it was signed.
/// let mut search = Search::new(&Question {
///     payload: b"{}",
///     token: "77dd090651077376a0246b2cf63e636d0bb8e4065c2b2d68d3e7668bab6cf717",
///     secret: b"secret",
///     other_secrets: &[],
/// });
/// search.go_on(Budget::ALL);
/// let signed = search.signed().expect("a proof");
/// assert_eq!(signed.payload, b"{}\n");
/// assert_eq!(signed.parts, [Part::Payload, Part::Secret]);
/// ```
pub struct Signed {
    /// The payload that was hashed.
    pub payload: Vec<u8>,
    /// The secret that was hashed. Do not show it. Wiped when dropped.
    pub secret: Zeroizing<Vec<u8>>,
    /// What was hashed, in this order.
    pub parts: &'static [Part],
    /// Whether it is an HMAC (RFC 2104) of the first part, with the second as its key.
    pub is_keyed: bool,
    /// The hash function.
    pub hash: Hash,
    /// How the digest is written.
    pub notation: Notation,
}

impl Signed {
    /// The bytes between payload and secret; often none.
    #[must_use]
    pub fn between(&self) -> &'static [u8] {
        self.parts
            .iter()
            .find_map(|part| if let Part::Between(bytes) = part { Some(*bytes) } else { None })
            .unwrap_or_default()
    }
}

impl core::fmt::Debug for Signed {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Signed").field("parts", &self.parts).field("hash", &self.hash).finish_non_exhaustive()
    }
}
