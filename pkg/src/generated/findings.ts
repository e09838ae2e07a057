// Written by `cargo xtask generate`; edit the tables under src/ instead.

/** What is to be looked at. */
export type Blame = "payload" | "secret" | "construction" | "token";

/** A row of the tables of findings. */
export type FindingRow<Code extends string> = readonly [code: Code, blame: Blame, message: string, fix: string];

/** How a token can have been made instead, proved. Names are stable; new ones may be added. */
export type DeviationCode =
  /** The token belongs to the JSON without spaces. */
  | "payload_minified"
  /** The token belongs to the JSON indented by two spaces. */
  | "payload_indented_by_2"
  /** The token belongs to the JSON indented by four spaces. */
  | "payload_indented_by_4"
  /** The token belongs to the JSON indented by tabs. */
  | "payload_indented_by_tabs"
  /** The token belongs to the JSON with a space behind each comma and colon, as Python writes it. */
  | "payload_spaced"
  /** The token belongs to the JSON with its keys in order. */
  | "payload_sorted_keys"
  /** The token belongs to the JSON with every character beyond ASCII as \u and its number. */
  | "payload_ascii_only"
  /** The token belongs to the JSON with its \u escapes written out. */
  | "payload_unescaped"
  /** The token belongs to the JSON with <, > and & escaped, as Go writes it. */
  | "payload_html_escaped"
  /** The token belongs to the JSON with <, >, &, = and ' escaped, as Gson writes it. */
  | "payload_gson_escaped"
  /** The token belongs to the JSON with \/ for each slash, as PHP writes it. */
  | "payload_slashes_escaped"
  /** The token belongs to the JSON written as a JSON text once more. */
  | "payload_doubly_encoded"
  /** The token belongs to the member payload of the event alone. */
  | "payload_inner_only"
  /** The token belongs to the text [object Object]. */
  | "payload_object_object"
  /** The token belongs to an empty body. */
  | "payload_empty"
  /** The token belongs to the body with a newline behind it, or between it and the secret. */
  | "payload_final_newline_added"
  /** The token belongs to the body without the newline behind it. */
  | "payload_final_newline_removed"
  /** The token belongs to the body with CR LF at the end of each line. */
  | "payload_crlf"
  /** The token belongs to the body with LF alone at the end of each line. */
  | "payload_lf"
  /** The token belongs to the body without white space around it. */
  | "payload_trimmed"
  /** The token belongs to the body with a byte-order mark before it. */
  | "payload_bom_added"
  /** The token belongs to the body without the byte-order mark before it. */
  | "payload_bom_removed"
  /** The token belongs to the body in Latin-1. */
  | "payload_latin1"
  /** The token belongs to the body's UTF-8 read as Latin-1, and encoded once more. */
  | "payload_mojibake"
  /** The token belongs to the body without the quotes around it. */
  | "payload_unquoted"
  /** The token belongs to the body with quotes around it. */
  | "payload_quoted"
  /** The token was made with another one of the known secrets. */
  | "secret_other"
  /** The token was made with the secret without the white space around it. */
  | "secret_trimmed"
  /** The token was made with a newline behind the secret, or between it and the payload. */
  | "secret_final_newline"
  /** The token was made with the secret without the quotes around it. */
  | "secret_unquoted"
  /** The token was made with quotes around the secret. */
  | "secret_quoted"
  /** The token was made with the bytes that the secret is the base64 of. */
  | "secret_base64_decoded"
  /** The token was made with the base64 of the secret. */
  | "secret_base64_encoded"
  /** The token was made with the bytes that the secret's digits stand for. */
  | "secret_hex_decoded"
  /** The token was made with the hexadecimal digits of the secret. */
  | "secret_hex_encoded"
  /** The token was made with the secret after percent-decoding. */
  | "secret_url_decoded"
  /** The token was made with the secret in percent-encoding. */
  | "secret_url_encoded"
  /** The token was made with the secret in lower case. */
  | "secret_lower_case"
  /** The token was made with the secret in upper case. */
  | "secret_upper_case"
  /** The token was made with the text undefined or null as its secret. */
  | "secret_placeholder"
  /** The secret stands before the payload. */
  | "secret_first"
  /** The secret stands before and behind the payload. */
  | "secret_both_ends"
  /** Only the payload was hashed: the token does not depend on the secret, and everybody can make it. */
  | "payload_only"
  /** The token is an HMAC with the secret as its key. */
  | "hmac"
  /** The token is an HMAC with the payload as its key. */
  | "hmac_swapped"
  /** There is a separator between payload and secret. */
  | "separator"
  /** The digest was hashed once more. */
  | "hashed_twice"
  /** The secret was appended to the payload's digest, and not to the payload. */
  | "payload_hashed_first"
  /** The hash is MD5. */
  | "md5"
  /** The hash is SHA-1. */
  | "sha1"
  /** The hash is SHA-512. */
  | "sha512"
  /** The digest is written in base64. */
  | "token_base64"
  /** The digest stands behind a prefix that is not accepted. */
  | "token_prefixed"
  /** The token is only the beginning of the digest. */
  | "token_truncated"
  /** There is white space around the digest. */
  | "token_spaced"
  /** The digest stands in quotes. */
  | "token_quoted";

