//! One X.509 certificate (RFC 5280), as far as a subscription needs it.
//!
//! The crate `der` decodes the DER; the ready-made certificate types of other
//! crates cost the wasm module three to eight times as much
//! (docs/decisions/0006-certificates.md). Nothing here checks a signature: the
//! Console does that when it connects.

use der::{
    Decode, Reader, SliceReader, Tag, TagNumber, Tagged,
    asn1::{AnyRef, GeneralizedTime, UtcTime},
};
use sha2::{Digest, Sha256};

use super::{IssueCode, numbers::padded};

/// What a certificate says about itself.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Certificate {
    /// Whose it is, as RFC 4514 writes names: `CN=Example CA,O=Example`. Kinds
    /// without a short name, and values that are not text, are written as `#` and
    /// the hexadecimal digits of their content.
    pub subject: String,
    /// Who signed it.
    pub issuer: String,
    /// Valid from, in milliseconds since the Unix epoch.
    pub not_before: i64,
    /// Valid until, in milliseconds since the Unix epoch.
    pub not_after: i64,
    /// Whether it may sign other certificates: basicConstraints say so, or it is a
    /// version 1 certificate, which has no extensions, and names itself as issuer.
    pub is_authority: bool,
    /// The SHA-256 of its DER, in lower-case hexadecimal digits.
    pub fingerprint: String,
    pub(super) der: Vec<u8>,
}

/// The DER is not a certificate.
#[derive(Debug)]
pub(super) struct Malformed;

impl From<der::Error> for Malformed {
    fn from(_: der::Error) -> Self {
        Self
    }
}

impl Certificate {
    /// Reads a certificate, and returns it with the bytes after it.
    pub(super) fn read(bytes: &[u8]) -> Result<(Self, &[u8]), Malformed> {
        let mut reader = SliceReader::new(bytes)?;
        let outer = AnyRef::decode(&mut reader)?;
        let (der, rest) = bytes.split_at_checked(usize::try_from(reader.position())?).ok_or(Malformed)?;

        let mut certificate = Fields::open(is(outer, Tag::Sequence)?)?;
        let mut tbs = Fields::open(certificate.take(Tag::Sequence)?)?;
        certificate.take(Tag::Sequence)?; // signatureAlgorithm
        certificate.take(Tag::BitString)?; // signature
        certificate.end()?;

        // Version 1 is written as 0, or left out.
        let is_version_1 = match tbs.take_if(VERSION)? {
            None | Some([2, 1, 0]) => true,
            Some([2, 1, 1 | 2]) => false,
            Some(_) => return Err(Malformed),
        };
        tbs.take(Tag::Integer)?; // serialNumber
        tbs.take(Tag::Sequence)?; // signature
        let issuer_der = tbs.take(Tag::Sequence)?;
        let mut validity = Fields::open(tbs.take(Tag::Sequence)?)?;
        let (not_before, not_after) = (validity.take_time()?, validity.take_time()?);
        validity.end()?;
        let subject_der = tbs.take(Tag::Sequence)?;
        tbs.take(Tag::Sequence)?; // subjectPublicKeyInfo
        tbs.take_if(ISSUER_UNIQUE_ID)?;
        tbs.take_if(SUBJECT_UNIQUE_ID)?;
        let extensions = tbs.take_if(EXTENSIONS)?;
        tbs.end()?;

        let says_authority = extensions.map_or(Ok(None), basic_constraints)?;
        let certificate = Self {
            subject: name(subject_der)?,
            issuer: name(issuer_der)?,
            not_before,
            not_after,
            is_authority: says_authority.unwrap_or(is_version_1 && subject_der == issuer_der),
            fingerprint: hex::encode(Sha256::digest(der)),
            der: der.to_vec(),
        };
        Ok((certificate, rest))
    }
}

// RFC 5280, section 4.1: the context-specific tags of TBSCertificate.
const VERSION: Tag = Tag::ContextSpecific { constructed: true, number: TagNumber(0) };
const ISSUER_UNIQUE_ID: Tag = Tag::ContextSpecific { constructed: false, number: TagNumber(1) };
const SUBJECT_UNIQUE_ID: Tag = Tag::ContextSpecific { constructed: false, number: TagNumber(2) };
const EXTENSIONS: Tag = Tag::ContextSpecific { constructed: true, number: TagNumber(3) };

/// id-ce-basicConstraints, 2.5.29.19.
const BASIC_CONSTRAINTS: &[u8] = &[0x55, 0x1d, 0x13];

/// Whether DER holds a private key, or a store that may hold one.
pub(super) fn is_private_key(bytes: &[u8]) -> bool {
    matches!(other_kind(bytes), Some(IssueCode::CertificatePrivateKey | IssueCode::CertificatePkcs12))
}

