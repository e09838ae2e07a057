// @ts-check
/** The `replay` module itself: four functions that take numbers. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { root } from "../harness/checkout.js";
import { output } from "../harness/installed.js";

const wasmPath = join(root, "pkg/wasm/replay.wasm");
const module = new WebAssembly.Module(readFileSync(wasmPath));
const text = await output(process.execPath, [join(root, "node_modules/binaryen/bin/wasm-dis"), wasmPath]);

test("imports nothing, has no memory, and exports what the package calls", () => {
  assert.deepEqual(WebAssembly.Module.imports(module), []);
  assert.deepEqual(
    WebAssembly.Module.exports(module)
      .map(({ name, kind }) => `${kind} ${name}`)
      .sort(),
    ["function claim", "function commit", "function prune", "function release"],
  );
  assert.doesNotMatch(text, /\(memory /);
});

test("cannot trap", () => {
  assert.match(text, /\(func /);
  assert.doesNotMatch(text, /\(unreachable|\(i(32|64)\.(div|rem|trunc_f)|call_indirect|\.load|\.store/);
});

test("answers with a number to any numbers", () => {
  const functions = /** @type {Record<string, (...args: number[]) => number>} */ (
    /** @type {unknown} */ (new WebAssembly.Instance(module).exports)
  );
  const numbers = [0, 1, 2, 3, 4, -1, 0.5, NaN, Infinity, -Infinity, 2 ** 53 - 1, 2 ** 53, 2 ** 64, 1e300, -(2 ** 63)];
  let calls = 0;
  for (const [name, answer] of Object.entries(functions)) {
    for (let i = 0; i < 50_000; i++) {
      const args = Array.from(
        { length: answer.length },
        (_, place) => numbers[(i * (place + 7) * 31 + i * i) % numbers.length] ?? 0,
      );
      const number = answer(...args);
      assert.ok(number >= -34 && number <= 2 ** 64, `${name}(${args.join(", ")}) is ${number}`);
      calls += 1;
    }
  }
  assert.equal(calls, 200_000);
});
