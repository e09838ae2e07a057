/**
 * What the operator is told where the request itself shows why it was refused. It
 * looks only at what was refused already, and never parses a body: at most its size
 * and its first and last bytes. A sender can choose between these sentences, and the name of a header, and no more.
 */

import type { Code } from "../index.js";
import { cureOf } from "./host-request.js";
import { nearest, shown } from "../verify/spelling.js";

/** How far the reading of a body came. */
export interface Reading {
  /** Whether any of it arrived. In workerd a read fills a buffer and does not tell, so it counts as begun once awaited. */
  hasBegun?: boolean;
  /** All of it. */
  payload?: Uint8Array;
}

/** What is known about a request that was answered. */
export interface Evidence {
  readonly request: Request;
  /** The headers that may carry the token. */
  readonly headerNames: readonly string[];
  /** The path that was called. */
  readonly path: string | undefined;
  /** The paths that are configured. */
  readonly paths: readonly string[];
  readonly reading: Reading;
  /** The status of the answer. */
  readonly status: number;
  /** The event's own time, where it verified. */
  readonly timestamp: number | undefined;
}

/** A hint that fits better than the one of the code; `undefined` if nothing is evident. */
export function evidentHint(code: Code, evidence: Evidence): string | undefined {
  return HINTS[code]?.(evidence) || undefined;
}

const HINTS: { readonly [Name in Code]?: (evidence: Evidence) => string | undefined } = {
  method_not_allowed(evidence) {
    const { method, headers } = evidence.request;
    if (method === "GET" && tokenOf(evidence) !== null) {
      return "The request carries a token: a redirect (301, 302 or 303) made a GET of the Console's POST. Set the target of the subscription to the final address; look for http in place of https, a missing or extra slash, or another host name.";
    }
    if ((method === "PUT" || method === "PATCH") && tokenOf(evidence) !== null) {
      return `The request carries a token, and it is a ${method}: the sender, or a gateway, must send a POST, as the Console does.`;
    }
    return method === "OPTIONS" && headers.get("access-control-request-method")
      ? "A browser asks whether a web page may call this address. The Console never does."
      : "Something other than the Console is calling this address, such as a browser or a health check.";
  },

  path_unknown({ path = "", paths }) {
    const near = nearestPath(path, paths);
    return near === undefined
      ? undefined
      : `This path is not configured; the nearest is ${JSON.stringify(near)}. Correct the target of the subscription, or the proxy that changes the path.`;
  },

  request_malformed: ({ request }) =>
    String(request.url).startsWith("/")
      ? "The Request's url is a path alone. The host or the adapter that made it must give an absolute address."
      : undefined,

  token_missing({ request, headerNames }) {
    // A host may pass headers that can only be asked by name.
    const headers = Symbol.iterator in request.headers ? [...request.headers] : [];
    const other = headers.find(([name, value]) => isTokenLike(name, value, headerNames))?.[0];
    return other === undefined
      ? undefined
      : `A value as a token is came under another name, ${shown(other)}. If a proxy renames the header, or the sender is your own, correct the name there, or name it in headerNames.`;
  },

  token_malformed(evidence) {
    const token = tokenOf(evidence) ?? "";
    if (token === "") {
      return "The token header is empty: its sender had no secret, or a proxy emptied it.";
    }
    if (token.includes(",")) {
      return "The token header came more than once. A proxy may have added one.";
    }
    const other = OTHER_HASHES.find(([count]) => runOf(token) === count);
    if (other !== undefined) {
      return `The token has ${other[0]} digits, as ${other[1]} makes them. It must be the SHA-256 of the payload and the secret, in 64 digits.`;
    }
    if (/[\da-f]{64}/i.test(token)) {
      return "There is something around the 64 digits, such as a prefix, quotes or the name of a file. The header must hold the digits alone, or sha256= before them.";
    }
    return /^[\da-f]{60,63}$/i.test(token)
      ? `The token has ${token.length} digits of 64: its sender loses leading zeros, or something cut it.`
      : `The token header has ${token.length} characters. A token has 64 hexadecimal digits, with an optional sha256= before them.`;
  },

  token_mismatch({ request, reading: { payload } }) {
    return payload === undefined
      ? "The token headers hold different tokens. All of them must hold the same one: see which proxy or sender sets each."
      : bodyHint(payload, request.headers);
  },

  payload_consumed: ({ request }) => cureOf(request),

  payload_timeout: ({ reading: { hasBegun } }) =>
    hasBegun
      ? undefined
      : "Nothing of the body arrived: a middleware or a proxy read it before, or its sender holds it back.",

  event_malformed: ({ reading: { payload } }) =>
    payload?.length === 0
      ? "The body is empty, and the token is right for an empty body: its sender knows the secret, and signed nothing."
      : undefined,

  origin_refused: ({ status }) =>
    status >= 300 && status < 400
      ? "The origin answered with a redirect, which is not followed. Set the origin to the final address."
      : undefined,

  event_stale: ({ timestamp }) => unitHint(timestamp),
  event_expired: ({ timestamp }) => unitHint(timestamp),
  event_from_future: ({ timestamp }) => unitHint(timestamp),
};

/** How many hexadecimal digits other hashes have. */
const OTHER_HASHES = [
  [32, "MD5"],
  [40, "SHA-1"],
  [56, "SHA-224"],
  [96, "SHA-384"],
  [128, "SHA-512"],
] as const;

/** The length of the first long run of hexadecimal digits: there may be something around it. */
const runOf = (text: string): number => /[\da-f]{32,}/i.exec(text)?.[0].length ?? 0;

