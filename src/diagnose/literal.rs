//! Values as code, logs and pages write them.

use alloc::vec::Vec;

use super::{bytes, hex, json, words::Words};

/// The quotes that people and languages use, in pairs.
const QUOTES: Words = Words::of("\"|\"|'|'|`|`|\\\"|\\\"|\\'|\\'|“|”|‘|’|«|»|<|>".as_bytes());

/// What is between quotes around the whole text.
pub(super) fn without_quotes(text: &[u8]) -> Option<&[u8]> {
    // A prefix of Python or C# that says what kind of string follows.
    let text = match text {
        [kind, rest @ ..]
            if bytes::holds(b"brfu$@", *kind)
                && rest.first().is_some_and(|quote| bytes::holds(b"\"'", *quote)) =>
        {
            rest
        }
        _ => text,
    };
    bytes::framed(text, QUOTES, |_| true)
}

/// A text with its escapes resolved: those of JSON, Python, C and shells. A backslash before
/// another character is dropped. `None` if there is none, or the result is no text.
pub(super) fn resolved(text: &[u8]) -> Option<Vec<u8>> {
    let mut made = Vec::with_capacity(text.len());
    let mut rest = text;
    loop {
        rest = match rest {
            [b'\\', b'x', high, low, after @ ..] => {
                made.push(hex::value(*high)? << 4 | hex::value(*low)?);
                after
            }
            [b'\\', b'u', ..] => {
                // A pair of surrogates is two escapes.
                let length = if rest.get(6..8) == Some(b"\\u") && matches!(rest.get(2), Some(b'd' | b'D')) {
                    12
                } else {
                    6
                };
                let (escape, after) = rest.split_at_checked(length)?;
                bytes::push(&json::unescaped(escape), &mut made);
                after
            }
            [b'\\', name, after @ ..] => {
                made.push(bytes::mapped(*name, b"nrt0", b"\n\r\t\0").unwrap_or(*name));
                after
            }
            [byte, after @ ..] => {
                made.push(*byte);
                after
            }
            [] => return (made != text).then_some(made),
        };
    }
}

/// Entities of HTML, each with what it means.
const ENTITIES: Words = Words::of(
    b"&quot;|\"|&#34;|\"|&#x22;|\"|&apos;|'|&#39;|'|&#039;|'|&#x27;|'|&lt;|<|&gt;|>|&#x2F;|/|&#61;|=|&amp;|&",
);

/// A text with its entities of HTML resolved; `None` if there is none.
pub(super) fn without_entities(text: &[u8]) -> Option<Vec<u8>> {
    let mut made = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((byte, after)) = rest.split_first() {
        let (mut byte, mut after) = (*byte, after);
        let mut entities = ENTITIES;
        while let (true, Some(entity), Some([meant])) = (byte == b'&', entities.next(), entities.next()) {
            if let Some(rest) = bytes::rest(rest, entity) {
                (byte, after) = (*meant, rest);
                break;
            }
        }
        made.push(byte);
        rest = after;
    }
    (made != text).then_some(made)
}

/// The bytes in a list of numbers, such as `[123, 34]`, `123,34` or the `data` of a Buffer, or in
/// pairs of digits, such as `<Buffer 7b 22>`, `7b:22` or a dump without addresses. Numbers may be
/// signed, as in Java.
pub(super) fn listed(text: &[u8]) -> Option<Vec<u8>> {
    let text = bytes::rest(text, b"<Buffer ").unwrap_or(text);
    let text = bytes::rest(text, b"{\"type\":\"Buffer\",\"data\":").unwrap_or(text);
    let made = pairs(text).or_else(|| numbers(text))?;
    (made.len() >= 8).then_some(made)
}

fn pairs(text: &[u8]) -> Option<Vec<u8>> {
    let mut made = Vec::new();
    let mut rest = text;
    while let Some(word) = bytes::next_word(&mut rest, b"[]{}<>() \t\n\x0c\r,:-_;") {
        let [high, low] = bytes::rest(word, b"0x").unwrap_or(word) else { return None };
        made.push(hex::value(*high)? << 4 | hex::value(*low)?);
    }
    Some(made)
}

