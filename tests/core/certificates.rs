//! Real certificates, cut and mutated.

use std::fs;

use base64ct::{Base64, Encoding};
use mia_webhooks::subscription::{Certificate, CertificateForm, Draft, IssueCode, Options, validate};

use crate::fuzz_bodies::Random;

/// 2026-01-01.
const NOW: i64 = 1_767_225_600_000;

fn der(name: &str) -> Vec<u8> {
    let path = format!("{}/tests/vectors/certificates/{name}.pem", env!("CARGO_MANIFEST_DIR"));
    let pem = fs::read_to_string(path).unwrap();
    let digits: String = pem.lines().filter(|line| !line.starts_with('-')).collect();
    Base64::decode_vec(&digits).unwrap()
}

/// The certificates in the DER, or the one reason why there are none.
fn read(der: &[u8]) -> Result<Vec<Certificate>, IssueCode> {
    let draft = Draft { base64_ca: Some(Base64::encode_string(der)), ..Draft::default() };
    let report = validate(draft, &Options::at(NOW));
    if let Some(authority) = report.authority {
        assert_eq!(authority.form, CertificateForm::Base64Der);
        assert!(!authority.certificates.is_empty());
        return Ok(authority.certificates);
    }
    let mut codes = report.issues.iter().filter(|issue| issue.path == "/base64CA").map(|issue| issue.code);
    let code = codes.next().unwrap();
    assert_eq!(codes.next(), None);
    Err(code)
}

#[test]
fn a_field_more_than_a_certificate_has_is_refused() {
    let mut der = der("leaf");
    assert_eq!(der[..2], [0x30, 0x82], "a sequence whose length takes two bytes");
    let length = u16::from_be_bytes([der[2], der[3]]) + 2;
    der[2..4].copy_from_slice(&length.to_be_bytes());
    der.extend([0x05, 0x00]); // NULL
    assert_eq!(read(&der).unwrap_err(), IssueCode::CertificateMalformed);
}

#[test]
fn no_part_of_a_certificate_is_one() {
    assert_eq!(read(&[]).unwrap_err(), IssueCode::CertificateEncoding);
    for name in ["leaf", "v1-ca"] {
        let der = der(name);
        for length in 1..der.len() {
            assert_eq!(
                read(&der[..length]).unwrap_err(),
                IssueCode::CertificateMalformed,
                "{name}, {length} bytes"
            );
        }
    }
}

#[test]
fn a_certificate_cut_short_after_another_is_trailing_data() {
    let first = der("ed25519-ca");
    let second = der("v1-ca");
    let both = [first.as_slice(), &second].concat();
    assert_eq!(read(&both).unwrap().len(), 2);
    for length in (first.len() + 1..both.len()).step_by(7) {
        assert_eq!(read(&both[..length]).unwrap_err(), IssueCode::CertificateTrailingData, "{length} bytes");
    }
}

#[test]
fn a_mutated_certificate_is_another_one_or_none() {
    let mut random = Random::new();
    // With extensions and without, with names of several parts and of one.
    for name in ["leaf", "ed25519-ca", "multi-rdn-ca", "v1-ca"] {
        let der = der(name);
        let original = read(&der).unwrap();
        let mut certificates = 0;
        for _ in 0..250 {
            let mutated = random.mutate(&der);
            match read(&mutated) {
                // The mutation may set a byte to what it was.
                Ok(same) if mutated == der => assert_eq!(same, original),
                Ok(others) => {
                    certificates += 1;
                    assert_eq!(others.len(), 1);
                    assert_ne!(others[0].fingerprint, original[0].fingerprint);
                }
                Err(code) => assert!(
                    matches!(
                        code,
                        IssueCode::CertificateMalformed
                            | IssueCode::CertificateTrailingData
                            | IssueCode::CertificatePrivateKey
                    ),
                    "{code:?}"
                ),
            }
        }
        // Some mutations are refused and some are read.
        assert!((25..225).contains(&certificates), "{name}: {certificates}");
    }
}
