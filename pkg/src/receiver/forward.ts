/** Forwards a verified request to the origin. */

import { EVENT_ID_HEADER, EVENT_LATEST_HEADER } from "../generated/tables.js";
import type { Delivery } from "../index.js";
import { failure } from "./codes.js";
import type { Recency } from "./guard.js";

/** Anything that answers requests, for example a Cloudflare service binding. */
export interface Fetcher {
  fetch(url: string, init: RequestInit): Promise<Response>;
}

/** Where verified events go: an address, or something that answers requests. */
export type Origin = string | URL | Fetcher;

/** Sends a verified event to the origin and returns its answer. */
export type Forward = (request: Request, delivery: Delivery, recency: Recency) => Promise<Response>;

// RFC 9110, section 7.6.1: they are about this connection, not about the message.
const CONNECTION_HEADERS = [
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

// The payload has its own length, and is sent without waiting for a 100. The others
// make some frameworks use another method or path than the request has, so a
// handler that an event was not meant for could accept it.
const REQUEST_HEADERS = [
  "content-length",
  "expect",
  "host",
  "x-http-method",
  "x-http-method-override",
  "x-method-override",
  "x-original-url",
  "x-rewrite-url",
];

// The origin trusts these, so they must never come from the sender.
const RESERVED_HEADERS = /* @__PURE__ */ [EVENT_ID_HEADER, EVENT_LATEST_HEADER].map((name) => name.toLowerCase());

// `fetch` has decoded the body.
const ENCODED_RESPONSE_HEADERS = ["content-encoding", "content-length"];

/**
 * Makes the function that forwards. An address is used exactly as it is, and a
 * {@link Fetcher} is called with the configured path: the token does not cover the
 * path and query of the request.
 *
 * @throws TypeError for an address that is not absolute `http` or `https`, and for
 * a path that does not start with `/`.
 */
export function forwarder(origin: Origin, originPath: string, timeoutMs: number): Forward {
  const target = typeof origin === "string" || origin instanceof URL ? originAddress(origin) : undefined;
  const fetcher = target === undefined ? (origin as Fetcher) : undefined;
  if (target === undefined && typeof (origin as Fetcher | null)?.fetch !== "function") {
    throw new TypeError("origin must be an absolute http or https address, or have fetch");
  }
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
      const answer = fetcher
        ? fetcher.fetch(new URL(originPath, request.url).href, init)
        : fetch(target as string, init);
      return relay(await answer);
    } catch (cause) {
      const isLate = (cause as { name?: unknown } | undefined)?.name === "TimeoutError";
      throw failure(isLate ? "origin_timeout" : "origin_unreachable", cause);
    }
  };
}

function originAddress(origin: string | URL): string {
  const url = URL.canParse(origin) ? new URL(origin) : undefined;
  if (url === undefined || !/^https?:/.test(url.protocol)) {
    throw new TypeError("origin must be an absolute http or https address");
  }
  return url.href;
}

function forwardedHeaders(received: Headers, { id }: Delivery, { isLatest }: Recency): Headers {
  const headers = endToEnd(received, REQUEST_HEADERS);
  for (const name of [...headers.keys()]) {
    // CGI, WSGI and PHP take `_` and `.` for `-`.
    if (RESERVED_HEADERS.includes(name.replace(/[^a-z0-9]/g, "-"))) {
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

/** The origin's answer, with its status and its body unchanged. */
function relay(response: Response): Response {
  const { status, statusText, headers } = response;
  const isEncoded = headers.has("content-encoding");
  // Returned as it is, it streams through workerd without passing through JavaScript.
  if (!isEncoded && !CONNECTION_HEADERS.some((name) => headers.has(name))) {
    return response;
  }
  const body = [204, 205, 304].includes(status) ? null : response.body;
  const kept = endToEnd(headers, isEncoded ? ENCODED_RESPONSE_HEADERS : []);
  return new Response(body, { status, statusText, headers: kept });
}

/**
 * A copy without the headers of the connection. In workerd it takes 6 µs to copy
 * the headers and delete 12 names. One pass over all headers takes 9, and making
 * new headers from the pairs that are left takes another 20.
 */
function endToEnd(received: Headers, others: readonly string[]): Headers {
  const headers = new Headers(received);
  // Only names: `delete` throws for anything else.
  const named = received.get("connection")?.match(/[\w!#$%&'*+.^`|~-]+/g) ?? [];
  for (const name of [...CONNECTION_HEADERS, ...others, ...named]) {
    headers.delete(name);
  }
  return headers;
}
