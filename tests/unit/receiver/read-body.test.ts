/** How a body is read where one read fills a buffer, as in workerd. */

import assert from "node:assert/strict";
import { afterEach, beforeEach, test, vi } from "vitest";
import { Verifier, WebhookError, sign, verifyChecked } from "../../../pkg/src/index.js";
import { readBody } from "../../../pkg/src/receiver/read-body.js";

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("ReadableStreamBYOBReader", { prototype: { readAtLeast() {} } });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const SECRET = "the secret of the test";
const EVENT = '{"eventName":"tag_created","eventTimestamp":1767225600000,"payload":{}}';
const utf8 = (text: string) => new TextEncoder().encode(text);
const bytes = utf8(EVENT);

type Faked = Partial<Record<keyof Request, unknown>> & { signed?: string; headers?: Record<string, string> };

/** A request with this body, even one that no client can send. */
const request = (body: unknown, { signed = EVENT, headers = {}, ...fields }: Faked = {}) =>
  ({
    method: "POST",
    headers: new Headers({ "x-mia-token": sign(signed, SECRET), ...headers }),
    body,
    bodyUsed: false,
    ...fields,
  }) as unknown as Request;
const streamOf = (pieces: readonly unknown[]) =>
  new ReadableStream({
    start(controller) {
      pieces.forEach((piece) => controller.enqueue(piece));
      controller.close();
    },
  });
const verifying = (request: Request, { bodyTimeoutMs = 10_000 } = {}) => {
  const limits = { maxBytes: 1_048_576, bodyTimeoutMs };
  return verifyChecked(request, new Verifier(SECRET), { headerNames: ["x-mia-token"], limits, read: readBody });
};

/** As a receiver does it. */
const receiving = (request: Request, { hold, onRead, maxBytes = 1_048_576 }: Receiving) => {
  const limits = { maxBytes, bodyTimeoutMs: 10_000 };
  const options = { headerNames: ["x-mia-token"], limits, read: readBody };
  return verifyChecked(request, new Verifier(SECRET), options, hold, onRead);
};
interface Receiving {
  readonly hold?: Parameters<typeof verifyChecked>[3];
  readonly onRead?: Parameters<typeof verifyChecked>[4];
  readonly maxBytes?: number;
}

/** A body as workerd has it: a read fills what it is given, and fewer bytes are the end. */
function filling(body: Uint8Array, { isHeldBack = false } = {}) {
  const reads: number[] = [];
  let at = 0;
  let fail = (_: Error) => {};
  const reader = {
    read: assert.fail,
    async readAtLeast(least: number, into: Uint8Array) {
      assert.deepEqual([into.byteOffset, into.length], [0, least], "the whole of it is asked for");
      reads.push(least);
      const piece = body.subarray(at, at + least);
      if (isHeldBack && piece.length < least) {
        return new Promise((_, reject) => (fail = reject));
      }
      at += piece.length;
      // Its memory moves, and cannot be reached through the old view.
      const value = structuredClone(into, { transfer: [into.buffer] });
      value.set(piece);
      return { done: piece.length === 0, value: value.subarray(0, piece.length) };
    },
    cancel: async () => fail(new Error("cancelled")),
    releaseLock: () => void reads.push(-1),
  };
  const getReader = (options: unknown) => (assert.deepEqual(options, { mode: "byob" }), reader);
  return { body: { getReader }, reads };
}

const declaring = (length: number) => ({ headers: { "content-length": `${length}` } });

test("one read takes a small body, and shows its end", async () => {
  const { body, reads } = filling(bytes);
  const { payload } = await verifying(request(body, declaring(bytes.length)));
  assert.deepEqual(payload, bytes);
  assert.equal(payload.buffer.byteLength, bytes.length, "and holds no other memory");
  assert.deepEqual(reads, [bytes.length + 1]);
});

test.each([
  ["as it declares", 0],
  ["and is one byte shorter", 1],
  ["and is one byte longer", -1],
  ["and is much longer", -1_000_000],
  ["and is much shorter", 40_000],
])("a large body comes %s: it is read whole, and nothing else is", async (_, missing) => {
  const text = EVENT.padEnd(1_000_321);
  const { body, reads } = filling(utf8(text));
  const { payload } = await verifying(request(body, { signed: text, ...declaring(text.length + missing) }));
  assert.deepEqual(Buffer.from(payload).equals(utf8(text)), true);
  assert.equal(payload.buffer.byteLength, text.length);
  assert.ok(Math.max(...reads) <= 65_536 && reads.length < 25, String(reads));
});

