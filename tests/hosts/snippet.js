// @ts-check
/** Takes the receiver out of a host's page: what is tested is what people copy. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../harness/checkout.js";
import { blocksOf, fileOf } from "../harness/code-blocks.js";

/** More would not be read before it is pasted. */
const MAX_LINES = 20;

/**
 * @typedef {object} Snippet
 * @property {string} file The file to make of it, with its folders.
 * @property {string} program
 */

/** @param {string} page the name of a file in docs/hosts/, without its ending */
const textOf = (page) => readFileSync(join(root, "docs/hosts", `${page}.md`), "utf8");

/** The program of the second code block of a host's page. @param {string} page */
export const secondOf = (page) => blocksOf(textOf(page))[1] ?? "";

/**
 * The first code block of a page, which is its receiver; or the first below a heading.
 *
 * @param {string} page the name of a file in docs/hosts/, without its ending
 * @param {string} [heading]
 * @returns {Snippet}
 * @throws {Error} if it is not as readers expect it: it is too long, or does not begin
 * with a comment that names its file.
 */
export const snippetOf = (page, heading) => snippetIn(`docs/hosts/${page}.md`, textOf(page), heading);

/** @param {string} name @param {string} text @param {string} [heading] @returns {Snippet} */
export function snippetIn(name, text, heading) {
  const from = heading === undefined ? 0 : text.indexOf(`\n## ${heading}\n`);
  const program = from < 0 ? undefined : blocksOf(text.slice(from))[0];
  if (program === undefined) {
    throw new Error(`${name} has no code block${heading === undefined ? "" : ` below "${heading}"`}`);
  }
  const lines = program.trimEnd().split("\n");
  if (lines.length > MAX_LINES) {
    throw new Error(`the receiver of ${name} has ${lines.length} lines; it must have ${MAX_LINES} or less`);
  }
  const file = fileOf(program);
  if (file === undefined) {
    throw new Error(`the receiver of ${name} must begin with a comment that names its file, and what to install`);
  }
  return { file, program };
}
