/**
 * A request as somebody pasted it: an HTTP message, a curl command or a HAR.
 *
 * What is wanted is the body's bytes and the token, nothing else. A paste has
 * often lost bytes on its way, and a lost byte looks like a wrong secret, so
 * whatever may have changed the body is reported as a doubt. Every step is
 * linear in the text: it is read while somebody types.
 */

export interface PastedRequest {
  form: "http" | "curl" | "har";
  /** Exactly the bytes of the body. */
  payload: Uint8Array;
  /** The value of X-Mia-Token or X-Mia-Signature as it stands, if there is one. */
  token?: string;
  /** The name of the token's header, in the case in which it was pasted. */
  headerName?: string;
  /** What was recognised and is of no use here: "method POST", "header user-agent", "option --compressed". Never a header's value: it may hold credentials. */
  ignored: readonly string[];
  /** What may have been lost or is doubtful, each at most once. */
  doubts: readonly Doubt[];
}

export type Doubt =
  /** There is no body, or a quote that never closes: its end may be missing. */
  | "body_missing"
  /** Content-Length is not the number of bytes that were pasted. */
  | "content_length_differs"
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
  | "chunked";

/** Bytes of UTF-8. No webhook is larger, and a page has to stay responsive. */
const MAX_TEXT = 16 * 1024 * 1024;
/** Above that it is no request, and listing it would only cost memory. */
const MAX_HEADERS = 10_000;
const MAX_WORDS = 10_000;

