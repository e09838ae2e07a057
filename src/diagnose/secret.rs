//! The forms that a secret may have had when the token was made.

use alloc::{string::String, vec::Vec};

use base64ct::{Base64, Encoding as _};
use zeroize::Zeroizing;

use super::{
    Deviation, base64,
    charset::{self, Charset},
    json::{self, Document, Kind},
    literal,
    runtime::Runtime,
};

/// A secret and its deviations. Wiped when dropped.
pub(super) struct Variant {
    pub(super) deviations: Vec<Deviation>,
    pub(super) cost: u8,
    pub(super) bytes: Zeroizing<Vec<u8>>,
    /// Whether it can be on its way still: forms that nobody makes of another form are not.
    is_open: bool,
}

/// Less likely forms are not tried.
const MAX_COST: u8 = 3;

/// At most so many forms, of so many bytes in all.
const MAX_VARIANTS: usize = 2000;
const MAX_BYTES: usize = 1 << 20;

/// Longer secrets are only tried as they are: nobody typed or pasted them.
const MAX_LENGTH: usize = 4096;

/// The secret itself first, then the other known secrets, then the forms that they can take
/// on their way, the likeliest first. None of them twice.
pub(super) fn variants(secret: &[u8], others: &[&[u8]], runtime: Runtime) -> Vec<Variant> {
    let mut variants = Variants { found: Vec::new(), bytes: 0, runtime };
    variants.add(&[], 0, secret.to_vec(), true);
    for other in others {
        variants.add(&[Deviation::SecretOther], 1, other.to_vec(), true);
    }
    let mut place = 0;
    // What was found is looked at too: quotes may be inside of white space.
    while place < variants.found.len() {
        let one = &variants.found[place];
        if one.is_open && one.bytes.len() <= MAX_LENGTH {
            let (deviations, cost, bytes) = (one.deviations.clone(), one.cost, one.bytes.clone());
            let mut from = From { variants: &mut variants, deviations: &deviations, cost };
            from.inside(&bytes);
            from.around(&bytes);
            from.changed(&bytes);
        }
        place += 1;
    }
    variants.add_placeholders();
    // Without the standard library's sort, which is 4 kB.
    let mut sorted = Vec::with_capacity(variants.found.len());
    for cost in 0..=MAX_COST {
        let (now, later) = variants.found.into_iter().partition::<Vec<_>, _>(|one| one.cost == cost);
        sorted.extend(now);
        variants.found = later;
    }
    sorted
}

struct Variants {
    found: Vec<Variant>,
    bytes: usize,
    runtime: Runtime,
}

impl Variants {
    fn add(&mut self, deviations: &[Deviation], cost: u8, bytes: Vec<u8>, is_open: bool) {
        let bytes = Zeroizing::new(bytes);
        // With an empty secret only the payload is hashed, which `payload_only` names.
        let is_empty = bytes.is_empty() && !deviations.is_empty() && deviations != [Deviation::SecretOther];
        if is_empty || cost > MAX_COST || self.found.len() >= MAX_VARIANTS || self.bytes > MAX_BYTES {
            return;
        }
        match self.found.iter_mut().find(|other| *other.bytes == *bytes) {
            // The likelier way counts.
            Some(other) if cost < other.cost => {
                other.cost = cost;
                other.deviations = deviations.to_vec();
            }
            Some(_) => {}
            None => {
                self.bytes += bytes.len();
                self.found.push(Variant { deviations: deviations.to_vec(), cost, bytes, is_open });
            }
        }
    }

    fn add_placeholders(&mut self) {
        for (cost, words) in [
            (1, &["undefined", "null"][..]),
            (
                2,
                &[
                    "None",
                    "nil",
                    "[object Object]",
                    "secret",
                    "changeme",
                    "NaN",
                    "true",
                    "false",
                    "your-secret",
                ],
            ),
        ] {
            for word in words {
                self.add(&[Deviation::SecretPlaceholder], cost, word.as_bytes().to_vec(), false);
            }
        }
    }
}

/// Adds what can become of one form.
struct From<'v> {
    variants: &'v mut Variants,
    deviations: &'v [Deviation],
    cost: u8,
}

