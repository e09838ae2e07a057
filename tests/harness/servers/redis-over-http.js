// @ts-check
/** Redis over HTTP, as Upstash has it: a server of this process in front of a real Redis. */

import { once } from "node:events";
import { createServer } from "node:http";
import { json } from "node:stream/consumers";
import { createClient } from "redis";

/**
 * @param {string} url of the Redis
 * @param {string} token that every request must have
 */
export async function startRedisOverHttp(url, token) {
  // Without a limit of time, so that nothing is decided by how busy the machine is.
  const client = createClient({ url, RESP: 2 });
  client.on("error", () => {});
  await client.connect();
  const server = createServer(async (request, response) => {
    const [status, answer] =
      request.headers.authorization === `Bearer ${token}`
        ? await client
            .sendCommand(/** @type {string[]} */ (await json(request)))
            .then((result) => /** @type {const} */ ([200, { result }]))
            .catch((error) => /** @type {const} */ ([400, { error: error.message }]))
        : /** @type {const} */ ([401, { error: "WRONGPASS invalid or missing auth token" }]);
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(answer));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    async stop() {
      server.closeAllConnections();
      server.close();
      client.destroy();
      await once(server, "close");
    },
  };
}
