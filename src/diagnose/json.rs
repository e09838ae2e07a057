//! Writes JSON again in another style. Numbers stay as they were written, and so
//! does every string that the style does not escape differently.
//!
//! Reads and writes bytes: slices of `str` would bring the messages of their panics
//! into the module, and the page that carries it has few kilobytes to spare.

use alloc::{vec, vec::Vec};

/// Deeper nesting is not written again: the call stack is limited.
const MAX_DEPTH: usize = 128;

/// Longer output is given up: indenting can make nested JSON 250 times as long.
const MAX_WRITTEN_BYTES: usize = 4 << 20;

/// Objects with more keys are not sorted. The insertion sort is slow for many keys,
/// but the standard library's sort is 4 kB of the module after gzip.
const MAX_SORTED: usize = 4096;

/// A value, with strings and numbers as the source writes them.
enum Value<'j> {
    /// A number, `true`, `false` or `null`.
    Plain(&'j [u8]),
    /// What is between the quotes of a string.
    Text(&'j [u8]),
    /// A list or an object; in a list, keys are `None`.
    Items(Brackets, Vec<(Option<&'j [u8]>, Self)>),
}

#[derive(Clone, Copy, PartialEq, Eq)]
struct Brackets {
    open: u8,
    close: u8,
}

const LIST: Brackets = Brackets { open: b'[', close: b']' };
const OBJECT: Brackets = Brackets { open: b'{', close: b'}' };

/// How strings are escaped.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Escapes {
    AsTheyAre,
    /// Characters beyond ASCII, as Python's `ensure_ascii` and PHP do.
    NonAscii,
    /// Only what JSON requires.
    Fewest,
    /// `<`, `>`, `&` and the line separators, as Go does.
    Html,
    /// The same, and `=` and `'`, as Gson does.
    Gson,
    /// `/`, as PHP does.
    Slashes,
    /// `/` and characters beyond ASCII, as PHP does without a flag.
    Php,
}

/// How JSON is written.
#[derive(Clone, Copy)]
pub(super) struct Style {
    pub(super) indent: Option<&'static [u8]>,
    pub(super) comma: &'static [u8],
    pub(super) colon: &'static [u8],
    pub(super) is_sorted: bool,
    pub(super) escapes: Escapes,
}

/// `JSON.stringify` without arguments.
pub(super) const MINIFIED: Style =
    Style { indent: None, comma: b",", colon: b":", is_sorted: false, escapes: Escapes::AsTheyAre };

/// Writes JSON in a style; `None` if the input is not JSON in UTF-8.
pub(super) fn rewrite(json: &[u8], style: Style) -> Option<Vec<u8>> {
    core::str::from_utf8(json).ok()?;
    let value = Reader { rest: json }.document()?;
    let mut text = Vec::with_capacity(json.len());
    write(&value, style, 0, &mut text)?;
    Some(text)
}

/// The value of a member of the outermost object, as the source writes it.
pub(super) fn member<'j>(json: &'j [u8], name: &[u8]) -> Option<&'j [u8]> {
    let mut reader = Reader { rest: json };
    reader.space();
    reader.take(OBJECT.open)?;
    loop {
        let key = reader.key()?;
        let before = reader.rest;
        reader.value(0)?;
        if key == name {
            return before.get(..before.len() - reader.rest.len());
        }
        reader.space();
        reader.take(b',')?;
    }
}

/// A text as a JSON string, quotes included.
pub(super) fn quoted(text: &[u8]) -> Vec<u8> {
    let mut json = vec![b'"'];
    for &byte in text {
        let short = match byte {
            b'"' | b'\\' => byte,
            b'\n' => b'n',
            b'\r' => b'r',
            b'\t' => b't',
            0x08 => b'b',
            0x0c => b'f',
            0..0x20 => {
                escape_unit(u16::from(byte), &mut json);
                continue;
            }
            _ => {
                json.push(byte);
                continue;
            }
        };
        json.extend([b'\\', short]);
    }
    json.push(b'"');
    json
}