/// What DER holds that is not a certificate, but is given in place of one.
///
/// A certificate, a request and an encrypted PKCS#8 key start with a sequence; private
/// keys and PKCS#12 with a small version number; PKCS#7 with the type of its content.
pub(super) fn other_kind(bytes: &[u8]) -> Option<IssueCode> {
    let kind = || -> Result<Option<IssueCode>, Malformed> {
        let mut reader = SliceReader::new(bytes)?;
        let mut fields = Fields::open(is(AnyRef::decode(&mut reader)?, Tag::Sequence)?)?;
        let first = AnyRef::decode(&mut fields.0)?;
        let second = AnyRef::decode(&mut fields.0)?;
        Ok(match (first.tag(), second.tag()) {
            (Tag::Integer, Tag::Sequence) if first.value() == [3] => Some(IssueCode::CertificatePkcs12),
            (Tag::Integer, _) if matches!(first.value(), [0 | 1 | 3]) => {
                Some(IssueCode::CertificatePrivateKey)
            }
            (Tag::Sequence, Tag::OctetString) => Some(IssueCode::CertificatePrivateKey),
            (Tag::Integer, Tag::Integer) | (Tag::Sequence, Tag::BitString) if fields.is_at_end() => {
                Some(IssueCode::CertificatePublicKey)
            }
            (Tag::ObjectIdentifier, _) if first.value().starts_with(PKCS7) => {
                Some(IssueCode::CertificatePkcs7)
            }
            (Tag::Sequence, Tag::Sequence) => {
                // CertificationRequestInfo, RFC 2986, section 4.1.
                let mut info = Fields::open(first.value())?;
                let is_request = info.take(Tag::Integer)? == [0]
                    && info.take(Tag::Sequence).is_ok()
                    && Fields::open(info.take(Tag::Sequence)?)?.take_last_of(Tag::Sequence, Tag::BitString);
                is_request.then_some(IssueCode::CertificateRequest)
            }
            _ => None,
        })
    };
    kind().unwrap_or_default()
}

/// The types of PKCS#7, 1.2.840.113549.1.7.
const PKCS7: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07];

/// The fields of a sequence or set, in order.
struct Fields<'d>(SliceReader<'d>);

impl<'d> Fields<'d> {
    fn open(der: &'d [u8]) -> Result<Self, Malformed> {
        Ok(Self(SliceReader::new(der)?))
    }

    fn take(&mut self, tag: Tag) -> Result<&'d [u8], Malformed> {
        is(AnyRef::decode(&mut self.0)?, tag)
    }

    /// The next field, if it has this tag.
    fn take_if(&mut self, tag: Tag) -> Result<Option<&'d [u8]>, Malformed> {
        if Tag::peek(&self.0).is_ok_and(|next| next == tag) { self.take(tag).map(Some) } else { Ok(None) }
    }

    /// Whether these two fields are all.
    fn take_last_of(mut self, first: Tag, last: Tag) -> bool {
        self.take(first).is_ok() && self.take(last).is_ok() && self.is_at_end()
    }

    fn take_time(&mut self) -> Result<i64, Malformed> {
        let since_epoch = match Tag::peek(&self.0)? {
            Tag::UtcTime => UtcTime::decode(&mut self.0)?.to_unix_duration(),
            Tag::GeneralizedTime => GeneralizedTime::decode(&mut self.0)?.to_unix_duration(),
            _ => return Err(Malformed),
        };
        i64::try_from(since_epoch.as_millis()).map_err(|_| Malformed)
    }

    fn is_at_end(&self) -> bool {
        self.0.is_finished()
    }

    fn end(self) -> Result<(), Malformed> {
        self.is_at_end().then_some(()).ok_or(Malformed)
    }
}

fn is(field: AnyRef<'_>, tag: Tag) -> Result<&[u8], Malformed> {
    (field.tag() == tag).then(|| field.value()).ok_or(Malformed)
}

/// What the extension basicConstraints says, if there is one.
fn basic_constraints(extensions: &[u8]) -> Result<Option<bool>, Malformed> {
    let mut outer = Fields::open(extensions)?;
    let mut list = Fields::open(outer.take(Tag::Sequence)?)?;
    outer.end()?;
    let mut says_authority = None;
    while !list.is_at_end() {
        let mut extension = Fields::open(list.take(Tag::Sequence)?)?;
        let id = extension.take(Tag::ObjectIdentifier)?;
        extension.take_if(Tag::Boolean)?; // critical
        let value = extension.take(Tag::OctetString)?;
        extension.end()?;
        if id == BASIC_CONSTRAINTS {
            let mut value = Fields::open(value)?;
            let mut constraints = Fields::open(value.take(Tag::Sequence)?)?;
            value.end()?;
            says_authority = Some(constraints.take_if(Tag::Boolean)?.is_some_and(|is_ca| is_ca != [0]));
        }
    }
    Ok(says_authority)
}

