// @ts-check
/** What axe finds in a page of whichever engine. */

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Every violation, in words. Fails where nothing was looked at. */
export const violations = `(async () => {
  if (!globalThis.axe) { ${axe} }
  const { violations, passes } = await globalThis.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] });
  if (passes.length < 15) throw new Error("axe looked at " + passes.length + " rules");
  return violations.map(({ id, nodes }) => id + ": " + nodes.map(({ html }) => html).join(" "));
})()`;
