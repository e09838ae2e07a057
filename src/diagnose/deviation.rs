//! The one table of what a token can have been made from instead.

use crate::finding::findings;

/// What was not as it should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Blame {
    /// The bytes that were hashed are not those that arrived.
    Payload,
    /// The secret is another one.
    Secret,
    /// Payload and secret were combined in another way.
    Construction,
    /// The token is right, and written otherwise.
    Token,
}

impl Blame {
    /// `"payload"`, `"secret"`, `"construction"` or `"token"`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Payload => "payload",
            Self::Secret => "secret",
            Self::Construction => "construction",
            Self::Token => "token",
        }
    }
}

findings! {
    /// One way in which a token can differ from the right one.
    ///
    /// Names are stable; new ones may be added.
    ///
    /// ```
    /// use mia_webhooks::diagnose::{Blame, Deviation};
    /// assert_eq!(Deviation::SecretFinalNewline.name(), "secret_final_newline");
    /// assert_eq!(Deviation::SecretFinalNewline.blame(), Blame::Secret);
    /// ```
    Deviation,
    /// What was not as it should be.
    blame: Blame;

    Payload PayloadMinified, "payload_minified",
        "The token belongs to the JSON without spaces.",
        "Something spaced or indented the body after it was signed. Verify the raw body, before any JSON parser.";
    Payload PayloadIndentedBy2, "payload_indented_by_2",
        "The token belongs to the JSON indented by two spaces.",
        "Verify the raw body, before any JSON parser.";
    Payload PayloadIndentedBy4, "payload_indented_by_4",
        "The token belongs to the JSON indented by four spaces.",
        "Verify the raw body, before any JSON parser.";
    Payload PayloadIndentedByTabs, "payload_indented_by_tabs",
        "The token belongs to the JSON indented by tabs.",
        "Verify the raw body, before any JSON parser.";
    Payload PayloadSpaced, "payload_spaced",
        "The token belongs to the JSON with a space behind each comma and colon, as Python writes it.",
        "Verify the raw body. To sign with Python, write the JSON once, and send and sign the same bytes.";
    Payload PayloadSortedKeys, "payload_sorted_keys",
        "The token belongs to the JSON with its keys in order.",
        "Verify the raw body: a parsed and written object is another text.";
    Payload PayloadAsciiOnly, "payload_ascii_only",
        "The token belongs to the JSON with every character beyond ASCII as \\u and its number.",
        "Verify the raw body, before any JSON parser.";
    Payload PayloadUnescaped, "payload_unescaped",
        "The token belongs to the JSON with its \\u escapes written out.",
        "Verify the raw body, before any JSON parser.";
    Payload PayloadHtmlEscaped, "payload_html_escaped",
        "The token belongs to the JSON with <, > and & escaped, as Go writes it.",
        "Verify the raw body. To sign with Go, use an encoder with SetEscapeHTML(false), or sign what it wrote.";
    Payload PayloadGsonEscaped, "payload_gson_escaped",
        "The token belongs to the JSON with <, >, &, = and ' escaped, as Gson writes it.",
        "Verify the raw body. To sign with Gson, use disableHtmlEscaping(), or sign what it wrote.";
    Payload PayloadSlashesEscaped, "payload_slashes_escaped",
        "The token belongs to the JSON with \\/ for each slash, as PHP writes it.",
        "Verify the raw body. To sign with PHP, use JSON_UNESCAPED_SLASHES, or sign what it wrote.";
    Payload PayloadDoublyEncoded, "payload_doubly_encoded",
        "The token belongs to the JSON written as a JSON text once more.",
        "The body was written as JSON twice before it was signed. Sign the text itself.";
    Payload PayloadInnerOnly, "payload_inner_only",
        "The token belongs to the member payload of the event alone.",
        "The whole body is hashed, eventName and eventTimestamp included.";
    Payload PayloadObjectObject, "payload_object_object",
        "The token belongs to the text [object Object].",
        "A parsed object was hashed where its text was meant. Hash the raw body.";
    Payload PayloadEmpty, "payload_empty",
        "The token belongs to an empty body.",
        "The body was read before it was hashed, or never. Read the raw body once, and keep it.";
    Payload PayloadFinalNewlineAdded, "payload_final_newline_added",
        "The token belongs to the body with a newline behind it, or between it and the secret.",
        "A tool such as echo added a newline before it was signed: use printf, or curl with --data-binary.";
    Payload PayloadFinalNewlineRemoved, "payload_final_newline_removed",
        "The token belongs to the body without the newline behind it.",
        "Send the same bytes that are signed: curl with --data-binary, not --data.";
    Payload PayloadCrlf, "payload_crlf",
        "The token belongs to the body with CR LF at the end of each line.",
        "Something changed the ends of lines, a form or an editor for example. Sign and send the same bytes.";
    Payload PayloadLf, "payload_lf",
        "The token belongs to the body with LF alone at the end of each line.",
        "Something changed the ends of lines, a form or an editor for example. Sign and send the same bytes.";
    Payload PayloadTrimmed, "payload_trimmed",
        "The token belongs to the body without white space around it.",
        "Nothing may be trimmed: verify the raw body.";
    Payload PayloadBomAdded, "payload_bom_added",
        "The token belongs to the body with a byte-order mark before it.",
        "The file that was signed begins with a byte-order mark. Save it as UTF-8 without one.";
    Payload PayloadBomRemoved, "payload_bom_removed",
        "The token belongs to the body without the byte-order mark before it.",
        "Something removed the byte-order mark, text() of a request for example. Verify the raw bytes.";
    Payload PayloadLatin1, "payload_latin1",
        "The token belongs to the body in Latin-1.",
        "Hash the body's UTF-8, not one byte for each character.";
    Payload PayloadMojibake, "payload_mojibake",
        "The token belongs to the body's UTF-8 read as Latin-1, and encoded once more.",
        "Something took the bytes for characters. Hash the raw bytes.";
    Payload PayloadUnquoted, "payload_unquoted",
        "The token belongs to the body without the quotes around it.",
        "A shell or a form added quotes. Sign and send the same bytes.";
    Payload PayloadQuoted, "payload_quoted",
        "The token belongs to the body with quotes around it.",
        "A shell or a form removed quotes. Sign and send the same bytes.";
    Secret SecretOther, "secret_other",
        "The token was made with another one of the known secrets.",
        "Use the secret of this subscription, or accept both while it is being rotated.";
    Secret SecretTrimmed, "secret_trimmed",
        "The token was made with the secret without the white space around it.",
        "The secret here has white space around it, the final newline of a file perhaps. Remove it.";
    Secret SecretFinalNewline, "secret_final_newline",
        "The token was made with a newline behind the secret, or between it and the payload.",
        "The secret there was read from a file with its final newline. Remove it there, or set it here as well.";
    Secret SecretUnquoted, "secret_unquoted",
        "The token was made with the secret without the quotes around it.",
        "The quotes became a part of the secret here, in an env file for example. Remove them.";
    Secret SecretQuoted, "secret_quoted",
        "The token was made with quotes around the secret.",
        "The quotes became a part of the secret there, in an env file for example. Remove them.";
    Secret SecretBase64Decoded, "secret_base64_decoded",
        "The token was made with the bytes that the secret is the base64 of.",
        "The secret is used as it stands: do not decode it.";
    Secret SecretBase64Encoded, "secret_base64_encoded",
        "The token was made with the base64 of the secret.",
        "Decode the secret there, as a Kubernetes Secret has to be, for example, or do not decode it here.";
    Secret SecretHexDecoded, "secret_hex_decoded",
        "The token was made with the bytes that the secret's digits stand for.",
        "The secret is used as it stands: do not decode it.";
    Secret SecretHexEncoded, "secret_hex_encoded",
        "The token was made with the hexadecimal digits of the secret.",
        "Use the secret itself.";
    Secret SecretUrlDecoded, "secret_url_decoded",
        "The token was made with the secret after percent-decoding.",
        "The secret here is still percent-encoded. Decode it, or use it as it stands in both places.";
    Secret SecretUrlEncoded, "secret_url_encoded",
        "The token was made with the secret in percent-encoding.",
        "Use the secret itself.";
    Secret SecretLowerCase, "secret_lower_case",
        "The token was made with the secret in lower case.",
        "Upper and lower case are different in a secret.";
    Secret SecretUpperCase, "secret_upper_case",
        "The token was made with the secret in upper case.",
        "Upper and lower case are different in a secret.";
    Secret SecretPlaceholder, "secret_placeholder",
        "The token was made with the text undefined or null as its secret.",
        "A missing variable became text there. Set the variable.";
    Construction SecretFirst, "secret_first",
        "The secret stands before the payload.",
        "The secret comes last: sha256(payload + secret).";
    Construction SecretBothEnds, "secret_both_ends",
        "The secret stands before and behind the payload.",
        "The secret comes last, and once: sha256(payload + secret).";
    Construction PayloadOnly, "payload_only",
        "Only the payload was hashed: the token does not depend on the secret, and everybody can make it.",
        "Append the secret: sha256(payload + secret).";
    Construction Hmac, "hmac",
        "The token is an HMAC with the secret as its key.",
        "Console webhooks use no HMAC: sha256(payload + secret).";
    Construction HmacSwapped, "hmac_swapped",
        "The token is an HMAC with the payload as its key.",
        "Console webhooks use no HMAC: sha256(payload + secret).";
    Construction Separator, "separator",
        "There is a separator between payload and secret.",
        "Append the secret directly: sha256(payload + secret).";
    Construction HashedTwice, "hashed_twice",
        "The digest was hashed once more.",
        "Hash once: sha256(payload + secret).";
    Construction PayloadHashedFirst, "payload_hashed_first",
        "The secret was appended to the payload's digest, and not to the payload.",
        "Hash the payload itself, then the secret: sha256(payload + secret).";
    Construction Md5, "md5",
        "The hash is MD5.",
        "Use SHA-256.";
    Construction Sha1, "sha1",
        "The hash is SHA-1.",
        "Use SHA-256.";
    Construction Sha512, "sha512",
        "The hash is SHA-512.",
        "Use SHA-256.";
    Token TokenBase64, "token_base64",
        "The digest is written in base64.",
        "Write it as 64 hexadecimal digits.";
    Token TokenPrefixed, "token_prefixed",
        "The digest stands behind a prefix that is not accepted.",
        "Write the digits alone, or behind sha256= in lower case.";
    Token TokenTruncated, "token_truncated",
        "The token is only the beginning of the digest.",
        "Send all 64 digits; look for a column or a field that is too short.";
    Token TokenSpaced, "token_spaced",
        "There is white space around the digest.",
        "Send the digits alone.";
    Token TokenQuoted, "token_quoted",
        "The digest stands in quotes.",
        "Send the digits alone.";
}
