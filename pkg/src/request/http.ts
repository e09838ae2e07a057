/** Reads an HTTP message as it goes over the wire, or its headers as tools copy them. */

import { utf8 } from "./text.js";
import { Findings, HEADER_NAME, type PastedRequest, chosen, decoder, isBlank, trimmed } from "./findings.js";

/** A text with more headers is not a request, and listing them would only cost memory. */
const MAX_HEADERS = 10_000;

const REQUEST_LINE = /^([!#$%&'*+.^_`|~\w-]{1,40}) \S+ HTTP\/\d(?:\.\d)?\s*$/;
/** As editors write it, without the version. It only counts together with an x-mia-* header. */
const SHORT_REQUEST_LINE = /^([A-Z]{3,10}) (?:\/|https?:|\{\{)\S*\s*$/;

const NEXT = /^[A-Z]{3,10} \S+ HTTP\/\d(?:\.\d)?\r?$/gm;
/** What ends a body: the answer, where a tool shows it after the request, or another request. */
const END = new RegExp(`^HTTP/\\d(?:\\.\\d)? \\d{3}\\b|${NEXT.source}`, "m");

/**
 * A message, also where a tool wrote lines before it, and as `curl -v` shows it:
 * there, `>` is before every line of the head, and the body is not shown.
 */
export function readHttp(text: string): PastedRequest | undefined {
  const sent = /^> ([A-Z]{3,10} \S+ HTTP\/[^]*)/m.exec(text)?.[1];
  if (sent !== undefined) {
    const lines = sent.split("\n").map((line, at) => (at > 0 && line[0] !== ">" ? [line] : line.replace(/^> ?/, "")));
    const end = lines.findIndex((line) => typeof line !== "string" && /^<|^HTTP\//.test(line[0] ?? ""));
    const shown = lines.slice(0, end < 0 ? undefined : end).flat();
    const sentLines = shown.filter((line) => !/^(?:\*|[{}] \[\d+ bytes data)/.test(line));
    // Insomnia shows the body behind bars.
    return message(sentLines.map((line) => line.replace(/^\| /, "")).join("\n"));
  }
  // More than twenty are not looked at, so that the time does not grow with their number.
  const later = Array.from(text.matchAll(NEXT), ({ index }) => index)
    .filter((index) => index > 0)
    .slice(0, 20);
  return chosen([0, ...later].flatMap((at) => message(text.slice(at)) ?? []));
}

/** A message that begins the text. */
export function message(text: string): PastedRequest | undefined {
  const findings = new Findings();
  const headers: [name: string, value: string][] = [];
  let isRequest = false;
  let bodyAt: number | undefined;
  let lines = 0;

  for (let at = 0; at < text.length;) {
    const newline = text.indexOf("\n", at);
    const end = newline < 0 ? text.length : newline;
    const line = text.slice(at, end);
    at = end + 1;
    if (++lines > MAX_HEADERS) {
      return undefined;
    }
    if (lines === 1) {
      const full = REQUEST_LINE.exec(line);
      const method = (full ?? SHORT_REQUEST_LINE.exec(line))?.[1];
      isRequest = full !== null;
      if (method !== undefined) {
        findings.method(method);
        continue;
      }
    }
    if (trimmed(line) === "") {
      bodyAt = newline < 0 ? undefined : at;
      break;
    }
    const previous = headers.at(-1);
    const isRest = previous && /^x-mia-/i.test(previous[0]) && /^[\da-f]{1,63}\r?$/i.test(line);
    if (previous && (isBlank(line[0]) || isRest)) {
      previous[1] += ` ${trimmed(line)}`;
      continue;
    }
    // From 1: the colon of `:method` belongs to the name.
    const colon = line.indexOf(":", 1);
    const name = colon < 0 ? "" : trimmed(line.slice(0, colon));
    if (HEADER_NAME.test(name)) {
      headers.push([name, trimmed(line.slice(colon + 1))]);
    } else if (isRequest) {
      findings.ignored.add("line without a name");
    } else {
      return undefined;
    }
  }

  if (!isRequest && !headers.some(([name]) => /^x-mia-/i.test(name))) {
    return undefined;
  }
  for (const [name, value] of headers) {
    findings.header(name, value);
  }
  const rest = bodyAt === undefined ? "" : text.slice(bodyAt);
  return findings.request("http", httpPayload(utf8(withoutAnswer(rest, findings)), findings));
}

/** Without the answer that a tool shows below, and the line breaks in between. */
function withoutAnswer(body: string, findings: Findings): string {
  const answer = body.search(END);
  if (answer < 0) {
    return body;
  }
  let end = answer;
  let length = utf8(body.slice(0, end)).length;
  const stated = findings.isChunked ? -1 : findings.statedLength();
  if (stated === undefined && end > 0) {
    // Nobody knows how many of them were sent.
    findings.doubts.add("body_missing");
  }
  for (; length !== stated && end > 0 && /[\r\n]/.test(body[end - 1] ?? ""); length--) end--;
  return body.slice(0, end);
}

function httpPayload(body: Uint8Array, findings: Findings): Uint8Array {
  if (findings.isChunked && body.length > 0) {
    const joined = joinedChunks(body);
    if (!joined) {
      findings.doubts.add("chunked");
    }
    // Content-Length has no meaning where there are chunks (RFC 9112, 6.3).
    return joined ?? body;
  }
  const stated = findings.statedLength();
  if (body.length === 0) {
    if (stated !== 0) {
      findings.doubts.add("body_missing");
    }
    return body;
  }
  // An editor or a terminal ended the last line; the sender did not.
  if (stated !== undefined && stated < body.length && isNewline(body.subarray(stated))) {
    return body.slice(0, stated);
  }
  if (stated === undefined && body.at(-1) === 0x0a) {
    findings.doubts.add("final_newline");
  }
  findings.checkLength(body);
  return body;
}

function isNewline(bytes: Uint8Array): boolean {
  const text = bytes.length <= 2 ? decoder().decode(bytes) : "";
  return text === "\n" || text === "\r\n";
}

/** `undefined` if the body is not in chunks, or not complete. */
function joinedChunks(body: Uint8Array): Uint8Array | undefined {
  const joined = new Uint8Array(body.length);
  let length = 0;
  let at = 0;
  for (;;) {
    const end = body.indexOf(0x0a, at);
    const line = decoder().decode(body.subarray(at, end < 0 ? body.length : end));
    const digits = /^([\da-f]{1,8})[ \t]*(?:;|\r?$)/i.exec(line)?.[1];
    if (digits === undefined) {
      return undefined;
    }
    const size = parseInt(digits, 16);
    if (size === 0) {
      return end < 0 || endsWithTrailers(body.subarray(end + 1)) ? joined.slice(0, length) : undefined;
    }
    if (end < 0 || end + 1 + size > body.length) {
      return undefined;
    }
    joined.set(body.subarray(end + 1, end + 1 + size), length);
    length += size;
    at = end + 1 + size;
    // The same newline as after the size: a lone LF after CRLF would make a CR of
    // the framing a byte of the body.
    if (line.endsWith("\r") && body[at++] !== 0x0d) {
      return undefined;
    }
    if (body[at++] !== 0x0a) {
      return undefined;
    }
  }
}

/** Whether nothing but header lines and empty lines follows the last chunk. */
function endsWithTrailers(rest: Uint8Array): boolean {
  return decoder()
    .decode(rest)
    .split("\n")
    .every((line) => trimmed(line) === "" || HEADER_NAME.test(line.slice(0, Math.max(line.indexOf(":"), 0))));
}
