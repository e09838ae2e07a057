// @ts-check
/** The adapters and stores fit the types of their frameworks and clients, which the package does not depend on. */

import assert from "node:assert/strict";
import { copyFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import ts from "typescript";

import { root } from "../harness/checkout.js";
import { installed } from "../harness/installed.js";

const { folder } = await installed("hosts.ts");
for (const name of ["@types", "fastify", "postgres"]) {
  symlinkSync(join(root, "node_modules", name), join(folder, "node_modules", name), "junction");
}

for (const [name, format] of /** @type {const} */ ([
  ["an ES module", "mts"],
  ["CommonJS", "cts"],
])) {
  test(`of Fastify, AWS Lambda and clients of databases, in ${name}`, () => {
    const file = join(folder, `hosts.${format}`);
    copyFileSync(join(folder, "hosts.ts"), file);
    const program = ts.createProgram([file], {
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
      target: ts.ScriptTarget.ES2022,
      types: ["node"],
      strict: true,
      exactOptionalPropertyTypes: true,
      esModuleInterop: true,
      // Fastify's own.
      skipLibCheck: true,
      noEmit: true,
    });
    const problems = ts.getPreEmitDiagnostics(program);
    assert.deepEqual(
      problems.map((problem) => ts.flattenDiagnosticMessageText(problem.messageText, "\n")),
      [],
    );
  });
}
