/** The host's own hash: when it is loaded, and that it never changes an answer. */

import assert from "node:assert/strict";
import * as crypto from "node:crypto";
import { afterEach, describe, test, vi } from "vitest";
import { LOAD_AT_BYTES, ONE_CALL_BYTES } from "../../../../pkg/src/hosts/native-hash/limits.js";

afterEach(() => {
  vi.unstubAllGlobals();
  vi.doUnmock("../../../../pkg/src/hosts/native-hash/limits.js");
  vi.resetModules();
});

const tokenOf = (payload: Uint8Array | string, secret: Uint8Array | string) =>
  crypto.createHash("sha256").update(payload).update(secret).digest("hex");
const ONE = "the secret of this test";
const TOO_FEW_DIGITS = -4;
const MISMATCH = -5;

/** A new engine, on a host whose `node:crypto` is this one. */
async function engineWith(host: object | undefined, limits?: object) {
  const loads = vi.fn(() => host);
  vi.stubGlobal("process", { getBuiltinModule: loads });
  if (limits !== undefined) {
    vi.doMock("../../../../pkg/src/hosts/native-hash/limits.js", async (original) => ({
      ...(await original<object>()),
      ...limits,
    }));
  }
  vi.resetModules();
  const engine = await import("../../../../pkg/src/hosts/native-hash/engine.js");
  const { secretSet } = await import("../../../../pkg/src/verify/secrets.js");
  return { ...engine, secretSet, loads };
}

/** `node:crypto` that counts what it is asked for. */
function counted() {
  const hash = vi.fn(crypto.hash);
  const createHash = vi.fn(crypto.createHash);
  return { hash, createHash };
}

const fail = (error: Error): never => {
  throw error;
};

const AT_ONCE = { FROM_BYTES: 0, EACH_BYTES: 0, LOAD_AT_BYTES: 0 };

describe("node:crypto is loaded", () => {
  test("when as much has been hashed as loading it costs, and once", async () => {
    const { findSecret, secretSet, loads } = await engineWith(crypto);
    const set = secretSet(ONE);
    const payload = new Uint8Array(LOAD_AT_BYTES / 4);
    const token = tokenOf(payload, ONE);
    for (let call = 1; call <= 8; call++) {
      assert.equal(findSecret(payload, token, set), 0);
      assert.equal(loads.mock.calls.length, call < 4 ? 0 : 1, `after ${call} calls`);
    }
    assert.deepEqual(loads.mock.calls[0], ["node:crypto"]);
  });

  test("at once for a payload that is so large", async () => {
    const { findSecret, secretSet, loads } = await engineWith(crypto);
    findSecret(new Uint8Array(LOAD_AT_BYTES), "", secretSet(ONE));
    assert.equal(loads.mock.calls.length, 1);
  });

  test("never for payloads that the module hashes as fast", async () => {
    const { findSecret, identify, secretSet, loads } = await engineWith(crypto, {
      FROM_BYTES: 10,
      EACH_BYTES: 5,
      LOAD_AT_BYTES: 0,
    });
    findSecret(new Uint8Array(9), "", secretSet(ONE));
    identify(new Uint8Array(9), [], secretSet(ONE));
    findSecret(new Uint8Array(19), "", secretSet([ONE, "two", "three"]));
    assert.equal(loads.mock.calls.length, 0);
    identify(new Uint8Array(10), [], secretSet(ONE));
    assert.equal(loads.mock.calls.length, 1);
  });
});

