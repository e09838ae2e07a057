/** What a host passes to a receiver: only a fetch `Request` will do. */

import { typeName } from "../verify/bytes.js";

/**
 * Checks the argument of a receiver, by what is used of it: a `Request` may come from
 * another realm or library, or be wrapped in a proxy.
 *
 * @throws TypeError for anything else, which says what to pass instead.
 */
export function assertHostRequest(value: unknown): void {
  if (!isRequest(value)) {
    throw new TypeError(`request must be a fetch Request, not ${nameOf(value)}${adviceFor(value)}`);
  }
}

function adviceFor(value: unknown): string {
  if (value === undefined || value === null) {
    return "";
  }
  if (isPromise(value)) {
    return AWAIT;
  }
  const place = PLACES.find((path) => isRequest(at(value, path)));
  return place === undefined
    ? ": read the body as bytes, before any body parser, and call verifyHeaders of mia-webhooks with it and the headers, or make a Request of them"
    : `: pass its ${place}`;
}

/** Whether it is a promise, of any class. */
export const isPromise = (value: unknown): boolean => typeof at(value, "then") === "function";

export const AWAIT = ": await it first";

/** Where frameworks keep the `Request`: SvelteKit, Astro and Pages; h3; Hono's own request, and its context; Oak. */
const PLACES = ["request", "req", "raw", "req.raw", "request.source"];

const at = (value: unknown, path: string): unknown =>
  path.split(".").reduce((inner, key) => (inner as Record<string, unknown> | null | undefined)?.[key], value);

function isRequest(value: unknown): boolean {
  const { method, headers, body, arrayBuffer } = (value ?? {}) as Partial<Request>;
  return (
    typeof method === "string" &&
    typeof headers?.get === "function" &&
    typeof (body?.getReader ?? arrayBuffer) === "function"
  );
}

/** The name of its class, such as `IncomingMessage`, or its type. */
export function nameOf(value: unknown): string {
  const name: unknown = typeof value === "object" ? value?.constructor?.name : undefined;
  return typeof name === "string" && /^\w{1,40}$/.test(name) && name !== "Object" && name !== "Array"
    ? `${/^[AEIO]/.test(name) ? "an" : "a"} ${name}`
    : typeName(value);
}
