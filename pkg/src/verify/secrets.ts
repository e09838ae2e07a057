/** The secrets of a subscription, in every form that a caller may pass. */

import { accepted } from "./answer.js";
import { type Bytes, toBytes, typeName } from "./bytes.js";
import { checkSecrets } from "./engine.js";
import { WebhookError } from "./error.js";
import { namedSecrets } from "./named-secrets.js";

/** A shared secret: its bytes, or a string, which stands for its UTF-8. Never trimmed. */
export type Secret = Bytes;

/**
 * One secret, several (the current one and older ones that are being rotated out),
 * or several with a name each, which {@link Match.secretId} then tells. At most 8,
 * of at most 4096 bytes each. A name such as `secret`, `value` or `id` is refused: then
 * the record is one secret with what belongs to it, and not several secrets.
 */
export type Secrets = Secret | readonly Secret[] | Readonly<Record<string, Secret>>;

/** Secrets that were checked, and the name of each. */
export interface SecretSet {
  readonly bytes: readonly Uint8Array[];
  readonly names: readonly string[];
  /** The same bytes, one after the other, where they are kept: eight writes take a twentieth of a verify. */
  readonly joined?: Uint8Array;
}

let last: { text: string; set: SecretSet } | undefined;

/**
 * Checks secrets, and returns them as bytes. The string of the last call is not
 * encoded again, which makes `verify(payload, token, secret)` as fast as a
 * `Verifier`.
 *
 * @throws TypeError for anything that is not a secret.
 * @throws WebhookError `secret_missing`, `secret_empty`, `secret_placeholder`,
 * `secret_too_long`, `secret_too_many`, `secret_suffix`.
 */
export function secretSet(secrets: Secrets): SecretSet {
  if (typeof secrets === "string" && last?.text === secrets) {
    return last.set;
  }
  if (secrets === undefined || secrets === null) {
    throw new WebhookError("secret_missing");
  }
  const named = namedSecrets(secrets);
  if (named === undefined) {
    throw new TypeError(`secrets must be a secret, a list or a record of secrets, not ${typeName(secrets)}`);
  }
  const set = {
    bytes: named.map(([name, secret]) => secretBytes(secret, name)),
    names: named.map(([name]) => name),
  };
  accepted(checkSecrets(set.bytes));
  if (typeof secrets === "string") {
    last = { text: secrets, set };
  }
  return set;
}

/** Copies secrets, so that the caller's later changes to its bytes have no effect. */
export function keptSecrets({ bytes, names }: SecretSet): SecretSet {
  const joined = new Uint8Array(bytes.reduce((sum, { length }) => sum + length, 0));
  let end = 0;
  const copies = bytes.map((secret) => {
    joined.set(secret, end);
    return joined.subarray(end, (end += secret.length));
  });
  return { bytes: copies, names, joined };
}

/** As {@link secretSet}, for one secret. */
export const oneSecret = (secret: Secret): SecretSet => {
  const set = secretSet(secret);
  if (set.bytes.length > 1) {
    throw new TypeError("secret must be one secret, not several");
  }
  return set;
};

function secretBytes(secret: Secret, name: string): Uint8Array {
  // `{ secret, id }` is one record of a secret, and its id would be a secret that anybody guesses.
  if (/^(secret|value|key|k?id|name|type|alg(orithm)?)$/i.test(name)) {
    throw new TypeError(`secrets: ${name} is not the name of a secret; pass the secret itself`);
  }
  if (secret === undefined || secret === null) {
    throw new WebhookError("secret_missing", { detail: `It is the one named ${JSON.stringify(name)}.` });
  }
  return toBytes(secret, "secret");
}
