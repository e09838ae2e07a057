/** `Expect: 100-continue`: its sender sends the body when it is told to. */

import type { NodeRequest, NodeResponse } from "./streams.js";

/** By what an answer shows whether its sender was told to go on: HTTP/1.1 and HTTP/2. */
interface Expecting {
  readonly _sent100?: boolean;
  readonly stream?: { readonly session?: { readonly server?: { listenerCount(event: string): number } } };
}

/** Whether the server left it to its listener (`checkContinue`): else Node has told it. */
export function waitsForWord(incoming: NodeRequest, outgoing: NodeResponse): boolean {
  // A stream that a hook of Fastify's made has no headers.
  if (!incoming.headers?.["expect"]) {
    return false;
  }
  const { _sent100, stream } = outgoing as Expecting;
  return stream ? (stream.session?.server?.listenerCount("checkContinue") ?? 0) > 0 : _sent100 === false;
}

/** Tells a sender that waits to go on. */
export function giveWord(incoming: NodeRequest, outgoing: NodeResponse): void {
  if (waitsForWord(incoming, outgoing)) {
    outgoing.writeContinue();
  }
}
