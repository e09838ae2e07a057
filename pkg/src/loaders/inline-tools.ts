/** The `tools` module as text inside the script; see inline.ts. */

import { TOOLS_WASM } from "../generated/tools-wasm.js";
import { decodeHex } from "../hex.js";

export const toolsModule = (): WebAssembly.Module => new WebAssembly.Module(decodeHex(TOOLS_WASM));
