// @ts-check
/** The crate built with plain wasm-bindgen answers as the npm package does. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { runInNewContext } from "node:vm";

import ts from "typescript";

import { hex } from "../harness/checks.js";
import { ask } from "../harness/vector-questions.js";
import { root } from "../harness/checkout.js";
import { OUTPUTS, build, built } from "./outputs.js";

build();

/** @typedef {import("./outputs.js").Plain} Plain */

/** @type {Record<string, Plain>} */
const outputs = {};
for (const [target, load] of Object.entries(OUTPUTS)) {
  outputs[target] = await load();
}

/** The built npm package. @type {Plain} */
const npm = {
  ...(await import("mia-webhooks")),
  ...(await import("mia-webhooks/subscription")),
};

/** @param {string} file @returns {any[]} */
const vectors = (file) => JSON.parse(readFileSync(join(root, `tests/vectors/${file}.json`), "utf8")).vectors;

/** @type {Readonly<Record<string, (library: Plain, vector: any) => void>>} */
const QUESTIONS = {
  signature({ sign, verify }, { payload, secret, token }) {
    const bytes = hex(payload);
    assert.equal(sign(bytes, hex(secret)), token);
    assert.equal(verify(bytes, token, hex(secret)), true);
    assert.equal(verify(bytes, `${token.slice(0, -1)}${token.endsWith("0") ? "1" : "0"}`, hex(secret)), false);
  },
  token({ verify }, { payload, secret, token, result }) {
    assert.equal(verify(hex(payload), token, hex(secret)), result === "valid");
  },
  "token-surrogates"({ verify }, { payload, secret, token, result }) {
    assert.equal(verify(hex(payload), token, hex(secret)), result === "valid");
  },
  secrets({ sign, verify }, { secrets, code }) {
    const list = secrets.map(hex);
    if (code !== null) {
      assert.throws(() => verify("payload", null, list), { name: "WebhookError", code });
      return;
    }
    for (const secret of list) {
      assert.equal(verify("payload", sign("payload", secret), list), true);
    }
  },
  subscription(subscription, vector) {
    const { expected, get } = ask(/** @type {any} */ ({ subscription }), "subscription", vector);
    assert.equal(get(), expected);
  },
};

for (const [target, library] of Object.entries(outputs)) {
  for (const [file, answer] of Object.entries(QUESTIONS)) {
    test(`${target}: every vector of ${file}.json`, () => {
      const all = vectors(file);
      assert.ok(all.length > 0);
      for (const vector of all) {
        try {
          answer(library, vector);
        } catch (cause) {
          throw new Error(vector.id, { cause });
        }
      }
    });
  }
}

const SECRET = "the secret of the suite";
const RECORD = {
  eventName: "project_created",
  target: "https://example.org/webhook",
  secret: "19ff508aa83a064e6ddbb49962a35c26",
};
const TOKEN = npm.sign("payload", SECRET);

const detached = () => {
  const buffer = new ArrayBuffer(8);
  const view = new Uint8Array(buffer);
  structuredClone(buffer, { transfer: [buffer] });
  return { buffer, view };
};
const revoked = () => {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
};
const throwing = (/** @type {unknown} */ what) => ({
  enumerable: true,
  get: () => {
    throw what;
  },
});
const other = (/** @type {string} */ script) => runInNewContext(script);

