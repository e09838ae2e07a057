//! The border of the `tools` module: JavaScript values in and out, for pages
//! and the command line, where kilobytes matter less than answers.

use js_sys::Uint8Array;
use serde::Serialize;
use wasm_bindgen::prelude::{JsError, JsValue, wasm_bindgen};

use crate::{Code, Event, Secret, Verifier};

/// What is known of a delivery, the event included once it verified.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Inspection {
    code: &'static str,
    summary: &'static str,
    hint: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    event: Option<InspectedEvent>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct InspectedEvent {
    event_name: String,
    event_timestamp: u64,
    payload: serde_json::Map<String, serde_json::Value>,
}

#[expect(clippy::needless_pass_by_value, reason = "wasm-bindgen hands owned values over")]
/// Verifies a payload and reads its event; the code says how far it came.
#[wasm_bindgen]
pub fn inspect(payload: &Uint8Array, token: Option<String>, secret: &Uint8Array) -> Result<JsValue, JsError> {
    let (code, event) = match event_of(&payload.to_vec(), token.as_deref(), secret.to_vec()) {
        Ok(event) => (Code::Accepted, Some(event)),
        Err(code) => (code, None),
    };
    let event = event.map(|event| InspectedEvent {
        event_name: event.name().to_owned(),
        event_timestamp: event.timestamp(),
        payload: event.payload().clone(),
    });
    let inspection = Inspection { code: code.name(), summary: code.summary(), hint: code.hint(), event };
    Ok(inspection.serialize(&serde_wasm_bindgen::Serializer::json_compatible())?)
}

fn event_of(payload: &[u8], token: Option<&str>, secret: Vec<u8>) -> Result<Event, Code> {
    let verifier = Verifier::new([Secret::new(secret)?])?;
    Event::parse(&verifier.verify(payload, token.map(str::as_bytes))?)
}
