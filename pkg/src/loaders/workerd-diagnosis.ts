/** The `diagnosis` module as Cloudflare Workers want it; see workerd.ts. */

import module from "../../wasm/diagnosis.wasm";

export const diagnosisModule = (): WebAssembly.Module => module;
