/** The one error class, and its table of codes. */

import { CODES, type Code } from "./generated/tables.js";

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

  constructor(code: Code, options?: { cause?: unknown; detail?: string }) {
    const [, status, summary, hint] = row(code);
    super(options?.detail === undefined ? summary : `${summary} ${options.detail}`, options);
    this.code = code;
    this.status = status ?? 502;
    this.hint = hint;
  }
}

type Row = readonly [code: Code, status: number | null, summary: string, hint: string];

/** The table's row of a code. */
export const row = (code: Code): Row => CODES.find(([name]) => name === code) as Row;

/** The code of a number, as the wasm module answers it. */
export const codeByNumber = (number: number): Code => (CODES as readonly Row[])[number - 1]?.[0] ?? "engine_unavailable";
