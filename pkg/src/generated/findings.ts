// Written by `cargo xtask generate`; edit the tables under src/ instead.

/** What is to blame. */
export type Blame = "payload" | "secret" | "construction" | "token";

/** A row of the tables of findings. */
export type FindingRow<Code extends string> = readonly [code: Code, blame: Blame, message: string, fix: string];

/** How a token can have been made wrongly, proved. Names are stable; new ones may be added. */
export type DeviationCode =
  /** The token belongs to the JSON without spaces. */
  | "payload_minified"
  /** The token belongs to the JSON indented by two spaces. */
  | "payload_indented_by_2"
  /** The token belongs to the JSON indented by four spaces. */
  | "payload_indented_by_4"
  /** The token belongs to the JSON indented by tabs. */
  | "payload_indented_by_tabs"
  /** The token belongs to the JSON with a space after each comma and colon, as Python writes it. */
  | "payload_spaced"
  /** The token belongs to the JSON with its keys sorted. */
  | "payload_sorted_keys"
  /** The token belongs to the JSON with every character beyond ASCII as a \u escape. */
  | "payload_ascii_only"
  /** The token belongs to the JSON with its \u escapes replaced by the characters. */
  | "payload_unescaped"
  /** The token belongs to the JSON with <, > and & escaped, as Go writes it. */
  | "payload_html_escaped"
  /** The token belongs to the JSON with <, >, &, = and ' escaped, as Gson writes it. */
  | "payload_gson_escaped"
  /** The token belongs to the JSON with each slash written as \/, as PHP does. */
  | "payload_slashes_escaped"
  /** The token belongs to the body encoded as a JSON string. */
  | "payload_doubly_encoded"
  /** The token belongs to the event's member "payload" alone. */
  | "payload_inner_only"
  /** The token belongs to the text [object Object]. */
  | "payload_object_object"
  /** The token belongs to an empty body. */
  | "payload_empty"
  /** The token belongs to the body with a newline after it, or between it and the secret. */
  | "payload_final_newline_added"
  /** The token belongs to the body without its final newline. */
  | "payload_final_newline_removed"
  /** The token belongs to the body with CR LF at the end of each line. */
  | "payload_crlf"
  /** The token belongs to the body with LF alone at the end of each line. */
  | "payload_lf"
  /** The token belongs to the body without white space around it. */
  | "payload_trimmed"
  /** The token belongs to the body with a byte-order mark before it. */
  | "payload_bom_added"
  /** The token belongs to the body without its byte-order mark. */
  | "payload_bom_removed"
  /** The token belongs to the body in Latin-1 or a similar charset. */
  | "payload_latin1"
  /** The token belongs to the body's UTF-8 read in another charset, such as Latin-1, and encoded again. */
  | "payload_mojibake"
  /** The token belongs to the body without the quotes around it. */
  | "payload_unquoted"
  /** The token belongs to the body with quotes around it. */
  | "payload_quoted"
  /** The token was made with another of the known secrets. */
  | "secret_other"
  /** The token was made with the secret without the white space around it. */
  | "secret_trimmed"
  /** The token was made with a newline after the secret, or between it and the payload. */
  | "secret_final_newline"
  /** The token was made with the secret without the quotes around it. */
  | "secret_unquoted"
  /** The token was made with quotes around the secret. */
  | "secret_quoted"
  /** The token was made with the secret decoded from base64. */
  | "secret_base64_decoded"
  /** The token was made with the base64 of the secret. */
  | "secret_base64_encoded"
  /** The token was made with the secret decoded from hexadecimal digits. */
  | "secret_hex_decoded"
  /** The token was made with the secret as hexadecimal digits. */
  | "secret_hex_encoded"
  /** The token was made with the secret after percent-decoding. */
  | "secret_url_decoded"
  /** The token was made with the secret after percent-encoding. */
  | "secret_url_encoded"
  /** The token was made with the secret in lower case. */
  | "secret_lower_case"
  /** The token was made with the secret in upper case. */
  | "secret_upper_case"
  /** The token was made with a word that stands for a missing secret, such as "undefined" or "null". */
  | "secret_placeholder"
  /** The secret was put before the payload. */
  | "secret_first"
  /** The secret was put both before and after the payload. */
  | "secret_both_ends"
  /** Only the payload was hashed: the token does not depend on the secret, so anybody can make it. */
  | "payload_only"
  /** The token is an HMAC with the secret as its key. */
  | "hmac"
  /** The token is an HMAC with the payload as its key. */
  | "hmac_swapped"
  /** There is a separator between payload and secret. */
  | "separator"
  /** The digest was hashed again. */
  | "hashed_twice"
  /** The secret was appended to the payload's digest, not to the payload. */
  | "payload_hashed_first"
  /** The hash function is MD5. */
  | "md5"
  /** The hash function is SHA-1. */
  | "sha1"
  /** The hash function is SHA-512. */
  | "sha512"
  /** The digest is written in base64. */
  | "token_base64"
  /** The digest has a prefix that is not accepted. */
  | "token_prefixed"
  /** The token is only the beginning of the digest. */
  | "token_truncated"
  /** There is white space around the digest. */
  | "token_spaced"
  /** The digest is in quotes. */
  | "token_quoted"
  /** The token belongs to the JSON with the keys that are whole numbers first, as JavaScript orders them. */
  | "payload_digit_keys_first"
  /** The token belongs to the JSON with its keys in another order, such as that of a hash table, as json-simple writes them. */
  | "payload_keys_reordered"
  /** The token belongs to the JSON with only the last of equal keys. */
  | "payload_duplicates_dropped"
  /** The token belongs to the JSON with its numbers written as another language writes them, such as 1.0 as 1, or 1e21 as 1.0E21. */
  | "payload_numbers_rewritten"
  /** The token belongs to the JSON with each empty object written as [], as PHP does. */
  | "payload_empty_objects_as_lists"
  /** The token belongs to the JSON with quotes, <, >, &, + and every character beyond ASCII as an escape in upper case, as .NET's System.Text.Json writes it. */
  | "payload_dotnet_escaped"
  /** The token belongs to the JSON with other escapes for the same characters. */
  | "payload_escapes_rewritten"
  /** The token belongs to the JSON indented as Java's Jackson, Perl or Swift indent it. */
  | "payload_indented_otherwise"
  /** The token belongs to the text that a language shows for the parsed object, such as a dict of Python or a Hash of Ruby. */
  | "payload_inspected"
  /** The token belongs to the text that a language shows for the body's bytes, such as b'...' or a list of numbers. */
  | "payload_bytes_shown"
  /** The token belongs to a text that stands for a value, such as [object Promise], undefined or Array. */
  | "payload_value_name"
  /** The token belongs to {}, an empty object. */
  | "payload_empty_object"
  /** The token belongs to only one piece of the body. */
  | "payload_piece"
  /** The token belongs to the body in UTF-16. */
  | "payload_utf16"
  /** The token belongs to the body with other signs in place of its characters beyond ASCII. */
  | "payload_characters_lost"
  /** The token belongs to the body with its accents composed or decomposed (Unicode's normal forms C and D). */
  | "payload_normal_form"
  /** The token belongs to the base64 of the body. */
  | "payload_base64"
  /** The token belongs to the body as hexadecimal digits. */
  | "payload_hex"
  /** The token belongs to the body percent-encoded, as in a form. */
  | "payload_percent_encoded"
  /** The token belongs to the body without any white space, even inside texts. */
  | "payload_space_removed"
  /** The token belongs to the body in lower case. */
  | "payload_lower_case"
  /** The token belongs to the body with a space, a zero byte or an empty line before or after it. */
  | "payload_end_added"
  /** The payload here is base64, and the token belongs to the bytes that it stands for. */
  | "payload_from_base64"
  /** The payload here is hexadecimal digits, and the token belongs to the bytes that they stand for. */
  | "payload_from_hex"
  /** The payload here is a record that holds the body, and the token belongs to that body. */
  | "payload_from_envelope"
  /** The payload here is the body with escapes, as a log, code or a JSON string shows it. */
  | "payload_from_escapes"
  /** The payload here is a form, and the token belongs to a value in it. */
  | "payload_from_form"
  /** The payload here is a whole request, and the token belongs to its body. */
  | "payload_from_request"
  /** There is other text around the JSON here, and the token belongs to the JSON alone. */
  | "payload_from_text"
  /** The payload here is an object as Python, Ruby or JavaScript shows it, and the token belongs to its JSON. */
  | "payload_from_code"
  /** The payload here is a list of numbers, such as a Buffer, and the token belongs to the bytes that they stand for. */
  | "payload_from_bytes"
  /** The payload here is written for HTML, with &quot; and the like, and the token belongs to the text itself. */
  | "payload_from_entities"
  /** The payload here was UTF-8 that something read in another charset; the token belongs to the UTF-8. */
  | "payload_from_mojibake"
  /** The payload here is in another charset than UTF-8, such as Latin-1; the token belongs to the same text in UTF-8. */
  | "payload_from_latin1"
  /** The payload here is UTF-16; the token belongs to the same text in UTF-8. */
  | "payload_from_utf16"
  /** The token was made with the secret without its invisible characters. */
  | "secret_without_invisible"
  /** The token was made with an invisible character beside the secret. */
  | "secret_with_invisible"
  /** The secret here is a whole line or record, and the token was made with the value in it. */
  | "secret_from_line"
  /** The token was made with more than the secret: a name before it, or a character after it. */
  | "secret_with_line"
  /** The token was made with a space beside the secret. */
  | "secret_spaced"
  /** The token was made with the secret with its escapes resolved, such as \n or &amp;. */
  | "secret_unescaped"
  /** The token was made with escapes in the secret, such as \n in two characters. */
  | "secret_escaped"
  /** The token was made with the accents of the secret composed or decomposed (Unicode's normal forms C and D). */
  | "secret_normal_form"
  /** The token was made with the secret in another charset. */
  | "secret_charset"
  /** The token was made with another number of = at the end of the secret. */
  | "secret_padding"
  /** The token was made with the secret as a shell, an env file or a template changed it. */
  | "secret_expanded"
  /** The token was made with only a part of the secret. */
  | "secret_piece"
  /** The digest has lost leading zeros. */
  | "token_zeros_lost"
  /** The digest is in a line with other text, as a tool writes it. */
  | "token_in_line"
  /** There are characters between the digits, such as : or -. */
  | "token_separated"
  /** The digest is written with escapes, such as %3D. */
  | "token_escaped"
  /** There are invisible characters in the token. */
  | "token_invisible"
  /** The digest is written as a list of numbers. */
  | "token_numbers"
  /** The digits of the digest were written as hexadecimal digits again. */
  | "token_hex_twice"
  /** The token belongs to the JSON without the members that are null, as Gson leaves them out. */
  | "payload_nulls_dropped"
  /** The token belongs to the body inside another object, list or form. */
  | "payload_wrapped"
  /** The payload here went through a document or a chat, which changed its quotes or spaces; the token belongs to it as it was. */
  | "payload_from_document"
  /** Line breaks were put into the payload here, and the token belongs to it without them. */
  | "payload_from_lines"
  /** A quote, a dash or a space in the secret is not the one that a keyboard types: a document or a telephone changed it. */
  | "secret_from_document"
  /** The digest is there twice. */
  | "token_repeated";

