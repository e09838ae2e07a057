//! The corpus of subscriptions, against an outside oracle.

use std::{collections::HashMap, net::Ipv6Addr};

use mia_webhooks::subscription::{
    ADDRESS_BLOCKS, HOST_NAMES, Issue, IssueCode, Options, REGISTRIES_DATE, Report, Severity, validate_json,
};
use serde_json::{Map, Value, json};

use crate::vectors::{read, text};

/// 2026-01-01, the corpus's default for the current time.
const NOW: i64 = 1_767_225_600_000;

fn validate(vector: &Value, is_strict: bool) -> Report {
    let mut record = match &vector["json"] {
        Value::String(json) => json.clone(),
        _ => vector["value"].to_string(),
    };
    if let Value::Object(repeat) = &vector["repeat"] {
        let times = usize::try_from(repeat["times"].as_u64().unwrap()).unwrap();
        let added = text(&repeat["text"]).repeat(times);
        match text(&repeat["path"]) {
            "" => record.push_str(&added),
            path => {
                let mut value: Value = serde_json::from_str(&record).unwrap();
                let field = value.pointer_mut(path).unwrap();
                *field = json!(format!("{}{added}", text(field)));
                record = value.to_string();
            }
        }
    }
    let now = vector["now"].as_i64().unwrap_or(NOW);
    validate_json(&record, &Options { now, is_strict })
}

/// The report as the corpus writes it.
fn verdict(vector: &Value) -> Value {
    let report = validate(vector, false);
    let issues: Vec<_> = report.issues.iter().map(|issue| json!([issue.path, issue.code.name()])).collect();
    let suggestions: Map<_, _> = report
        .issues
        .iter()
        .filter_map(|issue| Some((issue.path.clone(), json!(issue.suggestion.as_ref()?))))
        .collect();
    let mut verdict = json!({
        "valid": report.is_valid,
        "strictValid": validate(vector, true).is_valid,
        "issues": issues,
    });
    if !suggestions.is_empty() {
        verdict["suggestions"] = json!(suggestions);
    }
    if let Some(subscription) = &report.subscription {
        verdict["coverage"] = json!(subscription.scope.coverage());
    }
    if let Some(authority) = &report.authority {
        verdict["form"] = json!(authority.form.name());
    }
    verdict
}

#[test]
fn finds_what_the_corpus_expects() {
    let mut wrong = Vec::new();
    for vector in read("subscription.json") {
        let mut expected = vector["expected"].clone();
        let normalised = expected.as_object_mut().unwrap().remove("normalised");
        let found = verdict(&vector);
        if found != expected {
            wrong.push(format!("{}:\n  expected {expected}\n  found    {found}", text(&vector["id"])));
        }
        if let Some(normalised) = normalised {
            let found = record(&validate(&vector, false));
            if found != normalised {
                wrong.push(format!("{}:\n  expected {normalised}\n  found    {found}", text(&vector["id"])));
            }
        }
    }
    assert!(wrong.is_empty(), "{} cases:\n{}", wrong.len(), wrong.join("\n"));
}

fn record(report: &Report) -> Value {
    let Some(subscription) = &report.subscription else { return Value::Null };
    let names = subscription.scope.event_names.as_ref().unwrap();
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
    record
}

#[test]
fn every_finding_has_a_published_severity() {
    let mut names: Vec<_> = Severity::ALL.iter().map(|severity| severity.name()).collect();
    assert_eq!(names, ["error", "warning"]);
    let report = validate_json(
        r#"{"eventName":"tag_created","target":"http://example.org/","secret":""}"#,
        &Options::at(NOW),
    );
    names = report.issues.iter().map(|issue| issue.severity.name()).collect();
    assert_eq!(names, ["warning", "error"]);
}

#[test]
fn says_line_and_column_of_malformed_json() {
    let report = validate_json("{\n  \"eventName\": project_created\n}", &Options::at(NOW));
    assert_eq!(
        report.issues[0].message(),
        "The text is not JSON. A text needs quotes; only true, false, null and numbers have none: line 2 column 16."
    );
}

/// The whole message of the first finding in this field's value.
fn said(field: &str, value: impl Into<Value>) -> String {
    let mut record = json!({
        "eventName": "tag_created",
        "target": "https://example.org/",
        "secret": "qZ7xW3kV9mB5tY1rPd4Jc6Lf8Gh2NsTu",
    });
    record[field] = value.into();
    let report = validate_json(&record.to_string(), &Options::at(NOW));
    report.issues.first().map(Issue::message).unwrap_or_default()
}

#[test]
fn random_secrets_have_no_findings() {
    let mut state = 0x2545_F491_4F6C_DD1D_u64;
    let mut sign = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        char::from(b'!' + u8::try_from((state >> 33) % 94).unwrap())
    };
    let found: Vec<_> = (0..4000)
        .filter_map(|_| {
            let secret: String = (0..32).map(|_| sign()).collect();
            let message = said("secret", secret.as_str());
            (!message.is_empty()).then(|| format!("{secret}  {message}"))
        })
        .collect();
    assert!(found.len() < 8, "{} of 4,000:\n{}", found.len(), found.join("\n"));
}

