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
        "The token was made from the same JSON without spaces and line breaks.",
        "The body was reformatted after it was signed. In the receiver, verify the raw body, before any JSON parser.";
    Payload PayloadIndentedBy2, "payload_indented_by_2",
        "The token was made from the same JSON, indented by two spaces.",
        "The body was reformatted after it was signed. In the receiver, verify the raw body, before any JSON parser.";
    Payload PayloadIndentedBy4, "payload_indented_by_4",
        "The token was made from the same JSON, indented by four spaces.",
        "The body was reformatted after it was signed. In the receiver, verify the raw body, before any JSON parser.";
    Payload PayloadIndentedByTabs, "payload_indented_by_tabs",
        "The token was made from the same JSON, indented by tabs.",
        "The body was reformatted after it was signed. In the receiver, verify the raw body, before any JSON parser.";
    Payload PayloadSpaced, "payload_spaced",
        "The token was made from the same JSON with a space after each comma and colon, as Python writes it.",
        "In the receiver, verify the raw body. To sign in Python, write the JSON once, then sign and send the same bytes.";
    Payload PayloadSortedKeys, "payload_sorted_keys",
        "The token was made from the same JSON with its keys sorted.",
        "The body was parsed and written again. Hash the raw body, both where the token is made and in the receiver.";
    Payload PayloadAsciiOnly, "payload_ascii_only",
        "The token was made from the same JSON with each non-ASCII character as a \\u escape.",
        "The body was parsed and written again. Hash the raw body, both where the token is made and in the receiver.";
    Payload PayloadUnescaped, "payload_unescaped",
        "The token was made from the same JSON with its \\u escapes replaced by the characters.",
        "The body was parsed and written again. Hash the raw body, both where the token is made and in the receiver.";
    Payload PayloadHtmlEscaped, "payload_html_escaped",
        "The token was made from the same JSON with <, > and & escaped, as Go writes it.",
        "In the receiver, verify the raw body. To sign in Go, use an encoder with SetEscapeHTML(false), or send exactly the bytes that are signed.";
    Payload PayloadGsonEscaped, "payload_gson_escaped",
        "The token was made from the same JSON with <, >, &, = and ' escaped, as Gson writes it.",
        "In the receiver, verify the raw body. To sign with Gson, use disableHtmlEscaping(), or send exactly the bytes that are signed.";
    Payload PayloadSlashesEscaped, "payload_slashes_escaped",
        "The token was made from the same JSON with each slash written as \\/, as PHP writes it.",
        "In the receiver, verify the raw body. To sign in PHP, use JSON_UNESCAPED_SLASHES, or send exactly the bytes that are signed.";
    Payload PayloadDoublyEncoded, "payload_doubly_encoded",
        "The token was made from the same body, written as a JSON string.",
        "Where the token is made, JSON is encoded twice. Sign the body itself.";
    Payload PayloadInnerOnly, "payload_inner_only",
        "The token was made from the event's field \"payload\" alone.",
        "Where the token is made, hash the whole body, with eventName and eventTimestamp.";
    Payload PayloadObjectObject, "payload_object_object",
        "The token was made from the text [object Object], not from the body.",
        "Where the token is made, hash the raw body, not a parsed object.";
    Payload PayloadEmpty, "payload_empty",
        "The token was made from an empty body.",
        "The body was already read, or not read yet. Where the token is made, read the raw body once, keep it and hash it.";
    Payload PayloadFinalNewlineAdded, "payload_final_newline_added",
        "The token was made from the same body with a line break at its end, or between it and the secret.",
        "Where the token is made, add no line break: use printf instead of echo, and curl with --data-binary.";
    Payload PayloadFinalNewlineRemoved, "payload_final_newline_removed",
        "The token was made from the same body without its final line break.",
        "If an editor added a line break at the end of the body here, remove it. Where the token is made, sign exactly the bytes that are sent: in a shell, $(...) drops that line break.";
    Payload PayloadCrlf, "payload_crlf",
        "The token was made from the same body with CR LF at the end of each line.",
        "A form, an editor or Git changed the line breaks. Here, use the raw body. Where the token is made, sign exactly the bytes that are sent.";
    Payload PayloadLf, "payload_lf",
        "The token was made from the same body with LF alone at the end of each line.",
        "A form, an editor or Git changed the line breaks. Here, use the raw body. Where the token is made, sign exactly the bytes that are sent.";
    Payload PayloadTrimmed, "payload_trimmed",
        "The token was made from the same body without the spaces or line breaks around it.",
        "If something added spaces or line breaks around the body here, remove them. Where the token is made, do not trim the body.";
    Payload PayloadBomAdded, "payload_bom_added",
        "The token was made from the same body with a byte order mark (BOM) before it.",
        "Where the token is made, save the file as UTF-8 without a BOM.";
    Payload PayloadBomRemoved, "payload_bom_removed",
        "The token was made from the same body without its byte order mark (BOM).",
        "An editor added a BOM here, or text() dropped it where the token is made. Use the raw bytes in both places.";
    Payload PayloadLatin1, "payload_latin1",
        "The token was made from the same body in Latin-1 or a similar charset.",
        "Where the token is made, hash the UTF-8 bytes of the body, not one byte for each character.";
    Payload PayloadMojibake, "payload_mojibake",
        "The token was made from the same body, with its UTF-8 read in another charset, such as Latin-1, and written again.",
        "Where the token is made, hash the raw bytes, not the text that was read from them.";
    Payload PayloadUnquoted, "payload_unquoted",
        "The token was made from the same body without the quotes around it.",
        "Remove the quotes around the body here: a shell, a form or code added them.";
    Payload PayloadQuoted, "payload_quoted",
        "The token was made from the same body with quotes around it.",
        "Where the token is made, sign exactly the bytes that are sent: a shell or a form may remove quotes.";
    Secret SecretOther, "secret_other",
        "The token was made with another of the given secrets.",
        "In the receiver, use the secret of this subscription. While the secret is being replaced, accept the old and the new one.";
    Secret SecretTrimmed, "secret_trimmed",
        "The token was made with the same secret without the spaces or line breaks around it.",
        "Remove the spaces or line breaks around the secret here: often it is the line break at the end of a file.";
    Secret SecretFinalNewline, "secret_final_newline",
        "The token was made with the same secret, with a line break at its end, or between it and the payload.",
        "Where the token is made, the secret was read from a file that ends with a line break. Remove that line break, or add it to the secret here too.";
    Secret SecretUnquoted, "secret_unquoted",
        "The token was made with the same secret without the quotes around it.",
        "Remove the quotes around the secret here: they became a part of the secret, for example in an .env file.";
    Secret SecretQuoted, "secret_quoted",
        "The token was made with the same secret with quotes or brackets around it.",
        "Where the token is made, remove the quotes or brackets around the secret: they became part of it, for example in an .env file.";
    Secret SecretBase64Decoded, "secret_base64_decoded",
        "The token was made with the same secret, decoded from base64.",
        "Decode the secret from base64 here too (a Kubernetes Secret stores it that way), or do not decode it where the token is made.";
    Secret SecretBase64Encoded, "secret_base64_encoded",
        "The token was made with the same secret, encoded in base64.",
        "Where the token is made, decode the secret from base64 (a Kubernetes Secret stores it that way), or use the base64 text here too.";
    Secret SecretHexDecoded, "secret_hex_decoded",
        "The token was made with the same secret, decoded from hexadecimal digits.",
        "Where the token is made, use the secret as it is: do not decode it.";
    Secret SecretHexEncoded, "secret_hex_encoded",
        "The token was made with the same secret, written as hexadecimal digits.",
        "Where the token is made, use the secret as it is: do not encode it.";
    Secret SecretUrlDecoded, "secret_url_decoded",
        "The token was made with the same secret, URL-decoded.",
        "The secret here is still URL-encoded. Decode it here, or use the encoded one where the token is made.";
    Secret SecretUrlEncoded, "secret_url_encoded",
        "The token was made with the same secret, URL-encoded.",
        "Where the token is made, use the secret as it is: do not encode it.";
    Secret SecretLowerCase, "secret_lower_case",
        "The token was made with the same secret, with its first letter or all letters in lower case.",
        "Write the secret in the same case here and where the token is made.";
    Secret SecretUpperCase, "secret_upper_case",
        "The token was made with the same secret, with its first letter or all letters in upper case.",
        "Write the secret in the same case here and where the token is made.";
    Secret SecretPlaceholder, "secret_placeholder",
        "The token was made with a placeholder such as \"undefined\", \"null\" or \"changeme\", not with the secret: anyone can make it.",
        "Where the token is made, set the variable for the secret: it is missing.";
    Construction SecretFirst, "secret_first",
        "The token was made with the secret before the payload.",
        "Where the token is made, put the secret last: sha256(payload + secret).";
    Construction SecretBothEnds, "secret_both_ends",
        "The token was made with the secret both before and after the payload.",
        "Where the token is made, put the secret only at the end: sha256(payload + secret).";
    Construction PayloadOnly, "payload_only",
        "The token was made from the payload alone, without the secret: anyone can make it.",
        "Where the token is made, add the secret at the end: sha256(payload + secret).";
    Construction Hmac, "hmac",
        "The token was made as an HMAC, with the secret as its key.",
        "Where the token is made, use a plain hash, not an HMAC: sha256(payload + secret).";
    Construction HmacSwapped, "hmac_swapped",
        "The token was made as an HMAC, with the payload as its key.",
        "Where the token is made, use a plain hash, not an HMAC: sha256(payload + secret).";
    Construction Separator, "separator",
        "The token was made with a separator between the payload and the secret.",
        "Where the token is made, put nothing between payload and secret: sha256(payload + secret).";
    Construction HashedTwice, "hashed_twice",
        "The token was made by hashing the digest a second time.",
        "Where the token is made, hash only once: sha256(payload + secret).";
    Construction PayloadHashedFirst, "payload_hashed_first",
        "The token was made from the payload's hash and the secret, not from the payload itself.",
        "Where the token is made, hash the payload itself, followed by the secret: sha256(payload + secret).";
    Construction Md5, "md5",
        "The token was made with MD5.",
        "Where the token is made, use SHA-256: sha256(payload + secret).";
    Construction Sha1, "sha1",
        "The token was made with SHA-1.",
        "Where the token is made, use SHA-256: sha256(payload + secret).";
    Construction Sha512, "sha512",
        "The token was made with SHA-512.",
        "Where the token is made, use SHA-256: sha256(payload + secret).";
    Token TokenBase64, "token_base64",
        "The token was written in base64.",
        "Where the token is made, write it as 64 hexadecimal digits.";
    Token TokenPrefixed, "token_prefixed",
        "The token has a prefix that receivers refuse.",
        "Where the token is sent, and here, use only its 64 digits, or put sha256= in lower case before them.";
    Token TokenTruncated, "token_truncated",
        "The token was cut off: some of its digits are missing.",
        "Copy all 64 digits of the token here. If the request itself has fewer, the sender stores the token in a field that is too short.";
    Token TokenSpaced, "token_spaced",
        "The token has spaces or line breaks around it.",
        "Where the token is sent, and here, use only its 64 digits.";
    Token TokenQuoted, "token_quoted",
        "The token has quotes around it.",
        "Where the token is sent, and here, use only its 64 digits.";
    Payload PayloadDigitKeysFirst, "payload_digit_keys_first",
        "The token was made from the same JSON with its numeric keys first, as JavaScript orders them.",
        "The body was parsed and written again. Hash the raw body, both where the token is made and in the receiver.";
    Payload PayloadKeysReordered, "payload_keys_reordered",
        "The token was made from the same JSON with its keys in another order, such as that of Java's org.json or json-simple.",
        "The body was parsed and written again. Hash the raw body, both where the token is made and in the receiver.";
    Payload PayloadDuplicatesDropped, "payload_duplicates_dropped",
        "The token was made from the same JSON with only the last of each repeated key.",
        "A parser keeps only one of two equal keys. Hash the raw body, both where the token is made and in the receiver.";
    Payload PayloadNumbersRewritten, "payload_numbers_rewritten",
        "The token was made from the same JSON with its numbers as another language writes them, such as 1 for 1.0, or 1.0E21 for 1e21.",
        "A number that is parsed and written again often changes. Hash the raw body, both where the token is made and in the receiver.";
    Payload PayloadEmptyObjectsAsLists, "payload_empty_objects_as_lists",
        "The token was made from the same JSON with [] for each empty object, as PHP writes it.",
        "In the receiver, verify the raw body. To sign in PHP, decode objects as objects, not as arrays, or send exactly the bytes that are signed.";
    Payload PayloadDotnetEscaped, "payload_dotnet_escaped",
        "The token was made from the same JSON with quotes, apostrophes, <, >, &, + and each non-ASCII character as an upper-case \\u escape, as .NET's System.Text.Json writes it.",
        "In the receiver, verify the raw body. To sign in .NET, use JavaScriptEncoder.UnsafeRelaxedJsonEscaping, or send exactly the bytes that are signed.";
    Payload PayloadEscapesRewritten, "payload_escapes_rewritten",
        "The token was made from the same JSON with other escapes for the same characters.",
        "The body was parsed and written again. Hash the raw body, both where the token is made and in the receiver.";
    Payload PayloadIndentedOtherwise, "payload_indented_otherwise",
        "The token was made from the same JSON, indented the way Java's Jackson, Perl or Swift does it.",
        "The body was reformatted after it was signed. In the receiver, verify the raw body, before any JSON parser.";
    Payload PayloadInspected, "payload_inspected",
        "The token was made from a parsed object as a language prints it, such as a Python dict or a Ruby Hash.",
        "Where the token is made, hash the raw body, not a parsed object.";
    Payload PayloadBytesShown, "payload_bytes_shown",
        "The token was made from the body's bytes as a language prints them, such as b'...' or a list of numbers.",
        "Where the token is made, hash the bytes of the body, not their printed form.";
    Payload PayloadValueName, "payload_value_name",
        "The token was made from a word in place of the body, such as [object Promise], undefined or Array.",
        "Where the token is made, wait for the raw body (await), and hash its bytes.";
    Payload PayloadEmptyObject, "payload_empty_object",
        "The token was made from {}, an empty object.",
        "The body was not parsed yet, or a promise was written as JSON. Where the token is made, wait for the raw body (await) and hash it.";
    Payload PayloadPiece, "payload_piece",
        "The token was made from only one piece of the body.",
        "A body arrives in pieces. Where the token is made, collect all of them before you hash, or hash them one by one in order.";
    Payload PayloadUtf16, "payload_utf16",
        "The token was made from the same body in UTF-16.",
        "Where the token is made, hash the UTF-8 bytes of the body: Encoding.UTF8 in .NET, StandardCharsets.UTF_8 in Java.";
    Payload PayloadCharactersLost, "payload_characters_lost",
        "The token was made from the same body with its non-ASCII characters lost or replaced, for example by question marks.",
        "Where the token is made, hash the raw bytes of the body: something there uses a charset that lacks some of its characters.";
    Payload PayloadNormalForm, "payload_normal_form",
        "The token was made from the same body with its accents in another Unicode form (NFC or NFD).",
        "Something normalised the text, here or where the token is made. Use the raw bytes in both places.";
    Payload PayloadBase64, "payload_base64",
        "The token was made from the same body, encoded in base64.",
        "Where the token is made, decode the body before you hash it: gateways may hand it over in base64.";
    Payload PayloadHex, "payload_hex",
        "The token was made from the same body, written as hexadecimal digits.",
        "Where the token is made, hash the bytes of the body, not their hexadecimal digits.";
    Payload PayloadPercentEncoded, "payload_percent_encoded",
        "The token was made from the same body, URL-encoded as in a form.",
        "Where the token is made, sign and send the body as it is, with the content type application/json.";
    Payload PayloadSpaceRemoved, "payload_space_removed",
        "The token was made from the same body without any spaces and line breaks, even inside texts.",
        "Where the token is made, do not change the body: hash its raw bytes.";
    Payload PayloadLowerCase, "payload_lower_case",
        "The token was made from the same body in lower case.",
        "Where the token is made, do not change the body: hash its raw bytes.";
    Payload PayloadEndAdded, "payload_end_added",
        "The token was made from the same body with a space or a null byte after it, or a line break before it.",
        "Where the token is made, hash exactly the bytes of the body, not one more.";
    Payload PayloadFromBase64, "payload_from_base64",
        "The payload here is base64, but the token was made from the decoded bytes.",
        "Here, decode the payload from base64 first: gateways that set isBase64Encoded hand over the body in base64.";
    Payload PayloadFromHex, "payload_from_hex",
        "The payload here is hexadecimal digits, but the token was made from the decoded bytes.",
        "Here, decode the payload from hexadecimal digits first, or use the raw body.";
    Payload PayloadFromEnvelope, "payload_from_envelope",
        "The payload here is a record that holds the body, but the token was made from that body alone.",
        "Here, take the body out of the record of the gateway or queue, and verify only the body.";
    Payload PayloadFromEscapes, "payload_from_escapes",
        "The payload here has escapes, as in a log, code or a JSON string, but the token was made from the body without them.",
        "Here, decode the escapes in the payload first, or use the raw body.";
    Payload PayloadFromForm, "payload_from_form",
        "The payload here is a form, but the token was made from a value in it.",
        "Here, decode the form and verify the value. Or change the sender: send the body as application/json.";
    Payload PayloadFromRequest, "payload_from_request",
        "The payload here is a whole request, but the token was made from its body alone.",
        "Here, use only the body, which follows the empty line, or paste the whole request into the field for it.";
    Payload PayloadFromText, "payload_from_text",
        "The payload here has other text around the JSON, but the token was made from the JSON alone.",
        "Here, use only the JSON, from its first bracket to its last.";
    Payload PayloadFromCode, "payload_from_code",
        "The payload here is an object as Python, Ruby or JavaScript prints it, but the token was made from its JSON.",
        "Here, use the raw body, not the parsed object.";
    Payload PayloadFromBytes, "payload_from_bytes",
        "The payload here is a list of numbers, such as a Buffer, but the token was made from the bytes themselves.",
        "Here, use the bytes of the body, not their printed form.";
    Payload PayloadFromEntities, "payload_from_entities",
        "The payload here is written for HTML, with &quot; and the like, but the token was made from the plain text.",
        "Here, copy the text that the page shows, not its source, or use the raw body.";
    Payload PayloadFromMojibake, "payload_from_mojibake",
        "The payload here was read in the wrong charset, but the token was made from the original UTF-8.",
        "Here, read the body as UTF-8, or use its raw bytes.";
    Payload PayloadFromLatin1, "payload_from_latin1",
        "The payload here is in Latin-1 or another charset, but the token was made from the same text in UTF-8.",
        "Here, use the raw bytes of the body: something wrote its text in another charset.";
    Payload PayloadFromUtf16, "payload_from_utf16",
        "The payload here is in UTF-16, but the token was made from the same text in UTF-8.",
        "Here, save or pass the body as UTF-8: PowerShell and some editors write UTF-16.";
    Secret SecretWithoutInvisible, "secret_without_invisible",
        "The token was made with the same secret without its invisible characters.",
        "Type the secret again here: it contains a character that nobody sees, such as a byte order mark or a zero-width space.";
    Secret SecretWithInvisible, "secret_with_invisible",
        "The token was made with the same secret with an invisible character before or after it.",
        "Where the token is made, type the secret again: it contains a character that nobody sees, such as a byte order mark or a null byte.";
    Secret SecretFromLine, "secret_from_line",
        "The secret here is a whole line or record, but the token was made with only the value in it.",
        "Here, use only the secret itself: no name before it, and nothing after it.";
    Secret SecretWithLine, "secret_with_line",
        "The token was made with more than the secret: with a name before it, or a character after it.",
        "Where the token is made, use only the secret itself, not the whole line of a file.";
    Secret SecretSpaced, "secret_spaced",
        "The token was made with the same secret with a space or a tab before or after it.",
        "Where the token is made, remove the space or tab before or after the secret.";
    Secret SecretUnescaped, "secret_unescaped",
        "The token was made with the same secret with its escapes decoded, such as \\n or &amp;.",
        "Here, write the characters of the secret themselves, not their escapes.";
    Secret SecretEscaped, "secret_escaped",
        "The token was made with the same secret with escapes in it, such as \\n as two characters.",
        "Where the token is made, write the characters of the secret themselves, not their escapes.";
    Secret SecretNormalForm, "secret_normal_form",
        "The token was made with the same secret with its accents in another Unicode form (NFC or NFD).",
        "Write the secret in NFC here and where the token is made, or choose one with only ASCII characters.";
    Secret SecretCharset, "secret_charset",
        "The token was made with the same secret in another charset.",
        "Encode the secret as UTF-8 here and where the token is made, or choose one with only ASCII characters.";
    Secret SecretPadding, "secret_padding",
        "The token was made with the same secret with more or fewer = at its end.",
        "Copy the whole secret here and where the token is made, with every = at its end.";
    Secret SecretExpanded, "secret_expanded",
        "The token was made with the same secret, changed by a shell, an .env file or a template.",
        "Shells, .env files and templates treat $, #, %, quotes and backslashes specially. Where the token is made, put the secret in single quotes, or choose a secret of letters and digits only.";
    Secret SecretPiece, "secret_piece",
        "The token was made with only a part of the secret.",
        "Compare the secret here with the one where the token is made, from first to last character: the one there is cut off, or the one here has something extra.";
    Token TokenZerosLost, "token_zeros_lost",
        "The token lost leading zeros.",
        "Where the token is made, write every byte as two digits: String.format(\"%02x\") in Java, padStart(2, \"0\") in JavaScript.";
    Token TokenInLine, "token_in_line",
        "The token has other text around it, such as the output of a tool.",
        "Where the token is sent, and here, use only its 64 digits.";
    Token TokenSeparated, "token_separated",
        "The token has characters between its digits, such as : or -.",
        "Where the token is made, write 64 hexadecimal digits with nothing between them.";
    Token TokenEscaped, "token_escaped",
        "The token was written with escapes, such as %3D.",
        "Where the token is sent, and here, use its plain digits, without escapes.";
    Token TokenInvisible, "token_invisible",
        "The token contains invisible characters.",
        "Where the token is sent, and here, use only its 64 digits. Do not copy them from a document.";
    Token TokenNumbers, "token_numbers",
        "The token was written as a list of numbers.",
        "Where the token is made, write it as 64 hexadecimal digits.";
    Token TokenHexTwice, "token_hex_twice",
        "The token was written as hexadecimal digits twice.",
        "Where the token is made, convert the digest to hexadecimal only once.";
    Payload PayloadNullsDropped, "payload_nulls_dropped",
        "The token was made from the same JSON without the fields that are null, as Gson writes it.",
        "In the receiver, verify the raw body. To sign with Gson, use serializeNulls(), or send exactly the bytes that are signed.";
    Payload PayloadWrapped, "payload_wrapped",
        "The token was made from the same body, put inside another object, a list or a form.",
        "Where the token is made, sign the body itself, with nothing around it.";
    Payload PayloadFromDocument, "payload_from_document",
        "A document or a chat changed quotes or spaces in the payload here, but the token was made from the original.",
        "Here, copy the raw body from where it arrived.";
    Payload PayloadFromLines, "payload_from_lines",
        "The payload here has extra line breaks, but the token was made without them.",
        "Here, copy the raw body from a file: terminals and mails break long lines.";
    Secret SecretFromDocument, "secret_from_document",
        "A document or a phone changed a quote, a dash or a space in the secret.",
        "Here and where the token is made, copy the secret from where it is kept, not from a document or a chat.";
    Token TokenRepeated, "token_repeated",
        "The token is there twice, one after the other.",
        "Send the token once. A proxy may have joined two headers with the same name.";
}
