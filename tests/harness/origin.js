// @ts-check
/** An origin that records, byte for byte, the requests that reach it. */

import { once } from "node:events";
import { createServer } from "node:http";

/**
 * @typedef {{ method: string | undefined, url: string | undefined, headers: import("node:http").IncomingHttpHeaders, payload: Buffer }} Arrival
 */

/**
 * Starts an origin; `answer` may be replaced for a test.
 *
 * @param {number} [port] - Any by default.
 */
export async function startOrigin(port = 0) {
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
    try {
      for await (const piece of request) {
        pieces.push(piece);
      }
    } catch {
      // The client is gone: the request has not arrived.
      return;
    }
    const { method, url, headers } = request;
    arrivals.push({ method, url, headers, payload: Buffer.concat(pieces) });
    origin.answer(response);
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  const address = /** @type {import("node:net").AddressInfo} */ (server.address());
  origin.address = `127.0.0.1:${address.port}`;
  return origin;
}
