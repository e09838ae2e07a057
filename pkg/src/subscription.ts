/**
 * Subscriptions: whether one is right, which events it brings, and what events
 * there are.
 *
 * @packageDocumentation
 */

import { assertWellFormed } from "./bytes.js";
import { EVENTS } from "./generated/catalogue.js";
import { type IssueCode, MAX_JSON_BYTES } from "./generated/tables.js";
import { WebhookError } from "./index.js";
import type { Scope } from "./scope.js";
import { subscriptionJson } from "./subscription-json.js";
import { validate } from "./tools.js";

export type { KnownEvent, KnownEventName, PayloadByName } from "./event.js";
export type { IssueCode } from "./generated/tables.js";
export { type Delivers, type NotDelivered, type Scope, delivers } from "./scope.js";

/** A subscription's record, as the Console keeps it. */
export interface Subscription extends Scope {
  readonly eventName: string | readonly string[];
  /** The URL that receives the events. */
  readonly target: string;
  /** The certificate authority of the target: base64 of its PEM. */
  readonly base64CA?: string;
  /** The shared secret. */
  readonly secret: string;
  /** The proxy through which the target is reached. */
  readonly proxy?: { readonly url: string };
}

/** One finding. Holds nothing of a secret or a private key. */
export interface Issue {
  /** Where: a JSON pointer (RFC 6901), `""` for all of it. */
  readonly path: string;
  readonly code: IssueCode;
  /** An error is what the Console cannot take or what surely was not meant; a warning works, but is unsafe or has no effect. */
  readonly severity: "error" | "warning";
  /** What is wrong. */
  readonly message: string;
  /** What to do about it. */
  readonly fix: string;
  /** What was most likely meant. */
  readonly suggestion?: string;
}

/** A certificate of `base64CA`. Its signature is not checked: the Console does that when it connects. */
export interface Certificate {
  /** Whose it is, as RFC 4514 writes names. */
  readonly subject: string;
  /** Who signed it. */
  readonly issuer: string;
  /** Valid from, in milliseconds since the Unix epoch. */
  readonly notBefore: number;
  /** Valid until, in milliseconds since the Unix epoch. */
  readonly notAfter: number;
  /** Whether it may sign other certificates. */
  readonly isAuthority: boolean;
  /** The SHA-256 of its DER: 64 lower-case hexadecimal digits. */
  readonly fingerprint: string;
}

/** What validation found. */
export interface SubscriptionReport {
  /** No error, and with `strict` no warning. */
  readonly valid: boolean;
  /** Everything that was found, field by field. */
  readonly issues: readonly Issue[];
  /** The subscription when it is valid: as it was given, the proxy nested, the certificate as base64 of PEM. */
  readonly subscription?: Subscription;
  /** What it covers, when it is valid. */
  readonly scope?: { readonly kind: "instance" | "company" | "project"; readonly text: string };
  /** What `base64CA` holds, when that could be read, and how it was given. */
  readonly authority?: {
    readonly form: "pem" | "base64-pem" | "base64-der";
    readonly certificates: readonly Certificate[];
  };
}

/** How a subscription is validated. */
export interface ValidateOptions {
  /** The time at which certificates are judged: a date, or milliseconds since the Unix epoch. Now by default. */
  readonly now?: Date | number | undefined;
  /** Whether a warning makes the subscription invalid too. */
  readonly strict?: boolean | undefined;
}

/**
 * Finds everything that is wrong with a subscription, not only the first thing.
 *
 * @param input - The record, or its JSON of at most 1 MiB. Of an object the own
 * enumerable fields count; what JSON cannot say (`undefined`, functions) is
 * left out.
 *
 * @throws TypeError for a text with a lone surrogate, and for an object whose
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
  return validate(json, time, strict) as SubscriptionReport;
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
      detail: found.map(({ path, code, message }) => `${path || "/"} ${code}: ${message}`).join(" "),
    });
  }
  const { tenantId, projectId, eventName, secret } = subscription;
  return { tenantId, projectId, eventName, secrets: secret };
}

/** An event of the catalogue. */
export interface CatalogueEvent {
  readonly eventName: string;
  /** What the documentation of the Console calls it. */
  readonly title: string;
  /** The first version of the Console whose documentation has it. */
  readonly since: string;
  /** The newer name of the same event. */
  readonly aliasOf?: string;
  /** The event that newer Consoles send instead. */
  readonly supersededBy?: string;
  /** Where it carries its company's id. */
  readonly companyIdPaths: readonly string[];
  /** Where it carries its project's id. */
  readonly projectIdPaths: readonly string[];
  /** The fields of its payload; `[]` stands for each element of a list. */
  readonly fields: readonly {
    readonly path: string;
    readonly type: string;
    readonly isRequired: boolean;
    /** Personal data. */
    readonly isConfidential?: boolean;
  }[];
  /** A valid event. */
  readonly example: {
    readonly eventName: string;
    readonly eventTimestamp: number;
    readonly payload: Readonly<Record<string, unknown>>;
  };
}

/**
 * The catalogue of events. It is open: others are allowed everywhere.
 *
 * @example
 * ```ts
 * import { events } from "mia-webhooks/subscription";
 *
 * events.find(({ eventName }) => eventName === "tag_deleted")?.since; // "14.2.0"
 * ```
 */
export const events: readonly CatalogueEvent[] = EVENTS;
