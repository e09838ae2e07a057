import { type Bytes, payloadBytes } from "./bytes.js";
import { accepted } from "./answer.js";
import { readDigits, signPayload } from "./engine.js";
import { type Secret, oneSecret } from "./secrets.js";

/**
 * Makes the token that the Console would send with a payload:
 * `hex(sha256(payload ++ secret))`.
 *
 * @param payload - The raw body. A string stands for its UTF-8.
 * @returns 64 lower-case hexadecimal digits.
 * @throws TypeError for a payload or a secret that is neither a string nor bytes.
 * @throws WebhookError `secret_…` for a secret that must not be used.
 *
 * @example
 * ```ts
 * import { sign } from "mia-webhooks";
 *
 * sign("abc", "it's a secret to everybody").length; // 64
 * ```
 */
export const sign = (payload: Bytes, secret: Secret): string => {
  const bytes = payloadBytes(payload);
  accepted(signPayload(bytes, oneSecret(secret)));
  return readDigits();
};
