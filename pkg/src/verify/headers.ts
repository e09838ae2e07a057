/** The headers of a request, in any form that a host has them in. */

import { accepted } from "./answer.js";
import { tag, typeName } from "./bytes.js";
import { checkTokens } from "./engine.js";
import { WebhookError } from "./error.js";

/**
 * The headers of a request: a `Headers`, pairs of name and value, or a record such
 * as Node's `request.headers`. The case of names does not matter.
 */
export type RequestHeaders =
  | Headers
  | Iterable<readonly [name: string, value: string]>
  | Readonly<Record<string, string | readonly string[] | undefined>>;

/**
 * The tokens of a request: the value of each of these headers that it has. Refuses
 * everything that can be refused without the payload.
 *
 * @throws WebhookError `token_missing`, `token_malformed`, `token_mismatch`,
 * `payload_encoded`.
 * @throws TypeError for headers in any other form.
 */
export function readTokens(headers: RequestHeaders, names: readonly string[]): readonly string[] {
  const valueOf = reader(headers);
  const tokens = names.map(valueOf).filter((value) => value !== null);
  accepted(checkTokens(tokens));
  if (!/^(identity)?$/i.test(valueOf("content-encoding") ?? "")) {
    throw new WebhookError("payload_encoded");
  }
  return tokens;
}

/**
 * Finds the value of a header; `null` where it is missing. Several lines of one
 * header are joined by commas (RFC 9110, section 5.3).
 *
 * Not by making a `Headers`: Node loads its whole `fetch` for that, 17 ms.
 */
function reader(headers: RequestHeaders): (name: string) => string | null {
  // By tag, not by `instanceof`: a host may have a class of its own.
  if (tag(headers) === "[object Headers]") {
    return (name) => (headers as Headers).get(name);
  }
  const isObject = typeof headers === "object" && headers !== null;
  const pairs = (
    isObject && Symbol.iterator in headers ? [...headers] : Object.entries(headers ?? {})
  ) as readonly Pair[];
  if (!isObject || !pairs.every(Array.isArray)) {
    throw new TypeError(`headers must be a Headers, pairs or a record, not ${typeName(headers)}`);
  }
  return (name) => {
    const same = pairs.filter(([other]) => other.toLowerCase() === name.toLowerCase());
    const lines = same.flatMap(([, lines]) => lines ?? []).map(trimmed);
    return lines.length ? lines.join(", ") : null;
  };
}

type Pair = readonly [name: string, lines: string | readonly string[] | undefined];

/** Without the spaces and tabs around it, which are not part of a value (RFC 9110, section 5.5). */
function trimmed(value: string): string {
  const inner = value.trim();
  return /[^ \t]/.test(value.replace(inner, "")) ? value : inner;
}
