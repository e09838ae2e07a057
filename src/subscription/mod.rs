//! Subscriptions: whether one is valid, and which events it covers.
//!
//! A subscription is a record of up to seven fields. [`validate_json`] and
//! [`validate`] report everything that is wrong with one, not only the first
//! thing. If the record can be used, they return it.
//!
//! ```
//! use mia_webhooks::subscription::{IssueCode, Options, validate_json};
//!
//! let report = validate_json(
//!     r#"{ "eventName": "project_creatd", "target": "https://example.org/hook", "secret": "it's short" }"#,
//!     &Options::at(1_767_225_600_000),
//! );
//! let codes: Vec<_> = report.issues.iter().map(|issue| issue.code).collect();
//! assert_eq!(codes, [IssueCode::EventNameUnknown, IssueCode::SecretVeryShort]);
//! assert_eq!(report.issues[0].suggestion.as_deref(), Some("project_created"));
//! assert!(report.is_valid); // both are warnings
//! ```

pub(crate) mod address;
mod authority;
mod base64;
mod certificate;
mod event_names;
mod fields;
mod host;
mod ids;
mod input;
mod issue;
mod json;
mod negation;
pub(crate) mod numbers;
mod placeholder;
mod report;
mod slices;
mod special_hosts;
mod spelling;
mod strength;
mod surroundings;
mod synonyms;

pub use address::MAX_URL_BYTES;
pub use authority::{Authority, CertificateForm};
pub use certificate::Certificate;
pub use event_names::MAX_EVENT_NAMES;
pub use fields::{FIELDS, Field};
pub use input::MAX_JSON_BYTES;
pub use issue::{Issue, IssueCode, Severity};
pub use special_hosts::{ADDRESS_BLOCKS, HOST_NAMES, REGISTRIES_DATE, SpecialHost};
pub use strength::{SECRET_PLACEHOLDERS, SECRET_TEMPLATES};

use address::{ParseUrl, Role};
use fields::{DOTTED_PROXY_URL, Entries, PROXY_URL, Record};
use input::Value;
use numbers::decimal;
use report::Findings;

use crate::Scope;

/// How a subscription is validated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// The time at which certificates must be valid, in milliseconds since the Unix
    /// epoch. The core has no clock.
    pub now: i64,
    /// Whether warnings make a subscription invalid too.
    pub is_strict: bool,
}

impl Options {
    /// Options that are not strict, with this time in milliseconds since the Unix
    /// epoch.
    #[must_use]
    pub const fn at(now: i64) -> Self {
        Self { now, is_strict: false }
    }
}

/// A subscription that can be used. Its fields are as they were given; only the
/// proxy is nested, and the certificate is written as the record holds it.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Subscription {
    /// Its filter: `tenantId`, `projectId` and `eventName`.
    pub scope: Scope,
    /// Whether `eventName` was a list.
    pub has_event_list: bool,
    /// The URL that receives the events.
    pub target: String,
    /// Standard base64 of the authority's PEM, without line breaks.
    pub base64_ca: Option<String>,
    /// The shared secret. Elided in `Debug`.
    pub secret: String,
    /// The proxy's URL. Elided in `Debug`: it may hold credentials.
    pub proxy_url: Option<String>,
}

impl core::fmt::Debug for Subscription {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Subscription").field("scope", &self.scope).finish_non_exhaustive()
    }
}

/// What validation found.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Report {
    /// Whether the subscription can be used: no error, and in strict mode no
    /// warning.
    pub is_valid: bool,
    /// Everything that was found, field by field.
    pub issues: Vec<Issue>,
    /// The subscription, when it is valid.
    pub subscription: Option<Subscription>,
    /// What `base64CA` holds, when it could be read.
    pub authority: Option<Authority>,
}

