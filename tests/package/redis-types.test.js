// @ts-check
/** The clients of Redis fit the store's types; the package depends on none of them. */

import assert from "node:assert/strict";
import { copyFileSync, mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import ts from "typescript";

import { root } from "../harness/checkout.js";
import { installed } from "../harness/installed.js";

const { folder } = await installed("redis.ts");
mkdirSync(join(folder, "node_modules/@upstash"));
for (const name of ["ioredis", "ioredis-5", "redis", "redis-4", "redis-5", "@upstash/redis", "@types"]) {
  symlinkSync(join(root, "node_modules", name), join(folder, "node_modules", name), "junction");
}

test("of ioredis, node-redis and Upstash, in an ES module and in CommonJS", () => {
  const files = ["mts", "cts"].map((format) => {
    const file = join(folder, `redis.${format}`);
    copyFileSync(join(folder, "redis.ts"), file);
    return file;
  });
  const program = ts.createProgram(files, {
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    target: ts.ScriptTarget.ES2022,
    types: ["node"],
    strict: true,
    exactOptionalPropertyTypes: true,
    esModuleInterop: true,
    // The clients' own.
    skipLibCheck: true,
    noEmit: true,
  });
  assert.deepEqual(
    ts.getPreEmitDiagnostics(program).map((problem) => ts.flattenDiagnosticMessageText(problem.messageText, "\n")),
    [],
  );
});
