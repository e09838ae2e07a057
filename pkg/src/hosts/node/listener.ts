import type { Receiver } from "../../receiver.js";
import { answeringOf, hostRequest } from "../../receiver/host-request.js";
import { answer } from "./answer.js";
import { bodyOf } from "./body.js";
import { cureFor } from "./cures.js";
import { isLeft } from "./linger.js";
import type { NodeRequest, NodeResponse } from "./streams.js";

/** What Node's servers call for each request, and Express, connect and others as middleware. */
export type NodeListener = (
  incoming: NodeRequest,
  outgoing: NodeResponse,
  next?: ((error?: any) => void) | undefined,
) => Promise<void>;

/**
 * Makes a listener for `node:http` and `node:http2`, and for frameworks that stand on
 * them: Express 4 and 5, connect, NestJS as middleware, and Google's Functions
 * Framework. In Koa, set `context.respond` to `false` and call it with `context.req` and
 * `context.res`.
 *
 * It reads the body itself, or takes the bytes that a parser left in `rawBody` or as a
 * `Buffer` in `body`. After a refusal, the connection serves the next request, or is
 * closed.
 *
 * @throws TypeError for anything but a receiver. The listener itself passes an error to
 * `next`, where there is one: never because of what a request holds.
 *
 * @example
 * ```ts
 * import { createServer } from "node:http";
 * import { nodeListener } from "mia-webhooks/node";
 * import { createReceiver } from "mia-webhooks/receiver";
 *
 * const receiver = createReceiver({
 *   secrets: "it's a secret to everybody",
 *   on: { "*": (event) => console.log(event.eventName) },
 * });
 * const server = createServer(nodeListener(receiver));
 * server.listening; // false
 * ```
 */
export function nodeListener(receiver: Receiver): NodeListener {
  if (typeof receiver !== "function") {
    throw new TypeError("nodeListener needs a receiver: nodeListener(createReceiver({ … }))");
  }
  const answering = answeringOf(receiver);
  return async (incoming, outgoing, next) => {
    if (isLeft(incoming)) {
      return;
    }
    try {
      await answer(await answering(requestOf(incoming, outgoing)), incoming, outgoing);
    } catch (error) {
      if (typeof next !== "function") {
        throw error;
      }
      next(error);
    }
  };
}

/** What a receiver uses of a request of Node's. */
export function requestOf(incoming: NodeRequest, outgoing: NodeResponse): Request {
  if (typeof incoming?.on !== "function" || typeof outgoing?.setHeader !== "function") {
    throw new TypeError(
      "nodeListener takes Node's request and response; in Koa call it with context.req and context.res, in Fastify use mia-webhooks/fastify",
    );
  }
  const { method = "", headers } = incoming;
  const body = bodyOf(incoming, outgoing);
  // A router takes its own part of the path away.
  const target = (incoming as { originalUrl?: string }).originalUrl ?? incoming.url ?? "";
  return hostRequest({ method, target, headers, body, cure: body === undefined ? cureFor(incoming) : undefined });
}
