//! The forms that a payload may have had when it was signed: the payload as it is, or a
//! body inside it, perhaps written again by another language, perhaps changed on its way.

use alloc::vec::Vec;

use crate::base64;

use super::{
    Deviation, body, bytes,
    charset::{self, Charset},
    deviation::{extend, with_once},
    hex,
    json::{self, Axis, Document, WRITERS, Writer},
    percent,
    runtime::Runtime,
    words::Words,
};

/// The bytes that a form starts from.
pub(super) struct Base {
    pub(super) deviations: Vec<Deviation>,
    pub(super) bytes: Vec<u8>,
    document: Option<Document>,
    cost: u8,
    /// Whether nothing else can have happened to it.
    is_final: bool,
}

/// The forms, the likeliest first. They are made one at a time.
pub(super) struct Forms {
    bases: Vec<Base>,
    rows: Vec<Row>,
    /// The forms that were made, to make none twice.
    made: Vec<u64>,
    /// What a writer wrote last: many rows follow with a change to it.
    written: Option<(Row, Vec<u8>)>,
    /// Writers that write what another wrote before.
    needless: Vec<(u8, u8)>,
}

/// A base, perhaps a writer, perhaps a change: places in their tables.
#[derive(Clone, Copy)]
struct Row {
    base: u8,
    writer: Option<u8>,
    change: Option<u8>,
    cost: u8,
}

/// A form of the payload.
pub(super) struct Made {
    pub(super) bytes: Vec<u8>,
    pub(super) cost: u8,
    row: Row,
}

/// Forms that are less likely than this are not made.
const MAX_COST: u8 = 3;

/// Bodies in bodies are looked for to this depth.
const MAX_LAYERS: usize = 4;

/// At most so many bodies are tried, of so many bytes in all.
const MAX_BASES: usize = 40;
const MAX_BASE_BYTES: usize = 2 << 20;

/// One change to a payload, and how unlikely it is. Data, not functions: one `match` is a
/// third of the size of as many closures.
struct Change {
    cost: u8,
    deviation: Deviation,
    step: Step,
    /// Whether it often happens to what a writer wrote.
    follows_writers: bool,
}

