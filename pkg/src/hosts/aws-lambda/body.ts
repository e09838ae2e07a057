/** Bodies of requests and answers: as text, or in base64. */

/** The bytes of a request; none where they are not in base64. No gateway sends that, and no token matches it. */
export function bytesOf(body: string, isBase64Encoded: boolean): Uint8Array {
  if (!isBase64Encoded) {
    return new TextEncoder().encode(body);
  }
  let text = "";
  try {
    text = atob(body);
  } catch {
    // Refused as any other body whose token does not match.
  }
  const bytes = new Uint8Array(text.length);
  for (let place = 0; place < text.length; place++) {
    bytes[place] = text.charCodeAt(place);
  }
  return bytes;
}

/** The body of an answer: as text where that gives the same bytes again, whatever type they have. */
export function bodyOf(bytes: Uint8Array): { readonly body: string; readonly isBase64Encoded: boolean } {
  try {
    const body = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    return { body, isBase64Encoded: false };
  } catch {
    // Not in one call: a call takes only so many arguments.
    const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
    return { body: btoa(text), isBase64Encoded: true };
  }
}
