/** The `tools` module as Cloudflare Workers want it; see workerd.ts. */

import module from "../../wasm/tools.wasm";

export const toolsModule = (): WebAssembly.Module => module;
