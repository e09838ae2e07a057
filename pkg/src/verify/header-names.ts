import { MAX_TOKENS, TOKEN_HEADERS } from "../generated/tables.js";

/** RFC 9110, section 5.6.2. */
export const HEADER_NAME = /^[\w!#$%&'*+.^`|~-]+$/;

/** Checks the names of the headers that may carry the token. */
export function tokenHeaderNames(names: readonly string[] = TOKEN_HEADERS): readonly string[] {
  const isList = Array.isArray(names);
  if (!isList || names.length === 0 || names.length > MAX_TOKENS || !names.every((name) => HEADER_NAME.test(name))) {
    throw new (isList ? RangeError : TypeError)(`headerNames must hold 1 to ${MAX_TOKENS} names of headers`);
  }
  return names;
}
