/** Hands a verified request on to the origin. */

import { EVENT_ID_HEADER, EVENT_LATEST_HEADER } from "./generated/tables.js";
import type { Recency } from "./guard.js";
import { failure } from "./receiver-codes.js";
import type { Delivery } from "./verify-request.js";

/** Anything that answers requests, for example a Cloudflare service binding. */
export interface Fetcher {
  fetch(url: string, init: RequestInit): Promise<Response>;
}

/** Where verified events go: an address, or something that answers requests. */
export type Origin = string | URL | Fetcher;

/** Sends a verified event to the origin and returns its answer. */
export type Forward = (request: Request, delivery: Delivery, recency: Recency) => Promise<Response>;

// RFC 9110, section 7.6.1: they speak of this connection, not of the message.
const HOP_BY_HOP = [
  "connection",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
];

// The payload has its own length and is sent without waiting for a 100. An
// answer that is not compressed can be handed back as it is. The others make
// some frameworks take another method or path than the request's: an event could
// be accepted by something that it was not meant for.
const OF_THE_REQUEST = [
  "content-length",
  "expect",
  "host",
  "x-http-method",
  "x-http-method-override",
  "x-method-override",
  "x-original-url",
  "x-rewrite-url",
];

// What the origin believes of us must not come from the sender.
const OURS = /* @__PURE__ */ [EVENT_ID_HEADER, EVENT_LATEST_HEADER].map((name) => name.toLowerCase());

// `fetch` has decoded the body.
const OF_AN_ENCODED_RESPONSE = ["content-encoding", "content-length"];

/**
 * Makes the function that forwards. An address is used exactly as it is, and a
 * {@link Fetcher} is called with the path that was configured: path and query of
 * the request are not covered by the token.
 *
 * @throws TypeError for an address that is not absolute `http` or `https`, and
 * for a path that is none.
 */
export function forwarder(origin: Origin, originPath: string, timeoutMs: number): Forward {
  const target = typeof origin === "string" || origin instanceof URL ? originAddress(origin) : undefined;
  const fetcher = target === undefined ? (origin as Fetcher) : undefined;
  if (!originPath.startsWith("/")) {
    throw new TypeError("originPath must start with /");
  }
  return async (request, delivery, recency) => {
    const init: RequestInit = {
      method: "POST",
      headers: forwardedHeaders(request.headers, delivery, recency),
      body: delivery.payload as Uint8Array<ArrayBuffer>,
      redirect: "manual",
      signal: AbortSignal.timeout(timeoutMs),
    };
    try {
      return relay(await (fetcher ? fetcher.fetch(new URL(originPath, request.url).href, init) : fetch(target as string, init)));
    } catch (cause) {
      const isLate = (cause as { name?: unknown } | undefined)?.name === "TimeoutError";
      throw failure(isLate ? "origin_timeout" : "origin_unreachable", cause);
    }
  };
}

function originAddress(origin: string | URL): string {
  const url = URL.canParse(origin) ? new URL(origin) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw new TypeError("origin must be an absolute http or https address");
  }
  return url.href;
}

function forwardedHeaders(received: Headers, { id }: Delivery, { isLatest }: Recency): Headers {
  const headers = endToEnd(received, OF_THE_REQUEST);
  for (const name of [...headers.keys()]) {
    // CGI, WSGI and PHP take `_` and `.` for `-`.
    if (OURS.includes(name.replace(/[^a-z0-9]/g, "-"))) {
      headers.delete(name);
    }
  }
  headers.set(EVENT_ID_HEADER, id);
  if (isLatest !== undefined) {
    headers.set(EVENT_LATEST_HEADER, String(isLatest));
  }
  headers.set("accept-encoding", "identity");
  return headers;
}

/** The origin's answer, with its status and its body as they come. */
function relay(response: Response): Response {
  const { status, statusText, headers } = response;
  const isEncoded = headers.has("content-encoding");
  // Untouched, it streams through workerd without passing JavaScript.
  if (!isEncoded && !HOP_BY_HOP.some((name) => headers.has(name))) {
    return response;
  }
  const body = [204, 205, 304].includes(status) ? null : response.body;
  const kept = endToEnd(headers, isEncoded ? OF_AN_ENCODED_RESPONSE : []);
  return new Response(body, { status, statusText, headers: kept });
}

/**
 * A copy without what is of the connection. In workerd a copy with 12 names
 * removed takes 6 µs. One pass over the headers takes 9, and making headers
 * again from the pairs that are left takes 20 more.
 */
function endToEnd(received: Headers, others: readonly string[]): Headers {
  const headers = new Headers(received);
  // What is not a name cannot be one of the headers, and `delete` would throw.
  const named = received.get("connection")?.match(/[\w!#$%&'*+.^`|~-]+/g) ?? [];
  for (const name of [...HOP_BY_HOP, ...others, ...named]) {
    headers.delete(name);
  }
  return headers;
}
