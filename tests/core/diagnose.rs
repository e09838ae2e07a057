use mia_webhooks::diagnose::{Budget, Deviation, Diagnosis, Hint, Question, Search, diagnose, hints};

use crate::{
    fuzz_bodies::Random,
    vectors::{bytes, read, text},
};

fn names(diagnosis: &Diagnosis) -> Option<Vec<&'static str>> {
    Some(diagnosis.deviations.as_ref()?.iter().map(|deviation| deviation.name()).collect())
}

/// Asks about every vector, each in its own way.
fn ask_all(mut ask: impl FnMut(&str, &Question<'_>, Option<Vec<&str>>)) {
    for vector in read("diagnose.json") {
        let others: Vec<_> =
            vector["others"].as_array().unwrap().iter().map(|other| text(other).as_bytes()).collect();
        let payload = bytes(&vector["payload"]);
        let question = Question {
            payload: &payload,
            token: text(&vector["token"]),
            secret: text(&vector["secret"]).as_bytes(),
            other_secrets: &others,
        };
        let expected =
            vector["deviations"].as_array().map(|deviations| deviations.iter().map(text).collect());
        ask(text(&vector["id"]), &question, expected);
    }
}

#[test]
fn finds_what_every_vector_says_at_once_and_in_slices() {
    ask_all(|id, question, expected| {
        let diagnosis = diagnose(question);
        assert_eq!(names(&diagnosis), expected, "{id}");
        assert_eq!(diagnosis.is_valid(), expected.as_deref() == Some(&[]), "{id}");
        assert_eq!(
            diagnosis.is_weak(),
            id.contains("payload_only") || id.ends_with("secret_undefined"),
            "{id}"
        );

        let mut search = Search::new(question);
        let in_slices = loop {
            if let Some(diagnosis) = search.go_on(Budget { candidates: 97, bytes: 50_000 }) {
                break diagnosis;
            }
        };
        assert_eq!(in_slices, diagnosis, "{id}");
    });
}

#[test]
fn every_deviation_is_found_in_a_vector() {
    let mut found = std::collections::HashSet::new();
    ask_all(|_, _, expected| found.extend(expected.unwrap_or_default().into_iter().map(str::to_owned)));
    for deviation in Deviation::ALL {
        assert!(found.contains(deviation.name()), "{deviation:?}");
        assert!(deviation.message().ends_with('.') && deviation.fix().ends_with('.'), "{deviation:?}");
    }
}

#[test]
fn every_deviation_is_named_right_in_every_event() {
    let matrix: serde_json::Value =
        serde_json::from_str(include_str!("../vectors/diagnose-matrix.json")).unwrap();
    let cases = matrix["cases"].as_array().unwrap();
    for event in mia_webhooks::events::all() {
        let of_event = cases.iter().filter(|case| text(&case[0]) == event.name);
        assert_eq!(of_event.count(), Deviation::ALL.len(), "{}", event.name);
    }
    for case in cases {
        let payload =
            hex::decode(text(&matrix["payloads"][usize::try_from(case[2].as_u64().unwrap()).unwrap()]))
                .unwrap();
        let others: Vec<_> = case[4].as_array().unwrap().iter().map(|other| text(other).as_bytes()).collect();
        let diagnosis = diagnose(&Question {
            payload: &payload,
            token: text(&case[5]),
            secret: text(&case[3]).as_bytes(),
            other_secrets: &others,
        });
        assert_eq!(names(&diagnosis), Some(vec![text(&case[1])]), "{case}");
    }
}

/// Takes 20 s with two threads, optimised.
#[test]
#[ignore = "takes long: cargo xtask test runs it, optimised"]
fn nothing_is_proved_of_100_000_tokens_at_random() {
    let search = |skipped: usize| {
        let mut random = Random::new();
        for _ in 0..skipped {
            random.below(2);
        }
        for _ in 0..50_000 {
            let token: String = (0..64)
                .map(|_| char::from_digit(u32::try_from(random.below(16)).unwrap(), 16).unwrap())
                .collect();
            let question = Question { payload: b"[]", token: &token, secret: b"A", other_secrets: &[] };
            assert_eq!(diagnose(&question).deviations, None, "{token}");
        }
    };
    std::thread::scope(|scope| {
        for skipped in [0, 50_000 * 64] {
            scope.spawn(move || search(skipped));
        }
    });
}

#[test]
fn hints_are_conspicuous() {
    for (payload, token, secret, expected) in [
        ("{}", "x", "s", &[Hint::TokenNoDigest, Hint::PayloadNoEvent][..]),
        ("", "00", "s", &[Hint::TokenNoDigest, Hint::PayloadMissing]),
        ("{\"eventName\":\"\u{fffd}\"}", "00", "s", &[Hint::TokenNoDigest, Hint::PayloadReplaced]),
        ("{\"eventName\":", &"0".repeat(64), "s", &[Hint::PayloadNotJson]),
        ("{\"eventName\": \"a\"}", &"0".repeat(64), "s", &[Hint::PayloadFormatted]),
        ("{\u{201c}a\u{201d}}", &"0".repeat(64), "s", &[Hint::PayloadNotJson, Hint::PayloadTypographic]),
        ("{\"eventName\":\"a\"}", &"0".repeat(64), "s\u{200b}", &[Hint::SecretInvisible]),
        ("{\"eventName\":\"a\"}", &"0".repeat(64), "s", &[]),
    ] {
        let question =
            Question { payload: payload.as_bytes(), token, secret: secret.as_bytes(), other_secrets: &[] };
        assert_eq!(hints(&question), [expected, &[Hint::SecretOfAnother]].concat(), "{payload}");
    }
    let question = Question { payload: b"\xff", token: "", secret: b"s", other_secrets: &[] };
    assert_eq!(hints(&question)[1], Hint::PayloadNotUtf8);
}

#[test]
fn nothing_is_proved_of_tokens_at_random() {
    let mut random = Random::new();
    for _ in 0..10 {
        let token: String = (0..64)
            .map(|_| char::from_digit(u32::try_from(random.below(16)).unwrap(), 16).unwrap())
            .collect();
        let question =
            Question { payload: br#"{"a":1}"#, token: &token, secret: b"secret", other_secrets: &[b"other"] };
        let diagnosis = diagnose(&question);
        assert_eq!(diagnosis.deviations, None);
        assert!(diagnosis.tried > 1_000, "{}", diagnosis.tried);
    }
}

#[test]
fn no_secret_shows_itself_in_debug() {
    let question = Question { payload: b"private", token: "0", secret: b"canary", other_secrets: &[] };
    let shown = format!("{question:?} {:?}", Search::new(&question));
    assert!(!shown.contains("canary") && !shown.contains("99, 97"), "{shown}");
}
