import type { EventProblem } from "../generated/tables.js";
import { type Bytes, payloadBytes } from "./bytes.js";
import { WebhookError } from "./error.js";
import { once, platform } from "./platform.js";

export type { KnownEvent, KnownEventName, PayloadByName } from "../generated/events.js";

/**
 * An event, as the Console sends it. Unknown keys are kept: payloads have grown
 * with every Console.
 */
export interface WebhookEvent<Name extends string = string, Payload = Record<string, unknown>> {
  /** Which event it is, for example `project_created`. */
  readonly eventName: Name;
  /** When it was emitted, in milliseconds since the Unix epoch. */
  readonly eventTimestamp: number;
  /** The data of the event. */
  readonly payload: Payload;
}

// `fatal`: bytes that are not UTF-8 are an error, not U+FFFD. `ignoreBOM`: a
// byte-order mark is kept, so that JSON refuses it as Rust does.
const decoder = /* @__PURE__ */ once(() => new (platform("TextDecoder"))("utf-8", { fatal: true, ignoreBOM: true }));

/**
 * Reads the event from a payload that verified. Never call it on any other.
 *
 * @throws TypeError for a payload that is neither a string nor bytes.
 * @throws WebhookError `event_malformed` when it is not a JSON object with
 * `eventName` (a string, not empty), `eventTimestamp` (an integer from 0 to
 * 2⁵³ − 1) and `payload` (an object); its `reason` says which of them is wrong.
 *
 * @example
 * ```ts
 * import { parseEvent } from "mia-webhooks";
 *
 * const event = parseEvent('{"eventName":"tag_created","eventTimestamp":1767225600000,"payload":{}}');
 * event.eventName; // "tag_created"
 * ```
 */
export function parseEvent(payload: Bytes): WebhookEvent {
  const bytes = payloadBytes(payload);
  const utf8 = decoder();
  let event: unknown;
  let reason: EventProblem | undefined = "not_utf8";
  try {
    const text = utf8.decode(bytes);
    reason = "not_json";
    event = JSON.parse(text);
    reason = problemOf(event);
  } catch {
    // The reason says what failed.
  }
  if (reason !== undefined) {
    throw new WebhookError("event_malformed", { reason, detail: `Reason: ${reason}.` });
  }
  return event as WebhookEvent;
}

function problemOf(event: unknown): EventProblem | undefined {
  if (!isObject(event)) {
    return "not_an_object";
  }
  const { eventName, eventTimestamp, payload } = event;
  return (
    missingOr("event_name", eventName, typeof eventName === "string", "type") ??
    missingOr("event_name", eventName, eventName !== "", "empty") ??
    missingOr("event_timestamp", eventTimestamp, typeof eventTimestamp === "number", "type") ??
    missingOr(
      "event_timestamp",
      eventTimestamp,
      Number.isSafeInteger(eventTimestamp) && (eventTimestamp as number) >= 0,
      "range",
    ) ??
    missingOr("payload", payload, isObject(payload), "type")
  );
}

const missingOr = <Name extends string, Problem extends string>(
  name: Name,
  value: unknown,
  isRight: boolean,
  problem: Problem,
) => (isRight ? undefined : (`${name}_${value === undefined ? "missing" : problem}` as const));

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
