/** The body of a request of Node's that nobody has read. */

import type { HostBody } from "../../receiver/host-request.js";
import { giveWord, waitsForWord } from "./expecting.js";
import type { NodeRequest, NodeResponse } from "./streams.js";

/** Reads the stream and never destroys it: that would close the connection, and lose the event that comes next on it. */
export function streamOf(incoming: NodeRequest, outgoing: NodeResponse): HostBody {
  const pieces: Uint8Array[] = [];
  let reader: ReturnType<HostBody["getReader"]> | undefined;
  let isOver = false;
  let failure: Error | undefined;
  // What waits for a piece or for the end, if anything does.
  let answer: () => void = () => {};

  function open(): ReturnType<HostBody["getReader"]> {
    giveWord(incoming, outgoing);
    // Every request closes, and an error costs more than the rest of its reading.
    const broken = () => isOver || end(new Error("the connection closed before the end of the body"));
    incoming.on("data", take);
    incoming.on("end", () => end());
    incoming.on("error", end);
    // A stream of HTTP/2 that its sender resets also ends, after this.
    incoming.on("aborted", broken);
    incoming.on("close", broken);
    if (incoming.destroyed) {
      broken();
    }
    incoming.resume();
    return {
      read: () =>
        new Promise((resolve, reject) => {
          answer = () => {
            const value = pieces.shift();
            if (value === undefined && !isOver) {
              return;
            }
            answer = () => {};
            return value === undefined && failure ? reject(failure) : resolve({ done: value === undefined, value });
          };
          answer();
        }),
      async cancel() {
        pieces.length = 0;
        end();
      },
      releaseLock() {},
    };
  }

  function take(piece: Uint8Array): void {
    // After a refusal nobody wants them any more.
    if (!isOver) {
      pieces.push(piece);
      answer();
    }
  }

  function end(error?: Error): void {
    failure ??= isOver ? undefined : error;
    isOver = true;
    answer();
  }

  if (incoming.readableFlowing) {
    // Something else listens as well, such as a log. Nothing may flow before this does.
    incoming.pause();
  }
  return {
    isAwaited: () => reader === undefined && waitsForWord(incoming, outgoing),
    getReader: () => (reader ??= open()),
  };
}
