/** Whether a subscription is valid. */

import type { SubscriptionReport, ValidateOptions } from "../generated/subscription.js";
import { CONFIGURATION_INVALID, MAX_JSON_BYTES } from "../generated/tables.js";
import { WebhookError } from "../index.js";
import { assertWellFormed } from "../verify/bytes.js";
import { validate } from "./engine.js";
import { subscriptionJson } from "./json.js";
import type { Scope } from "./scope.js";

/**
 * Finds everything that is wrong with a subscription, not only the first thing.
 *
 * @param input - The record, or its JSON of at most 1 MiB. Only an object's own
 * enumerable fields count; values that JSON does not have (`undefined`, functions)
 * are left out.
 *
 * @throws TypeError for a string with a lone surrogate, and for an object whose
 * fields cannot be read (a getter that throws).
 * @throws WebhookError `engine_unavailable` where WebAssembly is forbidden.
 *
 * @example
 * ```ts
 * import { validateSubscription } from "mia-webhooks/subscription";
 *
 * const { valid, issues } = validateSubscription({
 *   eventName: "project_creatd",
 *   target: "https://example.org/webhook",
 *   secret: "19ff508aa83a064e6ddbb49962a35c26",
 * });
 * valid; // true
 * issues[0]?.severity; // "warning"
 * issues[0]?.suggestion; // "project_created"
 * ```
 */
export function validateSubscription(input: unknown, options: ValidateOptions = {}): SubscriptionReport {
  const { now = Date.now(), strict = false } = options;
  const time = Number(now);
  if (!Number.isFinite(time)) {
    throw new TypeError("now must be a Date or a number of milliseconds since the Unix epoch");
  }
  const json = typeof input === "string" ? input.slice(0, MAX_JSON_BYTES + 1) : subscriptionJson(input);
  if (json.length <= MAX_JSON_BYTES) {
    assertWellFormed(json, "subscription");
  }
  return validate(json, time, strict);
}

/**
 * A receiver's options from a subscription's record: its secret, and its scope,
 * which the receiver then enforces.
 *
 * @throws WebhookError `configuration_invalid`, naming every issue.
 *
 * @example
 * ```ts
 * import { createReceiver } from "mia-webhooks/receiver";
 * import { receiverOptions } from "mia-webhooks/subscription";
 *
 * const options = receiverOptions({
 *   projectId: "65f1c0ffee0123456789abcd",
 *   eventName: ["tag_created", "tag_deleted"],
 *   target: "https://example.org/webhook",
 *   secret: "19ff508aa83a064e6ddbb49962a35c26",
 * });
 * options.projectId; // "65f1c0ffee0123456789abcd"
 * const receiver = createReceiver({ ...options, origin: "https://origin.example.org/" });
 * ```
 */
export function receiverOptions(
  input: unknown,
  options?: ValidateOptions,
): Required<Pick<Scope, "eventName">> & Scope & { readonly secrets: string } {
  const { subscription, issues } = validateSubscription(input, options);
  if (subscription === undefined) {
    const found = issues.filter(({ severity }) => options?.strict === true || severity === "error");
    throw new WebhookError("configuration_invalid", {
      row: CONFIGURATION_INVALID,
      detail: found.map(({ path, code, message }) => `${path || "/"} ${code}: ${message}`).join(" "),
    });
  }
  const { tenantId, projectId, eventName, secret } = subscription;
  return { tenantId, projectId, eventName, secrets: secret };
}
