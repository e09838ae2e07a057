/** A module with wasm-bindgen's glue: when it is made, and when it is made again. */

import assert from "node:assert/strict";
import { test } from "vitest";
import { gluedModule } from "../../../pkg/src/wasm/glued-module.js";

/** A module that imports `counted` from the glue, and calls it when it is started. */
const WASM = new Uint8Array([
  ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
  ...[0x01, 0x04, 0x01, 0x60, 0x00, 0x00], // a type: () -> ()
  ...[0x02, 0x0d, 0x01, 0x04, ...Buffer.from("glue"), 0x04, ...Buffer.from("work"), 0x00, 0x00],
  ...[0x03, 0x02, 0x01, 0x00], // one function of that type
  ...[0x07, 0x14, 0x01, 0x10, ...Buffer.from("__wbindgen_start"), 0x00, 0x01],
  ...[0x0a, 0x06, 0x01, 0x04, 0x00, 0x10, 0x00, 0x0b], // which calls the import
]);

function moduleOf(load = () => new WebAssembly.Module(WASM)) {
  const seen: string[] = [];
  const exports: unknown[] = [];
  const glue = {
    work: () => seen.push("started"),
    __wbg_set_wasm: (wasm: unknown) => {
      exports.push(wasm);
      seen.push("bound");
    },
  };
  const engine = gluedModule(() => (seen.push("loaded"), load()), "glue", glue);
  return { engine, seen, exports };
}

const fails = (engine: ReturnType<typeof moduleOf>["engine"], cause: unknown) =>
  assert.throws(
    () =>
      engine.call(() => {
        throw cause;
      }),
    { name: "WebhookError", code: "engine_unavailable", cause },
  );

test("it is loaded, bound and started on the first call, and once", () => {
  const { engine, seen, exports } = moduleOf();
  assert.equal(engine.instance(), undefined);
  assert.deepEqual(seen, []);
  assert.equal(
    engine.call(() => 7),
    7,
  );
  assert.equal(
    engine.call(() => 8),
    8,
  );
  assert.deepEqual(seen, ["loaded", "bound", "started"]);
  assert.equal((engine.instance() as WebAssembly.Instance).exports, exports[0]);
});

test("a call that did not return costs the instance, and the next one gets a new one of the same module", () => {
  const { engine, seen } = moduleOf();
  engine.call(() => {});
  const before = engine.instance();
  fails(engine, new RangeError("the stack is full"));
  assert.equal(engine.instance(), undefined);
  assert.equal(
    engine.call(() => 7),
    7,
  );
  assert.notEqual(engine.instance(), before);
  assert.deepEqual(seen, ["loaded", "bound", "started", "bound", "started"]);
});

test("a module that cannot be loaded is an error with its cause, and is tried again", () => {
  const cause = new Error("wasm is forbidden here");
  let isForbidden = true;
  const { engine, seen } = moduleOf(() => {
    if (isForbidden) {
      throw cause;
    }
    return new WebAssembly.Module(WASM);
  });
  const message = "The WebAssembly module could not be used. wasm is forbidden here";
  assert.throws(() => engine.call(() => 7), { code: "engine_unavailable", message, cause });
  assert.equal(engine.instance(), undefined);
  isForbidden = false;
  assert.equal(
    engine.call(() => 7),
    7,
  );
  assert.deepEqual(seen, ["loaded", "loaded", "bound", "started"]);
});
