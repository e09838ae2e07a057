//! The border of the `subscription` module: JSON in, a report out. It is for pages,
//! the command line and the start of a receiver, where full answers matter more than
//! kilobytes.

use wasm_bindgen::prelude::{JsError, JsValue, wasm_bindgen};

use super::report;
use crate::subscription::{Options, validate_text};

/// 3 kB smaller than the allocator that comes with Rust, and faster.
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

/// Validates a subscription given as JSON; `now` is in milliseconds since the Unix
/// epoch.
///
/// The package writes JavaScript values as JSON first: no getter, proxy or cycle
/// comes here, and there is only one reader of records. Reading the value itself
/// with serde-wasm-bindgen cost 14 kB after gzip.
#[wasm_bindgen]
pub fn validate(subscription: &str, now: f64, is_strict: bool) -> Result<JsValue, JsError> {
    #[expect(clippy::cast_possible_truncation, reason = "a time out of range stays at the range's end")]
    let options = Options { now: now as i64, is_strict };
    let found = validate_text(subscription, &options, report::parse_url);
    Ok(report::to_js(&found)?)
}
