/** The answer of a ready receiver whose configuration cannot be used. */

import { WebhookError } from "../index.js";
import { problem } from "./answer.js";
import { failure } from "./codes.js";
import { logLine } from "./log-line.js";

/** Refuses the request, and tells the operator why. */
export function misconfigured(error: unknown): Response {
  const { code, hint } = error instanceof WebhookError ? error : failure("configuration_invalid");
  const detail = error instanceof Error ? error.message : undefined;
  console.error(logLine({ message: "mia-webhooks", code, status: 500, detail, hint }));
  return problem(500);
}
