/** The codes of a receiver: its own, and the codes of verification. */

import { RECEIVER_CODES } from "../generated/tables.js";
import { type Code, WebhookError } from "../index.js";
import { rowOf } from "../verify/codes.js";

/** An error with any code, a receiver's own codes included. */
export const failure = (code: Code, cause?: unknown): WebhookError =>
  new WebhookError(code, { row: rowOf(RECEIVER_CODES, code), ...(cause !== undefined && { cause }) });

/** Turns anything that was thrown into an error with a code. */
export const asFailure = (error: unknown): WebhookError =>
  error instanceof WebhookError ? error : failure("unexpected_error", error);

/**
 * What the operator can do about a result; `undefined` if there is nothing to do.
 * An error of verification has its hint with it: to make another one for each
 * refused request would cost a stack trace.
 */
export const hintOf = (code: Code, error: unknown): string | undefined =>
  (rowOf(RECEIVER_CODES, code)?.[3] ?? ((error as WebhookError | undefined) ?? failure(code)).hint) || undefined;
