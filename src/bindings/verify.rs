//! The border of the `verify` module: integers in, an integer out.
//!
//! JavaScript writes bytes into a fixed area of the module's memory, through views
//! that it makes once, and calls a function with their lengths. Nothing is
//! allocated, so the memory never grows and the views stay valid. At 300 bytes this
//! is 1.4 times as fast as wasm-bindgen's own `&[u8]` arguments
//! (docs/decisions/0002-static-area.md).
//!
//! An answer of 0 or more is a success; one below 0 is a [`Code`]'s number, negated.
//! No function traps, whatever the lengths and counts are: one that does not fit is
//! refused.
//!
//! No secret stays in memory: each function wipes the secrets that it was given.

use core::mem::offset_of;

use spin::Mutex;
use wasm_bindgen::prelude::wasm_bindgen;

use super::sizes::{INPUT_BYTES, MAX_TOKENS, TOKEN_SLOT_BYTES};
use crate::{
    Code, MAX_SECRET_BYTES, MAX_SECRETS, MAX_TOKEN_BYTES, PayloadHash, Token, request, secret,
    signature::find_among,
};

// A token that is too long is noticed, and each slot begins at a whole word.
const _: () = assert!(TOKEN_SLOT_BYTES > MAX_TOKEN_BYTES && TOKEN_SLOT_BYTES.is_multiple_of(4));

// In this order, the tokens are aligned so that JavaScript can write four bytes at
// once.
#[repr(C)]
struct Area {
    input: [u8; INPUT_BYTES],
    /// One slot for each token header that is there.
    tokens: [[u8; TOKEN_SLOT_BYTES]; MAX_TOKENS],
    token_lengths: [u32; MAX_TOKENS],
    /// One byte longer for each than a secret may be, so that a secret that is too
    /// long is noticed.
    secrets: [u8; MAX_SECRETS * (MAX_SECRET_BYTES + 1)],
    secret_lengths: [u32; MAX_SECRETS],
    /// The payload so far. For a stream, JavaScript copies its bytes out and back in:
    /// they hold no address, and only this module reads them.
    hash: Option<PayloadHash>,
}

// With one thread and a `const` initial value, this is a plain static without unsafe
// code. JavaScript writes to it only between calls, when it is not locked.
static AREA: Mutex<Area> = Mutex::new(Area {
    input: [0; INPUT_BYTES],
    tokens: [[0; TOKEN_SLOT_BYTES]; MAX_TOKENS],
    token_lengths: [0; MAX_TOKENS],
    secrets: [0; MAX_SECRETS * (MAX_SECRET_BYTES + 1)],
    secret_lengths: [0; MAX_SECRETS],
    hash: None,
});

impl Area {
    /// The first `count` secrets, which lie one after the other.
    fn secrets(&self, count: usize) -> Result<Secrets<'_>, Code> {
        let lengths = self.secret_lengths.get(..count).ok_or(Code::SecretTooMany)?;
        Ok(Secrets { lengths: lengths.iter(), bytes: &self.secrets })
    }

    /// As [`Area::secrets`], of those that [`check_secrets`] accepted.
    // To compare eight of them with each other again takes a tenth of a verify. Only one
    // that is empty is refused once more: with it, everybody could sign.
    #[inline(never)]
    fn accepted_secrets(&self, count: usize) -> Result<Secrets<'_>, Code> {
        let secrets = self.secrets(count)?;
        if secrets.clone().any(<[u8]>::is_empty) { Err(Code::SecretEmpty) } else { Ok(secrets) }
    }

    /// The one token that the first `count` slots hold.
    #[inline(never)]
    fn token(&self, count: usize) -> Result<Token, Code> {
        let lengths = self.token_lengths.get(..count).ok_or(Code::EngineUnavailable)?;
        let texts = self.tokens.iter().zip(lengths).map(|(slot, &length)| slot.get(..length as usize));
        request::one_token(texts.map(|text| parse(text.ok_or(Code::TokenMalformed)?)))
    }

    /// Appends the piece of the payload in the input area.
    #[inline(never)]
    fn absorb(&mut self, length: usize) -> Result<(), Code> {
        let piece = self.input.get(..length).ok_or(Code::EngineUnavailable)?;
        self.hash.get_or_insert_default().absorb(piece);
        Ok(())
    }

    fn sign(&mut self, length: usize) -> Result<usize, Code> {
        self.absorb(length)?;
        let secret = self.accepted_secrets(1)?.next().ok_or(Code::SecretMissing)?;
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
        bytes.write_hex(self.tokens.as_flattened_mut().first_chunk_mut().ok_or(Code::EngineUnavailable)?);
        Ok(0)
    }

    fn verify(&mut self, length: usize, token_count: usize, secret_count: usize) -> Result<usize, Code> {
        self.absorb(length)?;
        let secrets = self.accepted_secrets(secret_count)?;
        let token = self.token(token_count)?;
        self.absorbed()?.find(&token, secrets)
    }

    /// Wipes the first `count` secrets, and drops the payload's state.
    #[inline(never)]
    fn forget(&mut self, count: usize) {
        let lengths = self.secret_lengths.iter().take(count);
        let used = lengths.fold(0, |sum, &length| length.saturating_add(sum)) as usize;
        let used = used.min(self.secrets.len());
        // Not removed as a useless write: later calls read the same memory. A test scans it.
        self.secrets[..used].fill(0);
        // It holds only the payload, which is not secret: nothing to wipe.
        core::mem::forget(self.hash.take());
    }
}

