/**
 * The wasm modules of the page. They are in the script, compressed, because the
 * page is one file, and are unpacked once, before anything is drawn.
 */

import carried from "#carried-modules";
import { fromBase64 } from "./bytes.js";

const unpacked: Record<string, Uint8Array<ArrayBuffer>> = {};

/** Unpacks the modules; the library's loaders are synchronous. */
export async function unpack(): Promise<void> {
  await Promise.all(
    Object.entries(carried).map(async ([name, base64]) => {
      const bytes = new Blob([fromBase64(base64) ?? ""]).stream().pipeThrough(new DecompressionStream("gzip"));
      unpacked[name] = new Uint8Array(await new Response(bytes).arrayBuffer());
    }),
  );
}

/** Compiles a module when it is asked for. */
export const load = (name: string): WebAssembly.Module => new WebAssembly.Module(unpacked[name] ?? new Uint8Array());
