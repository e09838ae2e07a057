/** The code of a module is the same after it was split into streams and joined. */

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "vitest";
import { STREAMS, walkCode } from "../../../www/wasm-streams.js";

const wasm = join(import.meta.dirname, "../../../pkg/wasm");

function split(code: Uint8Array): number[][] {
  const streams = Array.from({ length: STREAMS }, (): number[] => []);
  let next = 0;
  walkCode((stream) => {
    streams[stream]!.push(code[next]!);
    return code[next++]!;
  });
  assert.equal(next, code.length);
  return streams;
}

function joined(streams: number[][]): Uint8Array {
  const nexts = streams.map(() => 0);
  const code: number[] = [];
  walkCode((stream) => {
    const byte = streams[stream]![nexts[stream]!++]!;
    code.push(byte);
    return byte;
  });
  assert.deepEqual(
    nexts,
    streams.map(({ length }) => length),
  );
  return Uint8Array.from(code);
}

/** The code section, found as the specification describes it. */
function codeOf(module: Uint8Array): Uint8Array {
  for (let at = 8; at < module.length;) {
    const id = module[at++];
    let size = 0;
    let factor = 1;
    for (let isLast = false; !isLast; factor *= 128) {
      isLast = module[at]! < 128;
      size += (module[at++]! % 128) * factor;
    }
    if (id === 10) {
      return module.subarray(at, at + size);
    }
    at += size;
  }
  throw new Error("there is no code");
}

test.for(readdirSync(wasm).filter((file) => file.endsWith(".wasm")))("%s", (file) => {
  const code = codeOf(readFileSync(join(wasm, file)));
  const streams = split(code);
  assert.ok(Buffer.from(code).equals(joined(streams)));
});

test("each byte is in the stream of its kind", () => {
  const bodies = [
    // One group of two locals.
    [1, 2, 0x7f, 0x20, 1, 0x41, 0xe4, 0, 0x6a, 0x21, 0, 0x20, 0, 0x28, 2, 0x90, 1, 0x1a, 0x10, 5, 0x0b],
    // A block with a table of two branches, and an if.
    [0, 0x02, 0x40, 0x0e, 2, 0, 1, 0, 0x0b, 0x04, 0x7f, 0x0d, 3, 0x0b, 0x42, 7, 0x1a, 0x0b],
    // 0x0b is no end inside of a number, of a vector or of a typed select.
    [0, 0x44, ...new Array<number>(8).fill(0x0b), 0x43, ...new Array<number>(4).fill(0x0b), 0x1c, 1, 0x7f, 0x0b],
    [0, 0xfd, 12, ...new Array<number>(16).fill(0x0b), 0xfd, 0, 4, 0x0b, 0xfd, 27, 0x0b, 0xfd, 84, 0, 9, 0x0b, 0x0b],
    // Conversion, copy and fill of memory, growing a table.
    [0, 0xfc, 0, 0xfc, 10, 0x0b, 0x0b, 0xfc, 11, 0x0b, 0xfc, 15, 0x0b, 0xfc, 8, 0x0b, 0x0b, 0x11, 0x0b, 0x0b, 0x0b],
  ];
  const code = Uint8Array.from([bodies.length, ...bodies.flatMap((body) => [body.length, ...body])]);
  const streams = split(code);
  assert.deepEqual([...joined(streams)], [...code]);
  const [, headers, branches, functions, locals, offsets, integers, longs] = streams;
  assert.deepEqual(headers, [
    5,
    21,
    1,
    2,
    0x7f,
    bodies[1]!.length,
    0,
    bodies[2]!.length,
    0,
    bodies[3]!.length,
    0,
    bodies[4]!.length,
    0,
  ]);
  assert.deepEqual(branches, [3]);
  assert.deepEqual(functions, [5]);
  assert.deepEqual(locals, [1, 0, 0]);
  assert.deepEqual(offsets, [0x90, 1, 0x0b, 9]);
  assert.deepEqual(integers, [0xe4, 0]);
  assert.deepEqual(longs, [7]);
});
