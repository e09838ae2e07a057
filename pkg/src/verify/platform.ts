/** What the package takes from the runtime, and what it says where a runtime has less. */

/** Missing in Jest's jsdom environment, or in old engines. */
type Part = "TextEncoder" | "TextDecoder" | "Request" | "Response" | "crypto" | "fetch";

/** @throws TypeError that names what is missing, and says what to do. */
export function platform<Name extends Part>(name: Name): (typeof globalThis)[Name] {
  const part = globalThis[name];
  if (part === undefined) {
    throw new TypeError(`${name} is missing here. In Jest, set testEnvironment to "node" or define it in setupFiles`);
  }
  return part;
}

/** Makes a thing on the first call: an import must not fail where a class is missing. */
export function once<Thing>(make: () => Thing): () => Thing {
  let made: Thing | undefined;
  return () => (made ??= make());
}

/** UTF-8. A lone surrogate becomes U+FFFD. */
export const encoder = /* @__PURE__ */ once(() => new (platform("TextEncoder"))());
