// Written by `cargo xtask generate`; edit the tables under src/ instead.

/** What is to blame. */
export type Blame = "payload" | "secret" | "construction" | "token";

/** A row of the tables of findings. */
export type FindingRow<Code extends string> = readonly [code: Code, blame: Blame, message: string, fix: string];

/** How a token can have been made wrongly, proved. Names are stable; new ones may be added. */
export type DeviationCode =
  /** The token was made from the same JSON without spaces and line breaks. */
  | "payload_minified"
  /** The token was made from the same JSON, indented by two spaces. */
  | "payload_indented_by_2"
  /** The token was made from the same JSON, indented by four spaces. */
  | "payload_indented_by_4"
  /** The token was made from the same JSON, indented by tabs. */
  | "payload_indented_by_tabs"
  /** The token was made from the same JSON with a space after each comma and colon, as Python writes it. */
  | "payload_spaced"
  /** The token was made from the same JSON with its keys sorted. */
  | "payload_sorted_keys"
  /** The token was made from the same JSON with each non-ASCII character as a \u escape. */
  | "payload_ascii_only"
  /** The token was made from the same JSON with its \u escapes replaced by the characters. */
  | "payload_unescaped"
  /** The token was made from the same JSON with <, > and & escaped, as Go writes it. */
  | "payload_html_escaped"
  /** The token was made from the same JSON with <, >, &, = and ' escaped, as Gson writes it. */
  | "payload_gson_escaped"
  /** The token was made from the same JSON with each slash written as \/, as PHP writes it. */
  | "payload_slashes_escaped"
  /** The token was made from the same body, written as a JSON string. */
  | "payload_doubly_encoded"
  /** The token was made from the event's field "payload" alone. */
  | "payload_inner_only"
  /** The token was made from the text [object Object], not from the body. */
  | "payload_object_object"
  /** The token was made from an empty body. */
  | "payload_empty"
  /** The token was made from the same body with a line break at its end, or between it and the secret. */
  | "payload_final_newline_added"
  /** The token was made from the same body without its final line break. */
  | "payload_final_newline_removed"
  /** The token was made from the same body with CR LF at the end of each line. */
  | "payload_crlf"
  /** The token was made from the same body with LF alone at the end of each line. */
  | "payload_lf"
  /** The token was made from the same body without the spaces or line breaks around it. */
  | "payload_trimmed"
  /** The token was made from the same body with a byte order mark (BOM) before it. */
  | "payload_bom_added"
  /** The token was made from the same body without its byte order mark (BOM). */
  | "payload_bom_removed"
  /** The token was made from the same body in Latin-1 or a similar charset. */
  | "payload_latin1"
  /** The token was made from the same body, with its UTF-8 read in another charset, such as Latin-1, and written again. */
  | "payload_mojibake"
  /** The token was made from the same body without the quotes around it. */
  | "payload_unquoted"
  /** The token was made from the same body with quotes around it. */
  | "payload_quoted"
  /** The token was made with another of the given secrets. */
  | "secret_other"
  /** The token was made with the same secret without the spaces or line breaks around it. */
  | "secret_trimmed"
  /** The token was made with the same secret, with a line break at its end, or between it and the payload. */
  | "secret_final_newline"
  /** The token was made with the same secret without the quotes around it. */
  | "secret_unquoted"
  /** The token was made with the same secret with quotes or brackets around it. */
  | "secret_quoted"
  /** The token was made with the same secret, decoded from base64. */
  | "secret_base64_decoded"
  /** The token was made with the same secret, encoded in base64. */
  | "secret_base64_encoded"
  /** The token was made with the same secret, decoded from hexadecimal digits. */
  | "secret_hex_decoded"
  /** The token was made with the same secret, written as hexadecimal digits. */
  | "secret_hex_encoded"
  /** The token was made with the same secret, URL-decoded. */
  | "secret_url_decoded"
  /** The token was made with the same secret, URL-encoded. */
  | "secret_url_encoded"
  /** The token was made with the same secret, with its first letter or all letters in lower case. */
  | "secret_lower_case"
  /** The token was made with the same secret, with its first letter or all letters in upper case. */
  | "secret_upper_case"
  /** The token was made with a placeholder such as "undefined", "null" or "changeme", not with the secret: anyone can make it. */
  | "secret_placeholder"
  /** The token was made with the secret before the payload. */
  | "secret_first"
  /** The token was made with the secret both before and after the payload. */
  | "secret_both_ends"
  /** The token was made from the payload alone, without the secret: anyone can make it. */
  | "payload_only"
  /** The token was made as an HMAC, with the secret as its key. */
  | "hmac"
  /** The token was made as an HMAC, with the payload as its key. */
  | "hmac_swapped"
  /** The token was made with a separator between the payload and the secret. */
  | "separator"
  /** The token was made by hashing the digest a second time. */
  | "hashed_twice"
  /** The token was made from the payload's hash and the secret, not from the payload itself. */
  | "payload_hashed_first"
  /** The token was made with MD5. */
  | "md5"
  /** The token was made with SHA-1. */
  | "sha1"
  /** The token was made with SHA-512. */
  | "sha512"
  /** The token was written in base64. */
  | "token_base64"
  /** The token has a prefix that receivers refuse. */
  | "token_prefixed"
  /** The token was cut off: some of its digits are missing. */
  | "token_truncated"
  /** The token has spaces or line breaks around it. */
  | "token_spaced"
  /** The token has quotes around it. */
  | "token_quoted"
  /** The token was made from the same JSON with its numeric keys first, as JavaScript orders them. */
  | "payload_digit_keys_first"
  /** The token was made from the same JSON with its keys in another order, such as that of Java's org.json or json-simple. */
  | "payload_keys_reordered"
  /** The token was made from the same JSON with only the last of each repeated key. */
  | "payload_duplicates_dropped"
  /** The token was made from the same JSON with its numbers as another language writes them, such as 1 for 1.0, or 1.0E21 for 1e21. */
  | "payload_numbers_rewritten"
  /** The token was made from the same JSON with [] for each empty object, as PHP writes it. */
  | "payload_empty_objects_as_lists"
  /** The token was made from the same JSON with quotes, apostrophes, <, >, &, + and each non-ASCII character as an upper-case \u escape, as .NET's System.Text.Json writes it. */
  | "payload_dotnet_escaped"
  /** The token was made from the same JSON with other escapes for the same characters. */
  | "payload_escapes_rewritten"
  /** The token was made from the same JSON, indented the way Java's Jackson, Perl or Swift does it. */
  | "payload_indented_otherwise"
  /** The token was made from a parsed object as a language prints it, such as a Python dict or a Ruby Hash. */
  | "payload_inspected"
  /** The token was made from the body's bytes as a language prints them, such as b'...' or a list of numbers. */
  | "payload_bytes_shown"
  /** The token was made from a word in place of the body, such as [object Promise], undefined or Array. */
  | "payload_value_name"
  /** The token was made from {}, an empty object. */
  | "payload_empty_object"
  /** The token was made from only one piece of the body. */
  | "payload_piece"
  /** The token was made from the same body in UTF-16. */
  | "payload_utf16"
  /** The token was made from the same body with its non-ASCII characters lost or replaced, for example by question marks. */
  | "payload_characters_lost"
  /** The token was made from the same body with its accents in another Unicode form (NFC or NFD). */
  | "payload_normal_form"
  /** The token was made from the same body, encoded in base64. */
  | "payload_base64"
  /** The token was made from the same body, written as hexadecimal digits. */
  | "payload_hex"
  /** The token was made from the same body, URL-encoded as in a form. */
  | "payload_percent_encoded"
  /** The token was made from the same body without any spaces and line breaks, even inside texts. */
  | "payload_space_removed"
  /** The token was made from the same body in lower case. */
  | "payload_lower_case"
  /** The token was made from the same body with a space or a null byte after it, or a line break before it. */
  | "payload_end_added"
  /** The payload here is base64, but the token was made from the decoded bytes. */
  | "payload_from_base64"
  /** The payload here is hexadecimal digits, but the token was made from the decoded bytes. */
  | "payload_from_hex"
  /** The payload here is a record that holds the body, but the token was made from that body alone. */
  | "payload_from_envelope"
  /** The payload here has escapes, as in a log, code or a JSON string, but the token was made from the body without them. */
  | "payload_from_escapes"
  /** The payload here is a form, but the token was made from a value in it. */
  | "payload_from_form"
  /** The payload here is a whole request, but the token was made from its body alone. */
  | "payload_from_request"
  /** The payload here has other text around the JSON, but the token was made from the JSON alone. */
  | "payload_from_text"
  /** The payload here is an object as Python, Ruby or JavaScript prints it, but the token was made from its JSON. */
  | "payload_from_code"
  /** The payload here is a list of numbers, such as a Buffer, but the token was made from the bytes themselves. */
  | "payload_from_bytes"
  /** The payload here is written for HTML, with &quot; and the like, but the token was made from the plain text. */
  | "payload_from_entities"
  /** The payload here was read in the wrong charset, but the token was made from the original UTF-8. */
  | "payload_from_mojibake"
  /** The payload here is in Latin-1 or another charset, but the token was made from the same text in UTF-8. */
  | "payload_from_latin1"
  /** The payload here is in UTF-16, but the token was made from the same text in UTF-8. */
  | "payload_from_utf16"
  /** The token was made with the same secret without its invisible characters. */
  | "secret_without_invisible"
  /** The token was made with the same secret with an invisible character before or after it. */
  | "secret_with_invisible"
  /** The secret here is a whole line or record, but the token was made with only the value in it. */
  | "secret_from_line"
  /** The token was made with more than the secret: with a name before it, or a character after it. */
  | "secret_with_line"
  /** The token was made with the same secret with a space or a tab before or after it. */
  | "secret_spaced"
  /** The token was made with the same secret with its escapes decoded, such as \n or &amp;. */
  | "secret_unescaped"
  /** The token was made with the same secret with escapes in it, such as \n as two characters. */
  | "secret_escaped"
  /** The token was made with the same secret with its accents in another Unicode form (NFC or NFD). */
  | "secret_normal_form"
  /** The token was made with the same secret in another charset. */
  | "secret_charset"
  /** The token was made with the same secret with more or fewer = at its end. */
  | "secret_padding"
  /** The token was made with the same secret, changed by a shell, an .env file or a template. */
  | "secret_expanded"
  /** The token was made with only a part of the secret. */
  | "secret_piece"
  /** The token lost leading zeros. */
  | "token_zeros_lost"
  /** The token has other text around it, such as the output of a tool. */
  | "token_in_line"
  /** The token has characters between its digits, such as : or -. */
  | "token_separated"
  /** The token was written with escapes, such as %3D. */
  | "token_escaped"
  /** The token contains invisible characters. */
  | "token_invisible"
  /** The token was written as a list of numbers. */
  | "token_numbers"
  /** The token was written as hexadecimal digits twice. */
  | "token_hex_twice"
  /** The token was made from the same JSON without the fields that are null, as Gson writes it. */
  | "payload_nulls_dropped"
  /** The token was made from the same body, put inside another object, a list or a form. */
  | "payload_wrapped"
  /** A document or a chat changed quotes or spaces in the payload here, but the token was made from the original. */
  | "payload_from_document"
  /** The payload here has extra line breaks, but the token was made without them. */
  | "payload_from_lines"
  /** A document or a phone changed a quote, a dash or a space in the secret. */
  | "secret_from_document"
  /** The token is there twice, one after the other. */
  | "token_repeated";