/** By the place that the module answers. */
export const DEVIATIONS: readonly FindingRow<DeviationCode>[] = [
  ["payload_minified","payload","The token belongs to the JSON without spaces.","Something spaced or indented the body after it was signed. Verify the raw body, before any JSON parser."],
  ["payload_indented_by_2","payload","The token belongs to the JSON indented by two spaces.","Verify the raw body, before any JSON parser."],
  ["payload_indented_by_4","payload","The token belongs to the JSON indented by four spaces.","Verify the raw body, before any JSON parser."],
  ["payload_indented_by_tabs","payload","The token belongs to the JSON indented by tabs.","Verify the raw body, before any JSON parser."],
  ["payload_spaced","payload","The token belongs to the JSON with a space behind each comma and colon, as Python writes it.","Verify the raw body. To sign with Python, write the JSON once, and send and sign the same bytes."],
  ["payload_sorted_keys","payload","The token belongs to the JSON with its keys in order.","Verify the raw body: a parsed and written object is another text."],
  ["payload_ascii_only","payload","The token belongs to the JSON with every character beyond ASCII as \\u and its number.","Verify the raw body, before any JSON parser."],
  ["payload_unescaped","payload","The token belongs to the JSON with its \\u escapes written out.","Verify the raw body, before any JSON parser."],
  ["payload_html_escaped","payload","The token belongs to the JSON with <, > and & escaped, as Go writes it.","Verify the raw body. To sign with Go, use an encoder with SetEscapeHTML(false), or sign what it wrote."],
  ["payload_gson_escaped","payload","The token belongs to the JSON with <, >, &, = and ' escaped, as Gson writes it.","Verify the raw body. To sign with Gson, use disableHtmlEscaping(), or sign what it wrote."],
  ["payload_slashes_escaped","payload","The token belongs to the JSON with \\/ for each slash, as PHP writes it.","Verify the raw body. To sign with PHP, use JSON_UNESCAPED_SLASHES, or sign what it wrote."],
  ["payload_doubly_encoded","payload","The token belongs to the JSON written as a JSON text once more.","The body was written as JSON twice before it was signed. Sign the text itself."],
  ["payload_inner_only","payload","The token belongs to the member payload of the event alone.","The whole body is hashed, eventName and eventTimestamp included."],
  ["payload_object_object","payload","The token belongs to the text [object Object].","A parsed object was hashed where its text was meant. Hash the raw body."],
  ["payload_empty","payload","The token belongs to an empty body.","The body was read before it was hashed, or never. Read the raw body once, and keep it."],
  ["payload_final_newline_added","payload","The token belongs to the body with a newline behind it, or between it and the secret.","A tool such as echo added a newline before it was signed: use printf, or curl with --data-binary."],
  ["payload_final_newline_removed","payload","The token belongs to the body without the newline behind it.","Send the same bytes that are signed: curl with --data-binary, not --data."],
  ["payload_crlf","payload","The token belongs to the body with CR LF at the end of each line.","Something changed the ends of lines, a form or an editor for example. Sign and send the same bytes."],
  ["payload_lf","payload","The token belongs to the body with LF alone at the end of each line.","Something changed the ends of lines, a form or an editor for example. Sign and send the same bytes."],
  ["payload_trimmed","payload","The token belongs to the body without white space around it.","Nothing may be trimmed: verify the raw body."],
  ["payload_bom_added","payload","The token belongs to the body with a byte-order mark before it.","The file that was signed begins with a byte-order mark. Save it as UTF-8 without one."],
  ["payload_bom_removed","payload","The token belongs to the body without the byte-order mark before it.","Something removed the byte-order mark, text() of a request for example. Verify the raw bytes."],
  ["payload_latin1","payload","The token belongs to the body in Latin-1.","Hash the body's UTF-8, not one byte for each character."],
  ["payload_mojibake","payload","The token belongs to the body's UTF-8 read as Latin-1, and encoded once more.","Something took the bytes for characters. Hash the raw bytes."],
  ["payload_unquoted","payload","The token belongs to the body without the quotes around it.","A shell or a form added quotes. Sign and send the same bytes."],
  ["payload_quoted","payload","The token belongs to the body with quotes around it.","A shell or a form removed quotes. Sign and send the same bytes."],
  ["secret_other","secret","The token was made with another one of the known secrets.","Use the secret of this subscription, or accept both while it is being rotated."],
  ["secret_trimmed","secret","The token was made with the secret without the white space around it.","The secret here has white space around it, the final newline of a file perhaps. Remove it."],
  ["secret_final_newline","secret","The token was made with a newline behind the secret, or between it and the payload.","The secret there was read from a file with its final newline. Remove it there, or set it here as well."],
  ["secret_unquoted","secret","The token was made with the secret without the quotes around it.","The quotes became a part of the secret here, in an env file for example. Remove them."],
  ["secret_quoted","secret","The token was made with quotes around the secret.","The quotes became a part of the secret there, in an env file for example. Remove them."],
  ["secret_base64_decoded","secret","The token was made with the bytes that the secret is the base64 of.","The secret is used as it stands: do not decode it."],
  ["secret_base64_encoded","secret","The token was made with the base64 of the secret.","Decode the secret there, as a Kubernetes Secret has to be, for example, or do not decode it here."],
  ["secret_hex_decoded","secret","The token was made with the bytes that the secret's digits stand for.","The secret is used as it stands: do not decode it."],
  ["secret_hex_encoded","secret","The token was made with the hexadecimal digits of the secret.","Use the secret itself."],
  ["secret_url_decoded","secret","The token was made with the secret after percent-decoding.","The secret here is still percent-encoded. Decode it, or use it as it stands in both places."],
  ["secret_url_encoded","secret","The token was made with the secret in percent-encoding.","Use the secret itself."],
  ["secret_lower_case","secret","The token was made with the secret in lower case.","Upper and lower case are different in a secret."],
  ["secret_upper_case","secret","The token was made with the secret in upper case.","Upper and lower case are different in a secret."],
  ["secret_placeholder","secret","The token was made with the text undefined or null as its secret.","A missing variable became text there. Set the variable."],
  ["secret_first","construction","The secret stands before the payload.","The secret comes last: sha256(payload + secret)."],
  ["secret_both_ends","construction","The secret stands before and behind the payload.","The secret comes last, and once: sha256(payload + secret)."],
  ["payload_only","construction","Only the payload was hashed: the token does not depend on the secret, and everybody can make it.","Append the secret: sha256(payload + secret)."],
  ["hmac","construction","The token is an HMAC with the secret as its key.","Console webhooks use no HMAC: sha256(payload + secret)."],
  ["hmac_swapped","construction","The token is an HMAC with the payload as its key.","Console webhooks use no HMAC: sha256(payload + secret)."],
  ["separator","construction","There is a separator between payload and secret.","Append the secret directly: sha256(payload + secret)."],
  ["hashed_twice","construction","The digest was hashed once more.","Hash once: sha256(payload + secret)."],
  ["payload_hashed_first","construction","The secret was appended to the payload's digest, and not to the payload.","Hash the payload itself, then the secret: sha256(payload + secret)."],
  ["md5","construction","The hash is MD5.","Use SHA-256."],
  ["sha1","construction","The hash is SHA-1.","Use SHA-256."],
  ["sha512","construction","The hash is SHA-512.","Use SHA-256."],
  ["token_base64","token","The digest is written in base64.","Write it as 64 hexadecimal digits."],
  ["token_prefixed","token","The digest stands behind a prefix that is not accepted.","Write the digits alone, or behind sha256= in lower case."],
  ["token_truncated","token","The token is only the beginning of the digest.","Send all 64 digits; look for a column or a field that is too short."],
  ["token_spaced","token","There is white space around the digest.","Send the digits alone."],
  ["token_quoted","token","The digest stands in quotes.","Send the digits alone."],
];

