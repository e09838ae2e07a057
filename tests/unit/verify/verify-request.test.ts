/** What is read of a request, under which limits, and in which order it is refused. */

import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, test, vi } from "vitest";
import {
  type VerifyRequestOptions,
  Verifier,
  WebhookError,
  sign,
  verifyChecked,
  verifyHeaders,
  verifyRequest,
} from "../../../pkg/src/index.js";
import { readBody } from "../../../pkg/src/receiver/read-body.js";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
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
const verifying = (request: Request, options: Partial<VerifyRequestOptions> = {}) =>
  verifyRequest(request, { secrets: SECRET, ...options });

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

/** A body that yields these pieces and then waits for ever, and says why it was cancelled. */
function endless(pieces: readonly Uint8Array[], onCancel: () => unknown = () => {}) {
  const cancels: unknown[] = [];
  const body = new ReadableStream({
    start: (controller) => pieces.forEach((piece) => controller.enqueue(piece)),
    cancel(reason) {
      cancels.push(reason);
      return onCancel() as Promise<void>;
    },
  });
  return { body, cancels };
}

/** The promises that failed and that nobody waited for. */
async function unhandledDuring(work: () => Promise<unknown>): Promise<unknown[]> {
  const unhandled: unknown[] = [];
  const listeners = process.listeners("unhandledRejection");
  process.removeAllListeners("unhandledRejection").on("unhandledRejection", (reason) => unhandled.push(reason));
  vi.useRealTimers();
  try {
    await work();
    await new Promise((resolve) => setImmediate(resolve));
  } finally {
    process.removeAllListeners("unhandledRejection");
    listeners.forEach((listener) => process.on("unhandledRejection", listener));
  }
  return unhandled;
}

test("a genuine request is its event, its payload, its id and the name of its secret", async () => {
  const genuine = new Request("https://receiver.example/", {
    method: "POST",
    body: EVENT,
    headers: { "x-mia-token": sign(EVENT, SECRET) },
  });
  const options = { secrets: { old: "another", current: SECRET } };
  const delivery = {
    event: JSON.parse(EVENT),
    payload: bytes,
    secretId: "current",
    // printf '%s' "$EVENT" | openssl dgst -sha256
    id: "21eba949d50341bf3c55203c06354c5cb12cd35956082e6f20a4a5d8dbc9936f",
  };
  assert.deepEqual(await verifyRequest(genuine, options), delivery);
  assert.deepEqual(verifyHeaders(bytes, { "x-mia-token": sign(EVENT, SECRET) }, options), delivery);
  assert.deepEqual(verifyHeaders(EVENT, { "x-mia-token": sign(EVENT, SECRET) }, options), delivery);
});

test("secrets may be a verifier, and its secrets count", async () => {
  const right = new Verifier({ current: SECRET });
  const wrong = new Verifier("another");
  const headers = { "x-mia-token": sign(EVENT, SECRET) };
  assert.equal((await verifying(request(streamOf([bytes])), { secrets: right })).secretId, "current");
  await assert.rejects(verifying(request(streamOf([bytes])), { secrets: wrong }), { code: "token_mismatch" });
  assert.equal(verifyHeaders(EVENT, headers, { secrets: right }).secretId, "current");
  assert.throws(() => verifyHeaders(EVENT, headers, { secrets: wrong }), { code: "token_mismatch" });
});

describe("a refusal comes at the first thing that is wrong", () => {
  const wrong: [code: string, request: Request, options?: object][] = [
    ["method_not_allowed", request(streamOf([]), { method: "GET", headers: { "x-mia-token": "" } })],
    ["method_not_allowed", request(streamOf([]), { method: "post" })],
    ["token_malformed", request(streamOf([]), { headers: { "x-mia-token": "", "content-encoding": "gzip" } })],
    [
      "payload_encoded",
      request(streamOf([]), { headers: { "content-encoding": "gzip", "content-length": "2000000" } }),
    ],
    ["payload_too_large", request(streamOf([]), { headers: { "content-length": "2000000" }, bodyUsed: true })],
    ["payload_consumed", request(streamOf([bytes]), { bodyUsed: true })],
    ["token_mismatch", request(streamOf([utf8("no event")]))],
    ["event_malformed", request(streamOf([utf8("no event")]), { signed: "no event" })],
  ];
  for (const [code, refused] of wrong) {
    test(code, () => assert.rejects(verifying(refused), { code }));
  }

  test("options are checked before the request", async () => {
    const get = request(streamOf([]), { method: "GET" });
    await assert.rejects(verifying(get, { secrets: "" }), { code: "secret_empty" });
    await assert.rejects(verifying(get, { headerNames: [] }), RangeError);
    await assert.rejects(verifying(get, { maxBytes: 0 }), RangeError);
  });
});

