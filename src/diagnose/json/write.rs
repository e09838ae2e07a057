//! Writes JSON again, as a writer does.

use alloc::{borrow::Cow, vec::Vec};
use core::cmp::Ordering;

use super::{
    Document, Item, Items, MAX_SORTED, MAX_WRITTEN_BYTES, Value,
    text::{Escapes, unescaped},
    writers::{Empty, Form, Language, Order, Writer},
};
use crate::diagnose::{bytes, hex, runtime::Runtime};

/// One side of a writer, besides its spaces and escapes. The texts of two writers differ in the
/// sides in which they differ.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::diagnose) enum Axis {
    Order,
    Duplicates,
    Nulls,
    Numbers,
    EmptyObjects,
}

impl Writer {
    /// The order and the language of the same writer, if it leaves one side as the source has it.
    pub(in crate::diagnose) fn without(&self, axis: Axis) -> (Order, Language) {
        let (mut order, mut language) = (self.order, *self.language);
        match axis {
            Axis::Order => order = Order::Kept,
            Axis::Duplicates => language.keeps_duplicates = true,
            Axis::Nulls => language.drops_nulls = false,
            Axis::Numbers => language.numbers = None,
            Axis::EmptyObjects => language.has_no_empty_object = false,
        }
        (order, language)
    }
}

/// Writes a document; `None` if the text gets too long.
pub(in crate::diagnose) fn write(
    source: &[u8],
    document: &Document,
    writer: &Writer,
    runtime: Runtime,
) -> Option<Vec<u8>> {
    write_as(source, document, writer, writer.order, writer.language, runtime)
}

/// The same with another order and in another language.
pub(in crate::diagnose) fn write_as(
    source: &[u8],
    document: &Document,
    writer: &Writer,
    order: Order,
    language: &Language,
    runtime: Runtime,
) -> Option<Vec<u8>> {
    let text = Vec::with_capacity(source.len());
    let mut writing = Writing { source, writer, order, language, runtime, text };
    writing.value(&document.root, 0)?;
    writing.push(if writer.ends_line { b"\n" } else { b"" });
    Some(writing.text)
}

struct Writing<'w> {
    source: &'w [u8],
    writer: &'w Writer,
    order: Order,
    language: &'w Language,
    runtime: Runtime,
    text: Vec<u8>,
}

impl Writing<'_> {
    fn value(&mut self, value: &Value, depth: usize) -> Option<()> {
        if self.text.len() > MAX_WRITTEN_BYTES {
            return None;
        }
        let language = self.language;
        match value {
            Value::Word(span) => {
                let word = span.of(self.source);
                let place = match word {
                    b"true" => 0,
                    b"false" => 1,
                    _ => 2,
                };
                self.push(language.form.words().map_or(word, |words| words[place]));
            }
            Value::Number(span) => match language.numbers {
                Some(numbers) => numbers.write(span.of(self.source), self.runtime, &mut self.text),
                None => self.push(span.of(self.source)),
            },
            Value::Text(span) => self.string(span.of(self.source)),
            Value::Items(items) => return self.items(items, depth),
        }
        Some(())
    }

    fn push(&mut self, bytes: &[u8]) {
        bytes::push(bytes, &mut self.text);
    }

    fn string(&mut self, raw: &[u8]) {
        let Self { language, text, .. } = self;
        language.form.write(raw, language.escapes, text);
    }

    fn items(&mut self, Items { is_object, list: items, .. }: &Items, depth: usize) -> Option<()> {
        let (spacing, language) = (self.writer.spacing, self.language);
        let is_list = !is_object || items.is_empty() && language.has_no_empty_object;
        let [open, close] = language.form.brackets(!is_list);
        let is_inline = spacing.indent.is_none() || is_list && spacing.has_inline_lists;
        let depth = if is_inline { depth } else { depth + 1 };
        self.push(open);
        let ordered = self.in_order(*is_object, items);
        let is_empty = ordered.is_empty();
        if is_empty {
            match spacing.empty {
                Empty::Nothing => {}
                Empty::Space => self.push(b" "),
                Empty::Lines => {
                    self.push(if is_list { b"\n" } else { b"" });
                    self.gap(is_inline, depth.saturating_sub(1));
                }
            }
        }
        for (place, item) in ordered.into_iter().enumerate() {
            if place > 0 {
                self.push(if is_list && spacing.has_inline_lists { b", " } else { spacing.comma });
            }
            self.gap(is_inline, depth);
            if *is_object {
                self.string(item.key.of(self.source));
                self.push(spacing.colon);
            }
            let latest = if language.keeps_duplicates { item } else { items.get(item.latest)? };
            self.value(&latest.value, depth)?;
        }
        if !is_empty {
            self.gap(is_inline, depth.saturating_sub(1));
        }
        self.push(close);
        Some(())
    }

    /// What stands between brackets and values.
    fn gap(&mut self, is_inline: bool, depth: usize) {
        match self.writer.spacing.indent {
            Some(indent) if !is_inline => {
                self.push(self.writer.spacing.line);
                (0..depth).for_each(|_| self.push(indent));
            }
            _ if self.text.ends_with(b", ") => {}
            _ => self.push(if self.writer.spacing.has_inline_lists { b" " } else { b"" }),
        }
    }

    fn in_order<'i>(&self, is_object: bool, items: &'i [Item]) -> Vec<&'i Item> {
        let Self { order, language, .. } = self;
        let mut ordered: Vec<&Item> = Vec::with_capacity(items.len());
        let is_sorted = is_object && items.len() <= MAX_SORTED && *order != Order::Kept;
        let key = |item: &Item| {
            let raw = item.key.of(self.source);
            if bytes::holds(raw, b'\\') { Cow::Owned(unescaped(raw)) } else { Cow::Borrowed(raw) }
        };
        let is_kept = |item: &&Item| {
            let latest =
                if language.keeps_duplicates { *item } else { items.get(item.latest).unwrap_or(item) };
            let is_null = matches!(latest.value, Value::Word(span) if span.of(self.source) == b"null");
            (language.keeps_duplicates || !item.is_repeated)
                && !(is_object && is_null && language.drops_nulls)
        };
        for item in items.iter().filter(is_kept) {
            let place = if is_sorted {
                let name = key(item);
                let slots = (items.len() * 4 / 3 + 1).next_power_of_two().max(16);
                ordered.partition_point(|other| order.of(&key(other), &name, slots) != Ordering::Greater)
            } else {
                ordered.len()
            };
            ordered.insert(place, item);
        }
        ordered
    }
}

