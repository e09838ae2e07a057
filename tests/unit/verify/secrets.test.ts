/** Secrets in every form that a caller may pass, and new ones. */

import assert from "node:assert/strict";
import { afterEach, describe, test, vi } from "vitest";
import { MAX_SECRETS, MAX_SECRET_BYTES } from "../../../pkg/src/generated/tables.js";
import { type Secrets, Verifier, generateSecret, sign, verify } from "../../../pkg/src/index.js";

afterEach(() => vi.restoreAllMocks());

const any = (value: unknown) => value as never;
const utf8 = (text: string) => new TextEncoder().encode(text);
const TOKEN = sign("payload", "another");

describe("secrets are taken in every form", () => {
  const token = sign("payload", "one");
  const forms: Record<string, [secrets: Secrets, secretId: string]> = {
    "a string": ["one", "0"],
    "a Uint8Array": [utf8("one"), "0"],
    "an ArrayBuffer": [utf8("one").buffer, "0"],
    "a DataView": [new DataView(utf8("one").buffer), "0"],
    "a list": [["another", utf8("one")], "1"],
    "a record": [{ old: "another", current: "one" }, "current"],
    "a record without a prototype": [Object.assign(Object.create(null), { current: "one" }), "current"],
  };
  for (const [name, [secrets, secretId]] of Object.entries(forms)) {
    test(name, () => {
      assert.equal(verify("payload", token, secrets), true);
      assert.equal(verify("payload!", token, secrets), false);
      assert.equal(new Verifier(secrets).match("payload", token)?.secretId, secretId);
    });
  }

  test(`up to ${MAX_SECRETS}, each of up to ${MAX_SECRET_BYTES} bytes`, () => {
    const secrets = Array.from({ length: MAX_SECRETS }, (_, i) => `${i}`.repeat(MAX_SECRET_BYTES));
    for (const [i, secret] of secrets.entries()) {
      assert.equal(new Verifier(secrets).match("payload", sign("payload", secret))?.secretId, `${i}`);
    }
  });
});

describe("what is no secret is refused, and not shown", () => {
  for (const [value, type] of [
    [4_242, "number"],
    [true, "boolean"],
    [() => "canary", "function"],
    [Symbol("canary"), "symbol"],
    [new Map([["canary", "canary"]]), "object"],
    [new Headers({ canary: "canary" }), "object"],
    [Promise.resolve("canary"), "object"],
    [new (class Canary {})(), "object"],
  ] as const) {
    test(`${Object.prototype.toString.call(value)} instead of secrets`, () => {
      const message = `secrets must be a secret, a list or a record of secrets, not ${type}`;
      assert.throws(() => verify("payload", TOKEN, any(value)), { name: "TypeError", message });
      assert.throws(() => new Verifier(any(value)), { name: "TypeError", message });
      assert.throws(() => sign("payload", any(value)), { name: "TypeError", message });
    });

    test(`${Object.prototype.toString.call(value)} as one of several`, () => {
      const message = `secret must be a string, a Uint8Array or an ArrayBuffer, not ${type}`;
      assert.throws(() => verify("payload", TOKEN, any([value])), { name: "TypeError", message });
      assert.throws(() => verify("payload", TOKEN, any({ canary: value })), { name: "TypeError", message });
    });
  }

  for (const [name, beside] of [
    ["secret", { version: "7" }],
    ["Secret", { label: "b" }],
    ["value", { stage: "AWSCURRENT" }],
    ["key", { use: "sig" }],
    ["id", { signing: "canary-signing" }],
    ["KID", { k: "canary-signing" }],
    ["name", { material: "canary-signing" }],
    ["type", { raw: "canary-signing" }],
    ["alg", { k: "canary-signing" }],
    ["algorithm", { material: "canary-signing" }],
  ] as const) {
    test(`a record of one secret, with the field ${name}, is not several secrets`, () => {
      const secrets = any({ ...beside, [name]: "canary-0123456789" });
      const message = `secrets: ${name} is not the name of a secret; pass the secret itself`;
      assert.throws(() => new Verifier(secrets), { name: "TypeError", message });
      assert.throws(() => verify("payload", sign("payload", "7"), secrets), { name: "TypeError", message });
    });
  }

  test("names that only begin or end like a field are names of secrets", () => {
    const secrets = { key1: "one", secret_old: "two", algiers: "three", values: "four", idle: "five" };
    assert.equal(new Verifier(secrets).match("payload", sign("payload", "three"))?.secretId, "algiers");
  });

  test("a secret that is missing is named", () => {
    for (const secrets of [
      { current: "one", old: undefined },
      { current: "one", old: null },
    ]) {
      assert.throws(() => verify("payload", TOKEN, any(secrets)), {
        code: "secret_missing",
        message: 'No secret is configured. It is the one named "old".',
      });
    }
    assert.throws(() => verify("payload", TOKEN, any(["one", undefined])), { message: / "1"\.$/ });
    for (const none of [undefined, null]) {
      assert.throws(() => verify("payload", TOKEN, any(none)), {
        code: "secret_missing",
        message: "No secret is configured.",
      });
    }
  });

  test("the first call of all may be without a secret", async () => {
    vi.resetModules();
    const fresh = await import("../../../pkg/src/index.js");
    assert.throws(() => fresh.verify("payload", TOKEN, any(undefined)), { code: "secret_missing" });
  });

  test("a secret never gets into the error of a set that must not be used", () => {
    for (const secrets of [["canary-a", "xcanary-a"], "canary-\ud800", "canary".repeat(999), ["", "canary"]]) {
      assert.throws(
        () => verify("payload", TOKEN, secrets),
        (error: Error & { hint?: string }) => {
          assert.doesNotMatch(`${error.stack} ${error.message} ${error.hint} ${JSON.stringify(error)}`, /canary/);
          return true;
        },
      );
    }
  });

  test("one is signed with one secret, not with several", () => {
    for (const several of [["one", "two"], { current: "one", old: "two" }]) {
      assert.throws(() => sign("payload", any(several)), {
        name: "TypeError",
        message: "secret must be one secret, not several",
      });
    }
  });
});

