//! Which headers carry the token, against an outside oracle.

use mia_webhooks::{Code, Secret, TOKEN_HEADERS, Token, Verifier};

use crate::vectors::{bytes, read, text};

const SECRET: &str = "it's a secret to everybody";

fn verifier() -> Verifier {
    Verifier::new([Secret::new(SECRET).unwrap()]).unwrap()
}

fn token_of(payload: &[u8]) -> String {
    verifier().sign(payload).to_string()
}

/// The result for these headers: the token's digits, or the code's name.
fn outcome<'h>(headers: impl IntoIterator<Item = (&'h str, &'h str)> + Clone) -> String {
    Token::from_headers(headers).map_or_else(|code| code.name().to_owned(), |token| token.to_string())
}

#[test]
fn answers_every_vector() {
    let vectors = read("header.json");
    assert_eq!(vectors.len(), 173);
    for vector in vectors {
        let (id, payload) = (text(&vector["id"]), bytes(&vector["payload"]));
        let secrets = vector["secrets"].as_array().unwrap().iter();
        let verifier = Verifier::new(secrets.map(|secret| Secret::new(bytes(secret)).unwrap())).unwrap();
        let headers = || {
            let lines = vector["headers"].as_array().unwrap().iter();
            lines.map(|line| (text(&line[0]), text(&line[1])))
        };
        let expected = (text(&vector["code"]), vector["secretId"].as_u64());
        let whole = verifier.verify_headers(&payload, headers()).map(|verified| verified.matched());
        let in_pieces = Token::from_headers(headers()).and_then(|token| {
            let mut stream = verifier.stream();
            payload.chunks(63).for_each(|piece| stream.absorb(piece));
            stream.finish_token(&token)
        });
        assert_eq!(in_pieces, whole, "{id}");
        let found = match whole {
            Ok(matched) => ("accepted", Some(matched.secret_id as u64)),
            Err(code) => (code.name(), None),
        };
        assert_eq!(found, expected, "{id}");
    }
}

#[test]
fn no_token_header_is_missing() {
    assert_eq!(outcome([]), "token_missing");
    assert_eq!(outcome([("Host", "example.org"), ("X-Mia-Tokens", &token_of(b""))]), "token_missing");
}

#[test]
fn white_space_around_a_value_is_not_its_part_and_within_it_is_malformed() {
    let token = token_of(b"payload");
    for value in [format!(" {token}"), format!("{token}\t"), format!(" \t \t{token} \t ")] {
        assert_eq!(outcome([("X-Mia-Token", value.as_str())]), token);
    }
    // White space that RFC 9110 does not allow around a value, or that is within it.
    for value in [
        format!("{token}\n"),
        format!("\r{token}"),
        format!("{token}\u{a0}"),
        format!("sha256= {token}"),
        format!("{} {}", &token[..32], &token[32..]),
    ] {
        assert_eq!(outcome([("X-Mia-Token", value.as_str())]), "token_malformed", "{value:?}");
    }
}

#[test]
fn an_empty_header_is_malformed_also_beside_a_genuine_one() {
    let token = token_of(b"payload");
    for empty in ["", " ", "\t \t"] {
        for headers in [
            vec![("X-Mia-Token", empty)],
            vec![("X-Mia-Token", empty), ("X-Mia-Signature", &token)],
            vec![("X-Mia-Token", &token), ("X-Mia-Signature", empty)],
        ] {
            assert_eq!(outcome(headers), "token_malformed");
        }
    }
}

#[test]
fn two_lines_of_one_header_are_malformed_as_if_they_were_joined() {
    let token = token_of(b"payload");
    let joined = format!("{token}, {token}");
    assert_eq!(outcome([("X-Mia-Token", token.as_str()), ("x-mia-token", &token)]), "token_malformed");
    assert_eq!(outcome([("X-Mia-Token", joined.as_str())]), "token_malformed");
}

