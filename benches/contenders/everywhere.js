// @ts-check
/** The contenders for one verify that run on every host, in this order. */

import { noble } from "./noble.js";
import { ours } from "./ours.js";
import { rawWasm } from "./raw-wasm.js";
import { webCrypto } from "./webcrypto.js";

/** @param {WebAssembly.Module} module */
export const everywhere = (module) => [ours, rawWasm(module), webCrypto, noble];
