/**
 * A wasm module with wasm-bindgen's glue. It is made on the first call, and made
 * again after a call that did not return, which leaves it in an unknown state.
 */

import { WebhookError } from "../index.js";
import { platform } from "../verify/platform.js";

/** What wasm-bindgen writes for every module. */
interface Glue {
  __wbg_set_wasm(exports: unknown): void;
}

export interface GluedModule {
  /** @throws WebhookError `engine_unavailable` */
  call<T>(work: () => T): T;
  /** The instance in use. What an earlier instance made is lost. */
  instance(): object | undefined;
}

/** @param name - What the module's imports call the glue. */
export function gluedModule(load: () => WebAssembly.Module, name: string, glue: Glue): GluedModule {
  let compiled: WebAssembly.Module | undefined;
  let instance: WebAssembly.Instance | undefined;

  function start(): WebAssembly.Instance {
    compiled ??= load();
    const started = new WebAssembly.Instance(compiled, { [name]: glue as unknown as WebAssembly.ModuleImports });
    glue.__wbg_set_wasm(started.exports);
    (started.exports["__wbindgen_start"] as () => void)();
    return started;
  }

  return {
    call(work) {
      // The glue uses both, and the module would hide what is missing.
      platform("TextEncoder");
      platform("TextDecoder");
      try {
        instance ??= start();
        return work();
      } catch (cause) {
        instance = undefined;
        throw new WebhookError("engine_unavailable", { cause, detail: (cause as Partial<Error> | undefined)?.message });
      }
    },
    instance: () => instance,
  };
}
