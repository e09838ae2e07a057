/** The rest of a refused body is read and dropped, within a limit of bytes and time. */

import assert from "node:assert/strict";
import { afterEach, beforeEach, test, vi } from "vitest";
import { createReceiver } from "mia-webhooks/receiver";
import { SECRET, stopClock, timeOf } from "./signed.js";

beforeEach(stopClock);
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const MIB = 1_048_576;

/** What a receiver made of a body of so many pieces of a MiB, of which the last ends it or not. */
async function refused(pieces: number, { headers = {}, method = "POST", isEndless = false } = {}) {
  let given = 0;
  let isCancelled = false;
  const body = new ReadableStream(
    {
      pull(controller) {
        if (given < pieces) {
          given += 1;
          controller.enqueue(new Uint8Array(MIB));
        } else if (!isEndless) {
          controller.close();
        }
      },
      cancel: () => void (isCancelled = true),
    },
    { highWaterMark: 0 },
  );
  const receiver = createReceiver({ secrets: SECRET, on: { "*": () => assert.fail("handled") }, log: () => {} });
  const request = new Request("https://receiver.example/", { method, headers, body, duplex: "half" } as RequestInit);
  const answer = receiver(request);
  const ms = await timeOf(answer);
  return { status: (await answer).status, given, isCancelled, ms };
}

test("without a token, with a wrong one, or too large: what is left is read", async () => {
  const token = { "x-mia-token": "0".repeat(64) };
  for (const [headers, status] of [
    [{}, 401],
    [{ "x-mia-token": "short" }, 401],
    [{ ...token, "content-encoding": "gzip" }, 415],
    [token, 413],
    [{ ...token, "content-length": String(3 * MIB) }, 413],
  ] as const) {
    assert.deepEqual(await refused(3, { headers }), { status, given: 3, isCancelled: false, ms: 0 });
  }
  assert.deepEqual(await refused(1, { method: "PUT" }), { status: 405, given: 1, isCancelled: false, ms: 0 });
});

test("at most 4 MiB of it", async () => {
  assert.deepEqual(await refused(9), { status: 401, given: 4, isCancelled: true, ms: 0 });
});

test("nothing of it where more is declared", async () => {
  const headers = { "content-length": String(4 * MIB + 1) };
  assert.deepEqual(await refused(9, { headers }), { status: 401, given: 0, isCancelled: true, ms: 0 });
});

test("for a second at most", async () => {
  assert.deepEqual(await refused(2, { isEndless: true }), { status: 401, given: 2, isCancelled: true, ms: 1000 });
});
