//! The bodies that may be inside what is taken for the payload.

use alloc::vec::Vec;

use crate::base64;

use super::{
    Deviation, bytes,
    charset::{self, Charset},
    hex,
    json::{self, Document, Kind},
    literal, percent,
    secret::INVISIBLE,
    words::Words,
};

/// Something that was taken out of the payload.
pub(super) struct Body {
    pub(super) deviation: Deviation,
    pub(super) bytes: Vec<u8>,
}

/// At most so many texts and objects of an envelope are looked at.
const MAX_MEMBERS: usize = 12;

/// What is one step inside these bytes: in what holds the body, or in another notation of it.
/// `document` is the bytes read as JSON.
#[inline(never)]
pub(super) fn inside(bytes: &[u8], document: Option<&Document>) -> Vec<Body> {
    let mut bodies = Bodies { source: bytes, found: Vec::new() };
    let text = bytes.trim_ascii();
    let plain = core::str::from_utf8(text).ok().filter(|_| !bytes::holds(text, 0));
    if let Some(document) = document {
        bodies.of_document(document);
    } else if let Some(rest) = bytes::rest(bytes, b"\xef\xbb\xbf") {
        bodies.add(Deviation::PayloadBomRemoved, Some(bytes::copied(rest)));
    } else if plain.is_some() {
        bodies.of_text(text);
    }
    // In ASCII, no charset and no document made a difference.
    if bytes::is_ascii(bytes) && !bytes::holds(bytes, 0) {
        return bodies.found;
    }
    if let Ok(text) = core::str::from_utf8(bytes)
        && !bytes::holds(bytes, 0)
    {
        bodies.of_document_text(text);
        for charset in Charset::ALL {
            let decoded = charset.encode(text).filter(|bytes| core::str::from_utf8(bytes).is_ok());
            bodies.add(Deviation::PayloadFromMojibake, decoded);
        }
    } else {
        bodies.add(Deviation::PayloadFromUtf16, charset::from_utf16(bytes));
        for charset in Charset::ALL {
            bodies.add(Deviation::PayloadFromLatin1, Some(charset.decode(bytes)));
        }
    }
    bodies.found
}

struct Bodies<'b> {
    source: &'b [u8],
    found: Vec<Body>,
}

