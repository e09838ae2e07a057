/** The stream of a request: what is kept of it, and that nothing waits for a body that is over. */

import assert from "node:assert/strict";
import { EventEmitter } from "node:events";
import { afterEach, beforeEach, describe, test, vi } from "vitest";
import { type ReceiverOptions, type Result, createReceiver } from "mia-webhooks/receiver";
import { streamOf } from "../../../../pkg/src/hosts/node/stream-body.js";
import type { NodeRequest, NodeResponse } from "../../../../pkg/src/hosts/node/streams.js";
import { hostRequest } from "../../../../pkg/src/receiver/host-request.js";
import { SECRET, eventOf, sha256, stopClock, timeOf } from "../../receiver/signed.js";

beforeEach(stopClock);
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** A stream whose pieces the test sends. */
function open({ destroyed = false } = {}) {
  const incoming = Object.assign(new EventEmitter(), {
    destroyed,
    readableFlowing: null,
    headers: {},
    pause: () => {},
    resume: () => {},
  });
  return { incoming, body: streamOf(incoming as unknown as NodeRequest, {} as NodeResponse) };
}

test("what comes after a reading was given up is not kept", async () => {
  const { incoming, body } = open();
  const reader = body.getReader();
  incoming.emit("data", new Uint8Array(10));
  await reader.cancel();
  incoming.emit("data", new Uint8Array(10));
  assert.deepEqual(await reader.read(), { done: true, value: undefined });
});

test("a piece that came before the end is read, and one that comes after it is not", async () => {
  const { incoming, body } = open();
  const reader = body.getReader();
  const piece = new Uint8Array(10);
  incoming.emit("data", piece);
  incoming.emit("end");
  incoming.emit("data", new Uint8Array(10));
  assert.deepEqual(await reader.read(), { done: false, value: piece });
  assert.deepEqual(await reader.read(), { done: true, value: undefined });
});

test("a connection that closes after the end breaks nothing off, and one that closes before it does", async () => {
  for (const [events, message] of [
    [["end", "close"], undefined],
    [["close"], "the connection closed before the end of the body"],
    [["aborted", "end", "close"], "the connection closed before the end of the body"],
  ] as const) {
    const { incoming, body } = open();
    const reader = body.getReader();
    events.forEach((event) => incoming.emit(event));
    await (message === undefined ? reader.read() : assert.rejects(reader.read(), { message }));
  }
});

describe("a receiver waits for nothing where the body is over:", () => {
  const body = eventOf(1);
  const headers = { "x-mia-token": sha256(body, SECRET) };

  /** What a request becomes, and how long its answer takes. */
  async function received(request: Request, during: () => void = () => {}, options: Partial<ReceiverOptions> = {}) {
    const results: Result[] = [];
    const receiver = createReceiver({
      secrets: SECRET,
      on: { "*": () => assert.fail("handled") },
      log: () => {},
      onResult: (result: Result) => void results.push(result),
      ...options,
    } as ReceiverOptions);
    const answer = receiver(request);
    during();
    const ms = await timeOf(answer);
    return `${(await answer).status} ${results[0]?.code} after ${ms} ms`;
  }
  const light = (body: Parameters<typeof hostRequest>[0]["body"]) =>
    hostRequest({ method: "POST", target: "/", headers, body });
  const fetched = (body: ReadableStream) =>
    new Request("https://receiver.example/", { method: "POST", headers, body, duplex: "half" } as RequestInit);

  test("it was too slow", async () => {
    const expected = "408 payload_timeout after 300 ms";
    assert.equal(await received(light(open().body), undefined, { bodyTimeoutMs: 300 }), expected);
    assert.equal(await received(fetched(new ReadableStream()), undefined, { bodyTimeoutMs: 300 }), expected);
  });

  test("it broke off", async () => {
    const expected = "400 payload_interrupted after 0 ms";
    const { incoming, body } = open();
    const end = () => incoming.emit("close");
    assert.equal(await received(light(body), end), expected);
    const broken = new ReadableStream({ start: (controller) => controller.error(new Error("it broke off")) });
    assert.equal(await received(fetched(broken)), expected);
  });

  test("its connection was gone before", async () => {
    const { body } = open({ destroyed: true });
    assert.equal(await received(light(body)), "400 payload_interrupted after 0 ms");
  });

  test("something has read it", async () => {
    const expected = "500 payload_consumed after 0 ms";
    assert.equal(await received(light(undefined)), expected);
    const consumed = () => fetched(new Blob([body]).stream());
    const text = consumed();
    await text.text();
    assert.equal(await received(text), expected);
    const read = consumed();
    const reader = read.body?.getReader();
    while (!(await reader?.read())?.done);
    reader?.releaseLock();
    assert.equal(await received(read), expected);
    // A runtime may give its stream, and refuse to read it again.
    const refusing = { getReader: () => assert.fail("locked") };
    const odd = { method: "POST", url: "https://receiver.example/", headers: new Headers(headers), bodyUsed: true };
    assert.equal(await received({ ...odd, body: refusing } as unknown as Request), expected);
  });

  test("it gave way", async () => {
    const { incoming, body } = open();
    const large = () => void incoming.emit("data", new Uint8Array(10));
    const limits = { maxBytes: 9, maxBufferedBytes: 9 };
    const receiver = createReceiver({ ...limits, secrets: SECRET, on: { "*": () => {} }, log: () => {} });
    const arriving = open();
    const waiting = receiver(light(arriving.body));
    await new Promise((resolve) => setImmediate(resolve));
    arriving.incoming.emit("data", new Uint8Array(9));
    await new Promise((resolve) => setImmediate(resolve));
    const other = open();
    const second = receiver(light(other.body));
    await new Promise((resolve) => setImmediate(resolve));
    other.incoming.emit("data", new Uint8Array(9));
    assert.equal(await timeOf(waiting), 0);
    assert.equal((await waiting).status, 503);
    other.incoming.emit("end");
    assert.equal((await second).status, 401);
    // What is too large may go on: its rest is waited for, and for a second at most.
    assert.equal(await received(light(body), large, limits), "413 payload_too_large after 1000 ms");
  });
});
