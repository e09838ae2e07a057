//! The forms that a payload may have had when it was signed.

use alloc::{string::String, vec::Vec};

use super::{
    Deviation,
    json::{self, Escapes, MINIFIED, Style},
};

/// A way to change a payload, and its deviations.
pub(super) struct Variant {
    pub(super) deviations: &'static [Deviation],
    steps: &'static [Step],
}

impl Variant {
    /// The changed payload; `None` if it would be the same.
    pub(super) fn of(&self, payload: &[u8]) -> Option<Vec<u8>> {
        let made = self.steps.iter().try_fold(payload.to_vec(), |made, step| step.of(&made))?;
        (made != payload || self.deviations.is_empty()).then_some(made)
    }
}

/// One change to a payload. Data, not functions: one `match` is a third of the size
/// of as many closures.
enum Step {
    Written(Style),
    /// With other escapes but the same spaces.
    Escaped(Escapes),
    /// With bytes before and after.
    Between(&'static [u8], &'static [u8]),
    WithoutFinalNewline,
    /// With this end of each line.
    Lines(&'static [u8]),
    Trimmed,
    WithoutBom,
    DoublyEncoded,
    InnerOnly,
    Literal(&'static [u8]),
    Latin1,
    Mojibake,
    Unquoted,
}

use Step::{
    Between, DoublyEncoded, Escaped, InnerOnly, Latin1, Lines, Literal, Mojibake, Trimmed, Unquoted,
    WithoutBom, WithoutFinalNewline, Written,
};

macro_rules! variants {
    ($( [$($deviation:ident),*] $($step:expr),*; )*) => {
        &[$( Variant { deviations: &[$(Deviation::$deviation),*], steps: &[$($step),*] }, )*]
    };
}

const BOM: &[u8] = b"\xef\xbb\xbf";
const NEWLINE: Step = Between(b"", b"\n");
const SPACED: Style = Style { comma: b", ", colon: b": ", ..MINIFIED };
const INDENTED: Style = Style { indent: Some(b"  "), colon: b": ", ..MINIFIED };
const INDENTED_BY_4: Style = Style { indent: Some(b"    "), ..INDENTED };
const INDENTED_BY_TABS: Style = Style { indent: Some(b"\t"), ..INDENTED };

const fn sorted(style: Style) -> Step {
    Written(Style { is_sorted: true, ..style })
}

const fn escaped(style: Style, escapes: Escapes) -> Step {
    Written(Style { escapes, ..style })
}

/// Fewest deviations first, then the smallest change first.
pub(super) const VARIANTS: &[Variant] = variants! {
    [] ;
    [PayloadFinalNewlineRemoved] WithoutFinalNewline;
    [PayloadFinalNewlineAdded] NEWLINE;
    [PayloadFinalNewlineAdded] Between(b"", b"\r\n");
    [PayloadLf] Lines(b"\n");
    [PayloadCrlf] Lines(b"\r\n");
    [PayloadTrimmed] Trimmed;
    [PayloadBomAdded] Between(BOM, b"");
    [PayloadBomRemoved] WithoutBom;
    [PayloadMinified] Written(MINIFIED);
    [PayloadIndentedBy2] Written(INDENTED);
    [PayloadIndentedBy4] Written(INDENTED_BY_4);
    [PayloadIndentedByTabs] Written(INDENTED_BY_TABS);
    [PayloadSpaced] Written(SPACED);
    [PayloadAsciiOnly] Escaped(Escapes::NonAscii);
    [PayloadUnescaped] Escaped(Escapes::Fewest);
    [PayloadHtmlEscaped] Escaped(Escapes::Html);
    [PayloadGsonEscaped] Escaped(Escapes::Gson);
    [PayloadSlashesEscaped] Escaped(Escapes::Slashes);
    [PayloadSortedKeys] sorted(MINIFIED);
    [PayloadDoublyEncoded] DoublyEncoded;
    [PayloadInnerOnly] InnerOnly;
    [PayloadObjectObject] Literal(b"[object Object]");
    [PayloadEmpty] Literal(b"");
    [PayloadLatin1] Latin1;
    [PayloadMojibake] Mojibake;
    [PayloadUnquoted] Unquoted;
    [PayloadQuoted] Between(b"\"", b"\"");

    [PayloadMinified, PayloadFinalNewlineAdded] Written(MINIFIED), NEWLINE;
    [PayloadIndentedBy2, PayloadFinalNewlineAdded] Written(INDENTED), NEWLINE;
    [PayloadIndentedBy4, PayloadFinalNewlineAdded] Written(INDENTED_BY_4), NEWLINE;
    [PayloadSpaced, PayloadAsciiOnly] escaped(SPACED, Escapes::NonAscii);
    [PayloadSpaced, PayloadSortedKeys] sorted(SPACED);
    [PayloadIndentedBy2, PayloadSortedKeys] sorted(INDENTED);
    [PayloadIndentedBy2, PayloadAsciiOnly] escaped(INDENTED, Escapes::NonAscii);
    [PayloadIndentedBy2, PayloadCrlf] Written(INDENTED), Lines(b"\r\n");
    [PayloadMinified, PayloadAsciiOnly] escaped(MINIFIED, Escapes::NonAscii);
    [PayloadMinified, PayloadUnescaped] escaped(MINIFIED, Escapes::Fewest);
    [PayloadMinified, PayloadHtmlEscaped] escaped(MINIFIED, Escapes::Html);
    [PayloadMinified, PayloadGsonEscaped] escaped(MINIFIED, Escapes::Gson);
    [PayloadMinified, PayloadSlashesEscaped] escaped(MINIFIED, Escapes::Slashes);
    [PayloadSlashesEscaped, PayloadAsciiOnly] escaped(MINIFIED, Escapes::Php);
    [PayloadInnerOnly, PayloadMinified] InnerOnly, Written(MINIFIED);
    [PayloadMinified, PayloadDoublyEncoded] Written(MINIFIED), DoublyEncoded;
    [PayloadBomRemoved, PayloadMinified] WithoutBom, Written(MINIFIED);
    [PayloadSpaced, PayloadSortedKeys, PayloadAsciiOnly]
        Written(Style { is_sorted: true, escapes: Escapes::NonAscii, ..SPACED });
};

impl Step {
    fn of(&self, payload: &[u8]) -> Option<Vec<u8>> {
        let text = || core::str::from_utf8(payload).ok();
        match self {
            Written(style) => json::rewrite(payload, *style),
            Escaped(escapes) => respaced(payload, *escapes),
            Between(before, after) => Some([before, payload, after].concat()),
            WithoutFinalNewline => {
                let line = payload.strip_suffix(b"\n")?;
                Some(line.strip_suffix(b"\r").unwrap_or(line).to_vec())
            }
            Lines(end) => text().map(|_| with_lines(payload, end)),
            Trimmed => Some(payload.trim_ascii().to_vec()),
            WithoutBom => payload.strip_prefix(BOM).map(<[u8]>::to_vec),
            DoublyEncoded => text().map(|_| json::quoted(payload)),
            InnerOnly => text().and_then(|_| json::member(payload, b"payload")).map(<[u8]>::to_vec),
            Literal(literal) => Some(literal.to_vec()),
            Latin1 => text()?.chars().map(|character| u8::try_from(character).ok()).collect(),
            Mojibake => Some(payload.iter().map(|&byte| char::from(byte)).collect::<String>().into_bytes()),
            Unquoted => match payload {
                [open @ (b'"' | b'\''), inner @ .., close] if open == close => Some(inner.to_vec()),
                _ => None,
            },
        }
    }
}

/// Only strings change: finds the style in which the body is written already, and
/// writes it in that style with other escapes.
fn respaced(payload: &[u8], escapes: Escapes) -> Option<Vec<u8>> {
    [MINIFIED, SPACED, INDENTED, INDENTED_BY_4, INDENTED_BY_TABS]
        .into_iter()
        .find(|style| json::rewrite(payload, *style).as_deref() == Some(payload))
        .and_then(|style| json::rewrite(payload, Style { escapes, ..style }))
}

/// Writes another end for each line. A line ends with CR LF or LF.
fn with_lines(payload: &[u8], end: &[u8]) -> Vec<u8> {
    let mut made = Vec::with_capacity(payload.len());
    let mut rest = payload;
    loop {
        rest = match rest {
            [b'\r', b'\n', rest @ ..] | [b'\n', rest @ ..] => {
                made.extend_from_slice(end);
                rest
            }
            [byte, rest @ ..] => {
                made.push(*byte);
                rest
            }
            [] => return made,
        };
    }
}
