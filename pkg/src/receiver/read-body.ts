/**
 * Reads a body as `verify/read-payload.ts` does, for a receiver: its memory is counted, and
 * given back at once. In workerd it also takes fewer reads. The package without a receiver
 * has no room for that.
 */

import { WebhookError } from "../index.js";
import { toBytes } from "../verify/bytes.js";
import type { ReadPayload } from "../verify/read-payload.js";

/**
 * The window is what one read of workerd's fills, and nobody can take it back while it
 * waits there. So it follows what has arrived, and is never large: the first one is no
 * larger than what workerd takes for a read by itself.
 */
const LEAST_WINDOW = 8_192;
const WINDOW_GROWTH = 8;
const MOST_WINDOW = 65_536;

/** How often a body that is slow looks whether it had to give way, in milliseconds. */
const LOOK_EACH_MS = 500;

// One for all: each costs Node 100 ns.
const NOTHING = /* @__PURE__ */ new Uint8Array();

/**
 * Reads the body once, into one buffer of its own. The limit counts the bytes that
 * arrive; Content-Length can only refuse sooner, and say how large a buffer to make
 * when half of it is there.
 *
 * @throws WebhookError `payload_consumed`, `payload_too_large`,
 * `payload_timeout`, `payload_interrupted`.
 */
export const readBody: ReadPayload = async (request, { maxBytes: limit, bodyTimeoutMs }, hold) => {
  const header = request.headers.get("content-length") as string;
  const declared = /^\d+$/.test(header) ? Number(header) : -1;
  if (declared > limit) {
    throw new WebhookError("payload_too_large");
  }
  const { body } = request;
  if (request.bodyUsed || body?.locked) {
    throw new WebhookError("payload_consumed");
  }
  // `Request.body` is null without a body, missing in Firefox, and a stream of Node's
  // in node-fetch.
  const reader = body?.getReader ? readerOf(body) : whole(new Uint8Array(await request.arrayBuffer()));
  // Pieces are copied and not kept: a body can be cut into a million of them, and
  // whoever sent them may write to their memory again.
  let payload = NOTHING;
  let size = 0;
  let window = NOTHING;
  let stopped: WebhookError | undefined;
  const stop = (error: WebhookError) => {
    stopped ??= error;
    // At once: in workerd, one request cannot end the waiting read of another.
    payload = resized(payload, 0);
    // A waiting read then ends in most runtimes, and fails in workerd.
    void reader.cancel().catch(() => {});
  };
  // In workerd, a body that gave way to another request can end its read only here. Without
  // that, 1,500 bodies that are held back after 9 KB keep 85 MiB of windows, which nobody
  // counts, and their senders wait for their answers.
  let left = bodyTimeoutMs;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const wait = () => {
    const ms = Math.min(left, LOOK_EACH_MS);
    left -= ms;
    timer = setTimeout(
      () => (stopped === undefined && left > 0 ? wait() : stop(new WebhookError("payload_timeout"))),
      ms,
    );
  };
  wait();
  const account = hold?.(stop);
  // A body of the largest size fits a budget of that size, whatever it is read through.
  let counted = 0;
  const grow = (bytes: number) => account?.((counted = Math.min(bytes, limit)));
  try {
    for (let isLast = false; !isLast;) {
      let room = 0;
      if (reader.readAtLeast) {
        // One byte more than may come: so the end shows in the same read.
        const most = (declared < size ? limit : declared) - size + 1;
        room = Math.min(most, Math.max(LEAST_WINDOW, WINDOW_GROWTH * size), MOST_WINDOW);
        if (window.length < room) {
          grow(payload.length + room);
          window = new Uint8Array(room);
        }
      }
      const { done, value } = await (reader.readAtLeast?.(room, window.subarray(0, room)) ?? reader.read());
      if (done || stopped) {
        break;
      }
      if (!ArrayBuffer.isView(value)) {
        throw new WebhookError("payload_consumed", { detail: "Its stream yields text, not bytes." });
      }
      const piece = toBytes(value, "body");
      const end = size + piece.length;
      if (end > limit) {
        // Not cancelled: a host may close the connection then, and lose the event that
        // comes next on it. A receiver reads the rest.
        stopped = new WebhookError("payload_too_large");
        reader.releaseLock();
        break;
      }
      if (reader.readAtLeast) {
        // Its memory moved into the answer.
        window = new Uint8Array(value.buffer as ArrayBuffer);
        isLast = piece.length < room;
      }
      if (end > payload.length) {
        const length = isLast ? end : Math.min(end + size, declared < end ? limit : declared);
        grow(length + window.length);
        payload = resized(payload, length);
      }
      payload.set(piece, size);
      size = end;
    }
  } catch (cause) {
    stop(cause instanceof WebhookError ? cause : new WebhookError("payload_interrupted", { cause }));
  }
  clearTimeout(timer);
  resized(window, 0);
  if (stopped) {
    resized(payload, 0);
    throw stopped;
  }
  payload = resized(payload, size);
  // Also where the last read took its window away, and brought nothing.
  if (counted > size) {
    grow(size);
  }
  // From now on it is the caller's, and `stop` does not take it back.
  const read = payload;
  payload = NOTHING;
  return read;
};

/**
 * The bytes in a buffer of this length. The old one is given back at once where the
 * runtime can: what waits for the garbage collector has not been given back, and 300
 * bodies of 1 MiB that had to give way took 190 MiB in workerd.
 */
function resized(bytes: Uint8Array<ArrayBuffer>, length: number): Uint8Array<ArrayBuffer> {
  if (bytes.length === length) {
    return bytes;
  }
  const buffer: { transfer?(length: number): ArrayBuffer } = bytes.buffer;
  // Of nothing, a new one takes half as long.
  if (bytes.length > 0 && buffer.transfer) {
    return new Uint8Array(buffer.transfer(length));
  }
  const other = new Uint8Array(length);
  other.set(bytes.subarray(0, length));
  return other;
}

/** What is used of a reader. */
interface BodyReader {
  read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array | undefined }>;
  /** workerd's: it waits for so many bytes, and fewer are the end. */
  readAtLeast?(least: number, into: Uint8Array): ReturnType<BodyReader["read"]>;
  cancel(): Promise<void>;
  releaseLock(): void;
}

/**
 * workerd gives a body in pieces of 4 KiB, and each of them costs it 10 µs, as the end
 * does. Where it fills a buffer in one read, 64 KiB take a quarter of the time.
 */
function readerOf(body: ReadableStream): BodyReader {
  if ("readAtLeast" in (globalThis.ReadableStreamBYOBReader?.prototype ?? {})) {
    try {
      return body.getReader({ mode: "byob" }) as unknown as BodyReader;
    } catch {
      // A stream that was made in JavaScript, of any values.
    }
  }
  return body.getReader();
}

/** The reader of a body that came whole. */
function whole(body: Uint8Array): BodyReader {
  const pieces = [body];
  const nothing = async () => {};
  return {
    read: async () => ({ done: pieces.length === 0, value: pieces.pop() }),
    cancel: nothing,
    releaseLock: nothing,
  };
}
