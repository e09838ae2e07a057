/** The module behind every call: when it is made, made again, and what it is given. */

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { afterEach, describe, test, vi } from "vitest";
import { INPUT_BYTES, MAX_SECRET_BYTES, MAX_TOKEN_BYTES } from "../../../pkg/src/generated/tables.js";
import { Verifier, sign, verify, verifyHeaders } from "../../../pkg/src/index.js";

afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

type Exports = Record<string, (...args: number[]) => number>;
type Change = (exports: Exports, instance: number) => Exports;

const wasm = readFileSync(new URL("../../../pkg/wasm/verify.wasm", import.meta.url));
const tokenOf = (payload: Uint8Array | string, secret: string) =>
  createHash("sha256").update(payload).update(secret).digest("hex");

/** The package with a module of its own, whose exports can be changed in each instance. */
async function freshPackage({ isEager = false, load = () => new WebAssembly.Module(wasm), change = same } = {}) {
  let loads = 0;
  let instances = 0;
  vi.doMock("#verify-module", () => ({ isEager, load: () => ((loads += 1), load()) }));
  const { Instance } = WebAssembly;
  class Changed {
    readonly exports: Exports;
    constructor(module: WebAssembly.Module) {
      this.exports = change({ ...(new Instance(module).exports as unknown as Exports) }, instances);
      instances += 1;
    }
  }
  vi.stubGlobal("WebAssembly", Object.create(WebAssembly, { Instance: { value: Changed } }));
  vi.resetModules();
  const library = await import("../../../pkg/src/index.js");
  return { ...library, made: () => ({ loads, instances }) };
}
const same: Change = (exports) => exports;

/** A module that breaks once, and from then on whenever it is called, as one does whose stack was full. */
const breaking =
  (name: string): Change =>
  (exports, instance) => {
    if (instance > 0) {
      return exports;
    }
    let isBroken = false;
    const guarded =
      (work: (...args: number[]) => number, breaks: boolean) =>
      (...args: number[]) => {
        isBroken ||= breaks;
        if (isBroken) {
          throw new RangeError("Maximum call stack size exceeded");
        }
        return work(...args);
      };
    const entries = Object.entries(exports).map(([key, value]) => [
      key,
      typeof value === "function" && key !== "address" && key !== "state_length" ? guarded(value, key === name) : value,
    ]);
    return Object.fromEntries(entries) as Exports;
  };

describe("the module", () => {
  test("is made on the first call, and once", async () => {
    const { made, sign, verify } = await freshPackage();
    assert.deepEqual(made(), { loads: 0, instances: 0 });
    const token = sign("payload", "one");
    verify("payload", token, "one");
    assert.deepEqual(made(), { loads: 1, instances: 1 });
  });

  test("is made and called while a Worker starts, where the host is eager", async () => {
    const calls: unknown[] = [];
    const recording: Change = (exports) => ({
      ...exports,
      verify: (...args) => {
        const answer = exports["verify"]?.(...args) as number;
        calls.push([args, answer]);
        return answer;
      },
    });
    const { made, sign, verify } = await freshPackage({ isEager: true, change: recording });
    assert.deepEqual(made(), { loads: 1, instances: 1 });
    // The first compiles the module, and the second the way to it: both come as far as the token.
    const malformed = -4;
    const mismatch = -5;
    assert.deepEqual(calls, [
      [[0, 1, 1, 0], malformed],
      [[1, 1, 1, 0], mismatch],
    ]);
    assert.equal(verify("payload", sign("payload", "one"), "one"), true);
    assert.deepEqual(made(), { loads: 1, instances: 1 });
  });

  test("that cannot be compiled is an error with its cause, and is tried again", async () => {
    const cause = new Error("wasm is forbidden here");
    let isForbidden = true;
    const load = () => {
      if (isForbidden) {
        throw cause;
      }
      return new WebAssembly.Module(wasm);
    };
    const { made, sign, verify } = await freshPackage({ load });
    const message = "The WebAssembly module could not be used. wasm is forbidden here";
    assert.throws(() => sign("payload", "one"), { code: "engine_unavailable", message, cause });
    assert.throws(() => verify("payload", "", "one"), { code: "engine_unavailable", cause });
    isForbidden = false;
    assert.equal(sign("payload", "one"), tokenOf("payload", "one"));
    assert.deepEqual(made(), { loads: 3, instances: 1 });
  });
});

describe("a module that broke is never used again", () => {
  const calls: Record<
    string,
    [breaks: string, call: (library: typeof import("../../../pkg/src/index.js")) => unknown]
  > = {
    sign: ["sign", ({ sign }) => sign("payload", "one")],
    verify: ["verify", ({ verify }) => verify("payload", tokenOf("payload", "one"), "one")],
    "the check of secrets": ["check_secrets", ({ Verifier }) => new Verifier("one").verify("", "")],
    "the check of tokens": [
      "check_tokens",
      ({ verifyHeaders }) => verifyHeaders("{}", { "x-mia-token": tokenOf("{}", "one") }, { secrets: "one" }),
    ],
    match: ["verify", ({ Verifier }) => new Verifier("one").match("payload", tokenOf("payload", "one"))],
    "a piece of a stream": ["absorb", ({ Verifier }) => new Verifier("one").stream().update("payload")],
    "the end of a stream": [
      "verify",
      ({ Verifier }) => new Verifier("one").stream().update("payload").verify(tokenOf("payload", "one")),
    ],
  };
  for (const [name, [breaks, call]] of Object.entries(calls)) {
    test(`${name}: the call fails with its cause, and the next one gets a new module`, async () => {
      const library = await freshPackage({ change: breaking(breaks) });
      assert.throws(
        () => call(library),
        (error: { code?: string; cause?: unknown }) => {
          assert.equal(error.code, "engine_unavailable");
          assert.ok(error.cause instanceof RangeError);
          return true;
        },
      );
      assert.equal(library.sign("payload", "one"), tokenOf("payload", "one"));
      assert.equal(library.verify("payload", tokenOf("payload", "one"), "one"), true);
      assert.deepEqual(library.made(), { loads: 1, instances: 2 }, "it is not compiled again");
    });
  }

  test("a stream goes on in the new module", async () => {
    const { Verifier, sign } = await freshPackage({ change: breaking("sign") });
    const stream = new Verifier("one").stream().update("pay");
    assert.throws(() => sign("payload", "one"), { code: "engine_unavailable" });
    assert.equal(stream.update("load").verify(tokenOf("payload", "one")), true);
  });

  test("a piece that the module could not take is an error", async () => {
    const { Verifier } = await freshPackage({ change: (exports) => ({ ...exports, absorb: () => -26 }) });
    assert.throws(() => new Verifier("one").stream().update("a"), { code: "engine_unavailable" });
  });
});

