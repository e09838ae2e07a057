// @ts-check
/** A path to a server, which can be closed, cut, silent, or long, and can lead to another server. */

import { once } from "node:events";
import { connect, createServer } from "node:net";
import { Transform } from "node:stream";

/**
 * @param {number} port of the server, on this machine
 * @param {number} [delayMs] how much longer each piece takes on its way
 */
export async function pathTo(port, delayMs) {
  let target = port;
  /** @type {Set<import("node:net").Socket>} */
  const sockets = new Set();
  const server = createServer({ allowHalfOpen: false }, (near) => {
    const far = connect(target, "127.0.0.1");
    for (const [one, other] of /** @type {const} */ ([
      [near, far],
      [far, near],
    ])) {
      sockets.add(one);
      (delayMs === undefined ? one : one.pipe(delay(delayMs))).pipe(other);
      one.on("error", () => {});
      one.on("close", () => {
        sockets.delete(one);
        other.destroy();
      });
    }
  });
  const open = async (at = 0) => {
    server.listen(at, "127.0.0.1");
    await once(server, "listening");
    return /** @type {import("node:net").AddressInfo} */ (server.address()).port;
  };
  const own = await open();
  const cut = () => sockets.forEach((socket) => socket.destroy());
  return {
    port: own,
    cut,
    /** How many connections are open. */
    count: () => sockets.size / 2,
    /** Nothing more comes through the connections that are open, and nobody is told; new ones work. */
    silence() {
      for (const socket of sockets) {
        socket.unpipe();
        socket.pause();
      }
    },
    /** New connections lead to another server. @param {number} port */
    leadTo(port) {
      target = port;
    },
    /** Refuses connections, until it is opened again. */
    async close() {
      if (server.listening) {
        server.close();
        cut();
        await once(server, "close");
      }
    },
    open: () => open(own),
  };
}

/** @param {number} ms */
const delay = (ms) => new Transform({ transform: (piece, _, done) => void setTimeout(done, ms, null, piece) });