/// A subscription's fields, for [`validate`]. A field that is `None` is left out.
#[derive(Clone, Default)]
pub struct Draft {
    /// `tenantId`
    pub tenant_id: Option<String>,
    /// `projectId`
    pub project_id: Option<String>,
    /// `eventName`, as a list.
    pub event_names: Vec<String>,
    /// `target`
    pub target: String,
    /// `base64CA`
    pub base64_ca: Option<String>,
    /// `secret`
    pub secret: String,
    /// `proxy.url`
    pub proxy_url: Option<String>,
}

impl From<Draft> for Value {
    fn from(draft: Draft) -> Self {
        let names = draft.event_names.into_iter().map(Self::Text).collect();
        let fields = [
            ("tenantId", draft.tenant_id.map(Self::Text)),
            ("projectId", draft.project_id.map(Self::Text)),
            ("eventName", Some(Self::List(names))),
            ("target", Some(Self::Text(draft.target))),
            ("base64CA", draft.base64_ca.map(Self::Text)),
            ("secret", Some(Self::Text(draft.secret))),
            ("proxy", draft.proxy_url.map(|url| Self::Object(vec![(PROXY_URL.to_owned(), Self::Text(url))]))),
        ];
        Self::Object(
            fields
                .into_iter()
                .filter_map(|(name, value)| value.map(|value| (name.to_owned(), value)))
                .collect(),
        )
    }
}

/// Validates a subscription's fields.
///
/// ```
/// use mia_webhooks::subscription::{Draft, Options, validate};
///
/// let draft = Draft {
///     event_names: vec!["tag_created".into()],
///     target: "https://receiver.example.org/".into(),
///     secret: "Zm9ydHktdHdvIGJ5dGVzIG9mIGVudHJvcHkgaGVyZSE".into(),
///     ..Draft::default()
/// };
/// let report = validate(draft, &Options::at(1_767_225_600_000));
/// assert!(report.is_valid && report.issues.is_empty());
/// assert_eq!(report.subscription.unwrap().scope.coverage(), "instance");
/// ```
#[must_use]
pub fn validate(draft: Draft, options: &Options) -> Report {
    validate_value(&draft.into(), options, address::parse)
}

/// Validates a subscription in JSON, of at most [`MAX_JSON_BYTES`] bytes.
/// Text that is not JSON is reported with its line and column.
#[must_use]
pub fn validate_json(text: &str, options: &Options) -> Report {
    validate_text(text, options, address::parse)
}

pub(crate) fn validate_text(text: &str, options: &Options, parse_url: ParseUrl) -> Report {
    match json::read(text) {
        Ok(value) => validate_value(&value, options, parse_url),
        Err(issue) => Findings::from(issue).into_refusal(),
    }
}

pub(crate) fn validate_value(value: &Value, options: &Options, parse_url: ParseUrl) -> Report {
    let mut findings = Findings::default();
    let Value::Object(entries) = value else {
        findings.explain("", IssueCode::NotAnObject, &other_value(value));
        return findings.into_refusal();
    };
    let Some(fields) = Entries::open(entries, "", &mut findings) else {
        return findings.into_refusal();
    };
    if let Some(at) = fields.wrapper() {
        findings.add(&at, IssueCode::RecordWrapped);
        return findings.into_refusal();
    }
    let (record, authority) = check_fields(&fields, options.now, parse_url, &mut findings);
    let is_valid = !(findings.has_errors() || options.is_strict && !findings.is_empty());
    let subscription = if is_valid { record.subscription(authority.as_ref()) } else { None };
    Report { is_valid, issues: findings.into_issues(), subscription, authority }
}

/// What is given in place of a record.
fn other_value(value: &Value) -> String {
    match value {
        Value::Text(text) if matches!(json::read(text), Ok(Value::Object(_) | Value::List(_))) => {
            "This is JSON inside a string: it was encoded twice. Decode it once.".to_owned()
        }
        Value::List(values) if values.len() > 1 => {
            ["This is a list of ", &decimal(values.len() as u64), " values: give one record at a time."]
                .concat()
        }
        Value::List(values) if !values.is_empty() => "This is a list: give the record inside it.".to_owned(),
        // JavaScript's undefined comes as null too.
        Value::Other("null") => "This is null or undefined.".to_owned(),
        other => ["This is ", other.kind(), "."].concat(),
    }
}

