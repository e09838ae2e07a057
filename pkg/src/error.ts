/** The one error class, and its table of codes. */

import { CODES, type Code, type CodeRow } from "./generated/tables.js";

export type { Code };

/**
 * Anything that is wrong with a webhook or with a receiver's configuration.
 *
 * Decide by `code`, not by `instanceof`: an application can hold an ESM and a
 * CommonJS copy of this package at once.
 *
 * @example
 * ```ts
 * import { WebhookError } from "mia-webhooks";
 *
 * const error = new WebhookError("token_mismatch");
 * error.status; // 401
 * error.message; // "The token does not belong to this payload and any of the secrets."
 * ```
 */
export class WebhookError extends Error {
  static {
    this.prototype.name = "WebhookError";
  }

  /** Stable; see the table of codes. */
  readonly code: Code;
  /** The HTTP status that a receiver answers with. */
  readonly status: number;
  /** What the operator can do. Never send it to the caller of the webhook. */
  readonly hint: string;

  /**
   * @param code - One that verifying a request can answer. The message and the
   * hint of a receiver's own codes are known to the receiver.
   */
  constructor(code: Code, options?: { cause?: unknown; detail?: string; /** @internal */ row?: CodeRow | undefined }) {
    const [, status, summary, hint] = options?.row ?? rowOf(CODES, code) ?? [code, 500, code, ""];
    super(options?.detail === undefined ? summary : `${summary} ${options.detail}`, options);
    this.code = code;
    this.status = status ?? 502;
    this.hint = hint;
  }
}

/** A table's row of a code. */
export const rowOf = (rows: Readonly<Record<number, CodeRow>>, code: Code): CodeRow | undefined =>
  Object.values(rows).find(([name]) => name === code);

/** The code of a number, as the `verify` module answers it. */
export const codeByNumber = (number: number): Code => CODES[number]?.[0] ?? "engine_unavailable";