describe("a body is read whole", () => {
  for (const [name, pieces] of Object.entries({
    "in one piece": [bytes],
    "in many pieces, some of them empty": [bytes.slice(0, 1), new Uint8Array(), bytes.slice(1, 40), bytes.slice(40)],
  })) {
    test(name, async () => {
      const { payload } = await verifying(request(streamOf(pieces)));
      assert.deepEqual(payload, bytes);
    });
  }

  for (const count of [1, 2, bytes.length]) {
    test(`in ${count} pieces of a memory that is written again: what was verified stays`, async () => {
      const memory = new Uint8Array(Math.ceil(bytes.length / count));
      let at = 0;
      const body = new ReadableStream(
        {
          pull(controller) {
            const piece = bytes.subarray(at, at + memory.length);
            at += piece.length;
            memory.set(piece);
            if (piece.length > 0) {
              controller.enqueue(memory.subarray(0, piece.length));
            } else {
              controller.close();
            }
          },
        },
        { highWaterMark: 0 },
      );
      const { payload } = await verifying(request(body));
      memory.fill(0);
      assert.deepEqual(payload, bytes);
      assert.equal(payload.buffer.byteLength, bytes.length, "and holds no other memory");
    });
  }

  test("its memory is counted before it is taken: at most twice what arrived, and never over the limit", async () => {
    const pieces = Array.from(bytes, (byte) => Uint8Array.of(byte));
    const sizes: number[] = [];
    const hold = () => (size: number) => void sizes.push(size);
    await receiving(request(streamOf(pieces)), { hold, maxBytes: bytes.length + 1 });
    assert.deepEqual(sizes, [1, 3, 7, 15, 31, 63, bytes.length + 1, bytes.length]);
    const whole: number[] = [];
    await receiving(request(streamOf([bytes])), { hold: () => (size) => void whole.push(size) });
    assert.deepEqual(whole, [bytes.length]);
  });

  test("of a length that is declared no more is counted, unless more comes", async () => {
    const pieces = Array.from(bytes, (byte) => Uint8Array.of(byte));
    const sizes: number[] = [];
    const hold = () => (size: number) => void sizes.push(size);
    await receiving(request(streamOf(pieces), { headers: { "content-length": `${bytes.length}` } }), { hold });
    assert.deepEqual(sizes.splice(0), [1, 3, 7, 15, 31, 63, bytes.length]);
    await receiving(request(streamOf(pieces), { headers: { "content-length": "60" } }), { hold });
    assert.deepEqual(sizes, [1, 3, 7, 15, 31, 60, 121, bytes.length]);
  });

  test("a body that may not take more memory is refused, and one that is told to stop", async () => {
    const full = new WebhookError("payload_too_large");
    const { body, cancels } = endless([bytes]);
    const refusing = () => () => {
      throw full;
    };
    await assert.rejects(receiving(request(body), { hold: refusing }), full);
    const stopping = endless([bytes]);
    let stop: (error: WebhookError) => void = assert.fail;
    const waiting = receiving(request(stopping.body), { hold: (given) => ((stop = given), () => {}) });
    await vi.advanceTimersByTimeAsync(0);
    stop(full);
    await assert.rejects(waiting, full);
    assert.deepEqual([cancels.length, stopping.cancels.length], [1, 1]);
  });

  test("what was read stays, also when its memory is asked back later", async () => {
    // Node 20 has none.
    const transfer = function (this: ArrayBuffer, length: number) {
      const moved = structuredClone(this, { transfer: [this] });
      const buffer = new ArrayBuffer(length);
      new Uint8Array(buffer).set(new Uint8Array(moved).subarray(0, length));
      return buffer;
    };
    const native = Object.getOwnPropertyDescriptor(ArrayBuffer.prototype, "transfer");
    Object.defineProperty(ArrayBuffer.prototype, "transfer", { value: transfer, configurable: true });
    try {
      let stop: (error: WebhookError) => void = assert.fail;
      const hold = (given: typeof stop) => ((stop = given), () => {});
      const pieces = [bytes.slice(0, 9), bytes.slice(9, 11), bytes.slice(11)];
      const onRead = () => stop(new WebhookError("payload_too_large"));
      const { payload } = await receiving(request(streamOf(pieces)), { hold, onRead });
      stop(new WebhookError("payload_too_large"));
      assert.deepEqual(payload, bytes);
      assert.equal(payload.buffer.byteLength, bytes.length);
      const refused = receiving(request(endless(pieces).body), { hold });
      await vi.advanceTimersByTimeAsync(0);
      stop(new WebhookError("payload_too_large"));
      await assert.rejects(refused, { code: "payload_too_large" });
    } finally {
      delete (ArrayBuffer.prototype as { transfer?: unknown }).transfer;
      Object.defineProperties(ArrayBuffer.prototype, native ? { transfer: native } : {});
    }
  });

  test("a body without a piece is an empty payload", async () => {
    await assert.rejects(verifying(request(streamOf([]), { signed: "" })), { code: "event_malformed" });
  });

  test("a request without a body is an empty payload", async () => {
    const empty = new Request("https://receiver.example/", {
      method: "POST",
      headers: { "x-mia-token": sign("", SECRET) },
    });
    assert.equal(empty.body, null);
    await assert.rejects(verifying(empty), { code: "event_malformed" });
  });

  test("where requests have no stream, as in Firefox", async () => {
    const arrayBuffer = async () => bytes.slice().buffer;
    const { payload } = await verifying(request(undefined, { arrayBuffer }));
    assert.deepEqual(payload, bytes);
    await assert.rejects(verifying(request(undefined, { arrayBuffer }), { maxBytes: bytes.length - 1 }), {
      code: "payload_too_large",
    });
  });

  test("a body that is being read is refused at once", async () => {
    const { body } = endless([bytes]);
    body.getReader();
    await assert.rejects(verifying(request(body)), {
      code: "payload_consumed",
      message: "The request's body was already read.",
    });
  });

  test("a body that a middleware made text is refused", async () => {
    for (const pieces of [[EVENT], [EVENT.slice(0, 9), EVENT.slice(9)], [undefined], [7]]) {
      await assert.rejects(verifying(request(streamOf(pieces))), {
        code: "payload_consumed",
        message: "The request's body was already read. Its stream yields text, not bytes.",
      });
    }
  });

  test("a body that breaks off is refused, with the cause", async () => {
    const cause = new Error("gone");
    const body = new ReadableStream({ pull: (controller) => controller.error(cause) });
    await assert.rejects(verifying(request(body)), { code: "payload_interrupted", cause });
  });
});

