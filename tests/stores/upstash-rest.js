// @ts-check
/**
 * Redis by HTTP, in front of a real one, as Upstash's client asks for it. Upstash's own
 * server runs nowhere else than at Upstash.
 */

import { once } from "node:events";
import { createServer } from "node:http";
import { json } from "node:stream/consumers";

/**
 * @param {(command: string[]) => Promise<unknown>} send sends a command to the real one
 * @param {string} token that a request must have
 */
export async function startUpstashRest(send, token) {
  const server = createServer(async (request, response) => {
    const asIs = request.headers["upstash-encoding"] !== "base64";
    /** @param {unknown} answer @returns {unknown} */
    const encoded = (answer) =>
      Array.isArray(answer)
        ? answer.map(encoded)
        : typeof answer === "string" && answer !== "OK" && !asIs
          ? Buffer.from(answer).toString("base64")
          : answer;
    /** @param {unknown[]} command */
    const run = (command) =>
      send(command.map(String)).then(
        (answer) => ({ result: encoded(answer) }),
        (error) => ({ error: error.message }),
      );
    const isAllowed = request.headers.authorization === `Bearer ${token}`;
    const body = /** @type {any} */ (await json(request));
    const answer = !isAllowed
      ? { error: "WRONGPASS invalid or missing auth token" }
      : request.url === "/pipeline"
        ? await Promise.all(body.map(run))
        : await run(body);
    response.statusCode = isAllowed ? ("error" in answer ? 400 : 200) : 401;
    response.end(JSON.stringify(answer));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  return {
    url: `http://127.0.0.1:${port}`,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
