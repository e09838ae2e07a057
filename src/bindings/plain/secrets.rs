//! Secrets in every form in which callers may pass them; the twin of
//! `pkg/src/verify/secrets.ts`.

use js_sys::{Array, ArrayBuffer, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use zeroize::Zeroizing;

use super::{
    bytes::{call, is_buffer, to_bytes, type_name},
    errors::{type_error, webhook_error},
};
use crate::{Code, secret};

/// Wiped when dropped.
pub(super) type SecretBytes = Zeroizing<Vec<u8>>;

/// Secrets as bytes, checked.
pub(super) fn secret_set(secrets: &JsValue) -> Result<Vec<SecretBytes>, JsValue> {
    let bytes = name_secrets(secrets)?
        .into_iter()
        .map(|(name, secret)| secret_bytes(&secret, &name))
        .collect::<Result<Vec<_>, _>>()?;
    secret::check_set(&bytes.iter().map(|secret| secret.as_slice()))
        .map_err(|code| webhook_error(code, None))?;
    Ok(bytes)
}

/// The bytes of one secret, checked.
pub(super) fn one_secret(secret: &JsValue) -> Result<SecretBytes, JsValue> {
    let mut secrets = secret_set(secret)?;
    match (secrets.pop(), secrets.pop()) {
        (Some(secret), None) => Ok(secret),
        _ => Err(type_error("secret must be one secret, not several")),
    }
}

fn name_secrets(secrets: &JsValue) -> Result<Vec<(String, JsValue)>, JsValue> {
    if secrets.is_undefined() || secrets.is_null() {
        return Err(webhook_error(Code::SecretMissing, None));
    }
    if secrets.is_string() || ArrayBuffer::is_view(secrets) || is_buffer(secrets)? {
        return Ok(vec![("0".to_owned(), secrets.clone())]);
    }
    if call("Array", Some("isArray"), &[secrets])?.is_truthy() {
        let count = Reflect::get(secrets, &"length".into())?.as_f64().unwrap_or_default();
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a list's length is a u32"
        )]
        return (0..count as u32)
            .map(|index| Ok((index.to_string(), Reflect::get_u32(secrets, index)?)))
            .collect();
    }
    if secrets.is_object() && is_plain(secrets)? {
        let entries: Array = call("Object", Some("entries"), &[secrets])?.unchecked_into();
        return entries
            .iter()
            .map(|entry| {
                let entry: Array = entry.unchecked_into();
                Ok((entry.get(0).as_string().unwrap_or_default(), entry.get(1)))
            })
            .collect();
    }
    let found = type_name(secrets);
    Err(type_error(&format!("secrets must be a secret, a list or a record of secrets, not {found}")))
}

fn secret_bytes(secret: &JsValue, name: &str) -> Result<SecretBytes, JsValue> {
    if secret.is_undefined() || secret.is_null() {
        // With the host's own escapes, as the package writes it.
        let name = String::from(js_sys::JSON::stringify(&JsValue::from_str(name))?);
        return Err(webhook_error(Code::SecretMissing, Some(&format!("It is the one named {name}."))));
    }
    to_bytes(secret, "secret").map(Zeroizing::new)
}

/// Only plain objects: a `Map`, a `Headers` or a promise has no secrets among its
/// own keys.
fn is_plain(value: &JsValue) -> Result<bool, JsValue> {
    let prototype: JsValue = Reflect::get_prototype_of(value)?.into();
    Ok(prototype.is_null() || JsValue::from(Reflect::get_prototype_of(&prototype)?).is_null())
}
