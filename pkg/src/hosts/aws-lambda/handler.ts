import type { Receiver } from "../../receiver.js";
import { answeringOf } from "../../receiver/host-request.js";
import { answerOf } from "./answer.js";
import type { LambdaEvent, LambdaResponse } from "./formats.js";
import { requestOf } from "./request.js";

/** What Lambda calls for each request. It needs nothing of the context. */
export type LambdaHandler = (event: LambdaEvent, context?: object) => Promise<LambdaResponse>;

/**
 * Makes the handler of a function that is called through a function URL, through API
 * Gateway (a REST API, or an HTTP API with either version of its format), or by an
 * Application Load Balancer.
 *
 * @throws TypeError for anything but a receiver. The handler itself rejects an event that
 * is not an HTTP request, such as one of a queue, and handles nothing of it.
 *
 * @example
 * ```ts
 * import { lambdaHandler } from "mia-webhooks/aws-lambda";
 * import { createReceiver } from "mia-webhooks/receiver";
 *
 * export const handler = lambdaHandler(
 *   createReceiver({
 *     secrets: "it's a secret to everybody",
 *     on: { "*": (event) => console.log(event.eventName) },
 *     log: () => {},
 *   }),
 * );
 *
 * const answer = await handler({ requestContext: { http: { method: "POST" } }, rawPath: "/webhook", body: "{}" });
 * answer.statusCode; // 401
 * ```
 */
export function lambdaHandler(receiver: Receiver): LambdaHandler {
  if (typeof receiver !== "function") {
    throw new TypeError("lambdaHandler needs a receiver: lambdaHandler(createReceiver({ … }))");
  }
  const answering = answeringOf(receiver);
  return async (event) => answerOf(await answering(requestOf(event)), event);
}