impl Bodies<'_> {
    fn add(&mut self, deviation: Deviation, bytes: Option<Vec<u8>>) {
        if let Some(bytes) = bytes
            && !bytes.is_empty()
            && bytes != self.source
        {
            self.found.push(Body { deviation, bytes });
        }
    }

    #[inline(never)]
    fn of_document(&mut self, document: &Document) {
        let source = self.source;
        let members = json::members(source, document);
        if !document.is_object()
            && let [only] = &*members
            && only.1 == Kind::Text
        {
            return self.add(Deviation::PayloadFromEscapes, Some(json::unescaped(only.2)));
        }
        self.add(Deviation::PayloadFromBytes, literal::listed(source));
        let is_event = json::member(source, b"eventName").is_some();
        let mut count = 0;
        for (key, kind, value) in members {
            let deviation = match (kind, is_event, key) {
                (Kind::Object, true, b"payload") => Deviation::PayloadInnerOnly,
                (Kind::Object, false, _) if json::member(value, b"eventName").is_some() => {
                    Deviation::PayloadFromEnvelope
                }
                (Kind::Object, false, b"body" | b"data" | b"detail" | b"payload") => {
                    Deviation::PayloadFromEnvelope
                }
                (Kind::Text, ..) if may_hold_a_body(value) => Deviation::PayloadFromEnvelope,
                _ => continue,
            };
            let bytes = if kind == Kind::Text { json::unescaped(value) } else { bytes::copied(value) };
            self.add(deviation, Some(bytes));
            count += 1;
            if count == MAX_MEMBERS {
                return;
            }
        }
    }

    /// What a word processor or a chat made of spaces and quotes.
    #[inline(never)]
    fn of_document_text(&mut self, text: &str) {
        let spaced = bytes::replaced(text.as_bytes(), "\u{a0}".as_bytes(), b" ");
        if let Ok(spaced) = core::str::from_utf8(&spaced) {
            let typed = bytes::without_characters(spaced, INVISIBLE);
            let quoted = literal::typed(&typed);
            self.add(Deviation::PayloadFromDocument, Some(typed));
            self.add(Deviation::PayloadFromDocument, Some(quoted));
        }
    }

    #[inline(never)]
    fn of_text(&mut self, text: &[u8]) {
        // A terminal breaks long lines.
        if bytes::holds(text, b'\n') {
            self.add(Deviation::PayloadFromLines, Some(bytes::without(text, b"\r\n")));
        }
        for (old, new) in [(&b"'\\''"[..], b"'"), (b"''", b"'")] {
            if bytes::has(text, old) {
                self.add(Deviation::PayloadFromEscapes, Some(bytes::replaced(text, old, new)));
            }
        }
        for mark in Words::of(b";base64,|0x|\\x|X'") {
            if let Some(digits) = bytes::after(text, mark) {
                let digits = bytes::without(digits, b" \t\r\n'");
                if mark == b";base64," {
                    self.add(Deviation::PayloadFromBase64, base64::decode(&digits));
                } else {
                    self.add(Deviation::PayloadFromHex, hex::decode(&digits));
                }
            }
        }
        self.add(Deviation::PayloadUnquoted, literal::without_quotes(text).map(bytes::copied));
        self.add(Deviation::PayloadFromRequest, after_headers(text));
        self.add(Deviation::PayloadFromBytes, literal::listed(text));
        for value in text.split(|byte| *byte == b'&') {
            let value = bytes::after(value, b"=").unwrap_or(value);
            if bytes::holds(value, b'%') {
                let decoded = percent::decode(&bytes::replaced(value, b"+", b" "));
                self.add(Deviation::PayloadFromForm, Some(decoded));
            }
        }
        if text.len() >= 16 {
            self.add(Deviation::PayloadFromHex, hex::decode(&bytes::without(text, b"\r\n")));
        }
        self.add(Deviation::PayloadFromBase64, base64::decode(text));
        let inner = literal::without_quotes(text);
        if bytes::holds(text, b'\\') {
            self.add(Deviation::PayloadFromEscapes, literal::resolved(inner.unwrap_or(text)));
        }
        if bytes::has(text, b"\"\"") {
            self.add(
                Deviation::PayloadFromEscapes,
                Some(bytes::replaced(inner.unwrap_or(text), b"\"\"", b"\"")),
            );
        }
        self.add(Deviation::PayloadFromEntities, literal::without_entities(text));
        self.add(Deviation::PayloadFromCode, literal::as_json(text));
        let start = text.iter().position(|byte| *byte == b'{');
        let end = text.iter().rposition(|byte| *byte == b'}');
        if let (Some(start), Some(end)) = (start, end) {
            self.add(Deviation::PayloadFromText, text.get(start..=end).map(bytes::copied));
        }
    }
}

/// Whether a text of an envelope can be a body: JSON, its escapes or its base64.
#[inline(never)]
fn may_hold_a_body(raw: &[u8]) -> bool {
    let text = raw.trim_ascii_start();
    let text = bytes::rest(text, b"\\n").unwrap_or(text);
    // `{"`, `{ ` and `[{` in base64, and `{` in hexadecimal digits.
    if bytes::begins_with_any(text, Words::of(b"ey|ew|e3|W3|7b|7B")) {
        return text.len() >= 16;
    }
    bytes::begins_with_any(text, Words::of(b"{|[|\\\"|\\\\|%"))
        || bytes::has(text, b"eventName\\")
        || bytes::has(text, b"eventName%")
}

/// What follows the first empty line, if the first line is one of HTTP.
#[inline(never)]
fn after_headers(text: &[u8]) -> Option<Vec<u8>> {
    let first = bytes::before(text, b"\n").unwrap_or(text);
    let is_http = bytes::has(first, b" HTTP/") || first.starts_with(b"HTTP/");
    let is_of_name = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'-';
    let is_header =
        bytes::before(first, b":").is_some_and(|name| !name.is_empty() && name.iter().all(is_of_name));
    if !is_http && !is_header {
        return None;
    }
    bytes::after(text, b"\r\n\r\n").or_else(|| bytes::after(text, b"\n\n")).map(bytes::copied)
}
