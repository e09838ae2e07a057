import { isToken } from "./engine.js";
import { WebhookError } from "./error.js";
import { type WebhookEvent, parseEvent } from "./event.js";
import { TOKEN_HEADERS } from "./generated/tables.js";
import { type PayloadLimits, payloadLimits, readPayload } from "./read-payload.js";
import type { Secrets } from "./secrets.js";
import { type Match, Verifier } from "./verifier.js";

/** A webhook that verified. */
export interface Delivery extends Match {
  /** The event, read after the payload verified. */
  readonly event: WebhookEvent;
  /** The raw body, byte for byte. */
  readonly payload: Uint8Array;
}

export interface VerifyRequestOptions extends PayloadLimits {
  /** One secret, several, or several with a name each. */
  readonly secrets: Secrets;
  /** The headers that may carry the token; `X-Mia-Token` and `X-Mia-Signature` by default. */
  readonly headerNames?: readonly string[] | undefined;
}

/**
 * Verifies a request and reads its event, cheapest refusal first: method, token
 * headers, content encoding, length, token, and only then the JSON.
 *
 * @throws WebhookError for everything that can be wrong with a request; its
 * `status` is the answer, its `hint` is for the operator. Never anything else
 * because of what a request holds.
 * @throws TypeError, RangeError for options that cannot be used.
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
  return requestVerifier(options)(request);
}

/** A function that verifies requests by the same options, checked once. */
export function requestVerifier(options: VerifyRequestOptions): (request: Request) => Promise<Delivery> {
  const verifier = new Verifier(options.secrets);
  const headerNames = options.headerNames ?? TOKEN_HEADERS;
  const limits = payloadLimits(options);
  if (headerNames.length === 0) {
    throw new RangeError("headerNames must name at least one header");
  }
  return async (request) => {
    if (request.method !== "POST") {
      throw new WebhookError("method_not_allowed");
    }
    const tokens = readTokens(request.headers, headerNames);
    if (!/^(identity)?$/i.test(request.headers.get("content-encoding") ?? "")) {
      throw new WebhookError("payload_encoded");
    }
    const payload = await readPayload(request, limits);
    const match = matchAll(verifier, payload, tokens);
    return { event: parseEvent(payload), payload, ...match };
  };
}

/** Every token that the headers carry, each a different text. */
function readTokens(headers: Headers, names: readonly string[]): Set<string> {
  const tokens = new Set<string>();
  for (const name of names) {
    const value = headers.get(name);
    if (value !== null) {
      tokens.add(value);
    }
  }
  if (tokens.size === 0) {
    throw new WebhookError("token_missing");
  }
  for (const token of tokens) {
    // Also a header that came twice: its values are joined with a comma.
    if (!isToken(token)) {
      throw new WebhookError("token_malformed");
    }
  }
  return tokens;
}

/** Every token has to verify, and with the same secret: then they are one. */
function matchAll(verifier: Verifier, payload: Uint8Array, tokens: Iterable<string>): Match {
  let first: Match | undefined;
  for (const token of tokens) {
    const match = verifier.match(payload, token);
    if (match === undefined || (first !== undefined && first.keyId !== match.keyId)) {
      throw new WebhookError("token_mismatch");
    }
    first = match;
  }
  return first as Match;
}