describe("maxBytes", () => {
  const limits = { maxBytes: bytes.length };

  test("a body of that many bytes is taken, and one more is refused", async () => {
    assert.deepEqual((await verifying(request(streamOf([bytes])), limits)).payload, bytes);
    const longer = request(streamOf([bytes, Uint8Array.of(0x20)]), { signed: `${EVENT} ` });
    await assert.rejects(verifying(longer, limits), { code: "payload_too_large" });
    await assert.rejects(verifying(request(streamOf([bytes])), { maxBytes: bytes.length - 1 }), {
      code: "payload_too_large",
    });
  });

  test("is 1 MiB by default", async () => {
    const most = EVENT.padEnd(1024 * 1024);
    assert.equal((await verifying(request(streamOf([utf8(most)]), { signed: most }))).payload.length, 1_048_576);
    const longer = `${most} `;
    await assert.rejects(verifying(request(streamOf([utf8(longer)]), { signed: longer })), {
      code: "payload_too_large",
    });
  });

  test("counts bytes, not elements", async () => {
    const wide = new Uint16Array(bytes.length);
    await assert.rejects(verifying(request(streamOf([wide])), limits), { code: "payload_too_large" });
  });

  test("a body over it is cancelled, and no more of it is read", async () => {
    const { body, cancels } = endless([bytes, bytes]);
    await assert.rejects(verifying(request(body), { maxBytes: bytes.length - 1 }), { code: "payload_too_large" });
    assert.equal(cancels.length, 1);
  });

  test("a body that cannot be cancelled is refused all the same, and nothing is left unhandled", async () => {
    const unhandled = await unhandledDuring(async () => {
      const { body } = endless([bytes], () => Promise.reject(new Error("no")));
      await assert.rejects(verifying(request(body), { maxBytes: 1 }), { code: "payload_too_large" });
    });
    assert.deepEqual(unhandled, []);
  });

  test("a Content-Length over it is refused before anything is read", async () => {
    const { body, cancels } = endless([]);
    const declared = (length: string) => request(body, { headers: { "content-length": length } });
    await assert.rejects(verifying(declared(`${bytes.length + 1}`), limits), { code: "payload_too_large" });
    assert.equal(body.locked, false);
    assert.deepEqual(cancels, []);
  });

  test("a Content-Length that is false or no number changes nothing", async () => {
    for (const length of [
      `${bytes.length}`,
      "1",
      "many",
      "-1",
      "1e9",
      "0x7fffffff",
      "9 9",
      "1000000x",
      "x1000000",
      "",
    ]) {
      const { payload } = await verifying(
        request(streamOf([bytes]), { headers: { "content-length": length } }),
        limits,
      );
      assert.deepEqual(payload, bytes, length);
    }
    const short = request(streamOf([bytes]), { headers: { "content-length": "1" } });
    await assert.rejects(verifying(short, { maxBytes: bytes.length - 1 }), { code: "payload_too_large" });
  });
});

