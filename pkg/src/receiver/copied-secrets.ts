/** What a function for secrets returns, as a copy that runs nobody's code when it is read. */

import type { Secret, Secrets } from "../index.js";
import { isBuffer, toBytes } from "../verify/bytes.js";
import { namedSecrets } from "../verify/named-secrets.js";

/**
 * Copies secrets. What is no secret becomes something of the same kind, which is then
 * refused with the same words, but without a getter or a proxy whose error could show a secret.
 *
 * @throws whatever the getters and proxies of what was given throw.
 */
export function copiedSecrets(given: Secrets | undefined): Secrets | undefined {
  if (typeof given !== "object" || given === null || isBytes(given)) {
    return copied(given as Secret);
  }
  if (Array.isArray(given)) {
    return Array.from(given as readonly Secret[], copied);
  }
  const named = namedSecrets(given);
  // Not a record: its class is named in the error.
  return named === undefined
    ? (Object.create({ constructor: { name: given.constructor?.name } }) as Secrets)
    : Object.fromEntries(named.map(([name, secret]) => [name, copied(secret)]));
}

function copied(secret: Secret): Secret {
  if (typeof secret === "function") {
    return (() => {}) as never;
  }
  if (typeof secret !== "object" || secret === null) {
    return secret;
  }
  if (isBytes(secret)) {
    return toBytes(secret, "secret").slice();
  }
  return (Array.isArray(secret) ? [] : {}) as never;
}

const isBytes = (value: unknown): value is ArrayBuffer | ArrayBufferView =>
  ArrayBuffer.isView(value) || isBuffer(value);
