// @ts-check
/** A receiver on node:http, for an origin whose address comes as an argument; prints its port. */

import { createServer } from "node:http";
import { nodeListener } from "mia-webhooks/node";
import { createReceiver } from "mia-webhooks/receiver";

const [origin = "", secrets = "", maxBytes, maxBufferedBytes] = process.argv.slice(2);
const receiver = createReceiver({
  secrets,
  origin,
  maxBytes: Number(maxBytes),
  maxBufferedBytes: Number(maxBufferedBytes),
  log: () => {},
});
const server = createServer(nodeListener(receiver));
server.listen(0, "127.0.0.1", () => {
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  console.log(port);
});
