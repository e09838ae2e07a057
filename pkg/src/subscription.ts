/**
 * Subscriptions: whether one is valid, which events it matches, and which events
 * exist.
 *
 * @packageDocumentation
 */

export type {
  Certificate,
  Issue,
  Subscription,
  SubscriptionReport,
  ValidateOptions,
} from "./generated/subscription.js";
export type { IssueCode } from "./generated/tables.js";
export type { KnownEvent, KnownEventName, PayloadByName } from "./index.js";
export { type CatalogueEvent, events } from "./subscription/catalogue.js";
export { type Scope, type ScopeMatch, type ScopeMismatch, matches } from "./subscription/scope.js";
export { receiverOptions, validateSubscription } from "./subscription/validate.js";
