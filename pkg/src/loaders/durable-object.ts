/**
 * What stands for the base class where there are no Durable Objects: a file that
 * exports `ReplayGuard` can be imported everywhere, for example by a test.
 */
export class DurableObject {
  /** What Cloudflare's types tell a Durable Object's class by. */
  declare readonly __DURABLE_OBJECT_BRAND: never;

  constructor(_state: unknown, _env: unknown) {}
}
