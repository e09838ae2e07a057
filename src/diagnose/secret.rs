//! What a secret may have been when the token was made.

use base64ct::{Base64, Base64UrlUnpadded, Encoding as _};

use super::Deviation;

/// A secret, and what it deviates in. Wiped when it is dropped.
pub(super) struct Variant {
    pub(super) deviation: Option<Deviation>,
    pub(super) bytes: zeroize::Zeroizing<Vec<u8>>,
}

/// The secret itself first, then the others that are known, then what can
/// become of it on its way. None of them twice.
pub(super) fn variants(secret: &[u8], others: &[&[u8]]) -> Vec<Variant> {
    let mut variants: Vec<Variant> = Vec::new();
    let mut add = |deviation: Option<Deviation>, bytes: Option<Vec<u8>>| {
        if let Some(bytes) = bytes
            && !variants.iter().any(|variant| *variant.bytes == bytes)
        {
            variants.push(Variant { deviation, bytes: bytes.into() });
        }
    };
    add(None, Some(secret.to_vec()));
    for other in others {
        add(Some(Deviation::SecretOther), Some(other.to_vec()));
    }
    let text = core::str::from_utf8(secret).ok();
    let trimmed = text.map_or(secret.trim_ascii(), |text| text.trim().as_bytes());
    add(Some(Deviation::SecretTrimmed), Some(trimmed.to_vec()));
    for newline in ["\n", "\r\n"] {
        add(Some(Deviation::SecretFinalNewline), Some([secret, newline.as_bytes()].concat()));
    }
    for quote in [b"\"", b"'"] {
        add(Some(Deviation::SecretUnquoted), unquoted(trimmed, *quote));
        add(Some(Deviation::SecretQuoted), Some([quote, secret, quote].concat()));
    }
    let Some(text) = text else { return variants };
    for decoded in
        [Base64::decode_vec(text.trim()), Base64UrlUnpadded::decode_vec(text.trim().trim_end_matches('='))]
    {
        add(Some(Deviation::SecretBase64Decoded), decoded.ok());
    }
    add(Some(Deviation::SecretBase64Encoded), Some(Base64::encode_string(secret).into_bytes()));
    add(Some(Deviation::SecretHexDecoded), hex::decode(text.trim()).ok());
    add(Some(Deviation::SecretHexEncoded), Some(hex::encode(secret).into_bytes()));
    add(Some(Deviation::SecretUrlDecoded), Some(percent_encoding::percent_decode(secret).collect()));
    let encoded = percent_encoding::percent_encode(secret, percent_encoding::NON_ALPHANUMERIC);
    add(Some(Deviation::SecretUrlEncoded), Some(encoded.to_string().into_bytes()));
    add(Some(Deviation::SecretLowerCase), Some(text.to_ascii_lowercase().into_bytes()));
    add(Some(Deviation::SecretUpperCase), Some(text.to_ascii_uppercase().into_bytes()));
    for placeholder in ["undefined", "null"] {
        add(Some(Deviation::SecretPlaceholder), Some(placeholder.into()));
    }
    variants
}

fn unquoted(secret: &[u8], quote: [u8; 1]) -> Option<Vec<u8>> {
    secret.strip_prefix(&quote)?.strip_suffix(&quote).map(<[u8]>::to_vec)
}
