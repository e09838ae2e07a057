import { type Bytes, payloadBytes } from "./bytes.js";
import { type WebhookEvent, parseEvent } from "./event.js";
import { tokenHeaderNames } from "./header-names.js";
import { type RequestHeaders, readTokens } from "./headers.js";
import type { Secrets } from "./secrets.js";
import { type Match, Verifier } from "./verifier.js";

/** A webhook that verified. */
export interface Delivery extends Match {
  /** The event, read after the payload verified. */
  readonly event: WebhookEvent;
  /** The raw body, byte for byte. */
  readonly payload: Uint8Array;
}

/** How to verify a webhook. */
export interface VerifyOptions {
  /**
   * One secret, several, or several with a name each. A {@link Verifier} that is
   * made once saves the check of the secrets for each request.
   */
  readonly secrets: Secrets | Verifier;
  /** The headers that may carry the token, 1 to 4 names; `X-Mia-Token` and `X-Mia-Signature` by default. */
  readonly headerNames?: readonly string[] | undefined;
}

/**
 * Verifies a webhook by its headers and its raw body, and returns the event. For
 * hosts that have no {@link Request}, or have already read the body.
 *
 * @param payload - The raw body, before any JSON parser. A string stands for its
 * UTF-8.
 * @param headers - All headers of the request. If several of them carry a token, it
 * must be the same one.
 * @throws WebhookError `token_missing`, `token_malformed`, `token_mismatch`,
 * `payload_encoded`, `event_malformed`; its `status` is the answer, its `hint` is
 * for the operator. `secret_…` for secrets that must not be used.
 * @throws TypeError, RangeError for arguments that cannot be used.
 *
 * @example
 * ```ts
 * import { sign, verifyHeaders } from "mia-webhooks";
 *
 * const payload = '{"eventName":"tag_created","eventTimestamp":1767225600000,"payload":{}}';
 * const headers = { "x-mia-token": sign(payload, "secret") };
 *
 * const { event } = verifyHeaders(payload, headers, { secrets: "secret" });
 * event.eventName; // "tag_created"
 * ```
 */
export function verifyHeaders(payload: Bytes, headers: RequestHeaders, options: VerifyOptions): Delivery {
  const bytes = payloadBytes(payload);
  const verifier = verifierOf(options);
  return deliveryOf(verifier, bytes, readTokens(headers, tokenHeaderNames(options.headerNames)));
}

/**
 * The verifier that the options hold, or a new one for their secrets.
 *
 * @throws TypeError for an unknown option.
 */
export function verifierOf({ secrets, ...others }: VerifyOptions): Verifier {
  for (const name in others) {
    if (!/^(headerNames|maxBytes|bodyTimeoutMs)$/.test(name)) {
      throw new TypeError(`unknown option ${name.slice(0, 40)}`);
    }
  }
  return secrets instanceof Verifier ? secrets : new Verifier(secrets);
}

/** Verifies a payload, and only then reads its event. */
export function deliveryOf(verifier: Verifier, payload: Uint8Array, tokens: readonly string[]): Delivery {
  const match = verifier.matchAll(payload, tokens);
  return { event: parseEvent(payload), payload, ...match };
}
