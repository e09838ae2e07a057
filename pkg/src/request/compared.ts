/** The last step: compares what was read with the text from which it was read. */

import { type Doubt, type PastedRequest, decoder } from "./findings.js";
import { fromBase64 } from "./text.js";

/** A token after the name of its header, however the two are written. */
export const NAMED_TOKEN = /x-mia-(?:token|signature)[\W_]{0,20}(?:value[\W_]{0,20})?([\da-f]{64})(?![\da-f])/gi;
const ANY_TOKEN = /(?<![\da-z])[\da-f]{64}(?![\da-z])|x-mia-(?:token|signature)[^\w\n]{0,8}[:=][^\w\n-]{0,8}\w/i;
/** Where a body cannot be JSON, and these are in it, a document has replaced its quotes. */
const TYPOGRAPHIC = /[“”„‘’‚«»]/;

/** The first bytes of an object or an array, as programs print them. */
const HEX = /^(?:<Buffer |0+:? +|[\\0]?x)?[57]b(?:\W{0,2}x?[\da-f]{2}){4}/i;

/** Adds the doubts that only the whole text can raise. */
export function compared(request: PastedRequest, text: string, also: readonly Doubt[]): PastedRequest {
  const doubts = new Set([...request.doubts, ...also]);
  if (request.form !== "refused") {
    const body = decoder().decode(request.payload);
    if (isNearJson(body)) {
      if (TYPOGRAPHIC.test(body)) {
        doubts.add("typographic_quotes");
      } else if (![...doubts].some((doubt) => doubt !== "several_tokens")) {
        doubts.add("not_json");
      }
    } else if (/^(?:ey|ew|W[3yw]|H4s)[\w+/-]{6}/.test(body) ? fromBase64(body) : HEX.test(body)) {
      doubts.add("body_encoded");
    }
    const isString = /^\s*"\s*[{[]/.test(body) && isJson(body) && isJson(JSON.parse(body.trim()) as string);
    // Or it was no UTF-8.
    if (isString || (text.includes("\ufffd") && body.includes("\ufffd"))) {
      doubts.add("body_changed");
    }
    if (/\{\{\s*\$?\w[\w.\s-]*\}\}/.test(body + (request.token ?? ""))) {
      doubts.add("variable");
    }
    tokenDoubts(request, text, body, doubts);
  }
  return { ...request, doubts: [...doubts] };
}

function tokenDoubts({ token }: PastedRequest, text: string, body: string, doubts: Set<Doubt>): void {
  if (token === undefined) {
    // What is only in an event is no token of the request; headers can have become a body.
    const found = ANY_TOKEN.exec(text)?.[0];
    if (found !== undefined && !(body.includes(found) && isJson(body))) {
      doubts.add("token_not_read");
    }
    return;
  }
  for (const [, seen = ""] of text.matchAll(NAMED_TOKEN)) {
    if (seen !== token.trim() && !body.includes(seen)) {
      doubts.add(/^[\da-f]{64}$/i.test(token) ? "several_tokens" : "token_not_read");
    }
  }
}

export function isJson(text: string): boolean {
  try {
    JSON.parse(text.replace(/^\ufeff/, ""));
    return true;
  } catch {
    return false;
  }
}

/** Whether a text was meant to be JSON and is not. */
export function isNearJson(text: string): boolean {
  return /(?:^|\n)\W{0,9}?[{[]|eventName/.test(text) && !isJson(text);
}
