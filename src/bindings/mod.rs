//! The border: the only files that name `wasm_bindgen`, `js_sys` or `web_sys`. They
//! move bytes and values and decide nothing.

#![allow(unreachable_pub, reason = "wasm-bindgen exports public functions only")]

#[cfg(feature = "wasm-diagnose")]
mod diagnose;
#[cfg(all(
    any(feature = "wasm-diagnose", feature = "wasm-replay", feature = "wasm-verify"),
    not(feature = "std"),
))]
mod no_std;
#[cfg(feature = "wasm-bindgen")]
mod plain;
#[cfg(feature = "wasm-replay")]
mod replay;
#[cfg(any(feature = "wasm-bindgen", feature = "wasm-subscription"))]
mod report;
#[cfg(feature = "wasm-verify")]
mod sizes;
#[cfg(feature = "wasm-subscription")]
mod subscription;
#[cfg(feature = "wasm-verify")]
mod verify;
