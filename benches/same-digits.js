// @ts-check
/** What a careful user of a hash writes that answers in hexadecimal digits. */

/** The digits of a header's value, which may begin with `sha256=`. @param {string} value */
export const digitsOf = (value) => (value.startsWith("sha256=") ? value.slice(7) : value);

/**
 * Whether a token has the digits of a digest, without a branch that depends on where
 * they differ. Nothing but A to F becomes a digit in lower case.
 *
 * @param {string} token
 * @param {string} digits
 */
export function sameDigits(token, digits) {
  const lower = token.toLowerCase();
  if (lower.length !== 64) {
    return false;
  }
  let different = 0;
  for (let i = 0; i < 64; i++) {
    different |= lower.charCodeAt(i) ^ digits.charCodeAt(i);
  }
  return different === 0;
}
