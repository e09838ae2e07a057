// @ts-check
/** Runs in the page; the page's only script. */

import { everywhere } from "../contenders/everywhere.js";
import { hashWasm } from "../contenders/hash-wasm.js";
import { otherSchemes } from "../contenders/other-schemes.js";
import { questions } from "../contenders/questions.js";
import { measureInProcess } from "./in-process.js";

const module = await WebAssembly.compileStreaming(fetch("/verify.wasm"));

const contenders = questions([...everywhere(module), hashWasm, ...otherSchemes]);

/** @type {any} */ (globalThis).measure = async (
  /** @type {Pick<import("./in-process.js").Plans, "verify" | "rotation">} */ plans,
) => ({
  isIsolated: crossOriginIsolated,
  verify: await measureInProcess(contenders.verify, plans.verify),
  rotation: await measureInProcess(contenders.rotation, plans.rotation),
});
