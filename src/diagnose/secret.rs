//! The forms that a secret may have had when the token was made.

use alloc::vec::Vec;
use core::slice::from_ref;

use zeroize::Zeroizing;

use crate::base64;

use super::{
    Deviation, bytes,
    charset::{self, Charset},
    deviation::{with, with_once},
    hex,
    json::{self, Document, Kind},
    literal, percent,
    runtime::Runtime,
    words::Words,
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
#[inline(never)]
pub(super) fn variants(secret: &[u8], others: &[&[u8]], runtime: Runtime) -> Vec<Variant> {
    let mut variants = Variants { found: Vec::new(), bytes: 0, runtime };
    variants.add(&[], 0, bytes::copied(secret), true);
    for other in others {
        variants.add(&[Deviation::SecretOther], 1, bytes::copied(other), true);
    }
    let mut place = 0;
    // What was found is looked at too: quotes may be inside of white space.
    while let Some(one) = variants.found.get(place) {
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
        for one in variants.found.iter_mut().filter(|one| one.cost == cost) {
            sorted.push(Variant {
                deviations: core::mem::take(&mut one.deviations),
                bytes: core::mem::take(&mut one.bytes),
                ..*one
            });
        }
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

    #[inline(never)]
    fn add_placeholders(&mut self) {
        for (cost, words) in (1..).zip([
            Words::of(b"undefined|null"),
            Words::of(b"None|nil|[object Object]|secret|changeme|NaN|true|false|your-secret"),
        ]) {
            for word in words {
                self.add(&[Deviation::SecretPlaceholder], cost, bytes::copied(word), false);
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
    #[inline(never)]
    fn add(&mut self, deviation: Deviation, cost: u8, bytes: Vec<u8>, is_open: bool) {
        self.variants.add(&with_once(self.deviations, deviation), self.cost + cost, bytes, is_open);
    }

    /// What the secret here has more of, if it has.
    #[inline(never)]
    fn add_inner(&mut self, deviation: Deviation, bytes: Option<Vec<u8>>) {
        if let Some(bytes) = bytes {
            self.add(deviation, 1, bytes, true);
        }
    }

    #[inline(never)]
    fn add_part(&mut self, deviation: Deviation, cost: u8, bytes: Option<&[u8]>, is_open: bool) {
        if let Some(bytes) = bytes {
            self.add(deviation, cost, bytes::copied(bytes), is_open);
        }
    }

    /// What is inside: the secret here has more than was signed with.
    #[inline(never)]
    fn inside(&mut self, secret: &[u8]) {
        let text = core::str::from_utf8(secret).ok();
        let trimmed = text.map_or(secret.trim_ascii(), |text| bytes::trimmed(text).as_bytes());
        self.add_part(Deviation::SecretTrimmed, 1, Some(trimmed), true);
        self.add_part(Deviation::SecretUnquoted, 1, literal::without_quotes(secret), true);
        self.add_part(Deviation::SecretFromLine, 1, literal::without_frame(secret), true);
        let [start, end] = [without_signs(secret), without_signs_at_end(secret)];
        self.add_part(Deviation::SecretFromLine, 1, Some(start), true);
        self.add_part(Deviation::SecretFromLine, 1, Some(end), true);
        self.add_part(Deviation::SecretFromLine, 1, Some(without_signs(end)), true);
        self.add_inner(Deviation::SecretFromDocument, Some(literal::typed(secret)));
        if bytes::holds(trimmed, b'\n') {
            self.add_inner(Deviation::SecretWithoutInvisible, Some(bytes::without(trimmed, b"\r\n")));
            for line in trimmed.split(|byte| *byte == b'\n').take(MAX_LINES) {
                self.add_part(Deviation::SecretFromLine, 1, Some(line.trim_ascii()), true);
            }
        }
        for quote in b"\"'`".chunks(1) {
            self.add_part(Deviation::SecretUnquoted, 2, secret.strip_prefix(quote), true);
            self.add_part(Deviation::SecretUnquoted, 2, secret.strip_suffix(quote), true);
        }
        let seen = text.map(|text| bytes::without_characters(text, INVISIBLE));
        self.add_inner(Deviation::SecretWithoutInvisible, seen);
        self.lines(secret);
        self.add_inner(Deviation::SecretUnescaped, literal::resolved(secret));
        self.add_inner(Deviation::SecretUnescaped, literal::without_entities(secret));
        self.add_inner(Deviation::SecretBase64Decoded, base64::decode(secret));
        self.add_inner(Deviation::SecretHexDecoded, hex::decode(secret));
        if bytes::holds(secret, b'%') {
            self.add_inner(Deviation::SecretUrlDecoded, Some(percent::decode(secret)));
        }
    }

    /// What follows a name in a line of a file, and the texts of a record.
    #[inline(never)]
    fn lines(&mut self, line: &[u8]) {
        if let Some(document) = Document::read(line).filter(Document::is_object) {
            for (_, kind, text) in json::members(line, &document) {
                if kind == Kind::Text {
                    self.add_inner(Deviation::SecretFromLine, Some(json::unescaped(text)));
                }
            }
        }
        self.add_part(Deviation::SecretFromLine, 1, bytes::before(line, b" #"), true);
        for prefix in Words::of(b"whsec_|base64:|hex:") {
            self.add_part(Deviation::SecretFromLine, 1, bytes::rest(line, prefix), true);
        }
        for separator in b"=: \t\n>" {
            if let Some(name) = bytes::before(line, from_ref(separator)) {
                let is_name =
                    |byte: &u8| byte.is_ascii_alphanumeric() || bytes::holds(b"_-.$\"' \t{[=<:/@", *byte);
                if name.iter().all(is_name) && name.iter().any(u8::is_ascii_alphabetic) {
                    let value = line.get(name.len() + 1..).unwrap_or_default().trim_ascii();
                    self.add_part(Deviation::SecretFromLine, 1, Some(value), true);
                    self.add_part(Deviation::SecretFromLine, 1, Some(without_signs_at_end(value)), true);
                }
            }
        }
    }

    /// What may be around: the secret there had more.
    #[inline(never)]
    fn around(&mut self, secret: &[u8]) {
        // Each other secret is tried with what happens most often.
        let is_late = self.cost > 1;
        for (deviation, cost, pairs) in AROUND.iter().filter(|(_, cost, _)| !is_late || *cost == 1) {
            let mut pairs = pairs.clone();
            while let (Some(before), Some(after)) = (pairs.next(), pairs.next()) {
                self.add(*deviation, *cost, bytes::joined(&[before, secret, after]), false);
            }
        }
    }

    /// The same secret in another notation.
    #[inline(never)]
    fn changed(&mut self, secret: &[u8]) {
        let base64 = base64::encode(secret);
        let digits = hex::encode(secret);
        self.add_part(Deviation::SecretBase64Encoded, 1, Some(&base64), false);
        self.add_part(Deviation::SecretHexEncoded, 1, Some(&digits), false);
        if self.cost > 1 {
            return;
        }
        self.add(Deviation::SecretHexEncoded, 2, digits.to_ascii_uppercase(), false);
        let unpadded = bytes::replaced(bytes::without_end(&base64, b'='), b"+", b"-");
        self.add(Deviation::SecretBase64Encoded, 2, bytes::replaced(&unpadded, b"/", b"_"), false);
        // `echo` writes a newline, and so does `base64`.
        let of_line = base64::encode(&bytes::joined(&[secret, b"\n"]));
        let ways = [Deviation::SecretFinalNewline, Deviation::SecretBase64Encoded];
        for (ways, text, end) in
            [(ways, &of_line, &b""[..]), ([ways[1], ways[0]], &base64, b"\n"), (ways, &of_line, b"\n")]
        {
            let all = with(&with(self.deviations, ways[0]), ways[1]);
            self.variants.add(&all, self.cost + 2, bytes::joined(&[text, end]), false);
        }
        let mut percent = Vec::new();
        percent::push_encoded(secret, b"", b"%20", &mut percent);
        self.add(Deviation::SecretUrlEncoded, 1, percent, false);
        self.add(Deviation::SecretLowerCase, 1, secret.to_ascii_lowercase(), false);
        // A telephone begins with a capital letter.
        if let [first, rest @ ..] = secret {
            let (lower, upper) = (first.to_ascii_lowercase(), first.to_ascii_uppercase());
            self.add(Deviation::SecretUpperCase, 2, bytes::joined(&[&[upper], rest]), false);
            self.add(Deviation::SecretLowerCase, 2, bytes::joined(&[&[lower], rest]), false);
        }
        for (plain, nice) in [("'", "’"), ("-", "–")] {
            let made = bytes::replaced(secret, plain.as_bytes(), nice.as_bytes());
            self.add(Deviation::SecretFromDocument, 2, made, false);
        }
        self.add(Deviation::SecretUpperCase, 1, secret.to_ascii_uppercase(), false);
        self.add(Deviation::SecretUrlDecoded, 2, bytes::replaced(secret, b"+", b" "), false);
        if let Ok(text) = core::str::from_utf8(secret) {
            let quoted = json::quoted(secret);
            if let [_, inner @ .., _] = &*quoted {
                self.add_part(Deviation::SecretEscaped, 2, Some(inner), false);
            }
            if !bytes::is_ascii(secret) {
                self.in_charsets(text);
            }
            let mut wide = Vec::new();
            charset::push_utf16(text, false, &mut wide);
            self.add(Deviation::SecretCharset, 2, wide, false);
        } else {
            // Bytes that were read as text.
            for charset in Charset::ALL {
                self.add(Deviation::SecretCharset, 1, charset.decode(secret), false);
            }
            self.add(Deviation::SecretCharset, 2, charset::lossy(secret), false);
        }
        self.padded(secret);
        self.expanded(secret);
        for length in [secret.len().saturating_sub(1)].iter().chain(LENGTHS) {
            if *length < secret.len() {
                self.add_part(Deviation::SecretPiece, 3, secret.get(..*length), false);
            }
        }
        self.add_part(Deviation::SecretPiece, 3, Some(secret.get(1..).unwrap_or_default()), false);
    }

    /// A text beyond ASCII in other forms and charsets.
    #[inline(never)]
    fn in_charsets(&mut self, text: &str) {
        let normalised = self.variants.runtime.normalised;
        for is_composed in [true, false] {
            self.add(Deviation::SecretNormalForm, 1, normalised(text, is_composed).into_bytes(), true);
        }
        for charset in Charset::ALL {
            if let Some(bytes) = charset.encode(text) {
                if core::str::from_utf8(&bytes).is_ok() {
                    self.add_part(Deviation::SecretCharset, 1, Some(&bytes), true);
                }
                self.add(Deviation::SecretCharset, 1, bytes, false);
            }
            self.add(Deviation::SecretCharset, 2, charset.decode(text.as_bytes()), false);
        }
        self.add(Deviation::SecretCharset, 2, charset::lost(text, b"?", false), false);
    }

    /// With and without the `=` at the end of base64.
    #[inline(never)]
    fn padded(&mut self, secret: &[u8]) {
        let digits = bytes::without_end(secret, b'=');
        if digits.len() >= 8 && base64::decode(digits).is_some() {
            for padding in [&b""[..], b"=", b"=="] {
                self.add(Deviation::SecretPadding, 1, bytes::joined(&[digits, padding]), false);
            }
        }
    }

    /// What a shell, an env file or a template makes of `$`, `#`, `%` and quotes.
    #[inline(never)]
    fn expanded(&mut self, secret: &[u8]) {
        for end in b"#$;& |!`" {
            self.add_part(Deviation::SecretExpanded, 2, bytes::before(secret, from_ref(end)), false);
        }
        if bytes::holds(secret, b'$') {
            self.add(Deviation::SecretExpanded, 1, without_variables(secret), false);
        }
        if core::str::from_utf8(secret).is_err() {
            return;
        }
        for [plain, escaped] in ESCAPED {
            let made = bytes::replaced(secret, plain.as_bytes(), escaped.as_bytes());
            self.add(Deviation::SecretEscaped, 2, made, false);
        }
        for [twice, once] in DOUBLED {
            self.add(
                Deviation::SecretExpanded,
                2,
                bytes::replaced(secret, twice.as_bytes(), once.as_bytes()),
                false,
            );
            if !once.is_empty() {
                self.add(
                    Deviation::SecretExpanded,
                    2,
                    bytes::replaced(secret, once.as_bytes(), twice.as_bytes()),
                    false,
                );
            }
        }
    }
}

/// Without the signs of lists, prompts and names before it.
fn without_signs(secret: &[u8]) -> &[u8] {
    let mut rest = secret;
    while let [b'=' | b':' | b'@' | b'>' | b'-' | b'$' | b'|' | b' ', after @ ..] = rest {
        rest = after;
    }
    rest
}

/// Without the signs that end a sentence, a statement or a line.
fn without_signs_at_end(secret: &[u8]) -> &[u8] {
    let mut rest = secret;
    while let [before @ .., b';' | b',' | b'.' | b':' | b'%' | b'\\' | b'|' | b' '] = rest {
        rest = before;
    }
    rest
}

/// So many lines of a file are looked at.
const MAX_LINES: usize = 20;

/// How many bytes of a secret fit into a field.
const LENGTHS: &[usize] = &[8, 16, 20, 24, 32, 40, 48, 50, 56, 60, 63, 64, 72, 100, 127, 128, 255, 256];

/// What pages, JSON and shells write in place of a character.
const ESCAPED: &[[&str; 2]] = &[
    ["&", "&amp;"],
    ["'", "&#39;"],
    ["<", "&lt;"],
    ["&", "\\u0026"],
    ["/", "\\/"],
    ["$", "\\$"],
    ["'", "'\\''"],
    ["&", "^&"],
];

/// What is written twice where it is meant once, or not at all.
const DOUBLED: &[[&str; 2]] = &[
    ["$$", "$"],
    ["%%", "%"],
    ["''", "'"],
    ["\"\"", "\""],
    ["'\\''", "'"],
    ["\\\\", "\\"],
    ["\"", ""],
    ["'", ""],
    ["\\", ""],
    ["^", ""],
    ["`", ""],
];

/// What may be before and after a secret, in pairs, and how unlikely that is.
const AROUND: &[(Deviation, u8, Words)] = &[
    (Deviation::SecretFinalNewline, 1, Words::of(b"|\n||\r\n||\n\n||\r")),
    (Deviation::SecretQuoted, 1, Words::of(b"\"|\"|'|'")),
    (
        Deviation::SecretQuoted,
        2,
        Words::of("`|`|\"|\"\n|'|'\n|'|'\r\n|“|”|‘|’|«|»|<|>|(|)|[|]|{|}|{{|}}|${|}|**|**".as_bytes()),
    ),
    (Deviation::SecretSpaced, 1, Words::of(b"| ")),
    (Deviation::SecretSpaced, 2, Words::of(b" | ||\t")),
    (Deviation::SecretEscaped, 2, Words::of(b"|\\n||\\r\\n")),
    (
        Deviation::SecretWithInvisible,
        2,
        Words::of("\u{feff}|||\u{200b}|\u{200b}|||\u{a0}|\u{a0}|||\0".as_bytes()),
    ),
    (
        Deviation::SecretWithLine,
        2,
        Words::of(
            b"|;||,||.||:|Bearer ||secret=||secret: ||secret:||SECRET=||WEBHOOK_SECRET=||MIA_SECRET=||\
            MIA_WEBHOOK_SECRET=||=||whsec_|",
        ),
    ),
];

/// A text in which variables that do not exist were replaced by nothing.
#[inline(never)]
fn without_variables(secret: &[u8]) -> Vec<u8> {
    let mut made = Vec::with_capacity(secret.len());
    let mut rest = secret;
    loop {
        rest = match rest {
            [b'$', b'{', after @ ..] => bytes::after(after, b"}").unwrap_or_default(),
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

/// Tabs, no-break and zero-width spaces, the byte-order mark, direction marks, soft hyphens,
/// and joiners.
pub(super) const INVISIBLE: &str = "\t\0\u{a0}\u{ad}\u{200b}\u{200c}\u{200d}\u{200e}\u{200f}\u{202a}\u{202b}\u{202c}\u{202d}\u{202e}\u{202f}\u{2060}\u{2066}\u{2067}\u{2068}\u{2069}\u{feff}";
