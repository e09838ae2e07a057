/** What the sender of a webhook sees: a status, and never the reason. */

import { TOKEN_HEADER } from "../generated/tables.js";
import type { WebhookError } from "../index.js";
import { encoder } from "../verify/platform.js";
import type { Answer } from "./host-request.js";

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

/** An event was accepted. */
export const SUCCESS: Answer = { status: 200, headers: [], body: null };

/** The answer to a request that is not delivered, with its error's status. For a duplicate it is a success. */
export const refusal = ({ status }: WebhookError): Answer => (status === 200 ? SUCCESS : problem(status));

/** In place of an answer of the origin that broke off, or that cannot be passed on. */
export const originFailed = (): Answer => problem(502);

/** A refusal or a failure, as problem details (RFC 9457). */
export function problem(status: number): Answer {
  const body = encoder().encode(JSON.stringify({ type: "about:blank", title: TITLES[status], status }));
  const extra = HEADERS[status];
  const headers = [
    ["content-type", "application/problem+json"],
    // So that a host need not write it as a stream.
    ["content-length", String(body.length)],
    ...(extra ? [extra] : []),
  ] as const;
  return { status, headers, body };
}

/** The answer for a host with fetch; that of an origin is one already. */
export const responseOf = (answer: Answer): Response =>
  Array.isArray(answer.headers)
    ? new Response(answer.body as BodyInit | null, { status: answer.status, headers: answer.headers })
    : (answer as Response);