/** Values that callers may pass as bytes; each is a function, because some can be used only once. @type {Record<string, () => unknown>} */
const BYTES = {
  text: () => "payload",
  "empty text": () => "",
  "text beyond ASCII": () => "pàylöad 🚀 \u0000 \ufffd",
  "a lone surrogate": () => "a\ud800b",
  "a surrogate beside U+FFFD": () => "\ufffd\udc00",
  "an array of bytes": () => new Uint8Array([1, 2, 3]),
  "no bytes": () => new Uint8Array(),
  "a part of a buffer": () => new Uint8Array([9, 1, 2, 3, 9]).subarray(1, 4),
  "a DataView": () => new DataView(new Uint8Array([9, 1, 2, 3, 9]).buffer, 1, 3),
  "16-bit numbers": () => new Uint16Array([258, 772]),
  "a Buffer": () => Buffer.from("payload"),
  "an ArrayBuffer": () => new Uint8Array([1, 2, 3]).buffer,
  "an empty ArrayBuffer": () => new ArrayBuffer(0),
  "a view of another realm": () => other("new Uint8Array([1, 2, 3])"),
  "a DataView of another realm": () => other("new DataView(new Uint8Array([1, 2, 3]).buffer, 1)"),
  "a buffer of another realm": () => other("new Uint8Array([1, 2, 3]).buffer"),
  "a megabyte": () => new Uint8Array(1 << 20).fill(7),
  "a megabyte of text": () => "é".repeat(1 << 19),
  "a parsed object": () => ({ eventName: "x" }),
  "a list": () => [1, 2],
  "a list of another realm": () => other("[1, 2]"),
  "a number": () => 42,
  "a bigint": () => 42n,
  "a truth value": () => true,
  "a symbol": () => Symbol("payload"),
  "a function": () => () => "payload",
  null: () => null,
  undefined: () => undefined,
  "a Blob": () => new Blob(["payload"]),
  "a Map": () => new Map([["a", "b"]]),
  "a promise": () => Promise.resolve("payload"),
  "a boxed text": () => new String("payload"),
  "a date": () => new Date(0),
  "tagged as a buffer": () => ({ [Symbol.toStringTag]: "ArrayBuffer", byteLength: 0 }),
  "tagged as shared memory": () => ({ [Symbol.toStringTag]: "SharedArrayBuffer", byteLength: 0 }),
  "looks like bytes": () => ({ length: 7, byteLength: 7, byteOffset: 0, buffer: new ArrayBuffer(7) }),
  "a detached buffer": () => detached().buffer,
  "a view of a detached buffer": () => detached().view,
  "shared memory": () => new SharedArrayBuffer(7),
  "a view of shared memory": () => new Uint8Array(new SharedArrayBuffer(7)),
  "a getter that throws": () => Object.defineProperty({}, "secret", throwing(new RangeError("no"))),
  "a proxy of bytes": () => new Proxy(new Uint8Array([1, 2, 3]), {}),
  "a revoked proxy": revoked,
};

/** @type {Record<string, () => unknown>} */
const SECRETS = {
  ...BYTES,
  "no list": () => [],
  "one of a list": () => [SECRET],
  "two of a list": () => ["another secret", SECRET],
  "a list of another realm": () => other(`[${JSON.stringify(SECRET)}]`),
  "nothing in a list": () => [undefined],
  "null in a list": () => [SECRET, null],
  "a list in a list": () => [[SECRET]],
  "by name": () => ({ current: "another secret", previous: SECRET }),
  "by name without a prototype": () => Object.assign(Object.create(null), { current: SECRET }),
  "by name of another realm": () => other(`({ current: ${JSON.stringify(SECRET)} })`),
  "no names": () => ({}),
  "nothing by name": () => ({ 'the "current" one\n': undefined }),
  "an inherited secret": () => Object.create({ current: SECRET }),
  "of a class": () =>
    new (class {
      secret = SECRET;
    })(),
  "the text undefined": () => "undefined",
  "the text null": () => "null",
  "too long": () => "x".repeat(4097),
  "as long as possible": () => "x".repeat(4096),
  "too many": () => [..."123456789"],
  "too many, one of them empty": () => ["", ..."12345678"],
  "as many as possible": () => [..."12345678"],
  "one ends with another": () => ["abc", "bc"],
  "one ends with another, by name": () => ({ a: "bc", b: "abc" }),
  "a lone surrogate in a list": () => [SECRET, "\ud800"],
  "a getter that throws beside a secret": () =>
    Object.defineProperty({ a: SECRET }, "b", throwing(new RangeError("no"))),
};

/** @type {Record<string, () => unknown>} */
const TOKENS = {
  genuine: () => TOKEN,
  "with a prefix": () => `sha256=${TOKEN}`,
  "in capitals": () => TOKEN.toUpperCase(),
  wrong: () => "0".repeat(64),
  "too long": () => "0".repeat(1 << 20),
  "of wide digits": () => [...TOKEN].map((digit) => String.fromCharCode(digit.charCodeAt(0) + 0x100)).join(""),
  "a lone surrogate": () => "\ud800",
  "a boxed text": () => new String(TOKEN),
  ...Object.fromEntries(
    ["a list", "a number", "a bigint", "a symbol", "a function", "null", "undefined", "a revoked proxy"].map((name) => [
      name,
      BYTES[name],
    ]),
  ),
};

const cycle = () => {
  /** @type {any} */
  const record = { ...RECORD };
  record.proxy = record;
  return record;
};
function cycleOfLists() {
  /** @type {unknown[]} */
  const list = [];
  list.push(list);
  return list;
}

