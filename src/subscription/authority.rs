//! `base64CA`: which form it has, and which certificates are in it.

use super::{
    IssueCode, base64,
    certificate::{self, Certificate},
    numbers::decimal,
    placeholder,
    report::Findings,
    slices::{has, parted},
    surroundings,
};

/// The longest `base64CA`, in characters: twice a bundle of every public
/// authority.
const MAX_CHARACTERS: usize = 1 << 19;

/// How a certificate was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CertificateForm {
    /// PEM text.
    Pem,
    /// Base64 of PEM text, as the record of the Console holds it.
    Base64Pem,
    /// Base64 of DER.
    Base64Der,
}

impl CertificateForm {
    /// All of them.
    pub const ALL: &'static [Self] = &[Self::Pem, Self::Base64Pem, Self::Base64Der];

    /// `"pem"`, `"base64-pem"` or `"base64-der"`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Pem => "pem",
            Self::Base64Pem => "base64-pem",
            Self::Base64Der => "base64-der",
        }
    }
}

/// What a `base64CA` holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Authority {
    /// How it was given.
    pub form: CertificateForm,
    /// Its certificates, in order.
    pub certificates: Vec<Certificate>,
    /// Standard base64 of the certificates as PEM, without line breaks: what
    /// the record of the Console holds.
    pub base64_pem: String,
}

/// Checks a `base64CA`; `now` is in milliseconds since the Unix epoch.
pub(super) fn check(text: &str, at: &str, now: i64, findings: &mut Findings) -> Option<Authority> {
    if text.len() > MAX_CHARACTERS {
        too_large(at, findings);
        return None;
    }
    let (contents, certificates) = match unwrap(text).and_then(|contents| Ok((read(&contents)?, contents))) {
        Ok((certificates, contents)) => (contents, certificates),
        Err(code) => {
            let code = named(text, code);
            // The second is base64 of the first.
            let is_list = has(text, "-----BEGIN X509 CRL") || has(text, "LS0tLS1CRUdJTiBYNTA5IENSTC");
            if is_list && code == IssueCode::CertificateMalformed {
                findings.explain(at, code, "It is a list of revoked certificates (CRL).");
            } else {
                findings.add(at, code);
            }
            return None;
        }
    };
    // The record stores base64 of PEM, which is a third longer than PEM, and longer
    // still than DER.
    let base64_pem = base64::encode(pem_text(&certificates).as_bytes());
    if base64_pem.len() > MAX_CHARACTERS {
        too_large(at, findings);
        return None;
    }
    let expired = certificates.iter().find(|certificate| certificate.not_after < now);
    let early = certificates.iter().find(|certificate| certificate.not_before > now);
    if let Some(certificate) = expired {
        findings.explain(
            at,
            IssueCode::CertificateExpired,
            &["It ended on ", &certificate::day(certificate.not_after), "."].concat(),
        );
    }
    if let Some(certificate) = early {
        let sentence = ["It starts on ", &certificate::day(certificate.not_before), "."].concat();
        findings.explain(at, IssueCode::CertificateNotYetValid, &sentence);
    }
    for (holds, code) in [
        (
            certificates.iter().any(|certificate| !certificate.is_authority),
            IssueCode::CertificateNotAuthority,
        ),
        (certificates.len() > 1, IssueCode::CertificateSeveral),
        (contents.has_surroundings, IssueCode::CertificateSurroundings),
    ] {
        if holds {
            findings.add(at, code);
        }
    }
    Some(Authority { form: contents.form, certificates, base64_pem })
}

fn too_large(at: &str, findings: &mut Findings) {
    let limit = ["Its base64 may have ", &decimal(MAX_CHARACTERS as u64), " characters."].concat();
    findings.explain(at, IssueCode::TooLarge, &limit);
}

/// The DER, and how it was given.
struct Contents {
    form: CertificateForm,
    /// One for each PEM block.
    documents: Vec<Vec<u8>>,
    has_surroundings: bool,
}

/// The bytes as a text that has the same ASCII.
fn ascii(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| if byte.is_ascii() { char::from(*byte) } else { '?' }).collect()
}

/// What a text without a certificate is instead, where that can be said.
fn named(text: &str, code: IssueCode) -> IssueCode {
    let is_named = !matches!(code, IssueCode::CertificateEncoding | IssueCode::CertificateMalformed);
    let trimmed = text.trim();
    if is_named || trimmed.is_empty() {
        return code;
    }
    let is_short = trimmed.len() < 200;
    match is_short.then(|| placeholder::in_name(trimmed)).flatten() {
        Some(IssueCode::Placeholder) => return IssueCode::Placeholder,
        _ if is_short && is_path(trimmed) => return IssueCode::CertificatePath,
        Some(_) => return IssueCode::Placeholder,
        None => {}
    }
    if code == IssueCode::CertificateEncoding && has(trimmed, "\\n") {
        return IssueCode::CertificateEscaped;
    }
    if ["ssh-", "ecdsa-"].iter().any(|start| trimmed.starts_with(start)) {
        return IssueCode::CertificatePublicKey;
    }
    surroundings::find(trimmed).unwrap_or(code)
}

