//! The one table of the ways in which a token can have been made wrongly.

use alloc::vec::Vec;

use crate::finding::findings;

#[inline(never)]
pub(super) fn extend(list: &mut Vec<Deviation>, more: &[Deviation]) {
    list.extend_from_slice(more);
}

/// A list with one more at its end.
#[inline(never)]
pub(super) fn with(list: &[Deviation], one: Deviation) -> Vec<Deviation> {
    let mut longer = Vec::with_capacity(list.len() + 1);
    extend(&mut longer, list);
    longer.push(one);
    longer
}

/// A list with one more at its end, if it does not end so.
pub(super) fn with_once(list: &[Deviation], one: Deviation) -> Vec<Deviation> {
    if list.contains(&one) { list.to_vec() } else { with(list, one) }
}

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
        "The token belongs to the body in Latin-1 or a similar charset.",
        "Hash the UTF-8 bytes of the body, not one byte for each character.";
    Payload PayloadMojibake, "payload_mojibake",
        "The token belongs to the body's UTF-8 read in another charset, such as Latin-1, and encoded again.",
        "Something treated the bytes as characters. Hash the raw bytes.";
    Payload PayloadUnquoted, "payload_unquoted",
        "The token belongs to the body without the quotes around it.",
        "A shell, a form or code added the quotes. Take the body without them.";
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
        "Decode it here as well, as the value of a Kubernetes Secret, or do not decode it there.";
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
        "The token was made with a word that stands for a missing secret, such as \"undefined\" or \"null\".",
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
    Payload PayloadDigitKeysFirst, "payload_digit_keys_first",
        "The token belongs to the JSON with the keys that are whole numbers first, as JavaScript orders them.",
        "Verify the raw body: an object that was parsed and written again is a different text.";
    Payload PayloadKeysReordered, "payload_keys_reordered",
        "The token belongs to the JSON with its keys in another order, such as that of a hash table, as json-simple writes them.",
        "Verify the raw body: an object that was parsed and written again is a different text.";
    Payload PayloadDuplicatesDropped, "payload_duplicates_dropped",
        "The token belongs to the JSON with only the last of equal keys.",
        "Verify the raw body: a parser keeps one of two equal keys.";
    Payload PayloadNumbersRewritten, "payload_numbers_rewritten",
        "The token belongs to the JSON with its numbers written as another language writes them, such as 1.0 as 1, or 1e21 as 1.0E21.",
        "Verify the raw body: a number that was parsed and written again is often a different text.";
    Payload PayloadEmptyObjectsAsLists, "payload_empty_objects_as_lists",
        "The token belongs to the JSON with each empty object written as [], as PHP does.",
        "Verify the raw body. To sign with PHP, decode objects as objects, or sign what was written.";
    Payload PayloadDotnetEscaped, "payload_dotnet_escaped",
        "The token belongs to the JSON with quotes, <, >, &, + and every character beyond ASCII as an escape in upper case, as .NET's System.Text.Json writes it.",
        "Verify the raw body. To sign with .NET, use JavaScriptEncoder.UnsafeRelaxedJsonEscaping, or sign what was written.";
    Payload PayloadEscapesRewritten, "payload_escapes_rewritten",
        "The token belongs to the JSON with other escapes for the same characters.",
        "Verify the raw body, before any JSON parser.";
    Payload PayloadIndentedOtherwise, "payload_indented_otherwise",
        "The token belongs to the JSON indented as Java's Jackson, Perl or Swift indent it.",
        "Verify the raw body, before any JSON parser.";
    Payload PayloadInspected, "payload_inspected",
        "The token belongs to the text that a language shows for the parsed object, such as a dict of Python or a Hash of Ruby.",
        "A parsed object was hashed instead of the body's bytes. Hash the raw body.";
    Payload PayloadBytesShown, "payload_bytes_shown",
        "The token belongs to the text that a language shows for the body's bytes, such as b'...' or a list of numbers.",
        "The bytes were made into text before they were hashed. Hash the bytes themselves.";
    Payload PayloadValueName, "payload_value_name",
        "The token belongs to a text that stands for a value, such as [object Promise], undefined or Array.",
        "The body itself was not hashed. Await the raw body, and hash its bytes.";
    Payload PayloadEmptyObject, "payload_empty_object",
        "The token belongs to {}, an empty object.",
        "No parser had read the body when it was hashed, or a promise was written as JSON. Hash the raw body.";
    Payload PayloadPiece, "payload_piece",
        "The token belongs to only one piece of the body.",
        "A body arrives in pieces. Collect all of them before you hash, or hash each of them in order.";
    Payload PayloadUtf16, "payload_utf16",
        "The token belongs to the body in UTF-16.",
        "Hash the UTF-8 bytes of the body: in .NET Encoding.UTF8, in Java StandardCharsets.UTF_8.";
    Payload PayloadCharactersLost, "payload_characters_lost",
        "The token belongs to the body with other signs in place of its characters beyond ASCII.",
        "Something read or wrote the body in a charset that lacks these characters. Hash the raw bytes.";
    Payload PayloadNormalForm, "payload_normal_form",
        "The token belongs to the body with its accents composed or decomposed (Unicode's normal forms C and D).",
        "Something normalised the text. Sign and send the same bytes.";
    Payload PayloadBase64, "payload_base64",
        "The token belongs to the base64 of the body.",
        "Decode the body before you hash it: a gateway may hand it over in base64.";
    Payload PayloadHex, "payload_hex",
        "The token belongs to the body as hexadecimal digits.",
        "Hash the bytes of the body, not their digits.";
    Payload PayloadPercentEncoded, "payload_percent_encoded",
        "The token belongs to the body percent-encoded, as in a form.",
        "Sign and send the body as it is, with the content type application/json.";
    Payload PayloadSpaceRemoved, "payload_space_removed",
        "The token belongs to the body without any white space, even inside texts.",
        "Do not change the body: hash the raw bytes.";
    Payload PayloadLowerCase, "payload_lower_case",
        "The token belongs to the body in lower case.",
        "Do not change the body: hash the raw bytes.";
    Payload PayloadEndAdded, "payload_end_added",
        "The token belongs to the body with a space, a zero byte or an empty line before or after it.",
        "Hash exactly the bytes of the body, and their exact number.";
    Payload PayloadFromBase64, "payload_from_base64",
        "The payload here is base64, and the token belongs to the bytes that it stands for.",
        "Decode it first: gateways that set isBase64Encoded hand over the body in base64.";
    Payload PayloadFromHex, "payload_from_hex",
        "The payload here is hexadecimal digits, and the token belongs to the bytes that they stand for.",
        "Decode them first, or take the raw body.";
    Payload PayloadFromEnvelope, "payload_from_envelope",
        "The payload here is a record that holds the body, and the token belongs to that body.",
        "Take the body out of the record that the gateway or queue made, and verify it alone.";
    Payload PayloadFromEscapes, "payload_from_escapes",
        "The payload here is the body with escapes, as a log, code or a JSON string shows it.",
        "Resolve the escapes first, or take the raw body.";
    Payload PayloadFromForm, "payload_from_form",
        "The payload here is a form, and the token belongs to a value in it.",
        "Decode the form and verify the value, or send the body as application/json.";
    Payload PayloadFromRequest, "payload_from_request",
        "The payload here is a whole request, and the token belongs to its body.",
        "Take only what follows the empty line, or paste the whole request where one is asked for.";
    Payload PayloadFromText, "payload_from_text",
        "There is other text around the JSON here, and the token belongs to the JSON alone.",
        "Take only the JSON, from its first bracket to its last.";
    Payload PayloadFromCode, "payload_from_code",
        "The payload here is an object as Python, Ruby or JavaScript shows it, and the token belongs to its JSON.",
        "Take the raw body, not the parsed object.";
    Payload PayloadFromBytes, "payload_from_bytes",
        "The payload here is a list of numbers, such as a Buffer, and the token belongs to the bytes that they stand for.",
        "Pass the bytes themselves, not the text that shows them.";
    Payload PayloadFromEntities, "payload_from_entities",
        "The payload here is written for HTML, with &quot; and the like, and the token belongs to the text itself.",
        "Copy the text that the page shows, not its source, or take the raw body.";
    Payload PayloadFromMojibake, "payload_from_mojibake",
        "The payload here was UTF-8 that something read in another charset; the token belongs to the UTF-8.",
        "Read the body as UTF-8 here, or verify the raw bytes.";
    Payload PayloadFromLatin1, "payload_from_latin1",
        "The payload here is in another charset than UTF-8, such as Latin-1; the token belongs to the same text in UTF-8.",
        "Something here wrote the text in another charset. Verify the raw bytes.";
    Payload PayloadFromUtf16, "payload_from_utf16",
        "The payload here is UTF-16; the token belongs to the same text in UTF-8.",
        "Save or pass the body as UTF-8: PowerShell and some editors write UTF-16.";
    Secret SecretWithoutInvisible, "secret_without_invisible",
        "The token was made with the secret without its invisible characters.",
        "The secret here contains a character that nobody sees, such as a byte-order mark or a zero-width space. Type it again.";
    Secret SecretWithInvisible, "secret_with_invisible",
        "The token was made with an invisible character beside the secret.",
        "The sender's secret contains a character that nobody sees, such as a byte-order mark or a zero byte. Set it again there.";
    Secret SecretFromLine, "secret_from_line",
        "The secret here is a whole line or record, and the token was made with the value in it.",
        "Give only the value: no name before it, and nothing after it.";
    Secret SecretWithLine, "secret_with_line",
        "The token was made with more than the secret: a name before it, or a character after it.",
        "The sender took a whole line of a file for the secret. Use only the value there.";
    Secret SecretSpaced, "secret_spaced",
        "The token was made with a space beside the secret.",
        "The sender's secret has a space before or after it. Remove it there.";
    Secret SecretUnescaped, "secret_unescaped",
        "The token was made with the secret with its escapes resolved, such as \\n or &amp;.",
        "The secret here is written with escapes. Give the characters that they stand for.";
    Secret SecretEscaped, "secret_escaped",
        "The token was made with escapes in the secret, such as \\n in two characters.",
        "The sender did not resolve the escapes in its secret. Write the characters themselves there.";
    Secret SecretNormalForm, "secret_normal_form",
        "The token was made with the accents of the secret composed or decomposed (Unicode's normal forms C and D).",
        "Write the secret in normal form C in both places, or use a secret of ASCII characters.";
    Secret SecretCharset, "secret_charset",
        "The token was made with the secret in another charset.",
        "Encode the secret as UTF-8 in both places, or use a secret of ASCII characters.";
    Secret SecretPadding, "secret_padding",
        "The token was made with another number of = at the end of the secret.",
        "Copy the whole secret, with every = at its end.";
    Secret SecretExpanded, "secret_expanded",
        "The token was made with the secret as a shell, an env file or a template changed it.",
        "Characters such as $, #, %, quotes and backslashes have a meaning there. Put the secret in single quotes, or choose one of letters and digits.";
    Secret SecretPiece, "secret_piece",
        "The token was made with only a part of the secret.",
        "Either it was cut off where the token is made, or here it has something at its end that does not belong to it.";
    Token TokenZerosLost, "token_zeros_lost",
        "The digest has lost leading zeros.",
        "Write every byte as two digits: in Java String.format(\"%02x\"), in JavaScript padStart(2, \"0\").";
    Token TokenInLine, "token_in_line",
        "The digest is in a line with other text, as a tool writes it.",
        "Send the digits alone.";
    Token TokenSeparated, "token_separated",
        "There are characters between the digits, such as : or -.",
        "Write 64 hexadecimal digits with nothing between them.";
    Token TokenEscaped, "token_escaped",
        "The digest is written with escapes, such as %3D.",
        "Send the digits as they are.";
    Token TokenInvisible, "token_invisible",
        "There are invisible characters in the token.",
        "Send the digits alone. They may have been copied from a document.";
    Token TokenNumbers, "token_numbers",
        "The digest is written as a list of numbers.",
        "Write it as 64 hexadecimal digits.";
    Token TokenHexTwice, "token_hex_twice",
        "The digits of the digest were written as hexadecimal digits again.",
        "Write it as hexadecimal digits once.";
    Payload PayloadNullsDropped, "payload_nulls_dropped",
        "The token belongs to the JSON without the members that are null, as Gson leaves them out.",
        "Verify the raw body. To sign with Gson, use serializeNulls(), or sign what was written.";
    Payload PayloadWrapped, "payload_wrapped",
        "The token belongs to the body inside another object, list or form.",
        "Sign the body itself, without anything around it.";
    Payload PayloadFromDocument, "payload_from_document",
        "The payload here went through a document or a chat, which changed its quotes or spaces; the token belongs to it as it was.",
        "Copy the raw body from where it arrived, not from a document or a chat.";
    Payload PayloadFromLines, "payload_from_lines",
        "Line breaks were put into the payload here, and the token belongs to it without them.",
        "Copy the raw body from a file: terminals and mails break long lines.";
    Secret SecretFromDocument, "secret_from_document",
        "A quote, a dash or a space in the secret is not the one that a keyboard types: a document or a telephone changed it.",
        "Copy the secret from where it is kept, not from a document or a chat.";
    Token TokenRepeated, "token_repeated",
        "The digest is there twice.",
        "Send it once. A proxy may have joined two headers of one name.";
}
