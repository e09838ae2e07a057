/**
 * The wasm modules of the page: compressed inside of the script, because the
 * page is one file, and unpacked once, before anything is drawn.
 */

import diagnosis from "../pkg/wasm/diagnosis.wasm.gz";
import tools from "../pkg/wasm/tools.wasm.gz";
import verify from "../pkg/wasm/verify.wasm.gz";
import { fromBase64 } from "./bytes.js";

const unpacked: Record<string, Uint8Array<ArrayBuffer>> = {};

/** Unpacks the modules; the library's loaders are synchronous. */
export async function unpack(): Promise<void> {
  await Promise.all(
    Object.entries({ diagnosis, tools, verify }).map(async ([name, packed]) => {
      const bytes = new Blob([fromBase64(packed) ?? ""]).stream().pipeThrough(new DecompressionStream("gzip"));
      unpacked[name] = new Uint8Array(await new Response(bytes).arrayBuffer());
    }),
  );
}

const compile = (name: string) => (): WebAssembly.Module =>
  new WebAssembly.Module(unpacked[name] ?? new Uint8Array());

export const verifyModule = compile("verify");
export const diagnosisModule = compile("diagnosis");
export const toolsModule = compile("tools");

/** The page makes the module when it needs it. */
export const isEager = false;
