/** Tells the operator of a ready receiver, who cannot set `onResult`, what its hint points to. */

import { WebhookError } from "../index.js";
import type { Result } from "../receiver.js";
import { logLine } from "./log-line.js";

/** An `onResult` that writes what was thrown by the receiver's own side: its origin, its store, or the receiver itself. */
export function logError({ code, status }: Result, error: unknown): void {
  const isOurs = error instanceof WebhookError;
  const thrown = isOurs ? error.cause : error;
  // What a sender does wrong is no error of ours, and has a cause that the sender chose.
  if (thrown !== undefined && (!isOurs || status >= 500)) {
    console.error(logLine({ message: "mia-webhooks", code, status, detail: String(thrown).slice(0, 300) }));
  }
}
