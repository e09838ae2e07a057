/**
 * A request as somebody pasted it: an HTTP message, a curl command or a HAR.
 *
 * What is wanted is the body's bytes and the token, nothing else. A paste has
 * often lost bytes on its way, and a lost byte looks like a wrong secret, so
 * whatever may have changed the body is reported as a doubt. Every step is
 * linear in the text: it is read while somebody types.
 */

import { utf8 } from "./bytes.js";
import { readCurl } from "./request/curl.js";
import type { PastedRequest } from "./request/findings.js";
import { readHar } from "./request/har.js";
import { readHttp } from "./request/http.js";

export type { Doubt, PastedRequest } from "./request/findings.js";

/** Bytes of UTF-8. No webhook is larger, and a page has to stay responsive. */
const MAX_TEXT = 16 * 1024 * 1024;

/** Nothing for what is none of the three forms. Never throws. */
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
