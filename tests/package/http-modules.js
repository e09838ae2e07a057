// @ts-check
/**
 * Lets Node import from a development server as a browser does: by address, with
 * a request for each module. `node --import ./http-modules.js`.
 */

import { register } from "node:module";

// Hooks run in their own thread, from their own module: this string.
register(`data:text/javascript,${encodeURIComponent(`export ${resolve}; export ${load};`)}`);

/** @type {import("node:module").ResolveHook} */
async function resolve(specifier, context, next) {
  const parent = context.parentURL ?? "";
  return /^https?:/.test(specifier) || parent.startsWith("http")
    ? { url: new URL(specifier, parent || undefined).href, shortCircuit: true }
    : next(specifier, context);
}

/** @type {import("node:module").LoadHook} */
async function load(url, context, next) {
  if (!url.startsWith("http")) {
    return next(url, context);
  }
  const response = await fetch(url, { signal: AbortSignal.timeout(10 * 60_000) });
  if (!response.ok || !/javascript/.test(response.headers.get("content-type") ?? "")) {
    throw new Error(`${url} was answered with ${response.status} ${response.headers.get("content-type")}`);
  }
  return { format: "module", source: await response.text(), shortCircuit: true };
}
