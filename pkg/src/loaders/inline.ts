/**
 * The module as text inside the script: what every bundler and runtime takes
 * without configuration. Compiled on the first call.
 *
 * Hexadecimal, not base64: twice the text, but after gzip it is 4.6 kB against
 * 5.6, because repeated bytes still look alike.
 */

import { VERIFY_WASM } from "../generated/verify-wasm.js";
import { decodeHex } from "../hex.js";

export const isEager = false;

export const verifyModule = (): WebAssembly.Module => new WebAssembly.Module(decodeHex(VERIFY_WASM));
