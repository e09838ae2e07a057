/** Hexadecimal digits, by each decoder that a runtime may have. */

import assert from "node:assert/strict";
import { afterEach, describe, test, vi } from "vitest";
import { decodeHex } from "../../../pkg/src/wasm/hex.js";

afterEach(() => vi.unstubAllGlobals());

const bytes = Uint8Array.from({ length: 256 }, (_, i) => i);
const digits = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

/** `Uint8Array` as it is without or with its own decoder. */
const withDecoder = (fromHex?: (text: string) => Uint8Array) => {
  class Bytes extends Uint8Array {}
  return Object.assign(Bytes, { fromHex });
};

describe("the bytes are the same", () => {
  test("by the standard's decoder, and no other is asked", () => {
    vi.stubGlobal("Buffer", undefined);
    const right = Uint8Array.of(1);
    vi.stubGlobal(
      "Uint8Array",
      withDecoder((text) => (assert.equal(text, "ff"), right)),
    );
    assert.equal(decodeHex("ff"), right);
  });

  test("by Node's decoder", () => {
    const { Buffer } = globalThis;
    const from = vi.fn((text: string, encoding: "hex") => Buffer.from(text, encoding));
    vi.stubGlobal("Uint8Array", withDecoder());
    vi.stubGlobal("Buffer", { from });
    assert.deepEqual([...decodeHex(digits)], [...bytes]);
    assert.deepEqual(from.mock.calls, [[digits, "hex"]]);
  });

  test("by the loop, where there is neither", () => {
    vi.stubGlobal("Uint8Array", withDecoder());
    vi.stubGlobal("Buffer", undefined);
    const decoded = decodeHex(digits);
    vi.unstubAllGlobals();
    assert.deepEqual([...decoded], [...bytes]);
  });
});