/** By the place that the module returns. */
export const DEVIATIONS: readonly FindingRow<DeviationCode>[] = [
  ["payload_minified","payload","The token belongs to the JSON without spaces.","Something spaced or indented the body after it was signed. Verify the raw body, before any JSON parser."],
  ["payload_indented_by_2","payload","The token belongs to the JSON indented by two spaces.","Verify the raw body, before any JSON parser."],
  ["payload_indented_by_4","payload","The token belongs to the JSON indented by four spaces.","Verify the raw body, before any JSON parser."],
  ["payload_indented_by_tabs","payload","The token belongs to the JSON indented by tabs.","Verify the raw body, before any JSON parser."],
  ["payload_spaced","payload","The token belongs to the JSON with a space after each comma and colon, as Python writes it.","Verify the raw body. To sign with Python, write the JSON once, and sign and send the same bytes."],
  ["payload_sorted_keys","payload","The token belongs to the JSON with its keys sorted.","Verify the raw body: an object that was parsed and written again is a different text."],
  ["payload_ascii_only","payload","The token belongs to the JSON with every character beyond ASCII as a \\u escape.","Verify the raw body, before any JSON parser."],
  ["payload_unescaped","payload","The token belongs to the JSON with its \\u escapes replaced by the characters.","Verify the raw body, before any JSON parser."],
  ["payload_html_escaped","payload","The token belongs to the JSON with <, > and & escaped, as Go writes it.","Verify the raw body. To sign with Go, use an encoder with SetEscapeHTML(false), or sign what it wrote."],
  ["payload_gson_escaped","payload","The token belongs to the JSON with <, >, &, = and ' escaped, as Gson writes it.","Verify the raw body. To sign with Gson, use disableHtmlEscaping(), or sign what it wrote."],
  ["payload_slashes_escaped","payload","The token belongs to the JSON with each slash written as \\/, as PHP does.","Verify the raw body. To sign with PHP, use JSON_UNESCAPED_SLASHES, or sign what it wrote."],
  ["payload_doubly_encoded","payload","The token belongs to the body encoded as a JSON string.","The body was written as JSON twice before it was signed. Sign the body itself."],
  ["payload_inner_only","payload","The token belongs to the event's member \"payload\" alone.","The whole body is hashed, eventName and eventTimestamp included."],
  ["payload_object_object","payload","The token belongs to the text [object Object].","A parsed object was hashed instead of the body's bytes. Hash the raw body."],
  ["payload_empty","payload","The token belongs to an empty body.","The body was read before it was hashed, or it was never read. Read the raw body once, and keep it."],
  ["payload_final_newline_added","payload","The token belongs to the body with a newline after it, or between it and the secret.","A tool such as echo added a newline before the body was signed: use printf, or curl with --data-binary."],
  ["payload_final_newline_removed","payload","The token belongs to the body without its final newline.","Send the same bytes that are signed: curl with --data-binary, not --data."],
  ["payload_crlf","payload","The token belongs to the body with CR LF at the end of each line.","Something changed the line ends, for example a form or an editor. Sign and send the same bytes."],
  ["payload_lf","payload","The token belongs to the body with LF alone at the end of each line.","Something changed the line ends, for example a form or an editor. Sign and send the same bytes."],
  ["payload_trimmed","payload","The token belongs to the body without white space around it.","Do not trim the body: verify the raw bytes."],
  ["payload_bom_added","payload","The token belongs to the body with a byte-order mark before it.","The file that was signed begins with a byte-order mark. Save it as UTF-8 without one."],
  ["payload_bom_removed","payload","The token belongs to the body without its byte-order mark.","Something removed the byte-order mark, for example a request's text(). Verify the raw bytes."],
  ["payload_latin1","payload","The token belongs to the body in Latin-1 or a similar charset.","Hash the UTF-8 bytes of the body, not one byte for each character."],
  ["payload_mojibake","payload","The token belongs to the body's UTF-8 read in another charset, such as Latin-1, and encoded again.","Something treated the bytes as characters. Hash the raw bytes."],
  ["payload_unquoted","payload","The token belongs to the body without the quotes around it.","A shell, a form or code added the quotes. Take the body without them."],
  ["payload_quoted","payload","The token belongs to the body with quotes around it.","A shell or a form removed quotes. Sign and send the same bytes."],
  ["secret_other","secret","The token was made with another of the known secrets.","Use the secret of this subscription, or accept both while it is being rotated."],
  ["secret_trimmed","secret","The token was made with the secret without the white space around it.","The secret here has white space around it, perhaps the final newline of a file. Remove it."],
  ["secret_final_newline","secret","The token was made with a newline after the secret, or between it and the payload.","The sender read the secret from a file with a final newline. Remove it there, or add it here as well."],
  ["secret_unquoted","secret","The token was made with the secret without the quotes around it.","The quotes became a part of the secret here, for example in an env file. Remove them."],
  ["secret_quoted","secret","The token was made with quotes around the secret.","The quotes became a part of the sender's secret, for example in an env file. Remove them there."],
  ["secret_base64_decoded","secret","The token was made with the secret decoded from base64.","Decode it here as well, as the value of a Kubernetes Secret, or do not decode it there."],
  ["secret_base64_encoded","secret","The token was made with the base64 of the secret.","Decode the secret where the token is made, as a Kubernetes Secret requires, or do not decode it here."],
  ["secret_hex_decoded","secret","The token was made with the secret decoded from hexadecimal digits.","The sender must use the secret as it is: do not decode it there."],
  ["secret_hex_encoded","secret","The token was made with the secret as hexadecimal digits.","The sender must use the secret as it is: do not encode it there."],
  ["secret_url_decoded","secret","The token was made with the secret after percent-decoding.","The secret here is still percent-encoded. Decode it, or use the encoded form in both places."],
  ["secret_url_encoded","secret","The token was made with the secret after percent-encoding.","The sender must use the secret as it is: do not encode it there."],
  ["secret_lower_case","secret","The token was made with the secret in lower case.","Use the secret in the same case in both places."],
  ["secret_upper_case","secret","The token was made with the secret in upper case.","Use the secret in the same case in both places."],
  ["secret_placeholder","secret","The token was made with a word that stands for a missing secret, such as \"undefined\" or \"null\".","The sender turned a missing variable into text. Set the variable there."],
  ["secret_first","construction","The secret was put before the payload.","Put the secret last: sha256(payload + secret)."],
  ["secret_both_ends","construction","The secret was put both before and after the payload.","Put the secret last, and only once: sha256(payload + secret)."],
  ["payload_only","construction","Only the payload was hashed: the token does not depend on the secret, so anybody can make it.","Append the secret: sha256(payload + secret)."],
  ["hmac","construction","The token is an HMAC with the secret as its key.","Do not use an HMAC: the token is sha256(payload + secret)."],
  ["hmac_swapped","construction","The token is an HMAC with the payload as its key.","Do not use an HMAC: the token is sha256(payload + secret)."],
  ["separator","construction","There is a separator between payload and secret.","Append the secret directly: sha256(payload + secret)."],
  ["hashed_twice","construction","The digest was hashed again.","Hash once: sha256(payload + secret)."],
  ["payload_hashed_first","construction","The secret was appended to the payload's digest, not to the payload.","Hash the payload itself, then the secret: sha256(payload + secret)."],
  ["md5","construction","The hash function is MD5.","Use SHA-256."],
  ["sha1","construction","The hash function is SHA-1.","Use SHA-256."],
  ["sha512","construction","The hash function is SHA-512.","Use SHA-256."],
  ["token_base64","token","The digest is written in base64.","Write it as 64 hexadecimal digits."],
  ["token_prefixed","token","The digest has a prefix that is not accepted.","Write the digits alone, or after sha256= in lower case."],
  ["token_truncated","token","The token is only the beginning of the digest.","Send all 64 digits. Look for a column or a field that is too short."],
  ["token_spaced","token","There is white space around the digest.","Send the digits alone."],
  ["token_quoted","token","The digest is in quotes.","Send the digits alone."],
  ["payload_digit_keys_first","payload","The token belongs to the JSON with the keys that are whole numbers first, as JavaScript orders them.","Verify the raw body: an object that was parsed and written again is a different text."],
  ["payload_keys_reordered","payload","The token belongs to the JSON with its keys in another order, such as that of a hash table, as json-simple writes them.","Verify the raw body: an object that was parsed and written again is a different text."],
  ["payload_duplicates_dropped","payload","The token belongs to the JSON with only the last of equal keys.","Verify the raw body: a parser keeps one of two equal keys."],
  ["payload_numbers_rewritten","payload","The token belongs to the JSON with its numbers written as another language writes them, such as 1.0 as 1, or 1e21 as 1.0E21.","Verify the raw body: a number that was parsed and written again is often a different text."],
  ["payload_empty_objects_as_lists","payload","The token belongs to the JSON with each empty object written as [], as PHP does.","Verify the raw body. To sign with PHP, decode objects as objects, or sign what was written."],
  ["payload_dotnet_escaped","payload","The token belongs to the JSON with quotes, <, >, &, + and every character beyond ASCII as an escape in upper case, as .NET's System.Text.Json writes it.","Verify the raw body. To sign with .NET, use JavaScriptEncoder.UnsafeRelaxedJsonEscaping, or sign what was written."],
  ["payload_escapes_rewritten","payload","The token belongs to the JSON with other escapes for the same characters.","Verify the raw body, before any JSON parser."],
  ["payload_indented_otherwise","payload","The token belongs to the JSON indented as Java's Jackson, Perl or Swift indent it.","Verify the raw body, before any JSON parser."],
  ["payload_inspected","payload","The token belongs to the text that a language shows for the parsed object, such as a dict of Python or a Hash of Ruby.","A parsed object was hashed instead of the body's bytes. Hash the raw body."],
  ["payload_bytes_shown","payload","The token belongs to the text that a language shows for the body's bytes, such as b'...' or a list of numbers.","The bytes were made into text before they were hashed. Hash the bytes themselves."],
  ["payload_value_name","payload","The token belongs to a text that stands for a value, such as [object Promise], undefined or Array.","The body itself was not hashed. Await the raw body, and hash its bytes."],
  ["payload_empty_object","payload","The token belongs to {}, an empty object.","No parser had read the body when it was hashed, or a promise was written as JSON. Hash the raw body."],
  ["payload_piece","payload","The token belongs to only one piece of the body.","A body arrives in pieces. Collect all of them before you hash, or hash each of them in order."],
  ["payload_utf16","payload","The token belongs to the body in UTF-16.","Hash the UTF-8 bytes of the body: in .NET Encoding.UTF8, in Java StandardCharsets.UTF_8."],
  ["payload_characters_lost","payload","The token belongs to the body with other signs in place of its characters beyond ASCII.","Something read or wrote the body in a charset that lacks these characters. Hash the raw bytes."],
  ["payload_normal_form","payload","The token belongs to the body with its accents composed or decomposed (Unicode's normal forms C and D).","Something normalised the text. Sign and send the same bytes."],
  ["payload_base64","payload","The token belongs to the base64 of the body.","Decode the body before you hash it: a gateway may hand it over in base64."],
  ["payload_hex","payload","The token belongs to the body as hexadecimal digits.","Hash the bytes of the body, not their digits."],
  ["payload_percent_encoded","payload","The token belongs to the body percent-encoded, as in a form.","Sign and send the body as it is, with the content type application/json."],
  ["payload_space_removed","payload","The token belongs to the body without any white space, even inside texts.","Do not change the body: hash the raw bytes."],
  ["payload_lower_case","payload","The token belongs to the body in lower case.","Do not change the body: hash the raw bytes."],
  ["payload_end_added","payload","The token belongs to the body with a space, a zero byte or an empty line before or after it.","Hash exactly the bytes of the body, and their exact number."],
  ["payload_from_base64","payload","The payload here is base64, and the token belongs to the bytes that it stands for.","Decode it first: gateways that set isBase64Encoded hand over the body in base64."],
  ["payload_from_hex","payload","The payload here is hexadecimal digits, and the token belongs to the bytes that they stand for.","Decode them first, or take the raw body."],
  ["payload_from_envelope","payload","The payload here is a record that holds the body, and the token belongs to that body.","Take the body out of the record that the gateway or queue made, and verify it alone."],
  ["payload_from_escapes","payload","The payload here is the body with escapes, as a log, code or a JSON string shows it.","Resolve the escapes first, or take the raw body."],
  ["payload_from_form","payload","The payload here is a form, and the token belongs to a value in it.","Decode the form and verify the value, or send the body as application/json."],
  ["payload_from_request","payload","The payload here is a whole request, and the token belongs to its body.","Take only what follows the empty line, or paste the whole request where one is asked for."],
  ["payload_from_text","payload","There is other text around the JSON here, and the token belongs to the JSON alone.","Take only the JSON, from its first bracket to its last."],
  ["payload_from_code","payload","The payload here is an object as Python, Ruby or JavaScript shows it, and the token belongs to its JSON.","Take the raw body, not the parsed object."],
  ["payload_from_bytes","payload","The payload here is a list of numbers, such as a Buffer, and the token belongs to the bytes that they stand for.","Pass the bytes themselves, not the text that shows them."],
  ["payload_from_entities","payload","The payload here is written for HTML, with &quot; and the like, and the token belongs to the text itself.","Copy the text that the page shows, not its source, or take the raw body."],
  ["payload_from_mojibake","payload","The payload here was UTF-8 that something read in another charset; the token belongs to the UTF-8.","Read the body as UTF-8 here, or verify the raw bytes."],
  ["payload_from_latin1","payload","The payload here is in another charset than UTF-8, such as Latin-1; the token belongs to the same text in UTF-8.","Something here wrote the text in another charset. Verify the raw bytes."],
  ["payload_from_utf16","payload","The payload here is UTF-16; the token belongs to the same text in UTF-8.","Save or pass the body as UTF-8: PowerShell and some editors write UTF-16."],
  ["secret_without_invisible","secret","The token was made with the secret without its invisible characters.","The secret here contains a character that nobody sees, such as a byte-order mark or a zero-width space. Type it again."],
  ["secret_with_invisible","secret","The token was made with an invisible character beside the secret.","The sender's secret contains a character that nobody sees, such as a byte-order mark or a zero byte. Set it again there."],
  ["secret_from_line","secret","The secret here is a whole line or record, and the token was made with the value in it.","Give only the value: no name before it, and nothing after it."],
  ["secret_with_line","secret","The token was made with more than the secret: a name before it, or a character after it.","The sender took a whole line of a file for the secret. Use only the value there."],
  ["secret_spaced","secret","The token was made with a space beside the secret.","The sender's secret has a space before or after it. Remove it there."],
  ["secret_unescaped","secret","The token was made with the secret with its escapes resolved, such as \\n or &amp;.","The secret here is written with escapes. Give the characters that they stand for."],
  ["secret_escaped","secret","The token was made with escapes in the secret, such as \\n in two characters.","The sender did not resolve the escapes in its secret. Write the characters themselves there."],
  ["secret_normal_form","secret","The token was made with the accents of the secret composed or decomposed (Unicode's normal forms C and D).","Write the secret in normal form C in both places, or use a secret of ASCII characters."],
  ["secret_charset","secret","The token was made with the secret in another charset.","Encode the secret as UTF-8 in both places, or use a secret of ASCII characters."],
  ["secret_padding","secret","The token was made with another number of = at the end of the secret.","Copy the whole secret, with every = at its end."],
  ["secret_expanded","secret","The token was made with the secret as a shell, an env file or a template changed it.","Characters such as $, #, %, quotes and backslashes have a meaning there. Put the secret in single quotes, or choose one of letters and digits."],
  ["secret_piece","secret","The token was made with only a part of the secret.","Either it was cut off where the token is made, or here it has something at its end that does not belong to it."],
  ["token_zeros_lost","token","The digest has lost leading zeros.","Write every byte as two digits: in Java String.format(\"%02x\"), in JavaScript padStart(2, \"0\")."],
  ["token_in_line","token","The digest is in a line with other text, as a tool writes it.","Send the digits alone."],
  ["token_separated","token","There are characters between the digits, such as : or -.","Write 64 hexadecimal digits with nothing between them."],
  ["token_escaped","token","The digest is written with escapes, such as %3D.","Send the digits as they are."],
  ["token_invisible","token","There are invisible characters in the token.","Send the digits alone. They may have been copied from a document."],
  ["token_numbers","token","The digest is written as a list of numbers.","Write it as 64 hexadecimal digits."],
  ["token_hex_twice","token","The digits of the digest were written as hexadecimal digits again.","Write it as hexadecimal digits once."],
  ["payload_nulls_dropped","payload","The token belongs to the JSON without the members that are null, as Gson leaves them out.","Verify the raw body. To sign with Gson, use serializeNulls(), or sign what was written."],
  ["payload_wrapped","payload","The token belongs to the body inside another object, list or form.","Sign the body itself, without anything around it."],
  ["payload_from_document","payload","The payload here went through a document or a chat, which changed its quotes or spaces; the token belongs to it as it was.","Copy the raw body from where it arrived, not from a document or a chat."],
  ["payload_from_lines","payload","Line breaks were put into the payload here, and the token belongs to it without them.","Copy the raw body from a file: terminals and mails break long lines."],
  ["secret_from_document","secret","A quote, a dash or a space in the secret is not the one that a keyboard types: a document or a telephone changed it.","Copy the secret from where it is kept, not from a document or a chat."],
  ["token_repeated","token","The digest is there twice.","Send it once. A proxy may have joined two headers of one name."],
];

