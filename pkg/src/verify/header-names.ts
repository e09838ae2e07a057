import { MAX_TOKENS, TOKEN_HEADERS } from "../generated/tables.js";

/** Checks the names of the headers that may carry the token. */
export function tokenHeaderNames(names: readonly string[] = TOKEN_HEADERS): readonly string[] {
  // RFC 9110, section 5.6.2.
  if (names.length === 0 || names.length > MAX_TOKENS || !names.every((name) => /^[\w!#$%&'*+.^`|~-]+$/.test(name))) {
    throw new RangeError(`headerNames must hold 1 to ${MAX_TOKENS} names of headers`);
  }
  return names;
}
