/** The `diagnosis` module as Vercel's edge wants it; see edge-light.ts. */

import module from "../../wasm/diagnosis.wasm?module";

export const diagnosisModule = (): WebAssembly.Module => module;
