// @ts-check
/** Values made from the bytes and the token of a vector. */

/**
 * The string whose UTF-8 these bytes are; `undefined` where there is none.
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
  // A decoder that drops a byte-order mark would make another payload.
  const again = new TextEncoder().encode(text);
  return again.length === bytes.length && again.every((byte, i) => byte === bytes[i]) ? text : undefined;
}

/**
 * Pieces of many sizes: near the blocks of SHA-256 and the 64 KiB area, and an
 * empty one.
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
 * Another token: its last digit is one higher.
 *
 * @param {string} token
 */
export const withLastDigitChanged = (token) =>
  token.slice(0, -1) + (Number.parseInt(token.slice(-1), 16) ^ 1).toString(16);
