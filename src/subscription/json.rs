//! Reads JSON text (RFC 8259), and says in plain words what is wrong with text that is
//! none.
//!
//! A reader of its own, because a report needs what others leave out: every duplicate
//! of a key, and the mistake in words for the person who typed it. It is also smaller in
//! the wasm module than `serde_json` (docs/decisions/0007-one-reader-of-records.md); tests
//! compare the two.

use super::{
    Issue, IssueCode,
    input::{MAX_JSON_BYTES, Value},
    numbers::decimal,
    slices::{from, has},
    surroundings::is_invisible,
};

/// Deeper values are only checked, not kept: the deepest field of a subscription is
/// `proxy.url`, at 2, and a wrapper may be around it.
const MAX_DEPTH: usize = 4;

/// What is wrong, where the reader stands.
type Fault = &'static str;

const ENDS_EARLY: Fault = "The text ends too early";
const COMMENT: Fault = "JSON has no comments";
const QUOTES: Fault = "Only \" is a quotation mark in JSON";
const NO_VALUE: Fault = "A value is expected";
const WORD: Fault = "A text needs quotes; only true, false, null and numbers have none";
const PLACEHOLDER: Fault = "A placeholder was not replaced";

/// Reads JSON text.
pub(super) fn read(text: &str) -> Result<Value, Issue> {
    if text.len() > MAX_JSON_BYTES {
        let limit = ["JSON text may have ", &decimal(MAX_JSON_BYTES as u64), " bytes."].concat();
        return Err(Issue::new("", IssueCode::TooLarge).with_detail(&limit));
    }
    let malformed = |detail: &str| Issue::new("", IssueCode::JsonMalformed).with_detail(detail);
    let mut reader = Reader { text, at: 0 };
    reader.document().map_err(|fault| {
        if let Some(other) = other_format(text) {
            return malformed(other);
        }
        let is_seen = !from(text, reader.at).starts_with(is_invisible);
        let fault =
            if is_seen { fault } else { "This character cannot be seen, or is another space than JSON's" };
        let before = text.get(..reader.at).unwrap_or(text);
        let line = decimal(before.matches('\n').count() as u64 + 1);
        let column = decimal(before.chars().rev().take_while(|c| *c != '\n').count() as u64 + 1);
        malformed(&[fault, ": line ", &line, " column ", &column, "."].concat())
    })
}

/// What the whole text is, where that says more than the place of its first fault.
fn other_format(text: &str) -> Option<&'static str> {
    let start = text.trim_start();
    let first_line = start.lines().next().unwrap_or_default();
    let name_end = first_line.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-')));
    let after_name = name_end.filter(|end| *end > 0).map(|end| from(first_line, end).trim_start());
    Some(if start.is_empty() {
        "It is empty."
    } else if text.starts_with('\u{feff}') {
        "It starts with a byte order mark (U+FEFF), which is no part of JSON: save the file as UTF-8 without it."
    } else if start.starts_with("eyJ") {
        "It is base64 of JSON: decode it once."
    } else if start.starts_with("%7B") || start.starts_with("%5B") {
        "It is percent-encoded: decode it once."
    } else if start.starts_with("[object ") || matches!(start.trim_end(), "undefined" | "NaN") {
        "It is what JavaScript writes for a value that is no text: use JSON.stringify on the record."
    } else if start.starts_with("```") {
        "It has the fences of Markdown around it: give what is between them."
    } else if start.starts_with("http://") || start.starts_with("https://") {
        "It is an address: give the record itself."
    } else if start.starts_with("-----BEGIN ") {
        "It is PEM: a certificate belongs in base64CA."
    } else if start.starts_with('<') && (has(start, "</") || has(start, "/>"))
        || start.starts_with("<!")
        || start.starts_with("<?")
    {
        "It is HTML or XML."
    } else if first_line.starts_with("--- ")
        || matches!(first_line.trim_end(), "---" | "-")
        || first_line.starts_with("- ")
    {
        "It is YAML: write the record as JSON."
    } else if first_line.starts_with("export ") || after_name.is_some_and(|rest| rest.starts_with('=')) {
        "It is a line of a script or of an environment file: write the record as JSON."
    } else if after_name.is_some_and(|rest| rest == ":" || rest.starts_with(": ")) {
        "It is YAML: write the record as JSON."
    } else {
        return None;
    })
}

/// A list or an object that is not closed yet.
struct Open {
    value: Value,
    is_object: bool,
    key: String,
}

impl Open {
    const fn end(&self) -> u8 {
        if self.is_object { b'}' } else { b']' }
    }

    fn take(&mut self, value: Value) {
        match &mut self.value {
            Value::List(values) => values.push(value),
            Value::Object(entries) => entries.push((core::mem::take(&mut self.key), value)),
            _ => {}
        }
    }
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
}

