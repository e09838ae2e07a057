// @ts-check
/** The `verify` module itself: its content, that it cannot trap, and that it keeps no secret. */

import assert from "node:assert/strict";
import { homedir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import { root } from "../harness/checkout.js";
import { output } from "../harness/installed.js";
import { MAX_TOKENS, SECRETS_BYTES, TOKEN_SLOT_BYTES, bytes, instantiate, module, tokenOf } from "./raw-module.js";
import { RUNTIMES, isPresent } from "../harness/runtimes.js";

const wasmPath = join(root, "pkg/wasm/verify.wasm");
const text = await output(process.execPath, [join(root, "node_modules/binaryen/bin/wasm-dis"), wasmPath]);
const count = (/** @type {string} */ instruction) => text.match(new RegExp(`\\(${instruction}\\b`, "g"))?.length ?? 0;

test("imports nothing, and exports what the package calls", () => {
  assert.deepEqual(WebAssembly.Module.imports(module), []);
  assert.deepEqual(
    WebAssembly.Module.exports(module)
      .map(({ name }) => name)
      .sort(),
    ["absorb", "address", "check_secrets", "check_tokens", "compare", "memory", "sign", "state_length", "verify"],
  );
});

test("can trap in one place at most", () => {
  // It is the bounds check of sha2's table of constants. Only a loop counter
  // makes the indices, so no input leads there. A second trap would be ours.
  assert.ok(count("func") > 5, "the disassembly was not understood");
  assert.ok(count("unreachable") <= 1, `there are ${count("unreachable")} unreachable instructions`);
  // These trap too, when a divisor or an index is out of range.
  assert.equal(count("i(32|64)\\.(div|rem)_[su]"), 0);
  assert.equal(count("call_indirect"), 0);
});

test("never grows its memory", () => {
  assert.equal(count("memory\\.grow"), 0);
});

test("has no path of the machine that built it", () => {
  const strings = bytes.toString("latin1");
  for (const path of [root, `${homedir()}/`, ".cargo", ".rustup", "registry/src", "C:\\"]) {
    assert.ok(!strings.includes(path), `${path} is in the module`);
  }
});

for (const [name, { command }] of Object.entries(RUNTIMES).filter(([name]) => name.startsWith("Node"))) {
  test(`compiles in ${name}`, async (t) => {
    if (isPresent(t, command)) {
      const script = `new WebAssembly.Module(require("fs").readFileSync(${JSON.stringify(wasmPath)}))`;
      await output(command, ["--eval", script]);
    }
  });
}

const bytesFrom = (/** @type {number} */ start, /** @type {number} */ length) =>
  Uint8Array.from({ length }, (_, i) => (start + i * 37) & 0xff);

const SECRET = bytesFrom(0xa0, 32);
const OTHERS = [bytesFrom(0x51, 32), bytesFrom(0x13, 32)];

/**
 * The parts of a secret that are left in the whole memory: six bytes in a row, or
 * one of its words as SHA-256 loads it, with its four bytes in reverse.
 *
 * @param {ArrayBuffer} buffer
 * @param {Uint8Array} secret
 */
function remains(buffer, secret) {
  const memory = Buffer.from(buffer);
  const found = [];
  for (let i = 0; i + 4 <= secret.length; i++) {
    if (i + 6 <= secret.length && memory.includes(secret.subarray(i, i + 6))) {
      found.push(`run at ${i}`);
    }
    if (memory.includes(secret.slice(i, i + 4).reverse())) {
      found.push(`word at ${i}`);
    }
  }
  return found;
}

const LENGTHS = [...Array.from({ length: 131 }, (_, i) => i), 300, 4096];

test("the search for parts of a secret finds them", () => {
  const { buffer, secrets } = instantiate();
  assert.deepEqual(remains(buffer, SECRET), []);
  secrets.set(SECRET.slice(3, 9));
  assert.deepEqual(remains(buffer, SECRET), ["run at 3"]);
  secrets.fill(0).set(SECRET.slice(8, 12).reverse());
  assert.deepEqual(remains(buffer, SECRET), ["word at 8"]);
});

/** @type {Readonly<Record<string, (engine: ReturnType<typeof instantiate>, payload: Uint8Array) => void>>} */
const WORK = {
  "verify, right"({ call, input, putSecrets, putTokens }, payload) {
    input.set(payload);
    putSecrets(SECRET);
    putTokens(tokenOf(payload, SECRET));
    assert.equal(call("verify", payload.length, 1, 1, payload.length % 2), 0);
  },
  "verify, forged"({ call, input, putSecrets, putTokens }, payload) {
    input.set(payload);
    putSecrets(SECRET);
    putTokens(tokenOf(payload, Buffer.from("another secret")));
    assert.ok(call("verify", payload.length, 1, 1, 1) < 0);
  },
  "verify, malformed"({ call, input, putSecrets, putTokens }, payload) {
    input.set(payload);
    putSecrets(SECRET);
    putTokens("g".repeat(64));
    assert.ok(call("verify", payload.length, 1, 1, 0) < 0);
  },
  "verify, three secrets"({ call, input, putSecrets, putTokens }, payload) {
    input.set(payload);
    putSecrets(.../** @type {[Uint8Array, Uint8Array]} */ (OTHERS), SECRET);
    putTokens(tokenOf(payload, SECRET));
    assert.equal(call("verify", payload.length, 1, 3, 0), 2);
  },
  sign({ call, input, tokens, putSecrets }, payload) {
    input.set(payload);
    putSecrets(SECRET);
    assert.equal(call("sign", payload.length), 0);
    assert.equal(Buffer.from(tokens.subarray(0, 64)).toString(), tokenOf(payload, SECRET));
  },
  "check_secrets, right"({ call, putSecrets }) {
    putSecrets(SECRET, .../** @type {[Uint8Array, Uint8Array]} */ (OTHERS));
    assert.equal(call("check_secrets", 3), 0);
  },
  "check_secrets, refused"({ call, putSecrets }) {
    putSecrets(SECRET, SECRET.slice(5));
    assert.ok(call("check_secrets", 2) < 0);
  },
  "a stream"({ call, input, state, putSecrets, putTokens }, payload) {
    const half = payload.length >> 1;
    const idle = state.slice();
    input.set(payload.subarray(0, half));
    assert.equal(call("absorb", half), 0);
    const saved = state.slice();
    state.set(idle);
    input.set(payload.subarray(half));
    state.set(saved);
    putSecrets(SECRET);
    putTokens(tokenOf(payload, SECRET));
    assert.equal(call("verify", payload.length - half, 1, 1, 0), 0);
  },
};

for (const [name, work] of Object.entries(WORK)) {
  test(`leaves no part of a secret: ${name}`, () => {
    const engine = instantiate();
    for (const length of LENGTHS) {
      work(engine, new Uint8Array(length).fill(0x70));
      for (const secret of [SECRET, ...OTHERS]) {
        assert.deepEqual(remains(engine.buffer, secret), [], `after a payload of ${length} bytes`);
      }
    }
  });
}

/** Random 32-bit integers, the same in each run (mulberry32). */
function seeded(/** @type {number} */ seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return (t ^ (t >>> 14)) >>> 0;
  };
}