fn is_path(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    let starts = ["/", "./", "../", "~/", "file:", "http:", "https:", "@", "c:"];
    let ends = [".pem", ".crt", ".cer", ".cert", ".der", ".p7b", ".p12", ".pfx", ".crl"];
    starts.iter().any(|start| lower.starts_with(start)) || ends.iter().any(|end| lower.ends_with(end))
}

fn unwrap(text: &str) -> Result<Contents, IssueCode> {
    if has(text, BEGIN) {
        return from_pem(text, CertificateForm::Pem);
    }
    let decoded = base64::decode(text).ok_or(IssueCode::CertificateEncoding)?;
    // PEM is ASCII, but the comments around it may be in any charset.
    let inner = ascii(&decoded);
    if has(&inner, BEGIN) {
        return from_pem(&inner, CertificateForm::Base64Pem);
    }
    if let Some(twice) = base64::decode(inner.trim()) {
        let text = ascii(&twice);
        if has(&text, PRIVATE_KEY) || certificate::is_private_key(&twice) {
            return Err(IssueCode::CertificatePrivateKey);
        }
        if has(&text, BEGIN) || twice.starts_with(&[0x30, 0x82]) {
            return Err(IssueCode::CertificateEncodedTwice);
        }
    }
    Ok(Contents { form: CertificateForm::Base64Der, documents: vec![decoded], has_surroundings: false })
}

// RFC 7468. Parsers of PEM differ in what they allow around and within the blocks,
// and people paste all of it. So only the lines that begin and end a block count.
const BEGIN: &str = "-----BEGIN ";
const END: &str = "-----END ";
const DASHES: &str = "-----";
const PRIVATE_KEY: &str = "PRIVATE KEY-----";

/// The finding for a block with this label, if its label says that it is no certificate.
fn other_label(label: &str) -> Result<(), IssueCode> {
    Err(match label {
        "CERTIFICATE" | "X509 CERTIFICATE" => return Ok(()),
        "CERTIFICATE REQUEST" | "NEW CERTIFICATE REQUEST" => IssueCode::CertificateRequest,
        "PKCS7" | "CMS" => IssueCode::CertificatePkcs7,
        "PKCS12" => IssueCode::CertificatePkcs12,
        "TRUSTED CERTIFICATE" => IssueCode::CertificateTrusted,
        _ if label.ends_with("PUBLIC KEY") => IssueCode::CertificatePublicKey,
        _ => IssueCode::CertificateMalformed,
    })
}

fn from_pem(text: &str, form: CertificateForm) -> Result<Contents, IssueCode> {
    if has(text, PRIVATE_KEY) {
        return Err(IssueCode::CertificatePrivateKey);
    }
    if has(text, "-----\\") {
        return Err(IssueCode::CertificateEscaped);
    }
    // A broken PEM text is in no known encoding. If it came from base64, the encoding
    // was right and the content is broken.
    let broken = match form {
        CertificateForm::Pem => IssueCode::CertificateEncoding,
        _ => IssueCode::CertificateMalformed,
    };
    let mut contents = Contents { form, documents: Vec::new(), has_surroundings: false };
    let mut rest = text;
    while let Some((before, block)) = parted(rest, BEGIN) {
        contents.has_surroundings |= !before.trim().is_empty();
        let (label, block) = parted(block, DASHES).ok_or(broken)?;
        other_label(label)?;
        let (digits, after) = parted(block, END).ok_or(broken)?;
        rest = after.strip_prefix(label).and_then(|after| after.strip_prefix(DASHES)).ok_or(broken)?;
        if digits.trim().is_empty() {
            return Err(IssueCode::CertificateMalformed);
        }
        contents.documents.push(base64::decode(digits).ok_or(broken)?);
    }
    contents.has_surroundings |= !rest.trim().is_empty();
    Ok(contents)
}

fn read(contents: &Contents) -> Result<Vec<Certificate>, IssueCode> {
    let mut certificates = Vec::new();
    for document in &contents.documents {
        let mut rest = document.as_slice();
        while !rest.is_empty() {
            if let Some(code) = certificate::other_kind(rest) {
                return Err(code);
            }
            let is_first = rest.len() == document.len();
            match Certificate::read(rest) {
                Ok((certificate, after)) => {
                    certificates.push(certificate);
                    rest = after;
                }
                Err(_) if is_first => return Err(IssueCode::CertificateMalformed),
                Err(_) => return Err(IssueCode::CertificateTrailingData),
            }
            // A PEM block holds one certificate (RFC 7468, section 5.1). A private key
            // after it is reported as one by the next turn of the loop.
            let is_over = rest.is_empty() || certificate::is_private_key(rest);
            if contents.form != CertificateForm::Base64Der && !is_over {
                return Err(IssueCode::CertificateTrailingData);
            }
        }
    }
    Ok(certificates)
}

fn pem_text(certificates: &[Certificate]) -> String {
    let mut text = String::new();
    for certificate in certificates {
        text.push_str("-----BEGIN CERTIFICATE-----\n");
        let digits = base64::encode(&certificate.der);
        let mut rest = digits.as_str();
        while !rest.is_empty() {
            let (line, after) = rest.split_at_checked(64).unwrap_or((rest, ""));
            text.push_str(line);
            text.push('\n');
            rest = after;
        }
        text.push_str("-----END CERTIFICATE-----\n");
    }
    text
}
