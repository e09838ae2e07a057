/** What an answer of the `verify` module means. */

import { codeOf } from "./codes.js";
import { WebhookError } from "./error.js";

/**
 * Whether a secret matched. A wrong token means `false`; any other code is an
 * error.
 *
 * @throws WebhookError
 */
export function isMatch(answer: number): boolean {
  if (answer >= 0) {
    return true;
  }
  const code = codeOf(answer);
  if (code.startsWith("token_")) {
    return false;
  }
  throw new WebhookError(code);
}

/** The answer, unless it is a code. @throws WebhookError */
export function accepted(answer: number): number {
  if (answer < 0) {
    throw new WebhookError(codeOf(answer));
  }
  return answer;
}
