//! The ways in which payload and secret may have been combined.

use alloc::vec::Vec;

use sha2::{Digest as _, Sha256};

use super::{Deviation, hash, hex};

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
    digest: Vec<u8>,
    digits: Vec<u8>,
}

impl Hashing {
    pub(super) fn of(payload: &[u8]) -> Self {
        let mut state = Sha256::new();
        hash::update(&mut state, payload);
        let digest = hash::finish(state.clone());
        let digits = hex::encode(&digest);
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

    #[inline(never)]
    pub(super) fn digest(&self, payload: &[u8], hashing: &Hashing, secret: &[u8]) -> Vec<u8> {
        let of = |part: &Part| match part {
            Payload => payload,
            Secret => secret,
            Between(bytes) => bytes,
            Hashed => &*hashing.digest,
            HashedDigits => &*hashing.digits,
        };
        match (self.is_keyed, self.parts) {
            (true, [message, key]) => hash::keyed(self.hash, of(message), of(key)),
            // The payload's own digest stands in for what is before it.
            (_, [Payload, digest @ (Hashed | HashedDigits), Secret]) => {
                hash::digest(self.hash, &[of(digest), secret])
            }
            _ if self.is_quick() => self.quick_digest(hashing, secret),
            (_, [first, rest @ ..]) => {
                let part = |place: usize| rest.get(place).map_or(&[][..], of);
                hash::digest(self.hash, &[of(first), part(0), part(1)])
            }
            _ => Vec::new(),
        }
    }

    /// Goes on from the hash of the payload.
    #[inline(never)]
    fn quick_digest(&self, hashing: &Hashing, secret: &[u8]) -> Vec<u8> {
        let mut state = hashing.state.clone();
        for part in self.parts.get(1..).unwrap_or_default() {
            let bytes = match part {
                Between(bytes) => bytes,
                Hashed | HashedDigits => {
                    let digest = hash::finish(state);
                    let text = if *part == HashedDigits { hex::encode(&digest) } else { digest };
                    return hash::digest(self.hash, &[&text]);
                }
                Payload | Secret => secret,
            };
            hash::update(&mut state, bytes);
        }
        hash::finish(state)
    }
}
