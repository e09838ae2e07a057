/** What all forms of a request have in common: headers, and a payload at the end. */

import { TOKEN_HEADERS } from "../generated/tables.js";
import { once, platform } from "../verify/platform.js";

export interface PastedRequest {
  /** `refused`: it is known what the text is, and `doubts` say why nothing was taken from it. */
  form: "http" | "curl" | "powershell" | "fetch" | "har" | "record" | "refused";
  /** Exactly the bytes of the body. */
  payload: Uint8Array;
  /** The value of X-Mia-Token or X-Mia-Signature as it was pasted, if there is one. */
  token?: string;
  /** The name of the token's header, in the case in which it was pasted. */
  headerName?: string;
  /** What was recognised and is not needed here: "method POST", "header user-agent", "option --compressed". Never a header's value: it may hold credentials. */
  ignored: readonly string[];
  /** What may be lost or wrong, each at most once. */
  doubts: readonly Doubt[];
}

export type Doubt =
  /** There is no body, or a quote that never closes: its end may be missing. */
  | "body_missing"
  /** Content-Length is not the number of bytes that were pasted. */
  | "content_length_differs"
  /** The body ends with a line break that an editor may have added: no Content-Length tells. */
  | "final_newline"
  /** Several token headers; the first was taken. */
  | "several_tokens"
  /** The shell would have replaced a part of the body or of the token. */
  | "shell_expansion"
  /** `curl --data @file` strips the newlines of the file. */
  | "data_not_binary"
  /** The body, or a part of it, is in a file. */
  | "body_in_file"
  /** The body was compressed when it was sent. */
  | "content_encoded"
  /** The body was sent in chunks, and the chunks cannot be read. */
  | "chunked"
  /** The body begins like JSON, or names an event, and is not JSON. */
  | "not_json"
  /** The body is in base64 or hexadecimal, as that of an object, an array or a compressed body begins. */
  | "body_encoded"
  /** A program parsed or changed the body, so other bytes were sent. */
  | "body_changed"
  /** There is a token in the text, and it is not the one that was taken. */
  | "token_not_read"
  /** The text ends where another line was to follow. */
  | "cut_off"
  /** Quotes or dashes that a word processor has made. */
  | "typographic_quotes"
  /** Programs, or their versions, read these characters differently. */
  | "versions_differ"
  /** A part comes from a variable, an expression or a file of headers whose value is not in the text. */
  | "variable"
  /** Several requests, of which none or more than one has a token. */
  | "several_requests"
  /** A message of a queue or bus, which holds no HTTP request. */
  | "envelope"
  /** The code of a program, which is not read. */
  | "program_code";

export const TOKEN_NAMES: readonly string[] = TOKEN_HEADERS.map((name) => name.toLowerCase());

/** A name by RFC 9110, or one with the colon of HTTP/2, such as `:method`. */
export const HEADER_NAME = /^:?[!#$%&'*+.^_`|~\w-]{1,200}$/;

// A BOM is a part of the bytes that were signed.
export const decoder = /* @__PURE__ */ once(() => new (platform("TextDecoder"))("utf-8", { ignoreBOM: true }));

export class Findings {
  token: string | undefined;
  headerName: string | undefined;
  contentLength: string | undefined;
  isChunked = false;
  readonly ignored = new Set<string>();
  readonly doubts = new Set<Doubt>();

  header(name: string, value: string): void {
    const lower = name.toLowerCase();
    if (TOKEN_NAMES.includes(lower)) {
      if (this.token === undefined) {
        // A document or a terminal may have broken it over several lines.
        const joined = value.replace(/\s+/g, "");
        this.token = /^[\da-f]{64}$/i.test(joined) ? joined : value;
        this.headerName = name;
      } else {
        this.doubts.add("several_tokens");
      }
    } else if (lower === "content-length") {
      if (this.contentLength !== undefined && this.contentLength !== value) {
        this.doubts.add("content_length_differs");
      }
      this.contentLength ??= value;
    } else {
      if (lower === "content-encoding" && !/^(?:identity)?$/i.test(value)) {
        this.doubts.add("content_encoded");
      } else if (lower === "transfer-encoding" && /(?:^|[\s,])chunked$/i.test(value)) {
        this.isChunked = true;
      }
      this.ignored.add(HEADER_NAME.test(name) ? `header ${lower}` : "header");
    }
  }

  method(method: string): void {
    this.ignored.add(/^[\w-]{1,20}$/.test(method) ? `method ${method}` : "method");
  }

  /** The length that Content-Length states; NaN if it is not a number, so that nothing equals it. */
  statedLength(): number | undefined {
    if (this.contentLength === undefined) {
      return undefined;
    }
    return /^\d{1,15}$/.test(this.contentLength) ? Number(this.contentLength) : NaN;
  }

  checkLength(payload: Uint8Array): void {
    const stated = this.statedLength();
    if (stated !== undefined && stated !== payload.length) {
      this.doubts.add("content_length_differs");
    }
  }

  request(form: PastedRequest["form"], payload: Uint8Array): PastedRequest {
    const { token, headerName } = this;
    return {
      form,
      payload,
      ...(token !== undefined && { token }),
      ...(headerName !== undefined && { headerName }),
      ignored: [...this.ignored],
      doubts: [...this.doubts],
    };
  }
}

/** Without the spaces and tabs that HTTP removes around a value, and without the CR of a line's end. */
export function trimmed(value: string): string {
  let start = 0;
  let end = value.length;
  while (start < end && isBlank(value[start])) start++;
  while (end > start && isBlank(value[end - 1])) end--;
  return value.slice(start, end);
}

export function isBlank(char: string | undefined): boolean {
  return char === " " || char === "\t" || char === "\r";
}

/** The answer to a text that is known and cannot be taken. */
export function refused(doubt: Doubt): PastedRequest {
  return { form: "refused", payload: new Uint8Array(), ignored: [], doubts: [doubt] };
}

/** The only request with a token and a body, else the only one with a token, else the only one with a body. */
export function chosen(requests: readonly PastedRequest[]): PastedRequest | undefined {
  const rank = ({ token, payload, doubts }: PastedRequest) =>
    (token === undefined ? 0 : 2) + (payload.length > 0 || !doubts.includes("body_missing") ? 1 : 0);
  const [one, ...others] =
    [3, 2, 1, 0].map((best) => requests.filter((request) => rank(request) === best)).find(({ length }) => length > 0) ??
    [];
  const isSame = ({ token, payload }: PastedRequest) =>
    token === one?.token &&
    payload.length === one?.payload.length &&
    payload.every((byte, at) => byte === one.payload[at]);
  return others.every(isSame) ? one : refused("several_requests");
}
