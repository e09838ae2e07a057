//! The JSON Schema (2020-12) of a subscription, for editors.

use anyhow::{Context, Result};
use mia_webhooks::{
    events,
    subscription::{FIELDS, MAX_EVENT_NAMES, MAX_URL_BYTES, SECRET_PLACEHOLDERS},
};
use serde_json::{Map, Value, json};

use super::DO_NOT_EDIT;

/// Most errors that an editor can find. `validateSubscription` also finds warnings,
/// and errors that need a parser of URLs, certificates or names.
pub fn json_schema() -> Result<String> {
    let names: Vec<_> = events::all().iter().map(|event| event.name).collect();
    let event_name = json!({
        "anyOf": [
            { "enum": names },
            { "type": "string", "pattern": "\\S" },
        ],
    });
    // Two slashes, then a host, perhaps with user information before it.
    const CONTROL: &str = "\\u0000-\\u001f\\u007f-\\u009f";
    let scheme = "[Hh][Tt][Tt][Pp][Ss]?";
    let no_host = "(?!(?:[^/\\\\?#]*@)?(?::[^@/\\\\?#]*)?(?:[/\\\\?#]|$))";
    let url = json!({
        "type": "string",
        "pattern": format!("^{scheme}://{no_host}[^\\s{CONTROL}]+$"),
        "maxLength": MAX_URL_BYTES,
    });
    let id = json!({ "type": "string", "pattern": format!("^(?!\\s*$)[^{CONTROL}]+$") });
    let mut properties = Map::new();
    for field in FIELDS {
        let mut schema = match field.name {
            "tenantId" | "projectId" => id.clone(),
            "eventName" => json!({
                "anyOf": [
                    event_name,
                    { "type": "array", "items": event_name, "minItems": 1, "maxItems": MAX_EVENT_NAMES },
                ],
            }),
            "target" => url.clone(),
            "base64CA" => json!({ "type": "string", "minLength": 1 }),
            "secret" => json!({
                "type": "string",
                "pattern": "\\S",
                "not": { "enum": SECRET_PLACEHOLDERS },
            }),
            "proxy" => json!({
                "type": "object",
                "properties": { "url": url },
                "required": ["url"],
            }),
            other => anyhow::bail!("no schema for {other}"),
        };
        schema["description"] = json!(field.description);
        properties.insert(field.name.to_owned(), schema);
    }
    let mut dotted = url;
    dotted["description"] = json!("The proxy's URL, as the Console's form names it.");
    properties.insert("proxy.url".to_owned(), dotted);
    let required: Vec<_> = FIELDS.iter().filter(|field| field.is_required).map(|field| field.name).collect();
    let schema: Value = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$comment": DO_NOT_EDIT,
        "title": "Webhook subscription of Mia-Platform's Console",
        "type": "object",
        "properties": properties,
        "required": required,
        "dependentSchemas": { "proxy": { "properties": { "proxy.url": false } } },
    });
    Ok(serde_json::to_string_pretty(&schema).context("a schema is JSON")? + "\n")
}
