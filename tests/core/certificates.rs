//! Certificates: real ones, which are also cut and mutated, and names in every spelling.

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

#[test]
fn a_certificate_says_what_openssl_says_of_it() {
    // openssl x509 -nameopt RFC2253,utf8,-esc_msb -subject -issuer -dates -fingerprint -sha256,
    // which also turns round the two parts of one set: they have no order.
    for (file, subject, issuer, not_after, is_authority, fingerprint) in [
        (
            "leaf",
            "CN=example.org",
            "CN=EC test authority",
            2_366_841_600_000,
            false,
            "ee7743ae6b1c8825910bd17d16e2bca9d92b169c6bde45a55f3dc75254292505",
        ),
        (
            "far-ca",
            "CN=Far test authority",
            "CN=Far test authority",
            253_402_300_799_000,
            true,
            "3b8317e4655e5e0073ec33a9967242afa7f5a7f8a62baabe0c285d5c418c3ec1",
        ),
        (
            "multi-rdn-ca",
            "CN=Multi RDN test authority,OU=Tests+O=Example,C=IT",
            "CN=Multi RDN test authority,OU=Tests+O=Example,C=IT",
            2_366_841_600_000,
            true,
            "ecb87823059b77118ecaf233e6f5ed692eec1b5f97b94ca275b5ede090014f23",
        ),
        (
            "utf8-name-ca",
            "CN=Autorité 🔐 测试",
            "CN=Autorité 🔐 测试",
            2_366_841_600_000,
            true,
            "bf1dd04f5512e50e028b5fedb7e6a37031f602e5b3bc38edc21e80f16d599ce6",
        ),
    ] {
        let certificate = &read(&der(file)).unwrap()[0];
        assert_eq!((certificate.subject.as_str(), certificate.issuer.as_str()), (subject, issuer));
        assert_eq!((certificate.not_before, certificate.not_after), (1_735_689_600_000, not_after), "{file}");
        assert_eq!((certificate.is_authority, certificate.fingerprint.as_str()), (is_authority, fingerprint));
    }
}

/// One element of DER.
fn element(tag: u8, content: &[u8]) -> Vec<u8> {
    let length = match u32::try_from(content.len()).unwrap().to_be_bytes() {
        [0, 0, 0, short @ ..0x80] => vec![short],
        [0, 0, 0, length] => vec![0x81, length],
        [_, length @ ..] => [&[0x83], &length[..]].concat(),
    };
    [&[tag], length.as_slice(), content].concat()
}

const SEQUENCE: u8 = 0x30;
const UTF8: u8 = 0x0c;
const COMMON_NAME: &[u8] = &[0x55, 4, 3];

/// The DER of a certificate that names itself as issuer, with this element for its
/// version. Nobody checks the signature.
fn signed(version: &[u8], name: &[u8], signature: &[u8]) -> Vec<u8> {
    let day = |day: &str| element(0x17, day.as_bytes());
    let validity = element(SEQUENCE, &[day("250101000000Z"), day("450101000000Z")].concat());
    let empty = element(SEQUENCE, &[]);
    let fields = [version, &element(2, &[1]), &empty, name, &validity, name, &empty].concat();
    element(SEQUENCE, &[element(SEQUENCE, &fields), empty, element(3, signature)].concat())
}

fn self_issued(version: &[u8], name: &[u8]) -> Vec<u8> {
    signed(version, name, &[])
}

/// How a name with one attribute is written.
fn written(kind: &[u8], tag: u8, value: &[u8]) -> String {
    let attribute = element(SEQUENCE, &[element(6, kind), element(tag, value)].concat());
    let name = element(SEQUENCE, &element(0x31, &attribute));
    read(&self_issued(&[], &name)).unwrap()[0].subject.clone()
}

#[test]
fn a_certificate_of_version_1_that_names_itself_is_an_authority() {
    let version = |number: u8| element(0xa0, &[2, 1, number]);
    for (version, is_authority) in
        [(vec![], true), (version(0), true), (version(1), false), (version(2), false)]
    {
        let der = self_issued(&version, &element(SEQUENCE, &[]));
        assert_eq!(read(&der).unwrap()[0].is_authority, is_authority, "{version:?}");
    }
    let der = self_issued(&version(3), &element(SEQUENCE, &[]));
    assert_eq!(read(&der).unwrap_err(), IssueCode::CertificateMalformed);
}

