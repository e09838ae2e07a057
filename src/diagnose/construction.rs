//! The ways in which payload and secret may have been combined.

use alloc::vec::Vec;

use hmac::{KeyInit as _, Mac as _, SimpleHmac};
use md5::Md5;
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha512, digest::common::BlockSizeUser};

use super::Deviation;

/// A way to make a digest, its deviations, and how unlikely it is.
pub(super) struct Construction {
    pub(super) deviations: &'static [Deviation],
    pub(super) cost: u8,
    pub(super) hash: Hash,
    pub(super) parts: &'static [Part],
    /// Whether it is an HMAC of the first part, with the second as its key.
    pub(super) is_keyed: bool,
}

/// A hash function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hash {
    /// FIPS 180-4.
    Sha256,
    /// FIPS 180-4.
    Sha512,
    /// FIPS 180-4.
    Sha1,
    /// RFC 1321.
    Md5,
}

impl Hash {
    /// All of them.
    pub const ALL: &'static [Self] = &[Self::Sha256, Self::Sha512, Self::Sha1, Self::Md5];

    /// `"sha256"`, `"sha512"`, `"sha1"` or `"md5"`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sha256 => "sha256",
            Self::Sha512 => "sha512",
            Self::Sha1 => "sha1",
            Self::Md5 => "md5",
        }
    }
}

/// One of the things that are hashed, one after the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The payload.
    Payload,
    /// The secret.
    Secret,
    /// Other bytes.
    Between(&'static [u8]),
    /// The digest of all parts before it, which are not hashed with the rest.
    Hashed,
    /// The same, as hexadecimal digits.
    HashedDigits,
}

impl Part {
    /// The names of all parts, in the order of their places.
    pub const NAMES: [&'static str; 5] = ["payload", "secret", "between", "digest", "digits"];

    /// The place of its name in [`Part::NAMES`].
    #[must_use]
    pub const fn place(self) -> u8 {
        match self {
            Self::Payload => 0,
            Self::Secret => 1,
            Self::Between(_) => 2,
            Self::Hashed => 3,
            Self::HashedDigits => 4,
        }
    }

    /// `"payload"`, `"secret"`, `"between"`, `"digest"` or `"digits"`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        Self::NAMES[self.place() as usize]
    }
}

use Part::{Between, Hashed, HashedDigits, Payload, Secret};

macro_rules! constructions {
    ($( $cost:literal [$($deviation:ident),*] $hash:ident $($is_keyed:literal)? [$($part:expr),*]; )*) => {
        &[$( Construction {
            deviations: &[$(Deviation::$deviation),*],
            cost: $cost,
            hash: Hash::$hash,
            parts: &[$($part),*],
            is_keyed: constructions!(@keyed $($is_keyed)?),
        }, )*]
    };
    (@keyed) => { false };
    (@keyed $is_keyed:literal) => { $is_keyed };
}

/// The likeliest first. Two are left out, because they cannot be told apart from others: a
/// newline between payload and secret is a final newline of whichever comes first, and the
/// secret alone is the secret after an empty payload.
pub(super) const CONSTRUCTIONS: &[Construction] = constructions! {
    0 [] Sha256 [Payload, Secret];
    1 [Hmac] Sha256 true [Payload, Secret];
    1 [SecretFirst] Sha256 [Secret, Payload];
    1 [PayloadOnly] Sha256 [Payload];
    2 [HmacSwapped] Sha256 true [Secret, Payload];
    2 [SecretBothEnds] Sha256 [Secret, Payload, Secret];
    1 [Separator] Sha256 [Payload, Between(b"."), Secret];
    1 [Separator] Sha256 [Payload, Between(b":"), Secret];
    2 [Separator] Sha256 [Payload, Between(b" "), Secret];
    2 [Separator] Sha256 [Payload, Between(b","), Secret];
    2 [Separator] Sha256 [Payload, Between(b"|"), Secret];
    2 [Separator] Sha256 [Payload, Between(b"&"), Secret];
    2 [Separator] Sha256 [Payload, Between(b"+"), Secret];
    2 [Separator] Sha256 [Payload, Between(b"-"), Secret];
    2 [Separator] Sha256 [Payload, Between(b"_"), Secret];
    2 [Separator] Sha256 [Payload, Between(b"\0"), Secret];
    2 [HashedTwice] Sha256 [Payload, Secret, Hashed];
    2 [HashedTwice] Sha256 [Payload, Secret, HashedDigits];
    2 [PayloadHashedFirst] Sha256 [Payload, Hashed, Secret];
    2 [PayloadHashedFirst] Sha256 [Payload, HashedDigits, Secret];
    1 [Sha512] Sha512 [Payload, Secret];
    1 [Sha1] Sha1 [Payload, Secret];
    1 [Md5] Md5 [Payload, Secret];

    2 [SecretFirst, Separator] Sha256 [Secret, Between(b"."), Payload];
    2 [SecretFirst, Separator] Sha256 [Secret, Between(b":"), Payload];
    2 [PayloadHashedFirst, Hmac] Sha256 true [HashedDigits, Secret];
    2 [Sha512, Hmac] Sha512 true [Payload, Secret];
    2 [Sha512, SecretFirst] Sha512 [Secret, Payload];
    2 [Sha512, PayloadOnly] Sha512 [Payload];
    2 [Sha1, Hmac] Sha1 true [Payload, Secret];
    2 [Sha1, SecretFirst] Sha1 [Secret, Payload];
    2 [Sha1, PayloadOnly] Sha1 [Payload];
    2 [Md5, Hmac] Md5 true [Payload, Secret];
    2 [Md5, SecretFirst] Md5 [Secret, Payload];
    2 [Md5, PayloadOnly] Md5 [Payload];
};

