//! What the two borders for subscriptions share: the host's parser of URLs, and a
//! report as a JavaScript value.

use wasm_bindgen::{JsValue, prelude::wasm_bindgen};
use web_sys::Url;

use crate::subscription::{
    Authority, Certificate, Issue, Report, Subscription, address::Parsed, numbers::decimal,
};

#[wasm_bindgen]
extern "C" {
    /// The text comes from this file, so it is JSON.
    #[wasm_bindgen(js_namespace = JSON)]
    fn parse(text: &str) -> JsValue;
}

/// The report as a plain object; fields without a value are left out.
///
/// It crosses as JSON, which is smaller in the module than serde-wasm-bindgen
/// (docs/decisions/0007-one-reader-of-records.md).
pub(super) fn to_js(report: &Report, issue: fn(&Issue) -> String) -> JsValue {
    let subscription = report.subscription.as_ref();
    let coverage = subscription.map(|subscription| {
        object(&[
            ("kind", Some(quoted(subscription.scope.coverage()))),
            ("text", Some(quoted(&subscription.scope.in_words()))),
        ])
    });
    parse(&object(&[
        ("valid", Some(boolean(report.is_valid))),
        ("issues", Some(list(report.issues.iter().map(issue)))),
        ("subscription", subscription.map(record)),
        ("coverage", coverage),
        ("authority", report.authority.as_ref().map(authority)),
    ]))
}

pub(super) fn parse_url(text: &str) -> Option<Parsed> {
    let url = Url::new(text).ok()?;
    Some(Parsed {
        host: url.hostname(),
        has_credentials: !url.username().is_empty() || !url.password().is_empty(),
    })
}

fn record(subscription: &Subscription) -> String {
    let scope = &subscription.scope;
    let event_name = match scope.event_names.as_deref().unwrap_or_default() {
        [name] if !subscription.has_event_list => quoted(name),
        names => list(names.iter().map(|name| quoted(name))),
    };
    let proxy = subscription.proxy_url.as_deref().map(|url| object(&[("url", Some(quoted(url)))]));
    object(&[
        ("tenantId", text(scope.tenant_id.as_ref())),
        ("projectId", text(scope.project_id.as_ref())),
        ("eventName", Some(event_name)),
        ("target", Some(quoted(&subscription.target))),
        ("base64CA", text(subscription.base64_ca.as_ref())),
        ("secret", Some(quoted(&subscription.secret))),
        ("proxy", proxy),
    ])
}

fn authority(authority: &Authority) -> String {
    object(&[
        ("form", Some(quoted(authority.form.name()))),
        ("certificates", Some(list(authority.certificates.iter().map(certificate)))),
    ])
}

fn certificate(certificate: &Certificate) -> String {
    object(&[
        ("subject", Some(quoted(&certificate.subject))),
        ("issuer", Some(quoted(&certificate.issuer))),
        ("notBefore", Some(time(certificate.not_before))),
        ("notAfter", Some(time(certificate.not_after))),
        ("isAuthority", Some(boolean(certificate.is_authority))),
        ("fingerprint", Some(quoted(&certificate.fingerprint))),
    ])
}

pub(super) fn text(value: Option<&String>) -> Option<String> {
    value.map(|value| quoted(value))
}

/// An object of JSON; a field without a value is left out.
pub(super) fn object(fields: &[(&str, Option<String>)]) -> String {
    let mut json = String::from("{");
    for (name, value) in fields {
        if let Some(value) = value {
            if json.len() > 1 {
                json.push(',');
            }
            json.push_str(&quoted(name));
            json.push(':');
            json.push_str(value);
        }
    }
    json.push('}');
    json
}

fn list(values: impl Iterator<Item = String>) -> String {
    let mut json = String::from("[");
    for value in values {
        if json.len() > 1 {
            json.push(',');
        }
        json.push_str(&value);
    }
    json.push(']');
    json
}

/// A certificate's time is not before 1970.
fn time(milliseconds: i64) -> String {
    decimal(u64::try_from(milliseconds).unwrap_or_default())
}

fn boolean(value: bool) -> String {
    String::from(if value { "true" } else { "false" })
}

/// A string of JSON.
pub(super) fn quoted(text: &str) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut json = Vec::with_capacity(text.len() + 2);
    json.push(b'"');
    for &byte in text.as_bytes() {
        match byte {
            b'"' | b'\\' => json.extend([b'\\', byte]),
            0..b' ' => {
                json.extend(b"\\u00");
                json.extend([DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]]);
            }
            _ => json.push(byte),
        }
    }
    json.push(b'"');
    // Only ASCII was added.
    String::from_utf8(json).unwrap_or_default()
}
