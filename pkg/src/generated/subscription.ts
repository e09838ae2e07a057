// Written by `cargo xtask generate`; edit the tables under src/ instead.

import type { IssueCode } from "./tables.js";

/** A subscription's record, as the Console keeps it. */
export interface Subscription {
  /** Only events of this company are delivered. */
  readonly tenantId?: string | undefined;
  /** Only events of this project are delivered: its database id, or its readable id. */
  readonly projectId?: string | undefined;
  /** The event to listen to, or a list of events. Unknown names are allowed. */
  readonly eventName: string | readonly string[];
  /** The URL of the HTTP endpoint that receives the events: absolute, https or http. */
  readonly target: string;
  /** The certificate authority of the target, as base64 of its PEM. */
  readonly base64CA?: string | undefined;
  /** The shared secret, best 32 random bytes or more. It is hashed after the payload, exactly as it is. */
  readonly secret: string;
  /** The proxy through which the target is reached. */
  readonly proxy?: { readonly url: string } | undefined;
}

/** One finding. Contains no part of a secret or a private key. */
export interface Issue {
  /** The place: a JSON pointer (RFC 6901), `""` for all of it. */
  readonly path: string;
  readonly code: IssueCode;
  /** With an error, the Console cannot accept the subscription or nobody can have meant it. With a warning, it works, but is unsafe or a part of it has no effect. */
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
  readonly coverage?: { readonly kind: "instance" | "company" | "project"; readonly text: string };
  /** What `base64CA` holds, when it could be read, and how it was given. */
  readonly authority?: {
    readonly form: "pem" | "base64-pem" | "base64-der";
    readonly certificates: readonly Certificate[];
  };
}

/** How a subscription is validated. */
export interface ValidateOptions {
  /** The time at which certificates must be valid: a date, or milliseconds since the Unix epoch. Now by default. */
  readonly now?: Date | number | undefined;
  /** Whether a warning makes the subscription invalid too. */
  readonly strict?: boolean | undefined;
}

/** The fields of a subscription, in the order in which findings are reported. */
export const SUBSCRIPTION_FIELDS = [
  {"isRequired":false,"name":"tenantId"},
  {"isRequired":false,"name":"projectId"},
  {"isRequired":true,"name":"eventName"},
  {"isRequired":true,"name":"target"},
  {"isRequired":false,"name":"base64CA"},
  {"isRequired":true,"name":"secret"},
  {"isRequired":false,"name":"proxy"},
] as const;
