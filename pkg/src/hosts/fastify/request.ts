/** What a receiver uses of a request of Fastify's. */

import { hostRequest } from "../../receiver/host-request.js";
import { bodyOf } from "../node/body.js";
import type { NodeRequest } from "../node/streams.js";
import type { FastifyReply, FastifyRequest } from "./types.js";

const CURE =
  "A hook of the application, such as preParsing or preValidation, read the body before the receiver. Let it skip this route, or return a stream of the same bytes.";

export function requestOf({ raw, originalUrl: target, body: parsed }: FastifyRequest, reply: FastifyReply): Request {
  const { method = "", headers } = raw;
  // Another stream than the request itself where a hook put one in its place.
  const stream = typeof (parsed as Partial<NodeRequest> | null | undefined)?.on === "function" ? parsed : raw;
  return hostRequest({ method, target, headers, body: bodyOf(stream as NodeRequest, reply.raw), cure: CURE });
}
