// @ts-check
/**
 * A receiver that is flooded: its first argument says in which framework, its second at
 * which port. It prints each event that it handles, and each connection.
 */

import { Readable } from "node:stream";
import { fastifyWebhooks } from "mia-webhooks/fastify";
import { nodeListener } from "mia-webhooks/node";
import { createReceiver } from "mia-webhooks/receiver";

const [framework = "", number] = process.argv.slice(2);
const port = Number(number);

const receiver = createReceiver({
  secrets: process.env["MIA_WEBHOOK_SECRET"] ?? "",
  on: { "*": ({ payload }) => console.log(`handled ${payload["number"]}`) },
  // A busy machine may be slow; how long a body may take is tested elsewhere.
  bodyTimeoutMs: 120_000,
  // One line for each request would be most of the work.
  log: () => {},
});
const listen = nodeListener(receiver);

/** @type {Record<string, () => Promise<import("node:events").EventEmitter>>} Each starts a server. */
const STARTS = {
  async "node:http"() {
    const { createServer } = await import("node:http");
    return createServer(listen).listen(port);
  },

  async "node:http2"() {
    const { createServer } = await import("node:http2");
    return createServer(/** @type {any} */ (listen)).listen(port);
  },

  async Express() {
    const { default: express } = /** @type {any} */ (await import(String("express")));
    const app = express();
    app.use("/webhook", listen);
    return app.listen(port);
  },

  async Koa() {
    const { default: Koa } = /** @type {any} */ (await import(String("koa")));
    const app = new Koa();
    app.use((/** @type {any} */ context) => {
      context.respond = false;
      return listen(context.req, context.res);
    });
    return app.listen(port);
  },

  Fastify: () => startFastify({}),
  "Fastify with HTTP/2": () => startFastify({ http2: true }),

  /** What people write who do not know: it answers before it has read, and keeps the connection. */
  async "a naive adapter"() {
    const { createServer } = await import("node:http");
    return createServer(async (incoming, outgoing) => {
      const init = { method: "POST", headers: /** @type {any} */ (incoming.headers), duplex: "half" };
      const request = new Request("http://receiver/", { ...init, body: /** @type {any} */ (Readable.toWeb(incoming)) });
      // Without the receiver's own reading of the rest, which needs the stream.
      const response = request.headers.has("x-mia-token")
        ? await receiver(request)
        : new Response(null, { status: 401 });
      outgoing.writeHead(response.status).end(await response.text());
    }).listen(port);
  },
};

/** @param {{ http2?: boolean }} options */
async function startFastify(options) {
  const { default: Fastify } = await import("fastify");
  const app = Fastify(/** @type {{}} */ (options));
  app.register(fastifyWebhooks, { prefix: "/webhook", receiver });
  await app.listen({ port });
  return app.server;
}

const server = await STARTS[framework]?.();
server?.on("connection", () => console.log("connection"));