test("20,000 calls with any integers and any bytes do not trap, and the next verify is right", () => {
  const engine = instantiate();
  const { wasm, call, buffer, input, state, secrets, secretLengths, tokens, tokenLengths } = engine;
  const size = buffer.byteLength;
  const random = seeded(20_260_101);
  const EDGES = [0, 1, 2, 7, 8, 9, 63, 64, 65, 70, 71, 72, 4095, 4096, 4097, 65_535, 65_536, 65_537, SECRETS_BYTES];
  const integer = () => {
    const kind = random() % 4;
    return kind === 0
      ? random() | 0
      : kind === 1
        ? random() % 300
        : /** @type {number} */ (EDGES[random() % EDGES.length]);
  };
  const functions = Object.entries(wasm).filter(([, value]) => typeof value === "function");
  assert.equal(functions.length, 8);
  const states = Array.from({ length: 8 }, () => state.slice());
  const idle = state.slice();
  const answers = new Set();
  for (let i = 0; i < 20_000; i++) {
    const [name, { length: arity }] = /** @type {[string, Function]} */ (functions[random() % functions.length]);
    const args = Array.from({ length: arity }, integer);
    for (const area of [input, secrets, tokens]) {
      area[random() % Math.min(area.length, 1024)] = random() % 3 === 0 ? 0x61 : random();
    }
    // A stream's state is what the module wrote, at any earlier time.
    if (random() % 4 === 0) {
      state.set(/** @type {Uint8Array} */ (states[random() % states.length]));
    } else if (random() % 4 === 0) {
      states[random() % 8] = state.slice();
    }
    secretLengths[random() % 8] = random() % 2 ? random() % 40 : integer();
    tokenLengths[random() % MAX_TOKENS] = random() % 2 ? random() % 73 : integer();
    try {
      answers.add(`${name}: ${Math.sign(call(name, ...args))}`);
    } catch (error) {
      assert.fail(`call ${i}, ${name}(${args.join(", ")}): ${error}`);
    }
  }
  assert.equal(buffer.byteLength, size, "the memory grew");
  for (const expected of ["verify: -1", "sign: 0", "sign: -1", "check_secrets: 0", "check_tokens: -1", "absorb: 0"]) {
    assert.ok(answers.has(expected), `no call was answered with ${expected}: ${[...answers].join(", ")}`);
  }
  state.set(idle);
  for (const name of ["verify, right", "verify, forged", "sign", "a stream"]) {
    /** @type {(engine: ReturnType<typeof instantiate>, payload: Uint8Array) => void} */ (WORK[name])(
      engine,
      Buffer.from("payload"),
    );
  }
});