describe("a caller may change its secrets", () => {
  const token = sign("payload", "one");

  test("a verifier keeps its own copy of the bytes", () => {
    const secret = utf8("one");
    const verifier = new Verifier([secret]);
    secret.fill(0);
    assert.equal(verifier.verify("payload", token), true);
  });

  test("verify takes them as they are in this call", () => {
    const list = ["one"];
    assert.equal(verify("payload", token, list), true);
    list[0] = "two";
    assert.equal(verify("payload", token, list), false);
    const secret = utf8("one");
    assert.equal(verify("payload", token, secret), true);
    secret.fill(0);
    assert.equal(verify("payload", token, secret), false);
  });

  test("another string is another secret, and the string of the last call is not encoded again", () => {
    const encode = vi.spyOn(TextEncoder.prototype, "encode");
    const encoded = (secret: string) => {
      encode.mockClear();
      const isGenuine = verify(new Uint8Array(7), sign(new Uint8Array(7), secret), secret);
      assert.equal(isGenuine, true);
      return encode.mock.calls.length;
    };
    assert.equal(encoded("one"), 1);
    assert.equal(encoded("one"), 0);
    assert.equal(encoded("two"), 1);
    assert.equal(encoded("one"), 1);
  });
});

describe("a generated secret", () => {
  test("is its 32 random bytes in base64url without padding, whatever the bytes are", () => {
    for (let first = 0; first < 256; first++) {
      const random = Uint8Array.from({ length: 32 }, (_, i) => (first + 73 * i) & 0xff);
      const fill = vi.spyOn(crypto, "getRandomValues").mockImplementation((array) => {
        (array as unknown as Uint8Array).set(random);
        return array;
      });
      assert.equal(generateSecret(), Buffer.from(random).toString("base64url"));
      assert.equal(fill.mock.calls.length, 1);
      fill.mockRestore();
    }
  });

  test("is new each time, and can be used", () => {
    const [one, two] = [generateSecret(), generateSecret()];
    assert.notEqual(one, two);
    assert.equal(verify("payload", sign("payload", one), [one, two]), true);
  });
});
