/** The base class of Durable Objects, which workerd alone has. */

export { DurableObject } from "cloudflare:workers";
