//! JSON written again in another style. Numbers stay as they were written, and
//! so does every text that a style does not escape otherwise.

/// Deeper nesting is not written again: the call stack has an end.
const MAX_DEPTH: usize = 128;

/// A value; texts and numbers as they stand in the source.
enum Value<'j> {
    /// A number, `true`, `false` or `null`.
    Plain(&'j str),
    /// What stands between the quotes.
    Text(&'j str),
    List(Vec<Value<'j>>),
    Object(Vec<(&'j str, Value<'j>)>),
}

/// How texts are escaped.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Escapes {
    AsTheyAre,
    /// Characters beyond ASCII, as Python's `ensure_ascii` and PHP do.
    NonAscii,
    /// None but those that JSON needs.
    Fewest,
    /// `<`, `>`, `&` and the line separators, as Go does.
    Html,
    /// The same and `=` and `'`, as Gson does.
    Gson,
    /// `/`, as PHP does.
    Slashes,
    /// `/` and characters beyond ASCII, as PHP does without a flag.
    Php,
}

/// How JSON is written.
#[derive(Clone, Copy)]
pub(super) struct Style {
    pub(super) indent: Option<&'static str>,
    pub(super) comma: &'static str,
    pub(super) colon: &'static str,
    pub(super) is_sorted: bool,
    pub(super) escapes: Escapes,
}

/// `JSON.stringify` without arguments.
pub(super) const MINIFIED: Style =
    Style { indent: None, comma: ",", colon: ":", is_sorted: false, escapes: Escapes::AsTheyAre };

/// Writes JSON in a style; nothing for what is not JSON.
pub(super) fn rewrite(json: &str, style: Style) -> Option<String> {
    let value = Reader { rest: json }.document()?;
    let mut text = String::with_capacity(json.len());
    write(&value, style, 0, &mut text);
    Some(text)
}

/// The text of a member of the outermost object, as it stands there.
pub(super) fn member<'j>(json: &'j str, name: &str) -> Option<&'j str> {
    let mut reader = Reader { rest: json };
    reader.space();
    reader.take("{")?;
    loop {
        reader.space();
        let key = reader.text()?;
        reader.space();
        reader.take(":")?;
        reader.space();
        let before = reader.rest;
        reader.value(0)?;
        if key == name {
            return before.get(..before.len() - reader.rest.len());
        }
        reader.space();
        reader.take(",")?;
    }
}

struct Reader<'j> {
    rest: &'j str,
}

impl<'j> Reader<'j> {
    fn document(mut self) -> Option<Value<'j>> {
        self.space();
        let value = self.value(0)?;
        self.space();
        self.rest.is_empty().then_some(value)
    }

    fn space(&mut self) {
        self.rest = self.rest.trim_start_matches([' ', '\t', '\n', '\r']);
    }

    fn take(&mut self, token: &str) -> Option<()> {
        self.rest = self.rest.strip_prefix(token)?;
        Some(())
    }

    fn value(&mut self, depth: usize) -> Option<Value<'j>> {
        if depth > MAX_DEPTH {
            return None;
        }
        match self.rest.bytes().next()? {
            b'"' => self.text().map(Value::Text),
            b'[' => {
                self.take("[")?;
                self.items("]", |reader| reader.value(depth + 1)).map(Value::List)
            }
            b'{' => {
                self.take("{")?;
                let members = self.items("}", |reader| {
                    let key = reader.text()?;
                    reader.space();
                    reader.take(":")?;
                    reader.space();
                    Some((key, reader.value(depth + 1)?))
                });
                members.map(Value::Object)
            }
            _ => {
                let end = self.rest.find([',', ']', '}', ' ', '\t', '\n', '\r']).unwrap_or(self.rest.len());
                let (plain, rest) = self.rest.split_at(end);
                self.rest = rest;
                let is_number = plain.starts_with(|c: char| c == '-' || c.is_ascii_digit());
                (is_number || ["true", "false", "null"].contains(&plain)).then_some(Value::Plain(plain))
            }
        }
    }

    fn items<T>(&mut self, end: &str, mut item: impl FnMut(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let mut items = Vec::new();
        self.space();
        if self.take(end).is_some() {
            return Some(items);
        }
        loop {
            self.space();
            items.push(item(self)?);
            self.space();
            if self.take(end).is_some() {
                return Some(items);
            }
            self.take(",")?;
        }
    }

    fn text(&mut self) -> Option<&'j str> {
        self.take("\"")?;
        let mut is_escaped = false;
        let end = self.rest.bytes().position(|byte| {
            let ends = byte == b'"' && !is_escaped;
            is_escaped = byte == b'\\' && !is_escaped;
            ends
        })?;
        let (text, rest) = self.rest.split_at_checked(end)?;
        self.rest = rest.strip_prefix('"')?;
        Some(text)
    }
}

