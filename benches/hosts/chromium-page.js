// @ts-check
/** Runs in the page; the page's only script. */

import { everywhere } from "../contenders/everywhere.js";
import { hashWasm } from "../contenders/hash-wasm.js";
import { measureInProcess } from "./in-process.js";

const module = await WebAssembly.compileStreaming(fetch("/verify.wasm"));

/** @type {any} */ (globalThis).measure = async (/** @type {import("./in-process.js").Plan} */ plan) => ({
  isIsolated: crossOriginIsolated,
  verify: await measureInProcess([...everywhere(module), hashWasm], plan),
});
