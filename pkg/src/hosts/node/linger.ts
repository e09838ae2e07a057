/** How an answer leaves: what Node's servers and Fastify have in common. */

import type { Answer } from "../../receiver/host-request.js";
import type { NodeRequest } from "./streams.js";

/** An answer of at most so many bytes is written at once. */
const SMALL_BYTES = 65_536;

/** How long a sender that is still writing is listened to after its answer, in milliseconds. */
const LINGER_MS = 5_000;

/** Whether an answer is written as a stream, and not at once. */
export const isStream = ({ headers, body }: Answer): boolean =>
  body !== null &&
  !(body instanceof Uint8Array) &&
  Number((headers as Headers).get("content-length") ?? Infinity) > SMALL_BYTES;

/** The connections that were left with `connection: close`. */
const left = new WeakSet<object>();

/**
 * Whether a request came behind one that its connection was left with. Its sender is told
 * nothing, so nothing of it may be handled: the sender sends it again.
 */
export const isLeft = (incoming: NodeRequest): boolean => left.has(incoming?.socket as object);

/**
 * Reads and drops what still comes, and then calls `end`, once. If the connection were
 * closed at once, what still comes would reset it, and the answer could be lost.
 */
export function linger(incoming: NodeRequest, end: () => void): void {
  if (incoming.socket) {
    left.add(incoming.socket);
  }
  let isOver = false;
  const stop = () => {
    clearTimeout(timer);
    if (!isOver) {
      isOver = true;
      end();
    }
  };
  const timer = setTimeout(stop, LINGER_MS);
  incoming.on("end", stop);
  incoming.on("close", stop);
  incoming.resume();
}

/**
 * Lets go of a stream of HTTP/2 whose sender still writes; each request has its own.
 * Closed at once, the answer would be cut off before its end, and a proxy that passes it
 * on, such as Envoy, would cut off its own sender too.
 */
export function closeStream(incoming: NodeRequest, outgoing: object): void {
  const { stream } = outgoing as { stream?: { close(): void } };
  const timer = setTimeout(() => stream?.close(), LINGER_MS);
  incoming.on("close", () => clearTimeout(timer));
  // A stream whose body nobody reads is never freed.
  incoming.resume();
}
