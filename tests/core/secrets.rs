use mia_webhooks::{Code, Secret, Verifier};

use crate::vectors::{bytes, has_flag, read};

#[test]
fn answers_every_vector() {
    for vector in read("secrets.json") {
        // In Rust, each secret is built before their number is checked.
        if has_flag(&vector, "precedence_of_number") {
            continue;
        }
        let secrets: Result<Vec<Secret>, Code> =
            vector["secrets"].as_array().unwrap().iter().map(|secret| Secret::new(bytes(secret))).collect();
        let code = secrets.and_then(Verifier::new).err().map(Code::name);
        assert_eq!(code, vector["code"].as_str(), "{}", vector["id"]);
    }
}

#[test]
fn more_than_eight_secrets_are_refused() {
    let secrets = |count: u8| (0..count).map(|i| Secret::new(vec![i, b'_', i]).unwrap());
    assert!(Verifier::new(secrets(8)).is_ok());
    assert_eq!(Verifier::new(secrets(9)).err(), Some(Code::SecretTooMany));
}
