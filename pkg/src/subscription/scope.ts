/** Which events a subscription matches. The twin of src/scope.rs: the same vectors test both. */

import {
  COMPANY_ID_PATHS,
  EVENT_ALIASES,
  PROJECT_ID_PATHS,
  SCOPE_MISMATCHES,
  type ScopeMismatch,
} from "../generated/tables.js";
import type { WebhookEvent } from "../index.js";

export type { ScopeMismatch };

/** The filters of a subscription; an event has to match every one that is given. */
export interface Scope {
  /** Only events of this company. */
  readonly tenantId?: string | undefined;
  /** Only events of this project: its database id or its readable id. */
  readonly projectId?: string | undefined;
  /** Only events of this name, or of one of these names. */
  readonly eventName?: string | readonly string[] | undefined;
}

/** Whether a subscription matches an event, or why not. */
export type ScopeMatch =
  | {
      /** The Console delivers the event. */
      readonly matches: true;
    }
  | {
      /** The Console does not deliver the event. */
      readonly matches: false;
      /** Which filter does not match; stable. */
      readonly reason: ScopeMismatch;
      /** The same in one sentence. */
      readonly message: string;
    };

/**
 * Whether a subscription matches an event, so that the Console delivers it.
 *
 * Filters are compared in the order name, company, project. A project's filter
 * matches its database id or its readable id; a company's filter matches
 * wherever the event carries its id. An older name of an event counts as the event.
 *
 * @throws TypeError for an event without `eventName` or `payload`.
 *
 * @example
 * ```ts
 * import { matches } from "mia-webhooks/subscription";
 *
 * const event = { eventName: "tag_created", eventTimestamp: 1767225600000, payload: { projectId: "shop" } };
 * matches({ eventName: "tag_created", projectId: "shop" }, event).matches; // true
 * const answer = matches({ eventName: "tag_deleted" }, event);
 * answer.matches ? undefined : answer.reason; // "event_name_differs"
 * ```
 */
export function matches(subscription: Scope, event: WebhookEvent): ScopeMatch {
  if (typeof event?.eventName !== "string" || typeof event.payload !== "object") {
    throw new TypeError("event must have an eventName and a payload; read it with parseEvent");
  }
  const reason = mismatch(subscription, event);
  return reason === undefined ? { matches: true } : { matches: false, reason, message: SCOPE_MISMATCHES[reason] };
}

/** The first filter that an event does not match. */
export function mismatch({ tenantId, projectId, eventName }: Scope, event: WebhookEvent): ScopeMismatch | undefined {
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
  absent: ScopeMismatch,
  differs: ScopeMismatch,
): ScopeMismatch | undefined {
  if (id === undefined) {
    return undefined;
  }
  const ids = paths.map((path) => path.reduce<unknown>(property, event)).filter((id) => typeof id === "string");
  return ids.includes(id) ? undefined : ids.length === 0 ? absent : differs;
}

const property = (value: unknown, key: string): unknown =>
  typeof value === "object" && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined;
