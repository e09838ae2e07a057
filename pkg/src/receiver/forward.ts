/** Forwards a verified request to the origin. */

import { EVENT_ID_HEADER, EVENT_LATEST_HEADER } from "../generated/tables.js";
import type { Delivery } from "../index.js";
import { HEADER_NAME } from "../verify/header-names.js";
import { platform } from "../verify/platform.js";
import { shown } from "../verify/spelling.js";
import { failure } from "./codes.js";
import type { Recency } from "./guard.js";

/** Anything that answers requests, for example a Cloudflare service binding. */
export interface Fetcher {
  /** Answers the POST of one event, as the global `fetch` does. */
  fetch(url: string, init: RequestInit): Promise<Response>;
}

/** Where verified events go: an address, or something that answers requests. */
export type Origin = string | URL | Fetcher;

/** Sends a verified event to the origin and returns its answer. */
export type Forward = (request: Request, delivery: Delivery, recency: Recency) => Promise<Response>;

/** What the receiver sends to the origin besides the event. */
export interface OriginHeaders {
  /**
   * Headers of the receiver's own, sent to the origin with each event: above all one
   * with a secret, by which the origin knows that the event comes from the receiver.
   */
  readonly originHeaders?: Readonly<Record<string, string>> | undefined;
  /**
   * Names of more headers that are forwarded as the sender wrote them. By default
   * only the token headers are, because the token covers no header.
   */
  readonly forwardHeaders?: readonly string[] | undefined;
}

// RFC 9110, section 7.6.1: they are about this connection, not about the message.
const CONNECTION_HEADERS = [
  "connection",
  "http2-settings",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
];

// The receiver sets them. The payload is JSON whatever its sender called it, and an
// origin that reads it as something else could take an event and do nothing.
const OWN_HEADERS = ["accept-encoding", "content-length", "content-type", "expect", "host"];

// The origin trusts these.
const EVENT_HEADERS = /* @__PURE__ */ [EVENT_ID_HEADER, EVENT_LATEST_HEADER].map((name) => name.toLowerCase());

// `fetch` has decoded the body.
const ENCODED_RESPONSE_HEADERS = ["content-encoding", "content-length"];

// A service binding passes this to the origin as the host. It is not the sender's.
const SERVICE = "https://origin.internal";

/**
 * Makes the function that forwards. An address is used exactly as it is, and a
 * {@link Fetcher} is called with the configured path: the token does not cover the
 * path and query of the request.
 *
 * @param tokenHeaders - The headers that may carry the token.
 * @throws TypeError for an address that is not absolute `http` or `https` or holds
 * credentials, for a path that does not start with `/`, and for headers that
 * cannot be sent or are the receiver's.
 */
export function forwarder(
  origin: Origin,
  originPath: string,
  timeoutMs: number,
  tokenHeaders: readonly string[],
  { originHeaders = {}, forwardHeaders = [] }: OriginHeaders,
): Forward {
  const isAddress = typeof origin === "string" || origin instanceof URL;
  if (!isAddress && typeof (origin as Fetcher | null | undefined)?.fetch !== "function") {
    throw new TypeError("origin must be an absolute http or https address, or have fetch");
  }
  const target = isAddress ? originAddress(origin) : serviceAddress(originPath);
  const own = ownHeaders(originHeaders, tokenHeaders);
  if (!Array.isArray(forwardHeaders)) {
    throw new TypeError("forwardHeaders must be a list of names");
  }
  const forwarded = [...tokenHeaders, ...forwardHeaders.map(named)];

  return async (request, delivery, recency) => {
    const init: RequestInit = {
      method: "POST",
      headers: headersFor(request.headers, delivery, recency),
      body: delivery.payload as Uint8Array<ArrayBuffer>,
      redirect: "manual",
      signal: AbortSignal.timeout(timeoutMs),
    };
    let answer: Response;
    try {
      answer = await (isAddress ? platform("fetch")(target, init) : origin.fetch(target, init));
    } catch (cause) {
      const isLate = (cause as { name?: unknown } | undefined)?.name === "TimeoutError";
      throw failure(isLate ? "origin_timeout" : "origin_unreachable", cause);
    }
    return relay(answer);
  };

  function headersFor(received: Headers, { id }: Delivery, { isLatest }: Recency): Headers {
    const headers = new Headers();
    for (const name of forwarded) {
      const value = received.get(name);
      if (value !== null) {
        headers.set(name, value);
      }
    }
    for (const [name, value] of own) {
      headers.set(name, value);
    }
    headers.set(EVENT_ID_HEADER, id);
    if (isLatest !== undefined) {
      headers.set(EVENT_LATEST_HEADER, String(isLatest));
    }
    return headers;
  }
}

