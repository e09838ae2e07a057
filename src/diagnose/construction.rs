//! The ways in which payload and secret may have been combined.

use alloc::vec::Vec;

use hmac::{KeyInit as _, Mac as _, SimpleHmac};
use md5::Md5;
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha512, digest::common::BlockSizeUser};

use super::Deviation;

/// A way to make a digest, and its deviations.
pub(super) struct Construction {
    pub(super) deviations: &'static [Deviation],
    hash: Hash,
    combination: Combination,
}

enum Hash {
    Sha256,
    Sha512,
    Sha1,
    Md5,
}

enum Combination {
    /// One after the other.
    Joined(&'static [Part]),
    /// The message, then the key.
    Hmac(Part, Part),
}

enum Part {
    Payload,
    Secret,
    Text(&'static [u8]),
    /// The digest of all parts before it, as bytes.
    Hashed,
    /// The same, as hexadecimal digits.
    HashedDigits,
}

use Combination::Joined;
use Part::{Hashed, HashedDigits, Payload, Secret, Text};

macro_rules! constructions {
    ($( [$($deviation:ident),*] $hash:ident $combination:expr; )*) => {
        &[$( Construction {
            deviations: &[$(Deviation::$deviation),*],
            hash: Hash::$hash,
            combination: $combination,
        }, )*]
    };
}

const KEYED: Combination = Combination::Hmac(Payload, Secret);

/// Fewest deviations first, then the likeliest first. Two are left out, because they
/// cannot be told apart from others: a newline between payload and secret is a final
/// newline of whichever comes first, and the secret alone is the secret after an empty
/// payload.
pub(super) const CONSTRUCTIONS: &[Construction] = constructions! {
    [] Sha256 Joined(&[Payload, Secret]);
    [Hmac] Sha256 KEYED;
    [SecretFirst] Sha256 Joined(&[Secret, Payload]);
    [PayloadOnly] Sha256 Joined(&[Payload]);
    [HmacSwapped] Sha256 Combination::Hmac(Secret, Payload);
    [SecretBothEnds] Sha256 Joined(&[Secret, Payload, Secret]);
    [Separator] Sha256 Joined(&[Payload, Text(b"."), Secret]);
    [Separator] Sha256 Joined(&[Payload, Text(b":"), Secret]);
    [Separator] Sha256 Joined(&[Payload, Text(b" "), Secret]);
    [Separator] Sha256 Joined(&[Payload, Text(b","), Secret]);
    [Separator] Sha256 Joined(&[Payload, Text(b"|"), Secret]);
    [Separator] Sha256 Joined(&[Payload, Text(b"&"), Secret]);
    [Separator] Sha256 Joined(&[Payload, Text(b"+"), Secret]);
    [Separator] Sha256 Joined(&[Payload, Text(b"\0"), Secret]);
    [HashedTwice] Sha256 Joined(&[Payload, Secret, Hashed]);
    [HashedTwice] Sha256 Joined(&[Payload, Secret, HashedDigits]);
    [PayloadHashedFirst] Sha256 Joined(&[Payload, Hashed, Secret]);
    [PayloadHashedFirst] Sha256 Joined(&[Payload, HashedDigits, Secret]);
    [Sha512] Sha512 Joined(&[Payload, Secret]);
    [Sha1] Sha1 Joined(&[Payload, Secret]);
    [Md5] Md5 Joined(&[Payload, Secret]);

    [SecretFirst, Separator] Sha256 Joined(&[Secret, Text(b"."), Payload]);
    [SecretFirst, Separator] Sha256 Joined(&[Secret, Text(b":"), Payload]);
    [Sha512, Hmac] Sha512 KEYED;
    [Sha512, SecretFirst] Sha512 Joined(&[Secret, Payload]);
    [Sha512, PayloadOnly] Sha512 Joined(&[Payload]);
    [Sha1, Hmac] Sha1 KEYED;
    [Sha1, SecretFirst] Sha1 Joined(&[Secret, Payload]);
    [Sha1, PayloadOnly] Sha1 Joined(&[Payload]);
    [Md5, Hmac] Md5 KEYED;
    [Md5, SecretFirst] Md5 Joined(&[Secret, Payload]);
    [Md5, PayloadOnly] Md5 Joined(&[Payload]);
};

impl Construction {
    /// The digest's length, in bytes.
    pub(super) const fn length(&self) -> usize {
        match self.hash {
            Hash::Sha256 => 32,
            Hash::Sha512 => 64,
            Hash::Sha1 => 20,
            Hash::Md5 => 16,
        }
    }

    /// Whether the digest does not depend on the secret.
    pub(super) const fn is_without_secret(&self) -> bool {
        matches!(self.combination, Joined([Payload]))
    }

    pub(super) fn digest(&self, payload: &[u8], secret: &[u8]) -> Vec<u8> {
        match self.hash {
            Hash::Sha256 => digest::<Sha256>(&self.combination, payload, secret),
            Hash::Sha512 => digest::<Sha512>(&self.combination, payload, secret),
            Hash::Sha1 => digest::<Sha1>(&self.combination, payload, secret),
            Hash::Md5 => digest::<Md5>(&self.combination, payload, secret),
        }
    }
}

fn digest<D: Digest + BlockSizeUser>(combination: &Combination, payload: &[u8], secret: &[u8]) -> Vec<u8> {
    let of = |part: &Part| match part {
        Payload => payload,
        Secret => secret,
        Text(text) => text,
        Hashed | HashedDigits => b"",
    };
    match combination {
        Joined(parts) => {
            let mut hash = D::new();
            for part in *parts {
                if matches!(part, Hashed | HashedDigits) {
                    let digest = core::mem::replace(&mut hash, D::new()).finalize();
                    if matches!(part, Hashed) {
                        hash.update(digest);
                    } else {
                        hash.update(hex::encode(digest));
                    }
                } else {
                    hash.update(of(part));
                }
            }
            hash.finalize().to_vec()
        }
        Combination::Hmac(message, key) => {
            // An HMAC takes a key of any length: there is no error to lose.
            let Ok(mut mac) = SimpleHmac::<D>::new_from_slice(of(key)) else { return Vec::new() };
            mac.update(of(message));
            mac.finalize().into_bytes().to_vec()
        }
    }
}
