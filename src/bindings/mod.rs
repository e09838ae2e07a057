//! The border: the only files that name `wasm_bindgen`, `web_sys` or
//! `serde_wasm_bindgen`. They move bytes and small integers and decide nothing.

#![allow(unreachable_pub, reason = "wasm-bindgen exports public functions only")]

#[cfg(feature = "diagnosis")]
mod diagnosis;
#[cfg(all(
    any(feature = "diagnosis", feature = "replay", feature = "verify"),
    not(feature = "std"),
    target_arch = "wasm32"
))]
mod no_std;
#[cfg(feature = "replay")]
mod replay;
#[cfg(feature = "tools")]
mod tools;
#[cfg(feature = "verify")]
mod verify;