/** What makes a mistake likely where none is proved. Names are stable; new ones may be added. */
export type HintCode =
  /** The token is not 64 hexadecimal digits, and no other way to write a digest. */
  | "token_no_digest"
  /** There is no payload. */
  | "payload_missing"
  /** The payload is not UTF-8, as the Console sends it. */
  | "payload_not_utf8"
  /** The payload holds U+FFFD, which stands where bytes could not be decoded. */
  | "payload_replaced"
  /** The payload is not JSON: the Console sends an object. */
  | "payload_not_json"
  /** The payload was formatted for reading; the Console sends JSON without spaces. */
  | "payload_formatted"
  /** The payload holds no-break or zero-width spaces, or typographic quotes. */
  | "payload_typographic"
  /** The payload has no eventName, as every event has. */
  | "payload_no_event"
  /** There is no secret. */
  | "secret_missing"
  /** The secret holds a character that cannot be seen. */
  | "secret_invisible"
  /** Most likely the secret is that of another subscription, or the token that of another event. */
  | "secret_of_another";

/** By the place that the module answers. */
export const HINTS: readonly FindingRow<HintCode>[] = [
  ["token_no_digest","token","The token is not 64 hexadecimal digits, and no other way to write a digest.","Copy the whole value of the header X-Mia-Token or X-Mia-Signature."],
  ["payload_missing","payload","There is no payload.","Copy the raw body of the request."],
  ["payload_not_utf8","payload","The payload is not UTF-8, as the Console sends it.","Look for something that compressed or encoded the body, or changed its charset."],
  ["payload_replaced","payload","The payload holds U+FFFD, which stands where bytes could not be decoded.","Something read the bytes as text and lost some. Verify the raw bytes."],
  ["payload_not_json","payload","The payload is not JSON: the Console sends an object.","Perhaps it is cut off, or something else was copied. Copy the whole raw body."],
  ["payload_formatted","payload","The payload was formatted for reading; the Console sends JSON without spaces.","Copy the raw body. A viewer may have changed its numbers and escapes too, which nobody can undo."],
  ["payload_typographic","payload","The payload holds no-break or zero-width spaces, or typographic quotes.","It was perhaps copied from a document. Copy the raw body."],
  ["payload_no_event","payload","The payload has no eventName, as every event has.","The whole body is hashed, eventName and eventTimestamp included."],
  ["secret_missing","secret","There is no secret.","Give the secret of the subscription."],
  ["secret_invisible","secret","The secret holds a character that cannot be seen.","Type it again, or copy it from where it is kept."],
  ["secret_of_another","secret","Most likely the secret is that of another subscription, or the token that of another event.","Compare the secret with the subscription's in the Console, and take payload and token from one request."],
];

/** Longer payloads, in bytes, are only tried as they stand. */
export const MAX_DIAGNOSED_BYTES = 1048576;
