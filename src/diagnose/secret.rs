//! The forms that a secret may have had when the token was made.

use alloc::{string::String, vec::Vec};

use base64ct::{Base64, Encoding as _};

use super::{Deviation, base64};

/// A secret and its deviation. Wiped when dropped.
pub(super) struct Variant {
    pub(super) deviation: Option<Deviation>,
    pub(super) bytes: zeroize::Zeroizing<Vec<u8>>,
}

/// The secret itself first, then the other known secrets, then the forms that the
/// secret can take on its way. None of them twice.
pub(super) fn variants(secret: &[u8], others: &[&[u8]]) -> Vec<Variant> {
    let mut variants = Variants(Vec::new());
    variants.add(None, secret.to_vec());
    for other in others {
        variants.add(Some(Deviation::SecretOther), other.to_vec());
    }
    let text = core::str::from_utf8(secret);
    let trimmed = text.map_or(secret.trim_ascii(), |text| text.trim().as_bytes());
    variants.may_be(Deviation::SecretTrimmed, trimmed.to_vec());
    for newline in ["\n", "\r\n"] {
        variants.may_be(Deviation::SecretFinalNewline, [secret, newline.as_bytes()].concat());
    }
    for quote in [b'"', b'\''] {
        if let [open, inner @ .., close] = trimmed
            && [*open, *close] == [quote; 2]
        {
            variants.may_be(Deviation::SecretUnquoted, inner.to_vec());
        }
        variants.may_be(Deviation::SecretQuoted, [&[quote], secret, &[quote]].concat());
    }
    if let Some(decoded) = base64::decode(trimmed) {
        variants.may_be(Deviation::SecretBase64Decoded, decoded);
    }
    variants.may_be(Deviation::SecretBase64Encoded, Base64::encode_string(secret).into_bytes());
    if let Ok(decoded) = hex::decode(trimmed) {
        variants.may_be(Deviation::SecretHexDecoded, decoded);
    }
    variants.may_be(Deviation::SecretHexEncoded, hex::encode(secret).into_bytes());
    variants.may_be(Deviation::SecretUrlDecoded, percent_encoding::percent_decode(secret).collect());
    let encoded = percent_encoding::percent_encode(secret, percent_encoding::NON_ALPHANUMERIC);
    variants.may_be(Deviation::SecretUrlEncoded, encoded.collect::<String>().into_bytes());
    variants.may_be(Deviation::SecretLowerCase, secret.to_ascii_lowercase());
    variants.may_be(Deviation::SecretUpperCase, secret.to_ascii_uppercase());
    for placeholder in ["undefined", "null"] {
        variants.may_be(Deviation::SecretPlaceholder, placeholder.into());
    }
    variants.0
}

struct Variants(Vec<Variant>);

impl Variants {
    fn may_be(&mut self, deviation: Deviation, bytes: Vec<u8>) {
        self.add(Some(deviation), bytes);
    }

    fn add(&mut self, deviation: Option<Deviation>, bytes: Vec<u8>) {
        let bytes = zeroize::Zeroizing::new(bytes);
        // With an empty secret only the payload is hashed, which `payload_only` names.
        if bytes.is_empty() && deviation.is_some() {
            return;
        }
        if self.0.iter().all(|variant| *variant.bytes != *bytes) {
            self.0.push(Variant { deviation, bytes });
        }
    }
}
