/** What the build writes for each `#…-module` of package.json's `imports`: see build.js. */
declare module "#*-module" {
  /** The module, compiled. */
  export const load: () => WebAssembly.Module;
  /** Whether the host compiles it before the first request, so that it can be made while a Worker starts. */
  export const isEager: boolean;
}

/** hosts/cloudflare/durable-object.ts, or workerd's own class in its place. */
declare module "#durable-object" {
  export class DurableObject {
    constructor(state: unknown, env: unknown);
    readonly __DURABLE_OBJECT_BRAND: never;
  }
}

declare module "cloudflare:workers" {
  export { DurableObject } from "#durable-object";
}

/** The tester's page, which the build inserts: see build.js. */
declare module "#tester-page" {
  const html: string;
  export default html;
}