impl From<'_> {
    fn add(&mut self, deviation: Deviation, cost: u8, bytes: Vec<u8>, is_open: bool) {
        let mut deviations = self.deviations.to_vec();
        if deviations.last() != Some(&deviation) {
            deviations.push(deviation);
        }
        self.variants.add(&deviations, self.cost + cost, bytes, is_open);
    }

    /// What is inside: the secret here has more than was signed with.
    fn inside(&mut self, secret: &[u8]) {
        let trimmed = core::str::from_utf8(secret).map_or(secret.trim_ascii(), |text| text.trim().as_bytes());
        self.add(Deviation::SecretTrimmed, 1, trimmed.to_vec(), true);
        if let Some(inner) = literal::without_quotes(secret) {
            self.add(Deviation::SecretUnquoted, 1, inner.to_vec(), true);
        }
        if let [inner @ .., b';' | b','] = secret {
            self.add(Deviation::SecretFromLine, 1, inner.to_vec(), true);
        }
        if let Ok(text) = core::str::from_utf8(secret) {
            let seen: String = text.chars().filter(|one| !INVISIBLE.contains(one)).collect();
            self.add(Deviation::SecretWithoutInvisible, 1, seen.into_bytes(), true);
        }
        self.lines(secret);
        if let Some(resolved) = literal::resolved(secret) {
            self.add(Deviation::SecretUnescaped, 1, resolved, true);
        }
        if let Some(resolved) = literal::without_entities(secret) {
            self.add(Deviation::SecretUnescaped, 1, resolved, true);
        }
        if let Some(decoded) = base64::decode(secret) {
            self.add(Deviation::SecretBase64Decoded, 1, decoded, true);
        }
        if let Ok(decoded) = hex::decode(secret) {
            self.add(Deviation::SecretHexDecoded, 1, decoded, true);
        }
        if secret.contains(&b'%') {
            self.add(
                Deviation::SecretUrlDecoded,
                1,
                percent_encoding::percent_decode(secret).collect(),
                true,
            );
        }
    }

    /// What follows a name in a line of a file, and the texts of a record.
    fn lines(&mut self, line: &[u8]) {
        if let Some(document) = Document::read(line).filter(Document::is_object) {
            for (_, kind, text) in json::members(line, &document) {
                if kind == Kind::Text {
                    self.add(Deviation::SecretFromLine, 1, json::unescaped(text), true);
                }
            }
        }
        if let Some(end) = line.windows(2).position(|two| two == b" #") {
            self.add(Deviation::SecretFromLine, 1, line.get(..end).unwrap_or_default().to_vec(), true);
        }
        for prefix in [&b"whsec_"[..], b"base64:", b"hex:"] {
            if let Some(rest) = line.strip_prefix(prefix) {
                self.add(Deviation::SecretFromLine, 1, rest.to_vec(), true);
            }
        }
        for separator in [b'=', b':', b' ', b'\t', b'\n', b'>'] {
            if let Some(place) = line.iter().position(|byte| *byte == separator) {
                let (name, value) = line.split_at_checked(place).unwrap_or_default();
                let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || b"_-.$\"' \t{[=<:/@".contains(byte);
                if name.iter().all(is_name) && name.iter().any(u8::is_ascii_alphabetic) {
                    self.add(Deviation::SecretFromLine, 1, value.get(1..).unwrap_or_default().to_vec(), true);
                }
            }
        }
    }

    /// What may be around: the secret there had more.
    fn around(&mut self, secret: &[u8]) {
        use Deviation::{
            SecretEscaped, SecretFinalNewline, SecretQuoted, SecretWithInvisible, SecretWithLine,
        };
        // Each other secret is tried with what happens most often.
        let is_late = self.cost > 1;
        for (deviation, cost, before, after) in [
            (SecretFinalNewline, 1, "", "\n"),
            (SecretFinalNewline, 1, "", "\r\n"),
            (SecretQuoted, 1, "\"", "\""),
            (SecretQuoted, 1, "'", "'"),
            (SecretQuoted, 2, "`", "`"),
            (SecretQuoted, 2, "\"", "\"\n"),
            (SecretQuoted, 2, "'", "'\n"),
            (SecretQuoted, 2, "“", "”"),
            (SecretQuoted, 2, "<", ">"),
            (Deviation::SecretSpaced, 1, "", " "),
            (Deviation::SecretSpaced, 2, " ", " "),
            (Deviation::SecretSpaced, 2, "", "\t"),
            (SecretEscaped, 2, "", "\\n"),
            (SecretEscaped, 2, "", "\\r\\n"),
            (SecretWithInvisible, 2, "\u{feff}", ""),
            (SecretWithInvisible, 2, "", "\u{200b}"),
            (SecretWithInvisible, 2, "\u{200b}", ""),
            (SecretWithInvisible, 2, "", "\u{a0}"),
            (SecretWithInvisible, 2, "\u{a0}", ""),
            (SecretWithInvisible, 2, "", "\0"),
            (SecretWithInvisible, 2, "", "\r"),
            (SecretWithLine, 2, "", ";"),
            (SecretWithLine, 2, "", ","),
            (SecretWithLine, 2, "Bearer ", ""),
            (SecretWithLine, 2, "secret=", ""),
            (SecretWithLine, 2, "secret: ", ""),
            (SecretWithLine, 2, "secret:", ""),
            (SecretWithLine, 2, "SECRET=", ""),
            (SecretWithLine, 2, "WEBHOOK_SECRET=", ""),
            (SecretWithLine, 2, "MIA_SECRET=", ""),
            (SecretWithLine, 2, "MIA_WEBHOOK_SECRET=", ""),
            (SecretWithLine, 2, "=", ""),
            (SecretWithLine, 2, "whsec_", ""),
        ] {
            if !is_late || cost == 1 {
                self.add(deviation, cost, [before.as_bytes(), secret, after.as_bytes()].concat(), false);
            }
        }
    }

    /// The same secret in another notation.
    fn changed(&mut self, secret: &[u8]) {
        let encoded = |secret: &[u8]| Base64::encode_string(secret);
        let base64 = encoded(secret);
        self.add(Deviation::SecretBase64Encoded, 1, base64.clone().into_bytes(), false);
        self.add(Deviation::SecretHexEncoded, 1, hex::encode(secret).into_bytes(), false);
        if self.cost > 1 {
            return;
        }
        self.add(
            Deviation::SecretHexEncoded,
            2,
            hex::encode(secret).to_ascii_uppercase().into_bytes(),
            false,
        );
        let unpadded = base64.trim_end_matches('=').replace('+', "-").replace('/', "_");
        self.add(Deviation::SecretBase64Encoded, 2, unpadded.into_bytes(), false);
        // `echo` writes a newline, and so does `base64`.
        for (text, end) in
            [(&[secret, b"\n"].concat(), ""), (&secret.to_vec(), "\n"), (&[secret, b"\n"].concat(), "\n")]
        {
            let mut deviations = Vec::from([Deviation::SecretFinalNewline, Deviation::SecretBase64Encoded]);
            if text.len() == secret.len() {
                deviations.reverse();
            }
            let all = [self.deviations, &deviations].concat();
            self.variants.add(&all, self.cost + 2, [&*encoded(text), end].concat().into_bytes(), false);
        }
        let percent = percent_encoding::percent_encode(secret, percent_encoding::NON_ALPHANUMERIC);
        self.add(Deviation::SecretUrlEncoded, 1, percent.collect::<String>().into_bytes(), false);
        self.add(Deviation::SecretLowerCase, 1, secret.to_ascii_lowercase(), false);
        self.add(Deviation::SecretUpperCase, 1, secret.to_ascii_uppercase(), false);
        self.add(Deviation::SecretUrlDecoded, 2, plus_as_space(secret), false);
        let quoted = json::quoted(secret);
        if let Ok(text) = core::str::from_utf8(secret) {
            self.add(
                Deviation::SecretEscaped,
                2,
                quoted.get(1..quoted.len() - 1).unwrap_or_default().to_vec(),
                false,
            );
            if !text.is_ascii() {
                let normalised = self.variants.runtime.normalised;
                for is_composed in [true, false] {
                    self.add(
                        Deviation::SecretNormalForm,
                        1,
                        normalised(text, is_composed).into_bytes(),
                        true,
                    );
                }
                for charset in Charset::ALL {
                    if let Some(bytes) = charset.encode(text) {
                        if core::str::from_utf8(&bytes).is_ok() {
                            self.add(Deviation::SecretCharset, 1, bytes.clone(), true);
                        }
                        self.add(Deviation::SecretCharset, 1, bytes, false);
                    }
                    self.add(Deviation::SecretCharset, 2, charset.decode(secret).into_bytes(), false);
                }
                let lost: String = text.chars().map(|one| if one.is_ascii() { one } else { '?' }).collect();
                self.add(Deviation::SecretCharset, 2, lost.into_bytes(), false);
            }
            self.add(Deviation::SecretCharset, 2, charset::utf16(text, false), false);
        } else {
            // Bytes that were read as text.
            for charset in Charset::ALL {
                self.add(Deviation::SecretCharset, 1, charset.decode(secret).into_bytes(), false);
            }
            self.add(
                Deviation::SecretCharset,
                2,
                String::from_utf8_lossy(secret).into_owned().into_bytes(),
                false,
            );
        }
        self.padded(secret);
        self.expanded(secret);
        for length in [
            secret.len().saturating_sub(1),
            8,
            16,
            20,
            24,
            32,
            40,
            48,
            50,
            56,
            60,
            63,
            64,
            72,
            100,
            127,
            128,
            255,
            256,
        ] {
            if let Some(first) = secret.get(..length).filter(|first| first.len() < secret.len()) {
                self.add(Deviation::SecretPiece, 3, first.to_vec(), false);
            }
        }
        self.add(Deviation::SecretPiece, 3, secret.get(1..).unwrap_or_default().to_vec(), false);
    }

    /// With and without the `=` at the end of base64.
    fn padded(&mut self, secret: &[u8]) {
        let end = secret.iter().rposition(|byte| *byte != b'=').map_or(0, |last| last + 1);
        let digits = secret.get(..end).unwrap_or_default();
        if digits.len() >= 8 && base64::decode(digits).is_some() {
            self.add(Deviation::SecretPadding, 1, digits.to_vec(), false);
            for padding in ["=", "=="] {
                self.add(Deviation::SecretPadding, 1, [digits, padding.as_bytes()].concat(), false);
            }
        }
    }

    /// What a shell, an env file or a template makes of `$`, `#`, `%` and quotes.
    fn expanded(&mut self, secret: &[u8]) {
        for end in [&b"#"[..], b"$", b";", b"&", b" ", b"|", b"!", b"`"] {
            if let Some(place) = secret.windows(1).position(|one| one == end) {
                self.add(
                    Deviation::SecretExpanded,
                    2,
                    secret.get(..place).unwrap_or_default().to_vec(),
                    false,
                );
            }
        }
        if secret.contains(&b'$') {
            self.add(Deviation::SecretExpanded, 1, without_variables(secret), false);
        }
        for (twice, once) in
            [("$$", "$"), ("%%", "%"), ("''", "'"), ("\\\\", "\\"), ("\"", ""), ("'", ""), ("\\", "")]
        {
            if let Ok(text) = core::str::from_utf8(secret) {
                self.add(Deviation::SecretExpanded, 2, text.replace(twice, once).into_bytes(), false);
                if !once.is_empty() {
                    self.add(Deviation::SecretExpanded, 2, text.replace(once, twice).into_bytes(), false);
                }
            }
        }
    }
}

