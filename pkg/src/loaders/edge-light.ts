/** The module as Vercel's edge wants it: `?module` asks for a compiled one. */

import module from "../../wasm/verify.wasm?module";

export const isEager = false;

export const verifyModule = (): WebAssembly.Module => module;
