// @ts-check
/** The sizes that a user downloads or deploys: the modules, and the entry points, bundled and minified. */

import { readFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import { bundleWorker } from "../tests/harness/workerd/bundle.js";
import { bundle } from "./bundle.js";
import { readEntryPoints } from "../pkg/entry-points.js";

/** @typedef {{ name: string, raw: number, gzip: number }} Size */

export const MODULE = "verify.wasm";
export const SUBSCRIPTION = "subscription.wasm";
export const ENTRY = "mia-webhooks, everything, wasm inlined";

/** @returns {Promise<Size[]>} */
export async function measureSizes() {
  const module = (/** @type {string} */ name) => readFile(new URL(import.meta.resolve(`mia-webhooks/${name}`)));
  const others = readEntryPoints().modules.filter((name) => `${name}.wasm` !== MODULE);
  const minify = { minify: true };
  const inlined = (/** @type {string} */ text) => bundle(text, minify);
  return [
    size(MODULE, await module(MODULE)),
    ...(await Promise.all(others.map(async (name) => size(`${name}.wasm`, await module(`${name}.wasm`))))),
    size(ENTRY, await inlined(`export * from "mia-webhooks";`)),
    size("mia-webhooks, verify only, wasm inlined", await inlined(`export { verify } from "mia-webhooks";`)),
    size("mia-webhooks/receiver, wasm inlined", await inlined(`export * from "mia-webhooks/receiver";`)),
    size("mia-webhooks/subscription, wasm inlined", await inlined(`export * from "mia-webhooks/subscription";`)),
    size("mia-webhooks/diagnose, wasm inlined", await inlined(`export * from "mia-webhooks/diagnose";`)),
    size(
      "mia-webhooks/replay, memoryReplayStore only, wasm inlined",
      await inlined(`export { memoryReplayStore } from "mia-webhooks/replay";`),
    ),
    size(
      "mia-webhooks/cloudflare, without its wasm modules",
      (await bundleWorker(`export { ReplayStoreObject, default } from "mia-webhooks/cloudflare";`, minify)).script,
    ),
    size("@noble/hashes, sha256 only", await inlined(`export { sha256 } from "@noble/hashes/sha2.js";`)),
    size("hash-wasm, createSHA256 only", await inlined(`export { createSHA256 } from "hash-wasm";`)),
  ];
}

/** @param {string} name @param {string | Uint8Array} content @returns {Size} */
function size(name, content) {
  const bytes = Buffer.from(content);
  return { name, raw: bytes.length, gzip: gzipSync(bytes, { level: 9 }).length };
}
