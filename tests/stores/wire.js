// @ts-check
/** A wire between receivers and their database that can be cut, and that can swallow everything. */

import { once } from "node:events";
import { connect, createServer } from "node:net";

/** @param {number} target the database's port */
export async function startWire(target) {
  /** @type {Set<import("node:net").Socket>} */
  const open = new Set();
  let isSwallowing = false;
  const server = createServer((near) => {
    const far = connect(target, "127.0.0.1");
    for (const [from, to] of /** @type {const} */ ([
      [near, far],
      [far, near],
    ])) {
      open.add(from);
      from.setNoDelay(true);
      from.on("error", () => {});
      from.on("close", () => {
        open.delete(from);
        to.destroy();
      });
      from.pipe(to);
    }
    if (isSwallowing) {
      silence(near);
      silence(far);
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");

  /** Takes no byte and passes none on, as if the other end had lost its power. @param {import("node:net").Socket} socket */
  const silence = (socket) => {
    socket.unpipe();
    socket.pause();
  };
  return {
    port: /** @type {import("node:net").AddressInfo} */ (server.address()).port,
    /** Cuts the connections that there are. */
    cut: () => open.forEach((socket) => socket.destroy()),
    /** From now on nothing comes through, and no connection closes. */
    swallow() {
      isSwallowing = true;
      open.forEach(silence);
    },
    /** New connections come through again. Those that were swallowed stay silent for ever. */
    heal() {
      isSwallowing = false;
    },
    stop() {
      server.close();
      open.forEach((socket) => socket.destroy());
    },
  };
}