const TOKEN_HEADERS: readonly string[] = ["x-mia-token", "x-mia-signature"];
/** RFC 9110's token, and the colon of HTTP/2's `:method`. */
const HEADER_NAME = /^:?[!#$%&'*+.^_`|~\w-]{1,200}$/;

const encoder = new TextEncoder();
// A BOM is a part of the bytes that were signed.
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** Nothing for what is none of the three forms. Never throws. */
export function readPastedRequest(text: string): PastedRequest | undefined {
  if (typeof text !== "string" || text.length > MAX_TEXT) {
    return undefined;
  }
  // A UTF-16 unit is at most three bytes.
  if (text.length * 3 > MAX_TEXT && encoder.encode(text).length > MAX_TEXT) {
    return undefined;
  }
  const start = text.search(/\S/);
  if (start < 0) {
    return undefined;
  }
  return text[start] === "{" ? readHar(text.slice(start)) : (readHttp(text, start) ?? readCurl(text, start));
}

/** What the three forms have in common: headers, and a payload at the end. */
class Findings {
  token: string | undefined;
  headerName: string | undefined;
  contentLength: string | undefined;
  isChunked = false;
  readonly ignored = new Set<string>();
  readonly doubts = new Set<Doubt>();

  header(name: string, value: string): void {
    const lower = name.toLowerCase();
    if (TOKEN_HEADERS.includes(lower)) {
      if (this.token === undefined) {
        this.token = value;
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

  /** The length that Content-Length states; NaN for what is not a number, so that nothing equals it. */
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

/** Spaces and tabs only: what HTTP takes off a value, and no more. */
function trimmed(value: string): string {
  let start = 0;
  let end = value.length;
  while (start < end && isBlank(value[start])) start++;
  while (end > start && isBlank(value[end - 1])) end--;
  return value.slice(start, end);
}

function isBlank(char: string | undefined): boolean {
  return char === " " || char === "\t" || char === "\r";
}

// ---------------------------------------------------------------- HTTP

const REQUEST_LINE = /^([!#$%&'*+.^_`|~\w-]{1,40}) \S+ HTTP\/\d(?:\.\d)?\s*$/;
/** As editors write it, without the version. Only believed next to an x-mia-* header. */
const SHORT_REQUEST_LINE = /^([A-Z]{3,10}) (?:\/|https?:)\S*\s*$/;

function readHttp(text: string, start: number): PastedRequest | undefined {
  const findings = new Findings();
  const headers: [name: string, value: string][] = [];
  let isRequest = false;
  let bodyAt: number | undefined;
  let lines = 0;

  for (let at = start; at < text.length; ) {
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
    if (isBlank(line[0]) && previous) {
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
  const body = bodyAt === undefined ? new Uint8Array() : encoder.encode(text.slice(bodyAt));
  return findings.request("http", httpPayload(body, findings));
}

function httpPayload(body: Uint8Array, findings: Findings): Uint8Array {
  if (findings.isChunked && body.length > 0) {
    const joined = joinedChunks(body);
    if (!joined) {
      findings.doubts.add("chunked");
    }
    // Content-Length has no meaning beside chunks (RFC 9112, 6.3).
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
  findings.checkLength(body);
  return body;
}

function isNewline(bytes: Uint8Array): boolean {
  const text = bytes.length <= 2 ? decoder.decode(bytes) : "";
  return text === "\n" || text === "\r\n";
}

/** Nothing if it is not in chunks, or not whole. */
function joinedChunks(body: Uint8Array): Uint8Array | undefined {
  const joined = new Uint8Array(body.length);
  let length = 0;
  let at = 0;
  for (;;) {
    const end = body.indexOf(0x0a, at);
    const line = decoder.decode(body.subarray(at, end < 0 ? body.length : end));
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
    // The newline of the size's line: a lone LF after CRLF would make a CR of
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
  return decoder
    .decode(rest)
    .split("\n")
    .every((line) => trimmed(line) === "" || HEADER_NAME.test(line.slice(0, Math.max(line.indexOf(":"), 0))));
}

// ---------------------------------------------------------------- HAR

function readHar(text: string): PastedRequest | undefined {
  let root: unknown;
  try {
    root = JSON.parse(text);
  } catch {
    // Not JSON, or nested deeper than the engine's stack.
    return undefined;
  }
  const requests = harRequests(root);
  const request = requests.find((one) => harHeaders(one).some(([name]) => TOKEN_HEADERS.includes(name.toLowerCase()))) ?? requests[0];
  if (!request) {
    return undefined;
  }
  const findings = new Findings();
  const method = field(request, "method");
  if (typeof method === "string") {
    findings.method(method);
  }
  for (const [name, value] of harHeaders(request)) {
    findings.header(name, value);
  }
  const payload = harPayload(field(request, "postData"));
  if (!payload || (payload.length === 0 && findings.statedLength() !== 0)) {
    findings.doubts.add("body_missing");
  } else {
    findings.checkLength(payload);
  }
  return findings.request("har", payload ?? new Uint8Array());
}

function harRequests(root: unknown): unknown[] {
  const entries = field(field(root, "log"), "entries");
  const candidates = Array.isArray(entries) ? entries.map((entry) => field(entry, "request")) : [field(root, "request"), root];
  // Any JSON may have "headers"; a request also says how or where to.
  return candidates.filter(
    (one) =>
      Array.isArray(field(one, "headers")) &&
      (typeof field(one, "method") === "string" || typeof field(one, "url") === "string"),
  );
}

function harHeaders(request: unknown): [name: string, value: string][] {
  const headers = field(request, "headers");
  return (Array.isArray(headers) ? headers : []).flatMap((header: unknown) => {
    const name = field(header, "name");
    const value = field(header, "value");
    return typeof name === "string" && typeof value === "string" ? [[name, trimmed(value)]] : [];
  });
}

function harPayload(postData: unknown): Uint8Array | undefined {
  const text = field(postData, "text");
  if (typeof text !== "string") {
    return undefined;
  }
  if (field(postData, "encoding") !== "base64") {
    return encoder.encode(text);
  }
  try {
    const binary = atob(text);
    const bytes = new Uint8Array(binary.length);
    for (let at = 0; at < bytes.length; at++) {
      bytes[at] = binary.charCodeAt(at);
    }
    return bytes;
  } catch {
    return undefined;
  }
}

function field(value: unknown, name: string): unknown {
  const isObject = typeof value === "object" && value !== null;
  return isObject && Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
}

// ---------------------------------------------------------------- curl

/** curl's options that take a value (`curl --help all`): the value is not to be read as an option. */
const SHORT_WITH_VALUE = "AbcCdDeEFHKmoPQrtTuUwxXyYz";
const LONG_WITH_VALUE: ReadonlySet<string> = new Set(
  (
    "abstract-unix-socket alt-svc aws-sigv4 cacert capath cert cert-type ciphers config connect-timeout connect-to " +
    "continue-at cookie cookie-jar create-file-mode crlfile curves data data-ascii data-binary data-raw data-urlencode " +
    "delegation dns-interface dns-ipv4-addr dns-ipv6-addr dns-servers doh-url dump-header ech egd-file engine " +
    "etag-compare etag-save expect100-timeout form form-string ftp-account ftp-alternative-to-user ftp-method ftp-port " +
    "ftp-ssl-ccc-mode happy-eyeballs-timeout-ms haproxy-clientip header hostpubmd5 hostpubsha256 hsts interface " +
    "ip-tos ipfs-gateway json keepalive-cnt keepalive-time key key-type krb libcurl limit-rate local-port " +
    "login-options mail-auth mail-from mail-rcpt max-filesize max-redirs max-time netrc-file noproxy oauth2-bearer " +
    "output output-dir parallel-max pass pinnedpubkey preproxy proto proto-default proto-redir proxy proxy-cacert " +
    "proxy-capath proxy-cert proxy-cert-type proxy-ciphers proxy-crlfile proxy-header proxy-key proxy-key-type " +
    "proxy-pass proxy-pinnedpubkey proxy-service-name proxy-tls13-ciphers proxy-tlsauthtype proxy-tlspassword " +
    "proxy-tlsuser proxy-user proxy1.0 pubkey quote random-file range rate referer request request-target resolve " +
    "retry retry-delay retry-max-time sasl-authzid service-name socks4 socks4a socks5 socks5-gssapi-service " +
    "socks5-hostname speed-limit speed-time stderr telnet-option tftp-blksize time-cond tls-max tls13-ciphers " +
    "tlsauthtype tlspassword tlsuser trace trace-ascii trace-config unix-socket upload-file url url-query user " +
    "user-agent variable vlan-priority write-out"
  ).split(" "),
);
const LONG_NAMES: Readonly<Record<string, string>> = {
  d: "data",
  F: "form",
  G: "get",
  H: "header",
  T: "upload-file",
  X: "request",
};

/** A word as the shell hands it over, and the value in it from a character on. */
interface Word {
  text: string;
  /** Bytes that were written as `\xHH` and need not be UTF-8: between which characters of the text they are. */
  escapes: readonly (readonly [at: number, byte: number])[];
  /** Whether the shell would have replaced something in it. */
  expands: boolean;
}

interface Command {
  /** After the word `curl`. */
  words: Word[];
  prefix: string[];
  /** Whether the text ended inside a quote. */
  isOpen: boolean;
}

function readCurl(text: string, start: number): PastedRequest | undefined {
  // The two shells quote differently. Whichever one's mark comes first decides:
  // in a single-quoted body a caret may stand anywhere, but never before the quote.
  const mark = /['\\]|\^["\r\n]/g;
  mark.lastIndex = start;
  const isCmd = mark.exec(text)?.[0][0] === "^";
  const command = isCmd ? cmdCommand(text, start) : new PosixReader(text, start).command();
  // Prose can begin with the word, too: "curl is a tool".
  if (!command?.words.some(({ text }) => /^-./.test(text) || /[/:]/.test(text))) {
    return undefined;
  }
  return new CurlArguments(command).request();
}

function isCurl(word: string): boolean {
  return /(?:^|[/\\])curl(?:\.exe)?$/i.test(word.slice(-400));
}

class CurlArguments {
  readonly #command: Command;
  readonly #findings = new Findings();
  readonly #data: Uint8Array[] = [];
  #length = 0;
  /** Whether something was said about a body, even that it is empty. */
  #hasBody = false;
  #isGet = false;

  constructor(command: Command) {
    this.#command = command;
  }

  request(): PastedRequest {
    const { words, prefix, isOpen } = this.#command;
    const findings = this.#findings;
    for (const name of prefix) {
      findings.ignored.add(name);
    }
    this.#read(words);
    if (!this.#hasBody || this.#isGet || isOpen) {
      findings.doubts.add("body_missing");
    }
    const payload = new Uint8Array(this.#length);
    let at = 0;
    for (const part of this.#data) {
      payload.set(part, at);
      at += part.length;
    }
    if (payload.length > 0) {
      findings.checkLength(payload);
    }
    return findings.request("curl", payload);
  }

  #read(words: readonly Word[]): void {
    let isOver = false;
    for (let at = 0; at < words.length; at++) {
      const word = words[at] as Word;
      const { text } = word;
      if (isOver || text[0] !== "-" || text === "-") {
        this.#findings.ignored.add("url");
      } else if (text === "--") {
        isOver = true;
      } else if (text === "--next") {
        // Another request begins.
        this.#findings.ignored.add("option --next");
        return;
      } else if (text.startsWith("--")) {
        at += this.#long(word, words[at + 1]);
      } else {
        at += this.#short(word, words[at + 1]);
      }
    }
  }

  /** How many words it took besides its own. */
  #long(word: Word, next: Word | undefined): number {
    const equals = word.text.indexOf("=");
    const name = word.text.slice(2, equals < 0 ? undefined : equals);
    if (!LONG_WITH_VALUE.has(name)) {
      this.#option(name, `--${name}`);
      return 0;
    }
    // curl itself knows no `=`, but people write it.
    if (equals >= 0) {
      this.#option(name, `--${name}`, word, equals + 1);
      return 0;
    }
    this.#option(name, `--${name}`, next);
    return 1;
  }

  /** One-letter options can be glued to each other, and the last to its value. */
  #short(word: Word, next: Word | undefined): number {
    for (let at = 1; at < word.text.length; at++) {
      const letter = word.text[at] as string;
      const name = LONG_NAMES[letter] ?? "";
      if (!SHORT_WITH_VALUE.includes(letter)) {
        this.#option(name, `-${letter}`);
      } else if (at + 1 < word.text.length || word.escapes.length > 0) {
        this.#option(name, `-${letter}`, word, at + 1);
        return 0;
      } else {
        this.#option(name, `-${letter}`, next);
        return 1;
      }
    }
    return 0;
  }

  #option(name: string, written: string, value?: Word, from = 0): void {
    const findings = this.#findings;
    switch (value ? name : "") {
      case "header":
        return this.#header(value as Word, from);
      case "request":
        return findings.method((value as Word).text.slice(from));
      case "url":
        findings.ignored.add("url");
        return;
      case "data":
      case "data-ascii":
      case "data-binary":
      case "data-raw":
      case "json":
        return this.#body(name, value as Word, from);
    }
    if (name === "upload-file") {
      this.#hasBody = true;
      findings.doubts.add("body_in_file");
    } else if (name === "get") {
      this.#isGet = true;
    } else if (name === "data-urlencode" || name === "form" || name === "form-string") {
      findings.doubts.add("body_missing");
    }
    // What is no option of curl may be anything, a password included.
    findings.ignored.add(/^-[a-zA-Z\d#:]$|^--[a-z][a-z\d.-]{0,30}$/.test(written) ? `option ${written}` : "option");
  }

  #header(word: Word, from: number): void {
    const findings = this.#findings;
    if (word.text[from] === "@") {
      findings.ignored.add("headers in a file");
      return;
    }
    const line = decoder.decode(bytesOf(word, from));
    const colon = line.indexOf(":", 1);
    const name = colon < 0 ? "" : trimmed(line.slice(0, colon));
    if (!HEADER_NAME.test(name)) {
      findings.ignored.add("header");
      return;
    }
    const value = trimmed(line.slice(colon + 1));
    const isToken = TOKEN_HEADERS.includes(name.toLowerCase());
    if (isToken && word.expands) {
      findings.doubts.add("shell_expansion");
    }
    if (isToken && value === "") {
      // curl sends no header without a value.
      findings.ignored.add(`header ${name.toLowerCase()}`);
      return;
    }
    findings.header(name, value);
  }

  #body(name: string, word: Word, from: number): void {
    const { doubts } = this.#findings;
    this.#hasBody = true;
    if (word.expands) {
      doubts.add("shell_expansion");
    }
    const isFile = word.text[from] === "@" && name !== "data-raw";
    if (isFile) {
      doubts.add("body_in_file");
      if (name === "data" || name === "data-ascii") {
        doubts.add("data_not_binary");
      }
    }
    // curl joins its data by `&`, except for what --json adds.
    if (this.#length > 0 && name !== "json") {
      this.#append(new Uint8Array([0x26]));
    }
    if (!isFile) {
      this.#append(bytesOf(word, from));
    }
  }

  #append(part: Uint8Array): void {
    this.#data.push(part);
    this.#length += part.length;
  }
}

function bytesOf(word: Word, from: number): Uint8Array {
  if (word.escapes.length === 0) {
    return encoder.encode(word.text.slice(from));
  }
  // Three bytes a UTF-16 unit are the most there can be.
  const bytes = new Uint8Array(word.text.length * 3 + word.escapes.length);
  let length = 0;
  let at = from;
  for (const [position, byte] of word.escapes) {
    if (position < from) {
      continue;
    }
    length += encoder.encodeInto(word.text.slice(at, position), bytes.subarray(length)).written;
    bytes[length++] = byte;
    at = position;
  }
  length += encoder.encodeInto(word.text.slice(at), bytes.subarray(length)).written;
  return bytes.slice(0, length);
}

// ---------------------------------------------------------------- sh and bash

/** The words of the first curl command, by POSIX's rules for quotes and bash's `$'…'`. */
class PosixReader {
  readonly #text: string;
  #at: number;
  #word = "";
  #hasWord = false;
  #escapes: [at: number, byte: number][] = [];
  #expands = false;
  #words: Word[] | undefined;
  readonly #prefix: string[] = [];
  #isOpen = false;
  #isTarget = false;
  /** Searches that reached the end of the text in vain: once is enough, or the time grows with the square. */
  #noBacktick = false;
  #noParenthesis = false;

  constructor(text: string, start: number) {
    this.#text = text;
    this.#at = start;
  }

  command(): Command | undefined {
    const text = this.#text;
    const special = /[ \t\r\n'"\\$`;&|<>#]/g;
    while (this.#at < text.length) {
      special.lastIndex = this.#at;
      const end = special.exec(text)?.index ?? text.length;
      if (end > this.#at) {
        const run = text.slice(this.#at, end);
        // Patterns, braces and ~ are replaced only where nothing quotes them.
        this.#expands ||= /[*?[{~]/.test(run);
        this.#append(run);
        this.#at = end;
        continue;
      }
      const isOver = this.#special(text[end] as string);
      if (isOver === undefined) {
        return undefined;
      }
      if (isOver) {
        break;
      }
    }
    if (!this.#finishWord() || !this.#words) {
      return undefined;
    }
    return { words: this.#words, prefix: this.#prefix, isOpen: this.#isOpen };
  }

  /** Whether the command is over; nothing if it is not curl. */
  #special(char: string): boolean | undefined {
    const text = this.#text;
    const next = text[this.#at + 1];
    switch (char) {
      case "'": {
        const close = text.indexOf("'", this.#at + 1);
        this.#append(text.slice(this.#at + 1, close < 0 ? undefined : close));
        this.#isOpen ||= close < 0;
        this.#at = close < 0 ? text.length : close + 1;
        return false;
      }
      case '"':
        this.#at++;
        this.#doubleQuoted();
        return false;
      case "$":
        this.#dollar(false);
        return false;
      case "`":
        this.#backtick();
        return false;
      case "\\":
        if (next === "\n") {
          this.#at += 2;
        } else if (next === "\r" && text[this.#at + 2] === "\n") {
          // A line that went through Windows: the continuation was meant.
          this.#at += 3;
        } else {
          this.#append(next ?? "\\");
          this.#at += 2;
        }
        return false;
      case "\r":
        if (next !== "\n") {
          this.#append("\r");
          this.#at++;
          return false;
        }
        this.#at++;
        return this.#finishCommand();
      case " ":
      case "\t":
        this.#at++;
        return this.#finishWord() ? false : undefined;
      case "#":
        if (this.#hasWord) {
          this.#append("#");
          this.#at++;
        } else {
          const newline = text.indexOf("\n", this.#at);
          this.#at = newline < 0 ? text.length : newline;
        }
        return false;
      case "<":
      case ">":
        return this.#redirection();
      default:
        return this.#finishCommand();
    }
  }

  #finishCommand(): boolean | undefined {
    this.#at++;
    // Before curl there may be comments and assignments, each on its line.
    return this.#finishWord() ? this.#words !== undefined : undefined;
  }

  /** The file is not the command's word, and neither is the 2 of `2>`. */
  #redirection(): false | undefined {
    if (/^\d$/.test(this.#word)) {
      this.#reset();
    } else if (!this.#finishWord()) {
      return undefined;
    }
    while (this.#at < this.#text.length && "<>&|".includes(this.#text[this.#at] as string)) {
      this.#at++;
    }
    this.#isTarget = true;
    return false;
  }

  /** False if this is not a curl command. */
  #finishWord(): boolean {
    if (!this.#hasWord) {
      return true;
    }
    const word: Word = { text: this.#word, escapes: this.#escapes, expands: this.#expands };
    this.#reset();
    if (this.#isTarget) {
      this.#isTarget = false;
    } else if (this.#words) {
      this.#words.push(word);
      return this.#words.length <= MAX_WORDS;
    } else if (isCurl(word.text)) {
      this.#words = [];
    } else {
      const variable = /^([A-Za-z_]\w{0,60})=/.exec(word.text)?.[1];
      if (variable !== undefined) {
        this.#prefix.push(`variable ${variable}`);
      }
      // A lone $ is the prompt.
      return this.#prefix.length <= MAX_WORDS && (variable !== undefined || word.text === "$");
    }
    return true;
  }

  #reset(): void {
    this.#word = "";
    this.#hasWord = false;
    this.#escapes = [];
    this.#expands = false;
  }

  #append(part: string): void {
    this.#word += part;
    this.#hasWord = true;
  }

  #doubleQuoted(): void {
    const text = this.#text;
    const special = /["\\$`]/g;
    this.#append("");
    for (;;) {
      special.lastIndex = this.#at;
      const end = special.exec(text)?.index;
      this.#append(text.slice(this.#at, end));
      if (end === undefined) {
        this.#isOpen = true;
        this.#at = text.length;
        return;
      }
      this.#at = end;
      switch (text[end]) {
        case '"':
          this.#at++;
          return;
        case "$":
          this.#dollar(true);
          break;
        case "`":
          this.#backtick();
          break;
        default: {
          const next = text[end + 1];
          if (next === "\n") {
            this.#at += 2;
          } else if (next !== undefined && '"\\$`'.includes(next)) {
            this.#append(next);
            this.#at += 2;
          } else {
            this.#append("\\");
            this.#at++;
          }
        }
      }
    }
  }

  /** What the shell would put in its place is not known, so it stays as it stands. */
  #dollar(isQuoted: boolean): void {
    const text = this.#text;
    const next = text[this.#at + 1] ?? "";
    if (!isQuoted && next === "'") {
      this.#at += 2;
      this.#ansiQuoted();
      return;
    }
    if (!isQuoted && next === '"') {
      // bash translates it, which changes nothing without a catalogue.
      this.#at += 2;
      this.#doubleQuoted();
      return;
    }
    // A continued line joins the $ to a name that stands on the next one.
    this.#expands ||= /[\w{(@*#?$!-]/.test(next) || (next === "\\" && text[this.#at + 2] === "\n");
    const end = next === "(" ? this.#closingParenthesis(this.#at + 1) : this.#at + 1;
    this.#append(text.slice(this.#at, end));
    this.#at = end;
  }

  /** Behind the parenthesis that closes the one there; quotes in it are not looked at. */
  #closingParenthesis(open: number): number {
    const parenthesis = /[()]/g;
    parenthesis.lastIndex = open;
    let depth = 0;
    while (!this.#noParenthesis) {
      const found = parenthesis.exec(this.#text);
      if (!found) {
        this.#noParenthesis = true;
        break;
      }
      depth += found[0] === "(" ? 1 : -1;
      if (depth === 0) {
        return found.index + 1;
      }
    }
    return open;
  }

  #backtick(): void {
    const close = this.#noBacktick ? -1 : this.#text.indexOf("`", this.#at + 1);
    this.#noBacktick = close < 0;
    this.#expands = true;
    const end = close < 0 ? this.#at + 1 : close + 1;
    this.#append(this.#text.slice(this.#at, end));
    this.#at = end;
  }

  #ansiQuoted(): void {
    const text = this.#text;
    const special = /['\\]/g;
    this.#append("");
    for (;;) {
      special.lastIndex = this.#at;
      const end = special.exec(text)?.index;
      this.#append(text.slice(this.#at, end));
      if (end === undefined) {
        this.#isOpen = true;
        this.#at = text.length;
        return;
      }
      this.#at = end + 1;
      if (text[end] === "'") {
        return;
      }
      this.#ansiEscape();
    }
  }

  /** From behind the backslash. */
  #ansiEscape(): void {
    const text = this.#text;
    const char = text[this.#at] ?? "";
    const simple = ANSI_ESCAPES[char];
    if (simple !== undefined) {
      this.#append(simple);
      this.#at++;
      return;
    }
    ANSI_NUMBER.lastIndex = this.#at;
    const found = ANSI_NUMBER.exec(text);
    if (!found) {
      this.#append("\\");
      return;
    }
    this.#at += found[0].length;
    const [, octal, byte, short, long, control] = found;
    if (control !== undefined) {
      this.#append(String.fromCharCode(control.toUpperCase().charCodeAt(0) & 0x1f));
    } else if (octal !== undefined) {
      this.#byte(parseInt(octal, 8) & 0xff);
    } else if (byte !== undefined) {
      this.#byte(parseInt(byte, 16));
    } else {
      const code = parseInt(short ?? long ?? "", 16);
      // Chrome writes an emoji as two surrogates. bash would send six bytes of
      // no meaning for them; the request that was copied had the emoji.
      this.#append(code > 0x10ffff ? "\ufffd" : String.fromCodePoint(code));
    }
  }

  #byte(byte: number): void {
    if (byte < 0x80) {
      this.#append(String.fromCharCode(byte));
    } else {
      this.#escapes.push([this.#word.length, byte]);
    }
  }
}

const ANSI_NUMBER = /([0-7]{1,3})|x([\da-fA-F]{1,2})|u([\da-fA-F]{1,4})|U([\da-fA-F]{1,8})|c([\x21-\x7e])/y;
const ANSI_ESCAPES: Readonly<Record<string, string>> = {
  a: "\x07",
  b: "\b",
  e: "\x1b",
  E: "\x1b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
  "\\": "\\",
  "'": "'",
  '"': '"',
  "?": "?",
};

// ---------------------------------------------------------------- cmd.exe

/**
 * The words of a curl command for Windows, as browsers copy it. It goes through
 * two readers there, and so it does here: cmd.exe takes the carets away, then
 * curl's C runtime splits at spaces and takes the quotes and backslashes.
 */
function cmdCommand(text: string, start: number): Command | undefined {
  return runtimeWords(withoutCarets(text, start));
}

interface CommandLine {
  line: string;
  /** Where in the line something stands that cmd.exe would have replaced, ascending. */
  marks: readonly number[];
}

function withoutCarets(text: string, start: number): CommandLine {
  const special = /[\^"%\r\n&|<>]/g;
  const variable = /%[A-Za-z_]\w{0,60}%/y;
  const marks: number[] = [];
  let line = "";
  let isQuoted = false;
  for (let at = start; at < text.length; ) {
    special.lastIndex = at;
    const end = special.exec(text)?.index;
    line += text.slice(at, end);
    if (end === undefined) {
      break;
    }
    at = end + 1;
    const char = text[end] as string;
    if (char === "^" && !isQuoted) {
      const newline = newlineAt(text, at);
      if (newline === 0) {
        const next = text[at++] ?? "";
        variable.lastIndex = at - 1;
        if (next === "%" && variable.test(text)) {
          marks.push(line.length);
        }
        line += next;
        continue;
      }
      // The caret takes the newline away and protects the character after it,
      // so that the second of two newlines stays. Whether it was CRLF is lost.
      at += newline;
      const second = newlineAt(text, at);
      if (second > 0) {
        marks.push(line.length);
        line += "\n";
        at += second;
      }
      continue;
    }
    if (char === '"') {
      isQuoted = !isQuoted;
    } else if (char === "%") {
      variable.lastIndex = end;
      if (variable.test(text)) {
        marks.push(line.length);
      }
    } else if (char !== "^") {
      if (!isQuoted && char !== "\r") {
        break;
      }
      // cmd.exe would end the command at a newline in quotes; no more can be meant than what stands there.
      if (char === "\n") {
        marks.push(line.length);
      }
    }
    line += char;
  }
  return { line, marks };
}

function newlineAt(text: string, at: number): number {
  if (text[at] === "\n") {
    return 1;
  }
  return text[at] === "\r" && text[at + 1] === "\n" ? 2 : 0;
}

/** Microsoft's rules: backslashes count only before a quote, and `""` in quotes is one. */
function runtimeWords({ line, marks }: CommandLine): Command | undefined {
  const special = /[ \t\r"\\]/g;
  let words: Word[] | undefined;
  let word = "";
  let hasWord = false;
  let isQuoted = false;
  let isDoubtful = false;
  let mark = 0;

  /** False if this is not a curl command. */
  const finishWord = (end: number): boolean => {
    const text = word;
    const hadWord = hasWord;
    const firstMark = mark;
    while ((marks[mark] ?? end) < end) mark++;
    const expands = mark > firstMark || isDoubtful;
    word = "";
    hasWord = false;
    isDoubtful = false;
    if (!hadWord) {
      return true;
    }
    if (!words) {
      words = [];
      return isCurl(text);
    }
    words.push({ text, escapes: [], expands });
    return words.length <= MAX_WORDS;
  };

  for (let at = 0; at < line.length; ) {
    special.lastIndex = at;
    const end = special.exec(line)?.index ?? line.length;
    if (end > at) {
      word += line.slice(at, end);
      hasWord = true;
    }
    if (end === line.length) {
      break;
    }
    const char = line[end] as string;
    at = end + 1;
    if (char === '"') {
      hasWord = true;
      if (isQuoted && line[at] === '"') {
        word += '"';
        at++;
      } else {
        isQuoted = !isQuoted;
      }
    } else if (char === "\\") {
      hasWord = true;
      let last = at;
      while (line[last] === "\\") last++;
      const count = last - end;
      const isEscape = line[last] === '"';
      // Chrome doubles every backslash, which is right only before a quote:
      // curl sends both, where the request that was copied had one.
      isDoubtful ||= !isEscape && count % 2 === 0;
      word += "\\".repeat(isEscape ? Math.floor(count / 2) : count);
      at = last;
      if (isEscape && count % 2 === 1) {
        word += '"';
        at++;
      }
    } else if (isQuoted) {
      word += char;
    } else if (!finishWord(end)) {
      return undefined;
    }
  }
  return finishWord(line.length) && words ? { words, prefix: [], isOpen: isQuoted } : undefined;
}
