/** The codes that only a receiver answers with, beside those of verifying. */

import { type Code, WebhookError, rowOf } from "./error.js";
import { CODES, type CodeRow, RECEIVER_CODES } from "./generated/tables.js";

/** The row of any code. */
export const row = (code: Code): CodeRow => (rowOf(RECEIVER_CODES, code) ?? rowOf(CODES, code)) as CodeRow;

/** An error of a receiver. */
export const failure = (code: Code, cause?: unknown): WebhookError =>
  new WebhookError(code, { row: row(code), ...(cause !== undefined && { cause }) });
