/** Writes an answer, and leaves the connection so that it can serve the next request. */

import { pipeline } from "node:stream/promises";
import { originFailed } from "../../receiver/answer.js";
import { type Answer, bytesOf } from "../../receiver/host-request.js";
import { closeStream, isStream, linger } from "./linger.js";
import type { NodeRequest, NodeResponse } from "./streams.js";

export async function answer(given: Answer, incoming: NodeRequest, outgoing: NodeResponse): Promise<void> {
  if (outgoing.headersSent) {
    // Something else has answered, such as a limit of time. What still comes is in the way
    // of the next request.
    incoming.resume();
    return (given.body as Partial<ReadableStream> | null)?.cancel?.();
  }
  try {
    return await write(given, incoming, outgoing);
  } catch {
    // The origin's answer broke off or has a header that Node refuses, or the sender has
    // gone: what became of the event is in the log.
  }
  try {
    if (!outgoing.headersSent && !outgoing.destroyed) {
      for (const [name] of given.headers) {
        outgoing.removeHeader(name);
      }
      return await write(originFailed(), incoming, outgoing);
    }
  } catch {
    // The sender has gone.
  }
  outgoing.destroy();
}

async function write(given: Answer, incoming: NodeRequest, outgoing: NodeResponse): Promise<void> {
  outgoing.statusCode = given.status;
  const cookies: string[] = [];
  for (const [name, value] of given.headers) {
    if (name === "set-cookie") {
      cookies.push(value);
    }
    outgoing.setHeader(name, name === "set-cookie" ? cookies : value);
  }
  if (isStream(given)) {
    return pipeline(given.body as never, outgoing as never);
  }
  const bytes = await bytesOf(given);
  if (!incoming.complete) {
    leave(incoming, outgoing, bytes ?? new Uint8Array());
  } else if (bytes?.length) {
    outgoing.end(bytes);
  } else {
    // One write: an empty array would be a second one.
    outgoing.end();
  }
}

/** Answers a request that is not wholly here, whose connection can serve no other. */
function leave(incoming: NodeRequest, outgoing: NodeResponse, bytes: Uint8Array): void {
  if (incoming.httpVersionMajor > 1) {
    closeStream(incoming, outgoing);
    outgoing.end(bytes);
    return;
  }
  outgoing.setHeader("connection", "close");
  outgoing.setHeader("content-length", String(bytes.length));
  outgoing.flushHeaders?.();
  outgoing.write(bytes);
  linger(incoming, () => outgoing.end());
}
