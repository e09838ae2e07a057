//! What the two borders for subscriptions share: the host's parser of URLs, and a
//! report as a JavaScript value.

use serde::Serialize;
use wasm_bindgen::JsValue;
use web_sys::Url;

use crate::subscription::{Authority, Certificate, Issue, Report, Subscription, address::Parsed};

/// The report as a plain object; fields without a value are left out.
pub(super) fn to_js(report: &Report) -> Result<JsValue, serde_wasm_bindgen::Error> {
    ReportValue::from(report).serialize(&serde_wasm_bindgen::Serializer::json_compatible())
}

pub(super) fn parse_url(text: &str) -> Option<Parsed> {
    let url = Url::new(text).ok()?;
    Some(Parsed {
        host: url.hostname(),
        has_credentials: !url.username().is_empty() || !url.password().is_empty(),
    })
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ReportValue<'r> {
    valid: bool,
    issues: Vec<IssueValue<'r>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    subscription: Option<SubscriptionValue<'r>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    coverage: Option<CoverageValue>,
    #[serde(skip_serializing_if = "Option::is_none")]
    authority: Option<AuthorityValue<'r>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct IssueValue<'r> {
    path: &'r str,
    code: &'static str,
    severity: &'static str,
    message: &'r str,
    fix: &'r str,
    #[serde(skip_serializing_if = "Option::is_none")]
    suggestion: Option<&'r str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SubscriptionValue<'r> {
    #[serde(skip_serializing_if = "Option::is_none")]
    tenant_id: Option<&'r str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    project_id: Option<&'r str>,
    event_name: EventNames<'r>,
    target: &'r str,
    #[serde(skip_serializing_if = "Option::is_none", rename = "base64CA")]
    base64_ca: Option<&'r str>,
    secret: &'r str,
    #[serde(skip_serializing_if = "Option::is_none")]
    proxy: Option<ProxyValue<'r>>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum EventNames<'r> {
    One(&'r str),
    List(&'r [String]),
}

#[derive(Serialize)]
struct ProxyValue<'r> {
    url: &'r str,
}

#[derive(Serialize)]
struct CoverageValue {
    kind: &'static str,
    text: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct AuthorityValue<'r> {
    form: &'static str,
    certificates: Vec<CertificateValue<'r>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct CertificateValue<'r> {
    subject: &'r str,
    issuer: &'r str,
    not_before: i64,
    not_after: i64,
    is_authority: bool,
    fingerprint: &'r str,
}

impl<'r> From<&'r Report> for ReportValue<'r> {
    fn from(report: &'r Report) -> Self {
        let scope = report.subscription.as_ref().map(|subscription| &subscription.scope);
        Self {
            valid: report.is_valid,
            issues: report.issues.iter().map(IssueValue::from).collect(),
            subscription: report.subscription.as_ref().map(SubscriptionValue::from),
            coverage: scope.map(|scope| CoverageValue { kind: scope.coverage(), text: scope.to_string() }),
            authority: report.authority.as_ref().map(AuthorityValue::from),
        }
    }
}

impl<'r> From<&'r Issue> for IssueValue<'r> {
    fn from(issue: &'r Issue) -> Self {
        Self {
            path: &issue.path,
            code: issue.code.name(),
            severity: issue.severity.name(),
            message: &issue.message,
            fix: &issue.fix,
            suggestion: issue.suggestion.as_deref(),
        }
    }
}

impl<'r> From<&'r Subscription> for SubscriptionValue<'r> {
    fn from(subscription: &'r Subscription) -> Self {
        let scope = &subscription.scope;
        Self {
            tenant_id: scope.tenant_id.as_deref(),
            project_id: scope.project_id.as_deref(),
            event_name: match scope.event_names.as_deref().unwrap_or_default() {
                [name] if !subscription.has_event_list => EventNames::One(name),
                names => EventNames::List(names),
            },
            target: &subscription.target,
            base64_ca: subscription.base64_ca.as_deref(),
            secret: &subscription.secret,
            proxy: subscription.proxy_url.as_deref().map(|url| ProxyValue { url }),
        }
    }
}

impl<'r> From<&'r Authority> for AuthorityValue<'r> {
    fn from(authority: &'r Authority) -> Self {
        let certificates = authority.certificates.iter().map(CertificateValue::from).collect();
        Self { form: authority.form.name(), certificates }
    }
}

impl<'r> From<&'r Certificate> for CertificateValue<'r> {
    fn from(certificate: &'r Certificate) -> Self {
        Self {
            subject: &certificate.subject,
            issuer: &certificate.issuer,
            not_before: certificate.not_before,
            not_after: certificate.not_after,
            is_authority: certificate.is_authority,
            fingerprint: &certificate.fingerprint,
        }
    }
}
