/**
 * Test your own handlers: events to send, signed requests, and a clock for the guard.
 *
 * @packageDocumentation
 */

export type { Bytes, KnownEvent, KnownEventName, PayloadByName, Secret, WebhookEvent } from "./index.js";
export { type ExampleEvent, type ExampleOverrides, type Overrides, exampleEvent } from "./testing/example-event.js";
export {
  type SignedPayload,
  type SignedPayloadOptions,
  type SignedRequestOptions,
  signedPayload,
  signedRequest,
} from "./testing/signed.js";
export { type TestClock, testClock } from "./testing/test-clock.js";
