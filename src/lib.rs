//! Verify Mia-Platform Console webhooks: genuine, unaltered, before anything
//! else happens.
//!
//! The Console sends `POST` requests whose header `X-Mia-Token` (in newer
//! Consoles `X-Mia-Signature`) holds `hex(sha256(payload ++ secret))`. The
//! payload is the raw request body, byte for byte; it is never decoded,
//! trimmed or parsed before it has verified.
//!
//! ```
//! use mia_webhooks::{Event, Secret, Verifier};
//!
//! # fn main() -> Result<(), mia_webhooks::Code> {
//! let verifier = Verifier::new([Secret::new("it's a secret to everybody")?])?;
//! let payload = br#"{"eventName":"project_created","eventTimestamp":1767225600000,"payload":{}}"#;
//! let token = verifier.sign(payload).to_string(); // what the Console would send
//!
//! let verified = verifier.verify(payload, Some(token.as_bytes()))?;
//! let event = Event::parse(&verified)?;
//! assert_eq!(event.name(), "project_created");
//! # Ok(())
//! # }
//! ```
//!
//! # Features
//! - `event` (default): the event envelope, parsed by `serde_json`, the known
//!   events, and the scope of a subscription.
//! - `subscription` (default): the rules for subscriptions.
//! - `diagnose` (default): why a token does not match.
//! - `std`: [`Secret`] and [`Verifier`]. Without it there are [`Token`] and
//!   [`PayloadHash`], which need neither an allocator nor, on targets without an
//!   operating system, the standard library.
//! - `wasm-bindgen`: the exports for building the crate with plain wasm-bindgen
//!   or wasm-pack.
//! - `wasm-verify`, `wasm-replay`, `wasm-diagnose`, `wasm-subscription`: the
//!   borders of the four WebAssembly modules in the npm package.
//!
//! The features that begin with `wasm-` only have an effect on the target
//! `wasm32-unknown-unknown`.

// wasm-pack needs a cdylib, and a cdylib needs a panic handler. Where there is a
// standard library, its handler serves, so that the crate can be a dependency
// without the feature `std`. The modules bring their own.
#![cfg_attr(
    all(
        not(feature = "std"),
        any(
            target_os = "none",
            all(
                target_arch = "wasm32",
                target_os = "unknown",
                any(feature = "wasm-diagnose", feature = "wasm-replay", feature = "wasm-verify"),
            ),
        ),
    ),
    no_std
)]
#![forbid(unsafe_code)]
// The `replay` module decides about events that have verified; it uses none of the
// code that verifies.
#![cfg_attr(
    not(any(feature = "std", all(target_arch = "wasm32", feature = "wasm-verify"))),
    allow(dead_code)
)]

#[cfg(any(feature = "diagnose", feature = "subscription"))]
extern crate alloc;

#[cfg(any(feature = "diagnose", feature = "subscription"))]
mod base64;

#[cfg(all(target_arch = "wasm32", target_os = "unknown"))]
mod bindings;
#[cfg(doctest)]
#[doc = include_str!("../docs/rust.md")]
mod readme {}
#[cfg(feature = "diagnose")]
pub mod diagnose;
mod error;
#[cfg(feature = "event")]
mod event;
#[cfg(any(feature = "event", feature = "subscription"))]
pub mod events;
#[cfg(any(feature = "diagnose", feature = "subscription"))]
mod finding;
mod header;
#[cfg(any(feature = "event", feature = "subscription"))]
mod reason;
pub mod replay;
mod request;
#[cfg(any(feature = "event", feature = "subscription"))]
mod scope;
mod secret;
mod signature;
#[cfg(feature = "subscription")]
pub mod subscription;
mod timestamp;
mod token;
#[cfg(feature = "std")]
mod verifier;

pub use error::Code;
#[cfg(feature = "event")]
pub use event::{Event, EventProblem};
#[cfg(any(feature = "event", feature = "subscription"))]
pub use events::{COMPANY_ID_PATHS, PROJECT_ID_PATHS};
pub use header::{EVENT_ID_HEADER, EVENT_LATEST_HEADER, TOKEN_HEADER, TOKEN_HEADERS};
#[cfg(any(feature = "event", feature = "subscription"))]
pub use scope::{Scope, ScopeMismatch};
#[cfg(feature = "std")]
pub use secret::Secret;
pub use secret::{MAX_SECRET_BYTES, MAX_SECRETS};
pub use signature::PayloadHash;
pub use timestamp::MAX_EVENT_TIMESTAMP;
pub use token::{MAX_TOKEN_BYTES, Token};
#[cfg(feature = "std")]
pub use verifier::{Match, Stream, Verified, Verifier};
