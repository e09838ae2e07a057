//! What holds for every input. The fuzzer looks for an input that breaks it, and
//! `cargo test` tries the seeds and mutations of them.

use base64ct::{Base64, Encoding};
use mia_webhooks::{
    Secret, Verifier,
    diagnose::{Budget, Diagnosis, Question, Search, diagnose},
    subscription::{
        Authority, CertificateForm, Draft, Issue, IssueCode, Options, Report, Severity, Subscription,
        validate, validate_json,
    },
};
use serde_json::{Value, json};

/// 2026-01-01.
const NOW: i64 = 1_767_225_600_000;

/// A message that contains it took it from a secret: no host has its capitals and
/// spaces.
const CANARY: &str = "A Canary That Sings in No Message";

const SECRET: &str = "Zm9ydHktdHdvIGJ5dGVzIG9mIGVudHJvcHkgaGVyZSE";

/// Any text, as the JSON of a record.
pub fn json(data: &[u8]) {
    let Ok(text) = core::str::from_utf8(data) else { return };
    let report = judged(|options| validate_json(text, options));
    check_places(text, &report);

    let rest = text.trim_start().strip_prefix('{').unwrap_or(text);
    let key = format!(r"-----BEGIN PRIVATE KEY-----\n{CANARY}\n-----END PRIVATE KEY-----");
    let hiding = format!(r#"{{"secret":"{CANARY}","base64CA":"{key}",{rest}"#);
    for issue in judged(|options| validate_json(&hiding, options)).issues {
        let said = format!("{} {} {:?}", issue.message(), issue.fix(), issue.suggestion);
        assert!(!said.contains(CANARY), "{said}");
    }
}

/// A token, a secret and a payload: the first two are a line each.
pub fn diagnose_token(data: &[u8]) {
    let mut parts = data.splitn(3, |&byte| byte == b'\n');
    let mut part = || parts.next().unwrap_or_default();
    let (token, secret, payload) = (part(), part(), part());
    let Ok(token) = core::str::from_utf8(token) else { return };
    let ask = |token: &str| {
        let question = Question { payload, token, secret, other_secrets: &[] };
        let diagnosis = diagnose(&question);
        let mut search = Search::new(&question);
        let in_slices = loop {
            if let Some(diagnosis) = search.go_on(Budget { candidates: 500, bytes: u64::MAX }) {
                break diagnosis;
            }
        };
        assert_eq!(in_slices, diagnosis);
        diagnosis
    };
    let Diagnosis { deviations, .. } = ask(token);
    let Ok(verifier) = Secret::new(secret).and_then(|secret| Verifier::new([secret])) else { return };
    assert_eq!(deviations.as_deref() == Some(&[]), verifier.verify(payload, Some(token.as_bytes())).is_ok());
    assert!(ask(&verifier.sign(payload).to_string()).is_valid());
    let longer = verifier.sign(&[payload, b"\n"].concat()).to_string();
    let found = ask(&longer).deviations.unwrap_or_default();
    assert!(matches!(found.len(), 1..=3), "{found:?}");
}

/// An address, as target and as proxy.
pub fn url(data: &[u8]) {
    let Ok(text) = core::str::from_utf8(data) else { return };
    let draft = |url: &str| Draft { target: url.to_owned(), proxy_url: Some(url.to_owned()), ..usable() };
    let report = judged(|options| validate(draft(text), options));

    let record = json!({
        "eventName": ["tag_created"],
        "target": text,
        "secret": SECRET,
        "proxy": { "url": text },
    });
    assert_eq!(validate_json(&record.to_string(), &Options::at(NOW)), report);

    let errors = |at: &str| -> Vec<_> {
        let is_here = |issue: &&Issue| issue.path == at && issue.severity == Severity::Error;
        report.issues.iter().filter(is_here).map(|issue| issue.code).collect()
    };
    assert_eq!(errors("/target"), errors("/proxy/url"));

    // Credentials are found and change nothing else: no message takes a part of the
    // URL from them.
    if report.is_valid && text.len() < 8000 {
        let (scheme, rest) = text.split_once("//").unwrap();
        let with_credentials = validate(draft(&format!("{scheme}//user:^pass^@{rest}")), &Options::at(NOW));
        let is_about_credentials =
            |issue: &Issue| matches!(issue.code, IssueCode::UrlCredentials | IssueCode::ProxyCredentials);
        let others = |report: &Report| -> Vec<Issue> {
            report.issues.iter().filter(|issue| !is_about_credentials(issue)).cloned().collect()
        };
        assert_eq!(others(&with_credentials), others(&report));
        assert_eq!(with_credentials.issues.iter().filter(|issue| is_about_credentials(issue)).count(), 2);
    }
}

/// DER, PEM or base64, as the authority of an otherwise usable subscription.
pub fn certificate(data: &[u8]) {
    let encoded = authority(&Base64::encode_string(data));
    if let Ok(text) = core::str::from_utf8(data) {
        let plain = authority(text);
        if text.contains("-----BEGIN ") {
            let certificates = |report: Report| report.authority.map(|authority| authority.certificates);
            assert_eq!(certificates(plain), certificates(encoded));
        }
    }
}

fn authority(text: &str) -> Report {
    let draft = || Draft { base64_ca: Some(text.to_owned()), ..usable() };
    let report = judged(|options| validate(draft(), options));
    let later = validate(draft(), &Options::at(NOW * 2));
    assert_eq!(later.authority, report.authority, "the content depends on the time");

    let has = |code| report.issues.iter().any(|issue| issue.code == code);
    match &report.authority {
        None => assert_eq!(report.issues.len(), 1, "one reason is enough"),
        Some(Authority { certificates, .. }) => {
            assert_eq!(has(IssueCode::CertificateExpired), certificates.iter().any(|it| it.not_after < NOW));
            assert_eq!(
                has(IssueCode::CertificateNotYetValid),
                certificates.iter().any(|it| it.not_before > NOW)
            );
            assert_eq!(has(IssueCode::CertificateSeveral), certificates.len() > 1);
            assert_eq!(
                has(IssueCode::CertificateNotAuthority),
                certificates.iter().any(|it| !it.is_authority)
            );
        }
    }
    // With a closed set of sentences, no message can contain a part of a key.
    for issue in &report.issues {
        assert_eq!(issue.path, "/base64CA");
        let detail = issue.detail.as_deref().unwrap_or_default();
        let shape: String = detail.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
        let shapes = [
            "",
            "It ended on 0000-00-00.",
            "It starts on 0000-00-00.",
            "Its base64 may have 000000 characters.",
        ];
        assert!(shapes.contains(&shape.as_str()), "{detail}");
    }
    report
}

/// A draft without findings.
fn usable() -> Draft {
    Draft {
        event_names: vec!["tag_created".to_owned()],
        target: "https://receiver.example.org/".to_owned(),
        secret: SECRET.to_owned(),
        ..Draft::default()
    }
}

/// The report, after checking what holds for every report.
fn judged(judge: impl Fn(&Options) -> Report) -> Report {
    let options = Options::at(NOW);
    let report = judge(&options);
    assert_eq!(judge(&options), report, "another answer to the same question");

    let strict = judge(&Options { is_strict: true, ..options });
    assert_eq!(strict.issues, report.issues);
    assert_eq!(strict.authority, report.authority);
    for (report, is_valid) in [
        (&report, report.issues.iter().all(|issue| issue.severity == Severity::Warning)),
        (&strict, report.issues.is_empty()),
    ] {
        assert_eq!(report.is_valid, is_valid);
        assert_eq!(report.subscription.is_some(), is_valid);
    }
    report.issues.iter().for_each(check_issue);
    if let Some(subscription) = &report.subscription {
        check_normalised(subscription, &report.issues);
    }
    if let Some(authority) = &report.authority {
        check_authority(authority);
    }
    report
}

fn check_issue(issue: &Issue) {
    let Issue { path, code, severity, suggestion, .. } = issue;
    let (message, fix) = (issue.message(), issue.fix());
    assert_eq!(*severity, code.severity());
    assert!(message.starts_with(code.message()) && !message.contains(char::is_control), "{message:?}");
    assert!(fix.ends_with(code.fix()), "{fix:?}");
    assert!(suggestion.as_ref().is_none_or(|meant| fix.contains(meant)), "{fix:?}");
    // RFC 6901, section 3.
    assert!(path.is_empty() || path.starts_with('/'), "{path:?}");
    assert!(path.split('~').skip(1).all(|after| after.starts_with(['0', '1'])), "{path:?}");
}

/// The returned record is a valid subscription too. It has the same findings, except
/// those about parts that were left out.
fn check_normalised(subscription: &Subscription, issues: &[Issue]) {
    let names = subscription.scope.event_names.clone().unwrap();
    let mut record = json!({
        "eventName": if subscription.has_event_list { json!(names) } else { json!(names[0]) },
        "target": subscription.target,
        "secret": subscription.secret,
    });
    for (field, value) in [
        ("tenantId", &subscription.scope.tenant_id),
        ("projectId", &subscription.scope.project_id),
        ("base64CA", &subscription.base64_ca),
    ] {
        if let Some(value) = value {
            record[field] = json!(value);
        }
    }
    if let Some(url) = &subscription.proxy_url {
        record["proxy"] = json!({ "url": url });
    }
    let again = validate_json(&record.to_string(), &Options::at(NOW));
    assert_eq!(again.subscription.as_ref(), Some(subscription));
    let left_out = [IssueCode::FieldUnknown, IssueCode::CertificateSurroundings];
    let expected = issues.iter().filter(|issue| !left_out.contains(&issue.code)).map(|issue| {
        let path = if issue.path == "/proxy.url" { "/proxy/url".to_owned() } else { issue.path.clone() };
        Issue { path, ..issue.clone() }
    });
    assert_eq!(again.issues, expected.collect::<Vec<_>>());

    let draft = Draft {
        tenant_id: subscription.scope.tenant_id.clone(),
        project_id: subscription.scope.project_id.clone(),
        event_names: names,
        target: subscription.target.clone(),
        base64_ca: subscription.base64_ca.clone(),
        secret: subscription.secret.clone(),
        proxy_url: subscription.proxy_url.clone(),
    };
    let drafted = validate(draft, &Options::at(NOW));
    let said = |report: &Report| -> Vec<_> {
        report.issues.iter().map(|issue| (issue.code, issue.message())).collect()
    };
    assert_eq!(said(&drafted), said(&again));
}

/// The same certificates can be read from every form.
fn check_authority(authority: &Authority) {
    assert!(!authority.certificates.is_empty());
    for certificate in &authority.certificates {
        let is_digit = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
        assert!(certificate.fingerprint.len() == 64 && certificate.fingerprint.bytes().all(is_digit));
        assert!(!certificate.subject.contains(char::is_control), "{:?}", certificate.subject);
        assert!(!certificate.issuer.contains(char::is_control), "{:?}", certificate.issuer);
    }
    let pem = String::from_utf8(Base64::decode_vec(&authority.base64_pem).unwrap()).unwrap();
    let blocks = pem.split("-----BEGIN CERTIFICATE-----\n").skip(1);
    let der: Vec<u8> = blocks
        .flat_map(|block| {
            let digits = block.strip_suffix("-----END CERTIFICATE-----\n").unwrap();
            Base64::decode_vec(&digits.replace('\n', "")).unwrap()
        })
        .collect();
    for (text, form) in [
        (authority.base64_pem.clone(), CertificateForm::Base64Pem),
        (pem, CertificateForm::Pem),
        (Base64::encode_string(&der), CertificateForm::Base64Der),
    ] {
        let again = validate(Draft { base64_ca: Some(text), ..usable() }, &Options::at(NOW)).authority;
        assert_eq!(again, Some(Authority { form, ..authority.clone() }));
    }
}

/// Paths point into the input, as another reader of JSON sees it.
fn check_places(text: &str, report: &Report) {
    // Unlike the rules, this reader limits the depth, and refuses some numbers that
    // the rules skip.
    let Ok(given) = serde_json::from_str::<Value>(text) else { return };
    for Issue { path, code, .. } in &report.issues {
        assert_ne!(*code, IssueCode::JsonMalformed);
        let is_missing = *code == IssueCode::FieldMissing;
        let there = if is_missing { path.rsplit_once('/').unwrap().0 } else { path };
        assert!(given.pointer(there).is_some(), "{path:?} is nowhere");
        assert!(!is_missing || given.pointer(path).is_none(), "{path:?} is there");
    }
    if let Some(subscription) = &report.subscription {
        assert_eq!(given["target"], subscription.target);
        assert_eq!(given["secret"], subscription.secret);
    }
}
