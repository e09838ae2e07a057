/**
 * Replaces the base class where there are no Durable Objects, so that a file that
 * exports `ReplayStoreObject` can be imported everywhere, for example by a test.
 */
export class DurableObject {
  /** Cloudflare's types recognise the class of a Durable Object by this field. */
  declare readonly __DURABLE_OBJECT_BRAND: never;

  constructor(_state: unknown, _env: unknown) {}
}
