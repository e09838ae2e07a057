/** Which events belong to a subscription. */

import type { WebhookEvent } from "./event.js";
import { COMPANY_ID_PATHS, PROJECT_ID_PATHS } from "./generated/tables.js";

/** The filters of a subscription; an event has to match every one that is given. */
export interface Scope {
  /** Only events of this company. */
  readonly tenantId?: string | undefined;
  /** Only events of this project: its database id or the one that people read. */
  readonly projectId?: string | undefined;
  /** Only events of this name, or of one of these names. */
  readonly eventName?: string | readonly string[] | undefined;
}

/** Whether an event belongs to a scope. */
export function isInScope(event: WebhookEvent, { tenantId, projectId, eventName }: Scope): boolean {
  return (
    (eventName === undefined || [eventName].flat().includes(event.eventName)) &&
    (tenantId === undefined || carries(event, COMPANY_ID_PATHS, tenantId)) &&
    (projectId === undefined || carries(event, PROJECT_ID_PATHS, projectId))
  );
}

const carries = (event: WebhookEvent, paths: readonly (readonly string[])[], id: string): boolean =>
  paths.some((path) => path.reduce<unknown>(property, event) === id);

const property = (value: unknown, key: string): unknown =>
  typeof value === "object" && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined;
