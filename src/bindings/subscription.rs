//! The border of the `subscription` module: JSON in, a report out. The sentences of
//! the codes stay outside: the package gets them from the same table.

use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use super::report::{self, quoted};
use crate::subscription::{Issue, Options, numbers::decimal, validate_text};

/// 3 kB smaller than the allocator that comes with Rust, and faster.
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

/// Validates a subscription given as JSON; `now` is in milliseconds since the Unix
/// epoch. In the report, each issue has its `path`, the place of its `code` in the
/// table, and perhaps a `detail` and a `suggestion`.
///
/// The package writes JavaScript values as JSON first: no getter, proxy or cycle
/// comes here, and there is only one reader of records.
#[wasm_bindgen]
pub fn validate(subscription: &str, now: f64, is_strict: bool) -> JsValue {
    #[expect(clippy::cast_possible_truncation, reason = "a time out of range stays at the range's end")]
    let options = Options { now: now as i64, is_strict };
    report::to_js(&validate_text(subscription, &options, report::parse_url), issue)
}

fn issue(issue: &Issue) -> String {
    report::object(&[
        ("path", Some(quoted(&issue.path))),
        ("code", Some(decimal(issue.code as u64))),
        ("detail", report::text(issue.detail.as_ref())),
        ("suggestion", report::text(issue.suggestion.as_ref())),
    ])
}