// Called in two places: without a second copy it is 300 bytes less.
#[inline(never)]
fn parse(text: &[u8]) -> Result<Token, Code> {
    Token::parse(text)
}

/// Secrets that lie one after the other.
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
/// 1 the tokens (4 slots of 72 bytes), 2 the secrets, one after the other (8 ×
/// 4097 bytes), 3 their lengths (eight `u32`), 4 a stream's state
/// ([`state_length`] bytes), 5 the tokens' lengths (four `u32`).
#[wasm_bindgen]
pub fn address(part: usize) -> usize {
    // Offsets, not pointers: 20 bytes less.
    AREA.try_lock().map_or(0, |area| {
        let offset = match part {
            0 => offset_of!(Area, input),
            1 => offset_of!(Area, tokens),
            2 => offset_of!(Area, secrets),
            3 => offset_of!(Area, secret_lengths),
            4 => offset_of!(Area, hash),
            _ => offset_of!(Area, token_lengths),
        };
        core::ptr::from_ref(&*area).addr() + offset
    })
}

/// The size of a stream's state, in bytes.
#[wasm_bindgen]
pub fn state_length() -> usize {
    size_of::<Option<PayloadHash>>()
}

/// Checks the first `count` secrets; 0 when they may verify together.
#[wasm_bindgen]
pub fn check_secrets(count: usize) -> i32 {
    answer(|area| {
        let checked = area.secrets(count).and_then(|secrets| secret::check_set(&secrets).map(|()| 0));
        area.forget(count);
        checked
    })
}

/// Checks the tokens of a request before its payload arrives; 0 when they are
/// well-formed and the same.
#[wasm_bindgen]
pub fn check_tokens(count: usize) -> i32 {
    answer(|area| area.token(count).map(|_| 0))
}

/// Appends a piece of the payload, but not the last: [`sign`] and [`verify`] do that.
#[wasm_bindgen]
pub fn absorb(length: usize) -> i32 {
    answer(|area| area.absorb(length).map(|()| 0))
}

/// Appends the last piece of the payload, and signs the payload with the first
/// secret. Writes the token into the first token slot, as 64 digits.
#[wasm_bindgen]
pub fn sign(length: usize) -> i32 {
    answer(|area| {
        let signed = area.sign(length);
        area.forget(1);
        signed
    })
}

/// Appends the last piece of the payload, and verifies the payload; returns the index
/// of the secret that matched. With `identify`, writes the payload's SHA-256 into the
/// first token slot, as 64 digits.
#[wasm_bindgen]
pub fn verify(length: usize, token_count: usize, secret_count: usize, identify: bool) -> i32 {
    answer(|area| {
        let found = area.verify(length, token_count, secret_count);
        if identify && found.is_ok() {
            // It cannot fail after a payload was absorbed, so nothing is left behind.
            area.identify()?;
        }
        area.forget(secret_count);
        found
    })
}

/// As [`verify`], where the host has hashed: the payload's place holds the token that
/// each secret makes, 64 digits each, one after the other.
#[wasm_bindgen]
pub fn compare(token_count: usize, secret_count: usize) -> i32 {
    answer(|area| {
        let token = area.token(token_count)?;
        let made = area.input.as_chunks::<64>().0.get(..secret_count).ok_or(Code::SecretTooMany)?;
        find_among(&token, made.iter().map(|digits| parse(digits).map_err(|_| Code::EngineUnavailable)))
    })
}