/** Whether a header that no receiver reads may hold the token. A trace or a checksum of transport may not. */
function isTokenLike(name: string, value: string, headerNames: readonly string[]): boolean {
  const isRead = headerNames.some((known) => known.toLowerCase() === name);
  return (
    !isRead &&
    value.length < 200 &&
    /(^|[^\da-f])[\da-f]{64}($|[^\da-f])/i.test(value) &&
    !/trace|request-id|correlation|content-sha|etag|if-none-match|if-match|digest|cookie|session/.test(name)
  );
}

const tokenOf = ({ request, headerNames }: Evidence): string | null =>
  headerNames.map((name) => request.headers.get(name)).find((value) => value !== null) ?? null;

/** In milliseconds, all times from 1973 to 5138 are between these. */
const unitHint = (timestamp = 1e12): string | undefined =>
  timestamp < 1e11 || timestamp > 1e14
    ? "The eventTimestamp does not look like milliseconds since 1970. The sender may use another unit."
    : undefined;

/** What the size, the first and the last bytes of a body say that its token does not match. */
function bodyHint(payload: Uint8Array, headers: Headers): string | undefined {
  const length = headers.get("content-length") ?? "";
  const declared = /^\d+$/.test(length) ? Number(length) : undefined;
  if (payload.length === 0) {
    return declared
      ? `The body is empty, but Content-Length says ${declared} bytes: a proxy, a gateway or a middleware read it before the receiver.`
      : "The body is empty. The Console never sends an empty one: a proxy, a gateway or a middleware read it before the receiver.";
  }
  if (declared !== undefined && declared !== payload.length) {
    return `Content-Length says ${declared} bytes, and the body has ${payload.length}: something read it and wrote it again. Pass on the raw body.`;
  }
  if (/^(application\/x-www-form-urlencoded|multipart\/)/i.test(headers.get("content-type") ?? "")) {
    return "The body is sent as a form. The Console sends JSON: something on the way changed it, or another sender calls.";
  }
  // A look at the first bytes, not a decoder: each is one character.
  const start = String.fromCharCode(...payload.subarray(0, 12));
  return STARTS.find(([pattern]) => pattern.test(start))?.[1] || endHint(payload);
}

/** What the last byte of a body that begins as JSON says. */
function endHint(payload: Uint8Array): string | undefined {
  switch (payload[payload.length - 1]) {
    case 0x7d:
      return undefined;
    case 0x0a:
    case 0x0d:
      return "The body ends with a line break, and the Console writes none: a file, an editor or a command such as echo added it.";
    case 0x20:
    case 0x09:
      return "The body ends with white space, and the Console writes none: something on the way added it.";
    default:
      return "The body begins as an event and does not end as one: something cut it, or added to it.";
  }
}

/** The first bytes of bodies that are not the Console's. */
const STARTS: readonly (readonly [pattern: RegExp, hint: string])[] = [
  // As an event begins: its end may say more.
  [/^\{"(event|payload)/, ""],
  [
    /^\{\}$/,
    "The body is {}, which a body parser leaves where it found nothing to read. Pass on the raw body, before any parser.",
  ],
  [/^\x1f\x8b/, "The body is compressed, and no Content-Encoding says so. Turn off compression in the proxies."],
  [
    /^(\xef\xbb\xbf|\xff\xfe|\xfe\xff)/,
    "The body begins with a byte order mark: something took it for text and wrote it again.",
  ],
  [
    /^(eyJ|ewo|ew0)/,
    "The body looks like base64: a gateway encoded it. Decode it before the receiver, or turn the encoding off.",
  ],
  [
    /^\[object/,
    "The body is the text that JavaScript makes of an object: something passed on the parsed body. Pass on the raw one.",
  ],
  [/^b['"]/, "The body is the text that Python makes of bytes. Pass on the bytes themselves."],
  [
    /^(payload|data|body)=|^%7B/i,
    "The body is percent-encoded or a form. The Console sends JSON: something on the way changed it.",
  ],
  [/^["']/, "The body is in quotes: something wrote the event as text into JSON. Pass on the raw body."],
  [
    /^\s|^\{\s/,
    "The body has white space where the Console writes none: something read it and wrote it again. Pass on the raw body.",
  ],
  [/^\[/, "The body is a list: something on the way collects events. The Console sends one at a time."],
  [/^\{\\/, "The body is escaped as in a text: something copied it from inside another one. Pass on the raw body."],
  [/^\{['"]/, "The body does not begin as an event does: perhaps a gateway put the event into an envelope of its own."],
  [
    /^[^{]/,
    "The body is not a JSON object. The Console sends one: something on the way changed it, or another sender calls.",
  ],
];

/** The configured path that was probably meant. */
function nearestPath(path: string, paths: readonly string[]): string | undefined {
  const called = plainPath(path);
  const plain = paths.map((known) => [known, plainPath(known)] as const).filter(([, known]) => known !== "/");
  const found =
    plain.find(([, known]) => known === called) ??
    // A proxy that adds a prefix, or takes one away; or one part too many at the end.
    plain.find(([, known]) => called.endsWith(known)) ??
    (called === "/" ? undefined : plain.find(([, known]) => known.endsWith(called))) ??
    plain.find(([, known]) => called.startsWith(`${known}/`));
  if (found !== undefined) {
    return found[0];
  }
  const near = nearest(
    called,
    plain.map(([, known]) => known),
  );
  return plain.find(([, known]) => known === near)?.[0];
}

/** Without what is easily different: case, percent-encoding, slashes. */
function plainPath(path: string): string {
  const plain = decoded(decoded(path))
    .toLowerCase()
    .replace(/[/\\]+/g, "/")
    .trim();
  return plain.length > 1 && plain.endsWith("/") ? plain.slice(0, -1) : plain;
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
