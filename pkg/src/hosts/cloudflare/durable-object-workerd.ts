/** The base class of Durable Objects, which only workerd has. */

export { DurableObject } from "cloudflare:workers";