/** By the place that the module returns. */
export const DEVIATIONS: readonly FindingRow<DeviationCode>[] = [
  ["payload_minified","payload","The token was made from the same JSON without spaces and line breaks.","The body was reformatted after it was signed. In the receiver, verify the raw body, before any JSON parser."],
  ["payload_indented_by_2","payload","The token was made from the same JSON, indented by two spaces.","The body was reformatted after it was signed. In the receiver, verify the raw body, before any JSON parser."],
  ["payload_indented_by_4","payload","The token was made from the same JSON, indented by four spaces.","The body was reformatted after it was signed. In the receiver, verify the raw body, before any JSON parser."],
  ["payload_indented_by_tabs","payload","The token was made from the same JSON, indented by tabs.","The body was reformatted after it was signed. In the receiver, verify the raw body, before any JSON parser."],
  ["payload_spaced","payload","The token was made from the same JSON with a space after each comma and colon, as Python writes it.","In the receiver, verify the raw body. To sign in Python, write the JSON once, then sign and send the same bytes."],
  ["payload_sorted_keys","payload","The token was made from the same JSON with its keys sorted.","The body was parsed and written again. Hash the raw body, both where the token is made and in the receiver."],
  ["payload_ascii_only","payload","The token was made from the same JSON with each non-ASCII character as a \\u escape.","The body was parsed and written again. Hash the raw body, both where the token is made and in the receiver."],
  ["payload_unescaped","payload","The token was made from the same JSON with its \\u escapes replaced by the characters.","The body was parsed and written again. Hash the raw body, both where the token is made and in the receiver."],
  ["payload_html_escaped","payload","The token was made from the same JSON with <, > and & escaped, as Go writes it.","In the receiver, verify the raw body. To sign in Go, use an encoder with SetEscapeHTML(false), or send exactly the bytes that are signed."],
  ["payload_gson_escaped","payload","The token was made from the same JSON with <, >, &, = and ' escaped, as Gson writes it.","In the receiver, verify the raw body. To sign with Gson, use disableHtmlEscaping(), or send exactly the bytes that are signed."],
  ["payload_slashes_escaped","payload","The token was made from the same JSON with each slash written as \\/, as PHP writes it.","In the receiver, verify the raw body. To sign in PHP, use JSON_UNESCAPED_SLASHES, or send exactly the bytes that are signed."],
  ["payload_doubly_encoded","payload","The token was made from the same body, written as a JSON string.","Where the token is made, JSON is encoded twice. Sign the body itself."],
  ["payload_inner_only","payload","The token was made from the event's field \"payload\" alone.","Where the token is made, hash the whole body, with eventName and eventTimestamp."],
  ["payload_object_object","payload","The token was made from the text [object Object], not from the body.","Where the token is made, hash the raw body, not a parsed object."],
  ["payload_empty","payload","The token was made from an empty body.","The body was already read, or not read yet. Where the token is made, read the raw body once, keep it and hash it."],
  ["payload_final_newline_added","payload","The token was made from the same body with a line break at its end, or between it and the secret.","Where the token is made, add no line break: use printf instead of echo, and curl with --data-binary."],
  ["payload_final_newline_removed","payload","The token was made from the same body without its final line break.","If an editor added a line break at the end of the body here, remove it. Where the token is made, sign exactly the bytes that are sent: in a shell, $(...) drops that line break."],
  ["payload_crlf","payload","The token was made from the same body with CR LF at the end of each line.","A form, an editor or Git changed the line breaks. Here, use the raw body. Where the token is made, sign exactly the bytes that are sent."],
  ["payload_lf","payload","The token was made from the same body with LF alone at the end of each line.","A form, an editor or Git changed the line breaks. Here, use the raw body. Where the token is made, sign exactly the bytes that are sent."],
  ["payload_trimmed","payload","The token was made from the same body without the spaces or line breaks around it.","If something added spaces or line breaks around the body here, remove them. Where the token is made, do not trim the body."],
  ["payload_bom_added","payload","The token was made from the same body with a byte order mark (BOM) before it.","Where the token is made, save the file as UTF-8 without a BOM."],
  ["payload_bom_removed","payload","The token was made from the same body without its byte order mark (BOM).","An editor added a BOM here, or text() dropped it where the token is made. Use the raw bytes in both places."],
  ["payload_latin1","payload","The token was made from the same body in Latin-1 or a similar charset.","Where the token is made, hash the UTF-8 bytes of the body, not one byte for each character."],
  ["payload_mojibake","payload","The token was made from the same body, with its UTF-8 read in another charset, such as Latin-1, and written again.","Where the token is made, hash the raw bytes, not the text that was read from them."],
  ["payload_unquoted","payload","The token was made from the same body without the quotes around it.","Remove the quotes around the body here: a shell, a form or code added them."],
  ["payload_quoted","payload","The token was made from the same body with quotes around it.","Where the token is made, sign exactly the bytes that are sent: a shell or a form may remove quotes."],
  ["secret_other","secret","The token was made with another of the given secrets.","In the receiver, use the secret of this subscription. While the secret is being replaced, accept the old and the new one."],
  ["secret_trimmed","secret","The token was made with the same secret without the spaces or line breaks around it.","Remove the spaces or line breaks around the secret here: often it is the line break at the end of a file."],
  ["secret_final_newline","secret","The token was made with the same secret, with a line break at its end, or between it and the payload.","Where the token is made, the secret was read from a file that ends with a line break. Remove that line break, or add it to the secret here too."],
  ["secret_unquoted","secret","The token was made with the same secret without the quotes around it.","Remove the quotes around the secret here: they became a part of the secret, for example in an .env file."],
  ["secret_quoted","secret","The token was made with the same secret with quotes or brackets around it.","Where the token is made, remove the quotes or brackets around the secret: they became part of it, for example in an .env file."],
  ["secret_base64_decoded","secret","The token was made with the same secret, decoded from base64.","Decode the secret from base64 here too (a Kubernetes Secret stores it that way), or do not decode it where the token is made."],
  ["secret_base64_encoded","secret","The token was made with the same secret, encoded in base64.","Where the token is made, decode the secret from base64 (a Kubernetes Secret stores it that way), or use the base64 text here too."],
  ["secret_hex_decoded","secret","The token was made with the same secret, decoded from hexadecimal digits.","Where the token is made, use the secret as it is: do not decode it."],
  ["secret_hex_encoded","secret","The token was made with the same secret, written as hexadecimal digits.","Where the token is made, use the secret as it is: do not encode it."],
  ["secret_url_decoded","secret","The token was made with the same secret, URL-decoded.","The secret here is still URL-encoded. Decode it here, or use the encoded one where the token is made."],
  ["secret_url_encoded","secret","The token was made with the same secret, URL-encoded.","Where the token is made, use the secret as it is: do not encode it."],
  ["secret_lower_case","secret","The token was made with the same secret, with its first letter or all letters in lower case.","Write the secret in the same case here and where the token is made."],
  ["secret_upper_case","secret","The token was made with the same secret, with its first letter or all letters in upper case.","Write the secret in the same case here and where the token is made."],
  ["secret_placeholder","secret","The token was made with a placeholder such as \"undefined\", \"null\" or \"changeme\", not with the secret: anyone can make it.","Where the token is made, set the variable for the secret: it is missing."],
  ["secret_first","construction","The token was made with the secret before the payload.","Where the token is made, put the secret last: sha256(payload + secret)."],
  ["secret_both_ends","construction","The token was made with the secret both before and after the payload.","Where the token is made, put the secret only at the end: sha256(payload + secret)."],
  ["payload_only","construction","The token was made from the payload alone, without the secret: anyone can make it.","Where the token is made, add the secret at the end: sha256(payload + secret)."],
  ["hmac","construction","The token was made as an HMAC, with the secret as its key.","Where the token is made, use a plain hash, not an HMAC: sha256(payload + secret)."],
  ["hmac_swapped","construction","The token was made as an HMAC, with the payload as its key.","Where the token is made, use a plain hash, not an HMAC: sha256(payload + secret)."],
  ["separator","construction","The token was made with a separator between the payload and the secret.","Where the token is made, put nothing between payload and secret: sha256(payload + secret)."],
  ["hashed_twice","construction","The token was made by hashing the digest a second time.","Where the token is made, hash only once: sha256(payload + secret)."],
  ["payload_hashed_first","construction","The token was made from the payload's hash and the secret, not from the payload itself.","Where the token is made, hash the payload itself, followed by the secret: sha256(payload + secret)."],
  ["md5","construction","The token was made with MD5.","Where the token is made, use SHA-256: sha256(payload + secret)."],
  ["sha1","construction","The token was made with SHA-1.","Where the token is made, use SHA-256: sha256(payload + secret)."],
  ["sha512","construction","The token was made with SHA-512.","Where the token is made, use SHA-256: sha256(payload + secret)."],
  ["token_base64","token","The token was written in base64.","Where the token is made, write it as 64 hexadecimal digits."],
  ["token_prefixed","token","The token has a prefix that receivers refuse.","Where the token is sent, and here, use only its 64 digits, or put sha256= in lower case before them."],
  ["token_truncated","token","The token was cut off: some of its digits are missing.","Copy all 64 digits of the token here. If the request itself has fewer, the sender stores the token in a field that is too short."],
  ["token_spaced","token","The token has spaces or line breaks around it.","Where the token is sent, and here, use only its 64 digits."],
  ["token_quoted","token","The token has quotes around it.","Where the token is sent, and here, use only its 64 digits."],
  ["payload_digit_keys_first","payload","The token was made from the same JSON with its numeric keys first, as JavaScript orders them.","The body was parsed and written again. Hash the raw body, both where the token is made and in the receiver."],
  ["payload_keys_reordered","payload","The token was made from the same JSON with its keys in another order, such as that of Java's org.json or json-simple.","The body was parsed and written again. Hash the raw body, both where the token is made and in the receiver."],
  ["payload_duplicates_dropped","payload","The token was made from the same JSON with only the last of each repeated key.","A parser keeps only one of two equal keys. Hash the raw body, both where the token is made and in the receiver."],
  ["payload_numbers_rewritten","payload","The token was made from the same JSON with its numbers as another language writes them, such as 1 for 1.0, or 1.0E21 for 1e21.","A number that is parsed and written again often changes. Hash the raw body, both where the token is made and in the receiver."],
  ["payload_empty_objects_as_lists","payload","The token was made from the same JSON with [] for each empty object, as PHP writes it.","In the receiver, verify the raw body. To sign in PHP, decode objects as objects, not as arrays, or send exactly the bytes that are signed."],
  ["payload_dotnet_escaped","payload","The token was made from the same JSON with quotes, apostrophes, <, >, &, + and each non-ASCII character as an upper-case \\u escape, as .NET's System.Text.Json writes it.","In the receiver, verify the raw body. To sign in .NET, use JavaScriptEncoder.UnsafeRelaxedJsonEscaping, or send exactly the bytes that are signed."],
  ["payload_escapes_rewritten","payload","The token was made from the same JSON with other escapes for the same characters.","The body was parsed and written again. Hash the raw body, both where the token is made and in the receiver."],
  ["payload_indented_otherwise","payload","The token was made from the same JSON, indented the way Java's Jackson, Perl or Swift does it.","The body was reformatted after it was signed. In the receiver, verify the raw body, before any JSON parser."],
  ["payload_inspected","payload","The token was made from a parsed object as a language prints it, such as a Python dict or a Ruby Hash.","Where the token is made, hash the raw body, not a parsed object."],
  ["payload_bytes_shown","payload","The token was made from the body's bytes as a language prints them, such as b'...' or a list of numbers.","Where the token is made, hash the bytes of the body, not their printed form."],
  ["payload_value_name","payload","The token was made from a word in place of the body, such as [object Promise], undefined or Array.","Where the token is made, wait for the raw body (await), and hash its bytes."],
  ["payload_empty_object","payload","The token was made from {}, an empty object.","The body was not parsed yet, or a promise was written as JSON. Where the token is made, wait for the raw body (await) and hash it."],
  ["payload_piece","payload","The token was made from only one piece of the body.","A body arrives in pieces. Where the token is made, collect all of them before you hash, or hash them one by one in order."],
  ["payload_utf16","payload","The token was made from the same body in UTF-16.","Where the token is made, hash the UTF-8 bytes of the body: Encoding.UTF8 in .NET, StandardCharsets.UTF_8 in Java."],
  ["payload_characters_lost","payload","The token was made from the same body with its non-ASCII characters lost or replaced, for example by question marks.","Where the token is made, hash the raw bytes of the body: something there uses a charset that lacks some of its characters."],
  ["payload_normal_form","payload","The token was made from the same body with its accents in another Unicode form (NFC or NFD).","Something normalised the text, here or where the token is made. Use the raw bytes in both places."],
  ["payload_base64","payload","The token was made from the same body, encoded in base64.","Where the token is made, decode the body before you hash it: gateways may hand it over in base64."],
  ["payload_hex","payload","The token was made from the same body, written as hexadecimal digits.","Where the token is made, hash the bytes of the body, not their hexadecimal digits."],
  ["payload_percent_encoded","payload","The token was made from the same body, URL-encoded as in a form.","Where the token is made, sign and send the body as it is, with the content type application/json."],
  ["payload_space_removed","payload","The token was made from the same body without any spaces and line breaks, even inside texts.","Where the token is made, do not change the body: hash its raw bytes."],
  ["payload_lower_case","payload","The token was made from the same body in lower case.","Where the token is made, do not change the body: hash its raw bytes."],
  ["payload_end_added","payload","The token was made from the same body with a space or a null byte after it, or a line break before it.","Where the token is made, hash exactly the bytes of the body, not one more."],
  ["payload_from_base64","payload","The payload here is base64, but the token was made from the decoded bytes.","Here, decode the payload from base64 first: gateways that set isBase64Encoded hand over the body in base64."],
  ["payload_from_hex","payload","The payload here is hexadecimal digits, but the token was made from the decoded bytes.","Here, decode the payload from hexadecimal digits first, or use the raw body."],
  ["payload_from_envelope","payload","The payload here is a record that holds the body, but the token was made from that body alone.","Here, take the body out of the record of the gateway or queue, and verify only the body."],
  ["payload_from_escapes","payload","The payload here has escapes, as in a log, code or a JSON string, but the token was made from the body without them.","Here, decode the escapes in the payload first, or use the raw body."],
  ["payload_from_form","payload","The payload here is a form, but the token was made from a value in it.","Here, decode the form and verify the value. Or change the sender: send the body as application/json."],
  ["payload_from_request","payload","The payload here is a whole request, but the token was made from its body alone.","Here, use only the body, which follows the empty line, or paste the whole request into the field for it."],
  ["payload_from_text","payload","The payload here has other text around the JSON, but the token was made from the JSON alone.","Here, use only the JSON, from its first bracket to its last."],
  ["payload_from_code","payload","The payload here is an object as Python, Ruby or JavaScript prints it, but the token was made from its JSON.","Here, use the raw body, not the parsed object."],
  ["payload_from_bytes","payload","The payload here is a list of numbers, such as a Buffer, but the token was made from the bytes themselves.","Here, use the bytes of the body, not their printed form."],
  ["payload_from_entities","payload","The payload here is written for HTML, with &quot; and the like, but the token was made from the plain text.","Here, copy the text that the page shows, not its source, or use the raw body."],
  ["payload_from_mojibake","payload","The payload here was read in the wrong charset, but the token was made from the original UTF-8.","Here, read the body as UTF-8, or use its raw bytes."],
  ["payload_from_latin1","payload","The payload here is in Latin-1 or another charset, but the token was made from the same text in UTF-8.","Here, use the raw bytes of the body: something wrote its text in another charset."],
  ["payload_from_utf16","payload","The payload here is in UTF-16, but the token was made from the same text in UTF-8.","Here, save or pass the body as UTF-8: PowerShell and some editors write UTF-16."],
  ["secret_without_invisible","secret","The token was made with the same secret without its invisible characters.","Type the secret again here: it contains a character that nobody sees, such as a byte order mark or a zero-width space."],
  ["secret_with_invisible","secret","The token was made with the same secret with an invisible character before or after it.","Where the token is made, type the secret again: it contains a character that nobody sees, such as a byte order mark or a null byte."],
  ["secret_from_line","secret","The secret here is a whole line or record, but the token was made with only the value in it.","Here, use only the secret itself: no name before it, and nothing after it."],
  ["secret_with_line","secret","The token was made with more than the secret: with a name before it, or a character after it.","Where the token is made, use only the secret itself, not the whole line of a file."],
  ["secret_spaced","secret","The token was made with the same secret with a space or a tab before or after it.","Where the token is made, remove the space or tab before or after the secret."],
  ["secret_unescaped","secret","The token was made with the same secret with its escapes decoded, such as \\n or &amp;.","Here, write the characters of the secret themselves, not their escapes."],
  ["secret_escaped","secret","The token was made with the same secret with escapes in it, such as \\n as two characters.","Where the token is made, write the characters of the secret themselves, not their escapes."],
  ["secret_normal_form","secret","The token was made with the same secret with its accents in another Unicode form (NFC or NFD).","Write the secret in NFC here and where the token is made, or choose one with only ASCII characters."],
  ["secret_charset","secret","The token was made with the same secret in another charset.","Encode the secret as UTF-8 here and where the token is made, or choose one with only ASCII characters."],
  ["secret_padding","secret","The token was made with the same secret with more or fewer = at its end.","Copy the whole secret here and where the token is made, with every = at its end."],
  ["secret_expanded","secret","The token was made with the same secret, changed by a shell, an .env file or a template.","Shells, .env files and templates treat $, #, %, quotes and backslashes specially. Where the token is made, put the secret in single quotes, or choose a secret of letters and digits only."],
  ["secret_piece","secret","The token was made with only a part of the secret.","Compare the secret here with the one where the token is made, from first to last character: the one there is cut off, or the one here has something extra."],
  ["token_zeros_lost","token","The token lost leading zeros.","Where the token is made, write every byte as two digits: String.format(\"%02x\") in Java, padStart(2, \"0\") in JavaScript."],
  ["token_in_line","token","The token has other text around it, such as the output of a tool.","Where the token is sent, and here, use only its 64 digits."],
  ["token_separated","token","The token has characters between its digits, such as : or -.","Where the token is made, write 64 hexadecimal digits with nothing between them."],
  ["token_escaped","token","The token was written with escapes, such as %3D.","Where the token is sent, and here, use its plain digits, without escapes."],
  ["token_invisible","token","The token contains invisible characters.","Where the token is sent, and here, use only its 64 digits. Do not copy them from a document."],
  ["token_numbers","token","The token was written as a list of numbers.","Where the token is made, write it as 64 hexadecimal digits."],
  ["token_hex_twice","token","The token was written as hexadecimal digits twice.","Where the token is made, convert the digest to hexadecimal only once."],
  ["payload_nulls_dropped","payload","The token was made from the same JSON without the fields that are null, as Gson writes it.","In the receiver, verify the raw body. To sign with Gson, use serializeNulls(), or send exactly the bytes that are signed."],
  ["payload_wrapped","payload","The token was made from the same body, put inside another object, a list or a form.","Where the token is made, sign the body itself, with nothing around it."],
  ["payload_from_document","payload","A document or a chat changed quotes or spaces in the payload here, but the token was made from the original.","Here, copy the raw body from where it arrived."],
  ["payload_from_lines","payload","The payload here has extra line breaks, but the token was made without them.","Here, copy the raw body from a file: terminals and mails break long lines."],
  ["secret_from_document","secret","A document or a phone changed a quote, a dash or a space in the secret.","Here and where the token is made, copy the secret from where it is kept, not from a document or a chat."],
  ["token_repeated","token","The token is there twice, one after the other.","Send the token once. A proxy may have joined two headers with the same name."],
];

