/**
 * Refuses a record that only looks like several secrets with a name each: every value of
 * it would be a secret, and whoever guesses one of them signs what they like.
 */

import { isBuffer } from "../verify/bytes.js";
import { isPlain } from "../verify/named-secrets.js";
import { encoder } from "../verify/platform.js";
import type { Secret, Secrets } from "../index.js";
import { shown } from "../verify/spelling.js";

/** What stands beside a secret: in a store of secrets, a JSON Web Key, a row of a table, a configuration. */
const FIELDS: ReadonlySet<string> = /* @__PURE__ */ new Set([
  ...["secretstring", "secretbinary", "secretvalue", "values", "keys", "data", "stringdata", "password"],
  ...["k", "kty", "use", "algo", "hash", "hashalgorithm", "digest", "encoding", "format", "charset"],
  ...["uuid", "arn", "label", "title", "description", "comment", "kind", "metadata", "apiversion"],
  ...["version", "versions", "versionstages", "issuer", "owner", "user", "username"],
  ...["created", "updated", "modified", "rotated", "expires", "expiry", "expiration", "ttl", "notbefore", "notafter"],
  ...["enabled", "disabled", "status", "state", "env", "environment", "region", "namespace"],
  ...["header", "headername", "eventname", "url", "origin", "path", "host", "hostname", "port", "method"],
]);

/** Names that end with what is about a secret: `versionId`, `created_at`, `expiry-date`; not `android`. */
const ENDS = /([^A-Za-z](id|at|by|on|date|ID|AT|BY|ON|DATE)|[a-z](I[dD]|At|By|On|Date))$/;

/** Names of which one may stand beside a name with "secret" in it. */
const ROTATION = /secret|old|new|prev|current|next|last|first|former|primary|secondary|fallback|backup|\d/;

/** Shorter ones can be guessed in seconds. */
const SHORT_BYTES = 8;
const LONG_BYTES = 16;

/**
 * @throws TypeError for a record with a name that is a field of something else, with names
 * of an environment, or with a value of under 8 bytes beside one of at least 16. No value
 * is shown.
 */
export function refuseFieldsAsSecrets(secrets: Secrets): void {
  if (typeof secrets !== "object" || ArrayBuffer.isView(secrets) || isBuffer(secrets) || !isPlain(secrets)) {
    return;
  }
  const entries = Object.entries(secrets as Readonly<Record<string, Secret>>);
  const letters = entries.map(([name]) => name.toLowerCase().replace(/[^a-z\d]/g, ""));
  const sizes = entries.map(([, secret]) => sizeOf(secret));
  const isOfEnvironment = letters.some((name) => name.includes("secret"));
  const isLong = sizes.some((size) => size >= LONG_BYTES);
  for (const [index, [name]] of entries.entries()) {
    const own = letters[index] as string;
    if (FIELDS.has(own) || ENDS.test(name) || (isOfEnvironment && !ROTATION.test(own))) {
      throw new TypeError(
        `secrets: ${shown(name)} looks like a field beside a secret, and each value of the record would be a secret. Pass the secret itself, or a record of secrets such as { current, previous }.`,
      );
    }
    if (isLong && (sizes[index] as number) < SHORT_BYTES) {
      throw new TypeError(
        `secrets: ${shown(name)} has under ${SHORT_BYTES} bytes beside a long secret, and each value of the record would be a secret. Pass only secrets, such as { current, previous }.`,
      );
    }
  }
}

const sizeOf = (secret: Secret): number =>
  typeof secret === "string" ? encoder().encode(secret).length : secret.byteLength;
