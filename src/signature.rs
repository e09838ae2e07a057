//! The scheme itself: `sha256(payload ++ secret)` (SHA-256 is FIPS 180-4).

use sha2::{Digest, Sha256};
use subtle::ConditionallySelectable;

use crate::{Code, Token};

/// The SHA-256 state of a payload, before any secret.
///
/// The payload is absorbed once, in chunks of any size. Each secret then costs a
/// copy of the state and the last blocks.
///
/// ```
/// use mia_webhooks::PayloadHash;
///
/// let mut hash = PayloadHash::new();
/// hash.absorb(b"ab");
/// hash.absorb(b"c");
/// assert_eq!(hash.id()[..4], [0xba, 0x78, 0x16, 0xbf]); // SHA-256("abc")
/// ```
#[derive(Clone, Default)]
pub struct PayloadHash(pub(crate) Sha256);

impl PayloadHash {
    /// The state of an empty payload.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Appends bytes of the payload.
    // The wasm module calls this in three places: without copies of the code it is
    // half the size.
    #[inline(never)]
    pub fn absorb(&mut self, chunk: &[u8]) {
        self.0.update(chunk);
    }

    /// The SHA-256 of the payload alone: the event's id. Two deliveries of one
    /// event have the same id.
    #[must_use]
    pub fn id(&self) -> [u8; 32] {
        self.finish(&[])
    }

    pub(crate) fn sign(&self, secret: &[u8]) -> Token {
        Token::from_bytes(self.finish(secret))
    }

    #[inline(never)]
    fn finish(&self, end: &[u8]) -> [u8; 32] {
        let mut hash = self.clone();
        hash.absorb(end);
        hash.0.finalize_reset().into()
    }

    /// The index of the secret that the token was made with.
    pub(crate) fn find<'s>(
        &self,
        token: &Token,
        secrets: impl Iterator<Item = &'s [u8]>,
    ) -> Result<usize, Code> {
        find_among(token, secrets.map(|secret| Ok(self.sign(secret))))
    }
}

/// The index of the token that is the same, among those that were made here.
// TIMING: every one is compared, whichever matches. No branch depends on a
// comparison until the last one is done.
#[inline]
pub(crate) fn find_among(
    token: &Token,
    made: impl Iterator<Item = Result<Token, Code>>,
) -> Result<usize, Code> {
    const NONE: u32 = u32::MAX;
    let mut found = NONE;
    for (index, made) in (0..).zip(made) {
        found.conditional_assign(&index, made?.matches(token));
    }
    if found == NONE { Err(Code::TokenMismatch) } else { Ok(found as usize) }
}

impl core::fmt::Debug for PayloadHash {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("PayloadHash(..)")
    }
}