impl Reader<'_> {
    fn document(&mut self) -> Result<Value, Fault> {
        self.space();
        let value = self.value()?;
        self.space();
        match self.next() {
            None => Ok(value),
            Some(b'/' | b'#') => Err(COMMENT),
            Some(_) => Err("Something follows the value: give one record"),
        }
    }

    /// Without recursion: a text of brackets must not fill the stack.
    fn value(&mut self) -> Result<Value, Fault> {
        let mut open: Vec<Open> = Vec::new();
        loop {
            let mut value = match self.next() {
                Some(start @ (b'{' | b'[')) => {
                    let is_object = start == b'{';
                    let value = match (open.len() < MAX_DEPTH, is_object) {
                        (false, _) => Value::Other("nested too deep"),
                        (true, true) => Value::Object(Vec::new()),
                        (true, false) => Value::List(Vec::new()),
                    };
                    let mut inner = Open { value, is_object, key: String::new() };
                    self.at += 1;
                    self.space();
                    if !self.take(inner.end()) {
                        self.key(&mut inner)?;
                        open.push(inner);
                        continue;
                    }
                    inner.value
                }
                _ => self.scalar()?,
            };
            loop {
                let Some(mut outer) = open.pop() else { return Ok(value) };
                outer.take(value);
                self.space();
                if self.take(b',') {
                    self.space();
                    if self.next() == Some(outer.end()) {
                        return Err("JSON has no comma before a closing bracket");
                    }
                    self.key(&mut outer)?;
                    open.push(outer);
                    break;
                }
                if !self.take(outer.end()) {
                    return Err(match self.next() {
                        None => ENDS_EARLY,
                        Some(b'/' | b'#') => COMMENT,
                        _ if outer.is_object => "Expected `,` or `}`",
                        _ => "Expected `,` or `]`",
                    });
                }
                value = outer.value;
            }
        }
    }

    /// The name of a field, up to its value; nothing in a list.
    fn key(&mut self, object: &mut Open) -> Result<(), Fault> {
        if !object.is_object {
            return Ok(());
        }
        if self.next() != Some(b'"') {
            let fault = self.no_value();
            return Err(if fault == WORD { "The name of a field needs quotes" } else { fault });
        }
        object.key = self.string()?;
        self.space();
        if !self.take(b':') {
            return Err("Expected `:`");
        }
        self.space();
        Ok(())
    }

    fn scalar(&mut self) -> Result<Value, Fault> {
        match self.next() {
            Some(b'"') => return self.string().map(Value::Text),
            Some(b'-' | b'0'..=b'9') => return self.number(),
            _ => {}
        }
        let words =
            [("null", Value::Other("null")), ("true", Value::Bool(true)), ("false", Value::Bool(false))];
        for (word, value) in words {
            if from(self.text, self.at).starts_with(word) {
                self.at += word.len();
                return Ok(value);
            }
        }
        Err(self.no_value())
    }

    /// Why no value or name starts here.
    fn no_value(&self) -> Fault {
        match from(self.text, self.at).chars().next() {
            None => ENDS_EARLY,
            Some('/' | '#') => COMMENT,
            Some('\'' | '`' | '\u{2018}'..='\u{201f}' | '\u{ab}' | '\u{bb}') => QUOTES,
            Some('$' | '<' | '{' | '%') => PLACEHOLDER,
            Some('\\') => "The quotation marks have a backslash: the text was copied out of another text",
            Some(c) if c.is_ascii_alphanumeric() || c == '_' || !c.is_ascii() => WORD,
            _ => NO_VALUE,
        }
    }

    fn number(&mut self) -> Result<Value, Fault> {
        let is_valid = {
            self.take(b'-');
            let whole = self.take(b'0') || self.digits();
            let fraction = !self.take(b'.') || self.digits();
            let exponent = if self.take(b'e') || self.take(b'E') {
                let _ = self.take(b'+') || self.take(b'-');
                self.digits()
            } else {
                true
            };
            whole
                && fraction
                && exponent
                && !self.next().is_some_and(|byte| byte.is_ascii_alphanumeric() || byte == b'.')
        };
        if is_valid { Ok(Value::Other("a number")) } else { Err("JSON does not write a number like this") }
    }

    fn digits(&mut self) -> bool {
        let start = self.at;
        while self.next().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        self.at > start
    }

    fn string(&mut self) -> Result<String, Fault> {
        self.at += 1;
        let mut string = String::new();
        loop {
            let rest = from(self.text, self.at);
            let plain = rest.find(|c: char| c < ' ' || matches!(c, '"' | '\\')).unwrap_or(rest.len());
            string.push_str(rest.get(..plain).unwrap_or_default());
            self.at += plain;
            match self.next() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(string);
                }
                Some(b'\\') => string.push(self.escape()?),
                Some(_) => {
                    return Err("A text in JSON has no line breaks or other control characters: write \\n");
                }
                None => return Err(ENDS_EARLY),
            }
        }
    }

    fn escape(&mut self) -> Result<char, Fault> {
        const UNKNOWN: Fault = "JSON has no such escape";
        self.at += 1;
        let escaped = self.next().ok_or(ENDS_EARLY)?;
        let character = match escaped {
            b'"' | b'\\' | b'/' => char::from(escaped),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                let high = self.unit().ok_or(UNKNOWN)?;
                let is_pair = high & 0xfc00 == 0xd800 && from(self.text, self.at + 1).starts_with("\\u");
                let mut units = vec![high];
                if is_pair {
                    self.at += 2;
                    units.push(self.unit().ok_or(UNKNOWN)?);
                }
                let mut characters = char::decode_utf16(units);
                characters.next().and_then(Result::ok).ok_or("Half of a surrogate pair is no character")?
            }
            _ => return Err(UNKNOWN),
        };
        self.at += 1;
        Ok(character)
    }

    /// Four hexadecimal digits; stands at the last one afterwards.
    fn unit(&mut self) -> Option<u16> {
        let digits = self.text.get(self.at + 1..self.at + 5)?;
        let unit = u16::from_str_radix(digits, 16).ok().filter(|_| !digits.starts_with('+'))?;
        self.at += 4;
        Some(unit)
    }

    fn space(&mut self) {
        while matches!(self.next(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn next(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn take(&mut self, byte: u8) -> bool {
        let is_next = self.next() == Some(byte);
        self.at += usize::from(is_next);
        is_next
    }
}
