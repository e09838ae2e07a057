//! Reads JSON into a tree of places in the source.

use alloc::vec::Vec;

use super::{Item, Items, MAX_DEPTH, MAX_SORTED, Span, Value};
use crate::diagnose::bytes;

/// JSON that was read. It can be written again many times.
pub(in crate::diagnose) struct Document {
    pub(super) root: Value,
}

impl Document {
    /// `None` if the source is not JSON in UTF-8.
    pub(in crate::diagnose) fn read(source: &[u8]) -> Option<Self> {
        core::str::from_utf8(source).ok()?;
        let mut reader = Reader { source, place: 0 };
        reader.space();
        let root = reader.value(0)?;
        reader.space();
        (reader.place == source.len()).then_some(Self { root })
    }

    pub(in crate::diagnose) const fn is_object(&self) -> bool {
        matches!(self.root, Value::Items(Items { is_object: true, .. }))
    }
}

/// What a value is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::diagnose) enum Kind {
    /// A string: what is between its quotes.
    Text,
    /// An object, brackets included.
    Object,
    Number,
}

/// All texts, objects and numbers in a document with the key that holds each, at any depth,
/// the outer ones first. Without the document itself.
pub(in crate::diagnose) fn members<'s>(
    source: &'s [u8],
    document: &Document,
) -> Vec<(&'s [u8], Kind, &'s [u8])> {
    let mut found = Vec::new();
    let mut level = Vec::from([(Span::default(), &document.root)]);
    while !level.is_empty() {
        let mut below = Vec::new();
        for (key, value) in level {
            let (kind, span) = match value {
                Value::Word(_) => continue,
                Value::Number(span) => (Kind::Number, *span),
                Value::Text(span) => (Kind::Text, *span),
                Value::Items(items) => {
                    below.extend(items.list.iter().map(|item| (item.key, &item.value)));
                    if !items.is_object || core::ptr::eq(value, &raw const document.root) {
                        continue;
                    }
                    (Kind::Object, items.span)
                }
            };
            found.push((key.of(source), kind, span.of(source)));
        }
        level = below;
    }
    found
}

/// The value of a member of the outermost object, as the source writes it.
pub(in crate::diagnose) fn member<'s>(source: &'s [u8], name: &[u8]) -> Option<&'s [u8]> {
    let mut reader = Reader { source, place: 0 };
    reader.space();
    reader.take(b'{')?;
    loop {
        let key = reader.key()?;
        let start = reader.place;
        reader.value(0)?;
        if key.of(source) == name {
            return source.get(start..reader.place);
        }
        reader.space();
        reader.take(b',')?;
    }
}

fn is_of_number(byte: u8) -> bool {
    byte.is_ascii_digit() || bytes::holds(b"+-.eE", byte)
}

struct Reader<'s> {
    source: &'s [u8],
    place: usize,
}

impl Reader<'_> {
    fn peek(&self) -> Option<u8> {
        self.source.get(self.place).copied()
    }

    fn space(&mut self) {
        while self.peek().is_some_and(|byte| bytes::holds(b" \t\n\r", byte)) {
            self.place += 1;
        }
    }

    fn take(&mut self, token: u8) -> Option<()> {
        (self.peek()? == token).then(|| self.place += 1)
    }

    /// Takes everything before the first byte that `ends` accepts, or all.
    fn until(&mut self, mut ends: impl FnMut(u8) -> bool) -> Span {
        let start = self.place;
        while self.peek().is_some_and(|byte| !ends(byte)) {
            self.place += 1;
        }
        Span { start, end: self.place }
    }

    fn value(&mut self, depth: usize) -> Option<Value> {
        if depth > MAX_DEPTH {
            return None;
        }
        match self.peek()? {
            b'"' => self.text().map(Value::Text),
            b'[' | b'{' => self.items(depth).map(Value::Items),
            _ => {
                let span = self.until(|byte| !is_of_number(byte) && bytes::holds(b",]} \t\n\r", byte));
                match span.of(self.source) {
                    number @ [b'-' | b'0'..=b'9', ..] if number.iter().all(|byte| is_of_number(*byte)) => {
                        Some(Value::Number(span))
                    }
                    b"true" | b"false" | b"null" => Some(Value::Word(span)),
                    _ => None,
                }
            }
        }
    }

    fn items(&mut self, depth: usize) -> Option<Items> {
        let start = self.place;
        let is_object = self.peek() == Some(b'{');
        let close = if is_object { b'}' } else { b']' };
        let mut items: Vec<Item> = Vec::new();
        // The places of the different keys, in the order of the keys.
        let mut keys: Vec<usize> = Vec::new();
        self.place += 1;
        self.space();
        while self.take(close).is_none() {
            if !items.is_empty() {
                self.take(b',')?;
                self.space();
            }
            let key = if is_object { self.key()? } else { Span::default() };
            let place = items.len();
            let mut is_repeated = false;
            if is_object && place < MAX_SORTED {
                match keys
                    .binary_search_by(|other| items[*other].key.of(self.source).cmp(key.of(self.source)))
                {
                    Ok(same) => {
                        is_repeated = true;
                        if let Some(first) = keys.get(same).and_then(|first| items.get_mut(*first)) {
                            first.latest = place;
                        }
                    }
                    Err(between) => keys.insert(between, place),
                }
            }
            items.push(Item { key, value: self.value(depth + 1)?, latest: place, is_repeated });
            self.space();
        }
        Some(Items { is_object, span: Span { start, end: self.place }, list: items })
    }

    /// A key, its colon, and the space around them.
    fn key(&mut self) -> Option<Span> {
        self.space();
        let key = self.text()?;
        self.space();
        self.take(b':')?;
        self.space();
        Some(key)
    }

    fn text(&mut self) -> Option<Span> {
        self.take(b'"')?;
        let mut is_escaped = false;
        // JSON escapes control characters: an unescaped one ends the string too, and
        // the quote is then missing below.
        let text = self.until(|byte| {
            let ends = byte < 0x20 || byte == b'"' && !is_escaped;
            is_escaped = byte == b'\\' && !is_escaped;
            ends
        });
        self.take(b'"')?;
        Some(text)
    }
}
