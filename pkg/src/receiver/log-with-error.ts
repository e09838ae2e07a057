/** The log of a ready receiver, whose operator cannot set `onResult`: it has what the hints point to. */

import { WebhookError } from "../index.js";
import type { Result } from "../receiver.js";
import { logLine } from "./log-line.js";

/** An `onResult` that writes the line of `log`, and in it what the receiver's own side threw: its origin, its store, or the receiver itself. */
export function logWithError(result: Result, error: unknown): void {
  const isOurs = error instanceof WebhookError;
  const thrown = isOurs ? error.cause : error;
  // What a sender does wrong can have a cause too, which says nothing to the operator.
  const isShown = thrown !== undefined && (!isOurs || result.status >= 500);
  const detail = isShown ? String(thrown).slice(0, 300) : undefined;
  console.log(logLine({ message: "mia-webhooks", ...result, detail }));
}
