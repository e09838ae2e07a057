/** What callers may pass as bytes, and what a refusal says. */

import assert from "node:assert/strict";
import { runInNewContext } from "node:vm";
import { afterEach, describe, test, vi } from "vitest";
import { Verifier, parseEvent, sign, verify, verifyHeaders } from "../../../pkg/src/index.js";
import { payloadBytes, toBytes, typeName } from "../../../pkg/src/verify/bytes.js";

afterEach(() => vi.restoreAllMocks());

const any = (value: unknown) => value as never;
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const bytes = new TextEncoder().encode("..payload..");

/** Everything that is not bytes. None of it may come back in a message. */
const NOT_BYTES: Record<string, [value: unknown, type: string]> = {
  "a number": [4_242_424_242, "number"],
  "a boolean": [true, "boolean"],
  "a bigint": [4_242_424_242n, "bigint"],
  "a symbol": [Symbol("canary"), "symbol"],
  "a function": [() => "canary", "function"],
  undefined: [undefined, "undefined"],
  null: [null, "null"],
  "a list": [["canary"], "an array"],
  "an object": [{ canary: "canary" }, "object"],
  "a Blob": [new Blob(["canary"]), "object"],
  "an object tagged as a buffer": [{ [Symbol.toStringTag]: "ArrayBuffer", byteLength: 0, canary: 1 }, "object"],
  "an object that looks like bytes": [{ length: 7, byteLength: 7, buffer: new ArrayBuffer(7) }, "object"],
};

describe("the value of an argument never gets into an error", () => {
  for (const [name, [value, type]] of Object.entries(NOT_BYTES)) {
    test(`${name} is named by its type alone`, () => {
      assert.equal(typeName(value), type);
      assert.throws(() => toBytes(any(value), "secret"), {
        name: "TypeError",
        message: `secret must be a string, a Uint8Array or an ArrayBuffer, not ${type}`,
      });
    });

    const message =
      typeof value === "object" && value !== null
        ? "payload must be the raw body, as it came: a string, a Uint8Array or an ArrayBuffer. " +
          "Hash the raw body, before any JSON parser"
        : `payload must be a string, a Uint8Array or an ArrayBuffer, not ${type}`;
    const verifier = new Verifier("secret");
    const calls: Record<string, () => unknown> = {
      sign: () => sign(any(value), "secret"),
      verify: () => verify(any(value), "", "secret"),
      parseEvent: () => parseEvent(any(value)),
      verifyHeaders: () => verifyHeaders(any(value), {}, { secrets: "secret" }),
      "Verifier.verify": () => verifier.verify(any(value), ""),
      "Verifier.match": () => verifier.match(any(value), ""),
      "VerifyStream.update": () => verifier.stream().update(any(value)),
    };
    for (const [call, refused] of Object.entries(calls)) {
      test(`${call} refuses ${name} as payload`, () => assert.throws(refused, { name: "TypeError", message }));
    }
  }
});

describe("bytes are taken in every form", () => {
  const forms: Record<string, ArrayBuffer | ArrayBufferView> = {
    "a Uint8Array": bytes.slice(2, 9),
    "a part of a Uint8Array": bytes.subarray(2, 9),
    "an ArrayBuffer": bytes.slice(2, 9).buffer,
    "a DataView of a part": new DataView(bytes.buffer, 2, 7),
    "a Buffer": Buffer.from("payload"),
    "an ArrayBuffer of another realm": runInNewContext("new Uint8Array([112, 97, 121, 108, 111, 97, 100]).buffer"),
    "a Uint8Array of another realm": runInNewContext(
      "new Uint8Array([0, 112, 97, 121, 108, 111, 97, 100]).subarray(1)",
    ),
  };
  for (const [name, form] of Object.entries(forms)) {
    test(name, () => {
      assert.equal(text(toBytes(form, "payload")), "payload");
      assert.equal(text(payloadBytes(form)), "payload");
    });
  }

  test("a string stands for its UTF-8", () => {
    assert.deepEqual([...toBytes("é😀", "payload")], [0xc3, 0xa9, 0xf0, 0x9f, 0x98, 0x80]);
  });

  test("other views count by bytes, not by elements", () => {
    assert.deepEqual([...toBytes(Uint16Array.of(0x0201, 0x0403), "payload")], [1, 2, 3, 4]);
  });

  test("no bytes at all are bytes", () => {
    for (const empty of ["", new Uint8Array(), new ArrayBuffer(0), new DataView(new ArrayBuffer(0))]) {
      assert.equal(toBytes(empty, "payload").length, 0);
    }
  });

  test("bytes are the same memory, not a copy", () => {
    assert.equal(toBytes(bytes, "payload"), bytes);
    assert.equal(toBytes(bytes.buffer, "payload").buffer, bytes.buffer);
  });
});

describe("bytes that could change or are gone are refused", () => {
  const shared = new SharedArrayBuffer(7);
  for (const value of [shared, new Uint8Array(shared), new DataView(shared)]) {
    test(`shared memory, as ${value.constructor.name}`, () => {
      const message = "payload is shared memory, which can change while it is hashed: pass a copy";
      assert.throws(() => payloadBytes(any(value)), { name: "TypeError", message });
    });
  }

  test("an object that is tagged as shared memory", () => {
    const value = { [Symbol.toStringTag]: "SharedArrayBuffer", byteLength: 0 };
    assert.throws(() => payloadBytes(any(value)), { name: "TypeError", message: /shared memory/ });
  });

  const gone = (make: (buffer: ArrayBuffer) => unknown) => {
    const buffer = new ArrayBuffer(8);
    const value = make(buffer);
    structuredClone(buffer, { transfer: [buffer] });
    return value;
  };
  for (const [name, make] of Object.entries({
    "a buffer": (buffer: ArrayBuffer) => buffer,
    "a Uint8Array": (buffer: ArrayBuffer) => new Uint8Array(buffer),
    "a Uint16Array": (buffer: ArrayBuffer) => new Uint16Array(buffer),
  })) {
    test(`${name} whose memory was transferred away`, () => {
      assert.throws(
        () => toBytes(any(gone(make)), "secret"),
        (error: Error) => {
          assert.equal(error.name, "TypeError");
          assert.equal(error.message, "secret is a detached buffer: its bytes were transferred away");
          assert.ok(error.cause instanceof TypeError);
          return true;
        },
      );
    });
  }
});

describe("a lone surrogate, which has no UTF-8, is refused", () => {
  const message = "secret holds a lone surrogate, which has no UTF-8: pass the bytes instead";
  const check = () => {
    for (const wrong of ["\ud800", "a\udc00", "\udc00\ud800", "canary\ud83d"]) {
      assert.throws(() => toBytes(wrong, "secret"), { name: "TypeError", message });
    }
    assert.equal(text(toBytes("😀", "secret")), "😀");
  };

  test("where strings can say so", check);

  test("where strings cannot say so, as in Node 18", () => {
    const prototype = String.prototype as { isWellFormed?: unknown };
    const own = prototype.isWellFormed;
    delete prototype.isWellFormed;
    try {
      check();
    } finally {
      Object.defineProperty(prototype, "isWellFormed", { value: own, writable: true, configurable: true });
    }
  });
});