#[test]
fn two_headers_are_one_token_or_a_mismatch() {
    let (token, other) = (token_of(b"payload"), token_of(b"another"));
    let prefixed = format!("sha256={}", token.to_uppercase());
    assert_eq!(outcome([("X-Mia-Signature", prefixed.as_str()), ("X-Mia-Token", &token)]), token);
    for headers in [[&token, &other], [&other, &token]] {
        let headers = [("X-Mia-Token", headers[0].as_str()), ("X-Mia-Signature", headers[1])];
        assert_eq!(outcome(headers), "token_mismatch");
    }
}

#[test]
fn two_headers_that_differ_in_two_places_are_a_mismatch() {
    // Whatever the distance of the places: the differences must not cancel each other.
    for other_digit in 1..64 {
        let mut digits = vec![b'0'; 64];
        (digits[0], digits[other_digit]) = (b'1', b'1');
        let digits = String::from_utf8(digits).unwrap();
        let headers = [("X-Mia-Token", "0".repeat(64)), ("X-Mia-Signature", digits)];
        assert_eq!(Token::from_headers(headers), Err(Code::TokenMismatch), "{other_digit}");
    }
}

#[test]
fn malformed_counts_more_than_different_whichever_comes_first() {
    let (token, other) = (token_of(b"payload"), token_of(b"another"));
    let names = ["a", "b", "c"];
    for values in [["x", &token, &other], [&token, "x", &other], [&token, &other, "x"]] {
        let headers = names.into_iter().zip(values);
        assert_eq!(Token::from_headers_named(&names, headers), Err(Code::TokenMalformed));
    }
    // The third is compared with the first, not with the second alone.
    for values in [[&token, &token, &other], [&token, &other, &token], [&other, &token, &token]] {
        let headers = names.into_iter().zip(values);
        assert_eq!(Token::from_headers_named(&names, headers), Err(Code::TokenMismatch));
    }
}

#[test]
fn other_names_are_read_instead_and_not_beside() {
    let token = token_of(b"payload");
    let headers = [("X-PROXY-token", token.as_bytes()), ("X-Mia-Token", b"junk")];
    let read = Token::from_headers_named(&["x-proxy-TOKEN"], headers).unwrap();
    assert!(verifier().verify_token(b"payload", &read).is_ok());
    assert_eq!(Token::from_headers(headers), Err(Code::TokenMalformed));
    assert_eq!(Token::from_headers_named(&[], headers), Err(Code::TokenMissing));
    // A name that is given twice is still one header.
    assert!(Token::from_headers_named(&["x-proxy-token", "X-Proxy-Token"], headers).is_ok());
}

#[test]
fn headers_without_a_token_are_refused_whatever_the_payload() {
    for (headers, code) in
        [(vec![], Code::TokenMissing), (vec![(TOKEN_HEADERS[0], "x")], Code::TokenMalformed)]
    {
        assert_eq!(verifier().verify_headers(b"", headers).unwrap_err(), code);
    }
}

#[test]
fn a_compressed_payload_is_refused_after_its_token_header() {
    let token = token_of(b"payload");
    let with = |encoding: &'static str| [("X-Mia-Token", token.as_str()), ("Content-Encoding", encoding)];
    for plain in ["", " \t", "identity", "Identity "] {
        assert!(verifier().verify_headers(b"payload", with(plain)).is_ok(), "{plain:?}");
    }
    for other in ["gzip", "identity, gzip", "br", "x"] {
        assert_eq!(verifier().verify_headers(b"payload", with(other)).unwrap_err(), Code::PayloadEncoded);
    }
    let twice =
        [("X-Mia-Token", token.as_str()), ("content-encoding", "identity"), ("CONTENT-ENCODING", "identity")];
    assert_eq!(verifier().verify_headers(b"payload", twice).unwrap_err(), Code::PayloadEncoded);
    let malformed = [("X-Mia-Token", "x"), ("Content-Encoding", "gzip")];
    assert_eq!(verifier().verify_headers(b"payload", malformed).unwrap_err(), Code::TokenMalformed);
}