struct Reader<'j> {
    rest: &'j [u8],
}

impl<'j> Reader<'j> {
    fn document(mut self) -> Option<Value<'j>> {
        self.space();
        let value = self.value(0)?;
        self.space();
        self.rest.is_empty().then_some(value)
    }

    fn space(&mut self) {
        while let [b' ' | b'\t' | b'\n' | b'\r', rest @ ..] = self.rest {
            self.rest = rest;
        }
    }

    fn take(&mut self, token: u8) -> Option<()> {
        let (first, rest) = self.rest.split_first()?;
        (*first == token).then(|| self.rest = rest)
    }

    /// Takes everything before the first byte that `ends` accepts, or all.
    fn until(&mut self, ends: impl FnMut(&u8) -> bool) -> &'j [u8] {
        let end = self.rest.iter().position(ends).unwrap_or(self.rest.len());
        let (taken, rest) = self.rest.split_at_checked(end).unwrap_or_default();
        self.rest = rest;
        taken
    }

    fn value(&mut self, depth: usize) -> Option<Value<'j>> {
        if depth > MAX_DEPTH {
            return None;
        }
        match self.rest.first()? {
            b'"' => self.text().map(Value::Text),
            b'[' => self.items(LIST, depth),
            b'{' => self.items(OBJECT, depth),
            _ => {
                let plain =
                    self.until(|byte| matches!(byte, b',' | b']' | b'}' | b' ' | b'\t' | b'\n' | b'\r'));
                let is_plain = matches!(plain, [b'-' | b'0'..=b'9', ..] | b"true" | b"false" | b"null");
                is_plain.then_some(Value::Plain(plain))
            }
        }
    }

    fn items(&mut self, brackets: Brackets, depth: usize) -> Option<Value<'j>> {
        let mut items = Vec::new();
        self.take(brackets.open)?;
        self.space();
        if self.take(brackets.close).is_some() {
            return Some(Value::Items(brackets, items));
        }
        loop {
            self.space();
            let key = if brackets == OBJECT { Some(self.key()?) } else { None };
            items.push((key, self.value(depth + 1)?));
            self.space();
            if self.take(brackets.close).is_some() {
                return Some(Value::Items(brackets, items));
            }
            self.take(b',')?;
        }
    }

    /// A key, its colon, and the space around them.
    fn key(&mut self) -> Option<&'j [u8]> {
        self.space();
        let key = self.text()?;
        self.space();
        self.take(b':')?;
        self.space();
        Some(key)
    }

    fn text(&mut self) -> Option<&'j [u8]> {
        self.take(b'"')?;
        let mut is_escaped = false;
        // JSON escapes control characters: an unescaped one ends the string too, and
        // the quote is then missing below.
        let text = self.until(|byte| {
            let ends = *byte < 0x20 || *byte == b'"' && !is_escaped;
            is_escaped = *byte == b'\\' && !is_escaped;
            ends
        });
        self.take(b'"')?;
        Some(text)
    }
}