/** A likely mistake, when none is proved. Names are stable; new ones may be added. */
export type HintCode =
  /** The token is not 64 hexadecimal digits, nor a digest in any other form. */
  | "token_no_digest"
  /** There is no payload. */
  | "payload_missing"
  /** The payload is not UTF-8, but the Console sends UTF-8. */
  | "payload_not_utf8"
  /** The payload contains U+FFFD, which replaces bytes that could not be decoded. */
  | "payload_replaced"
  /** The payload is not JSON, but the Console sends a JSON object. */
  | "payload_not_json"
  /** The payload was formatted for reading; the Console sends JSON without spaces. */
  | "payload_formatted"
  /** The payload contains no-break or zero-width spaces, or typographic quotes. */
  | "payload_typographic"
  /** The payload is not an event: every event is an object with eventName, eventTimestamp and payload. */
  | "payload_no_event"
  /** There is no secret. */
  | "secret_missing"
  /** The secret contains an invisible character. */
  | "secret_invisible"
  /** Payload and token look exactly as the Console sends them, so the secret may be that of another subscription. */
  | "secret_of_another"
  /** The token does not have the length of SHA-256, which is 64 hexadecimal digits. */
  | "token_of_another_hash"
  /** The payload begins like a request or a command, not like a body. */
  | "payload_request"
  /** The payload begins like compressed data. */
  | "payload_compressed"
  /** The payload begins like JSON and does not end like it: its end is missing. */
  | "payload_cut_off"
  /** The payload is JSON, but it looks like the record of a gateway or a queue that holds the request, not like an event. */
  | "payload_envelope"
  /** The payload contains a whole number that was probably rounded: it is beyond 9007199254740991 and ends in zeros. */
  | "payload_rounded"
  /** The payload is not written as the Console writes JSON: its escapes, numbers or keys are different. */
  | "payload_rewritten"
  /** The secret looks like a placeholder that was never filled in. */
  | "secret_template"
  /** A value in the payload was masked or shortened, as logs do. */
  | "payload_masked"
  /** The token may belong to another request. */
  | "request_mixed"
  /** Nothing here tells whether the secret is right. */
  | "secret_unconfirmed";