#[test]
fn the_parts_of_a_name_have_the_short_names_of_rfc_4514() {
    for (kind, short) in [
        (COMMON_NAME, "CN"),
        (&[0x55, 4, 7], "L"),
        (&[0x55, 4, 8], "ST"),
        (&[0x55, 4, 10], "O"),
        (&[0x55, 4, 11], "OU"),
        (&[0x55, 4, 6], "C"),
        (&[0x55, 4, 9], "STREET"),
        (&[0x09, 0x92, 0x26, 0x89, 0x93, 0xf2, 0x2c, 0x64, 1, 25], "DC"),
        (&[0x09, 0x92, 0x26, 0x89, 0x93, 0xf2, 0x2c, 0x64, 1, 1], "UID"),
        (&[0x55, 4, 5], "#550405"), // serialNumber has none
    ] {
        assert_eq!(written(kind, UTF8, b"x"), format!("{short}=x"));
    }
}

#[test]
fn a_name_is_read_in_the_charset_of_its_type() {
    for (tag, value, expected) in [
        (UTF8, "été".as_bytes(), "été"),
        (0x12, b"12", "12"),           // NumericString
        (0x13, b"plain", "plain"),     // PrintableString
        (0x16, b"a@b", "a@b"),         // IA5String
        (0x1a, b"a~b", "a~b"),         // VisibleString
        (0x14, b"\xe9t\xe9", "été"),   // TeletexString
        (0x1e, b"\0a\x67\x71", "a東"), // BMPString
        // What is not text is written in digits.
        (UTF8, b"\xff", "#ff"),
        (0x1e, b"\0a\0", "#006100"),
        (0x1e, b"\xd8\x00", "#d800"),
        (0x02, b"\x05", "#05"),
    ] {
        assert_eq!(written(COMMON_NAME, tag, value), format!("CN={expected}"), "{tag:#04x}");
    }
}

#[test]
fn what_could_change_the_meaning_of_a_name_is_escaped() {
    for (value, expected) in [
        ("", ""),
        (" ", r"\ "),
        (" a b ", r"\ a b\ "),
        ("#a#", r"\#a#"),
        ("a # b", "a # b"),
        (r#"",+;<>\"#, r#"\"\,\+\;\<\>\\"#),
        ("a=b/c", "a=b/c"),
        ("a\nb\u{7f}", r"a\0Ab\7F"),
        ("\u{202e}a", r"\E2\80\AEa"),
        ("\u{200b}\u{200f}\u{2028}\u{2060}\u{2069}", r"\E2\80\8B\E2\80\8F\E2\80\A8\E2\81\A0\E2\81\A9"),
        (
            "\u{200a}\u{2010}\u{2027}\u{202f}\u{205f}\u{206a}",
            "\u{200a}\u{2010}\u{2027}\u{202f}\u{205f}\u{206a}",
        ),
    ] {
        assert_eq!(written(COMMON_NAME, UTF8, value.as_bytes()), format!("CN={expected}"));
    }
}

#[test]
fn the_day_is_said_on_which_a_certificate_ended_or_starts() {
    for (file, code, sentence) in [
        ("expired-ca", IssueCode::CertificateExpired, " It ended on 2021-01-01."),
        ("future-ca", IssueCode::CertificateNotYetValid, " It starts on 2040-01-01."),
    ] {
        let draft = Draft { base64_ca: Some(Base64::encode_string(&der(file))), ..Draft::default() };
        let report = validate(draft, &Options::at(NOW));
        let issue = report.issues.iter().find(|issue| issue.code == code).unwrap();
        assert_eq!(issue.message().strip_prefix(code.message()), Some(sentence));
    }
}

#[test]
fn certificates_may_have_512_kib_in_the_form_of_the_record() {
    // That form is base64 of PEM: 290,334 bytes of DER are 393,215 bytes of PEM, and
    // those are 524,288 characters of base64.
    let sized = |length: usize| {
        let certificate = |signature: usize| signed(&[], &element(SEQUENCE, &[]), &vec![0; signature]);
        let rest = certificate(290_000).len() - 290_000;
        certificate(length - rest)
    };
    assert_eq!(sized(290_334).len(), 290_334);
    assert!(read(&sized(290_334)).is_ok());
    assert_eq!(read(&sized(290_335)).unwrap_err(), IssueCode::TooLarge);
}