fn numbers(text: &[u8]) -> Option<Vec<u8>> {
    let mut made = Vec::new();
    let mut rest = text;
    while let Some(word) = bytes::next_word(&mut rest, b"[]{}<>() \t\n\x0c\r,") {
        let (is_negative, digits) = match word {
            [b'-', digits @ ..] => (true, digits),
            [b'+', digits @ ..] | digits => (false, digits),
        };
        let mut number = 0_u16;
        for digit in digits {
            number = number * 10 + u16::from(hex::value(*digit).filter(|value| *value < 10)?);
            if number > 256 {
                return None;
            }
        }
        if digits.is_empty() {
            return None;
        }
        made.push(u8::try_from(if is_negative { (256 - number) & 0xff } else { number }).ok()?);
    }
    Some(made)
}

/// Characters of documents, each with the one that a keyboard has.
const TYPED: Words = Words::of("“|\"|”|\"|„|\"|‟|\"|‘|'|’|'|‚|'|–|-|—|-|‑|-|…|...|\u{a0}| ".as_bytes());

/// A text as it was typed, before a document or a chat made it nicer.
pub(super) fn typed(text: &[u8]) -> Vec<u8> {
    let mut made = bytes::copied(text);
    let mut pairs = TYPED;
    while let (Some(nice), Some(plain)) = (pairs.next(), pairs.next()) {
        if bytes::has(&made, nice) {
            made = bytes::replaced(&made, nice, plain);
        }
    }
    made
}

/// Brackets, stars and signs that tables, chats and templates put around a value, in pairs.
const FRAMES: Words = Words::of("**|**|*|*|(|)|[|]|{{|}}|${|}|{|}|\"\"\"|\"\"\"|„|“|‚|‘|_|_".as_bytes());

/// What is inside of such a frame.
pub(super) fn without_frame(text: &[u8]) -> Option<&[u8]> {
    bytes::framed(text, FRAMES, |_| true)
}

/// Words of languages, each with what it is in JSON.
const WORDS: Words = Words::of(
    b"True|true|true|true|False|false|false|false|None|null|nil|null|null|null|NULL|null|undefined|null",
);

/// An object as Python, Ruby, PHP or JavaScript code writes it, as JSON without spaces: other quotes,
/// words and arrows, keys without quotes, commas at the end. `None` if it is not one.
#[inline(never)]
pub(super) fn as_json(text: &[u8]) -> Option<Vec<u8>> {
    if !matches!(text, [b'{' | b'[', ..]) {
        return None;
    }
    let mut made: Vec<u8> = Vec::with_capacity(text.len());
    let mut rest = text;
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || bytes::holds(b"_$", *byte);
    while let [byte, after @ ..] = rest {
        rest = after;
        match byte {
            b'"' | b'\'' => {
                let mut end = 0;
                while after.get(end)? != byte {
                    end += if after.get(end) == Some(&b'\\') { 2 } else { 1 };
                }
                let raw = after.get(..end)?;
                let resolved = resolved(raw);
                bytes::push(&json::quoted(resolved.as_deref().unwrap_or(raw)), &mut made);
                rest = after.get(end + 1..)?;
            }
            b'=' => {
                rest = bytes::rest(after, b">").unwrap_or(after);
                made.push(b':');
            }
            b']' | b'}' => {
                if made.last() == Some(&b',') {
                    made.pop();
                }
                made.push(*byte);
            }
            _ if byte.is_ascii_whitespace() => {}
            _ if is_part(byte) && !byte.is_ascii_digit() => {
                let end = after.iter().position(|byte| !is_part(byte)).unwrap_or(after.len());
                let (more, then) = after.split_at_checked(end)?;
                let name = bytes::joined(&[&[*byte], more]);
                let mut words = WORDS;
                let quoted = json::quoted(&name);
                let word = loop {
                    match (words.next(), words.next()) {
                        (Some(word), Some(meant)) if word == name => break meant,
                        (Some(_), Some(_)) => {}
                        _ => break &*quoted,
                    }
                };
                bytes::push(word, &mut made);
                rest = then;
            }
            _ => made.push(*byte),
        }
    }
    json::Document::read(&made).is_some().then_some(made)
}
