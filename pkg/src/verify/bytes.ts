/**
 * What callers may pass as bytes, checked before anything crosses into wasm.
 *
 * wasm-bindgen's generated glue silently takes an object or an `ArrayBuffer` for an
 * empty payload, so nothing reaches a module unchecked.
 */

import { encoder } from "./platform.js";

/** Bytes, or a string, which stands for its UTF-8. */
export type Bytes = string | ArrayBuffer | ArrayBufferView;

/** Names a value's type for an error message, never its content. */
export const typeName = (value: unknown): string =>
  value === null ? "null" : Array.isArray(value) ? "an array" : typeof value;

/**
 * The bytes of an argument: the same memory, not a copy, unless it is a string.
 *
 * @throws TypeError for anything that is neither a string nor bytes, and for a
 * string with a lone surrogate, which has no UTF-8.
 */
export function toBytes(value: Bytes, name: string): Uint8Array {
  if (typeof value === "string") {
    return encodeText(value, name);
  }
  // What nearly every call passes. Another view of it would take 100 ns.
  if (value instanceof Uint8Array && value.length > 0 && value.buffer instanceof ArrayBuffer) {
    return value;
  }
  if (ArrayBuffer.isView(value)) {
    return viewOf(value.buffer, name, value);
  }
  // Not `instanceof`: a buffer from another realm (a test runner's, an edge
  // VM's) is a buffer all the same.
  if (isBuffer(value)) {
    return viewOf(value, name, value);
  }
  throw new TypeError(`${name} must be a string, a Uint8Array or an ArrayBuffer, not ${typeName(value)}`);
}

/** The bytes of a payload. A parsed object gets a message of its own. */
export function payloadBytes(payload: Bytes): Uint8Array {
  if (typeof payload === "object" && payload !== null && !ArrayBuffer.isView(payload) && !isBuffer(payload)) {
    throw new TypeError(
      "payload must be the raw body, as it came: a string, a Uint8Array or an ArrayBuffer. " +
        "Hash the raw body, before any JSON parser",
    );
  }
  return toBytes(payload, "payload");
}

const bufferLength = /* @__PURE__ */ Object.getOwnPropertyDescriptor(ArrayBuffer.prototype, "byteLength") as {
  get(): number;
};

/**
 * Whether a value is an `ArrayBuffer` of any realm. The class's own getter decides,
 * because a tag can be forged, and a forged buffer would be signed as no bytes at
 * all. The tag is enough for shared buffers, because they are refused.
 */
export function isBuffer(value: unknown): value is ArrayBufferLike {
  try {
    bufferLength.get.call(value);
    return true;
  } catch {
    return isShared(value);
  }
}

const isShared = (value: unknown): boolean => tag(value) === "[object SharedArrayBuffer]";

export const tag = (value: unknown): string => Object.prototype.toString.call(value);

function encodeText(text: string, name: string): Uint8Array {
  assertWellFormed(text, name);
  return encoder().encode(text);
}

/** @throws TypeError for a string with a lone surrogate, which has no UTF-8. */
export function assertWellFormed(text: string, name: string): void {
  // `isWellFormed` came with Node 20; the expression checks the same, slowly.
  if (!(text.isWellFormed?.() ?? !/\p{Surrogate}/u.test(text))) {
    throw new TypeError(`${name} holds a lone surrogate, which has no UTF-8: pass the bytes instead`);
  }
}

function viewOf(
  buffer: ArrayBufferLike,
  name: string,
  { byteOffset = 0, byteLength }: { byteOffset?: number; byteLength: number },
): Uint8Array {
  if (isShared(buffer)) {
    throw new TypeError(`${name} is shared memory, which can change while it is hashed: pass a copy`);
  }
  try {
    // Throws for a detached buffer, which would otherwise look empty.
    return new Uint8Array(buffer, byteOffset, byteLength);
  } catch (cause) {
    throw new TypeError(`${name} is a detached buffer: its bytes were transferred away`, { cause });
  }
}
