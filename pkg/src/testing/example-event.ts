/** Events of the catalogue, for tests. */

import { EVENTS } from "../generated/catalogue.js";
import type { KnownEventName, PayloadByName, WebhookEvent } from "../index.js";
import { typeName } from "../verify/bytes.js";
import { akin, nearest, shown } from "../verify/spelling.js";

/** The event of a name, with the type of its payload. */
export type ExampleEvent<Name extends KnownEventName> = WebhookEvent<Name, PayloadByName[Name]>;

/** Any part of a value: records may be given in part, lists only whole. */
export type Overrides<Value> = Value extends readonly unknown[]
  ? Value
  : Value extends object
    ? { readonly [Key in keyof Value]?: Overrides<Value[Key]> | undefined }
    : Value;

/** What differs from the example of the catalogue. */
export interface ExampleOverrides<Name extends KnownEventName> {
  /** Milliseconds since the Unix epoch. */
  readonly eventTimestamp?: number | undefined;
  /** Fields of the payload, at any depth. `undefined` takes a field away. */
  readonly payload?: Overrides<PayloadByName[Name]> | undefined;
}

/**
 * An event as the Console sends it: the example of the catalogue, changed as you like.
 * Each call makes a new one.
 *
 * Its `eventTimestamp` is always 1767225600000, the start of 2026. A receiver with a
 * replay guard finds it too old, unless it has a {@link testClock}.
 *
 * @param name - Which event.
 * @param overrides - Go into the event and its payload, field by field, at any depth. A
 * list takes the place of the whole list, and `undefined` takes a field away.
 * @throws TypeError for a name that is not in the catalogue, and for overrides that no
 * event has. Other events need no example: write them as a record.
 *
 * @example
 * ```ts
 * import { exampleEvent } from "mia-webhooks/testing";
 *
 * const event = exampleEvent("tag_created", { payload: { tagName: "v2.0.0", project: { name: "Rocket" } } });
 * event.payload.tagName; // "v2.0.0"
 * event.payload.project?.name; // "Rocket"
 * event.payload.project?.projectId; // "demo"
 * ```
 */
export function exampleEvent<Name extends KnownEventName>(
  name: Name,
  overrides: ExampleOverrides<Name> = {},
): ExampleEvent<Name> {
  const entry = EVENTS.find(({ eventName }) => eventName === name);
  if (entry === undefined) {
    throw new TypeError(unknown(name));
  }
  if (!isRecord(overrides as unknown)) {
    throw new TypeError(`overrides must be a record such as { payload: { … } }, not ${typeName(overrides)}`);
  }
  for (const field of Object.keys(overrides)) {
    if (field === "eventTimestamp" || field === "payload") {
      continue;
    }
    const isOfPayload = entry.fields.some(({ path }) => path === `payload.${field}`);
    throw new TypeError(
      isOfPayload
        ? `overrides: ${field} is a field of the payload: write { payload: { ${field}: … } }`
        : `overrides: an event has no ${shown(field)}, only eventTimestamp and payload`,
    );
  }
  const { eventName, eventTimestamp, payload } = entry.example;
  return {
    eventName,
    eventTimestamp: overrides.eventTimestamp ?? eventTimestamp,
    payload: merged(payload, overrides.payload ?? {}),
  } as unknown as ExampleEvent<Name>;
}

function unknown(name: unknown): string {
  const known = EVENTS.map(({ eventName }) => eventName);
  if (typeof name !== "string") {
    return `name must be the name of an event, such as "${known[0]}", not ${typeName(name)}`;
  }
  const near = nearest(name, known) ?? akin(name, known);
  return near === undefined
    ? `no example of ${shown(name)}: the catalogue has ${known.join(", ")}. Write any other event as a record: { eventName, eventTimestamp, payload }`
    : `no example of ${shown(name)}: did you mean "${near}"?`;
}

/** A copy of a value, with another one laid over it where both are records. */
function merged(value: unknown, over: unknown): unknown {
  if (!isRecord(value) || !isRecord(over)) {
    return over;
  }
  const keys = new Set([...Object.keys(value), ...Object.keys(over)]);
  // Not by assignment: `__proto__` would not become a field.
  return Object.fromEntries(
    [...keys].flatMap((key) => {
      const result = Object.hasOwn(over, key) ? merged(value[key], over[key]) : copied(value[key]);
      return result === undefined ? [] : [[key, result]];
    }),
  );
}

/** Not `structuredClone`, which Jest's jsdom lacks. */
const copied = (value: unknown): unknown =>
  Array.isArray(value) ? value.map(copied) : isRecord(value) ? merged(value, {}) : value;

/** Whether it is a record, of any realm. */
function isRecord(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return false;
  }
  const prototype = Object.getPrototypeOf(value) as object | null;
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
