/** Reads a request's raw body, under a limit of bytes and time. */

import { WebhookError } from "./error.js";
import type { PayloadLimits } from "./payload-limits.js";

/**
 * Reads the body once. The limit counts the bytes that arrive; Content-Length can
 * only refuse sooner.
 *
 * @throws WebhookError `payload_consumed`, `payload_too_large`,
 * `payload_timeout`, `payload_interrupted`.
 */
export async function readPayload(request: Request, limits: Required<PayloadLimits>): Promise<Uint8Array> {
  const maxBytes = limits.maxBytes as number;
  const declared = request.headers.get("content-length");
  if (declared !== null && /^\d+$/.test(declared) && Number(declared) > maxBytes) {
    throw new WebhookError("payload_too_large");
  }
  if (request.bodyUsed || request.body?.locked) {
    throw new WebhookError("payload_consumed");
  }
  const body = request.body ?? (await wholeBody(request));
  const reader = body.getReader();
  // After `cancel`, a waiting read ends in most runtimes, and fails in workerd.
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    void reader.cancel().catch(() => {});
  }, limits.bodyTimeoutMs);
  const pieces: Uint8Array[] = [];
  let size = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) {
        break;
      }
      if (!ArrayBuffer.isView(value)) {
        throw new WebhookError("payload_consumed", { detail: "Its stream yields text, not bytes." });
      }
      size += value.byteLength;
      if (size > maxBytes) {
        void reader.cancel().catch(() => {});
        throw new WebhookError("payload_too_large");
      }
      pieces.push(value);
    }
  } catch (cause) {
    if (!isLate) {
      throw cause instanceof WebhookError ? cause : new WebhookError("payload_interrupted", { cause });
    }
  } finally {
    clearTimeout(timer);
  }
  if (isLate) {
    throw new WebhookError("payload_timeout");
  }
  return join(pieces, size);
}

/** The body where `Request.body` is not a stream: it is null, or missing in Firefox. */
async function wholeBody(request: Request): Promise<ReadableStream<Uint8Array>> {
  return new Blob([await request.arrayBuffer()]).stream();
}

function join(pieces: readonly Uint8Array[], size: number): Uint8Array {
  if (pieces.length === 1) {
    return pieces[0] as Uint8Array;
  }
  const payload = new Uint8Array(size);
  let offset = 0;
  for (const piece of pieces) {
    payload.set(piece, offset);
    offset += piece.length;
  }
  return payload;
}
