//! Writes a subscription that came as a JavaScript value as JSON; the twin of
//! `pkg/src/subscription/json.ts`.

use js_sys::{Array, JsString, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use super::{
    bytes::{call, type_name, well_formed},
    errors::type_error_because,
};
use crate::{bindings::report::quoted, subscription::MAX_JSON_BYTES};

/// Deeper values are not read: the deepest field is `proxy.url`.
const MAX_DEPTH: u8 = 3;

/// The JSON of a record that was given as JSON or as a value.
pub(super) fn json(input: &JsValue) -> Result<String, JsValue> {
    let Some(text) = input.dyn_ref::<JsString>() else {
        let json = Writer::default().write(input, "subscription", MAX_DEPTH)?;
        return Ok(json.unwrap_or_else(|| "null".to_owned()));
    };
    // Input that is longer than any subscription is refused by its length.
    if text.length() as usize > MAX_JSON_BYTES {
        return Ok(too_long());
    }
    well_formed(text, "subscription")
}

fn too_long() -> String {
    " ".repeat(MAX_JSON_BYTES + 1)
}

/// Writes the own enumerable fields as JSON. `JSON.stringify` would call `toJSON`,
/// refuse cycles and bigints, and walk values of any size.
#[derive(Default)]
struct Writer {
    /// The length of all strings so far, in UTF-16.
    length: usize,
}

impl Writer {
    fn is_full(&self) -> bool {
        self.length > MAX_JSON_BYTES
    }

    /// `None` for a value that JSON does not have.
    fn write(&mut self, value: &JsValue, name: &str, depth: u8) -> Result<Option<String>, JsValue> {
        if let Some(text) = value.dyn_ref::<JsString>() {
            self.length += text.length() as usize;
        }
        if self.is_full() {
            return Ok(Some(too_long()));
        }
        if let Some(text) = value.dyn_ref::<JsString>() {
            return well_formed(text, name).map(|text| Some(quoted(&text)));
        }
        if value.is_null() || value.is_object() {
            self.length += 2;
            return match depth {
                _ if value.is_null() => Ok(Some("null".to_owned())),
                0 => Ok(Some("{}".to_owned())),
                _ if read(name, || call("Array", Some("isArray"), &[value]))?.is_truthy() => {
                    self.write_list(value, name, depth - 1).map(Some)
                }
                _ => self.write_fields(value, name, depth - 1).map(Some),
            };
        }
        // The type is wrong, so the value does not matter, but for `enabled: false`.
        Ok(match value.js_typeof().as_string().as_deref() {
            Some("number" | "bigint") => Some("0".to_owned()),
            Some("boolean") => Some(if value.is_truthy() { "true" } else { "false" }.to_owned()),
            _ => None,
        })
    }

    fn write_list(&mut self, list: &JsValue, name: &str, depth: u8) -> Result<String, JsValue> {
        let mut elements = Vec::new();
        let count = read(name, || Reflect::get(list, &"length".into()))?.as_f64().unwrap_or_default();
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a list's length is a u32"
        )]
        for index in 0..count as u32 {
            if self.is_full() {
                break;
            }
            self.length += 1;
            let inner = format!("{name}/{index}");
            let element = read(&inner, || Reflect::get_u32(list, index))?;
            elements.push(self.write(&element, &inner, depth)?.unwrap_or_else(|| "null".to_owned()));
        }
        Ok(format!("[{}]", elements.join(",")))
    }

    fn write_fields(&mut self, value: &JsValue, name: &str, depth: u8) -> Result<String, JsValue> {
        let mut fields = Vec::new();
        let keys: Array = read(name, || call("Object", Some("keys"), &[value]))?.unchecked_into();
        for key in keys.iter() {
            let key: JsString = key.unchecked_into();
            let key_text = well_formed(&key, &format!("a field's name in {name}"))?;
            self.length += key.length() as usize;
            let inner = format!("{name}/{key_text}");
            let field = read(&inner, || Reflect::get(value, &key))?;
            if let Some(text) = self.write(&field, &inner, depth)? {
                fields.push(format!("{}:{text}", quoted(&key_text)));
            }
            if self.is_full() {
                break;
            }
        }
        Ok(format!("{{{}}}", fields.join(",")))
    }
}

/// Getters and proxies run the caller's code, which may throw anything.
fn read(name: &str, get: impl FnOnce() -> Result<JsValue, JsValue>) -> Result<JsValue, JsValue> {
    get().map_err(|cause| {
        let name: String = name.chars().take(100).collect();
        type_error_because(&format!("{name} cannot be read: it threw {}", type_name(&cause)), &cause)
    })
}
