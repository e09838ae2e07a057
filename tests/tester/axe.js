// @ts-check
/** Runs axe in a page of any engine. */

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Every violation, in words. Fails when axe checked nothing. */
export const violations = `(async () => {
  if (!globalThis.axe) { ${axe} }
  const { violations, passes } = await globalThis.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] });
  if (passes.length < 15) throw new Error("axe checked only " + passes.length + " rules");
  return violations.map(({ id, nodes }) => id + ": " + nodes.map(({ html }) => html).join(" "));
})()`;
