/**
 * The `tools` module, made on the first call. Unlike the `verify` module it has
 * wasm-bindgen's glue and an allocator; it explains, and is on no hot path.
 */

import { toolsModule } from "#tools-module";
import * as glue from "./generated/tools-glue.js";
import { WebhookError } from "./index.js";

let compiled: WebAssembly.Module | undefined;
let isReady = false;

/** Validates a subscription's JSON; `now` in milliseconds since the Unix epoch. */
export const validate = (json: string, now: number, isStrict: boolean): unknown =>
  call(() => glue.validate(json, now, isStrict));

/**
 * A call that did not return leaves the module as it was in the middle: the
 * next one gets a new instance.
 *
 * @throws WebhookError `engine_unavailable`
 */
function call<T>(work: () => T): T {
  try {
    if (!isReady) {
      start();
    }
    return work();
  } catch (cause) {
    isReady = false;
    throw new WebhookError("engine_unavailable", { cause });
  }
}

function start(): void {
  compiled ??= toolsModule();
  const { exports } = new WebAssembly.Instance(compiled, { "./tools_bg.js": glue as WebAssembly.ModuleImports });
  glue.__wbg_set_wasm(exports);
  (exports["__wbindgen_start"] as () => void)();
  isReady = true;
}
