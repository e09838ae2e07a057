import { type Bytes, payloadBytes } from "./bytes.js";
import { WebhookError } from "./error.js";

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
const decoder = /* @__PURE__ */ new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/**
 * Reads the event from a payload that verified. Never call it on any other.
 *
 * @throws TypeError for a payload that is neither a string nor bytes.
 * @throws WebhookError `event_malformed` when it is not a JSON object with
 * `eventName` (a string, not empty), `eventTimestamp` (an integer from 0 to
 * 2⁵³ − 1) and `payload` (an object).
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
  let event: unknown;
  try {
    event = JSON.parse(decoder.decode(bytes));
  } catch {
    throw new WebhookError("event_malformed", { detail: "It is not JSON." });
  }
  const wrong = problemOf(event);
  if (wrong !== undefined) {
    throw new WebhookError("event_malformed", { detail: wrong });
  }
  return event as WebhookEvent;
}

function problemOf(event: unknown): string | undefined {
  if (!isObject(event)) {
    return "It is not an object.";
  }
  const { eventName, eventTimestamp, payload } = event;
  if (typeof eventName !== "string" || eventName === "") {
    return "eventName is not a text, or empty.";
  }
  if (!Number.isSafeInteger(eventTimestamp) || (eventTimestamp as number) < 0) {
    return "eventTimestamp is not an integer from 0 to 2^53 - 1.";
  }
  return isObject(payload) ? undefined : "payload is not an object.";
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