test("lengths beyond their area are refused", () => {
  const { call } = instantiate();
  for (const length of [65_537, 0x7fff_ffff, -1]) {
    assert.ok(call("absorb", length) < 0);
    assert.ok(call("sign", length) < 0);
    assert.ok(call("verify", length, 1, 1, 0) < 0);
    assert.ok(call("verify", 0, length, 1, 0) < 0);
    assert.ok(call("verify", 0, 1, length, 0) < 0);
    assert.ok(call("check_secrets", length) < 0);
    assert.ok(call("compare", 1, length) < 0);
    assert.ok(call("compare", length, 1) < 0);
  }
  assert.ok(call("check_tokens", MAX_TOKENS + 1) < 0);
});

/** The negated numbers of codes; see docs/codes.md. */
const [MISSING, MALFORMED, MISMATCH] = [-3, -4, -5];
const [NO_SECRET, EMPTY, UNAVAILABLE] = [-19, -20, -26];

test("several tokens are one token, malformed or a mismatch, before and after the payload is read", () => {
  const engine = instantiate();
  const { call, putSecrets, putTokens, tokenLengths } = engine;
  const token = tokenOf(Buffer.from(""), SECRET);
  const forms = [token, `sha256=${token}`, token.toUpperCase(), `sha256=${token.toUpperCase()}`];
  const other = tokenOf(Buffer.from("another payload"), SECRET);
  const ask = (/** @type {string[]} */ ...texts) => {
    putTokens(...texts);
    const checked = call("check_tokens", texts.length);
    putSecrets(SECRET);
    assert.equal(call("verify", 0, texts.length, 1, 0), checked, texts.join(", "));
    return checked;
  };
  assert.equal(ask(), MISSING);
  for (let count = 1; count <= MAX_TOKENS; count++) {
    assert.equal(ask(...forms.slice(0, count)), 0);
    for (let place = 0; place < count; place++) {
      const replaced = (/** @type {string} */ text) => forms.slice(0, count).with(place, text);
      assert.equal(ask(...replaced("x".repeat(64))), MALFORMED);
      assert.equal(ask(...replaced("")), MALFORMED);
      if (count > 1) {
        assert.equal(ask(...replaced(other)), MISMATCH);
      }
    }
  }
  assert.equal(ask(token, other, "", token), MALFORMED);
  for (const length of [TOKEN_SLOT_BYTES, TOKEN_SLOT_BYTES + 1, 0xffff_ffff]) {
    putTokens(token, token);
    tokenLengths[1] = length;
    assert.equal(call("check_tokens", 2), MALFORMED);
    assert.equal(call("check_tokens", 1), 0);
  }
});

test("tokens that the host made are compared as the module's own are", () => {
  const { call, input, putTokens } = instantiate();
  const made = ["one", "two", "three"].map((secret) => tokenOf(Buffer.from("payload"), Buffer.from(secret)));
  const ask = (/** @type {string[]} */ texts, /** @type {number} */ count, /** @type {string[]} */ ...tokens) => {
    texts.forEach((text, i) => input.set(Buffer.from(text), i * 64));
    putTokens(...tokens);
    return call("compare", tokens.length, count);
  };
  made.forEach((token, index) => {
    assert.equal(ask(made, 3, token), index);
    assert.equal(ask(made, 3, `sha256=${token.toUpperCase()}`, token), index);
    assert.equal(ask(made, index, token), MISMATCH, "it is not among the first");
  });
  const [first, second] = /** @type {[string, string]} */ (/** @type {unknown} */ (made));
  assert.equal(ask(made, 3), MISSING);
  assert.equal(ask(made, 3, "x".repeat(64)), MALFORMED);
  assert.equal(ask(made, 3, first, second), MISMATCH);
  assert.equal(ask(made, 0, first), MISMATCH);
  for (const broken of ["x".repeat(64), "", "\0".repeat(64)]) {
    input.fill(0, 0, 64);
    assert.equal(ask([broken, second], 2, second), UNAVAILABLE, "the host wrote no token");
  }
});

test("an empty secret is refused in every call, and a set that may not verify together when it is checked", () => {
  const { call, input, secretLengths, putSecrets, putTokens } = instantiate();
  input.set(Buffer.from("payload"));
  putTokens(tokenOf(Buffer.from("payload"), Buffer.from("")));
  for (const count of [1, 2]) {
    putSecrets(Buffer.from(count === 1 ? "" : "one"), Buffer.from(""));
    assert.equal(call("verify", 7, 1, count, 0), EMPTY);
    putSecrets(Buffer.from(count === 1 ? "" : "one"), Buffer.from(""));
    assert.equal(call("check_secrets", count), EMPTY);
  }
  secretLengths[0] = 0;
  assert.equal(call("sign", 7), EMPTY);
  // A length that does not fit is an empty secret.
  secretLengths[0] = SECRETS_BYTES + 1;
  assert.equal(call("verify", 7, 1, 1, 0), EMPTY);
  assert.equal(call("check_secrets", 0), NO_SECRET);
  assert.ok(call("verify", 7, 1, 0, 0) < 0);
});
