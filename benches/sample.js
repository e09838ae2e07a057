// @ts-check
/**
 * The input of every contender: an event of an exact size, its secret, the right
 * token and a forged one.
 *
 * The token is made by WebCrypto, not by the package: an outside oracle finds
 * a contender that is wrong.
 */

/**
 * @typedef {object} Sample
 * @property {Uint8Array} payload
 * @property {string} text The payload again, for contenders that take text only.
 * @property {string} secret
 * @property {Uint8Array} secretBytes
 * @property {string} id The SHA-256 of the payload alone, in hexadecimal digits.
 * @property {string} token 64 lower-case hexadecimal digits.
 * @property {string} forged As the token, with its last digit changed.
 */

export const SECRET = "0f4b3c8a9d2e6f71b5a0c4d8e2f69713"; // 32 bytes
export const encoder = new TextEncoder();

/**
 * @param {number} size
 * @returns {Promise<Sample>}
 */
export async function makeSample(size) {
  const text = eventOf(size);
  const payload = encoder.encode(text);
  const secretBytes = encoder.encode(SECRET);
  const id = toHex(await sha256(payload));
  const token = toHex(await sha256(concat(payload, secretBytes)));
  return { payload, text, secret: SECRET, secretBytes, id, token, forged: forge(token) };
}

/** Secrets of equal length, of which the last is the right one. @param {number} count */
export const secretsOf = (count) =>
  Array.from({ length: count }, (_, i) => SECRET.slice(count - 1 - i) + SECRET.slice(0, count - 1 - i));

/** A project_created event, padded to an exact number of ASCII bytes. @param {number} size */
export function eventOf(size) {
  const event = (/** @type {string} */ padding) =>
    JSON.stringify({
      eventName: "project_created",
      eventTimestamp: 1767225600000,
      payload: { projectId: "my-project", tenantId: "my-company", name: "My project", description: padding },
    });
  return event("x".repeat(size - event("").length));
}

/** @param {Uint8Array} a @param {Uint8Array} b */
export function concat(a, b) {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

/** @param {Uint8Array} bytes */
export const sha256 = async (bytes) =>
  new Uint8Array(await crypto.subtle.digest("SHA-256", /** @type {Uint8Array<ArrayBuffer>} */ (bytes)));

/** @param {Uint8Array} bytes */
export const toHex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

/** The same text with its last character changed. @param {string} text */
export const forge = (text) => text.slice(0, -1) + (text.endsWith("0") ? "1" : "0");
