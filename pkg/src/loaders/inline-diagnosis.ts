/** The `diagnosis` module as text inside the script; see inline.ts. */

import { DIAGNOSIS_WASM } from "../generated/diagnosis-wasm.js";
import { decodeHex } from "../hex.js";

export const diagnosisModule = (): WebAssembly.Module => new WebAssembly.Module(decodeHex(DIAGNOSIS_WASM));
