/**
 * The wasm modules and the data that the page carries. They are in its script,
 * compressed, because the page is one file, and are unpacked before anything is drawn.
 */

import archive from "#archive";
import { fromBase64 } from "./bytes.js";
import { unpack } from "./unpack.js";
import { STREAMS, walkCode } from "./wasm-streams.js";

/** Where each part begins, and where the last one ends. */
const starts = [0];
for (const length of archive.lengths) {
  starts.push(starts.at(-1)! + length);
}
const bytes = unpack(fromBase64(archive.packed) ?? new Uint8Array(), starts.at(-1)!);
const part = (place: number): Uint8Array<ArrayBuffer> => bytes.subarray(starts[place], starts[place + 1]);

/** Where the next byte of each stream is: of the first module that is not joined yet. */
const nexts = starts.slice(-1 - STREAMS);
const modules: Uint8Array<ArrayBuffer>[] = [];

/** Compiles a module. */
export function moduleAt(place: number): WebAssembly.Module {
  while (modules.length <= place) {
    const [start, length] = archive.codes[modules.length]!;
    const others = part(modules.length);
    const module = new Uint8Array(others.length + length);
    module.set(others.subarray(0, start));
    module.set(others.subarray(start), start + length);
    let end = start;
    walkCode((stream) => (module[end++] = bytes[nexts[stream]!++]!));
    modules.push(module);
  }
  return new WebAssembly.Module(modules[place]!);
}

/** Reads data. */
export const dataAt = (place: number): unknown => JSON.parse(new TextDecoder().decode(part(place)));
