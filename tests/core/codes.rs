use mia_webhooks::Code;

/// The published codes. When a row is appended to the table, append it here; never
/// change one.
const PUBLISHED: &[&str] = &[
    "accepted",
    "unhandled",
    "token_missing",
    "token_malformed",
    "token_mismatch",
    "method_not_allowed",
    "path_unknown",
    "payload_too_large",
    "payload_encoded",
    "payload_consumed",
    "payload_interrupted",
    "payload_timeout",
    "event_malformed",
    "event_out_of_scope",
    "origin_refused",
    "origin_unreachable",
    "origin_timeout",
    "handler_failed",
    "secret_missing",
    "secret_empty",
    "secret_placeholder",
    "secret_too_long",
    "secret_too_many",
    "secret_suffix",
    "configuration_invalid",
    "engine_unavailable",
    "event_duplicate",
    "event_in_progress",
    "event_stale",
    "event_from_future",
    "event_expired",
    "replay_store_unreachable",
    "commit_failed",
    "claim_lost",
    "unexpected_error",
    "request_malformed",
    "receiver_overloaded",
    "origin_answer_invalid",
    "authorized",
    "secrets_unavailable",
];

#[test]
fn codes_are_only_ever_appended() {
    let names: Vec<_> = Code::ALL.iter().map(|code| code.name()).collect();
    assert_eq!(names, PUBLISHED);
    for (place, code) in Code::ALL.iter().enumerate() {
        assert_eq!(*code as usize, place + 1, "{code:?}");
    }
}

#[test]
fn what_a_receiver_alone_answers_is_told_apart() {
    // Every bundle carries the answers of verifying.
    for code in Code::ALL.iter().filter(|code| code.name().starts_with("secret_")) {
        assert!(!code.is_receivers(), "{code:?}");
    }
    for code in [Code::TokenMismatch, Code::PayloadTooLarge, Code::EventMalformed, Code::EngineUnavailable] {
        assert!(!code.is_receivers(), "{code:?}");
    }
    for code in [Code::Accepted, Code::EventDuplicate, Code::ClaimLost, Code::UnexpectedError] {
        assert!(code.is_receivers(), "{code:?}");
    }
}

#[test]
fn every_refusal_says_what_to_do() {
    for code in Code::ALL {
        assert!(code.summary().ends_with('.'), "{code:?}");
        assert_eq!(code.hint().is_empty(), [Code::Accepted, Code::Authorized].contains(code), "{code:?}");
        assert!(code.status().is_none_or(|status| (200..600).contains(&status)), "{code:?}");
    }
}

#[test]
fn a_code_is_shown_as_its_sentence() {
    for code in Code::ALL {
        assert_eq!(code.to_string(), code.summary());
    }
}
