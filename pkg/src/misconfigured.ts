/** What a ready receiver answers while its configuration cannot be used. */

import { problem } from "./answer.js";
import { type Code, WebhookError } from "./error.js";
import { row } from "./receiver-codes.js";

/** Lets nothing through, and tells the operator why. */
export function misconfigured(error: unknown): Response {
  const code: Code = error instanceof WebhookError ? error.code : "configuration_invalid";
  const detail = error instanceof Error ? error.message : undefined;
  console.error(JSON.stringify({ message: "mia-webhooks", code, status: 500, detail, hint: row(code)[3] }));
  return problem(500);
}