/// Checks the fields in the order of [`FIELDS`].
fn check_fields(
    fields: &Entries<'_>,
    now: i64,
    parse_url: ParseUrl,
    findings: &mut Findings,
) -> (Record, Option<Authority>) {
    let mut record = Record { tenant_id: fields.text("tenantId", false, findings), ..Record::default() };
    if let Some((id, at)) = &record.tenant_id {
        ids::check(id, at, findings);
    }
    record.project_id = fields.text("projectId", false, findings);
    if let Some((id, at)) = &record.project_id {
        ids::check(id, at, findings);
    }
    if let Some(names) = fields.value("eventName", true, findings) {
        (record.event_names, record.has_event_list) = fields::event_names(names, findings);
        event_names::check(&record.event_names, findings);
    }
    record.target = fields.text("target", true, findings);
    let is_plain_http = record
        .target
        .as_ref()
        .is_some_and(|(url, at)| address::check(url, Role::Target, at, parse_url, findings));
    let mut authority = None;
    if let Some((text, at)) = fields.text("base64CA", false, findings) {
        authority = authority::check(&text, &at, now, findings);
        // A private key is the only finding that matters.
        if is_plain_http && !findings.has(IssueCode::CertificatePrivateKey) {
            findings.add(&at, IssueCode::CertificateUnused);
        }
    }
    record.secret = fields.text("secret", true, findings);
    if let Some((secret, at)) = &record.secret {
        strength::check(secret, at, findings);
    }
    record.proxy_url = check_proxy(fields, parse_url, findings);
    let known: Vec<_> = FIELDS.iter().map(|field| field.name).chain([DOTTED_PROXY_URL]).collect();
    fields.report_unknown(&known, findings);
    (record, authority)
}

/// The record nests the proxy's URL, the Console's form names it with a dot. Both
/// may be there.
fn check_proxy(
    fields: &Entries<'_>,
    parse_url: ParseUrl,
    findings: &mut Findings,
) -> Option<(String, String)> {
    let mut nested = None;
    let given = fields.value("proxy", false, findings);
    let is_nested = given.is_some();
    match given {
        Some((Value::Object(entries), at)) => {
            if let Some(proxy) = Entries::open(entries, &at, findings) {
                nested = proxy.text(PROXY_URL, true, findings);
                if let Some((url, at)) = &nested {
                    address::check(url, Role::Proxy, at, parse_url, findings);
                }
                proxy.report_unknown(&[PROXY_URL], findings);
            }
        }
        Some((other, at)) => {
            fields::wrong_type::<()>(other, &at, findings);
        }
        None => {}
    }
    let dotted = fields.text(DOTTED_PROXY_URL, false, findings);
    if let Some((url, at)) = &dotted {
        if is_nested {
            findings.add(at, IssueCode::FieldDuplicate);
        }
        address::check(url, Role::Proxy, at, parse_url, findings);
    }
    nested.or(dotted)
}

impl Record {
    /// `None` only if a required field is missing or has the wrong type, which was
    /// reported.
    fn subscription(self, authority: Option<&Authority>) -> Option<Subscription> {
        let text = |field: Option<(String, String)>| field.map(|(text, _)| text);
        Some(Subscription {
            scope: Scope {
                tenant_id: text(self.tenant_id),
                project_id: text(self.project_id),
                event_names: Some(self.event_names.into_iter().map(|(name, _)| name).collect()),
            },
            has_event_list: self.has_event_list,
            target: text(self.target)?,
            base64_ca: authority.map(|authority| authority.base64_pem.clone()),
            secret: text(self.secret)?,
            proxy_url: text(self.proxy_url),
        })
    }
}
