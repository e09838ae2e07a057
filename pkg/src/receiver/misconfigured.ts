/** The answer of a ready receiver whose configuration cannot be used. */

import { WebhookError } from "../index.js";
import { problem, responseOf } from "./answer.js";
import { failure } from "./codes.js";
import { logLine } from "./log-line.js";

/**
 * Refuses the request, and tells the operator why.
 *
 * @param inWords - Says the error's message in the words of who configured the receiver.
 */
export function misconfigured(error: unknown, inWords = (message: string) => message): Response {
  const { code, hint } = error instanceof WebhookError ? error : failure("configuration_invalid");
  const detail = error instanceof Error ? inWords(error.message) : undefined;
  console.error(logLine({ message: "mia-webhooks", code, status: 500, detail, hint }));
  return responseOf(problem(500));
}
