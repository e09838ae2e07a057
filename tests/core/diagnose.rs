use mia_webhooks::{
    Secret, Verifier,
    diagnose::{
        Blame, Budget, Deviation, Diagnosis, Hash, Hint, MAX_PAYLOAD_BYTES, Notation, Part, Question, Search,
        Signed, diagnose, hints,
    },
};

use serde_json::{Value, json};

use crate::{
    fuzz_bodies::Random,
    vectors::{bytes, read, text},
};

fn names(diagnosis: &Diagnosis) -> Option<Vec<&'static str>> {
    Some(diagnosis.deviations.as_ref()?.iter().map(|deviation| deviation.name()).collect())
}

/// Asks about every vector, or one in twenty.
fn ask_all(is_quick: bool, mut ask: impl FnMut(&str, &Question<'_>, Option<Vec<&str>>)) {
    for vector in read("diagnose.json").into_iter().step_by(if is_quick { 20 } else { 1 }) {
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
#[ignore = "takes long: cargo xtask test runs it, optimised"]
fn finds_what_every_vector_says_in_slices() {
    finds_in_slices(false);
}

#[test]
fn finds_what_some_vectors_say_in_slices() {
    finds_in_slices(true);
}

fn finds_in_slices(is_quick: bool) {
    ask_all(is_quick, |id, question, expected| {
        let mut search = Search::new(question);
        let diagnosis = loop {
            assert!(search.signed().is_none(), "{id}");
            if let Some(diagnosis) = search.go_on(Budget { candidates: 997, bytes: 500_000 }) {
                break diagnosis;
            }
        };
        assert_eq!(names(&diagnosis), expected, "{id}");
        if !is_quick {
            assert_eq!(diagnose(question), diagnosis, "{id}");
        }
        assert_eq!(diagnosis.is_valid(), expected.as_deref() == Some(&[]), "{id}");
        assert_eq!(
            diagnosis.is_weak(),
            id.contains("payload_only") || id.ends_with("secret_undefined") || id.contains("placeholder_"),
            "{id}"
        );

        assert_eq!(search.signed().is_some(), expected.is_some(), "{id}");
        if let (Some(signed), Some(deviations)) = (search.signed(), &diagnosis.deviations) {
            makes_the_token(id, signed, question, deviations);
        }
    });
}

/// What was signed is the payload and the secret where they are not to blame, and its digest is
/// that of the token.
fn makes_the_token(id: &str, signed: &Signed, question: &Question<'_>, deviations: &[Deviation]) {
    let blames = |blame: Blame| deviations.iter().any(|deviation| deviation.blame() == blame);
    assert_eq!(signed.payload != question.payload, blames(Blame::Payload), "{id}");
    if signed.parts.contains(&Part::Secret) && !id.contains("with_an_empty_secret") {
        assert_eq!(signed.secret.as_slice() != question.secret, blames(Blame::Secret), "{id}");
    }
    if signed.is_keyed || signed.hash != Hash::Sha256 || signed.notation != Notation::Hex {
        return;
    }
    let mut hashed = Vec::new();
    for part in signed.parts {
        match part {
            Part::Payload => hashed.extend(&signed.payload),
            Part::Secret => hashed.extend(signed.secret.iter()),
            Part::Between(bytes) => hashed.extend(*bytes),
            Part::Hashed | Part::HashedDigits => return,
        }
    }
    let mut hash = mia_webhooks::PayloadHash::new();
    hash.absorb(&hashed);
    let digits = hex::encode(hash.id());
    let of_token: String = question.token.to_lowercase().chars().filter(char::is_ascii_hexdigit).collect();
    let is_whole = of_token.contains(&digits);
    let has_lost = deviations.iter().any(|deviation| {
        matches!(deviation, Deviation::TokenTruncated | Deviation::TokenZerosLost | Deviation::TokenHexTwice)
    });
    assert!(is_whole || has_lost, "{id}");
}

#[test]
fn every_deviation_is_found_in_a_vector() {
    let mut found = std::collections::HashSet::new();
    ask_all(false, |_, _, expected| {
        found.extend(expected.unwrap_or_default().into_iter().map(str::to_owned));
    });
    for deviation in Deviation::ALL {
        assert!(found.contains(deviation.name()), "{deviation:?}");
        assert!(deviation.message().ends_with('.') && deviation.fix().ends_with('.'), "{deviation:?}");
    }
}

#[test]
#[ignore = "takes long: cargo xtask test runs it, optimised"]
fn every_deviation_is_named_right_in_every_event() {
    names_deviations(mia_webhooks::events::all().iter().map(|event| event.name), 1);
}

#[test]
fn one_deviation_in_four_is_named_right_in_one_event() {
    names_deviations(["company_user_removed"].into_iter(), 4);
}

fn names_deviations<'e>(events: impl Iterator<Item = &'e str>, step: usize) {
    let matrix: Value = serde_json::from_str(include_str!("../vectors/diagnose-matrix.json")).unwrap();
    let cases = matrix["cases"].as_array().unwrap();
    for event in events {
        let of_event: Vec<_> = cases.iter().filter(|case| text(&case[0]) == event).collect();
        assert_eq!(of_event.len(), Deviation::TokenQuoted as usize + 1, "{event}");
        of_event.into_iter().step_by(step).for_each(|case| names_deviation(&matrix, case));
    }
}

fn names_deviation(matrix: &Value, case: &Value) {
    let payload = hex::decode(text(&matrix["payloads"][place(&case[2])])).unwrap();
    let others: Vec<_> = case[4].as_array().unwrap().iter().map(|other| text(other).as_bytes()).collect();
    let diagnosis = diagnose(&Question {
        payload: &payload,
        token: text(&case[5]),
        secret: text(&case[3]).as_bytes(),
        other_secrets: &others,
    });
    assert_eq!(names(&diagnosis), Some(vec![text(&case[1])]), "{case}");
}

fn place(value: &Value) -> usize {
    usize::try_from(value.as_u64().unwrap()).unwrap()
}

/// Each event as each real writer wrote it, beside each of some mistakes in the secret.
#[test]
#[ignore = "takes long: cargo xtask test runs it, optimised"]
fn every_writer_is_named_right_in_every_event() {
    let written: Value = serde_json::from_str(include_str!("../vectors/json-writers.json")).unwrap();
    let asked: Value = serde_json::from_str(include_str!("../vectors/diagnose-writers.json")).unwrap();
    let cases = asked["cases"].as_array().unwrap();
    assert!(cases.len() > 1_500, "{}", cases.len());
    let mut wrong = Vec::new();
    for case in cases {
        let body = written["bodies"].as_array().unwrap().iter().find(|body| body["id"] == case[0]).unwrap();
        let diagnosis = diagnose(&Question {
            payload: text(&body["body"]).as_bytes(),
            token: text(&case[4]),
            secret: text(&asked["secrets"][place(&case[2])]).as_bytes(),
            other_secrets: &[],
        });
        let found = names(&diagnosis).map(|names| names.join(" "));
        if found.as_deref() != Some(text(&case[3])) {
            wrong.push(format!("{case}: {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {}\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

/// Takes 20 s with two threads, optimised. A million were searched by hand.
#[test]
#[ignore = "takes long: cargo xtask test runs it, optimised"]
fn nothing_is_proved_of_10_000_tokens_at_random() {
    let search = |skipped: usize| {
        let mut random = Random::new();
        for _ in 0..skipped {
            random.below(2);
        }
        for _ in 0..5_000 {
            let token: String = (0..64)
                .map(|_| char::from_digit(u32::try_from(random.below(16)).unwrap(), 16).unwrap())
                .collect();
            let question = Question { payload: b"[]", token: &token, secret: b"A", other_secrets: &[] };
            assert_eq!(diagnose(&question).deviations, None, "{token}");
        }
    };
    std::thread::scope(|scope| {
        for skipped in [0, 5_000 * 64] {
            scope.spawn(move || search(skipped));
        }
    });
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table")]
fn hints_are_conspicuous() {
    let digest = "0".repeat(64);
    for (payload, token, secret, expected) in [
        ("{}", "x", "s", &[Hint::TokenNoDigest, Hint::PayloadNoEvent][..]),
        ("", "00", "s", &[Hint::TokenNoDigest, Hint::PayloadMissing]),
        (
            "{\"eventName\":\"a\",\"eventTimestamp\":1,\"payload\":{}}",
            &"0".repeat(129),
            "s",
            &[Hint::TokenNoDigest],
        ),
        (
            "{\"eventName\":\"\u{fffd}\",\"eventTimestamp\":1,\"payload\":{}}",
            "00",
            "s",
            &[Hint::TokenNoDigest, Hint::PayloadReplaced],
        ),
        ("{\"eventName\":", &digest, "s", &[Hint::PayloadCutOff]),
        ("eventName", &digest, "s", &[Hint::PayloadNotJson]),
        (
            "{\"eventName\":\"a\",\"eventTimestamp\":1,\"payload\":{}}",
            &"0".repeat(40),
            "s",
            &[Hint::TokenOfAnotherHash],
        ),
        ("POST / HTTP/1.1\r\nHost: a", &digest, "s", &[Hint::PayloadRequest]),
        ("curl -d @body https://a.example", &digest, "s", &[Hint::PayloadRequest]),
        ("{\"Records\":[]}", &digest, "s", &[Hint::PayloadEnvelope]),
        ("{\"text\":\"has eventName\"}", &digest, "s", &[Hint::PayloadEnvelope]),
        (
            "{\"eventName\":\"a\",\"eventTimestamp\":1,\"payload\":{},\"n\":12345678901234567000}",
            &digest,
            "s",
            &[Hint::PayloadRounded],
        ),
        (
            "{\"eventName\":\"a\",\"eventTimestamp\":1,\"payload\":{},\"n\":9007199254740992}",
            &digest,
            "s",
            &[],
        ),
        (
            "{\"eventName\":\"a\",\"eventTimestamp\":1,\"payload\":{},\"n\":1.0}",
            &digest,
            "s",
            &[Hint::PayloadRewritten],
        ),
        (
            "{\"eventName\":\"\\u00e8\",\"eventTimestamp\":1,\"payload\":{}}",
            &digest,
            "s",
            &[Hint::PayloadRewritten],
        ),
        (
            "{\"b\":1,\"2\":1,\"eventName\":\"a\",\"eventTimestamp\":1,\"payload\":{}}",
            &digest,
            "s",
            &[Hint::PayloadRewritten],
        ),
        (
            "{\"eventName\":\"a\",\"eventTimestamp\":1,\"payload\":{}}",
            &digest,
            "${SECRET}",
            &[Hint::SecretTemplate],
        ),
        (
            "{\"eventName\":\"a\",\"eventTimestamp\":1,\"payload\":{}}",
            &digest,
            "{{ secret }}",
            &[Hint::SecretTemplate],
        ),
        (
            "{\"eventName\":\"a\",\"eventTimestamp\":1,\"payload\":{}}",
            &digest,
            "process.env.SECRET",
            &[Hint::SecretTemplate],
        ),
        (
            "{\"eventName\":\"a\",\"eventTimestamp\":1,\"payload\":{}}",
            &digest,
            "your-secret-here",
            &[Hint::SecretTemplate],
        ),
        (
            "{\"eventName\": \"a\",\"eventTimestamp\":1,\"payload\":{}}",
            &"0".repeat(64),
            "s",
            &[Hint::PayloadFormatted],
        ),
        ("{\u{201c}a\u{201d}}", &"0".repeat(64), "s", &[Hint::PayloadTypographic, Hint::PayloadNotJson]),
        (
            "{\"eventName\":\"\u{201c}a\u{201d}\",\"eventTimestamp\":1,\"payload\":{}}",
            &"0".repeat(64),
            "s",
            &[],
        ),
        (
            "{\"eventName\":\"a\",\"eventTimestamp\":1,\"payload\":{}}",
            &"0".repeat(64),
            "s\u{200b}",
            &[Hint::SecretInvisible],
        ),
        ("{\"eventName\":\"a\",\"eventTimestamp\":1,\"payload\":{}}", &"0".repeat(64), "s", &[]),
    ] {
        let question =
            Question { payload: payload.as_bytes(), token, secret: secret.as_bytes(), other_secrets: &[] };
        // What is left to check: the secret first, where everything looks right.
        let general = if expected.is_empty() {
            [Hint::SecretOfAnother, Hint::RequestMixed]
        } else {
            [Hint::RequestMixed, Hint::SecretUnconfirmed]
        };
        assert!(general.into_iter().all(Hint::is_general));
        assert!(!expected.iter().any(|hint| hint.is_general()));
        assert_eq!(hints(&question), [expected, &general].concat(), "{payload}");
    }
    for (payload, expected) in
        [(&b"\xff"[..], Hint::PayloadNotUtf8), (b"\x1f\x8b\x08\0\xff", Hint::PayloadCompressed)]
    {
        let question = Question { payload, token: "", secret: b"s", other_secrets: &[] };
        assert_eq!(hints(&question)[1], expected);
    }
    // Nothing is to be compared with a secret that is not there.
    let question = Question { payload: b"{}", token: "", secret: b"", other_secrets: &[] };
    assert_eq!(hints(&question)[2..], [Hint::SecretMissing, Hint::RequestMixed]);
}

#[test]
fn nothing_is_proved_of_tokens_at_random() {
    let mut random = Random::new();
    for _ in 0..2 {
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
fn debug_shows_no_payload_and_no_secret() {
    let question = Question { payload: b"private", token: "0", secret: b"canary", other_secrets: &[] };
    assert_eq!(format!("{question:?}"), "Question(..)");
    assert_eq!(format!("{:?}", Search::new(&question)), "Search { tried: 0, .. }");
}

/// A question that has no answer, with a token of that many digits.
fn unanswered<'q>(payload: &'q [u8], digits: &'q str) -> Question<'q> {
    Question { payload, token: digits, secret: b"secret", other_secrets: &[] }
}

#[test]
fn a_step_tries_as_many_candidates_as_its_budget_says() {
    let token = "0".repeat(64);
    let question = unanswered(br#"{"a": 1}"#, &token);
    let all = diagnose(&question).tried;
    let mut search = Search::new(&question);
    let mut steps = 0;
    let diagnosis = loop {
        match search.go_on(Budget { candidates: 97, ..Budget::ALL }) {
            Some(diagnosis) => break diagnosis,
            None => steps += 1,
        }
        assert_eq!(search.tried(), 97 * steps);
    };
    assert_eq!((steps, diagnosis.tried, search.tried()), (all / 97, all, all));
}

#[test]
fn a_step_hashes_as_many_bytes_as_its_budget_says() {
    let (payload, token) = ([b'x'; 1000], "0".repeat(64));
    let mut search = Search::new(&unanswered(&payload, &token));
    assert_eq!(search.go_on(Budget { bytes: 100_000, ..Budget::ALL }), None);
    // The hash of the payload serves for many secrets, which then cost a block or two: nearly a
    // hundred candidates are the payload as a whole, and as many are not.
    assert!((150..250).contains(&search.tried()), "{}", search.tried());
}

#[test]
fn a_token_is_only_compared_with_digests_that_can_have_its_length() {
    // Not the same digits twice.
    let tried = |digits: usize| diagnose(&unanswered(b"{}", &format!("{}1", "0".repeat(digits - 1)))).tried;
    assert_eq!(tried(1), 0);
    // 64 digits are SHA-256 or the beginning of SHA-512; 128 are SHA-512; 65 can only be
    // the beginning of SHA-512.
    // A beginning is less likely than a whole digest.
    assert!(0 < tried(65) && tried(65) < tried(128));
    assert!(tried(128) * 2 < tried(64));
    // There is no longer digest.
    assert_eq!(tried(129), 0);
}

#[test]
fn a_digest_that_does_not_depend_on_the_secret_is_made_once() {
    // A payload so long is only tried as it is, and 128 digits are SHA-512. A secret so long is
    // only tried as it is too: after the payload, before it and in an HMAC, but not beside the
    // payload alone.
    let (payload, token) = (vec![b'x'; MAX_PAYLOAD_BYTES + 1], format!("{}1", "0".repeat(127)));
    let tried =
        |other_secrets: &[&[u8]]| diagnose(&Question { other_secrets, ..unanswered(&payload, &token) }).tried;
    assert_eq!(tried(&[&[b'x'; 5000]]) - tried(&[]), 3);
}

#[test]
fn what_can_be_to_blame_has_its_published_names() {
    let names: Vec<_> = Blame::ALL.iter().map(|blame| blame.name()).collect();
    assert_eq!(names, ["payload", "secret", "construction", "token"]);
}

/// Whether the search finds in which form a payload was signed, with as many
/// candidates as it needs for a small payload in that form.
fn is_found(payload: &[u8], signed: &[u8], small: [&str; 2]) -> bool {
    let verifier = Verifier::new([Secret::new("A").unwrap()]).unwrap();
    let ask = |payload: &[u8], signed: &[u8], budget: Budget| {
        let token = verifier.sign(signed).to_string();
        let question = Question { payload, token: &token, secret: b"A", other_secrets: &[] };
        Search::new(&question).go_on(budget).filter(|diagnosis| diagnosis.deviations.is_some())
    };
    let [small_payload, small_signed] = small.map(str::as_bytes);
    let candidates = ask(small_payload, small_signed, Budget::ALL).unwrap().tried;
    // A larger payload has more forms that differ.
    ask(payload, signed, Budget { candidates: 4 * candidates, ..Budget::ALL }).is_some()
}

#[test]
#[ignore = "takes seconds: cargo xtask test runs it, optimised"]
fn a_payload_over_a_megabyte_is_only_tried_as_it_is() {
    for length in [MAX_PAYLOAD_BYTES, MAX_PAYLOAD_BYTES + 1] {
        let payload = vec![b'x'; length];
        assert!(is_found(&payload, &payload, ["x", "x"]));
        let with_newline = [payload.as_slice(), b"\n"].concat();
        assert_eq!(is_found(&payload, &with_newline, ["x", "x\n"]), length == MAX_PAYLOAD_BYTES, "{length}");
    }
}

#[test]
fn json_is_read_129_levels_deep() {
    let token = "0".repeat(64);
    for levels in [129, 130] {
        let payload = ["[", "]"].map(|bracket| bracket.repeat(levels)).concat();
        let found = hints(&unanswered(payload.as_bytes(), &token));
        assert_eq!(found.contains(&Hint::PayloadNotJson), levels == 130, "{found:?}");
    }
}

#[test]
fn up_to_4096_keys_are_sorted() {
    for count in [4096, 4097] {
        let mut keys: Vec<_> = (0..count).map(|key| format!("\"{key:04}\":0")).collect();
        let sorted = format!("{{{}}}", keys.join(","));
        keys.reverse();
        let payload = format!("{{{}}}", keys.join(","));
        let small = [r#"{"b":0,"a":0}"#, r#"{"a":0,"b":0}"#];
        assert_eq!(is_found(payload.as_bytes(), sorted.as_bytes(), small), count == 4096);
    }
}

#[test]
#[ignore = "takes seconds: cargo xtask test runs it, optimised"]
fn json_that_gets_longer_than_four_megabytes_is_given_up() {
    // The last number starts at the limit or one byte after it.
    let nested = |padding: usize| {
        let numbers = vec![1; 20_000];
        let nested = (0..100).fold(json!(numbers), |inner, _| json!([inner]));
        json!(["x".repeat(padding), nested])
    };
    let last_number = |value: &Value| serde_json::to_string_pretty(value).unwrap().rfind('1').unwrap();
    let padding = (4 << 20) - last_number(&nested(0));
    for (padding, expected) in [(padding, true), (padding + 1, false)] {
        let value = nested(padding);
        let indented = serde_json::to_string_pretty(&value).unwrap();
        let small = ["[1]", "[\n  1\n]"];
        assert_eq!(is_found(value.to_string().as_bytes(), indented.as_bytes(), small), expected);
    }
}

#[test]
fn hints_read_json_up_to_a_megabyte() {
    let token = "0".repeat(64);
    for (length, expected) in [
        (MAX_PAYLOAD_BYTES, &[Hint::PayloadFormatted, Hint::PayloadNoEvent][..]),
        (MAX_PAYLOAD_BYTES + 1, &[]),
    ] {
        let mut payload = format!("\"{}\"", "\u{1d11e}".repeat(MAX_PAYLOAD_BYTES / 4 - 1)).into_bytes();
        payload.resize(length, b' ');
        let found = hints(&Question { secret: b"s", ..unanswered(&payload, &token) });
        assert_eq!(found, [expected, &[Hint::RequestMixed, Hint::SecretUnconfirmed]].concat());
    }
}
