use mia_webhooks::{Code, Event, EventProblem, MAX_EVENT_TIMESTAMP, Secret, Verifier};

use crate::vectors::{bytes, read, text};

fn parse(payload: &[u8]) -> Result<Event, Code> {
    let verifier = Verifier::new([Secret::new("secret").unwrap()]).unwrap();
    let token = verifier.sign(payload).to_string();
    Event::parse(&verifier.verify(payload, Some(token.as_bytes())).unwrap())
}

#[test]
fn answers_every_vector() {
    for vector in read("event.json") {
        match parse(&bytes(&vector["payload"])) {
            Ok(event) => {
                assert_eq!(vector["valid"], true, "{}", vector["id"]);
                assert_eq!(event.name(), text(&vector["eventName"]), "{}", vector["id"]);
                // The vector has an integer: `-0` and `1e3` in a payload are 0 and 1000.
                assert_eq!(vector["eventTimestamp"].as_u64(), Some(event.timestamp()), "{}", vector["id"]);
            }
            Err(code) => {
                assert_eq!(vector["valid"], false, "{}", vector["id"]);
                assert_eq!(code, Code::EventMalformed, "{}", vector["id"]);
            }
        }
    }
}

#[test]
fn the_largest_timestamp_is_the_largest_safe_integer() {
    let event =
        |timestamp: u64| format!(r#"{{"eventName":"e","eventTimestamp":{timestamp},"payload":{{}}}}"#);
    let largest = parse(event(MAX_EVENT_TIMESTAMP).as_bytes()).unwrap();
    assert_eq!(largest.timestamp(), 9_007_199_254_740_991);
    assert!(parse(event(MAX_EVENT_TIMESTAMP + 1).as_bytes()).is_err());
}

#[test]
fn says_which_part_of_a_payload_is_wrong() {
    use EventProblem as Problem;

    let verifier = Verifier::new([Secret::new("secret").unwrap()]).unwrap();
    let problem = |payload: &[u8]| {
        let token = verifier.sign(payload).to_string();
        Event::read(&verifier.verify(payload, Some(token.as_bytes())).unwrap()).err()
    };
    let cases: &[(&[u8], Option<Problem>)] = &[
        (br#"{"eventName":"e","eventTimestamp":0,"payload":{}}"#, None),
        (b"\xff", Some(Problem::NotUtf8)),
        (b"", Some(Problem::NotJson)),
        ("\u{feff}{}".as_bytes(), Some(Problem::NotJson)),
        (b"null", Some(Problem::NotAnObject)),
        (b"[{}]", Some(Problem::NotAnObject)),
        (b"{}", Some(Problem::EventNameMissing)),
        (br#"{"eventName":7}"#, Some(Problem::EventNameType)),
        (br#"{"eventName":""}"#, Some(Problem::EventNameEmpty)),
        (br#"{"eventName":"e"}"#, Some(Problem::EventTimestampMissing)),
        (br#"{"eventName":"e","eventTimestamp":"0"}"#, Some(Problem::EventTimestampType)),
        (br#"{"eventName":"e","eventTimestamp":0.5}"#, Some(Problem::EventTimestampRange)),
        (br#"{"eventName":"e","eventTimestamp":-1}"#, Some(Problem::EventTimestampRange)),
        (br#"{"eventName":"e","eventTimestamp":0}"#, Some(Problem::PayloadMissing)),
        (br#"{"eventName":"e","eventTimestamp":0,"payload":[]}"#, Some(Problem::PayloadType)),
    ];
    let mut seen = Vec::new();
    for (payload, expected) in cases {
        assert_eq!(problem(payload), *expected, "{}", payload.escape_ascii());
        seen.extend(*expected);
    }
    assert!(Problem::ALL.iter().all(|problem| seen.contains(problem)), "every problem has a case");
    assert_eq!(Code::from(Problem::NotJson), Code::EventMalformed);
}
