//! What a payload may have been when it was signed.

use super::{
    Deviation,
    json::{self, Escapes, MINIFIED, Style},
};

/// What a payload is made into, and the deviations that this is.
pub(super) struct Variant {
    pub(super) deviations: &'static [Deviation],
    make: fn(&[u8]) -> Option<Vec<u8>>,
}

impl Variant {
    /// The payload that was signed then; nothing where it would be the same.
    pub(super) fn of(&self, payload: &[u8]) -> Option<Vec<u8>> {
        (self.make)(payload).filter(|made| made != payload || self.deviations.is_empty())
    }
}

macro_rules! variants {
    ($( [$($deviation:ident),*] $make:expr; )*) => {
        &[$( Variant { deviations: &[$(Deviation::$deviation),*], make: $make }, )*]
    };
}

const SPACED: Style = Style { comma: ", ", colon: ": ", ..MINIFIED };
const INDENTED: Style = Style { indent: Some("  "), colon: ": ", ..MINIFIED };

/// Fewest deviations first; of equal ones that which changes least.
pub(super) const VARIANTS: &[Variant] = variants! {
    [] |payload| Some(payload.to_vec());
    [PayloadFinalNewlineRemoved] without_final_newline;
    [PayloadFinalNewlineAdded] |payload| Some([payload, b"\n"].concat());
    [PayloadFinalNewlineAdded] |payload| Some([payload, b"\r\n"].concat());
    [PayloadLf] to_lf;
    [PayloadCrlf] to_crlf;
    [PayloadTrimmed] |payload| Some(payload.trim_ascii().to_vec());
    [PayloadBomAdded] |payload| Some([BOM, payload].concat());
    [PayloadBomRemoved] |payload| payload.strip_prefix(BOM).map(<[u8]>::to_vec);
    [PayloadMinified] |payload| written(payload, MINIFIED);
    [PayloadIndentedBy2] |payload| written(payload, INDENTED);
    [PayloadIndentedBy4] |payload| written(payload, Style { indent: Some("    "), ..INDENTED });
    [PayloadIndentedByTabs] |payload| written(payload, Style { indent: Some("\t"), ..INDENTED });
    [PayloadSpaced] |payload| written(payload, SPACED);
    [PayloadAsciiOnly] |payload| respaced(payload, Escapes::NonAscii);
    [PayloadUnescaped] |payload| respaced(payload, Escapes::Fewest);
    [PayloadHtmlEscaped] |payload| respaced(payload, Escapes::Html);
    [PayloadGsonEscaped] |payload| respaced(payload, Escapes::Gson);
    [PayloadSlashesEscaped] |payload| respaced(payload, Escapes::Slashes);
    [PayloadSortedKeys] |payload| written(payload, Style { is_sorted: true, ..MINIFIED });
    [PayloadDoublyEncoded] doubly_encoded;
    [PayloadInnerOnly] |payload| inner(payload).map(|inner| inner.as_bytes().to_vec());
    [PayloadObjectObject] |_| Some(b"[object Object]".to_vec());
    [PayloadEmpty] |_| Some(Vec::new());
    [PayloadLatin1] to_latin1;
    [PayloadMojibake] |payload| Some(payload.iter().map(|&byte| char::from(byte)).collect::<String>().into_bytes());
    [PayloadUnquoted] unquoted;
    [PayloadQuoted] |payload| Some([b"\"", payload, b"\""].concat());

    [PayloadMinified, PayloadFinalNewlineAdded] |payload| with_newline(written(payload, MINIFIED));
    [PayloadIndentedBy2, PayloadFinalNewlineAdded] |payload| with_newline(written(payload, INDENTED));
    [PayloadIndentedBy4, PayloadFinalNewlineAdded]
        |payload| with_newline(written(payload, Style { indent: Some("    "), ..INDENTED }));
    [PayloadSpaced, PayloadAsciiOnly]
        |payload| written(payload, Style { escapes: Escapes::NonAscii, ..SPACED });
    [PayloadSpaced, PayloadSortedKeys] |payload| written(payload, Style { is_sorted: true, ..SPACED });
    [PayloadIndentedBy2, PayloadSortedKeys]
        |payload| written(payload, Style { is_sorted: true, ..INDENTED });
    [PayloadIndentedBy2, PayloadCrlf] |payload| to_crlf(&written(payload, INDENTED)?);
    [PayloadMinified, PayloadAsciiOnly]
        |payload| written(payload, Style { escapes: Escapes::NonAscii, ..MINIFIED });
    [PayloadMinified, PayloadUnescaped]
        |payload| written(payload, Style { escapes: Escapes::Fewest, ..MINIFIED });
    [PayloadMinified, PayloadHtmlEscaped]
        |payload| written(payload, Style { escapes: Escapes::Html, ..MINIFIED });
    [PayloadMinified, PayloadGsonEscaped]
        |payload| written(payload, Style { escapes: Escapes::Gson, ..MINIFIED });
    [PayloadMinified, PayloadSlashesEscaped]
        |payload| written(payload, Style { escapes: Escapes::Slashes, ..MINIFIED });
    [PayloadSlashesEscaped, PayloadAsciiOnly]
        |payload| written(payload, Style { escapes: Escapes::Php, ..MINIFIED });
    [PayloadInnerOnly, PayloadMinified]
        |payload| json::rewrite(inner(payload)?, MINIFIED).map(String::into_bytes);
    [PayloadMinified, PayloadDoublyEncoded] |payload| doubly_encoded(&written(payload, MINIFIED)?);
    [PayloadBomRemoved, PayloadMinified]
        |payload| written(payload.strip_prefix(BOM)?, MINIFIED);
};