describe("the module makes the hash", () => {
  const hosts: Record<string, [host: object | undefined, asked: number]> = {
    "where there is no node:crypto": [undefined, 1],
    "where its hash is not SHA-256": [{ ...crypto, createHash: () => crypto.createHash("sha512") }, 1],
    "where only the hash in one call is not SHA-256": [{ ...crypto, hash: () => "0".repeat(64) }, 1],
    // Here after each call, and else after each megabyte: the stack may have been full.
    "where it fails": [{ createHash: () => fail(new Error("digital envelope routines::unsupported")) }, 4],
  };
  for (const [name, [host, asked]] of Object.entries(hosts)) {
    test(`${name}, and it is asked ${asked} times`, async () => {
      const { findSecret, identify, readDigits, signPayload, absorb, findSecretOfState, secretSet, loads } =
        await engineWith(host, AT_ONCE);
      const set = secretSet(ONE);
      const payload = new Uint8Array(2_000).fill(7);
      const token = tokenOf(payload, ONE);
      assert.equal(findSecret(payload, token, set), 0);
      assert.equal(identify(payload, [token], set), 0);
      assert.equal(readDigits(), tokenOf(payload, ""));
      assert.equal(signPayload(payload, set), 0);
      assert.equal(readDigits(), token);
      assert.equal(findSecretOfState(absorb(undefined, payload), token, set), 0);
      assert.equal(loads.mock.calls.length, asked);
    });
  }

  test("until a host that failed has been asked again, after as much", async () => {
    let isFull = true;
    const createHash = () =>
      isFull ? fail(new RangeError("Maximum call stack size exceeded")) : crypto.createHash("sha256");
    const { findSecret, secretSet, loads } = await engineWith({ createHash });
    for (const asked of [1, 1, 2]) {
      findSecret(new Uint8Array(asked === loads.mock.calls.length ? 1_000 : LOAD_AT_BYTES), "", secretSet(ONE));
      assert.equal(loads.mock.calls.length, asked);
      isFull = false;
    }
  });

  test("where a host has no process, or an older one", async () => {
    const { findSecret, secretSet } = await engineWith(crypto, AT_ONCE);
    for (const process of [undefined, {}]) {
      vi.stubGlobal("process", process);
      assert.equal(findSecret(new Uint8Array(2_000), tokenOf(new Uint8Array(2_000), ONE), secretSet(ONE)), 0);
    }
  });

  test("where the host's hash fails in a call, as with a full stack", async () => {
    let isFull = false;
    const host = {
      ...crypto,
      createHash(algorithm: string) {
        if (isFull) {
          throw new RangeError("Maximum call stack size exceeded");
        }
        return crypto.createHash(algorithm);
      },
      hash: undefined,
    };
    const { absorb, findSecret, findSecretOfState, secretSet } = await engineWith(host, AT_ONCE);
    const token = tokenOf("payload", ONE);
    for (const full of [false, true, false]) {
      isFull = full;
      assert.equal(findSecretOfState(absorb(undefined, Buffer.from("payload")), token, secretSet(ONE)), 0);
      assert.equal(findSecret(Buffer.from("payload"), token, secretSet(ONE)), 0);
      assert.equal(findSecret(Buffer.from("payload"), tokenOf("other", ONE), secretSet(ONE)), MISMATCH);
    }
  });
});

