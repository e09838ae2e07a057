// @ts-check
/**
 * Each framework three times: with this package's adapter, as its documentation reads a
 * JSON body without verifying anything, and with a receiver that is written by hand. All
 * answer 200 without a body when their handler was called.
 */

import { createServer } from "node:http";
import { createRequire } from "node:module";
import { join } from "node:path";
import { createReceiver } from "mia-webhooks/receiver";
import { nodeListener } from "mia-webhooks/node";
import { fastifyWebhooks } from "mia-webhooks/fastify";
import { SECRET } from "../sample.js";
import { receiveByHand, tokenOf, verified } from "./by-hand.js";

export const OURS = "mia-webhooks";
export const PLAIN = "without verification";
export const BY_HAND = "by hand, node:crypto";

const MAX_BYTES = 1_048_576;
const PATH = "/webhook";

/** How much was handled and logged: nothing may be left out because nobody needs it. */
const seen = { events: 0, characters: 0 };
const handle = (/** @type {{ eventName: string }} */ { eventName }) => void (seen.events += eventName.length);
const log = (/** @type {string} */ line) => void (seen.characters += line.length);

const receiver = () => createReceiver({ secrets: SECRET, on: { "*": handle }, log });
const byHand = () => receiveByHand({ secret: SECRET, handle, log });

/** @typedef {(load: NodeJS.Require) => import("node:http").Server | Promise<import("node:http").Server>} Start */

/**
 * By framework and contender. They get a `require` that finds the frameworks.
 *
 * @type {Record<string, Record<string, Start>>}
 */
export const CONTENDERS = {
  "node:http": {
    [OURS]: () => createServer(nodeListener(receiver())),
    [PLAIN]: () =>
      createServer((incoming, outgoing) => {
        /** @type {Buffer[]} */
        const pieces = [];
        let size = 0;
        incoming.on("data", (piece) => {
          size += piece.length;
          if (size > MAX_BYTES) {
            outgoing.writeHead(413, { connection: "close" }).end();
            incoming.removeAllListeners("data").resume();
            return;
          }
          pieces.push(piece);
        });
        incoming.on("end", () => {
          if (size <= MAX_BYTES) {
            handle(JSON.parse(String(Buffer.concat(pieces))));
            outgoing.end();
          }
        });
      }),
    [BY_HAND]: () => createServer(byHand()),
  },
  "Express 5": {
    [OURS]: (load) => createServer(load("express")().use(PATH, nodeListener(receiver()))),
    [PLAIN]: (load) => {
      const express = load("express");
      const app = express();
      app.post(PATH, express.json({ limit: MAX_BYTES }), (/** @type {any} */ request, /** @type {any} */ response) => {
        handle(request.body);
        response.end();
      });
      return createServer(app);
    },
    [BY_HAND]: (load) => createServer(load("express")().use(PATH, byHand())),
  },
  Koa: {
    [OURS](load) {
      const listen = nodeListener(receiver());
      return createServer(koa(load, (context) => listen(context.req, context.res)));
    },
    [PLAIN](load) {
      const Koa = load("koa");
      const app = new Koa();
      app.use(async (/** @type {any} */ context) => {
        /** @type {Buffer[]} */
        const pieces = [];
        let size = 0;
        for await (const piece of context.req) {
          pieces.push(piece);
          size += piece.length;
          if (size > MAX_BYTES) {
            context.throw(413);
          }
        }
        handle(JSON.parse(String(Buffer.concat(pieces))));
        context.status = 200;
        context.body = "";
      });
      return createServer(app.callback());
    },
    [BY_HAND](load) {
      const listen = byHand();
      return createServer(koa(load, (context) => listen(context.req, context.res)));
    },
  },
  "Fastify 5": {
    [OURS]: (load) => fastify(load, (app) => app.register(fastifyWebhooks, { prefix: PATH, receiver: receiver() })),
    [PLAIN]: (load) =>
      fastify(load, (/** @type {any} */ app) => {
        app.post(PATH, { bodyLimit: MAX_BYTES }, (/** @type {any} */ request, /** @type {any} */ reply) => {
          handle(request.body);
          reply.send();
        });
      }),
    [BY_HAND]: (load) =>
      fastify(load, (/** @type {any} */ app) => {
        app.register(async (/** @type {any} */ scope) => {
          scope.removeAllContentTypeParsers();
          scope.addContentTypeParser(
            "*",
            { parseAs: "buffer", bodyLimit: MAX_BYTES },
            (/** @type {any} */ _, /** @type {Buffer} */ body, /** @type {any} */ done) => done(null, body),
          );
          scope.post(PATH, async (/** @type {any} */ request, /** @type {any} */ reply) => {
            const started = Date.now();
            const { id, event } = verified(request.body, tokenOf(request.raw), Buffer.from(SECRET));
            await handle(event);
            const { eventName, eventTimestamp } = event;
            const [bytes, durationMs] = [request.body.length, Date.now() - started];
            log(JSON.stringify({ code: "accepted", status: 200, eventName, eventTimestamp, id, bytes, durationMs }));
            return reply.send();
          });
          scope.setErrorHandler((/** @type {any} */ error, /** @type {any} */ _, /** @type {any} */ reply) => {
            const status = error.status ?? error.statusCode ?? 500;
            log(JSON.stringify({ code: error.message, status }));
            reply.code(status).send({ type: "about:blank", status });
          });
        });
      }),
  },
};

/** @param {NodeJS.Require} load @param {(context: any) => Promise<void>} listen */
function koa(load, listen) {
  const Koa = load("koa");
  const app = new Koa();
  app.use((/** @type {any} */ context) => {
    context.respond = false;
    return listen(context);
  });
  return app.callback();
}

/** @param {NodeJS.Require} load @param {(app: any) => unknown} add */
async function fastify(load, add) {
  const app = load("fastify")();
  add(app);
  await app.ready();
  return app.server;
}

/** Starts one contender, as a process of its own: `node contenders.js FOLDER FRAMEWORK CONTENDER`. */
const [, program = "", folder = "", framework = "", name = ""] = process.argv;
if (import.meta.filename === program) {
  const start = /** @type {Start} */ (CONTENDERS[framework]?.[name]);
  const server = await start(createRequire(join(folder, "contender.js")));
  server.listen(0, "127.0.0.1", () => {
    process.send?.(/** @type {import("node:net").AddressInfo} */ (server.address()).port);
  });
  // With its parent, for whatever reason that ends.
  process.on("disconnect", () => process.exit());
}
