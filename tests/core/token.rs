use mia_webhooks::{Code, MAX_TOKEN_BYTES, Secret, Token, Verifier};

use crate::vectors::{bytes, read, text};

#[test]
fn answers_every_vector() {
    for vector in read("token.json") {
        let verifier = Verifier::new([Secret::new(bytes(&vector["secret"])).unwrap()]).unwrap();
        let token = vector["token"].as_str().map(str::as_bytes);
        let expected = match text(&vector["result"]) {
            "valid" => Ok(()),
            "missing" => Err(Code::TokenMissing),
            "malformed" => Err(Code::TokenMalformed),
            "mismatch" => Err(Code::TokenMismatch),
            other => panic!("no such result: {other}"),
        };
        let answer = verifier.verify(&bytes(&vector["payload"]), token).map(|_| ());
        assert_eq!(answer, expected, "{}", vector["id"]);
    }
}

#[test]
fn every_single_flipped_bit_is_a_mismatch() {
    let verifier = Verifier::new([Secret::new("secret").unwrap()]).unwrap();
    let digits = verifier.sign(b"payload").to_string();
    let genuine: Vec<u8> = hex::decode(&digits).unwrap();
    for bit in 0..256 {
        let mut forged = genuine.clone();
        forged[bit / 8] ^= 1 << (bit % 8);
        let answer = verifier.verify(b"payload", Some(hex::encode(forged).as_bytes())).map(|_| ());
        assert_eq!(answer, Err(Code::TokenMismatch), "bit {bit}");
    }
}

#[test]
fn a_token_reads_back_what_it_writes() {
    let text = format!("sha256={}", "0123456789abcdef".repeat(4));
    assert_eq!(text.len(), MAX_TOKEN_BYTES);
    let token = Token::parse(text.as_bytes()).unwrap();
    assert_eq!(token.to_string(), text["sha256=".len()..]);
    assert_eq!(Token::parse(token.to_string().to_uppercase().as_bytes()), Ok(token));
}

#[test]
fn tokens_of_two_payloads_are_not_equal() {
    let verifier = Verifier::new([Secret::new("secret").unwrap()]).unwrap();
    assert_eq!(verifier.sign(b"payload"), verifier.sign(b"payload"));
    assert_ne!(verifier.sign(b"payload"), verifier.sign(b"another"));
}

#[test]
fn every_byte_in_every_place_is_a_digit_or_refused() {
    for place in 0..64 {
        for byte in 0..=u8::MAX {
            let mut text = *b"0123456789abcdefABCDEF0123456789fedcba9876543210FEDCBA9876543210";
            text[place] = byte;
            match Token::parse(&text) {
                Ok(token) => {
                    assert!(byte.is_ascii_hexdigit(), "{byte:#04x} at {place}");
                    assert_eq!(token.to_string().as_bytes(), text.to_ascii_lowercase());
                }
                Err(code) => {
                    assert!(!byte.is_ascii_hexdigit(), "{byte:#04x} at {place}");
                    assert_eq!(code, Code::TokenMalformed);
                }
            }
        }
    }
}

#[test]
fn every_other_number_of_digits_is_refused() {
    for length in (0..=MAX_TOKEN_BYTES + 64).filter(|&length| length != 64) {
        assert_eq!(Token::parse(&vec![b'0'; length]), Err(Code::TokenMalformed), "{length} digits");
    }
}