fn plus_as_space(secret: &[u8]) -> Vec<u8> {
    secret.iter().map(|byte| if *byte == b'+' { b' ' } else { *byte }).collect()
}

/// A text in which variables that do not exist were replaced by nothing.
fn without_variables(secret: &[u8]) -> Vec<u8> {
    let mut made = Vec::with_capacity(secret.len());
    let mut rest = secret;
    loop {
        rest = match rest {
            [b'$', b'{', after @ ..] => {
                let end = after.iter().position(|byte| *byte == b'}').map_or(after.len(), |place| place + 1);
                after.get(end..).unwrap_or_default()
            }
            // $1 has one digit.
            [b'$', b'0'..=b'9', after @ ..] => after,
            [b'$', after @ ..]
                if after.first().is_some_and(|byte| byte.is_ascii_alphabetic() || *byte == b'_') =>
            {
                let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
                let end = after.iter().position(|byte| !is_part(byte)).unwrap_or(after.len());
                after.get(end..).unwrap_or_default()
            }
            [byte, after @ ..] => {
                made.push(*byte);
                after
            }
            [] => return made,
        };
    }
}

/// No-break and zero-width spaces, the byte-order mark, direction marks, soft hyphens,
/// joiners and tabs.
pub(super) const INVISIBLE: &[char] = &[
    '\0', '\t', '\u{a0}', '\u{ad}', '\u{200b}', '\u{200c}', '\u{200d}', '\u{200e}', '\u{200f}', '\u{202a}',
    '\u{202b}', '\u{202c}', '\u{202d}', '\u{202e}', '\u{202f}', '\u{2060}', '\u{2066}', '\u{2067}',
    '\u{2068}', '\u{2069}', '\u{feff}',
];
