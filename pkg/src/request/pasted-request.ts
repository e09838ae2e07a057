/**
 * Reads a request that somebody pasted: an HTTP message, a curl command or a HAR.
 *
 * Only the body's bytes and the token are needed. A paste has often lost bytes on
 * its way, and a lost byte looks like a wrong secret, so everything that may have
 * changed the body is reported as a doubt. Every step takes linear time, because
 * the text is read while somebody types.
 */

import { utf8 } from "./text.js";
import { readCurl } from "./curl.js";
import type { PastedRequest } from "./findings.js";
import { readHar } from "./har.js";
import { readHttp } from "./http.js";

export type { Doubt, PastedRequest } from "./findings.js";

/** Bytes of UTF-8. No webhook is larger, and a page has to stay responsive. */
const MAX_TEXT = 16 * 1024 * 1024;

/** The request; `undefined` for any other text. Never throws. */
export function readPastedRequest(text: string): PastedRequest | undefined {
  if (typeof text !== "string" || text.length > MAX_TEXT) {
    return undefined;
  }
  // A UTF-16 unit is at most three bytes.
  if (text.length * 3 > MAX_TEXT && utf8(text).length > MAX_TEXT) {
    return undefined;
  }
  const start = text.search(/\S/);
  if (start < 0) {
    return undefined;
  }
  return text[start] === "{" ? readHar(text.slice(start)) : (readHttp(text, start) ?? readCurl(text, start));
}
