//! The border for builds of the crate with plain wasm-bindgen or wasm-pack:
//! JavaScript's own values in and out, checked.
//!
//! wasm-bindgen's own `&[u8]` silently takes an object as an empty payload. So every
//! argument comes as a [`JsValue`] and is checked here. The checks and their messages
//! are the same as in the npm package (`pkg/src/verify/bytes.ts`, `secrets.ts`,
//! `subscription/json.ts`); tests/plain/ compares the two.
//!
//! The caller's getters and proxies can throw. They are called in such a way that the
//! error comes back as a value: an error that passed through Rust's frames would leave
//! the module's stack unwound only halfway.

#![expect(clippy::doc_markdown, reason = "these comments become TSDoc in the declarations")]

mod bytes;
mod errors;
mod record;
mod secrets;

use js_sys::JsString;
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};

use super::report::{self, quoted};
use crate::{
    MAX_TOKEN_BYTES, PayloadHash, Token,
    subscription::{Issue, Options, validate_text},
};
use bytes::payload_bytes;
use errors::type_error;
use secrets::{one_secret, secret_set};

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = include_str!("types.d.ts");

/// Makes the token that the Console would send with a payload:
/// `hex(sha256(payload ++ secret))`, 64 lower-case hexadecimal digits.
///
/// @param payload - The raw body. A string stands for its UTF-8.
/// @throws TypeError for a payload or a secret that is neither a string nor bytes.
/// @throws WebhookError `secret_…` for a secret that must not be used.
#[wasm_bindgen]
pub fn sign(
    #[wasm_bindgen(unchecked_param_type = "Bytes")] payload: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "Secret")] secret: &JsValue,
) -> Result<String, JsValue> {
    let payload = payload_bytes(payload)?;
    let secret = one_secret(secret)?;
    let mut hash = PayloadHash::new();
    hash.absorb(&payload);
    Ok(hash.sign(&secret).to_string())
}

/// Whether a token belongs to a payload and one of the secrets.
///
/// @param payload - The raw body, before any JSON parser. A string stands for its
/// UTF-8.
/// @param token - The value of `X-Mia-Token` or `X-Mia-Signature`. Never makes
/// this function throw.
/// @param secrets - One or several; all are tried, whichever matches.
/// @throws TypeError for a payload or a secret that is neither a string nor bytes.
/// @throws WebhookError `secret_…` for secrets that must not be used.
#[wasm_bindgen]
pub fn verify(
    #[wasm_bindgen(unchecked_param_type = "Bytes")] payload: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "Token")] token: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "Secrets")] secrets: &JsValue,
) -> Result<bool, JsValue> {
    let payload = payload_bytes(payload)?;
    let secrets = secret_set(secrets)?;
    let Some(token) = read_token(token) else { return Ok(false) };
    let mut hash = PayloadHash::new();
    hash.absorb(&payload);
    Ok(hash.find(&token, secrets.iter().map(|secret| secret.as_slice())).is_ok())
}

/// `None` for a value that is not a string, or is longer than any token.
fn read_token(token: &JsValue) -> Option<Token> {
    let text = token.dyn_ref::<JsString>()?;
    if text.length() as usize > MAX_TOKEN_BYTES {
        return None;
    }
    Token::parse(String::from(text).as_bytes()).ok()
}

/// Finds everything that is wrong with a subscription, not only the first thing.
///
/// @param input - The record, or its JSON of at most 1 MiB. Only an object's own
/// enumerable fields count; values that JSON does not have (`undefined`, functions)
/// are left out.
/// @throws TypeError for a string with a lone surrogate, and for an object whose
/// fields cannot be read (a getter that throws).
#[wasm_bindgen(js_name = validateSubscription, unchecked_return_type = "SubscriptionReport")]
pub fn validate_subscription(
    #[wasm_bindgen(unchecked_param_type = "unknown")] input: &JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "ValidateOptions")] options: &JsValue,
) -> Result<JsValue, JsValue> {
    let options = read_options(options)?;
    let json = record::json(input)?;
    let found = validate_text(&json, &options, report::parse_url);
    Ok(report::to_js(&found, issue))
}

fn issue(issue: &Issue) -> String {
    report::object(&[
        ("path", Some(quoted(&issue.path))),
        ("code", Some(quoted(issue.code.name()))),
        ("severity", Some(quoted(issue.severity.name()))),
        ("message", Some(quoted(&issue.message()))),
        ("fix", Some(quoted(&issue.fix()))),
        ("suggestion", report::text(issue.suggestion.as_ref())),
    ])
}

fn read_options(options: &JsValue) -> Result<Options, JsValue> {
    let field = |name: &str| {
        if options.is_undefined() {
            Ok(JsValue::UNDEFINED)
        } else {
            js_sys::Reflect::get(options, &name.into())
        }
    };
    let now = match field("now")? {
        now if now.is_undefined() => js_sys::Date::now(),
        now => bytes::call("Number", None, &[&now])?.as_f64().unwrap_or(f64::NAN),
    };
    if !now.is_finite() {
        return Err(type_error("now must be a Date or a number of milliseconds since the Unix epoch"));
    }
    #[expect(clippy::cast_possible_truncation, reason = "a time out of range stays at the range's end")]
    Ok(Options { now: now as i64, is_strict: field("strict")?.is_truthy() })
}
