//! What callers may pass as bytes; the twin of `pkg/src/verify/bytes.ts`.

use js_sys::{Array, ArrayBuffer, Function, JsString, Object, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};

use super::errors::{type_error, type_error_because};

/// The name of a value's type for an error message, never its content.
pub(super) fn type_name(value: &JsValue) -> String {
    if value.is_null() {
        "null".to_owned()
    } else if Array::is_array(value) {
        "an array".to_owned()
    } else {
        value.js_typeof().as_string().unwrap_or_default()
    }
}

/// The bytes of a payload. A parsed object gets a message of its own.
pub(super) fn payload_bytes(payload: &JsValue) -> Result<Vec<u8>, JsValue> {
    if payload.is_object() && !ArrayBuffer::is_view(payload) && !is_buffer(payload)? {
        return Err(type_error(
            "payload must be the raw body, as it came: a string, a Uint8Array or an ArrayBuffer. \
             Hash the raw body, before any JSON parser",
        ));
    }
    to_bytes(payload, "payload")
}

/// The bytes of an argument, copied into the module.
pub(super) fn to_bytes(value: &JsValue, name: &str) -> Result<Vec<u8>, JsValue> {
    if let Some(text) = value.dyn_ref::<JsString>() {
        return Ok(well_formed(text, name)?.into_bytes());
    }
    if ArrayBuffer::is_view(value) {
        return bytes_of(&Reflect::get(value, &"buffer".into())?, name, value);
    }
    if is_buffer(value)? {
        return bytes_of(value, name, value);
    }
    let found = type_name(value);
    Err(type_error(&format!("{name} must be a string, a Uint8Array or an ArrayBuffer, not {found}")))
}

/// A string as UTF-8. A lone surrogate has no UTF-8.
pub(super) fn well_formed(text: &JsString, name: &str) -> Result<String, JsValue> {
    let utf8 = String::from(text);
    // The conversion turns a lone surrogate into U+FFFD, which may also have been
    // there before. Only if there is one is the string checked, unit by unit.
    if utf8.contains('\u{fffd}') && !text.is_valid_utf16() {
        return Err(type_error(&format!(
            "{name} holds a lone surrogate, which has no UTF-8: pass the bytes instead"
        )));
    }
    Ok(utf8)
}

/// Whether a value is an `ArrayBuffer` of any realm, by its own getter: a tag can be
/// forged, and such a value would be signed as no bytes at all. The tag is enough for
/// shared buffers, because they are refused.
pub(super) fn is_buffer(value: &JsValue) -> Result<bool, JsValue> {
    let prototype = Reflect::get(&global("ArrayBuffer")?, &"prototype".into())?;
    let descriptor =
        Reflect::get_own_property_descriptor(prototype.unchecked_ref::<Object>(), &"byteLength".into())?;
    let getter: Function = Reflect::get(&descriptor, &"get".into())?.unchecked_into();
    Ok(getter.call0(value).is_ok() || is_shared(value)?)
}

fn is_shared(value: &JsValue) -> Result<bool, JsValue> {
    let prototype = Reflect::get(&global("Object")?, &"prototype".into())?;
    let to_string: Function = Reflect::get(&prototype, &"toString".into())?.unchecked_into();
    Ok(to_string.call0(value)? == "[object SharedArrayBuffer]")
}

fn bytes_of(buffer: &JsValue, name: &str, view: &JsValue) -> Result<Vec<u8>, JsValue> {
    if is_shared(buffer)? {
        return Err(type_error(&format!(
            "{name} is shared memory, which can change while it is hashed: pass a copy"
        )));
    }
    let arguments = Array::of3(
        buffer,
        &Reflect::get(view, &"byteOffset".into())?,
        &Reflect::get(view, &"byteLength".into())?,
    );
    // Throws on a detached buffer, which would otherwise look empty.
    let bytes = Reflect::construct(&global("Uint8Array")?.unchecked_into::<Function>(), &arguments).map_err(
        |cause| {
            type_error_because(
                &format!("{name} is a detached buffer: its bytes were transferred away"),
                &cause,
            )
        },
    )?;
    Ok(bytes.unchecked_into::<Uint8Array>().to_vec())
}

fn global(name: &str) -> Result<JsValue, JsValue> {
    Reflect::get(&js_sys::global(), &name.into())
}

/// Calls a function of the host, for example `Number` or `Object.keys`.
pub(super) fn call(name: &str, method: Option<&str>, arguments: &[&JsValue]) -> Result<JsValue, JsValue> {
    let object = global(name)?;
    let function = match method {
        None => object.clone(),
        Some(method) => Reflect::get(&object, &method.into())?,
    };
    let arguments: Array = arguments.iter().copied().collect();
    function.unchecked_into::<Function>().apply(&object, &arguments)
}
