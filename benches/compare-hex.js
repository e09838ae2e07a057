// @ts-check
/**
 * What a careful user of a bare hash writes by hand: a comparison of the token's
 * digits with a digest, without a branch that depends on where they differ.
 */

const GRAMMAR = /^[0-9A-Fa-f]{64}$/;

/**
 * @param {string} token
 * @param {Uint8Array} digest
 */
export function isDigest(token, digest) {
  if (!GRAMMAR.test(token) || digest.length !== 32) {
    return false;
  }
  let different = 0;
  for (let i = 0; i < 32; i++) {
    different |= ((digit(token.charCodeAt(2 * i)) << 4) | digit(token.charCodeAt(2 * i + 1))) ^ (digest[i] ?? 0);
  }
  return different === 0;
}

/** @param {number} code of 0-9, A-F or a-f */
const digit = (code) => (code & 0xf) + 9 * (code >> 6);
