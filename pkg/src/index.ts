/**
 * Sign and verify Mia-Platform Console webhooks.
 *
 * @packageDocumentation
 */

export { TOKEN_HEADER, TOKEN_HEADERS } from "./generated/tables.js";
export type { Bytes } from "./verify/bytes.js";
export { type Code, type EventProblem, WebhookError, type WebhookErrorOptions } from "./verify/error.js";
export {
  type KnownEvent,
  type KnownEventName,
  type PayloadByName,
  type WebhookEvent,
  parseEvent,
} from "./verify/event.js";
export { generateSecret } from "./verify/generate-secret.js";
export type { RequestHeaders } from "./verify/headers.js";
export type { PayloadLimits } from "./verify/payload-limits.js";
export type { Secret, Secrets } from "./verify/secrets.js";
export { sign } from "./verify/sign.js";
export { signRequest } from "./verify/sign-request.js";
export { type Match, Verifier, VerifyStream } from "./verify/verifier.js";
export { type Token, verify } from "./verify/verify.js";
export { type Delivery, type VerifyOptions, verifyHeaders } from "./verify/verify-headers.js";
export { type VerifyRequestOptions, verifyRequest } from "./verify/verify-request.js";
/** @internal For receivers. */
export { verifyChecked } from "./verify/verify-request.js";
