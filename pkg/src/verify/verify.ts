import { isEager } from "#verify-module";
import { isMatch } from "./answer.js";
import { type Bytes, payloadBytes } from "./bytes.js";
import { findSecret } from "./engine.js";
import { type Secrets, secretSet } from "./secrets.js";

/**
 * A token as it arrived: the value of the header. It is never trusted: anything
 * that is not a string does not verify.
 */
export type Token = string | null | undefined;

/**
 * Whether a token belongs to a payload and one of the secrets.
 *
 * @param payload - The raw body, before any JSON parser. A string stands for its
 * UTF-8.
 * @param token - The value of `X-Mia-Token` or `X-Mia-Signature`. Never makes
 * this function throw.
 * @param secrets - One or several. All are tried, whichever of them matches.
 * @throws TypeError for a payload or a secret that is neither a string nor bytes.
 * @throws WebhookError `secret_…` for secrets that must not be used.
 *
 * @example
 * ```ts
 * import { sign, verify } from "mia-webhooks";
 *
 * const token = sign("payload", "secret");
 * verify("payload", token, "secret"); // true
 * verify("payload!", token, "secret"); // false
 * verify("payload", undefined, "secret"); // false
 * ```
 */
export const verify: (payload: Bytes, token: Token, secrets: Secrets) => boolean = isEager
  ? /* @__PURE__ */ warmUp(verifyToken)
  : verifyToken;

function verifyToken(payload: Bytes, token: Token, secrets: Secrets): boolean {
  const bytes = payloadBytes(payload);
  const set = secretSet(secrets);
  return typeof token === "string" && isMatch(findSecret(bytes, token, set));
}

/**
 * Where the module is made while a Worker starts, this compiles the code that leads
 * to it as well. The first request waits for neither.
 */
function warmUp(verify: typeof verifyToken): typeof verifyToken {
  verify(new Uint8Array(1), "0".repeat(64), "secret");
  return verify;
}
