import { WebhookError } from "./error.js";
import { assertRequest } from "./fetch-request.js";
import { tokenHeaderNames } from "./header-names.js";
import { readTokens } from "./headers.js";
import { type PayloadLimits, payloadLimits } from "./payload-limits.js";
import { type Hold, type ReadPayload, readPayload } from "./read-payload.js";
import type { Verifier } from "./verifier.js";
import { type Delivery, type VerifyOptions, deliveryOf, verifierOf } from "./verify-headers.js";

/** How to verify a request, and how much of it to read. */
export interface VerifyRequestOptions extends VerifyOptions, PayloadLimits {}

/**
 * Verifies a request and reads its event. The cheapest checks come first: method,
 * token headers, content encoding, length, token, and only then the JSON.
 *
 * @throws WebhookError for everything that can be wrong with a request; its
 * `status` is the answer, its `hint` is for the operator. Nothing in a request
 * makes it throw anything else.
 * @throws TypeError, RangeError for options that cannot be used, and for anything
 * in place of a fetch `Request`.
 *
 * @example
 * ```ts
 * import { signRequest, verifyRequest } from "mia-webhooks";
 *
 * const body = '{"eventName":"tag_created","eventTimestamp":1767225600000,"payload":{}}';
 * const request = await signRequest(new Request("https://example.org/", { method: "POST", body }), "secret");
 *
 * const { event } = await verifyRequest(request, { secrets: "secret" });
 * event.eventName; // "tag_created"
 * ```
 */
export async function verifyRequest(request: Request, options: VerifyRequestOptions): Promise<Delivery> {
  assertRequest(request);
  const verifier = verifierOf(options);
  const headerNames = tokenHeaderNames(options.headerNames);
  return verifyChecked(request, verifier, { headerNames, limits: payloadLimits(options) });
}

/** What {@link verifyChecked} is told once, for all requests. */
export interface CheckedOptions {
  readonly headerNames: readonly string[];
  readonly limits: ReturnType<typeof payloadLimits>;
  /** How a receiver reads a body. */
  readonly read?: ReadPayload;
}

/**
 * As {@link verifyRequest}, for a receiver: its options and the request are checked
 * already, and its secrets may have to be asked for.
 *
 * @param verifier - Asked for before the body is read, which would take memory while the
 * secrets come.
 * @param hold - Counts the memory of the body.
 * @param onRead - Gets the body before it is verified: what it holds says nothing to
 * anybody but the operator.
 */
export async function verifyChecked(
  request: Request,
  verifier: Verifier | (() => Promise<Verifier>),
  { headerNames, limits, read = readPayload }: CheckedOptions,
  hold?: Hold,
  onRead?: (payload: Uint8Array) => void,
): Promise<Delivery> {
  if (request.method !== "POST") {
    throw new WebhookError("method_not_allowed");
  }
  const tokens = readTokens(request.headers, headerNames);
  const known = typeof verifier === "function" ? await verifier() : verifier;
  const payload = await read(request, limits, hold);
  onRead?.(payload);
  return deliveryOf(known, payload, tokens);
}
