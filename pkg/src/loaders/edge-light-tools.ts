/** The `tools` module as Vercel's edge wants it; see edge-light.ts. */

import module from "../../wasm/tools.wasm?module";

export const toolsModule = (): WebAssembly.Module => module;
