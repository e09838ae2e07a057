/**
 * The module as Cloudflare Workers want it: compiled by the platform, because
 * workerd forbids compiling bytes. Made while the Worker starts, so that the
 * first request does not pay for it.
 */

import module from "../../wasm/verify.wasm";

export const isEager = true;

export const verifyModule = (): WebAssembly.Module => module;
