/** What is used of Fastify: the package depends on no types of Fastify's. */

import type { NodeRequest, NodeResponse } from "../node/streams.js";

/** An application, or the part of it that a plugin gets: what is used of Fastify's own type of this name. */
export interface FastifyInstance {
  removeAllContentTypeParsers(): unknown;
  // Called with Fastify's own types, whose generic forms no other type matches.
  addContentTypeParser(contentType: string, parser: (request: any, payload: any, done: any) => void): unknown;
  all(path: string, options: object, handler: (request: any, reply: any) => unknown): unknown;
}

/** A request. */
export interface FastifyRequest {
  readonly raw: NodeRequest;
  readonly originalUrl: string;
  /** Here: the stream of the body, where the request has one. */
  readonly body: unknown;
}

/** A reply. */
export interface FastifyReply {
  readonly raw: NodeResponse;
  readonly sent: boolean;
  /** Leaves the reply to somebody else. */
  hijack(): unknown;
  code(status: number): unknown;
  header(name: string, value: string): unknown;
  send(payload?: unknown): unknown;
}
