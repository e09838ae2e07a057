//! The reader of records, against `serde_json`.

use mia_webhooks::subscription::{IssueCode, Options, validate_json};

use crate::{
    fuzz_bodies::Random,
    vectors::{read, text},
};

/// 2026-01-01.
const NOW: i64 = 1_767_225_600_000;

fn is_json(json: &str) -> bool {
    let report = validate_json(json, &Options::at(NOW));
    report.issues.iter().all(|issue| issue.code != IssueCode::JsonMalformed)
}

/// Whether `serde_json` reads it; `None` if it stops at a number out of the range of a
/// double, which is JSON all the same.
fn is_json_to_serde(json: &str) -> Option<bool> {
    match serde_json::from_str::<serde_json::Value>(json) {
        Err(error) if error.to_string().starts_with("number out of range") => None,
        read => Some(read.is_ok()),
    }
}

const SEEDS: &[&str] = &[
    r#"{"a":[1,-0.5e+7,0,10,true,false,null],"b":{"c":{"d":{"e":[{}]}}},"":""}"#,
    r#" [ "\u00e9\ud83d\udd11\n\t\\\/\"" , [ ] , { } , 1E-2 ] "#,
    r#"{"eventName":["tag_created"],"target":"https://example.org/","secret":"s"}"#,
    r#""\u0041""#,
    "-1.25e10",
];

#[test]
fn reads_what_serde_json_reads_and_refuses_what_it_refuses() {
    // The bytes that JSON gives a meaning, and a few that it does not.
    const ALPHABET: &[u8] = b"{}[]:,\"\\/ \n\t0123456789+-.eEutrfalsnd'#xB\0";
    let mut random = Random::new();
    let (mut read, mut refused) = (0, 0);
    for seed in SEEDS {
        for _ in 0..4000 {
            let mut bytes = seed.as_bytes().to_vec();
            for _ in 0..=random.below(3) {
                let at = random.below(bytes.len());
                let byte = ALPHABET[random.below(ALPHABET.len())];
                match random.below(3) {
                    0 => bytes[at] = byte,
                    1 => bytes.insert(at, byte),
                    _ => drop(bytes.remove(at)),
                }
                if bytes.is_empty() {
                    bytes.push(byte);
                }
            }
            let Ok(json) = String::from_utf8(bytes) else { continue };
            let Some(expected) = is_json_to_serde(&json) else { continue };
            assert_eq!(is_json(&json), expected, "{json}");
            *(if expected { &mut read } else { &mut refused }) += 1;
        }
    }
    assert!(read > 2000 && refused > 2000, "{read} {refused}");
}

#[test]
fn reads_every_text_of_the_corpus_as_serde_json_does() {
    for vector in read("subscription.json") {
        if let Some(json) = vector["json"].as_str().filter(|json| !json.contains("[[[[")) {
            assert!(
                json.contains(":{\"a\":{") || Some(is_json(json)) == is_json_to_serde(json),
                "{}",
                text(&vector["id"])
            );
        }
    }
}

#[test]
fn says_what_is_wrong_with_the_text_and_where() {
    let usual = r#""eventName": "tag_created""#;
    for (json, said) in [
        (String::new(), "It is empty."),
        (" \n".into(), "It is empty."),
        (format!("{{{usual}"), "The text ends too early: line 1 column 28."),
        (format!("{{{usual}\n,}}"), "JSON has no comma before a closing bracket: line 2 column 2."),
        (format!("{{\n{usual} // all\n}}"), "JSON has no comments: line 2 column 28."),
        (format!("{{ # all\n{usual}}}"), "JSON has no comments: line 1 column 3."),
        (format!("{{ /* all */ {usual}}}"), "JSON has no comments: line 1 column 3."),
        ("{'eventName': 1}".into(), "Only \" is a quotation mark in JSON: line 1 column 2."),
        ("{\"secret\": 'x'}".into(), "Only \" is a quotation mark in JSON: line 1 column 12."),
        ("{\u{201c}secret\u{201d}: 1}".into(), "Only \" is a quotation mark in JSON: line 1 column 2."),
        ("{secret: 1}".into(), "The name of a field needs quotes: line 1 column 2."),
        (
            "{\"secret\": None}".into(),
            "A text needs quotes; only true, false, null and numbers have none: line 1 column 12.",
        ),
        ("{\"secret\": ${SECRET}}".into(), "A placeholder was not replaced: line 1 column 12."),
        ("{\"secret\": {{ .Values.secret }}}".into(), "A placeholder was not replaced: line 1 column 13."),
        ("{\"secret\" = 1}".into(), "Expected `:`: line 1 column 11."),
        ("{\"\u{e9}\": 1 \"b\": 2}".into(), "Expected `,` or `}`: line 1 column 9."),
        ("[1 2]".into(), "Expected `,` or `]`: line 1 column 4."),
        ("{}\n{}".into(), "Something follows the value: give one record: line 2 column 1."),
        ("{\"a\": 01}".into(), "JSON does not write a number like this: line 1 column 8."),
        ("{\"a\": \"\\x41\"}".into(), "JSON has no such escape: line 1 column 9."),
        (
            "\u{feff}{}x".into(),
            "It starts with a byte order mark (U+FEFF), which is no part of JSON: save the file as UTF-8 without it.",
        ),
        (
            "eventName: tag_created\ntarget: https://example.org/\n".into(),
            "It is YAML: write the record as JSON.",
        ),
        ("---\nsecret: x\n".into(), "It is YAML: write the record as JSON."),
        ("- tag_created\n- tag_deleted\n".into(), "It is YAML: write the record as JSON."),
        (
            "MIA_WEBHOOK_SECRET=x\n".into(),
            "It is a line of a script or of an environment file: write the record as JSON.",
        ),
        (
            "export SECRET='x'".into(),
            "It is a line of a script or of an environment file: write the record as JSON.",
        ),
        (
            "const record = {}".into(),
            "A text needs quotes; only true, false, null and numbers have none: line 1 column 1.",
        ),
        ("eyJldmVudE5hbWUiOiJ4In0=".into(), "It is base64 of JSON: decode it once."),
        ("%7B%22eventName%22%3A%22x%22%7D".into(), "It is percent-encoded: decode it once."),
        (
            "[object Object]".into(),
            "It is what JavaScript writes for a value that is no text: use JSON.stringify on the record.",
        ),
        (
            "undefined\n".into(),
            "It is what JavaScript writes for a value that is no text: use JSON.stringify on the record.",
        ),
        ("```json\n{}\n```".into(), "It has the fences of Markdown around it: give what is between them."),
        ("https://example.org/".into(), "It is an address: give the record itself."),
        (
            "{\\\"eventName\\\": 1}".into(),
            "The quotation marks have a backslash: the text was copied out of another text: line 1 column 2.",
        ),
        ("{\"a\": 1; \"b\": 2}".into(), "Expected `,` or `}`: line 1 column 8."),
        ("<!DOCTYPE html>".into(), "It is HTML or XML."),
        ("<?xml version=\"1.0\"?>".into(), "It is HTML or XML."),
        ("-----BEGIN CERTIFICATE-----\n".into(), "It is PEM: a certificate belongs in base64CA."),
    ] {
        let report = validate_json(&json, &Options::at(NOW));
        let found = report.issues.first().filter(|issue| issue.code == IssueCode::JsonMalformed);
        assert_eq!(found.and_then(|issue| issue.detail.as_deref()), Some(said), "{json}");
    }
}
