//! The border of the `verify` module: integers in, an integer out.
//!
//! JavaScript writes bytes into a fixed area of the module's memory, through
//! views that it makes once, and calls a function with their lengths. Nothing
//! is allocated, so the memory never grows and the views stay valid. Against
//! wasm-bindgen's own `&[u8]` arguments this is 1.4 times as fast at 300 bytes
//! (docs/decisions/0002-static-area.md).
//!
//! An answer of 0 or more is a success, one below 0 is a [`Code`]'s number,
//! negated. Whatever the lengths say, no function traps: a length that does not
//! fit is answered with [`Code::EngineUnavailable`].
//!
//! No secret stays behind: each function wipes what it was given.

use sha2::{
    Sha256,
    digest::{common::hazmat::SerializableState, typenum::Unsigned},
};
use spin::Mutex;
use wasm_bindgen::prelude::wasm_bindgen;
use zeroize::Zeroize;

use crate::{Code, MAX_SECRET_BYTES, MAX_SECRETS, MAX_TOKEN_BYTES, PayloadHash, Token, secret};

/// A payload of up to this size, in bytes, crosses in one call; a longer one
/// crosses in pieces of it.
const INPUT_BYTES: usize = 64 * 1024;

const STATE_BYTES: usize = <Sha256 as SerializableState>::SerializedStateSize::USIZE;

// In this order the token lies where JavaScript can write four bytes at once.
#[repr(C)]
struct Area {
    input: [u8; INPUT_BYTES],
    token: [u8; MAX_TOKEN_BYTES],
    /// One byte more for each than a secret may have: a longer one can be told.
    secrets: [u8; MAX_SECRETS * (MAX_SECRET_BYTES + 1)],
    secret_lengths: [u32; MAX_SECRETS],
    state: [u8; STATE_BYTES],
    hash: Option<PayloadHash>,
}

// One thread and a `const` start make this a plain static, without a line of
// unsafe code. JavaScript writes to it only between calls, when it is not locked.
static AREA: Mutex<Area> = Mutex::new(Area {
    input: [0; INPUT_BYTES],
    token: [0; MAX_TOKEN_BYTES],
    secrets: [0; MAX_SECRETS * (MAX_SECRET_BYTES + 1)],
    secret_lengths: [0; MAX_SECRETS],
    state: [0; STATE_BYTES],
    hash: None,
});

impl Area {
    /// The first `count` secrets, which lie one behind the other, if they may
    /// verify together.
    #[inline(never)]
    fn secrets(&self, count: usize) -> Result<Secrets<'_>, Code> {
        let lengths = self.secret_lengths.get(..count).ok_or(Code::SecretTooMany)?;
        let secrets = Secrets { lengths: lengths.iter(), bytes: &self.secrets };
        secret::check_set(&secrets)?;
        Ok(secrets)
    }

    #[inline(never)]
    fn token(&self, length: usize) -> Result<Token, Code> {
        Token::parse(self.token.get(..length).ok_or(Code::TokenMalformed)?)
    }

    /// Appends the piece of the payload that lies in the input area.
    #[inline(never)]
    fn absorb(&mut self, length: usize) -> Result<(), Code> {
        let piece = self.input.get(..length).ok_or(Code::EngineUnavailable)?;
        self.hash.get_or_insert_default().absorb(piece);
        Ok(())
    }

    fn sign(&mut self, length: usize) -> Result<usize, Code> {
        self.absorb(length)?;
        let secret = self.secrets(1)?.next().ok_or(Code::SecretMissing)?;
        let token = self.absorbed()?.sign(secret);
        self.write_digits(token)
    }

    fn identify(&mut self) -> Result<usize, Code> {
        let id = self.absorbed()?.id();
        self.write_digits(Token::from_bytes(id))
    }

    fn absorbed(&self) -> Result<&PayloadHash, Code> {
        self.hash.as_ref().ok_or(Code::EngineUnavailable)
    }

    #[inline(never)]
    fn write_digits(&mut self, bytes: Token) -> Result<usize, Code> {
        bytes.write_hex(self.token.first_chunk_mut().ok_or(Code::EngineUnavailable)?);
        Ok(0)
    }

    fn verify(&mut self, length: usize, token_length: usize, count: usize) -> Result<usize, Code> {
        self.absorb(length)?;
        let secrets = self.secrets(count)?;
        let token = self.token(token_length)?;
        self.absorbed()?.find(&token, secrets)
    }

    /// Leaves nothing of the payload's state and of the first `count` secrets.
    #[inline(never)]
    fn forget(&mut self, count: usize) {
        let lengths = self.secret_lengths.iter().take(count);
        let used = lengths.fold(0, |sum, &length| length.saturating_add(sum)) as usize;
        self.secrets.iter_mut().take(used).for_each(Zeroize::zeroize);
        // Only the payload went in, which is no secret: nothing to wipe.
        core::mem::forget(self.hash.take());
    }
}

