/** The one error class of the package. */

import { CODES, type Code, type CodeRow, type EventProblem } from "../generated/tables.js";
import { rowOf } from "./codes.js";

export type { Code, EventProblem };

/** What an error may hold besides its code. */
export interface WebhookErrorOptions {
  /** What caused the error. */
  readonly cause?: unknown;
  /** A sentence for the operator, added to the message. */
  readonly detail?: string | undefined;
  /** Which part is wrong. */
  readonly reason?: EventProblem | undefined;
}

/**
 * Something is wrong with a webhook or with a receiver's configuration.
 *
 * Decide by `code`, not by `instanceof`: an application can load an ESM and a
 * CommonJS copy of this package at once.
 *
 * @example
 * ```ts
 * import { WebhookError } from "mia-webhooks";
 *
 * const error = new WebhookError("token_mismatch");
 * error.status; // 401
 * error.message; // "The token does not match this payload and any of the secrets."
 * ```
 */
export class WebhookError extends Error {
  static {
    this.prototype.name = "WebhookError";
  }

  /** Stable; see the table of codes. */
  declare readonly code: Code;
  /** The HTTP status that a receiver answers with. */
  declare readonly status: number;
  /** What the operator can do. Never send it to the sender of the webhook. */
  declare readonly hint: string;
  /** Which part is wrong, for `event_malformed`; stable as the code is. */
  declare readonly reason?: EventProblem | undefined;

  /**
   * @param code - A code of verification. Only a receiver knows the messages and
   * hints of its own codes.
   */
  constructor(code: Code, options?: WebhookErrorOptions);
  /** @internal */
  constructor(code: Code, options?: WebhookErrorOptions & { readonly row?: CodeRow | undefined });
  constructor(code: Code, options?: WebhookErrorOptions & { readonly row?: CodeRow | undefined }) {
    const [, status, summary, hint] = options?.row ?? rowOf(CODES, code) ?? [code, 500, code, ""];
    super(options?.detail === undefined ? summary : `${summary} ${options.detail}`, options);
    this.code = code;
    this.status = status ?? 502;
    this.hint = hint;
    this.reason = options?.reason;
  }
}
