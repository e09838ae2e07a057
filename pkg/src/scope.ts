/** Which events a subscription brings. The twin of src/scope.rs, held to it by vectors. */

import type { WebhookEvent } from "./event.js";
import {
  COMPANY_ID_PATHS,
  EVENT_ALIASES,
  NOT_DELIVERED,
  type NotDelivered,
  PROJECT_ID_PATHS,
} from "./generated/tables.js";

export type { NotDelivered };

/** The filters of a subscription; an event has to match every one that is given. */
export interface Scope {
  /** Only events of this company. */
  readonly tenantId?: string | undefined;
  /** Only events of this project: its database id or the one that people read. */
  readonly projectId?: string | undefined;
  /** Only events of this name, or of one of these names. */
  readonly eventName?: string | readonly string[] | undefined;
}

/** Whether a subscription brings an event, or why not. */
export type Delivers =
  | { readonly delivered: true }
  | { readonly delivered: false; readonly reason: NotDelivered; readonly message: string };

/**
 * Whether the Console delivers an event to a subscription.
 *
 * Filters are compared in the order name, company, project. A project's filter
 * matches its database id or the id that people read; a company's matches
 * wherever the event carries it. Older names of an event count as the event.
 *
 * @throws TypeError for an event without `eventName` or `payload`.
 *
 * @example
 * ```ts
 * import { delivers } from "mia-webhooks/subscription";
 *
 * const event = { eventName: "tag_created", eventTimestamp: 1767225600000, payload: { projectId: "shop" } };
 * delivers({ eventName: "tag_created", projectId: "shop" }, event).delivered; // true
 * const answer = delivers({ eventName: "tag_deleted" }, event);
 * answer.delivered ? undefined : answer.reason; // "event_name_differs"
 * ```
 */
export function delivers(subscription: Scope, event: WebhookEvent): Delivers {
  if (typeof event?.eventName !== "string" || typeof event.payload !== "object") {
    throw new TypeError("event must have an eventName and a payload; read it with parseEvent");
  }
  const reason = whyNot(subscription, event);
  return reason === undefined
    ? { delivered: true }
    : { delivered: false, reason, message: NOT_DELIVERED[reason] };
}

/** The first filter that an event does not match. */
export function whyNot({ tenantId, projectId, eventName }: Scope, event: WebhookEvent): NotDelivered | undefined {
  if (eventName !== undefined && ![eventName].flat().some((name) => isSame(name, event.eventName))) {
    return "event_name_differs";
  }
  return (
    carries(event, COMPANY_ID_PATHS, tenantId, "company_absent", "company_differs") ??
    carries(event, PROJECT_ID_PATHS, projectId, "project_absent", "project_differs")
  );
}

const isSame = (one: string, other: string): boolean => newestName(one) === newestName(other);

const newestName = (name: string): string =>
  Object.hasOwn(EVENT_ALIASES, name) ? (EVENT_ALIASES[name] as string) : name;

function carries(
  event: WebhookEvent,
  paths: readonly (readonly string[])[],
  id: string | undefined,
  absent: NotDelivered,
  differs: NotDelivered,
): NotDelivered | undefined {
  const ids = paths.map((path) => path.reduce<unknown>(property, event)).filter((id) => typeof id === "string");
  return id === undefined || ids.includes(id) ? undefined : ids.length === 0 ? absent : differs;
}

const property = (value: unknown, key: string): unknown =>
  typeof value === "object" && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined;
