/** Reads a request's raw body, under a limit of bytes and time. */

import { toBytes } from "./bytes.js";
import { WebhookError } from "./error.js";
import type { payloadLimits } from "./payload-limits.js";

/**
 * Counts the memory of one body. It gets a function that stops the reading, and
 * returns one that is called with the bytes of all buffers before one is made, and
 * with the body's own in the end; either may refuse by throwing.
 */
export type Hold = (stop: (error: WebhookError) => void) => (bytes: number) => void;

/** Reads a body: {@link readPayload}, or what a receiver has in its place. */
export type ReadPayload = (
  request: Request,
  limits: ReturnType<typeof payloadLimits>,
  hold?: Hold,
) => Promise<Uint8Array>;

/**
 * Reads the body once, into one buffer of its own. The limit counts the bytes that
 * arrive; Content-Length can only refuse sooner.
 *
 * @throws WebhookError `payload_consumed`, `payload_too_large`,
 * `payload_timeout`, `payload_interrupted`.
 */
export async function readPayload(
  request: Request,
  { maxBytes: limit, bodyTimeoutMs }: ReturnType<typeof payloadLimits>,
): Promise<Uint8Array> {
  const declared = request.headers.get("content-length") as string;
  if (/^\d+$/.test(declared) && Number(declared) > limit) {
    throw new WebhookError("payload_too_large");
  }
  const { body } = request;
  if (request.bodyUsed || body?.locked) {
    throw new WebhookError("payload_consumed");
  }
  // `Request.body` is null without a body, missing in Firefox, and a stream of Node's
  // in node-fetch.
  const reader = body?.getReader ? body.getReader() : whole(new Uint8Array(await request.arrayBuffer()));
  // Pieces are copied and not kept: a body can be cut into a million of them, and
  // whoever sent them may write to their memory again.
  let payload = new Uint8Array();
  let size = 0;
  let stopped: WebhookError | undefined;
  const stop = (error: WebhookError) => {
    stopped ??= error;
    // A waiting read then ends in most runtimes, and fails in workerd.
    void reader.cancel().catch(() => {});
  };
  const timer = setTimeout(() => stop(new WebhookError("payload_timeout")), bodyTimeoutMs);
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done || stopped) {
        break;
      }
      if (!ArrayBuffer.isView(value)) {
        throw new WebhookError("payload_consumed", { detail: "Its stream yields text, not bytes." });
      }
      const piece = toBytes(value, "body");
      const end = size + piece.length;
      if (end > limit) {
        throw new WebhookError("payload_too_large");
      }
      if (end > payload.length) {
        const larger = new Uint8Array(Math.min(end + size, limit));
        larger.set(payload);
        payload = larger;
      }
      payload.set(piece, size);
      size = end;
    }
  } catch (cause) {
    stop(cause instanceof WebhookError ? cause : new WebhookError("payload_interrupted", { cause }));
  }
  clearTimeout(timer);
  if (stopped) {
    throw stopped;
  }
  return size < payload.length ? payload.slice(0, size) : payload;
}

/** The reader of a body that came whole. */
function whole(body: Uint8Array) {
  const pieces = [body];
  const nothing = async () => {};
  return {
    read: async () => ({ done: pieces.length === 0, value: pieces.pop() }),
    cancel: nothing,
  };
}