/** `${HOST}`, `{{host}}`, `<host>`, `$HOST`, `$(host)`, `%HOST%`; a URL object has escaped the braces. */
const TEMPLATE = /[<>{}]|%7B.*%7D|%3C.*%3E|\/\/[^/]*\$|\$([A-Z_][A-Z\d_]*\b|\()|%(?![\da-fA-F]{2})\w+%/;

function originAddress(origin: string | URL): string {
  const url = URL.canParse(origin) ? new URL(origin) : undefined;
  if (url === undefined || !/^https?:/.test(url.protocol)) {
    throw new TypeError("origin must be an absolute http or https address");
  }
  if (url.username !== "" || url.password !== "") {
    // workerd would drop them silently, and other runtimes would fail at the first event.
    throw new TypeError("origin must not hold a user name or a password; use originHeaders");
  }
  if (TEMPLATE.test(String(origin))) {
    throw new TypeError("origin holds a placeholder that nothing has filled in");
  }
  if (!/^([\w.-]+|\[[\da-f:.]+\])$/.test(url.hostname) || /^https?$/.test(url.hostname)) {
    throw new TypeError("origin must be an absolute http or https address; no host has the name that stands in it");
  }
  return url.href;
}

function serviceAddress(path: string): string {
  if (!path.startsWith("/")) {
    throw new TypeError("originPath must start with /");
  }
  return new URL(SERVICE + path).href;
}

/** What every event is sent with. No error shows what may be a secret: a value, or what cannot be a name. */
function ownHeaders(
  originHeaders: Readonly<Record<string, string>>,
  tokenHeaders: readonly string[],
): readonly (readonly [string, string])[] {
  if (Object.prototype.toString.call(originHeaders) !== "[object Object]") {
    throw new TypeError("originHeaders must be a record of names and values");
  }
  const taken = new Set(tokenHeaders.map((name) => name.toLowerCase()));
  const headers = Object.entries(originHeaders).map(([name, value], i) => {
    if (!HEADER_NAME.test(name)) {
      throw new TypeError(`originHeaders: the name of header ${i + 1} cannot be the name of a header`);
    }
    refuseOwn(name, "originHeaders");
    if (taken.has(name.toLowerCase())) {
      throw new TypeError(`originHeaders: ${name} is named twice, or is a token header`);
    }
    taken.add(name.toLowerCase());
    if (typeof value !== "string" || !/^[!-~]([ -~]*[!-~])?$/.test(value)) {
      throw new TypeError(`originHeaders: the value of ${name} must be visible ASCII characters`);
    }
    return [name, value] as const;
  });
  return [["accept-encoding", "identity"], ["content-type", "application/json"], ...headers];
}

/** A header of the sender's that the operator named. */
function named(name: string): string {
  if (typeof name !== "string" || !HEADER_NAME.test(name)) {
    throw new TypeError(`forwardHeaders: ${typeof name === "string" ? shown(name) : name} is not the name of a header`);
  }
  if (name.includes("*")) {
    throw new TypeError(`forwardHeaders: there are no wildcards: name each header in place of ${shown(name)}`);
  }
  refuseOwn(name, "forwardHeaders");
  return name;
}

function refuseOwn(name: string, option: string): void {
  // CGI, WSGI and PHP take `_` and `.` for `-`.
  const read = name.toLowerCase().replace(/[^a-z0-9]/g, "-");
  if ([...CONNECTION_HEADERS, ...OWN_HEADERS, ...EVENT_HEADERS].includes(read)) {
    throw new TypeError(`${option}: ${name} is set by the receiver`);
  }
}

/** The origin's answer, with its status and its body unchanged. */
function relay(response: Response): Response {
  const { status, statusText, headers } = response ?? {};
  if (!(status >= 200 && status <= 599)) {
    throw failure("origin_answer_invalid", new Error(`the status of its answer is ${status}`));
  }
  const isEncoded = headers.has("content-encoding");
  // Returned as it is, it streams through workerd without passing through JavaScript.
  if (!isEncoded && !CONNECTION_HEADERS.some((name) => headers.has(name))) {
    return response;
  }
  const body = [204, 205, 304].includes(status) ? null : response.body;
  const kept = endToEnd(headers, isEncoded ? ENCODED_RESPONSE_HEADERS : []);
  return new Response(body, { status, statusText, headers: kept });
}

/** A copy without the headers of the connection, and without these others. */
function endToEnd(received: Headers, others: readonly string[]): Headers {
  const headers = new Headers(received);
  // Only names: `delete` throws for anything else.
  const named = received.get("connection")?.match(/[\w!#$%&'*+.^`|~-]+/g) ?? [];
  for (const name of [...CONNECTION_HEADERS, ...others, ...named]) {
    headers.delete(name);
  }
  return headers;
}
