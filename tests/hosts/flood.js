// @ts-check
/** Refused requests of every kind and size, and genuine events in between, on connections that are kept. */

import { Agent, request } from "node:http";
import { gzipSync } from "node:zlib";
import { tokenOf } from "../harness/wire.js";
import { SECRET } from "./deliveries.js";

/**
 * @typedef {object} Message
 * @property {Record<string, string>} headers
 * @property {Buffer} body
 * @property {boolean} [isChunked]
 *
 * @typedef {(port: number, message: Message) => Promise<number | string>} Send Its status, or what went wrong.
 */

const CLIENTS = 12;
/** The default of `maxBytes`. */
const MAX_BYTES = 1_048_576;
const PIECE = 65_536;

/** An event with a number, so that it can be found again. @param {number} number @param {number} size in bytes, about */
const event = (number, size) =>
  Buffer.from(
    JSON.stringify({
      eventName: "tag_created",
      eventTimestamp: 1_767_225_600_000,
      payload: { number, a: "a".repeat(size) },
    }),
  );

const FORGED = { "x-mia-token": "0".repeat(64) };

/** Every kind in every size, with the status that it must get. @type {(Message & { name: string, status: number })[]} */
const REFUSED = [1_000, 16_000, 70_000, 200_000, 600_000, 1_000_000, 2_000_000].flatMap((size) => {
  const body = event(-1, size);
  const status = body.length > MAX_BYTES ? 413 : 401;
  const zipped = gzipSync(body, { level: 0 });
  return [
    { name: `no token, ${size} bytes`, status: 401, headers: {}, body },
    { name: `no token, ${size} bytes in pieces`, status: 401, headers: {}, body, isChunked: true },
    { name: `a forged token, ${size} bytes`, status, headers: FORGED, body },
    { name: `a forged token, ${size} bytes in pieces`, status, headers: FORGED, body, isChunked: true },
    {
      name: `gzip, ${size} bytes`,
      status: 415,
      headers: { "x-mia-token": tokenOf(zipped, SECRET), "content-encoding": "gzip" },
      body: zipped,
    },
    ...(status === 413
      ? [{ name: `signed, ${size} bytes`, status, headers: { "x-mia-token": tokenOf(body, SECRET) }, body }]
      : []),
  ];
});
// More than is read and dropped: its connection is closed.
REFUSED.push({ name: "no token, 6 MB", status: 401, headers: {}, body: event(-1, 6_000_000) });

/** How large the genuine events are. */
const SIZES = [100, 3_000, 150_000];

/**
 * Sends so many requests, of which every fourth is a genuine event.
 *
 * @param {number} port
 * @param {number} requests
 * @param {Send} send
 */
export async function flood(port, requests, send) {
  /** @type {number[]} */
  const genuine = [];
  /** @type {string[]} */
  const wrong = [];
  let next = 0;
  const client = async () => {
    while (next < requests) {
      const number = next++;
      if (number % 4 === 3) {
        genuine.push(number);
        const body = event(number, /** @type {number} */ (SIZES[genuine.length % SIZES.length]));
        const got = await send(port, { headers: { "x-mia-token": tokenOf(body, SECRET) }, body });
        if (got !== 200) {
          wrong.push(`a genuine event: ${got}`);
        }
      } else {
        const refused = /** @type {(typeof REFUSED)[number]} */ (REFUSED[(number - (number >> 2)) % REFUSED.length]);
        const got = await send(port, refused);
        if (got !== refused.status) {
          wrong.push(`${refused.name}: ${got} in place of ${refused.status}`);
        }
      }
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
  return { genuine, wrong };
}

/** Sends with Node's own client. Its connections are kept, and it uses as many as there are clients. */
export function agentSender() {
  const agent = new Agent({ keepAlive: true, maxSockets: CLIENTS });
  /** @type {Set<object>} */
  const sockets = new Set();
  /** @type {Send} */
  const send = (port, { headers, body, isChunked }) =>
    new Promise((resolve) => {
      const framing = isChunked ? { "transfer-encoding": "chunked" } : { "content-length": body.length };
      const outgoing = request({ port, agent, method: "POST", path: "/webhook", headers: { ...headers, ...framing } });
      outgoing.on("socket", (socket) => sockets.add(socket));
      outgoing.on("response", (response) => {
        response.on("error", (error) => resolve(`${response.statusCode}, then ${error}`));
        response.on("end", () => resolve(response.statusCode ?? 0)).resume();
      });
      // After a whole answer it means nothing: the answer has been taken.
      outgoing.on("error", (error) => resolve(String(error)));
      for (const piece of isChunked ? inPieces(body) : [body]) {
        outgoing.write(piece);
      }
      outgoing.end();
    });
  return { send, connections: () => sockets.size, close: () => agent.destroy() };
}

/** Sends with `fetch`. @type {Send} */
export async function fetchSender(port, { headers, body, isChunked }) {
  try {
    const init = {
      method: "POST",
      headers,
      ...(isChunked ? { body: /** @type {any} */ (ReadableStream).from(inPieces(body)), duplex: "half" } : { body }),
    };
    const response = await fetch(`http://127.0.0.1:${port}/webhook`, /** @type {RequestInit} */ (init));
    await response.arrayBuffer();
    return response.status;
  } catch (error) {
    return `${error}: ${/** @type {Error} */ (error).cause}`;
  }
}

/** @param {Buffer} body */
const inPieces = (body) =>
  Array.from({ length: Math.ceil(body.length / PIECE) }, (_, i) => body.subarray(i * PIECE, (i + 1) * PIECE));
