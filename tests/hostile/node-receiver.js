// @ts-check
/** A guarded receiver on node:http, for an origin whose address comes as an argument; prints its port. */

import { createServer } from "node:http";
import { Readable } from "node:stream";
import { createReceiver } from "mia-webhooks/receiver";
import { memoryReplayStore } from "mia-webhooks/replay";

const [origin = "", secrets = "", limit] = process.argv.slice(2);
const receive = createReceiver({
  secrets,
  origin,
  bodyTimeoutMs: Number(limit),
  originTimeoutMs: Number(limit),
  replay: { store: memoryReplayStore() },
});

const server = createServer(async (incoming, outgoing) => {
  let response;
  try {
    const { method = "", headersDistinct } = incoming;
    const headers = Object.entries(headersDistinct).flatMap(([name, values = []]) =>
      values.map((value) => /** @type {[string, string]} */ ([name, value])),
    );
    const body = ["GET", "HEAD"].includes(method) ? null : Readable.toWeb(incoming);
    const init = /** @type {any} */ ({ method, headers, body, duplex: "half" });
    // `Request` itself refuses CONNECT and TRACE, and a host that no URL can have.
    response = await receive(new Request("http://receiver/", init));
  } catch {
    response = new Response(null, { status: 400 });
  }
  // What is left of a body is not read: the connection cannot be used again.
  outgoing.writeHead(response.status, { ...Object.fromEntries(response.headers), connection: "close" });
  outgoing.end(Buffer.from(await response.arrayBuffer()));
});
server.listen(0, "127.0.0.1", () => {
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  console.log(`port ${port}`);
});