/** @type {Record<string, () => unknown>} */
const RECORDS = {
  right: () => RECORD,
  "as text": () => JSON.stringify(RECORD),
  "not JSON": () => "{ eventName: 1 }",
  "no text": () => "",
  ...BYTES,
  "a cycle": cycle,
  "a cycle of lists": () => ({ ...RECORD, eventName: cycleOfLists() }),
  "a getter that throws": () => Object.defineProperty({ ...RECORD }, "tenantId", throwing(new Error("no"))),
  "a getter that throws nothing": () => Object.defineProperty({ ...RECORD }, "tenantId", throwing(null)),
  "a getter that throws a list": () => Object.defineProperty({ ...RECORD }, "tenantId", throwing([])),
  "a getter deep inside that throws": () => ({ ...RECORD, proxy: Object.defineProperty({}, "url", throwing("no")) }),
  "a proxy that throws": () =>
    new Proxy(
      {},
      {
        ownKeys: () => {
          throw new RangeError("no");
        },
      },
    ),
  "a proxy that behaves": () => new Proxy(RECORD, {}),
  "a list that throws": () => ({
    ...RECORD,
    eventName: new Proxy([1], {
      get: () => {
        throw new RangeError("no");
      },
    }),
  }),
  "a lone surrogate in a field": () => ({ ...RECORD, secret: "\ud800 0123456789 abcdefghijklmnopqrst" }),
  "a lone surrogate in a key": () => ({ ...RECORD, "\udc00": 1 }),
  "a lone surrogate in text": () => '{"secret":"\ud800"}',
  "a long key whose getter throws": () => Object.defineProperty({}, "k".repeat(300), throwing(1)),
  "a bigint field": () => ({ ...RECORD, tenantId: 1n }),
  "a symbol field": () => ({ ...RECORD, tenantId: Symbol("tenant") }),
  "a function field": () => ({ ...RECORD, secret: () => "secret" }),
  "null and NaN": () => ({ ...RECORD, tenantId: null, projectId: Number.NaN }),
  "holes and undefined": () => ({ ...RECORD, eventName: [, undefined, "tag_created"] }),
  "own proto": () => JSON.parse('{"__proto__":{"secret":"x"},"constructor":1}'),
  inherited: () => Object.create(RECORD),
  "with toJSON": () => ({ ...RECORD, toJSON: () => ({}) }),
  "nested deep": () => {
    /** @type {any} */ let deep = {};
    for (let i = 0; i < 10_000; i++) {
      deep = { deep };
    }
    return { ...RECORD, comment: deep };
  },
  "a certificate": () => ({
    ...RECORD,
    base64CA: readFileSync(join(root, "tests/vectors/certificates/ed25519-ca.pem"), "utf8"),
  }),
  "control characters": () => ({ ...RECORD, tenantId: 'a"\\/\b\f\n\r\t\u0001\u007f\u2028', [`a"\n\u0001`]: 1 }),
  "ten megabytes of text": () => ({ ...RECORD, tenantId: "a".repeat(10_000_000) }),
  "a megabyte of JSON": () => JSON.stringify({ ...RECORD, comment: "a".repeat(2 << 20) }),
  "a megabyte in UTF-8, not in UTF-16": () => ({ ...RECORD, base64CA: "é".repeat(600_000) }),
  "a long list": () => ({ ...RECORD, eventName: Array.from({ length: 100_000 }, () => "project_created") }),
  "a list of a million": () => ({ ...RECORD, eventName: Array.from({ length: 2_000_000 }) }),
  "many fields": () => Object.fromEntries(Array.from({ length: 50_000 }, (_, i) => [`field${i}`, i])),
  warnings: () => ({
    ...RECORD,
    eventName: ["project_creatd", "tag_created"],
    target: "http://10.0.0.7/",
    proxy: { url: "https://u:p@proxy.example.org/" },
  }),
};

/** @type {Record<string, () => unknown>} */
const OPTIONS = {
  none: () => undefined,
  strict: () => ({ strict: true, now: 0 }),
  "a date": () => ({ now: new Date(1_767_225_600_000) }),
  "no date": () => ({ now: new Date("never") }),
  infinite: () => ({ now: Number.POSITIVE_INFINITY }),
  "a symbol": () => ({ now: Symbol("now") }),
  undefined: () => ({ now: undefined, strict: undefined }),
};

