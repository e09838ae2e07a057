/** The `replay` module as Cloudflare Workers want it; see workerd.ts. */

import module from "../../wasm/replay.wasm";

export const replayModule = (): WebAssembly.Module => module;