/** A likely mistake, when none is proved. Names are stable; new ones may be added. */
export type HintCode =
  /** The token is not 64 hexadecimal digits, nor written in any other known way. */
  | "token_no_digest"
  /** The payload is empty. */
  | "payload_missing"
  /** The payload is not UTF-8, but the Console sends UTF-8. */
  | "payload_not_utf8"
  /** The payload contains U+FFFD, which stands in place of bytes that were lost. */
  | "payload_replaced"
  /** The payload is not JSON, but the Console sends a JSON object. */
  | "payload_not_json"
  /** The payload was formatted for reading, but the Console sends JSON without spaces and line breaks. */
  | "payload_formatted"
  /** The payload contains non-breaking or zero-width spaces, or curly quotes. */
  | "payload_typographic"
  /** The payload is not an event: an event is an object with eventName, eventTimestamp and payload. */
  | "payload_no_event"
  /** The secret is missing. */
  | "secret_missing"
  /** The secret contains an invisible character. */
  | "secret_invisible"
  /** Payload and token look right, so the secret may be that of another subscription. */
  | "secret_of_another"
  /** The token is not as long as SHA-256, which has 64 hexadecimal digits. */
  | "token_of_another_hash"
  /** The payload begins like a request or a command, not like a body. */
  | "payload_request"
  /** The payload begins like compressed data. */
  | "payload_compressed"
  /** The payload begins like JSON, but its end is missing. */
  | "payload_cut_off"
  /** The payload is JSON, but it looks like the record of a gateway or a queue that holds the request, not like an event. */
  | "payload_envelope"
  /** The payload contains a whole number that was probably rounded: it is larger than 9007199254740991 and ends in zeros. */
  | "payload_rounded"
  /** The payload is not written as the Console writes JSON: its escapes, numbers or keys are different. */
  | "payload_rewritten"
  /** The secret looks like a placeholder that was never replaced. */
  | "secret_template"
  /** A value in the payload looks masked or shortened, as in a log. */
  | "payload_masked"
  /** The token may belong to another request. */
  | "request_mixed"
  /** Nothing here shows whether the secret is right. */
  | "secret_unconfirmed";