impl Order {
    /// `slots` is the size of a hash table that holds all keys.
    fn of(self, one: &[u8], other: &[u8], slots: usize) -> Ordering {
        match self {
            Self::Kept => Ordering::Equal,
            Self::Sorted => one.cmp(other),
            Self::Reversed => other.cmp(one),
            Self::Hashed => slot(one, slots).cmp(&slot(other, slots)),
            Self::DigitsFirst => match (index(one), index(other)) {
                (Some(one), Some(other)) => one.cmp(&other),
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (None, None) => Ordering::Equal,
            },
        }
    }
}

/// Where a key is in a `HashMap` of Java: `String.hashCode()`, with its upper half mixed in.
fn slot(key: &[u8], slots: usize) -> usize {
    let units = core::str::from_utf8(key).unwrap_or_default().encode_utf16();
    let hash = units.fold(0_u32, |hash, unit| hash.wrapping_mul(31).wrapping_add(unit.into()));
    (hash ^ hash >> 16) as usize & (slots - 1)
}

/// An array index of ECMAScript: a whole number below 2³² − 1 in its usual form.
fn index(key: &[u8]) -> Option<u32> {
    let is_usual = matches!(key, [b'0'] | [b'1'..=b'9', ..]) && key.len() <= 10;
    let number = key.iter().try_fold(0_u64, |number, digit| {
        digit.is_ascii_digit().then(|| number * 10 + u64::from(digit - b'0'))
    })?;
    u32::try_from(number).ok().filter(|number| is_usual && *number < u32::MAX)
}

impl Form {
    fn write(self, raw: &[u8], escapes: Escapes, text: &mut Vec<u8>) {
        match self {
            Self::Json => escapes.write(raw, text),
            Self::Java | Self::Go => bytes::push(&unescaped(raw), text),
            Self::Python => push_python(&unescaped(raw), false, text),
            Self::Ruby => {
                let start = text.len();
                escapes.write(raw, text);
                // Ruby begins an interpolation with `#{`.
                if let Some(place) = text.get(start..).and_then(|made| bytes::find(made, b"#{")) {
                    text.insert(start + place, b'\\');
                }
            }
        }
    }
}

/// `repr` of a text in UTF-8, or of bytes.
#[inline(never)]
pub(in crate::diagnose) fn push_python(text: &[u8], is_bytes: bool, made: &mut Vec<u8>) {
    let quote = if bytes::holds(text, b'\'') && !bytes::holds(text, b'"') { b'"' } else { b'\'' };
    made.push(quote);
    for &byte in text {
        let short =
            bytes::mapped(byte, &[quote, b'\\', b'\n', b'\r', b'\t'], &[quote, b'\\', b'n', b'r', b't']);
        if let Some(short) = short {
            made.push(b'\\');
            made.push(short);
        } else if byte < 0x20 || byte == 0x7f || byte > 0x7f && is_bytes {
            bytes::push(b"\\x", made);
            hex::push(byte, made);
        } else {
            made.push(byte);
        }
    }
    made.push(quote);
}
