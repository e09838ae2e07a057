//! The seven fields: their names, and their values of the right type.

use super::{
    Issue, IssueCode,
    event_names::MAX_EVENT_NAMES,
    input::Value,
    json,
    numbers::decimal,
    report::Findings,
    slices::has,
    spelling::{MAX_MISSPELLED, folded, nearest, words},
    synonyms::{Meaning, is_off, is_turned, meaning},
};

/// A field of a subscription's record.
pub struct Field {
    /// The name in the record.
    pub name: &'static str,
    /// Whether a subscription needs it.
    pub is_required: bool,
    /// What it means, in one sentence.
    pub description: &'static str,
}

/// Every field, in the order in which findings are reported.
pub const FIELDS: &[Field] = &[
    Field { name: "tenantId", is_required: false, description: "Only events of this company are delivered." },
    Field {
        name: "projectId",
        is_required: false,
        description: "Only events of this project are delivered: its database id, or its readable id.",
    },
    Field {
        name: "eventName",
        is_required: true,
        description: "The event to listen to, or a list of events. Unknown names are allowed.",
    },
    Field {
        name: "target",
        is_required: true,
        description: "The URL of the HTTP endpoint that receives the events: absolute, https or http.",
    },
    Field {
        name: "base64CA",
        is_required: false,
        description: "The certificate authority of the target, as base64 of its PEM.",
    },
    Field {
        name: "secret",
        is_required: true,
        description: "The shared secret, best 32 random bytes or more. It is hashed after the payload, exactly as it is.",
    },
    Field {
        name: "proxy",
        is_required: false,
        description: "The proxy through which the target is reached.",
    },
];

/// The fields that say which events are meant.
const SCOPE: &[&str] = &["tenantId", "projectId", "eventName"];

/// The field of `proxy`, and its dotted name in the Console's form.
pub(super) const PROXY_URL: &str = "url";
pub(super) const DOTTED_PROXY_URL: &str = "proxy.url";

/// Each unknown field is a finding: 60,000 took half a second.
const MAX_FIELDS: usize = 100;

/// A string and its place, as a JSON pointer.
pub(super) type At = (String, String);

/// The fields whose values have the right type.
#[derive(Default)]
pub(super) struct Record {
    pub(super) tenant_id: Option<At>,
    pub(super) project_id: Option<At>,
    pub(super) event_names: Vec<At>,
    /// Whether `eventName` was a list.
    pub(super) has_event_list: bool,
    pub(super) target: Option<At>,
    pub(super) secret: Option<At>,
    pub(super) proxy_url: Option<At>,
}

/// Reads fields by name, and reports everything that is wrong with them except
/// their content.
pub(super) struct Entries<'v> {
    entries: &'v [(String, Value)],
    parent: &'v str,
}

impl<'v> Entries<'v> {
    /// `None` if there are more fields than any record has, which is reported.
    pub(super) fn open(
        entries: &'v [(String, Value)],
        parent: &'v str,
        findings: &mut Findings,
    ) -> Option<Self> {
        if entries.len() > MAX_FIELDS {
            let limit = ["It may have ", &decimal(MAX_FIELDS as u64), " fields."].concat();
            findings.explain(parent, IssueCode::TooLarge, &limit);
            return None;
        }
        Some(Self { entries, parent })
    }

    /// The last value of a field, as most readers of JSON take it.
    pub(super) fn value(
        &self,
        name: &str,
        is_required: bool,
        findings: &mut Findings,
    ) -> Option<(&'v Value, String)> {
        let at = [self.parent, "/", name].concat();
        let mut values = self.entries.iter().filter(|(key, _)| key == name).map(|(_, value)| value);
        let value = values.next_back();
        if values.next_back().is_some() {
            findings.add(&at, IssueCode::FieldDuplicate);
        }
        if value.is_none() && is_required {
            findings.add(&at, IssueCode::FieldMissing);
        }
        value.map(|value| (value, at))
    }

    pub(super) fn text(&self, name: &str, is_required: bool, findings: &mut Findings) -> Option<At> {
        match self.value(name, is_required, findings)? {
            (Value::Text(text), at) => Some((text.clone(), at)),
            (other, at) => wrong_type(other, &at, findings),
        }
    }

