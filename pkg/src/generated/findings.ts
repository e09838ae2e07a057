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
  /** The token belongs to the body in Latin-1. */
  | "payload_latin1"
  /** The token belongs to the body's UTF-8 read as Latin-1 and encoded again. */
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
  /** The token was made with the secret "undefined" or "null". */
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
  | "token_quoted";

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
  ["payload_latin1","payload","The token belongs to the body in Latin-1.","Hash the UTF-8 bytes of the body, not one byte for each character."],
  ["payload_mojibake","payload","The token belongs to the body's UTF-8 read as Latin-1 and encoded again.","Something treated the bytes as characters. Hash the raw bytes."],
  ["payload_unquoted","payload","The token belongs to the body without the quotes around it.","A shell or a form added quotes. Sign and send the same bytes."],
  ["payload_quoted","payload","The token belongs to the body with quotes around it.","A shell or a form removed quotes. Sign and send the same bytes."],
  ["secret_other","secret","The token was made with another of the known secrets.","Use the secret of this subscription, or accept both while it is being rotated."],
  ["secret_trimmed","secret","The token was made with the secret without the white space around it.","The secret here has white space around it, perhaps the final newline of a file. Remove it."],
  ["secret_final_newline","secret","The token was made with a newline after the secret, or between it and the payload.","The sender read the secret from a file with a final newline. Remove it there, or add it here as well."],
  ["secret_unquoted","secret","The token was made with the secret without the quotes around it.","The quotes became a part of the secret here, for example in an env file. Remove them."],
  ["secret_quoted","secret","The token was made with quotes around the secret.","The quotes became a part of the sender's secret, for example in an env file. Remove them there."],
  ["secret_base64_decoded","secret","The token was made with the secret decoded from base64.","The sender must use the secret as it is: do not decode it there."],
  ["secret_base64_encoded","secret","The token was made with the base64 of the secret.","Decode the secret where the token is made, as a Kubernetes Secret requires, or do not decode it here."],
  ["secret_hex_decoded","secret","The token was made with the secret decoded from hexadecimal digits.","The sender must use the secret as it is: do not decode it there."],
  ["secret_hex_encoded","secret","The token was made with the secret as hexadecimal digits.","The sender must use the secret as it is: do not encode it there."],
  ["secret_url_decoded","secret","The token was made with the secret after percent-decoding.","The secret here is still percent-encoded. Decode it, or use the encoded form in both places."],
  ["secret_url_encoded","secret","The token was made with the secret after percent-encoding.","The sender must use the secret as it is: do not encode it there."],
  ["secret_lower_case","secret","The token was made with the secret in lower case.","Use the secret in the same case in both places."],
  ["secret_upper_case","secret","The token was made with the secret in upper case.","Use the secret in the same case in both places."],
  ["secret_placeholder","secret","The token was made with the secret \"undefined\" or \"null\".","The sender turned a missing variable into text. Set the variable there."],
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
  /** The payload has no eventName, but every event has one. */
  | "payload_no_event"
  /** There is no secret. */
  | "secret_missing"
  /** The secret contains an invisible character. */
  | "secret_invisible"
  /** Most likely the secret belongs to another subscription, or the token to another event. */
  | "secret_of_another";

/** By the place that the module returns. */
export const HINTS: readonly FindingRow<HintCode>[] = [
  ["token_no_digest","token","The token is not 64 hexadecimal digits, nor a digest in any other form.","Copy the whole value of the header X-Mia-Token or X-Mia-Signature."],
  ["payload_missing","payload","There is no payload.","Copy the raw body of the request."],
  ["payload_not_utf8","payload","The payload is not UTF-8, but the Console sends UTF-8.","Look for something that compressed or encoded the body, or changed its charset."],
  ["payload_replaced","payload","The payload contains U+FFFD, which replaces bytes that could not be decoded.","Something read the bytes as text and lost some. Verify the raw bytes."],
  ["payload_not_json","payload","The payload is not JSON, but the Console sends a JSON object.","It may be cut off, or something else was copied. Copy the whole raw body."],
  ["payload_formatted","payload","The payload was formatted for reading; the Console sends JSON without spaces.","Copy the raw body. A viewer may also have changed its numbers and escapes, which cannot be undone."],
  ["payload_typographic","payload","The payload contains no-break or zero-width spaces, or typographic quotes.","It may have been copied from a document. Copy the raw body."],
  ["payload_no_event","payload","The payload has no eventName, but every event has one.","The whole body is hashed, eventName and eventTimestamp included."],
  ["secret_missing","secret","There is no secret.","Give the secret of the subscription."],
  ["secret_invisible","secret","The secret contains an invisible character.","Type the secret again, or copy it from where it is kept."],
  ["secret_of_another","secret","Most likely the secret belongs to another subscription, or the token to another event.","Compare the secret with the subscription's secret in the Console, and take payload and token from the same request."],
];

/** Longer payloads, in bytes, are only tried as they are. */
export const MAX_DIAGNOSED_BYTES = 1048576;
