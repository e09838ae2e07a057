// @ts-check
/**
 * Sends one request again and again over connections that are kept, as fast as they are
 * answered. Leaner than other clients: the server must be the one that is busy.
 */

import { connect } from "node:net";

/** @typedef {{ port: number, request: Buffer, status?: number }} Target */

/** @param {Uint8Array} payload @param {Record<string, string>} headers */
export const requestOf = (payload, headers) =>
  Buffer.concat([
    Buffer.from(
      ["POST /webhook HTTP/1.1", ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`)].join("\r\n") +
        `\r\ncontent-length: ${payload.length}\r\n\r\n`,
    ),
    payload,
  ]);

/**
 * How many requests were answered.
 *
 * @param {Target} target
 * @param {{ connections: number, ms: number }} load
 */
export async function burst({ port, request, status = 200 }, { connections, ms }) {
  let count = 0;
  const until = performance.now() + ms;
  const one = () =>
    new Promise((resolve, reject) => {
      const socket = connect({ port, host: "127.0.0.1", noDelay: true }, () => socket.write(request));
      socket.on("error", reject);
      socket.on("close", resolve);
      let received = "";
      socket.setEncoding("latin1").on("data", (/** @type {string} */ text) => {
        received += text;
        const end = received.indexOf("\r\n\r\n");
        if (end < 0) {
          return;
        }
        const length = Number(/content-length: (\d+)/i.exec(received)?.[1] ?? 0);
        if (received.length < end + 4 + length) {
          return;
        }
        if (!received.startsWith(`HTTP/1.1 ${status} `)) {
          socket.destroy();
          reject(new Error(`it answered ${received.slice(0, 20)} in place of ${status}`));
          return;
        }
        received = "";
        count++;
        if (performance.now() < until) {
          socket.write(request);
        } else {
          socket.destroy();
        }
      });
    });
  // A client that sleeps has to be woken, by the server's write: 20 µs that a slower
  // server pays for each answer, and a faster one for few.
  const stayAwake = () => void (performance.now() < until && setImmediate(stayAwake));
  stayAwake();
  await Promise.all(Array.from({ length: connections }, one));
  return count;
}