/** By the place that the module returns. */
export const HINTS: readonly FindingRow<HintCode>[] = [
  ["token_no_digest","token","The token is not 64 hexadecimal digits, nor written in any other known way.","Copy the whole value of the header X-Mia-Token or X-Mia-Signature."],
  ["payload_missing","payload","The payload is empty.","Copy the raw body of the request."],
  ["payload_not_utf8","payload","The payload is not UTF-8, but the Console sends UTF-8.","Look for something that compressed or encoded the body, or changed its charset."],
  ["payload_replaced","payload","The payload contains U+FFFD, which stands in place of bytes that were lost.","In the receiver, verify the raw bytes, not text that was read from them."],
  ["payload_not_json","payload","The payload is not JSON, but the Console sends a JSON object.","It may be cut off, or something else was copied. Copy the whole raw body."],
  ["payload_formatted","payload","The payload was formatted for reading, but the Console sends JSON without spaces and line breaks.","Copy the raw body. A viewer may also have changed numbers and escapes, and that cannot be undone."],
  ["payload_typographic","payload","The payload contains non-breaking or zero-width spaces, or curly quotes.","It may have been copied from a document. Copy the raw body."],
  ["payload_no_event","payload","The payload is not an event: an event is an object with eventName, eventTimestamp and payload.","Copy the whole raw body, as it arrived."],
  ["secret_missing","secret","The secret is missing.","Enter the secret of the subscription."],
  ["secret_invisible","secret","The secret contains an invisible character.","Type the secret again, or copy it from where it is kept."],
  ["secret_of_another","secret","Payload and token look right, so the secret may be that of another subscription.","Compare the secret here with that of this subscription in the Console, to the last character."],
  ["token_of_another_hash","token","The token is not as long as SHA-256, which has 64 hexadecimal digits.","Look for a missing digit, or for another hash function: MD5 has 32 digits, SHA-1 has 40, SHA-512 has 128."],
  ["payload_request","payload","The payload begins like a request or a command, not like a body.","Use only the body, or paste the whole request into the field for it."],
  ["payload_compressed","payload","The payload begins like compressed data.","Decompress the payload here first: the token is made from the body before compression."],
  ["payload_cut_off","payload","The payload begins like JSON, but its end is missing.","Copy the whole raw body. Terminals, logs and databases cut long lines."],
  ["payload_envelope","payload","The payload is JSON, but it looks like the record of a gateway or a queue that holds the request, not like an event.","Here, take the body out of the record: often it is a text named body, Body or Message, perhaps in base64."],
  ["payload_rounded","payload","The payload contains a whole number that was probably rounded: it is larger than 9007199254740991 and ends in zeros.","A viewer that reads JSON with JavaScript loses digits. Copy the raw body, not what a viewer shows."],
  ["payload_rewritten","payload","The payload is not written as the Console writes JSON: its escapes, numbers or keys are different.","The body was parsed and written again. In the receiver, verify the raw body."],
  ["secret_template","secret","The secret looks like a placeholder that was never replaced.","Use the secret itself here, and check where the variable should be set."],
  ["payload_masked","payload","A value in the payload looks masked or shortened, as in a log.","What was left out is lost. Copy the raw body, not the log."],
  ["request_mixed","token","The token may belong to another request.","Copy payload and token from the same request. Each event has its own token."],
  ["secret_unconfirmed","secret","Nothing here shows whether the secret is right.","Compare the secret here with that of this subscription in the Console, to the last character."],
];

/** Hints that say nothing about this delivery: they apply to each. */
export const GENERAL_HINTS: readonly HintCode[] = ["secret_of_another","request_mixed","secret_unconfirmed"];

/** What can be hashed; `digest` and `digits` are those of what comes before them. By the place that the module returns. */
export const SIGNED_PARTS = ["payload","secret","between","digest","digits"] as const;

/** The hash functions that a token can be made with. By the place that the module returns. */
export const HASHES = ["sha256","sha512","sha1","md5"] as const;

/** The notations that a token can have. By the place that the module returns. */
export const NOTATIONS = ["hex","base64","numbers"] as const;

/** Longer payloads, in bytes, are only tried as they are. */
export const MAX_DIAGNOSED_BYTES = 1048576;
