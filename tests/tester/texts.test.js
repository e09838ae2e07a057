// @ts-check
/** The catalogue of texts, and strings that fields cannot show. */

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { build } from "esbuild";
import { root } from "../harness/checkout.js";

const www = join(root, "www");

/** @param {string} file */
async function load(file) {
  const { outputFiles } = await build({
    entryPoints: [join(www, file)],
    bundle: true,
    format: "esm",
    write: false,
    packages: "external",
  });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0]?.contents ?? "").toString("base64")}`);
}

const { LANGUAGES, TEXT_KEYS, languageOf, speaking } = await load("texts.ts");
const { FINDINGS_IT, ISSUES_IT } = await load("codes-it.ts");
const { TrueText } = await load("true-text.ts");
const { SUBSCRIPTION_FIELDS } = await load("../pkg/src/generated/subscription.ts");
/** @type {string[]} */
const FIELDS = SUBSCRIPTION_FIELDS.map((/** @type {{ name: string }} */ { name }) => name);

test("every text exists in every language, with the same places, and is used", () => {
  const sources = readdirSync(www)
    .filter((file) => file.endsWith(".ts") && file !== "texts.ts")
    .map((file) => readFileSync(join(www, file), "utf8"))
    .join("\n");
  assert.ok(TEXT_KEYS.length > 100);
  for (const key of TEXT_KEYS) {
    const [first, ...others] = LANGUAGES.map((/** @type {string} */ language) =>
      speaking(language)(key, new Proxy({}, { get: (_, name) => `{${String(name)}}` })),
    );
    const places = (/** @type {string} */ text) => [...text.matchAll(/\{\w+\}/g)].map(String).sort().join();
    for (const text of [first, ...others]) {
      assert.ok(text.trim() !== "", key);
      assert.equal(places(text), places(first), key);
    }
    // Its key is written whole, or ends with a finding's blame or severity.
    const isUsed =
      sources.includes(`"${key}"`) ||
      FIELDS.includes(key) ||
      (key.startsWith("blame_") && sources.includes("`blame_${")) ||
      key === "warning";
    assert.ok(isUsed, `${key} is used nowhere`);
  }
});

test("every code has an Italian text that differs from the English one", () => {
  const generated = readFileSync(join(root, "pkg/src/generated/findings.ts"), "utf8");
  const english = [...generated.matchAll(/^ {2}\["(\w+)","\w+","((?:[^"\\]|\\.)*)","((?:[^"\\]|\\.)*)"\],$/gm)];
  assert.equal(english.length, Object.keys(FINDINGS_IT).length);
  for (const [, code, message, fix] of english) {
    assert.notEqual(FINDINGS_IT[/** @type {string} */ (code)][0], message);
    assert.notEqual(FINDINGS_IT[/** @type {string} */ (code)][1], fix);
  }
  assert.ok(Object.keys(ISSUES_IT).length > 50);
});

test("a language is read from its tag", () => {
  assert.deepEqual(["it", "it-CH", "IT", "en-GB", "fr", "", null, undefined].map(languageOf), [
    "it",
    "it",
    "it",
    "en",
    "en",
    "en",
    "en",
    "en",
  ]);
});

test("typing into a view changes nothing else of the string", () => {
  for (const [folding, text, view, typed, expected] of /** @type {const} */ ([
    ["lines", "a\r\nb\r\n", "a\nb\n", "a\nbc\n", "a\r\nbc\r\n"],
    ["lines", "a\r\nb\rc", "a\nb\nc", "a\nb\nc\n", "a\r\nb\rc\n"],
    ["lines", "\r\n", "\n", "", ""],
    ["lines", "a\r\nb", "a\nb", "ab", "ab"],
    ["one-line", "secret\n", "secret", "secre", "secre"],
    ["one-line", "secret\r\n", "secret", "xsecret", "xsecret\r\n"],
    ["one-line", "\n", "", "", ""],
    ["one-line", "\n", "", "x", "x"],
    ["one-line", "a\nb", "ab", "abc", "a\nbc"],
  ])) {
    const field = new TrueText(folding);
    field.set(text);
    assert.equal(field.view, view);
    field.type(typed);
    assert.equal(field.text, expected, JSON.stringify([text, typed]));
    assert.equal(field.view, typed);
  }
});

test("after any edit the view shows the string", () => {
  let seed = 7;
  const below = (/** @type {number} */ limit) => (seed = (seed * 48_271) % 2_147_483_647) % limit;
  const random = () => Array.from({ length: below(6) }, () => ["a", "b", "\r\n", "\n", "\r"][below(5)]).join("");
  for (let round = 0; round < 20_000; round++) {
    const folding = round % 2 ? "lines" : "one-line";
    const field = new TrueText(folding);
    field.set(random());
    const start = below(field.view.length + 1);
    const end = start + below(field.view.length - start + 1);
    const inserted = random();
    const caret = field.insert(inserted, start, end);
    assert.ok(field.text.includes(inserted));
    assert.ok(caret >= 0 && caret <= field.view.length);
    const fold = (/** @type {string} */ text) => text.replace(/\r\n|\r|\n/g, folding === "lines" ? "\n" : "");
    assert.equal(field.view, fold(field.text));
  }
});