/** The visible outcome of a call. @param {() => unknown} call */
function outcome(call) {
  try {
    return { value: call() };
  } catch (error) {
    const { name, message, code, status, hint, cause } = /** @type {any} */ (error);
    return {
      name,
      message,
      isError: error instanceof Error,
      code,
      status,
      hint,
      cause: cause && String(cause),
      shown: JSON.stringify(error),
    };
  }
}

/** @type {Record<string, (library: any) => Record<string, () => unknown>>} */
const CALLS = {
  sign: ({ sign }) => ({
    ...each(BYTES, (payload) => sign(payload, SECRET)),
    ...each(SECRETS, (secret) => sign("payload", secret)),
    "sign, both are bad": () => sign({}, ""),
  }),
  verify: ({ verify }) => ({
    ...each(BYTES, (payload) => verify(payload, TOKEN, SECRET)),
    ...each(SECRETS, (secrets) => verify("payload", TOKEN, secrets)),
    ...each(SECRETS, (secrets) => verify("payload", undefined, secrets)),
    ...each(TOKENS, (token) => verify("payload", token, SECRET)),
  }),
  validateSubscription: ({ validateSubscription }) => ({
    ...each(RECORDS, (record) => validateSubscription(record, { now: 1_767_225_600_000 })),
    ...each(OPTIONS, (options) => validateSubscription({ ...RECORD, secret: "short" }, options)),
  }),
};

let count = 0;
/** @param {Record<string, () => unknown>} values @param {(value: unknown) => unknown} call */
const each = (values, call) =>
  Object.fromEntries(Object.entries(values).map(([name, make]) => [`${count++} ${name}`, () => call(make())]));

for (const [name, calls] of Object.entries(CALLS)) {
  test(`${name} answers and throws as the npm package does`, () => {
    count = 0;
    const expected = Object.entries(calls(npm)).map(([asked, call]) => [asked, outcome(call)]);
    assert.match(JSON.stringify(expected), /"name":"TypeError"/);
    for (const [target, library] of Object.entries(outputs)) {
      count = 0;
      const found = Object.entries(calls(library)).map(([asked, call]) => [asked, outcome(call)]);
      for (const [i, [asked]] of expected.entries()) {
        assert.deepEqual(found[i], expected[i], `${target}: ${asked}`);
      }
    }
  });
}

test("only bytes and strings are ever signed", () => {
  for (const { sign } of Object.values(outputs)) {
    const empty = sign("", SECRET);
    const signed = Object.entries(BYTES).filter(
      ([, make]) => outcome(() => sign(/** @type {any} */ (make()), SECRET)).value === empty,
    );
    assert.deepEqual(
      signed.map(([name]) => name),
      ["empty text", "no bytes", "an empty ArrayBuffer"],
    );
  }
});

test("answers after 2,000 calls that threw, and after a full stack", () => {
  for (const { sign, verify } of Object.values(outputs)) {
    for (let i = 0; i < 2_000; i++) {
      assert.throws(() => verify("payload", TOKEN, /** @type {any} */ (Object.defineProperty({}, "a", throwing(i)))));
      assert.throws(() => sign(/** @type {any} */ (i), SECRET), TypeError);
    }
    const descend = () => {
      try {
        descend();
      } catch {
        outcome(() => verify("payload", TOKEN, SECRET));
      }
    };
    descend();
    assert.equal(sign("payload", SECRET), TOKEN);
    assert.equal(verify("payload", TOKEN, SECRET), true);
    assert.equal(verify("payload!", TOKEN, SECRET), false);
  }
});

for (const target of Object.keys(OUTPUTS)) {
  test(`${target}: a strict TypeScript application compiles against its declarations`, () => {
    const declarations = join(built, target, "mia_webhooks.d.ts");
    const program = ts.createProgram([join(import.meta.dirname, "consumer.ts"), declarations], {
      strict: true,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      noUnusedLocals: true,
      noEmit: true,
      types: [],
      lib: ["lib.es2022.d.ts", "lib.dom.d.ts"],
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
      paths: { mia_webhooks: [declarations] },
    });
    const found = ts.getPreEmitDiagnostics(program);
    assert.deepEqual(
      found.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n")),
      [],
    );
    const own = readFileSync(declarations, "utf8").split("export type InitInput")[0];
    assert.doesNotMatch(/** @type {string} */ (own), /[:<|] *any\b/);
  });
}
