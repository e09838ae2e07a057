/** What the sender of a webhook sees: a status, and never the reason. */

import { TOKEN_HEADER } from "../generated/tables.js";
import type { WebhookError } from "../index.js";

const TITLES: Readonly<Record<number, string>> = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  405: "Method Not Allowed",
  408: "Request Timeout",
  409: "Conflict",
  413: "Content Too Large",
  415: "Unsupported Media Type",
  500: "Internal Server Error",
  502: "Bad Gateway",
  503: "Service Unavailable",
  504: "Gateway Timeout",
};

const HEADERS: Readonly<Record<number, readonly [string, string]>> = {
  // RFC 9110, section 15.5.2: a 401 has to carry a challenge.
  401: ["www-authenticate", TOKEN_HEADER],
  405: ["allow", "POST"],
  // In seconds. Most deliveries end sooner.
  409: ["retry-after", "5"],
  503: ["retry-after", "5"],
};

/** The answer to a request that is not delivered, with its error's status. For a duplicate it is a success. */
export function refusal({ status }: WebhookError): Response {
  return status === 200 ? new Response(null) : problem(status);
}

/** A refusal or a failure, as problem details (RFC 9457). */
export function problem(status: number): Response {
  const headers = new Headers({ "content-type": "application/problem+json" });
  const extra = HEADERS[status];
  if (extra !== undefined) {
    headers.set(...extra);
  }
  return new Response(JSON.stringify({ type: "about:blank", title: TITLES[status], status }), { status, headers });
}
