/**
 * Receive webhooks in a Fastify application.
 *
 * @packageDocumentation
 */

export { type FastifyWebhooksOptions, fastifyWebhooks } from "./hosts/fastify/plugin.js";
export type { FastifyInstance, FastifyReply, FastifyRequest } from "./hosts/fastify/types.js";