/// Secrets that lie one behind the other.
#[derive(Clone)]
struct Secrets<'a> {
    lengths: core::slice::Iter<'a, u32>,
    bytes: &'a [u8],
}

impl<'a> Iterator for Secrets<'a> {
    type Item = &'a [u8];

    fn next(&mut self) -> Option<&'a [u8]> {
        // A length that does not fit leaves an empty secret, which is refused.
        let (secret, rest) = self.bytes.split_at_checked(*self.lengths.next()? as usize).unwrap_or_default();
        self.bytes = rest;
        Some(secret)
    }
}

fn answer(work: impl FnOnce(&mut Area) -> Result<usize, Code>) -> i32 {
    let result = match AREA.try_lock() {
        Some(mut area) => work(&mut area),
        None => Err(Code::EngineUnavailable),
    };
    match result {
        Ok(value) => i32::try_from(value).unwrap_or(i32::MAX),
        Err(code) => -i32::from(code as u8),
    }
}

/// Where JavaScript reads and writes: 0 the payload or a piece of it (64 KiB),
/// 1 the token (71 bytes), 2 the secrets, one behind the other (8 × 4097
/// bytes), 3 their lengths (eight `u32`), 4 a stream's state
/// ([`state_length`] bytes).
#[wasm_bindgen]
pub fn address(part: usize) -> usize {
    AREA.try_lock().map_or(0, |area| match part {
        0 => area.input.as_ptr().addr(),
        1 => area.token.as_ptr().addr(),
        2 => area.secrets.as_ptr().addr(),
        3 => area.secret_lengths.as_ptr().addr(),
        _ => area.state.as_ptr().addr(),
    })
}

/// The size of a stream's state, in bytes.
#[wasm_bindgen]
pub fn state_length() -> usize {
    STATE_BYTES
}

/// Checks a set of secrets; 0 when they may verify together.
#[wasm_bindgen]
pub fn check_secrets(count: usize) -> i32 {
    answer(|area| {
        let checked = area.secrets(count).map(|_| 0);
        area.forget(count);
        checked
    })
}

/// Checks the grammar of a token; 0 when it could be one.
#[wasm_bindgen]
pub fn check_token(length: usize) -> i32 {
    answer(|area| area.token(length).map(|_| 0))
}

/// Appends a piece of the payload; `fresh` starts a new one.
#[wasm_bindgen]
pub fn absorb(length: usize, fresh: bool) -> i32 {
    answer(|area| {
        if fresh {
            area.forget(0);
        }
        area.absorb(length).map(|()| 0)
    })
}

/// Signs the payload, whose last piece this is, with the first secret. The
/// token is left in the token's place, in 64 digits.
#[wasm_bindgen]
pub fn sign(length: usize) -> i32 {
    answer(|area| {
        let signed = area.sign(length);
        area.forget(1);
        signed
    })
}

/// Verifies the payload, whose last piece this is; the index of the secret that
/// matched. With `identify`, the payload's SHA-256 is left in place of the
/// token, in 64 digits.
#[wasm_bindgen]
pub fn verify(length: usize, token_length: usize, count: usize, identify: bool) -> i32 {
    answer(|area| {
        let found = area.verify(length, token_length, count);
        if identify && found.is_ok() {
            area.identify()?;
        }
        area.forget(count);
        found
    })
}

/// Moves the state of the payload so far to the state's place, for a stream.
#[wasm_bindgen]
pub fn save() -> i32 {
    answer(|area| {
        area.state = area.absorbed()?.0.serialize().into();
        area.forget(0);
        Ok(0)
    })
}

/// Goes on from the state in the state's place.
#[wasm_bindgen]
pub fn restore() -> i32 {
    answer(|area| {
        area.forget(0);
        let hash = Sha256::deserialize(&area.state.into()).map_err(|_| Code::EngineUnavailable)?;
        area.hash = Some(PayloadHash(hash));
        Ok(0)
    })
}
