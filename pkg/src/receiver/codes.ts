/** The codes of a receiver: its own, and the codes of verification. */

import { CODES, type CodeRow, RECEIVER_CODES } from "../generated/tables.js";
import { type Code, WebhookError } from "../index.js";
import { rowOf } from "../verify/codes.js";

/**
 * An error with any code, a receiver's own codes included.
 *
 * @param detail - What the operator is told besides the code's hint. It must hold no secret.
 */
export function failure(code: Code, cause?: unknown, detail?: string): WebhookError {
  const row = rowOf(RECEIVER_CODES, code);
  const [name, status, summary, hint] = row ?? [];
  return new WebhookError(code, {
    row: detail === undefined ? row : ([name, status, summary, `${hint} ${detail}`] as CodeRow),
    ...(cause !== undefined && { cause }),
  });
}

/** Turns anything that was thrown into an error with a code. */
export const asFailure = (error: unknown): WebhookError =>
  error instanceof WebhookError ? error : failure("unexpected_error", error);

/** By code: a look through the tables costs more than the rest of a line of the log. */
const HINTS: ReadonlyMap<string, string> = /* @__PURE__ */ new Map(
  [...Object.values(RECEIVER_CODES), ...Object.values(CODES)].map(([code, , , hint]) => [code, hint]),
);

/**
 * What the operator can do about a result; `undefined` if there is nothing to do.
 * An error has its hint with it: to make another one for each refused request would
 * cost a stack trace.
 */
export function hintOf(code: Code, error: unknown): string | undefined {
  const known = error instanceof WebhookError && error.code === code ? error : undefined;
  return (known ? known.hint : HINTS.get(code)) || undefined;
}
