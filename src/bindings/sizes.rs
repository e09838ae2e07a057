//! The sizes of the `verify` module's area that JavaScript needs to know. Only plain
//! constants: `cargo xtask generate` includes this file natively, and writes them
//! into `pkg/src/generated/tables.ts`.

/// A payload of up to this size, in bytes, crosses in one call; a longer one crosses
/// in pieces of this size.
pub const INPUT_BYTES: usize = 64 * 1024;

/// The most token headers of one request: one slot for each.
pub const MAX_TOKENS: usize = 4;

/// A token's slot, in bytes: a whole number of 32-bit words, one byte longer than
/// the longest token.
pub const TOKEN_SLOT_BYTES: usize = 72;