describe("the host hashes", () => {
  test("a short payload in one call, and a long one in pieces, once for all secrets", async () => {
    const host = counted();
    const { findSecret, identify, secretSet } = await engineWith(host, { ...AT_ONCE, AGAIN_BYTES: 700 });
    const calls = () => [host.hash.mock.calls.length, host.createHash.mock.calls.length];
    findSecret(new Uint8Array(1), "", secretSet(ONE));
    assert.deepEqual(calls(), [2, 1], "the first call also tests the hash, both ways");
    findSecret(new Uint8Array(ONE_CALL_BYTES), "", secretSet(ONE));
    assert.deepEqual(calls(), [3, 1]);
    findSecret(new Uint8Array(ONE_CALL_BYTES + 1), "", secretSet(ONE));
    assert.deepEqual(calls(), [3, 2]);
    findSecret(new Uint8Array(350), "", secretSet([ONE, "two", "three"]));
    assert.deepEqual(calls(), [6, 2]);
    findSecret(new Uint8Array(351), "", secretSet([ONE, "two", "three"]));
    assert.deepEqual(calls(), [6, 3]);
    identify(new Uint8Array(700), [], secretSet(ONE));
    assert.deepEqual(calls(), [8, 3]);
  });

  for (const [name, host] of Object.entries({
    "node:crypto": crypto,
    "an older one": { createHash: crypto.createHash },
  })) {
    test(`as the module does, with ${name}`, async () => {
      const { checkTokens, findSecret, identify, readDigits, signPayload, absorb, findSecretOfState, secretSet } =
        await engineWith(host, AT_ONCE);
      const lists = [[ONE], [ONE, "another"], ["a", "b", "c", "d", "e", "f", "g", "h"], ["x".repeat(4096), ONE]];
      for (const length of [0, 1, 55, 56, 63, 64, 65, 300, 1_000, 4_096, 4_097, 70_000]) {
        const payload = crypto.createHash("shake256", { outputLength: length }).update(String(length)).digest();
        for (const list of lists) {
          const set = secretSet(list);
          list.forEach((secret, index) => {
            const token = tokenOf(payload, secret);
            for (const written of [token, token.toUpperCase(), `sha256=${token}`]) {
              assert.equal(findSecret(payload, written, set), index);
              assert.equal(identify(payload, [written, token], set), index);
              assert.equal(readDigits(), tokenOf(payload, ""));
            }
            assert.equal(identify(payload, [token, token, token], set), index);
          });
          const token = tokenOf(payload, list[0] as string);
          for (const [wrong, answer] of [
            [token.replace(/^./, (digit) => (digit === "0" ? "1" : "0")), MISMATCH],
            [token.replace(/.$/, (digit) => (digit === "0" ? "1" : "0")), MISMATCH],
            [token.slice(1), TOO_FEW_DIGITS],
            [`${token}0`, TOO_FEW_DIGITS],
            [`${token.slice(0, 63)}${String.fromCharCode(token.charCodeAt(63) + 256)}`, TOO_FEW_DIGITS],
            ["", TOO_FEW_DIGITS],
          ] as const) {
            assert.equal(findSecret(payload, wrong, set), answer, wrong);
            assert.equal(identify(payload, [wrong], set), answer);
            assert.equal(identify(payload, [token, wrong], set), answer);
            assert.equal(identify(payload, [wrong, token], set), answer);
          }
          assert.equal(identify(payload, [], set), checkTokens([]));
          assert.equal(signPayload(payload, set), 0);
          assert.equal(readDigits(), token);
          let state: ReturnType<typeof absorb> = undefined;
          for (let from = 0; from < length; from += 1_000) {
            state = absorb(state, payload.subarray(from, from + 1_000));
            // To ask does not end it.
            findSecretOfState(state, token, set);
          }
          assert.equal(findSecretOfState(state, token, set), 0);
          assert.equal(findSecretOfState(state, `sha256=${token}`, set), 0);
          assert.equal(findSecretOfState(state, tokenOf("other", ONE), set), MISMATCH);
        }
      }
    });
  }

  test("and no secret stays in the memory that it is given", async () => {
    const given: Uint8Array[] = [];
    let isFull = false;
    const hash = (algorithm: string, bytes: Uint8Array, encoding: "hex") => {
      given.push(bytes);
      return isFull
        ? fail(new RangeError("Maximum call stack size exceeded"))
        : crypto.hash(algorithm, bytes, encoding);
    };
    const { findSecret, signPayload, secretSet } = await engineWith({ ...crypto, hash }, AT_ONCE);
    findSecret(Buffer.from("payload"), tokenOf("payload", ONE), secretSet(ONE));
    assert.equal(given.shift()?.length, 0, "the test of the hash");
    signPayload(Buffer.from("payload"), secretSet(ONE));
    assert.equal(given.length, 2);
    for (isFull of [false, true]) {
      signPayload(Buffer.from("payload"), secretSet(ONE));
      const bytes = given.at(-1) as Uint8Array;
      assert.equal(Buffer.from(bytes).toString(), `payload${"\0".repeat(ONE.length)}`);
    }
    for (const bytes of given) {
      assert.equal(Buffer.from(bytes).toString(), `payload${"\0".repeat(ONE.length)}`);
    }
  });

  test("a large piece in several, because a host may refuse it at once", async () => {
    const limited = (hash: crypto.Hash): object => ({
      update: (bytes: Uint8Array) =>
        bytes.length > 1_000 ? fail(new RangeError("data is too long")) : hash.update(bytes),
      copy: () => limited(hash.copy()),
      digest: () => hash.digest("hex"),
    });
    const createHash = () => limited(crypto.createHash("sha256"));
    const { absorb, findSecret, findSecretOfState, secretSet } = await engineWith(
      { createHash },
      { ...AT_ONCE, PIECE_BYTES: 1_000 },
    );
    const payload = crypto.randomBytes(2_500);
    const token = tokenOf(payload, ONE);
    assert.equal(findSecret(payload, token, secretSet(ONE)), 0);
    assert.equal(findSecretOfState(absorb(undefined, payload), token, secretSet(ONE)), 0);
  });

  test("a stream that the host's hash has begun says where the hash fails", async () => {
    const cause = new RangeError("Maximum call stack size exceeded");
    let isFull = false;
    const createHash = () => {
      const hash = crypto.createHash("sha256");
      return {
        update: (bytes: Uint8Array) => (hash.update(bytes), isFull ? fail(cause) : undefined),
        copy: () => (isFull ? fail(cause) : hash.copy()),
        digest: () => hash.digest("hex"),
      };
    };
    const { absorb, findSecretOfState, secretSet } = await engineWith({ createHash }, AT_ONCE);
    const set = secretSet(ONE);
    const state = absorb(undefined, Buffer.from("payload"));
    isFull = true;
    assert.throws(() => absorb(state, Buffer.from("more")), { code: "engine_unavailable", cause });
    assert.throws(() => findSecretOfState(state, "", set), { code: "engine_unavailable", cause });
  });

  test("as well where what traces its calls verifies too", async () => {
    let isInside = false;
    const hash = (algorithm: string, bytes: Uint8Array, encoding: "hex") => {
      if (!isInside && bytes.length > 0) {
        isInside = true;
        assert.equal(engine.findSecret(Buffer.from("inner"), tokenOf("inner", "two"), engine.secretSet("two")), 0);
        isInside = false;
      }
      return crypto.hash(algorithm, bytes, encoding);
    };
    const engine = await engineWith({ ...crypto, hash }, AT_ONCE);
    for (let run = 0; run < 2; run++) {
      const set = engine.secretSet([ONE, "another"]);
      assert.equal(engine.findSecret(Buffer.from("outer"), tokenOf("outer", "another"), set), 1);
      assert.equal(engine.findSecret(Buffer.from("outer"), tokenOf("outer", ""), set), MISMATCH);
    }
  });

  test("each stream for itself", async () => {
    const { absorb, findSecretOfState, secretSet } = await engineWith(crypto, AT_ONCE);
    const [first, second] = ["first payload", "second"].map(Buffer.from) as [Buffer, Buffer];
    let one = absorb(undefined, first.subarray(0, 5));
    const other = absorb(undefined, second);
    one = absorb(one, first.subarray(5));
    assert.equal(findSecretOfState(one, tokenOf(first, ONE), secretSet(ONE)), 0);
    assert.equal(findSecretOfState(other, tokenOf(second, ONE), secretSet(ONE)), 0);
    assert.equal(findSecretOfState(undefined, tokenOf("", ONE), secretSet(ONE)), 0);
  });
});

test("it stands for the engine: what one exports, the other does", async () => {
  const [native, module] = await Promise.all([
    import("../../../../pkg/src/hosts/native-hash/engine.js"),
    import("../../../../pkg/src/verify/engine.js"),
  ]);
  assert.deepEqual(Object.keys(native).sort(), Object.keys(module).sort());
});
