/**
 * Reads a request that somebody pasted. One file reads each kind of text.
 *
 * Only the body's bytes and the token are needed. A paste has often lost bytes on
 * its way, and a lost byte looks like a wrong secret, so everything that may have
 * changed the body is reported as a doubt. Every step takes linear time, because
 * the text is read while somebody types.
 */

import { NAMED_TOKEN, compared } from "./compared.js";
import { readCommand } from "./command.js";
import { type PastedRequest, chosen, refused } from "./findings.js";
import { readHttp } from "./http.js";
import { readHttpFile } from "./http-file.js";
import { readDump, readFetch, readRecord } from "./record.js";
import { fenced, unwrapped } from "./surroundings.js";
import { utf8 } from "./text.js";

export type { Doubt, PastedRequest } from "./findings.js";

/** Bytes of UTF-8. No webhook is larger, and a page has to stay responsive. */
const MAX_TEXT = 16 * 1024 * 1024;

/** In this order: the first that recognises its kind of text reads it. */
const READERS: readonly ((text: string) => PastedRequest | null | undefined)[] = [
  readRecord,
  readCommand,
  readHttpFile,
  readHttp,
  readFetch,
  readDump,
];

/** How requests are written in programs. */
const CODE =
  /\b(?:axios|XMLHttpRequest|requests\.\w+\(|httpx|urllib|HttpClient|http\.NewRequest|Net::HTTP|OkHttp|URLSession|curl_setopt)/;

/** The request; `undefined` for any other text. Never throws. */
export function readPastedRequest(text: string): PastedRequest | undefined {
  if (typeof text !== "string" || text.length > MAX_TEXT) {
    return undefined;
  }
  // A UTF-16 unit is at most three bytes.
  if (text.length * 3 > MAX_TEXT && utf8(text).length > MAX_TEXT) {
    return undefined;
  }
  try {
    return readText(text);
  } catch {
    // An expression ran out of stack, on a text that no request is like.
    return undefined;
  }
}

function readText(text: string): PastedRequest | undefined {
  const bare = unwrapped(text);
  const inner = fenced(bare.text);
  const inFence = inner === undefined ? undefined : read(unwrapped(inner));
  if (inFence) {
    return compared(inFence, text, []);
  }
  // A document has replaced the spaces.
  const isHard = /\bcurl\xa0/i.test(bare.text);
  const request = read(isHard ? { text: bare.text.replaceAll("\xa0", " ") } : bare);
  if (request) {
    // A shell sends the margin of a body with several lines; a document adds one.
    const isChanged = bare.hadMargin && /curl|powershell/.test(request.form) && request.payload.includes(0x0a);
    return compared(request, bare.text, isChanged || isHard ? ["body_changed"] : []);
  }
  if (request === null) {
    return undefined;
  }
  return CODE.test(bare.text)
    ? refused("program_code")
    : bare.text.search(NAMED_TOKEN) < 0
      ? undefined
      : refused("token_not_read");
}

/** How a command or a call begins, and where it does: in a line without a quote before it. */
const WORD = /(?<![\w.-])(?:(?:curl(?:\.exe)?|Invoke-(?:WebRequest|RestMethod)|i[rw][mr])[ \t]|fetch\()/i;
const START = new RegExp(`(?<![^\\n])([^\\n'"#]*?)${WORD.source}`, "gi");
/** More than these are not looked at, so that the time does not grow with their number. */
const MAX_STARTS = 20;

/** The request, or the one of several: other words and other requests may come before and after it. */
function withOthers(first: PastedRequest | undefined, text: string): PastedRequest | undefined {
  const requests = first ? [first] : [];
  const own = first ? text.search(WORD) : -1;
  for (const { index, 1: before = "" } of Array.from(text.matchAll(START)).slice(0, MAX_STARTS)) {
    const at = index + before.length;
    // In a sentence, a command is in backticks.
    const end = before.endsWith("`") ? text.indexOf("`", at) : -1;
    const from = text.slice(at, end < 0 ? undefined : end);
    if (at === own) {
      continue;
    }
    const request = readCommand(from) ?? readFetch(from);
    // Prose has the words too.
    if (request && (request.token !== undefined || request.payload.length > 0)) {
      // A margin is in each line of the body too.
      const isChanged = /^[ \t]/.test(before) && request.payload.includes(0x0a);
      requests.push(isChanged ? { ...request, doubts: [...request.doubts, "body_changed"] } : request);
    }
  }
  return chosen(requests);
}

/** `null`: it is known that there is none. */
function read({ text }: { text: string }): PastedRequest | null | undefined {
  const start = text.search(/\S/);
  if (start < 0) {
    return undefined;
  }
  const rest = text.slice(start);
  for (const reader of READERS) {
    const request = reader(rest);
    if (request !== undefined) {
      return request && /curl|powershell|fetch|refused/.test(request.form) ? withOthers(request, rest) : request;
    }
  }
  return withOthers(undefined, rest);
}
