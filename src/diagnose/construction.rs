//! How payload and secret may have been combined.

use hmac::Hmac;
use md5::Md5;
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha512};

use super::Deviation;

/// A way to make a digest.
pub(super) struct Construction {
    pub(super) deviations: &'static [Deviation],
    /// The digest's length, in bytes.
    pub(super) length: usize,
    /// Whether the secret makes a difference.
    pub(super) uses: Uses,
    pub(super) digest: fn(payload: &[u8], secret: &[u8]) -> Vec<u8>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Uses {
    Both,
    PayloadOnly,
}

macro_rules! constructions {
    ($( [$($deviation:ident),*] $length:literal $uses:ident $digest:expr; )*) => {
        &[$( Construction {
            deviations: &[$(Deviation::$deviation),*],
            length: $length,
            uses: Uses::$uses,
            digest: $digest,
        }, )*]
    };
}

/// Fewest deviations first; of equal ones the likeliest first. A newline between
/// payload and secret is the payload's own, and the secret alone is the secret
/// behind an empty payload: nobody can tell them apart.
pub(super) const CONSTRUCTIONS: &[Construction] = constructions! {
    [] 32 Both |payload, secret| joined::<Sha256>(&[payload, secret]);
    [Hmac] 32 Both hmac::<Hmac<Sha256>>;
    [SecretFirst] 32 Both |payload, secret| joined::<Sha256>(&[secret, payload]);
    [PayloadOnly] 32 PayloadOnly |payload, _| joined::<Sha256>(&[payload]);
    [HmacSwapped] 32 Both |payload, secret| hmac::<Hmac<Sha256>>(secret, payload);
    [SecretBothEnds] 32 Both |payload, secret| joined::<Sha256>(&[secret, payload, secret]);
    [Separator] 32 Both |payload, secret| joined::<Sha256>(&[payload, b".", secret]);
    [Separator] 32 Both |payload, secret| joined::<Sha256>(&[payload, b":", secret]);
    [Separator] 32 Both |payload, secret| joined::<Sha256>(&[payload, b" ", secret]);
    [Separator] 32 Both |payload, secret| joined::<Sha256>(&[payload, b",", secret]);
    [Separator] 32 Both |payload, secret| joined::<Sha256>(&[payload, b"|", secret]);
    [Separator] 32 Both |payload, secret| joined::<Sha256>(&[payload, b"&", secret]);
    [Separator] 32 Both |payload, secret| joined::<Sha256>(&[payload, b"+", secret]);
    [Separator] 32 Both |payload, secret| joined::<Sha256>(&[payload, b"\0", secret]);
    [HashedTwice] 32 Both |payload, secret| joined::<Sha256>(&[&joined::<Sha256>(&[payload, secret])]);
    [HashedTwice] 32 Both
        |payload, secret| joined::<Sha256>(&[hex::encode(joined::<Sha256>(&[payload, secret])).as_bytes()]);
    [PayloadHashedFirst] 32 Both |payload, secret| joined::<Sha256>(&[&joined::<Sha256>(&[payload]), secret]);
    [PayloadHashedFirst] 32 Both
        |payload, secret| joined::<Sha256>(&[hex::encode(joined::<Sha256>(&[payload])).as_bytes(), secret]);
    [Sha512] 64 Both |payload, secret| joined::<Sha512>(&[payload, secret]);
    [Sha1] 20 Both |payload, secret| joined::<Sha1>(&[payload, secret]);
    [Md5] 16 Both |payload, secret| joined::<Md5>(&[payload, secret]);

    [SecretFirst, Separator] 32 Both |payload, secret| joined::<Sha256>(&[secret, b"\n", payload]);
    [SecretFirst, Separator] 32 Both |payload, secret| joined::<Sha256>(&[secret, b".", payload]);
    [SecretFirst, Separator] 32 Both |payload, secret| joined::<Sha256>(&[secret, b":", payload]);
    [Sha512, Hmac] 64 Both hmac::<Hmac<Sha512>>;
    [Sha512, SecretFirst] 64 Both |payload, secret| joined::<Sha512>(&[secret, payload]);
    [Sha512, PayloadOnly] 64 PayloadOnly |payload, _| joined::<Sha512>(&[payload]);
    [Sha1, Hmac] 20 Both hmac::<Hmac<Sha1>>;
    [Sha1, SecretFirst] 20 Both |payload, secret| joined::<Sha1>(&[secret, payload]);
    [Sha1, PayloadOnly] 20 PayloadOnly |payload, _| joined::<Sha1>(&[payload]);
    [Md5, Hmac] 16 Both hmac::<Hmac<Md5>>;
    [Md5, SecretFirst] 16 Both |payload, secret| joined::<Md5>(&[secret, payload]);
    [Md5, PayloadOnly] 16 PayloadOnly |payload, _| joined::<Md5>(&[payload]);
};

fn joined<D: Digest>(parts: &[&[u8]]) -> Vec<u8> {
    let mut hash = D::new();
    for part in parts {
        hash.update(part);
    }
    hash.finalize().to_vec()
}

/// An HMAC takes a key of any length: there is no error to lose.
fn hmac<M: hmac::Mac + hmac::KeyInit>(payload: &[u8], key: &[u8]) -> Vec<u8> {
    let Ok(mut mac) = <M as hmac::KeyInit>::new_from_slice(key) else { return Vec::new() };
    mac.update(payload);
    mac.finalize().into_bytes().to_vec()
}
