//! Texts as bytes. The standard library's `replace`, `concat` and `collect` do the same, but
//! each use of them is another copy in the module; here each has one.

use alloc::vec::Vec;

use super::words::Words;

/// Where a part begins.
#[inline(never)]
pub(super) fn find(text: &[u8], part: &[u8]) -> Option<usize> {
    let mut rest = text;
    while !rest.starts_with(part) {
        rest = rest.get(1..)?;
    }
    Some(text.len() - rest.len())
}

pub(super) fn has(text: &[u8], part: &[u8]) -> bool {
    find(text, part).is_some()
}

/// What is before the first such part.
#[inline(never)]
pub(super) fn before<'t>(text: &'t [u8], part: &[u8]) -> Option<&'t [u8]> {
    text.get(..find(text, part)?)
}

/// What is after the first such part.
#[inline(never)]
pub(super) fn after<'t>(text: &'t [u8], part: &[u8]) -> Option<&'t [u8]> {
    text.get(find(text, part)? + part.len()..)
}

/// What follows this start.
#[inline(never)]
pub(super) fn rest<'t>(text: &'t [u8], start: &[u8]) -> Option<&'t [u8]> {
    text.strip_prefix(start)
}

/// What precedes this end.
#[inline(never)]
fn start<'t>(text: &'t [u8], end: &[u8]) -> Option<&'t [u8]> {
    text.strip_suffix(end)
}

/// What the first fitting pair of texts frames; never empty.
#[inline(never)]
pub(super) fn framed(text: &[u8], mut pairs: Words, is_meant: fn(&[u8]) -> bool) -> Option<&[u8]> {
    loop {
        let (open, close) = (pairs.next()?, pairs.next()?);
        let inner = rest(text, open).and_then(|rest| start(rest, close));
        if inner.is_some_and(|inner| !inner.is_empty() && is_meant(inner)) {
            return inner;
        }
    }
}

/// What is in the same place of the second list.
#[inline(never)]
pub(super) fn mapped(byte: u8, of: &[u8], to: &[u8]) -> Option<u8> {
    of.iter().zip(to).find_map(|(one, other)| (*one == byte).then_some(*other))
}

/// Whether a byte is among others. `contains` is 400 bytes: it reads words.
#[expect(clippy::manual_contains, reason = "size")]
#[inline(never)]
pub(super) fn holds(bytes: &[u8], one: u8) -> bool {
    bytes.iter().any(|byte| *byte == one)
}

#[inline(never)]
pub(super) fn is_ascii(text: &[u8]) -> bool {
    text.iter().all(u8::is_ascii)
}

#[inline(never)]
pub(super) fn copied(bytes: &[u8]) -> Vec<u8> {
    bytes.to_vec()
}

#[inline(never)]
pub(super) fn push(bytes: &[u8], made: &mut Vec<u8>) {
    made.extend_from_slice(bytes);
}

#[inline(never)]
pub(super) fn joined(parts: &[&[u8]]) -> Vec<u8> {
    let mut made = Vec::with_capacity(parts.iter().map(|part| part.len()).sum());
    for part in parts {
        push(part, &mut made);
    }
    made
}

/// With one part in place of another, everywhere.
#[inline(never)]
pub(super) fn replaced(text: &[u8], old: &[u8], new: &[u8]) -> Vec<u8> {
    let mut made = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((byte, after)) = rest.split_first() {
        rest = if let Some(after) = self::rest(rest, old) {
            push(new, &mut made);
            after
        } else {
            made.push(*byte);
            after
        };
    }
    made
}

/// Without these bytes.
#[inline(never)]
pub(super) fn without(text: &[u8], dropped: &[u8]) -> Vec<u8> {
    let mut made = Vec::with_capacity(text.len());
    text.iter().filter(|byte| !holds(dropped, **byte)).for_each(|byte| made.push(*byte));
    made
}

/// The text up to the last byte that is not this one.
#[inline(never)]
pub(super) fn without_end(text: &[u8], end: u8) -> &[u8] {
    let mut rest = text;
    while let [before @ .., last] = rest
        && *last == end
    {
        rest = before;
    }
    rest
}

/// The white space of Unicode: `str::trim` has a table of it that is larger.
const SPACES: &str = "\t\n\u{b}\u{c}\r \u{85}\u{a0}\u{1680}\u{2000}\u{2001}\u{2002}\u{2003}\u{2004}\u{2005}\u{2006}\
    \u{2007}\u{2008}\u{2009}\u{200a}\u{2028}\u{2029}\u{202f}\u{205f}\u{3000}";

/// Without the white space of Unicode around it.
#[inline(never)]
pub(super) fn trimmed(text: &str) -> &str {
    let mut text = text;
    let mut spaces = SPACES.chars();
    while let Some(space) = spaces.next() {
        if let Some(rest) = text.strip_prefix(space).or_else(|| text.strip_suffix(space)) {
            text = rest;
            spaces = SPACES.chars();
        }
    }
    text
}

/// Without some characters.
#[inline(never)]
pub(super) fn without_characters(text: &str, dropped: &str) -> Vec<u8> {
    let mut made = Vec::with_capacity(text.len());
    for character in text.chars().filter(|one| !dropped.chars().any(|other| other == *one)) {
        push_character(character, &mut made);
    }
    made
}

#[inline(never)]
pub(super) fn push_character(character: char, made: &mut Vec<u8>) {
    push(character.encode_utf8(&mut [0; 4]).as_bytes(), made);
}

/// A number in digits, in as few as it needs.
#[inline(never)]
pub(super) fn push_number(number: i32, made: &mut Vec<u8>) {
    if number < 0 {
        made.push(b'-');
    }
    let number = number.unsigned_abs();
    let mut unit = 1_000_000;
    while unit > 0 {
        if number >= unit || unit == 1 {
            made.push(b'0' + (number / unit % 10).to_le_bytes()[0]);
        }
        unit /= 10;
    }
}

/// The next text without these bytes; never empty.
#[inline(never)]
pub(super) fn next_word<'t>(rest: &mut &'t [u8], separators: &[u8]) -> Option<&'t [u8]> {
    let start = rest.iter().position(|byte| !holds(separators, *byte))?;
    let text = rest.get(start..)?;
    let end = text.iter().position(|byte| holds(separators, *byte)).unwrap_or(text.len());
    let (word, after) = text.split_at_checked(end)?;
    *rest = after;
    Some(word)
}

#[inline(never)]
pub(super) fn begins_with_any(text: &[u8], mut starts: Words) -> bool {
    starts.any(|start| text.starts_with(start))
}
