//! The one table of the ways in which a token can have been made wrongly.

use crate::finding::findings;

/// What is to blame for a token that does not match.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Blame {
    /// The hashed bytes are not the bytes that arrived.
    Payload,
    /// The secret is a different one.
    Secret,
    /// Payload and secret were combined in a different way.
    Construction,
    /// The digest is right, but it is written in a different way.
    Token,
}

impl Blame {
    /// All of them.
    pub const ALL: &'static [Self] = &[Self::Payload, Self::Secret, Self::Construction, Self::Token];

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
    /// What is to blame.
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
        "The token belongs to the JSON with a space after each comma and colon, as Python writes it.",
        "Verify the raw body. To sign with Python, write the JSON once, and sign and send the same bytes.";
    Payload PayloadSortedKeys, "payload_sorted_keys",
        "The token belongs to the JSON with its keys sorted.",
        "Verify the raw body: an object that was parsed and written again is a different text.";
    Payload PayloadAsciiOnly, "payload_ascii_only",
        "The token belongs to the JSON with every character beyond ASCII as a \\u escape.",
        "Verify the raw body, before any JSON parser.";
    Payload PayloadUnescaped, "payload_unescaped",
        "The token belongs to the JSON with its \\u escapes replaced by the characters.",
        "Verify the raw body, before any JSON parser.";
    Payload PayloadHtmlEscaped, "payload_html_escaped",
        "The token belongs to the JSON with <, > and & escaped, as Go writes it.",
        "Verify the raw body. To sign with Go, use an encoder with SetEscapeHTML(false), or sign what it wrote.";
    Payload PayloadGsonEscaped, "payload_gson_escaped",
        "The token belongs to the JSON with <, >, &, = and ' escaped, as Gson writes it.",
        "Verify the raw body. To sign with Gson, use disableHtmlEscaping(), or sign what it wrote.";
    Payload PayloadSlashesEscaped, "payload_slashes_escaped",
        "The token belongs to the JSON with each slash written as \\/, as PHP does.",
        "Verify the raw body. To sign with PHP, use JSON_UNESCAPED_SLASHES, or sign what it wrote.";
    Payload PayloadDoublyEncoded, "payload_doubly_encoded",
        "The token belongs to the body encoded as a JSON string.",
        "The body was written as JSON twice before it was signed. Sign the body itself.";
    Payload PayloadInnerOnly, "payload_inner_only",
        "The token belongs to the event's member \"payload\" alone.",
        "The whole body is hashed, eventName and eventTimestamp included.";
    Payload PayloadObjectObject, "payload_object_object",
        "The token belongs to the text [object Object].",
        "A parsed object was hashed instead of the body's bytes. Hash the raw body.";
    Payload PayloadEmpty, "payload_empty",
        "The token belongs to an empty body.",
        "The body was read before it was hashed, or it was never read. Read the raw body once, and keep it.";
    Payload PayloadFinalNewlineAdded, "payload_final_newline_added",
        "The token belongs to the body with a newline after it, or between it and the secret.",
        "A tool such as echo added a newline before the body was signed: use printf, or curl with --data-binary.";
    Payload PayloadFinalNewlineRemoved, "payload_final_newline_removed",
        "The token belongs to the body without its final newline.",
        "Send the same bytes that are signed: curl with --data-binary, not --data.";
    Payload PayloadCrlf, "payload_crlf",
        "The token belongs to the body with CR LF at the end of each line.",
        "Something changed the line ends, for example a form or an editor. Sign and send the same bytes.";
    Payload PayloadLf, "payload_lf",
        "The token belongs to the body with LF alone at the end of each line.",
        "Something changed the line ends, for example a form or an editor. Sign and send the same bytes.";
    Payload PayloadTrimmed, "payload_trimmed",
        "The token belongs to the body without white space around it.",
        "Do not trim the body: verify the raw bytes.";
    Payload PayloadBomAdded, "payload_bom_added",
        "The token belongs to the body with a byte-order mark before it.",
        "The file that was signed begins with a byte-order mark. Save it as UTF-8 without one.";
    Payload PayloadBomRemoved, "payload_bom_removed",
        "The token belongs to the body without its byte-order mark.",
        "Something removed the byte-order mark, for example a request's text(). Verify the raw bytes.";
    Payload PayloadLatin1, "payload_latin1",
        "The token belongs to the body in Latin-1.",
        "Hash the UTF-8 bytes of the body, not one byte for each character.";
    Payload PayloadMojibake, "payload_mojibake",
        "The token belongs to the body's UTF-8 read as Latin-1 and encoded again.",
        "Something treated the bytes as characters. Hash the raw bytes.";
    Payload PayloadUnquoted, "payload_unquoted",
        "The token belongs to the body without the quotes around it.",
        "A shell or a form added quotes. Sign and send the same bytes.";
    Payload PayloadQuoted, "payload_quoted",
        "The token belongs to the body with quotes around it.",
        "A shell or a form removed quotes. Sign and send the same bytes.";
    Secret SecretOther, "secret_other",
        "The token was made with another of the known secrets.",
        "Use the secret of this subscription, or accept both while it is being rotated.";
    Secret SecretTrimmed, "secret_trimmed",
        "The token was made with the secret without the white space around it.",
        "The secret here has white space around it, perhaps the final newline of a file. Remove it.";
    Secret SecretFinalNewline, "secret_final_newline",
        "The token was made with a newline after the secret, or between it and the payload.",
        "The sender read the secret from a file with a final newline. Remove it there, or add it here as well.";
    Secret SecretUnquoted, "secret_unquoted",
        "The token was made with the secret without the quotes around it.",
        "The quotes became a part of the secret here, for example in an env file. Remove them.";
    Secret SecretQuoted, "secret_quoted",
        "The token was made with quotes around the secret.",
        "The quotes became a part of the sender's secret, for example in an env file. Remove them there.";
    Secret SecretBase64Decoded, "secret_base64_decoded",
        "The token was made with the secret decoded from base64.",
        "The sender must use the secret as it is: do not decode it there.";
    Secret SecretBase64Encoded, "secret_base64_encoded",
        "The token was made with the base64 of the secret.",
        "Decode the secret where the token is made, as a Kubernetes Secret requires, or do not decode it here.";
    Secret SecretHexDecoded, "secret_hex_decoded",
        "The token was made with the secret decoded from hexadecimal digits.",
        "The sender must use the secret as it is: do not decode it there.";
    Secret SecretHexEncoded, "secret_hex_encoded",
        "The token was made with the secret as hexadecimal digits.",
        "The sender must use the secret as it is: do not encode it there.";
    Secret SecretUrlDecoded, "secret_url_decoded",
        "The token was made with the secret after percent-decoding.",
        "The secret here is still percent-encoded. Decode it, or use the encoded form in both places.";
    Secret SecretUrlEncoded, "secret_url_encoded",
        "The token was made with the secret after percent-encoding.",
        "The sender must use the secret as it is: do not encode it there.";
    Secret SecretLowerCase, "secret_lower_case",
        "The token was made with the secret in lower case.",
        "Use the secret in the same case in both places.";
    Secret SecretUpperCase, "secret_upper_case",
        "The token was made with the secret in upper case.",
        "Use the secret in the same case in both places.";
    Secret SecretPlaceholder, "secret_placeholder",
        "The token was made with the secret \"undefined\" or \"null\".",
        "The sender turned a missing variable into text. Set the variable there.";
    Construction SecretFirst, "secret_first",
        "The secret was put before the payload.",
        "Put the secret last: sha256(payload + secret).";
    Construction SecretBothEnds, "secret_both_ends",
        "The secret was put both before and after the payload.",
        "Put the secret last, and only once: sha256(payload + secret).";
    Construction PayloadOnly, "payload_only",
        "Only the payload was hashed: the token does not depend on the secret, so anybody can make it.",
        "Append the secret: sha256(payload + secret).";
    Construction Hmac, "hmac",
        "The token is an HMAC with the secret as its key.",
        "Do not use an HMAC: the token is sha256(payload + secret).";
    Construction HmacSwapped, "hmac_swapped",
        "The token is an HMAC with the payload as its key.",
        "Do not use an HMAC: the token is sha256(payload + secret).";
    Construction Separator, "separator",
        "There is a separator between payload and secret.",
        "Append the secret directly: sha256(payload + secret).";
    Construction HashedTwice, "hashed_twice",
        "The digest was hashed again.",
        "Hash once: sha256(payload + secret).";
    Construction PayloadHashedFirst, "payload_hashed_first",
        "The secret was appended to the payload's digest, not to the payload.",
        "Hash the payload itself, then the secret: sha256(payload + secret).";
    Construction Md5, "md5",
        "The hash function is MD5.",
        "Use SHA-256.";
    Construction Sha1, "sha1",
        "The hash function is SHA-1.",
        "Use SHA-256.";
    Construction Sha512, "sha512",
        "The hash function is SHA-512.",
        "Use SHA-256.";
    Token TokenBase64, "token_base64",
        "The digest is written in base64.",
        "Write it as 64 hexadecimal digits.";
    Token TokenPrefixed, "token_prefixed",
        "The digest has a prefix that is not accepted.",
        "Write the digits alone, or after sha256= in lower case.";
    Token TokenTruncated, "token_truncated",
        "The token is only the beginning of the digest.",
        "Send all 64 digits. Look for a column or a field that is too short.";
    Token TokenSpaced, "token_spaced",
        "There is white space around the digest.",
        "Send the digits alone.";
    Token TokenQuoted, "token_quoted",
        "The digest is in quotes.",
        "Send the digits alone.";
}
