// @ts-check
/**
 * The examples of the documentation: each one compiles against the packed types
 * and runs, and its expressions have the values in their comments.
 */

import assert from "node:assert/strict";
import { readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";

import ts from "typescript";

import { readEntryPoints } from "../../pkg/entry-points.js";
import { root } from "../harness/checkout.js";
import { installed } from "../harness/installed.js";
import { STRICT, javaScriptOf, problemsOf } from "../harness/strict-types.js";

const { folder } = await installed();

const DOCUMENTS = ["README.md", "pkg/README.md", "docs/api.md", "docs/origin.md", "docs/replay.md"];

/** @typedef {{ file: string, line: number, code: string }} Example */

/**
 * The ```ts blocks of a file. A block that only compiles and does not run says
 * ```ts no-run.
 *
 * @param {string} file
 * @returns {(Example & { runs: boolean })[]}
 */
function examplesOf(file) {
  const text = readFileSync(join(root, file), "utf8");
  return [...text.matchAll(/^([ *]*)```ts\b([^\n]*)\n([^]*?)^[ *]*```$/gm)].map((block) => {
    const [, margin = "", info = "", code = ""] = block;
    return {
      file,
      line: text.slice(0, block.index).split("\n").length + 1,
      code: code
        .split("\n")
        .map((line) => line.slice(margin.length))
        .join("\n"),
      runs: info.trim() !== "no-run",
    };
  });
}

/** The argument of `console.log`, or the expression itself. @param {string} expression */
const printed = (expression) => /^console\.log\((.*)\)$/.exec(expression)?.[1] ?? expression;

const STATED = /^(?!\s|\/\/|(?:import|const|let|for|if)\b)(.+); \/\/ (.+)$/gm;
const LITERAL = /^(undefined|null|true|false|-?[\d_.]+|"[^"]*"|\[.*\]|\{.*\})$/;

/**
 * Makes an assertion of each `expression; // value`.
 *
 * @param {Example} example
 */
function withAssertions({ file, code }) {
  let count = 0;
  const text = code.replaceAll(STATED, (line, expression, value) => {
    if (LITERAL.test(value)) {
      count += 1;
      return `stated.deepEqual(${printed(expression)}, ${value});`;
    }
    // In a document a comment after a statement may be prose.
    assert.match(file, /\.md$/, `not a value: ${line}`);
    return line;
  });
  return { text: `import * as stated from "node:assert/strict";\n${text}`, count };
}

const sources = (await readdir(join(root, "pkg/src"), { recursive: true }))
  .filter((name) => name.endsWith(".ts"))
  .sort();
const examples = [...sources.map((name) => `pkg/src/${name}`), ...DOCUMENTS].flatMap(examplesOf);

const paths = examples.map(({ code }, index) => {
  const path = join(folder, `example-${index}.mts`);
  writeFileSync(path, `${code}\nexport {};\n`);
  return path;
});

/** An example for Node may use its types, and Fastify's; any other needs none. */
const ON_NODE = /from "(node:|fastify)/;
const isOnNode = (/** @type {string} */ path) => ON_NODE.test(examples[paths.indexOf(path)]?.code ?? "");
symlinkSync(join(root, "node_modules/fastify"), join(folder, "node_modules/fastify"), "junction");
const onNode = { types: ["node"], typeRoots: [join(root, "node_modules/@types")] };
const programs = [
  ts.createProgram(
    paths.filter((path) => !isOnNode(path)),
    STRICT,
  ),
  ts.createProgram(paths.filter(isOnNode), { ...STRICT, ...onNode }),
];

test("every function of an entry point has an example", async () => {
  const shown = examples.map(({ code }) => code).join("\n");
  const missing = [];
  for (const { name, specifier } of readEntryPoints().entryPoints) {
    // The documents show the element, which needs a page, and the Worker.
    if (!name.startsWith("element") && name !== "cloudflare") {
      // What entry points pass to each other is in no type.
      const source = readFileSync(join(root, `pkg/src/${name}.ts`), "utf8");
      const internal = [...source.matchAll(/@internal.*\nexport \{ (\w+) \}/g)].map(([, one]) => one);
      const called = Object.entries(await import(specifier)).filter(
        ([one, value]) => typeof value === "function" && !internal.includes(one),
      );
      missing.push(
        ...called.filter(([one]) => !new RegExp(`\\b${one}\\b`).test(shown)).map(([one]) => `${specifier}: ${one}`),
      );
    }
  }
  assert.deepEqual(missing, []);
});

for (const [index, example] of examples.entries()) {
  const { file, line, runs } = example;
  const path = /** @type {string} */ (paths[index]);

  test(`${file}:${line} compiles`, () => {
    const problems = programs.flatMap((program) => {
      const source = program.getSourceFile(path);
      return source === undefined ? [] : problemsOf(program, source);
    });
    assert.deepEqual(problems, []);
  });

  if (runs) {
    test(`${file}:${line} runs, and has the values in its comments`, async () => {
      const { text, count } = withAssertions(example);
      assert.ok(count > 0 || file.endsWith(".md"), "the example states no value: `expression; // value`");
      const script = path.replace(/\.mts$/, ".mjs");
      writeFileSync(script, javaScriptOf(text));
      await import(pathToFileURL(script).href);
    });
  }
}
