import type { Receiver } from "../../receiver.js";
import { answeringOf } from "../../receiver/host-request.js";
import { isLeft } from "../node/linger.js";
import { requestOf } from "./request.js";
import { send } from "./send.js";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "./types.js";

/** Where webhooks are received, and by what. Fastify takes `prefix` as well. */
export interface FastifyWebhooksOptions {
  /** What answers the requests: `createReceiver` of `mia-webhooks/receiver` makes it. */
  readonly receiver: Receiver;
  /** A path or several, as Fastify writes them, behind `prefix`; `/` by default. */
  readonly path?: string | readonly string[] | undefined;
}

/**
 * A plugin for Fastify 5: `app.register(fastifyWebhooks, { prefix: "/webhook", receiver })`.
 *
 * It reads the body itself, whatever type it has. So `maxBytes` of the receiver is the
 * only limit, and parsers and `bodyLimit` of the application do not matter. It answers
 * through Fastify's reply: hooks see it. Nothing outside of the plugin changes.
 *
 * @throws TypeError, when it is registered, for anything but a receiver.
 *
 * @example
 * ```ts
 * import Fastify from "fastify";
 * import { fastifyWebhooks } from "mia-webhooks/fastify";
 * import { createReceiver } from "mia-webhooks/receiver";
 *
 * const receiver = createReceiver({
 *   secrets: "it's a secret to everybody",
 *   on: { "*": (event) => console.log(event.eventName) },
 * });
 * const app = Fastify();
 * await app.register(fastifyWebhooks, { prefix: "/webhook", receiver });
 * app.hasRoute({ method: "POST", url: "/webhook" }); // true
 * ```
 */
export async function fastifyWebhooks(scope: FastifyInstance, options: FastifyWebhooksOptions): Promise<void> {
  const { receiver, path = "/" } = options;
  if (typeof receiver !== "function") {
    throw new TypeError(
      "fastifyWebhooks needs a receiver: register(fastifyWebhooks, { receiver: createReceiver({ … }) })",
    );
  }
  if (Symbol.for("skip-override") in fastifyWebhooks) {
    throw new TypeError(
      "fastifyWebhooks must not be wrapped in fastify-plugin, which would give its parser and its path to the whole application: register it as it is",
    );
  }
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser("*", (_request, stream: unknown, done: (error: null, body: unknown) => void) =>
    done(null, stream),
  );
  const answering = answeringOf(receiver);
  const answer = async (request: FastifyRequest, reply: FastifyReply) =>
    isLeft(request.raw) ? reply.hijack() : send(await answering(requestOf(request, reply)), request, reply);
  for (const one of [path].flat()) {
    // With `rawBody`, fastify-raw-body leaves these routes alone.
    scope.all(one, { config: { rawBody: false } }, answer);
  }
}