describe("payloads of every length are hashed whole", () => {
  for (const length of [0, 1, INPUT_BYTES - 1, INPUT_BYTES, INPUT_BYTES + 1, 2 * INPUT_BYTES, 2 * INPUT_BYTES + 1]) {
    test(`${length} bytes`, async () => {
      const payload = Uint8Array.from({ length }, (_, i) => (i * 7 + (i >> 16)) & 0xff);
      const token = tokenOf(payload, "one");
      const verifier = new Verifier("one");
      // Twice: nothing of the first may be left.
      for (let run = 0; run < 2; run++) {
        assert.equal(sign(payload, "one"), token);
        assert.equal(verify(payload, token, "one"), true);
        assert.equal(verifier.match(payload, token)?.id, tokenOf(payload, ""));
        assert.equal(verifier.stream().update(payload).verify(token), true);
      }
    });
  }

  test("a payload within the limit of a call crosses in one call", async () => {
    let absorbed = 0;
    const counting: Change = (exports) => ({
      ...exports,
      absorb: (...args) => ((absorbed += 1), exports["absorb"]?.(...args) as number),
    });
    const { sign } = await freshPackage({ change: counting });
    sign(new Uint8Array(INPUT_BYTES), "one");
    assert.equal(absorbed, 0);
    sign(new Uint8Array(INPUT_BYTES + 1), "one");
    assert.equal(absorbed, 1);
  });
});

describe("secrets", () => {
  test("of the greatest length are whole, and a longer one is refused, at every place", async () => {
    const long = "x".repeat(MAX_SECRET_BYTES);
    assert.equal(sign("payload", long), tokenOf("payload", long));
    for (const secrets of [[`${long}x`], ["a", `${long}x`, "b"]]) {
      assert.throws(() => new Verifier(secrets), { code: "secret_too_long" });
    }
  });

  test("none is left in the module after a call", async () => {
    let memory: WebAssembly.Memory | undefined;
    const { sign, verify } = await freshPackage({
      change: (exports) => ((memory = exports["memory"] as unknown as WebAssembly.Memory), exports),
    });
    verify("payload", sign("payload", "canary"), ["canary", "another"]);
    assert.doesNotMatch(Buffer.from(memory?.buffer as ArrayBuffer).toString("latin1"), /canary/);
  });
});

describe("a token is read digit by digit", () => {
  const token = tokenOf("payload", "one");

  test("a wrong digit at any place is no match", async () => {
    for (const right of [token, `sha256=${token}`, token.toUpperCase()]) {
      assert.equal(verify("payload", right, "one"), true);
      for (let place = 0; place < right.length; place++) {
        const digit = right[place] === "0" ? "1" : "0";
        assert.equal(verify("payload", right.slice(0, place) + digit + right.slice(place + 1), "one"), false);
      }
    }
  });

  test("a character that ends in the bits of a digit is none, at any place", async () => {
    for (let place = 0; place < token.length; place++) {
      for (const more of [0x80, 0x100, 0x3000]) {
        const wide = String.fromCharCode(token.charCodeAt(place) + more);
        assert.equal(verify("payload", token.slice(0, place) + wide + token.slice(place + 1), "one"), false);
      }
    }
  });

  test("one that is too long is none, in each header", async () => {
    for (const long of [`${token}0`, `sha256=${token}0`, "0".repeat(MAX_TOKEN_BYTES + 1), "0".repeat(1_000_000)]) {
      assert.equal(verify("payload", long, "one"), false);
      const headers = { "x-mia-token": token, "x-mia-signature": long };
      assert.throws(() => verifyHeaders("payload", headers, { secrets: "one" }), { code: "token_malformed" });
    }
  });

  test("the tokens of up to four headers are kept apart", async () => {
    const headerNames = ["a", "b", "c", "d"];
    const event = '{"eventName":"tag_created","eventTimestamp":1767225600000,"payload":{}}';
    const right = tokenOf(event, "one");
    const read = (wrong: string, other: string) => {
      const headers = Object.fromEntries(headerNames.map((name) => [name, name === wrong ? other : right]));
      return verifyHeaders(event, headers, { secrets: "one", headerNames }).secretId;
    };
    assert.equal(read("none", ""), "0");
    assert.equal(read("d", `sha256=${right}`), "0");
    for (const name of headerNames) {
      assert.throws(() => read(name, token), { code: "token_mismatch" }, name);
      assert.throws(() => read(name, "junk"), { code: "token_malformed" }, name);
    }
  });
});