describe("bodyTimeoutMs", () => {
  for (const [name, options, bodyTimeoutMs] of [
    ["is kept to the millisecond", { bodyTimeoutMs: 50 }, 50],
    ["is 10 seconds by default", {}, 10_000],
  ] as const) {
    test(name, async () => {
      const { body, cancels } = endless([bytes]);
      let outcome: unknown;
      const ended = verifying(request(body), options).catch((error) => (outcome = error));
      await vi.advanceTimersByTimeAsync(bodyTimeoutMs - 1);
      assert.equal(outcome, undefined);
      assert.deepEqual(cancels, []);
      await vi.advanceTimersByTimeAsync(1);
      assert.equal(((await ended) as { code?: string }).code, "payload_timeout");
      assert.equal(cancels.length, 1);
    });
  }

  test("a body that fails when it is cancelled, as in workerd, is late all the same", async () => {
    let fail = (_: Error) => {};
    const reader = {
      read: () => new Promise((_, reject) => (fail = reject)),
      cancel: async () => fail(new Error("cancelled")),
    };
    const ended = assert.rejects(verifying(request({ getReader: () => reader }), { bodyTimeoutMs: 50 }), {
      code: "payload_timeout",
    });
    await vi.advanceTimersByTimeAsync(50);
    await ended;
  });

  test("a late body that cannot be cancelled leaves nothing unhandled", async () => {
    const unhandled = await unhandledDuring(async () => {
      const { body } = endless([], () => Promise.reject(new Error("no")));
      await assert.rejects(verifying(request(body), { bodyTimeoutMs: 1 }), { code: "payload_timeout" });
    });
    assert.deepEqual(unhandled, []);
  });

  test("no timer is left, whatever became of the body", async () => {
    await verifying(request(streamOf([bytes])));
    await assert.rejects(verifying(request(endless([bytes]).body), { maxBytes: 1 }));
    assert.equal(vi.getTimerCount(), 0);
  });
});

for (const name of ["maxBytes", "bodyTimeoutMs"] as const) {
  test(`${name} must be an integer above 0`, async () => {
    for (const value of [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, "1", null]) {
      await assert.rejects(verifying(request(streamOf([bytes])), { [name]: value as number }), {
        name: typeof value === "number" ? "RangeError" : "TypeError",
        message: `${name} must be an integer above 0`,
      });
    }
    for (const value of [undefined, 2 ** 31 - 1]) {
      await verifying(request(streamOf([bytes])), { [name]: value });
    }
  });
}

describe("an option that there is not", () => {
  test("is refused, and each that there is passes", async () => {
    const each = { secrets: SECRET, headerNames: ["x-mia-token"], maxBytes: 1000, bodyTimeoutMs: 1000 };
    await verifyRequest(request(streamOf([bytes])), each satisfies Record<keyof VerifyRequestOptions, unknown>);
    for (const name of ["secret", "headername", "maxByte", "timeout", "tenantId", "x".repeat(41)]) {
      const message = `unknown option ${name.slice(0, 40)}`;
      const options = { ...each, [name]: "canary" };
      await assert.rejects(verifyRequest(request(streamOf([bytes])), options), { name: "TypeError", message });
      const headers = { "x-mia-token": sign(EVENT, SECRET) };
      assert.throws(() => verifyHeaders(EVENT, headers, options), { name: "TypeError", message });
    }
  });

  test("as none at all, or a text in place of options", async () => {
    for (const options of [undefined, null, "canary"]) {
      await assert.rejects(verifyRequest(request(streamOf([bytes])), options as never), TypeError);
      assert.throws(() => verifyHeaders(EVENT, {}, options as never), TypeError);
    }
  });
});

test("headerNames in another form than a list are a TypeError", async () => {
  for (const headerNames of ["x-mia-token", { 0: "x-mia-token" }, null]) {
    await assert.rejects(verifying(request(streamOf([bytes])), { headerNames: headerNames as never }), {
      name: "TypeError",
      message: "headerNames must hold 1 to 4 names of headers",
    });
  }
});

test("the body is shown to the receiver when it was read, also if it does not verify", async () => {
  const read: Uint8Array[] = [];
  const onRead = (payload: Uint8Array) => void read.push(payload);
  await receiving(request(streamOf([bytes])), { onRead });
  await assert.rejects(receiving(request(streamOf([utf8("other")])), { onRead }), { code: "token_mismatch" });
  await assert.rejects(receiving(request(streamOf([bytes])), { onRead, maxBytes: 1 }), { code: "payload_too_large" });
  assert.deepEqual(read, [bytes, utf8("other")]);
});