#[test]
fn a_negated_name_is_told_that_there_is_no_negation() {
    for name in ["!tag_created", "tag_not_deleted", "* except user_added", "not: tag_created"] {
        assert!(said("eventName", name).contains("there is no negation."), "{name}");
    }
    for name in ["tag_created_failed", "notification_sent"] {
        assert!(!said("eventName", name).contains("negation"), "{name}");
    }
}

#[test]
fn what_is_wrong_with_a_host_a_port_or_a_list_of_certificates_is_said() {
    for (field, value, end) in [
        ("target", "https://example.org:99999/", "A port is a number of at most 65535."),
        ("target", "https://user@example.org:https/x", "A port is a number of at most 65535."),
        ("target", "https://acme,io", "The name of a host has only letters, digits, dots and hyphens."),
        ("target", "https://2001:db8::1/", "An IPv6 address stands in brackets."),
        ("target", "https://exa|mple/", IssueCode::UrlMalformed.message()),
        (
            "base64CA",
            "-----BEGIN X509 CRL-----\nMAA=\n-----END X509 CRL-----\n",
            "It is a list of revoked certificates (CRL).",
        ),
        (
            "base64CA",
            "LS0tLS1CRUdJTiBYNTA5IENSTC0tLS0tCk1BQT0KLS0tLS1FTkQgWDUwOSBDUkwtLS0tLQo=",
            "It is a list of revoked certificates (CRL).",
        ),
        ("base64CA", "root.crl", IssueCode::CertificatePath.message()),
    ] {
        let message = said(field, value);
        assert!(message.ends_with(end), "{value}: {message}");
    }
}

#[test]
fn json_of_another_kind_is_named() {
    for (text, end) in [
        ("{\u{a0}\"eventName\": 1}", "is another space than JSON's: line 1 column 2."),
        ("{\"eventName\": 1\u{3000}}", "is another space than JSON's: line 1 column 16."),
        ("\u{200b}{}", "is another space than JSON's: line 1 column 1."),
        ("<webhook/>", "It is HTML or XML."),
        ("<a><b>1</b></a>", "It is HTML or XML."),
        ("<record>", "A placeholder was not replaced: line 1 column 1."),
        ("null", "This is null or undefined."),
    ] {
        let message = validate_json(text, &Options::at(NOW)).issues[0].message();
        assert!(message.ends_with(end), "{text}: {message}");
    }
}

#[test]
fn a_switch_and_a_second_secret_are_explained() {
    for (key, value) in [("enabled", false), ("paused", true), ("isActive", false)] {
        assert!(said(key, value).ends_with("No field switches a subscription off."), "{key}");
    }
    for key in ["oldSecret", "previous_secret", "newSecret"] {
        assert!(said(key, "x").ends_with("A subscription has one secret."), "{key}");
    }
    for key in ["enabled", "description"] {
        assert_eq!(said(key, true), IssueCode::FieldUnknown.message(), "{key}");
    }
}

#[test]
fn the_name_of_a_company_or_project_is_told_from_its_id() {
    for key in ["projectName", "company_names", "tenantname"] {
        assert!(said(key, "acme").ends_with("It takes the id, not the name."), "{key}");
    }
    for key in ["projectSlug", "companyId", "event_names"] {
        assert!(!said(key, "acme").contains("not the name"), "{key}");
    }
}

