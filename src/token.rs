//! The token: 64 hexadecimal digits on the wire, 32 bytes here.

use subtle::ConstantTimeEq;

use crate::Code;

/// The longest token header value, in bytes: `sha256=` and 64 digits.
pub const MAX_TOKEN_BYTES: usize = 7 + 64;

/// What the token header of a webhook says: the SHA-256 of payload and secret.
///
/// Anybody who has a token can replay its payload, so `Debug` does not show it.
///
/// ```
/// use mia_webhooks::{Code, Token};
///
/// let text = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
/// let token = Token::parse(text.as_bytes())?;
/// assert_eq!(token.to_string(), text);
/// assert_eq!(Token::parse(b"not a token").unwrap_err(), Code::TokenMalformed);
/// # Ok::<(), Code>(())
/// ```
#[derive(Clone, Copy)]
pub struct Token([u8; 32]);

impl Token {
    /// Reads a header's value: `^(sha256=)?[0-9A-Fa-f]{64}$` and nothing else.
    /// No white space, no second prefix, no other case of the prefix.
    ///
    /// # Errors
    /// [`Code::TokenMalformed`].
    pub fn parse(text: &[u8]) -> Result<Self, Code> {
        let digits = text.strip_prefix(b"sha256=").unwrap_or(text);
        let mut bytes = [0; 32];
        let mut stray = 0;
        // The length is checked last: if the compiler knew that it is 64, it would
        // unroll the loop, for 1 kB of wasm and no gain in speed.
        for (two, four) in bytes.as_chunks_mut().0.iter_mut().zip(digits.as_chunks().0) {
            let (decoded, not_digits) = decode_four(u32::from_le_bytes(*four));
            *two = decoded.to_le_bytes();
            stray |= not_digits;
        }
        if stray == 0 && digits.len() == 64 { Ok(Self(bytes)) } else { Err(Code::TokenMalformed) }
    }

    /// Writes the token as the Console does: 64 lower-case digits.
    ///
    /// ```
    /// # let token = mia_webhooks::Token::parse(&[b'A'; 64])?;
    /// let mut text = [0; 64];
    /// token.write_hex(&mut text);
    /// assert_eq!(text, [b'a'; 64]);
    /// # Ok::<(), mia_webhooks::Code>(())
    /// ```
    pub fn write_hex(&self, text: &mut [u8; 64]) {
        // 32 bytes always fit into 64 digits: there is no error to lose.
        let _ = hex::encode_to_slice(self.0, text);
    }

    pub(crate) const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    // TIMING: one side is the token that only the holder of the secret can make.
    // Every byte is compared, wherever the first difference is. Eight bytes at
    // once take 35 ns less in wasm than one by one.
    pub(crate) fn matches(&self, other: &Self) -> subtle::Choice {
        self.words().ct_eq(&other.words())
    }

    /// 0 when the two are the same token. For tokens of one request only: the
    /// sender knows both, so timing reveals nothing. Smaller in wasm than
    /// [`Token::matches`].
    pub(crate) fn difference(&self, other: &Self) -> u64 {
        self.words().iter().zip(other.words()).fold(0, |difference, (one, other)| difference | (one ^ other))
    }

    fn words(&self) -> [u64; 4] {
        let mut words = [0; 4];
        for (word, bytes) in words.iter_mut().zip(self.0.as_chunks().0) {
            *word = u64::from_le_bytes(*bytes);
        }
        words
    }
}

/// The two bytes of four hexadecimal digits, and 0 when all four are digits.
// Four at once, without a table: in wasm this takes two thirds of the time of
// `hex::decode_to_slice`, which decodes one by one. No sum below carries into the
// next byte.
const fn decode_four(text: u32) -> (u16, u32) {
    const EACH: u32 = 0x0101_0101;
    let is_letter = (text >> 6) & EACH;
    let values = (text & (0x0f * EACH)) + 9 * is_letter;
    // The text is digits if its values, written as digits, give the same text.
    let is_over_nine = ((values + 0x76 * EACH) >> 7) & EACH;
    let written = (values & (0x0f * EACH)) + 0x30 * EACH + 0x27 * is_over_nine;
    let stray = written ^ (text | (is_letter << 5));
    // Two digits to a byte.
    let bytes = (values << 4) + (values >> 8);
    #[expect(clippy::cast_possible_truncation, reason = "the lower half holds the two bytes")]
    let decoded = ((bytes & 0xff) + ((bytes >> 8) & 0xff00)) as u16;
    (decoded, stray)
}

impl PartialEq for Token {
    fn eq(&self, other: &Self) -> bool {
        self.matches(other).into()
    }
}

impl Eq for Token {}

impl core::fmt::Display for Token {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        let mut text = [0; 64];
        self.write_hex(&mut text);
        f.write_str(core::str::from_utf8(&text).map_err(|_| core::fmt::Error)?)
    }
}

impl core::fmt::Debug for Token {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Token(..)")
    }
}
