//! The hash functions, over parts that follow one another.

use alloc::vec::Vec;

use hmac::{KeyInit as _, Mac as _, SimpleHmac};
use md5::Md5;
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha512, digest::common::BlockSizeUser};

use super::Hash;

/// The digest of all parts, one after the other.
#[inline(never)]
pub(super) fn digest(hash: Hash, parts: &[&[u8]]) -> Vec<u8> {
    match hash {
        Hash::Sha256 => of::<Sha256>(parts),
        Hash::Sha512 => of::<Sha512>(parts),
        Hash::Sha1 => of::<Sha1>(parts),
        Hash::Md5 => of::<Md5>(parts),
    }
}

fn of<D: Digest>(parts: &[&[u8]]) -> Vec<u8> {
    let mut state = D::new();
    for part in parts {
        state.update(part);
    }
    state.finalize().to_vec()
}

/// An HMAC (RFC 2104).
#[inline(never)]
pub(super) fn keyed(hash: Hash, message: &[u8], key: &[u8]) -> Vec<u8> {
    match hash {
        Hash::Sha256 => keyed_of::<Sha256>(message, key),
        Hash::Sha512 => keyed_of::<Sha512>(message, key),
        Hash::Sha1 => keyed_of::<Sha1>(message, key),
        Hash::Md5 => keyed_of::<Md5>(message, key),
    }
}

fn keyed_of<D: Digest + BlockSizeUser>(message: &[u8], key: &[u8]) -> Vec<u8> {
    // An HMAC takes a key of any length: there is no error to lose.
    let Ok(mut mac) = SimpleHmac::<D>::new_from_slice(key) else { return Vec::new() };
    mac.update(message);
    mac.finalize().into_bytes().to_vec()
}

#[inline(never)]
pub(super) fn update(state: &mut Sha256, bytes: &[u8]) {
    state.update(bytes);
}

#[inline(never)]
pub(super) fn finish(state: Sha256) -> Vec<u8> {
    state.finalize().to_vec()
}
