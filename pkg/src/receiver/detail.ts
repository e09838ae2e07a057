/** What the log shows of an error, where nothing else gets it. */

import { WebhookError } from "../index.js";
import type { Result } from "./create-receiver.js";

/**
 * What the receiver's own side threw: its handler, its origin, its store, or the receiver
 * itself. `undefined` for what a sender does wrong, whose cause says nothing to the
 * operator, and for a function that holds secrets, whose error may quote one.
 */
export function detailOf({ code, status }: Pick<Result, "code" | "status">, error: unknown): string | undefined {
  const isOurs = error instanceof WebhookError;
  const thrown = isOurs ? error.cause : error;
  if (thrown === undefined || (isOurs && status < 500) || code === "secrets_unavailable") {
    return undefined;
  }
  // Of a handler also where it threw: it is the operator's own program.
  const { stack } = thrown as { readonly stack?: unknown };
  return code === "handler_failed" && typeof stack === "string" ? stack.slice(0, 1_000) : String(thrown).slice(0, 300);
}