enum Step {
    /// With bytes before and after.
    Between(&'static [u8], &'static [u8]),
    WithoutFinalNewline,
    /// With this end of each line.
    Lines(&'static [u8]),
    Trimmed,
    WithoutBom,
    Unquoted,
    Quoted,
    Encoded(Charset),
    /// UTF-8 that was read in another charset.
    Misread(Charset),
    /// Big-endian or not, and with a byte-order mark or not.
    Utf16(bool, bool),
    /// Each character, or each byte of one, that is not ASCII is replaced.
    Lost(&'static [u8], bool),
    Normalised(bool),
    Base64,
    Base64Quoted,
    /// With a newline after so many digits, and at the end.
    Base64Lines(usize),
    Base64Unpadded,
    /// Quoted, but without the quotes around it.
    Escaped,
    /// Quoted, and a newline.
    QuotedLine,
    /// Quoted, with other escapes.
    QuotedBy(&'static Writer),
    Hex(bool),
    /// Percent-encoded, after the first and before the second; with a plus for a space or not.
    Percent(&'static str, bool, &'static str),
    /// As `encodeURIComponent` does.
    Component(&'static str),
    WithoutSpace,
    LowerCase,
    /// `b'…'`.
    Python,
    /// Bytes as numbers: before, between and after them, and whether they are signed.
    Numbers([&'static str; 3], bool),
    /// The object that a `Uint8Array` becomes in JSON.
    Places,
    /// Pairs of digits.
    Pairs,
    /// Pairs of digits in upper case with hyphens, as .NET's `BitConverter` writes them.
    Parted,
    /// `b'…'` with something around it.
    Around(&'static str, &'static str),
}

use Step::{
    Around, Base64Lines, Base64Quoted, Base64Unpadded, Between, Component, Encoded, Escaped, Hex, Lines,
    Lost, LowerCase, Misread, Normalised, Numbers, Pairs, Parted, Percent, Places, Python, Quoted, QuotedBy,
    QuotedLine, Trimmed, Unquoted, Utf16, WithoutBom, WithoutFinalNewline, WithoutSpace,
};

const BOM: &[u8] = b"\xef\xbb\xbf";

macro_rules! changes {
    ($( $cost:literal $follows:literal $deviation:ident $( $step:expr ),+; )*) => {
        &[$($( Change {
            cost: $cost,
            deviation: Deviation::$deviation,
            step: $step,
            follows_writers: $follows,
        }, )+)*]
    };
}

/// The smallest change first. `true` says that it often happens to what a writer wrote.
const CHANGES: &[Change] = changes! {
    1 false PayloadFinalNewlineRemoved WithoutFinalNewline;
    1 true PayloadFinalNewlineAdded Between(b"", b"\n");
    1 false PayloadFinalNewlineAdded Between(b"", b"\r\n");
    1 false PayloadLf Lines(b"\n");
    1 true PayloadCrlf Lines(b"\r\n");
    1 false PayloadTrimmed Trimmed;
    1 false PayloadBomAdded Between(BOM, b"");
    1 false PayloadBomRemoved WithoutBom;
    1 false PayloadUnquoted Unquoted;
    1 false PayloadQuoted Between(b"\"", b"\"");
    2 false PayloadQuoted Between(b"'", b"'");
    1 true PayloadDoublyEncoded Quoted;
    1 false PayloadLatin1 Encoded(Charset::Latin1);
    1 false PayloadMojibake Misread(Charset::Latin1);
    1 false PayloadMojibake Misread(Charset::Windows1252);
    2 false PayloadMojibake Misread(Charset::Cp850);
    2 false PayloadLatin1 Encoded(Charset::Windows1252), Encoded(Charset::Cp850);
    2 false PayloadUtf16 Utf16(false, false), Utf16(false, true), Utf16(true, false), Utf16(true, true);
    1 false PayloadCharactersLost Lost(b"?", false);
    2 false PayloadCharactersLost Lost(b"?", true), Lost(b"", true), Lost(b"\xef\xbf\xbd", true), Lost(b"\xef\xbf\xbd", false);
    2 false PayloadNormalForm Normalised(true), Normalised(false);
    1 false PayloadBase64 Step::Base64;
    2 false PayloadBase64 Base64Quoted, Base64Lines(76), Base64Lines(64), Base64Lines(usize::MAX), Base64Unpadded;
    2 false PayloadDoublyEncoded Escaped, QuotedLine, QuotedBy(&json::DOTNET_COMPACT), QuotedBy(&json::PYTHON_COMPACT);
    2 false PayloadHex Hex(false), Hex(true);
    2 false PayloadPercentEncoded Percent("payload=", true, ""), Percent("", true, ""), Percent("", false, ""), Percent("", true, "="),
        Percent("data=", true, ""), Percent("body=", true, ""), Percent("json=", true, ""), Component("payload="), Component("");
    2 false PayloadWrapped Between(b"{\"body\":", b"}"), Between(b"{\"data\":", b"}"), Between(b"{\"payload\":", b"}"), Between(b"[", b"]"),
        Between(b"payload=", b"");
    1 false PayloadBytesShown Python;
    2 false PayloadBytesShown Numbers(["{\"type\":\"Buffer\",\"data\":[", ",", "]}"], false), Numbers(["", ",", ""], false),
        Numbers(["[", ", ", "]"], true), Numbers(["[", ", ", "]"], false), Numbers(["[", ",", "]"], false),
        Numbers(["[", " ", "]"], false), Places, Pairs, Parted, Around("bytearray(", ")");
    2 false PayloadSpaceRemoved WithoutSpace;
    2 false PayloadLowerCase LowerCase;
    2 false PayloadFinalNewlineAdded Between(b"", b"\n\n");
    2 false PayloadEndAdded Between(b"", b" "), Between(b"", b"\0"), Between(b"\n", b"");
};

/// Texts that are signed when the payload is not at hand.
const NAMES: &[(Deviation, Words)] = &[
    (Deviation::PayloadEmpty, Words::of(b"")),
    (Deviation::PayloadObjectObject, Words::of(b"[object Object]")),
    (Deviation::PayloadEmptyObject, Words::of(b"{}")),
    (
        Deviation::PayloadValueName,
        Words::of(
            b"[object Promise]|undefined|null|None|nil|NULL|Array|true|false|{}\n|[]|\"\"|\
            [object ReadableStream]|[object ArrayBuffer]|[object Blob]|[object Uint8Array]|\
            [object Buffer]|[object Request]|[object Response]|[object FormData]|\
            [object URLSearchParams]|[object Map]|[object Null]|[object Undefined]|[object AsyncFunction]|\
            [object String]|System.Byte[]|System.Object|System.String|System.IO.MemoryStream|\
            System.Text.Json.JsonElement|System.Text.Json.JsonDocument|Newtonsoft.Json.Linq.JObject|map[]|<nil>|b''|NaN|\
            System.Collections.Hashtable|System.Object[]|${body}|$body|@body.json|body.json|[object Object]\n| |\n|\
            System.Collections.Generic.Dictionary`2[System.String,System.Object]|payload|body|0",
        ),
    ),
];

/// How many bytes of a body may come in its first piece.
const PIECES: &[usize] = &[256, 1000, 1024, 2048, 4096, 8192, 16_384, 32_768, 65_535, 65_536];

impl Forms {
    /// Without bodies, writers or changes if the payload is too long.
    #[inline(never)]
    pub(super) fn of(payload: Vec<u8>, is_long: bool) -> Self {
        let mut forms = Self {
            bases: Vec::new(),
            rows: Vec::new(),
            made: Vec::new(),
            written: None,
            needless: Vec::new(),
        };
        forms.add_base(Vec::new(), payload, 0, is_long);
        if !is_long {
            forms.add_bodies();
            forms.add_names();
        }
        for cost in 0..=MAX_COST {
            for place in 0..forms.bases.len() {
                forms.add_rows(place, cost);
            }
        }
        forms
    }

    fn add_base(&mut self, deviations: Vec<Deviation>, bytes: Vec<u8>, cost: u8, is_final: bool) {
        if self.bases.iter().any(|base| base.bytes == bytes) {
            return;
        }
        let document = if is_final { None } else { Document::read(&bytes) };
        self.bases.push(Base { deviations, bytes, document, cost, is_final });
    }

    /// Bodies inside the payload, and bodies inside these.
    #[inline(never)]
    fn add_bodies(&mut self) {
        let mut place = 0;
        let mut bytes = 0;
        while let Some(base) = self.bases.get(place) {
            if base.deviations.len() < MAX_LAYERS {
                let found = body::inside(&base.bytes, base.document.as_ref());
                let above = base.deviations.clone();
                for body in found {
                    bytes += body.bytes.len();
                    if self.bases.len() >= MAX_BASES || bytes > MAX_BASE_BYTES {
                        return;
                    }
                    self.add_base(with_once(&above, body.deviation), body.bytes, 1, false);
                }
            }
            place += 1;
        }
    }

    #[inline(never)]
    fn add_names(&mut self) {
        for (deviation, texts) in NAMES {
            for text in texts.clone() {
                self.add_base(Vec::from([*deviation]), bytes::copied(text), 2, true);
            }
        }
        for length in PIECES {
            let Some(base) = self.bases.first() else { return };
            let Some(first) = base.bytes.get(..*length) else { return };
            let first = bytes::copied(first);
            // The last piece is whole, or what is left.
            let rest = base.bytes.len() - length;
            let last =
                base.bytes.get(rest.saturating_sub(1) / length * length + length..).filter(|_| rest > 0);
            let last = last.map(bytes::copied);
            self.add_base(Vec::from([Deviation::PayloadPiece]), first, 2, true);
            if let Some(last) = last {
                self.add_base(Vec::from([Deviation::PayloadPiece]), last, 3, true);
            }
        }
    }

    /// Adds the rows of a base that have this cost.
    #[inline(never)]
    fn add_rows(&mut self, place: usize, cost: u8) {
        let Some(base) = self.bases.get(place) else { return };
        let Ok(place) = u8::try_from(place) else { return };
        let mut add = |writer: Option<u8>, change: Option<u8>, of_row: u8| {
            if base.cost + of_row == cost {
                self.rows.push(Row { base: place, writer, change, cost });
            }
        };
        add(None, None, 0);
        if base.is_final {
            return;
        }
        for (change, one) in (0..).zip(CHANGES) {
            add(None, Some(change), one.cost);
        }
        if base.document.is_none() {
            return;
        }
        for (writer, one) in (0..).zip(WRITERS) {
            add(Some(writer), None, one.cost);
        }
        for (writer, one) in (0..).zip(WRITERS).filter(|(_, one)| one.cost == 1) {
            for (change, other) in (0..).zip(CHANGES).filter(|(_, other)| other.follows_writers) {
                add(Some(writer), Some(change), one.cost + other.cost);
            }
        }
    }

    pub(super) fn count(&self) -> usize {
        self.rows.len()
    }

    /// The payload itself.
    pub(super) fn payload(&self) -> &[u8] {
        self.bases.first().map_or(&[], |base| &base.bytes)
    }

    /// How many different forms were made.
    pub(super) fn made(&self) -> u32 {
        u32::try_from(self.made.len()).unwrap_or(u32::MAX)
    }

    /// How long the base of a form is, in bytes.
    pub(super) fn length(&self, place: usize) -> usize {
        self.rows
            .get(place)
            .and_then(|row| self.bases.get(usize::from(row.base)))
            .map_or(0, |base| base.bytes.len())
    }

    /// Makes a form; `None` if there is none, or if it was made before.
    #[inline(never)]
    pub(super) fn make(&mut self, place: usize, runtime: Runtime) -> Option<Made> {
        let row = *self.rows.get(place)?;
        if row.writer.is_some_and(|writer| self.needless.contains(&(row.base, writer))) {
            return None;
        }
        let base = self.bases.get(usize::from(row.base))?;
        let mut written = &base.bytes;
        if let Some(writer) = row.writer() {
            let is_here =
                matches!(&self.written, Some((of, _)) if (of.base, of.writer) == (row.base, row.writer));
            if !is_here {
                let text = json::write(&base.bytes, base.document.as_ref()?, writer, runtime)?;
                self.written = Some((row, text));
            }
            written = &self.written.as_ref()?.1;
        }
        let bytes = match row.change() {
            Some(change) => change.step.of(written, runtime)?,
            None => bytes::copied(written),
        };
        let key = fingerprint(&bytes);
        let Err(between) = self.made.binary_search(&key) else {
            if let (Some(writer), None) = (row.writer, row.change) {
                self.needless.push((row.base, writer));
            }
            return None;
        };
        self.made.insert(between, key);
        Some(Made { bytes, cost: row.cost, row })
    }

    /// How a form differs from the payload.
    #[inline(never)]
    pub(super) fn deviations(&self, made: &Made, runtime: Runtime) -> Vec<Deviation> {
        let Some(base) = self.bases.get(usize::from(made.row.base)) else { return Vec::new() };
        let mut found = base.deviations.clone();
        if let (Some(writer), Some(document)) = (made.row.writer(), &base.document) {
            extend(&mut found, &differences(&base.bytes, document, writer, runtime));
        }
        if let Some(change) = made.row.change() {
            found.push(change.deviation);
        }
        found
    }
}

impl Row {
    fn writer(self) -> Option<&'static Writer> {
        WRITERS.get(usize::from(self.writer?))
    }

    fn change(self) -> Option<&'static Change> {
        CHANGES.get(usize::from(self.change?))
    }
}

/// 64 bits of a text, after FNV-1a but with eight bytes at a time. A form that has those of
/// another by chance is not tried.
fn fingerprint(bytes: &[u8]) -> u64 {
    let add = |hash: u64, word: u64| (hash ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29);
    let (words, rest) = bytes.as_chunks();
    let hash = words.iter().fold(bytes.len() as u64, |hash, word| add(hash, u64::from_le_bytes(*word)));
    rest.iter().fold(hash, |hash, byte| add(hash, u64::from(*byte) + 1))
}

/// In which sides a writer's text differs from the source.
#[inline(never)]
fn differences(source: &[u8], document: &Document, writer: &Writer, runtime: Runtime) -> Vec<Deviation> {
    let write = |writer: &Writer| json::write(source, document, writer, runtime);
    let without = |axis| {
        let (order, language) = writer.without(axis);
        json::write_as(source, document, writer, order, &language, runtime)
    };
    let written = write(writer);
    let mut found = Vec::new();
    if let Some(deviation) = writer.own_notation() {
        return [deviation].into();
    }
    let trimmed = source.trim_ascii_end();
    let is_own = |one: &Writer| {
        one.keeps_everything() && write(one).is_some_and(|text| text.trim_ascii_end() == trimmed)
    };
    let own = WRITERS.iter().find(|one| is_own(one));
    if !own.is_some_and(|own| own.spacing == writer.spacing) {
        extend(&mut found, &writer.spacing_deviations());
    }
    for (axis, deviation) in [
        (Axis::Order, writer.order_deviation()),
        (Axis::Duplicates, Deviation::PayloadDuplicatesDropped),
        (Axis::Nulls, Deviation::PayloadNullsDropped),
    ] {
        if without(axis) != written {
            found.push(deviation);
        }
    }
    let in_language =
        |language: &_| json::write_as(source, document, writer, writer.order, language, runtime);
    extend(&mut found, &writer.escape_deviations(&|language| in_language(language) != written));
    for (axis, deviation) in [
        (Axis::Numbers, Deviation::PayloadNumbersRewritten),
        (Axis::EmptyObjects, Deviation::PayloadEmptyObjectsAsLists),
    ] {
        if without(axis) != written {
            found.push(deviation);
        }
    }
    let ends = [source.ends_with(b"\n"), writer.ends_line];
    if ends == [false, true] {
        found.push(Deviation::PayloadFinalNewlineAdded);
    } else if ends == [true, false] && found.is_empty() {
        found.push(Deviation::PayloadFinalNewlineRemoved);
    }
    found
}

impl Step {
    /// The changed bytes; `None` if there would be no change.
    fn of(&self, payload: &[u8], runtime: Runtime) -> Option<Vec<u8>> {
        let mut made = Vec::with_capacity(payload.len());
        self.write(payload, runtime, &mut made)?;
        (made != payload).then_some(made)
    }

    #[inline(never)]
    fn write(&self, payload: &[u8], runtime: Runtime, made: &mut Vec<u8>) -> Option<()> {
        let text = core::str::from_utf8(payload).ok();
        // Most bodies are ASCII: to them, no charset makes a difference.
        let letters = text.filter(|text| !bytes::is_ascii(text.as_bytes()));
        match self {
            Between(before, after) => {
                bytes::push(before, made);
                bytes::push(payload, made);
                bytes::push(after, made);
            }
            WithoutFinalNewline => {
                let line = payload.strip_suffix(b"\n")?;
                bytes::push(line.strip_suffix(b"\r").unwrap_or(line), made);
            }
            Lines(end) => {
                text.filter(|_| bytes::holds(payload, b'\n'))?;
                *made = bytes::replaced(&bytes::replaced(payload, b"\r\n", b"\n"), b"\n", end);
            }
            Trimmed => bytes::push(payload.trim_ascii(), made),
            WithoutBom => bytes::push(bytes::rest(payload, BOM)?, made),
            // What is UTF-8 again was UTF-8 before: `body` finds it, and blames this side.
            Encoded(charset) => {
                *made = charset.encode(letters?).filter(|made| core::str::from_utf8(made).is_err())?;
            }
            Misread(charset) => *made = charset.decode(letters?.as_bytes()),
            Utf16(is_big_endian, has_mark) => {
                if *has_mark {
                    charset::push_utf16("\u{feff}", *is_big_endian, made);
                }
                charset::push_utf16(text?, *is_big_endian, made);
            }
            Lost(sign, is_by_byte) => *made = charset::lost(letters?, sign, *is_by_byte),
            Normalised(is_composed) => *made = (runtime.normalised)(letters?, *is_composed).into_bytes(),
            WithoutSpace => *made = bytes::without(payload, b" \t\n\x0c\r"),
            LowerCase => *made = payload.to_ascii_lowercase(),
            Python => push_python(payload, made),
            Numbers([before, between, after], is_signed) => {
                bytes::push(before.as_bytes(), made);
                for (place, byte) in payload.iter().enumerate() {
                    if place > 0 {
                        bytes::push(between.as_bytes(), made);
                    }
                    let number = if *is_signed { i32::from(byte.cast_signed()) } else { i32::from(*byte) };
                    bytes::push_number(number, made);
                }
                bytes::push(after.as_bytes(), made);
            }
            Places => {
                for (place, byte) in (0..).zip(payload) {
                    bytes::push(if place > 0 { b",\"" } else { b"{\"" }, made);
                    bytes::push_number(place, made);
                    bytes::push(b"\":", made);
                    bytes::push_number((*byte).into(), made);
                }
                bytes::push(if payload.is_empty() { b"{}" } else { b"}" }, made);
            }
            Pairs => push_buffer(payload, made),
            Parted => {
                for byte in payload {
                    hex::push(*byte, made);
                    made.push(b'-');
                }
                made.pop();
                made.make_ascii_uppercase();
            }
            Around(before, after) => {
                bytes::push(before.as_bytes(), made);
                push_python(payload, made);
                bytes::push(after.as_bytes(), made);
            }
            Quoted => *made = json::quoted(text?.as_bytes()),
            Escaped => {
                let quoted = json::quoted(text?.as_bytes());
                bytes::push(quoted.get(1..quoted.len() - 1)?, made);
            }
            QuotedLine => {
                *made = json::quoted(text?.as_bytes());
                made.push(b'\n');
            }
            QuotedBy(writer) => *made = writer.quoted(text?.as_bytes()),
            Unquoted => match payload {
                [open @ (b'"' | b'\'' | b'`'), inner @ .., close] if open == close => {
                    bytes::push(inner, made);
                }
                _ => return None,
            },
            _ => self.write_encoded(payload, made),
        }
        Some(())
    }

    /// In base64, hexadecimal digits or percent-encoded.
    fn write_encoded(&self, payload: &[u8], made: &mut Vec<u8>) {
        match self {
            Step::Base64 => *made = base64::encode(payload),
            Hex(is_upper) => {
                *made = hex::encode(payload);
                if *is_upper {
                    made.make_ascii_uppercase();
                }
            }
            Percent(name, is_form, end) => {
                bytes::push(name.as_bytes(), made);
                // What `encodeURIComponent` and forms leave as it is.
                percent::push_encoded(payload, b"-_.*", if *is_form { b"+" } else { b"%20" }, made);
                bytes::push(end.as_bytes(), made);
            }
            Component(name) => {
                bytes::push(name.as_bytes(), made);
                percent::push_encoded(payload, b"-_.!~*'()", b"%20", made);
            }
            Base64Lines(length) => {
                for line in base64::encode(payload).chunks(*length) {
                    bytes::push(line, made);
                    made.push(b'\n');
                }
            }
            Base64Unpadded => bytes::push(bytes::without_end(&base64::encode(payload), b'='), made),
            Base64Quoted => *made = json::quoted(&base64::encode(payload)),
            _ => {}
        }
    }
}

/// `repr(bytes)`.
#[inline(never)]
fn push_python(payload: &[u8], made: &mut Vec<u8>) {
    made.push(b'b');
    json::push_python(payload, true, made);
}

/// A Buffer as Node shows it: 50 bytes at most.
#[inline(never)]
fn push_buffer(payload: &[u8], made: &mut Vec<u8>) {
    const SHOWN: usize = 50;
    bytes::push(b"<Buffer", made);
    for byte in payload.iter().take(SHOWN) {
        made.push(b' ');
        hex::push(*byte, made);
    }
    if let Ok(more @ 1..) = i32::try_from(payload.len().saturating_sub(SHOWN)) {
        bytes::push(b" ... ", made);
        bytes::push_number(more, made);
        bytes::push(if more == 1 { b" more byte" } else { b" more bytes" }, made);
    }
    made.push(b'>');
}
