/** How a receiver verifies a request: its memory is counted, and its secrets may have to be asked for. */

import { type Delivery, Verifier, type WebhookError, verifyChecked, verifyHeaders } from "../index.js";
import type { CheckedOptions } from "../verify/verify-request.js";
import type { AskedSecrets } from "./asked-secrets.js";
import type { HeldBody } from "./body-budget.js";
import type { Reading } from "./evidence.js";

/**
 * Verifies one request, and notes in `reading` what was read of it.
 *
 * @param secrets - Those of its subscription.
 * @param options - The same for all subscriptions.
 */
export const verified = (
  secrets: Verifier | AskedSecrets,
  options: CheckedOptions,
  request: Request,
  body: HeldBody,
  reading: Reading,
): Promise<Delivery> =>
  secrets instanceof Verifier
    ? verifyOnce(request, secrets, options, body, reading)
    : verifyAsking(request, secrets, options, body, reading);

/** With secrets that are asked for before the body is read, and once more where they do not match. */
async function verifyAsking(
  request: Request,
  secrets: AskedSecrets,
  options: CheckedOptions,
  body: HeldBody,
  reading: Reading,
): Promise<Delivery> {
  let used: Verifier | undefined;
  const verifier = async () => (used = await secrets.current());
  let letGo: (error: WebhookError) => void = () => {};
  // Made before the body is read: it may have to give way at any moment after that.
  const gone = new Promise<never>((_, reject) => (letGo = reject));
  gone.catch(() => {});
  try {
    return await verifyOnce(request, verifier, options, body, reading, letGo);
  } catch (error) {
    if (used === undefined || (error as WebhookError).code !== "token_mismatch") {
      throw error;
    }
    const newer = await Promise.race([gone, secrets.newerThan(used)]);
    if (newer === undefined) {
      throw error;
    }
    return verifyHeaders(reading.payload as Uint8Array, request.headers, {
      secrets: newer,
      headerNames: options.headerNames,
    });
  }
}

/** @param letGo - Called when the body has to give way, also after it was read. */
function verifyOnce(
  request: Request,
  verifier: Verifier | (() => Promise<Verifier>),
  options: CheckedOptions,
  body: HeldBody,
  reading: Reading,
  letGo?: (error: WebhookError) => void,
): Promise<Delivery> {
  return verifyChecked(
    request,
    verifier,
    options,
    (stop) => {
      const grow = body.hold((error) => {
        stop(error);
        // While newer secrets are asked for, nothing else may keep it.
        delete reading.payload;
        letGo?.(error);
      });
      return (size) => {
        grow(size);
        reading.hasBegun = true;
      };
    },
    (payload) => void (reading.payload = payload),
  );
}
