// @ts-check
/** The bytes of a vector, and what can be made of them. */

/**
 * @param {string | { repeat: string, times: number }} value Hexadecimal digits, or some that are repeated.
 * @returns {Uint8Array<ArrayBuffer>}
 */
export function bytesOf(value) {
  if (typeof value === "string") {
    const bytes = new Uint8Array(value.length / 2);
    for (let i = 0; i < bytes.length; i++) {
      bytes[i] = Number.parseInt(value.slice(2 * i, 2 * i + 2), 16);
    }
    return bytes;
  }
  const part = bytesOf(value.repeat);
  const bytes = new Uint8Array(part.length * value.times);
  for (let offset = 0; offset < bytes.length; offset += part.length) {
    bytes.set(part, offset);
  }
  return bytes;
}

/**
 * The text that these bytes are the UTF-8 of; nothing where there is none.
 *
 * @param {Uint8Array} bytes
 * @returns {string | undefined}
 */
export function textOf(bytes) {
  let text;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
  // A decoder that dropped a byte-order mark would make another payload.
  return hexOf(new TextEncoder().encode(text)) === hexOf(bytes) ? text : undefined;
}

/** @param {Uint8Array} bytes */
const hexOf = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

/**
 * Pieces of many sizes: around the blocks of SHA-256 and the 64 KiB area, and
 * an empty one.
 *
 * @param {Uint8Array} bytes
 */
export function* unevenPieces(bytes) {
  const sizes = [1, 63, 0, 64, 65, 7, 1000, 65_536, 3, 65_537, 128, 70_001];
  for (let offset = 0, i = 0; offset < bytes.length || i === 0; i++) {
    const end = offset + /** @type {number} */ (sizes[i % sizes.length]);
    yield bytes.subarray(offset, end);
    offset = end;
  }
}

/**
 * Another token: its last digit is the next one.
 *
 * @param {string} token
 */
export const withLastDigitChanged = (token) =>
  token.slice(0, -1) + (Number.parseInt(token.slice(-1), 16) ^ 1).toString(16);
