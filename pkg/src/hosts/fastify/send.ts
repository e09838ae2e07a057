/** Answers through Fastify's reply, and leaves the connection so that it can serve the next request. */

import { originFailed } from "../../receiver/answer.js";
import { type Answer, bytesOf } from "../../receiver/host-request.js";
import { closeStream, isStream, linger } from "../node/linger.js";
import type { NodeRequest } from "../node/streams.js";
import type { FastifyReply, FastifyRequest } from "./types.js";

export async function send(answer: Answer, { raw }: FastifyRequest, reply: FastifyReply): Promise<unknown> {
  if (reply.sent) {
    // Something else has answered, such as a limit of time. What still comes is in the way
    // of the next request.
    raw.resume();
    await (answer.body as Partial<ReadableStream> | null)?.cancel?.();
    return reply;
  }
  let given = answer;
  let bytes: Uint8Array | undefined;
  try {
    for (const [name, value] of given.headers) {
      // What Node refuses, Fastify would refuse again with each answer to the error.
      reply.raw.setHeader(name, value);
      reply.raw.removeHeader(name);
    }
    bytes = isStream(given) ? undefined : await bytesOf(given);
  } catch {
    given = originFailed();
    bytes = await bytesOf(given);
  }
  const { status, headers } = given;
  reply.code(status);
  for (const [name, value] of headers) {
    // Several cookies are several headers.
    reply.header(name, value);
  }
  if (isStream(given)) {
    return reply.send(given.body);
  }
  // `inject` has no connection, and does not say whether a request is complete.
  if (raw.complete !== false) {
    return reply.send(bytes);
  }
  if (raw.httpVersionMajor > 1) {
    closeStream(raw, reply.raw);
    return reply.send(bytes);
  }
  reply.header("connection", "close");
  reply.header("content-length", String(bytes?.length ?? 0));
  return reply.send(thenLinger(bytes, raw));
}

/** An answer that ends when its sender has stopped. */
function thenLinger(bytes: Uint8Array | undefined, incoming: NodeRequest): ReadableStream {
  let isWanted = true;
  return new ReadableStream({
    start(controller) {
      controller.enqueue(bytes ?? new Uint8Array());
      linger(incoming, () => isWanted && controller.close());
    },
    cancel() {
      isWanted = false;
    },
  });
}