test("a body without a length, or of no bytes, is read whole", async () => {
  assert.deepEqual((await verifying(request(filling(bytes).body))).payload, bytes);
  const empty = request(filling(new Uint8Array()).body, { signed: "", ...declaring(0) });
  await assert.rejects(verifying(empty), { code: "event_malformed" });
});

test("all memory is counted before it is taken, it follows what arrived, and in the end the body alone counts", async () => {
  const text = EVENT.padEnd(200_000);
  const sizes: number[] = [];
  const hold = () => (size: number) => void sizes.push(size);
  await receiving(request(filling(utf8(text)).body, { signed: text, ...declaring(text.length) }), { hold });
  const KIB = 1_024;
  assert.deepEqual(sizes, [
    8 * KIB,
    8 * KIB + 8 * KIB,
    // The next window, and what had arrived.
    8 * KIB + 64 * KIB,
    80 * KIB + 64 * KIB,
    // Half of what is declared is there.
    text.length + 64 * KIB,
    text.length,
  ]);
});

test("a body of the largest size counts as that many bytes, so that it fits a budget of as many", async () => {
  const sizes: number[] = [];
  const hold = () => (size: number) => void sizes.push(size);
  await receiving(request(filling(bytes).body), { hold, maxBytes: bytes.length });
  assert.deepEqual(sizes, [bytes.length, bytes.length]);
});

test("a body whose end comes in a read of its own counts alone in the end", async () => {
  const text = EVENT.padEnd(8_192);
  const sizes: number[] = [];
  const hold = () => (size: number) => void sizes.push(size);
  await receiving(request(filling(utf8(text)).body, { signed: text }), { hold });
  assert.equal(sizes.at(-1), text.length, String(sizes));
});

test("the limit counts what arrives: no more than one byte over it is read", async () => {
  for (const headers of [{}, declaring(1).headers, declaring(bytes.length - 1).headers]) {
    const { body, reads } = filling(bytes);
    const maxBytes = bytes.length - 1;
    await assert.rejects(receiving(request(body, { headers }), { maxBytes, hold: () => () => {} }), {
      code: "payload_too_large",
    });
    // The rest can be read by another reader.
    assert.equal(reads.pop(), -1);
    assert.ok(reads.reduce((sum, least) => sum + least, 0) <= bytes.length, String(reads));
  }
});

test("a body that is held back is late, or gives way, although its read cannot be ended", async () => {
  for (const arrived of [0, 40, 100_000]) {
    const { body } = filling(utf8(EVENT.padEnd(arrived)), { isHeldBack: true });
    const late = assert.rejects(verifying(request(body, declaring(arrived + 100_000)), { bodyTimeoutMs: 50 }), {
      code: "payload_timeout",
    });
    await vi.advanceTimersByTimeAsync(50);
    await late;
  }
  let stop: (error: WebhookError) => void = assert.fail;
  const { body } = filling(bytes, { isHeldBack: true });
  const full = new WebhookError("payload_too_large");
  const waiting = receiving(request(body), { hold: (given) => ((stop = given), () => {}) });
  await vi.advanceTimersByTimeAsync(0);
  stop(full);
  await assert.rejects(waiting, full);
});

test("a body that gave way to another request, which cannot end its read, ends it by itself", async () => {
  const { body } = filling(bytes, { isHeldBack: true });
  const reader = body.getReader({ mode: "byob" });
  const { cancel } = reader;
  reader.cancel = async () => assert.fail("of another request");
  let stop: (error: WebhookError) => void = assert.fail;
  const full = new WebhookError("payload_too_large");
  const refused = assert.rejects(receiving(request(body), { hold: (given) => ((stop = given), () => {}) }), full);
  await vi.advanceTimersByTimeAsync(2_000);
  stop(full);
  reader.cancel = cancel;
  await vi.advanceTimersByTimeAsync(500);
  // Long before it is late.
  assert.equal(vi.getTimerCount(), 0);
  await refused;
});

test("a stream that was made in JavaScript is read as elsewhere, and text is refused", async () => {
  const only = (stream: ReadableStream) => ({
    getReader(options?: unknown) {
      if (options !== undefined) {
        throw new TypeError("this stream does not support BYOB reads");
      }
      return stream.getReader();
    },
  });
  assert.deepEqual((await verifying(request(only(streamOf([bytes]))))).payload, bytes);
  await assert.rejects(verifying(request(only(streamOf([EVENT])))), { code: "payload_consumed" });
});

test("the body of an adapter, which knows no options, is read as elsewhere", async () => {
  const getReader = () => streamOf([bytes]).getReader();
  assert.deepEqual((await verifying(request({ getReader }))).payload, bytes);
});
