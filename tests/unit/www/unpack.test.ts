/** What the page carries comes out of its archive as it went in. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "vitest";
import { unpack } from "../../../www/unpack.js";

// Its sources, which are its types, do not pass the checks of this project.
const { compress } = await import("lzma1" as string);
const root = join(import.meta.dirname, "../../..");

describe("unpacking gives what was packed", () => {
  /** The same bytes in every run, of so many values. */
  const noise = (length: number, values: number) => {
    let seed = length;
    return Uint8Array.from({ length }, () => (seed = (seed * 1103515245 + 12345) % 2 ** 31) % values);
  };
  const again = noise(3000, 251);
  const cases: Readonly<Record<string, Uint8Array>> = {
    "one byte": Uint8Array.of(0xff),
    "one byte many times": new Uint8Array(70_000).fill(7),
    "bytes that cannot be packed": noise(9000, 256),
    "few values": noise(9000, 3),
    // Distances of every size, some of them used again.
    "repetitions from far away": Uint8Array.from(
      [0, 40, 700, 20_000, 70_000, 300_000].flatMap((gap) => [...noise(gap, 256), ...again.subarray(gap % 97)]),
    ),
    "records that differ in a byte": Uint8Array.from({ length: 20_000 }, (_, place) =>
      place % 16 === 3 ? (place >> 4) & 0xff : place % 16,
    ),
    text: readFileSync(join(root, "www/texts/codes-it.ts")),
    wasm: readFileSync(join(root, "pkg/wasm/verify.wasm")),
  };
  test.for(Object.entries(cases))("%s", ([, bytes]) => {
    assert.ok(Buffer.from(bytes).equals(unpack(compress(bytes, 9), bytes.length)));
  });
});

test("a file of XZ Utils is unpacked", () => {
  // printf 'payload payload secret%.0s' 1 2 3 | xz --format=lzma | base64
  const packed = "XQAAgAD//////////wA4GEuZdQ9GCDPuJFjJzuFe3nsQX5Y3///ofoAA";
  assert.equal(Buffer.from(unpack(Buffer.from(packed, "base64"), 66)).toString(), "payload payload secret".repeat(3));
});