/** By the place that the module returns. */
export const HINTS: readonly FindingRow<HintCode>[] = [
  ["token_no_digest","token","The token is not 64 hexadecimal digits, nor a digest in any other form.","Copy the whole value of the header X-Mia-Token or X-Mia-Signature."],
  ["payload_missing","payload","There is no payload.","Copy the raw body of the request."],
  ["payload_not_utf8","payload","The payload is not UTF-8, but the Console sends UTF-8.","Look for something that compressed or encoded the body, or changed its charset."],
  ["payload_replaced","payload","The payload contains U+FFFD, which replaces bytes that could not be decoded.","Something read the bytes as text and lost some. Verify the raw bytes."],
  ["payload_not_json","payload","The payload is not JSON, but the Console sends a JSON object.","It may be cut off, or something else was copied. Copy the whole raw body."],
  ["payload_formatted","payload","The payload was formatted for reading; the Console sends JSON without spaces.","Copy the raw body. A viewer may also have changed its numbers and escapes, which cannot be undone."],
  ["payload_typographic","payload","The payload contains no-break or zero-width spaces, or typographic quotes.","It may have been copied from a document. Copy the raw body."],
  ["payload_no_event","payload","The payload is not an event: every event is an object with eventName, eventTimestamp and payload.","Take the whole raw body, as it arrived."],
  ["secret_missing","secret","There is no secret.","Give the secret of the subscription."],
  ["secret_invisible","secret","The secret contains an invisible character.","Type the secret again, or copy it from where it is kept."],
  ["secret_of_another","secret","Payload and token look exactly as the Console sends them, so the secret may be that of another subscription.","Compare the secret here with the secret of this subscription in the Console, to the last character."],
  ["token_of_another_hash","token","The token does not have the length of SHA-256, which is 64 hexadecimal digits.","Look for a digit that is missing, or for another hash function: 32 digits are MD5, 40 SHA-1, 128 SHA-512."],
  ["payload_request","payload","The payload begins like a request or a command, not like a body.","Take only the body, or paste the whole request where one is asked for."],
  ["payload_compressed","payload","The payload begins like compressed data.","Decompress it first: the token belongs to the body that the Console wrote."],
  ["payload_cut_off","payload","The payload begins like JSON and does not end like it: its end is missing.","Copy the whole raw body. Terminals, logs and databases cut long lines."],
  ["payload_envelope","payload","The payload is JSON, but it looks like the record of a gateway or a queue that holds the request, not like an event.","Take the body out of it: often a text named body, Body or Message, perhaps in base64."],
  ["payload_rounded","payload","The payload contains a whole number that was probably rounded: it is beyond 9007199254740991 and ends in zeros.","A viewer that reads JSON with JavaScript loses digits. Copy the raw body, before any viewer."],
  ["payload_rewritten","payload","The payload is not written as the Console writes JSON: its escapes, numbers or keys are different.","Something read the body and wrote it again. Verify the raw body."],
  ["secret_template","secret","The secret looks like a placeholder that was never filled in.","Give the secret itself: look where the variable should have been set."],
  ["payload_masked","payload","A value in the payload was masked or shortened, as logs do.","What was left out cannot be found again. Copy the raw body, before the log."],
  ["request_mixed","token","The token may belong to another request.","Take payload and token from one request, captured as a whole. Each event has a token of its own."],
  ["secret_unconfirmed","secret","Nothing here tells whether the secret is right.","Compare it with the secret of this subscription in the Console, to the last character."],
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