/// A name as RFC 4514 writes it: the last part first.
fn name(der: &[u8]) -> Result<String, Malformed> {
    let mut parts = Fields::open(der)?;
    let mut texts = Vec::new();
    while !parts.is_at_end() {
        let mut part = Fields::open(parts.take(Tag::Set)?)?;
        let mut text = String::new();
        while !part.is_at_end() {
            let mut attribute = Fields::open(part.take(Tag::Sequence)?)?;
            let kind = attribute.take(Tag::ObjectIdentifier)?;
            let value = AnyRef::decode(&mut attribute.0)?;
            attribute.end()?;
            if !text.is_empty() {
                text.push('+');
            }
            push_attribute(&mut text, kind, value);
        }
        texts.push(text);
    }
    texts.reverse();
    Ok(texts.join(","))
}

/// RFC 4514, sections 2.3 and 3. The kinds that it lists have short names.
fn push_attribute(text: &mut String, kind: &[u8], value: AnyRef<'_>) {
    match kind {
        [0x55, 4, 3] => text.push_str("CN"),
        [0x55, 4, 6] => text.push('C'),
        [0x55, 4, 7] => text.push('L'),
        [0x55, 4, 8] => text.push_str("ST"),
        [0x55, 4, 9] => text.push_str("STREET"),
        [0x55, 4, 10] => text.push('O'),
        [0x55, 4, 11] => text.push_str("OU"),
        [0x09, 0x92, 0x26, 0x89, 0x93, 0xf2, 0x2c, 0x64, 1, 1] => text.push_str("UID"),
        [0x09, 0x92, 0x26, 0x89, 0x93, 0xf2, 0x2c, 0x64, 1, 25] => text.push_str("DC"),
        other => push_hex(text, other),
    }
    text.push('=');
    match characters(value) {
        Some(value) => push_escaped(text, &value),
        None => push_hex(text, value.value()),
    }
}

fn characters(value: AnyRef<'_>) -> Option<String> {
    let bytes = value.value();
    match value.tag() {
        Tag::Utf8String | Tag::PrintableString | Tag::Ia5String | Tag::NumericString | Tag::VisibleString => {
            core::str::from_utf8(bytes).ok().map(str::to_owned)
        }
        // T.61 strings in the wild are Latin-1; OpenSSL reads them as Latin-1 too.
        Tag::TeletexString => Some(bytes.iter().copied().map(char::from).collect()),
        Tag::BmpString => {
            let (units, rest) = bytes.as_chunks::<2>();
            let units = units.iter().map(|unit| u16::from_be_bytes(*unit));
            rest.is_empty().then(|| char::decode_utf16(units).collect::<Result<_, _>>().ok())?
        }
        _ => None,
    }
}

/// RFC 4514, section 2.4. Also escapes characters that could alter a terminal line.
fn push_escaped(text: &mut String, value: &str) {
    let last = value.chars().count().saturating_sub(1);
    for (index, character) in value.chars().enumerate() {
        match character {
            '"' | '+' | ',' | ';' | '<' | '>' | '\\' => text.extend(['\\', character]),
            ' ' if index == 0 || index == last => text.push_str("\\ "),
            '#' if index == 0 => text.push_str("\\#"),
            control if control.is_control() || is_invisible(control) => {
                let mut bytes = [0; 4];
                for byte in control.encode_utf8(&mut bytes).bytes() {
                    text.push('\\');
                    text.push_str(&hex::encode_upper([byte]));
                }
            }
            other => text.push(other),
        }
    }
}

/// Invisible characters that break a line or change its direction.
const fn is_invisible(character: char) -> bool {
    matches!(character, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}')
}

fn push_hex(text: &mut String, bytes: &[u8]) {
    text.push('#');
    text.push_str(&hex::encode(bytes));
}

/// The day of a time, as `2026-01-31`.
pub(super) fn day(milliseconds: i64) -> String {
    // `der` reads times from 1970 to 9999.
    let since_epoch = u64::try_from(milliseconds).map(core::time::Duration::from_millis).unwrap_or_default();
    der::DateTime::from_unix_duration(since_epoch).map_or_else(
        |_| String::from("a day after 9999"),
        |date| {
            [padded(date.year().into(), 4), padded(date.month().into(), 2), padded(date.day().into(), 2)]
                .join("-")
        },
    )
}