fn write(value: &Value<'_>, style: Style, depth: usize, text: &mut Vec<u8>) -> Option<()> {
    if text.len() > MAX_WRITTEN_BYTES {
        return None;
    }
    let (brackets, items) = match value {
        Value::Plain(plain) => {
            text.extend_from_slice(plain);
            return Some(());
        }
        Value::Text(raw) => {
            write_text(raw, style.escapes, text);
            return Some(());
        }
        Value::Items(brackets, items) => (brackets, items),
    };
    let mut ordered: Vec<&(Option<&[u8]>, Value<'_>)> = Vec::with_capacity(items.len());
    for item in items {
        let is_sorted = style.is_sorted && items.len() <= MAX_SORTED;
        let place =
            if is_sorted { ordered.partition_point(|(key, _)| *key <= item.0) } else { ordered.len() };
        ordered.insert(place, item);
    }
    text.push(brackets.open);
    for (place, (key, value)) in ordered.into_iter().enumerate() {
        if place > 0 {
            text.extend_from_slice(style.comma);
        }
        new_line(style, depth + 1, text);
        if let Some(key) = key {
            write_text(key, style.escapes, text);
            text.extend_from_slice(style.colon);
        }
        write(value, style, depth + 1, text)?;
    }
    if !items.is_empty() {
        new_line(style, depth, text);
    }
    text.push(brackets.close);
    Some(())
}

fn new_line(style: Style, depth: usize, text: &mut Vec<u8>) {
    if let Some(indent) = style.indent {
        text.push(b'\n');
        (0..depth).for_each(|_| text.extend_from_slice(indent));
    }
}

fn write_text(raw: &[u8], escapes: Escapes, text: &mut Vec<u8>) {
    text.push(b'"');
    if escapes == Escapes::AsTheyAre {
        text.extend_from_slice(raw);
    } else {
        // The whole JSON is UTF-8, so what is between two quotes is as well.
        let mut rest = core::str::from_utf8(raw).unwrap_or_default().chars();
        while let Some(character) = rest.next() {
            if character == '\\' {
                write_escape(&mut rest, escapes, text);
            } else {
                write_character(character, escapes, text);
            }
        }
    }
    text.push(b'"');
}

/// Writes the escape that follows a backslash.
fn write_escape(rest: &mut core::str::Chars<'_>, escapes: Escapes, text: &mut Vec<u8>) {
    if escapes == Escapes::Fewest {
        let mut ahead = rest.clone();
        let plain = match ahead.next() {
            Some('/') => Some('/'),
            Some('u') => unescape(&mut ahead),
            _ => None,
        };
        if let Some(character) = plain {
            *rest = ahead;
            return push(character, text);
        }
    }
    text.push(b'\\');
    if let Some(character) = rest.next() {
        push(character, text);
    }
}

/// The character of the escape after `\u`, if it can be written without one.
fn unescape(rest: &mut core::str::Chars<'_>) -> Option<char> {
    let unit = |rest: &mut core::str::Chars<'_>| {
        (0..4).try_fold(0, |unit, _| Some(unit * 16 + rest.next()?.to_digit(16)?))
    };
    let mut code = unit(rest)?;
    if (0xd800..0xdc00).contains(&code) {
        if !(rest.next() == Some('\\') && rest.next() == Some('u')) {
            return None;
        }
        let low = unit(rest)?.checked_sub(0xdc00).filter(|low| *low < 0x400)?;
        code = 0x1_0000 + (code - 0xd800) * 0x400 + low;
    }
    char::from_u32(code).filter(|character| *character >= ' ' && !matches!(character, '"' | '\\'))
}

fn write_character(character: char, escapes: Escapes, text: &mut Vec<u8>) {
    if character == '/' && matches!(escapes, Escapes::Slashes | Escapes::Php) {
        text.push(b'\\');
    }
    let is_escaped = match escapes {
        Escapes::AsTheyAre | Escapes::Fewest | Escapes::Slashes => false,
        Escapes::NonAscii | Escapes::Php => !character.is_ascii(),
        Escapes::Html => matches!(character, '<' | '>' | '&' | '\u{2028}' | '\u{2029}'),
        Escapes::Gson => matches!(character, '<' | '>' | '&' | '=' | '\'' | '\u{2028}' | '\u{2029}'),
    };
    if is_escaped {
        for unit in character.encode_utf16(&mut [0; 2]) {
            escape_unit(*unit, text);
        }
    } else {
        push(character, text);
    }
}

fn escape_unit(unit: u16, text: &mut Vec<u8>) {
    text.extend_from_slice(b"\\u");
    let mut digits = [0; 4];
    if hex::encode_to_slice(unit.to_be_bytes(), &mut digits).is_ok() {
        text.extend_from_slice(&digits);
    }
}

fn push(character: char, text: &mut Vec<u8>) {
    text.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
}
