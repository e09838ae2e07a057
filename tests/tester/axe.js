// @ts-check
/** Runs axe in a page of any engine. */

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const ALL = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/**
 * Every violation, in words. Fails when axe checked nothing.
 *
 * @param {readonly string[]} [only] these rules; all of them by default
 */
export const violations = (only) => `(async () => {
  if (!globalThis.axe) { ${axe} }
  const { violations, passes } = await globalThis.axe.run(document, {
    runOnly: ${JSON.stringify(only ?? ALL)},
    resultTypes: ["violations"],
  });
  if (passes.length < ${only?.length ?? 15}) throw new Error("axe checked only " + passes.map(({ id }) => id));
  return violations.map(({ id, nodes }) => id + ": " + nodes.map(({ html }) => html).join(" "));
})()`;

/** Resolves when the page is drawn in its present colours: they change slowly. */
export const drawn = `(async () => {
  await new Promise(requestAnimationFrame);
  await Promise.all(document.getAnimations().map(({ finished }) => finished.catch(() => {})));
})()`;
