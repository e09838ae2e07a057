// @ts-check
/** An origin that remembers, byte for byte, what reached it. */

import { once } from "node:events";
import { createServer } from "node:http";

/**
 * @typedef {{ method: string | undefined, url: string | undefined, headers: import("node:http").IncomingHttpHeaders, payload: Buffer }} Arrival
 */

/** Starts an origin; `answer` may be replaced for a test. */
export async function startOrigin() {
  /** @type {Arrival[]} */
  const arrivals = [];
  const origin = {
    arrivals,
    address: "",
    /** @param {import("node:http").ServerResponse} response */
    answer(response) {
      response.end("taken");
    },
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
  const server = createServer(async (request, response) => {
    const pieces = [];
    for await (const piece of request) {
      pieces.push(piece);
    }
    const { method, url, headers } = request;
    arrivals.push({ method, url, headers, payload: Buffer.concat(pieces) });
    origin.answer(response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  origin.address = `127.0.0.1:${port}`;
  return origin;
}
