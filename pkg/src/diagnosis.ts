/**
 * The `diagnosis` module, made on the first call. Like the `tools` module it has
 * wasm-bindgen's glue and an allocator; it explains, and is on no hot path.
 */

import { diagnosisModule } from "#diagnosis-module";
import * as glue from "./generated/diagnosis-glue.js";
import { WebhookError } from "./index.js";

let compiled: WebAssembly.Module | undefined;
let instance: WebAssembly.Instance | undefined;

/** A search inside of the module. */
export interface Diagnosing {
  go_on(candidates: number, bytes: number): boolean;
  found(): Uint8Array | undefined;
  hints(): Uint8Array;
  tried(): number;
  free(): void;
}

/** Starts a search; the first secret is the one that should be right. */
export function openSearch(payload: Uint8Array, token: string, secrets: readonly Uint8Array[]): Diagnosing {
  const joined = new Uint8Array(secrets.reduce((sum, { length }) => sum + length, 0));
  let end = 0;
  for (const secret of secrets) {
    joined.set(secret, end);
    end += secret.length;
  }
  const lengths = Uint32Array.from(secrets, ({ length }) => length);
  try {
    return call(() => new glue.Diagnosing(payload, token, joined, lengths) as Diagnosing);
  } finally {
    joined.fill(0);
  }
}

/**
 * A call that did not return leaves the module as it was in the middle: the
 * next search gets a new instance, and those of the old one are lost.
 *
 * @throws WebhookError `engine_unavailable`
 */
export function call<T>(work: () => T): T {
  try {
    if (instance === undefined) {
      start();
    }
    return work();
  } catch (cause) {
    instance = undefined;
    throw new WebhookError("engine_unavailable", { cause });
  }
}

/** Which instance answers; a search belongs to one. */
export const currentInstance = (): object | undefined => instance;

function start(): void {
  compiled ??= diagnosisModule();
  instance = new WebAssembly.Instance(compiled, { "./diagnosis_bg.js": glue as unknown as WebAssembly.ModuleImports });
  glue.__wbg_set_wasm(instance.exports);
  (instance.exports["__wbindgen_start"] as () => void)();
}
