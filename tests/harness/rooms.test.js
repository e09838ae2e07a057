// @ts-check
/**
 * Each folder of tests stands alone: code that two folders need is here, in
 * `tests/harness/`, and the right answers are in `tests/vectors/`. So a folder can be moved or removed without a change to the
 * others.
 */

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join, posix, sep } from "node:path";
import { test } from "node:test";
import { root } from "./checkout.js";

// Types that a comment imports count too.
const IMPORTED = /\b(?:from|import|require)\s*\(?\s*["'](\.\.?\/[^"'\n]+)["']/g;

/**
 * The forbidden imports of a file, each as a sentence that says what to do.
 *
 * @param {string} file from the top of the checkout, with `/`
 * @param {string} text
 */
function complaints(file, text) {
  return [...text.matchAll(IMPORTED)].flatMap(([, specifier = ""]) => {
    const target = posix.join(posix.dirname(file), specifier);
    const isShared = ["harness", "vectors"].includes(roomOf(target) ?? "");
    if (!target.startsWith("tests/") || isShared || roomOf(target) === roomOf(file)) {
      return [];
    }
    return [`${file} imports ${target}: move what both need to tests/harness/, and import it from there`];
  });
}

/** `package` for `tests/package/runtimes.js`; `undefined` outside the tests. @param {string} file */
const roomOf = (file) => /^tests\/([^/]+)\//.exec(file)?.[1];

const files = ["tests", "benches", "edge", "examples"].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .map((name) => `${folder}/${name.split(sep).join("/")}`)
    .filter((file) => /\.(js|cjs|mjs|ts)$/.test(file) && !file.includes("/node_modules/")),
);

test("a folder of tests imports from itself and from tests/harness/", () => {
  assert.ok(files.length > 100, "the files were not found");
  assert.deepEqual(
    files.flatMap((file) => complaints(file, readFileSync(join(root, file), "utf8"))),
    [],
  );
});

test("no script is in tests/ itself", () => {
  const beside = files.filter((file) => file.startsWith("tests/") && roomOf(file) === undefined);
  assert.deepEqual(beside, [], "move each to the folder that uses it, or to tests/harness/");
});

test("an import of another folder is found in every notation", () => {
  // Joined from parts, because the test checks this file too.
  const quoted = (/** @type {string} */ path) => JSON.stringify(path);
  const wire = quoted("../receivers/wire.js");
  for (const line of [
    `import { wire } from ${wire};`,
    `import ${wire};`,
    `const wire = await import(${wire});`,
    `const wire = require(${wire});`,
    `/** @type {import(${wire}).Wire} */`,
  ]) {
    assert.match(
      complaints("tests/replay/guard.js", line).join(),
      /^tests\/replay\/guard.js imports tests\/receivers\/wire.js: /,
    );
    assert.deepEqual(complaints("tests/receivers/guard.js", line), []);
  }
  assert.equal(complaints("benches/page.js", `import ${quoted("../tests/tester/page.js")};`).length, 1);
  assert.deepEqual(complaints("benches/page.js", `import ${quoted("../tests/harness/in-page.js")};`), []);
  assert.deepEqual(
    complaints("tests/unit/token.test.ts", `import tokens from ${quoted("../vectors/token.json")};`),
    [],
  );
  assert.equal(complaints("tests/harness/wire.js", `import ${quoted("../tester/page.js")};`).length, 1);
});
