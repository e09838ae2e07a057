use mia_webhooks::{Code, PayloadHash, Secret, Verifier};

use crate::vectors::{bytes, read, text};

#[test]
fn signs_and_verifies_every_vector() {
    for vector in read("signature.json") {
        let (payload, name) = (bytes(&vector["payload"]), text(&vector["id"]));
        let verifier = Verifier::new([Secret::new(bytes(&vector["secret"])).unwrap()]).unwrap();
        assert_eq!(verifier.sign(&payload).to_string(), text(&vector["token"]), "{name}");

        let delivery = verifier.verify(&payload, Some(text(&vector["token"]).as_bytes())).unwrap();
        assert_eq!(delivery.payload(), payload, "{name}");
        assert_eq!(hex::encode(delivery.matched().id), text(&vector["payloadId"]), "{name}");
    }
}

#[test]
fn a_stream_in_uneven_pieces_says_the_same() {
    for vector in read("signature.json") {
        let (payload, token) = (bytes(&vector["payload"]), text(&vector["token"]).as_bytes());
        let verifier = Verifier::new([Secret::new(bytes(&vector["secret"])).unwrap()]).unwrap();
        for size in [1, 63, 64, 65, 4099] {
            if payload.len() / size > 10_000 {
                continue;
            }
            let mut stream = verifier.stream();
            payload.chunks(size).for_each(|piece| stream.absorb(piece));
            assert!(stream.finish(Some(token)).is_ok(), "{} in pieces of {size}", vector["id"]);
        }
    }
}

#[test]
fn every_secret_of_a_set_matches_and_names_its_place() {
    let secrets = ["alpha", "beta", "gamma"];
    let set = Verifier::new(secrets.map(|secret| Secret::new(secret).unwrap())).unwrap();
    for (place, secret) in secrets.into_iter().enumerate() {
        let token = Verifier::new([Secret::new(secret).unwrap()]).unwrap().sign(b"payload").to_string();
        let delivery = set.verify(b"payload", Some(token.as_bytes())).unwrap();
        assert_eq!(delivery.matched().secret_id, place);
    }
}

#[test]
fn signs_with_the_first_secret() {
    let set = Verifier::new(["first", "other"].map(|secret| Secret::new(secret).unwrap())).unwrap();
    let first = Verifier::new([Secret::new("first").unwrap()]).unwrap();
    assert_eq!(set.sign(b"payload"), first.sign(b"payload"));
}

#[test]
fn a_stream_without_a_token_is_refused() {
    let verifier = Verifier::new([Secret::new("secret").unwrap()]).unwrap();
    assert_eq!(verifier.stream().finish(None), Err(Code::TokenMissing));
    assert_eq!(verifier.stream().finish(Some(b"")), Err(Code::TokenMalformed));
}

#[test]
fn debug_names_the_type_and_shows_nothing_of_the_content() {
    let verifier = Verifier::new([Secret::new("canary").unwrap()]).unwrap();
    let token = verifier.sign(b"private");
    let delivery = verifier.verify(b"private", Some(token.to_string().as_bytes())).unwrap();
    let mut hash = PayloadHash::new();
    hash.absorb(b"private");
    assert_eq!(format!("{verifier:?}"), "Verifier([Secret(..)])");
    assert_eq!(format!("{token:?}"), "Token(..)");
    assert_eq!(format!("{hash:?}"), "PayloadHash(..)");
    assert_eq!(
        format!("{:?}", verifier.stream()),
        "Stream { verifier: Verifier([Secret(..)]), hash: PayloadHash(..) }"
    );
    assert_eq!(format!("{delivery:?}"), format!("Verified {{ matched: {:?}, .. }}", delivery.matched()));
}
