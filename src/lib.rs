//! Verify Mia-Platform Console webhooks: genuine, unaltered, before anything
//! else happens.
//!
//! The Console sends `POST` requests whose header `X-Mia-Token` (in newer
//! Consoles `X-Mia-Signature`) holds `hex(sha256(payload ++ secret))`. The
//! payload is the raw request body, byte for byte; it is never decoded,
//! trimmed or parsed before it verified.
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
//! - `verify`, `replay`, `diagnosis`, `tools`: the borders of the four WebAssembly modules in
//!   the npm package. A native receiver needs none of them.

#![cfg_attr(not(feature = "std"), no_std)]
#![forbid(unsafe_code)]
// The `replay` module decides about what has verified, and verifies nothing.
#![cfg_attr(not(any(feature = "std", feature = "verify")), allow(dead_code))]

#[cfg(feature = "diagnose")]
extern crate alloc;

#[cfg(any(feature = "diagnosis", feature = "replay", feature = "tools", feature = "verify"))]
mod bindings;
#[cfg(feature = "diagnose")]
pub mod diagnose;
mod error;
#[cfg(feature = "event")]
mod event;
#[cfg(any(feature = "event", feature = "rules"))]
pub mod events;
#[cfg(any(feature = "diagnose", feature = "rules"))]
mod finding;
mod header;
pub mod replay;
#[cfg(any(feature = "event", feature = "rules"))]
mod scope;
mod secret;
mod signature;
#[cfg(feature = "rules")]
pub mod subscription;
mod timestamp;
mod token;
#[cfg(feature = "std")]
mod verifier;

pub use error::Code;
#[cfg(feature = "event")]
pub use event::Event;
#[cfg(any(feature = "event", feature = "rules"))]
pub use events::{COMPANY_ID_PATHS, PROJECT_ID_PATHS};
pub use header::{EVENT_ID_HEADER, EVENT_LATEST_HEADER, TOKEN_HEADER, TOKEN_HEADERS};
#[cfg(any(feature = "event", feature = "rules"))]
pub use scope::{NotDelivered, Scope};
#[cfg(feature = "std")]
pub use secret::Secret;
pub use secret::{MAX_SECRET_BYTES, MAX_SECRETS};
pub use signature::PayloadHash;
pub use timestamp::MAX_EVENT_TIMESTAMP;
pub use token::{MAX_TOKEN_BYTES, Token};
#[cfg(feature = "std")]
pub use verifier::{Match, Stream, Verified, Verifier};