/// The hash of a payload so far: most constructions begin with it.
pub(super) struct Hashing {
    state: Sha256,
    /// The payload's own digest, and its digits.
    digest: [u8; 32],
    digits: [u8; 64],
}

impl Hashing {
    pub(super) fn of(payload: &[u8]) -> Self {
        let state = Sha256::new_with_prefix(payload);
        let digest = state.clone().finalize().into();
        let mut digits = [0; 64];
        // 32 bytes always fit into 64 digits: there is no error to lose.
        let _ = hex::encode_to_slice(digest, &mut digits);
        Self { state, digest, digits }
    }
}

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
        matches!(self.parts, [Payload])
    }

    /// Whether the payload is hashed first, so that its hash serves for every secret.
    pub(super) const fn is_quick(&self) -> bool {
        let begins_with_it = matches!(self.parts, [Payload | HashedDigits, ..]);
        begins_with_it
            && matches!(self.hash, Hash::Sha256)
            && (!self.is_keyed || matches!(self.parts, [HashedDigits, ..]))
    }

    pub(super) fn digest(&self, payload: &[u8], hashing: &Hashing, secret: &[u8]) -> Vec<u8> {
        match self.hash {
            Hash::Sha256 if self.is_quick() => self.quick_digest(hashing, secret),
            Hash::Sha256 => self.whole_digest::<Sha256>(payload, secret),
            Hash::Sha512 => self.whole_digest::<Sha512>(payload, secret),
            Hash::Sha1 => self.whole_digest::<Sha1>(payload, secret),
            Hash::Md5 => self.whole_digest::<Md5>(payload, secret),
        }
    }

    fn quick_digest(&self, hashing: &Hashing, secret: &[u8]) -> Vec<u8> {
        if self.is_keyed {
            return keyed::<Sha256>(&hashing.digits, secret);
        }
        let mut hash = match self.parts {
            [Payload, Hashed, ..] => Sha256::new_with_prefix(hashing.digest),
            [Payload, HashedDigits, ..] => Sha256::new_with_prefix(hashing.digits),
            _ => hashing.state.clone(),
        };
        for part in self.parts.get(1..).unwrap_or_default() {
            match part {
                Secret => hash.update(secret),
                Between(bytes) => hash.update(bytes),
                // It is first and nowhere else.
                Payload => {}
                Hashed | HashedDigits if self.parts.get(1) == Some(part) => {}
                Hashed | HashedDigits => {
                    let digest = core::mem::take(&mut hash).finalize();
                    if matches!(part, Hashed) {
                        hash.update(digest);
                    } else {
                        hash.update(hex::encode(digest));
                    }
                }
            }
        }
        hash.finalize().to_vec()
    }

    fn whole_digest<D: Digest + BlockSizeUser>(&self, payload: &[u8], secret: &[u8]) -> Vec<u8> {
        let of = |part: &Part| match part {
            Payload => payload,
            Secret => secret,
            Between(bytes) => bytes,
            Hashed | HashedDigits => b"",
        };
        if let (true, [message, key, ..]) = (self.is_keyed, self.parts) {
            return keyed::<D>(of(message), of(key));
        }
        let mut hash = D::new();
        self.parts.iter().for_each(|part| hash.update(of(part)));
        hash.finalize().to_vec()
    }
}

fn keyed<D: Digest + BlockSizeUser>(message: &[u8], key: &[u8]) -> Vec<u8> {
    // An HMAC takes a key of any length: there is no error to lose.
    let Ok(mut mac) = SimpleHmac::<D>::new_from_slice(key) else { return Vec::new() };
    mac.update(message);
    mac.finalize().into_bytes().to_vec()
}
