/** The `replay` module as text inside the script; see inline.ts. */

import { REPLAY_WASM } from "../generated/replay-wasm.js";
import { decodeHex } from "../hex.js";

export const replayModule = (): WebAssembly.Module => new WebAssembly.Module(decodeHex(REPLAY_WASM));
