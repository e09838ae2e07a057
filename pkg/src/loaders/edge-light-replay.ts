/** The `replay` module as Vercel's edge wants it; see edge-light.ts. */

import module from "../../wasm/replay.wasm?module";

export const replayModule = (): WebAssembly.Module => module;
