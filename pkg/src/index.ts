/**
 * Sign and verify Mia-Platform Console webhooks.
 *
 * @packageDocumentation
 */

export type { Bytes } from "./bytes.js";
export { type Code, WebhookError } from "./error.js";
export { type KnownEvent, type KnownEventName, type PayloadByName, type WebhookEvent, parseEvent } from "./event.js";
export { generateSecret } from "./generate-secret.js";
export { TOKEN_HEADER, TOKEN_HEADERS } from "./generated/tables.js";
export type { PayloadLimits } from "./read-payload.js";
export type { Secret, Secrets } from "./secrets.js";
export { sign } from "./sign.js";
export { signRequest } from "./sign-request.js";
export { type Token, verify } from "./verify.js";
export { type Match, Verifier, VerifyStream } from "./verifier.js";
export { type Delivery, type VerifyRequestOptions, verifyRequest } from "./verify-request.js";