fn write(value: &Value<'_>, style: Style, depth: usize, text: &mut String) {
    match value {
        Value::Plain(plain) => text.push_str(plain),
        Value::Text(raw) => write_text(raw, style.escapes, text),
        Value::List(items) => {
            write_items(items.iter(), ["[", "]"], style, depth, text, |item, text| {
                write(item, style, depth + 1, text);
            });
        }
        Value::Object(members) => {
            let mut members: Vec<_> = members.iter().collect();
            if style.is_sorted {
                members.sort_by_key(|(key, _)| *key);
            }
            write_items(members.into_iter(), ["{", "}"], style, depth, text, |(key, value), text| {
                write_text(key, style.escapes, text);
                text.push_str(style.colon);
                write(value, style, depth + 1, text);
            });
        }
    }
}

fn write_items<T>(
    items: impl ExactSizeIterator<Item = T>,
    [begin, end]: [&str; 2],
    style: Style,
    depth: usize,
    text: &mut String,
    mut write_item: impl FnMut(T, &mut String),
) {
    let is_empty = items.len() == 0;
    text.push_str(begin);
    for (place, item) in items.enumerate() {
        if place > 0 {
            text.push_str(style.comma);
        }
        new_line(style, depth + 1, text);
        write_item(item, text);
    }
    if !is_empty {
        new_line(style, depth, text);
    }
    text.push_str(end);
}

fn new_line(style: Style, depth: usize, text: &mut String) {
    if let Some(indent) = style.indent {
        text.push('\n');
        (0..depth).for_each(|_| text.push_str(indent));
    }
}

fn write_text(raw: &str, escapes: Escapes, text: &mut String) {
    text.push('"');
    let mut rest = raw.chars();
    while let Some(character) = rest.next() {
        if character != '\\' {
            write_character(character, escapes, text);
            continue;
        }
        match (rest.next(), escapes) {
            (Some('/'), Escapes::Fewest) => text.push('/'),
            (Some('u'), Escapes::Fewest) => {
                let behind = rest.clone();
                if let Some(character) = unescape(&mut rest) {
                    text.push(character);
                } else {
                    rest = behind;
                    text.push_str("\\u");
                }
            }
            (Some(next), _) => text.extend(['\\', next]),
            (None, _) => text.push('\\'),
        }
    }
    text.push('"');
}

/// The character behind `\u`, where it can stand for itself.
fn unescape(rest: &mut core::str::Chars<'_>) -> Option<char> {
    let unit = |rest: &mut core::str::Chars<'_>| {
        let digits: String = rest.take(4).collect();
        (digits.len() == 4).then(|| u16::from_str_radix(&digits, 16).ok()).flatten()
    };
    let first = unit(rest)?;
    let mut units = vec![first];
    if (0xd800..0xdc00).contains(&first) {
        if !(rest.next() == Some('\\') && rest.next() == Some('u')) {
            return None;
        }
        units.push(unit(rest)?);
    }
    let character = char::decode_utf16(units).next()?.ok()?;
    (character >= ' ' && !matches!(character, '"' | '\\')).then_some(character)
}

fn write_character(character: char, escapes: Escapes, text: &mut String) {
    if character == '/' && matches!(escapes, Escapes::Slashes | Escapes::Php) {
        text.push('\\');
    }
    let is_escaped = match escapes {
        Escapes::AsTheyAre | Escapes::Fewest | Escapes::Slashes => false,
        Escapes::NonAscii | Escapes::Php => !character.is_ascii(),
        Escapes::Html => matches!(character, '<' | '>' | '&' | '\u{2028}' | '\u{2029}'),
        Escapes::Gson => matches!(character, '<' | '>' | '&' | '=' | '\'' | '\u{2028}' | '\u{2029}'),
    };
    if is_escaped {
        for unit in character.encode_utf16(&mut [0; 2]) {
            text.push_str("\\u");
            text.push_str(&hex::encode(unit.to_be_bytes()));
        }
    } else {
        text.push(character);
    }
}
