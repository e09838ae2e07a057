/** Where the runtime has less: an import works, and a call says what is missing and what to do. */

import assert from "node:assert/strict";
import { afterEach, describe, test, vi } from "vitest";

import { once } from "../../../pkg/src/verify/platform.js";

afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

/** The package, imported where a part of the runtime is missing. */
async function without(part: string) {
  vi.stubGlobal(part, undefined);
  vi.resetModules();
  const load = [import("../../../pkg/src/index.js"), import("../../../pkg/src/receiver.js")] as const;
  const [root, receiver] = await Promise.all(load);
  const message = `${part} is missing here. In Jest, set testEnvironment to "node" or define it in setupFiles`;
  return { ...root, ...receiver, error: { name: "TypeError", message } };
}

const body = '{"eventName":"tag_created","eventTimestamp":1767225600000,"payload":{}}';
const request = () => new Request("https://example.org/", { method: "POST", body });

describe("what is missing is named by the first call that needs it", () => {
  test("TextEncoder", async () => {
    const { sign, error } = await without("TextEncoder");
    assert.throws(() => sign("payload", "secret"), error);
    assert.equal(sign(new Uint8Array(), new Uint8Array([1])).length, 64);
    vi.unstubAllGlobals();
    assert.equal(sign("", "\u0001"), sign(new Uint8Array(), new Uint8Array([1])), "it may come later");
  });

  test("TextDecoder: an event that cannot be read is not called malformed", async () => {
    const { parseEvent, error } = await without("TextDecoder");
    assert.throws(() => parseEvent(body), error);
    vi.unstubAllGlobals();
    assert.equal(parseEvent(body).eventName, "tag_created");
  });

  test("crypto", async () => {
    const { generateSecret, error } = await without("crypto");
    assert.throws(() => generateSecret(), error);
  });

  test("Request", async () => {
    const unsigned = request();
    const { signRequest, error } = await without("Request");
    await assert.rejects(signRequest(unsigned, "secret"), error);
  });

  test("Response: before anything is delivered", async () => {
    const { createReceiver, signRequest, error } = await without("Response");
    const handler = vi.fn();
    const receiver = createReceiver({ secrets: "secret", on: { "*": handler }, log: () => {} });
    const signed = await signRequest(request(), "secret");
    assert.throws(() => receiver(signed), error);
    assert.equal(handler.mock.calls.length, 0);
  });

  test("fetch", async () => {
    const { createReceiver, signRequest, error } = await without("fetch");
    const errors: unknown[] = [];
    const receiver = createReceiver({
      secrets: "secret",
      origin: "https://example.org/",
      log: () => {},
      onResult: ({ code }, failure) => errors.push(code, (failure as Error).cause),
    });
    assert.equal((await receiver(await signRequest(request(), "secret"))).status, 502);
    assert.equal(errors[0], "origin_unreachable");
    assert.equal((errors[1] as Error).message, error.message);
  });
});

test("a module with glue says what is missing, and not that the module failed", async () => {
  for (const part of ["TextEncoder", "TextDecoder"]) {
    const { error } = await without(part);
    const { validateSubscription } = await import("../../../pkg/src/subscription.js");
    assert.throws(() => validateSubscription({}), error);
    vi.unstubAllGlobals();
  }
});

test("a thing is made on the first call, and once", () => {
  const make = vi.fn(() => ({}));
  const made = once(make);
  assert.equal(make.mock.calls.length, 0);
  assert.equal(made(), made());
  assert.equal(make.mock.calls.length, 1);
});