const BOM: &[u8] = b"\xef\xbb\xbf";

fn text(payload: &[u8]) -> Option<&str> {
    core::str::from_utf8(payload).ok()
}

fn written(payload: &[u8], style: Style) -> Option<Vec<u8>> {
    json::rewrite(text(payload)?, style).map(String::into_bytes)
}

/// Other escapes, and the spaces as they are. Texts are all that changes, so
/// the body is written in each style that it may be in already.
fn respaced(payload: &[u8], escapes: Escapes) -> Option<Vec<u8>> {
    [
        MINIFIED,
        SPACED,
        INDENTED,
        Style { indent: Some("    "), ..INDENTED },
        Style { indent: Some("\t"), ..INDENTED },
    ]
    .into_iter()
    .find(|style| written(payload, *style).as_deref() == Some(payload))
    .and_then(|style| written(payload, Style { escapes, ..style }))
}

fn inner(payload: &[u8]) -> Option<&str> {
    json::member(text(payload)?, "payload")
}

fn with_newline(payload: Option<Vec<u8>>) -> Option<Vec<u8>> {
    payload.map(|payload| [&payload, b"\n".as_slice()].concat())
}

fn without_final_newline(payload: &[u8]) -> Option<Vec<u8>> {
    let line = payload.strip_suffix(b"\n")?;
    Some(line.strip_suffix(b"\r").unwrap_or(line).to_vec())
}

fn to_lf(payload: &[u8]) -> Option<Vec<u8>> {
    text(payload).map(|text| text.replace("\r\n", "\n").into_bytes())
}

fn to_crlf(payload: &[u8]) -> Option<Vec<u8>> {
    text(payload).map(|text| text.replace("\r\n", "\n").replace('\n', "\r\n").into_bytes())
}

fn doubly_encoded(payload: &[u8]) -> Option<Vec<u8>> {
    serde_json::to_vec(text(payload)?).ok()
}

fn to_latin1(payload: &[u8]) -> Option<Vec<u8>> {
    text(payload)?.chars().map(|character| u8::try_from(character).ok()).collect()
}

fn unquoted(payload: &[u8]) -> Option<Vec<u8>> {
    let quote = *payload.first().filter(|quote| matches!(quote, b'"' | b'\''))?;
    Some(payload.get(1..)?.strip_suffix(&[quote])?.to_vec())
}