#[test]
fn a_value_of_the_wrong_type_is_named() {
    for (value, kind) in [
        ("null", "null"),
        ("true", "a boolean"),
        ("1", "a number"),
        ("-1", "a number"),
        ("1.5", "a number"),
        ("[]", "a list"),
        ("\"\"", "a string"),
        ("{}", "an object"),
    ] {
        let said = |json: &str, path: &str, code: IssueCode| {
            let report = validate_json(json, &Options::at(NOW));
            let issue = report.issues.into_iter().find(|issue| issue.path == path && issue.code == code);
            issue.map(|issue| issue.message().strip_prefix(code.message()).unwrap().to_owned())
        };
        let in_field = |field: &str| {
            said(&format!(r#"{{"{field}":{value}}}"#), &format!("/{field}"), IssueCode::FieldType)
        };
        let sentence = Some(format!(" It is {kind}."));
        assert_eq!(in_field("target"), sentence.clone().filter(|_| kind != "a string"));
        assert_eq!(in_field("proxy"), sentence.filter(|_| kind != "an object"));
        let whole = if kind == "null" { "null or undefined" } else { kind };
        assert_eq!(
            said(value, "", IssueCode::NotAnObject),
            Some(format!(" This is {whole}.")).filter(|_| kind != "an object")
        );
    }
}

#[test]
fn a_record_and_its_proxy_may_have_100_fields() {
    let unknown = |count: usize| (0..count).map(|key| format!("\"{key}\":0")).collect::<Vec<_>>().join(",");
    for (text, path) in [
        (r#"{"eventName":"tag_created","target":"https://example.org/","secret":"s",UNKNOWN}"#, ""),
        (r#"{"proxy":{"url":"https://example.org/","x":0,"y":0,UNKNOWN}}"#, "/proxy"),
    ] {
        for count in [97, 98] {
            let report = validate_json(&text.replace("UNKNOWN", &unknown(count)), &Options::at(NOW));
            let too_large: Vec<_> =
                report.issues.iter().filter(|issue| issue.code == IssueCode::TooLarge).collect();
            assert_eq!(too_large.len(), usize::from(count == 98), "{path}");
            if let [issue] = too_large[..] {
                assert_eq!(issue.path, path);
                assert!(issue.message().ends_with(" It may have 100 fields."), "{}", issue.message());
            }
        }
    }
}

#[test]
fn no_message_holds_a_secret_or_a_key() {
    for vector in read("subscription.json") {
        let secret = vector["value"]["secret"].as_str().map(str::trim).filter(|secret| secret.len() > 11);
        let authority = vector["value"]["base64CA"].as_str().filter(|text| text.len() > 40);
        for issue in validate(&vector, false).issues {
            for hidden in [secret, authority].into_iter().flatten() {
                let said = format!("{} {} {:?}", issue.message(), issue.fix(), issue.suggestion);
                assert!(!said.contains(hidden), "{}", text(&vector["id"]));
            }
        }
    }
}

#[test]
fn debug_elides_what_is_secret() {
    let report = validate_json(
        r#"{ "eventName": "tag_created", "target": "https://example.org/canary", "secret": "a canary of thirty-two bytes, yes", "proxy": { "url": "https://u:canary@proxy.example.org/" } }"#,
        &Options::at(NOW),
    );
    let subscription = report.subscription.as_ref().unwrap();
    assert_eq!(
        format!("{subscription:?}"),
        format!("Subscription {{ scope: {:?}, .. }}", subscription.scope)
    );
    assert!(!format!("{report:?}").contains("canary"));
}

/// The hosts of the vectors' targets, as the URL Standard writes them, and the codes
/// expected of each.
fn hosts_of_vectors() -> HashMap<String, Vec<String>> {
    read("subscription.json")
        .iter()
        .filter_map(|vector| {
            let url = url::Url::parse(vector["value"]["target"].as_str()?).ok()?;
            let issues = vector["expected"]["issues"].as_array()?;
            let codes = issues.iter().map(|issue| text(&issue[1]).to_owned()).collect();
            Some((url.host_str()?.to_owned(), codes))
        })
        .collect()
}

/// The first and the last address of a block, in mapped form if it is of IPv4.
fn edges(block: &str) -> [Ipv6Addr; 2] {
    let (first, length) = block.split_once('/').unwrap();
    let length: u32 = length.parse().unwrap();
    let (first, length) = match first.parse().unwrap() {
        std::net::IpAddr::V4(first) => (first.to_ipv6_mapped().to_bits(), 96 + length),
        std::net::IpAddr::V6(first) => (first.to_bits(), length),
    };
    let rest = u128::MAX.checked_shr(length).unwrap_or(0);
    assert_eq!(first & rest, 0, "{block} does not start where it says");
    [first, first | rest].map(Ipv6Addr::from_bits)
}

#[test]
fn every_block_of_addresses_is_well_formed_and_has_vectors_at_its_edges() {
    let hosts = hosts_of_vectors();
    let mut seen = Vec::new();
    for block in ADDRESS_BLOCKS {
        assert!(!seen.contains(&block.hosts), "{} stands twice", block.hosts);
        seen.push(block.hosts);
        assert!(!block.purpose.is_empty() && !block.source.is_empty(), "{}", block.hosts);
        for edge in edges(block.hosts) {
            let host = match edge.to_ipv4_mapped().filter(|_| block.hosts.contains('.')) {
                Some(edge) => edge.to_string(),
                // `Display` writes a mapped address with dots, the URL Standard does not.
                None => {
                    url::Url::parse(&format!("https://[{edge}]/")).unwrap().host_str().unwrap().to_owned()
                }
            };
            assert!(hosts.contains_key(&host), "no vector has {host}, an edge of {}", block.hosts);
        }
    }
}

#[test]
fn every_special_name_has_a_vector() {
    let hosts = hosts_of_vectors();
    for row in HOST_NAMES {
        let code = row.finding.name();
        let is_tested = hosts.iter().any(|(host, codes)| {
            let host = host.trim_end_matches('.');
            let is_meant = row.hosts.strip_prefix('*').map_or(host == row.hosts, |end| host.ends_with(end));
            is_meant && codes.iter().any(|other| other == code)
        });
        assert!(is_tested, "no vector has {}", row.hosts);
    }
}

#[test]
fn the_documentation_names_the_date_of_the_registries() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/codes.md");
    assert!(std::fs::read_to_string(path).unwrap().contains(&format!("as of {REGISTRIES_DATE}")));
}