    /// Reports keys that are not fields, in the order of the record.
    pub(super) fn report_unknown(&self, known: &[&'static str], findings: &mut Findings) {
        for (key, value) in self.entries {
            if !known.contains(&key.as_str()) {
                let (code, meant) = self.judge(key, value, known);
                let at = [self.parent, "/", &pointer_token(key)].concat();
                let is_id = meant.is_some_and(|meant| meant.ends_with("Id"));
                let detail = match code {
                    _ if is_id && has(&folded(key), "name") => Some("It takes the id, not the name."),
                    IssueCode::FieldUnknown if words(key).iter().any(|word| word == "secret") => {
                        Some("A subscription has one secret.")
                    }
                    IssueCode::FieldFilter if is_off(key, value).is_some() => {
                        Some("No field switches a subscription off.")
                    }
                    _ => None,
                }
                .map(str::to_owned);
                findings.push(Issue { detail, suggestion: meant.map(str::to_owned), ..Issue::new(at, code) });
            }
        }
    }

    /// What is wrong with a key that is no field, and the field that it means.
    fn judge(&self, key: &str, value: &Value, known: &[&'static str]) -> (IssueCode, Option<&'static str>) {
        // `projectId!` and `eventName__ne` are one or two letters from their opposite.
        let is_opposite = |meant: &str| is_turned(key) && SCOPE.contains(&meant);
        if let Some(meant) = meant(key, known).filter(|meant| !is_opposite(meant)) {
            return (IssueCode::FieldMisspelled, Some(meant));
        }
        let is_proxy = known.len() == 1;
        let is_off = is_off(key, value);
        match meaning(key) {
            _ if is_proxy || key.chars().count() > MAX_MISSPELLED => (IssueCode::FieldUnknown, None),
            _ if is_off == Some(true) => (IssueCode::FieldFilter, None),
            _ if is_off == Some(false) => (IssueCode::FieldUnknown, None),
            Meaning::Unknown => (IssueCode::FieldUnknown, None),
            Meaning::Filter => (IssueCode::FieldFilter, None),
            // What the right field says already counts.
            Meaning::Field(field) if self.has(field) => (IssueCode::FieldUnknown, None),
            Meaning::Field(field) => (IssueCode::FieldSynonym, Some(field)),
        }
    }

    fn has(&self, field: &str) -> bool {
        let is_proxy = field == DOTTED_PROXY_URL;
        self.entries.iter().any(|(key, _)| key == field || is_proxy && key == "proxy")
    }

    /// The field in which a whole record is wrapped, if no field of a record is outside.
    pub(super) fn wrapper(&self) -> Option<String> {
        let is_field = |key: &str| FIELDS.iter().any(|field| field.name == key);
        if self.entries.iter().any(|(key, _)| is_field(key)) {
            return None;
        }
        let is_record = |value: &Value| match value {
            Value::Object(entries) => entries.iter().filter(|(key, _)| is_field(key)).count() > 1,
            _ => false,
        };
        self.entries.iter().find_map(|(key, value)| {
            let has_record = match value {
                Value::List(values) => values.iter().any(is_record),
                // As text it was encoded twice.
                Value::Text(text) => json::read(text).is_ok_and(|value| is_record(&value)),
                other => is_record(other),
            };
            has_record.then(|| ["/", &pointer_token(key)].concat())
        })
    }
}

pub(super) fn wrong_type<T>(value: &Value, at: &str, findings: &mut Findings) -> Option<T> {
    findings.explain(at, IssueCode::FieldType, &["It is ", value.kind(), "."].concat());
    None
}

/// The names in `eventName`, and whether they were given as a list.
pub(super) fn event_names(value: (&Value, String), findings: &mut Findings) -> (Vec<At>, bool) {
    match value {
        (Value::Text(name), at) => (vec![(name.clone(), at)], false),
        (Value::List(names), at) if names.is_empty() => {
            findings.add(&at, IssueCode::EventNameBlank);
            (Vec::new(), true)
        }
        (Value::List(names), at) if names.len() > MAX_EVENT_NAMES => {
            let limit = ["A list may have ", &decimal(MAX_EVENT_NAMES as u64), " names."].concat();
            findings.explain(&at, IssueCode::TooLarge, &limit);
            (Vec::new(), true)
        }
        (Value::List(names), at) => {
            let text = |(index, name): (usize, &Value)| {
                let at = [&at, "/", &decimal(index as u64)].concat();
                match name {
                    Value::Text(name) => Some((name.clone(), at)),
                    other => wrong_type(other, &at, findings),
                }
            };
            (names.iter().enumerate().filter_map(text).collect(), true)
        }
        (other, at) => (wrong_type(other, &at, findings).unwrap_or_default(), false),
    }
}

/// The field that a misspelled key means.
fn meant<'k>(key: &str, known: &[&'k str]) -> Option<&'k str> {
    let length = key.chars().count();
    let is_near = |distance: usize, _: &str| distance <= 2 && distance * 2 < length;
    let same = || known.iter().copied().find(|name| folded(name) == folded(key));
    let near = || nearest(key, known.iter().copied(), is_near);
    (length <= MAX_MISSPELLED).then(|| same().or_else(near)).flatten()
}

/// RFC 6901, section 3.
fn pointer_token(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}
