//! Errors as the npm package throws them.

use js_sys::{Error, Object, Reflect, TypeError};
use wasm_bindgen::{JsCast, JsValue};

use crate::Code;

pub(super) fn type_error(message: &str) -> JsValue {
    TypeError::new(message).into()
}

/// A `TypeError` whose `cause` is what was caught.
pub(super) fn type_error_because(message: &str, cause: &JsValue) -> JsValue {
    let error: Error = TypeError::new(message).unchecked_into();
    hide(&error, "cause", cause);
    error.into()
}

/// An error whose `name` is `WebhookError`. It has no class of its own: a module
/// cannot make a subclass of `Error` without a separate script.
pub(super) fn webhook_error(code: Code, detail: Option<&str>) -> JsValue {
    let message = match detail {
        None => code.summary().to_owned(),
        Some(detail) => format!("{} {detail}", code.summary()),
    };
    let error = Error::new(&message);
    hide(&error, "name", &"WebhookError".into());
    for (name, value) in
        [("code", code.name().into()), ("status", code.status().into()), ("hint", code.hint().into())]
    {
        set(&error, name, &value);
    }
    error.into()
}

/// Sets a field that is not enumerable, like the fields of every `Error`.
fn hide(error: &Error, name: &str, value: &JsValue) {
    let descriptor = Object::new();
    set(&descriptor, "value", value);
    set(&descriptor, "configurable", &JsValue::TRUE);
    set(&descriptor, "writable", &JsValue::TRUE);
    // Only a frozen object refuses a field, and this one is new.
    let _ = Reflect::define_property(error, &name.into(), &descriptor);
}

fn set(object: &JsValue, name: &str, value: &JsValue) {
    let _ = Reflect::set(object, &name.into(), value);
}
