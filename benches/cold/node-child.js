// @ts-check
/**
 * Runs in a fresh Node process: from before the import to after the first
 * answer, in milliseconds. The code that all contenders share is loaded before.
 */

import "../compare-hex.js";
import { SECRET, eventOf } from "../sample.js";

const [contender, token] = /** @type {[string, string]} */ (process.argv.slice(2));
const payload = new TextEncoder().encode(eventOf(1024));

const started = performance.now();
const { check } = await import(`./${contender}.js`);
const answer = check(payload, token, SECRET);
const isRight = typeof answer === "boolean" ? answer : await answer;
const ms = performance.now() - started;

if (isRight !== true || (await check(payload, token.replace(/.$/, "g"), SECRET)) !== false) {
  throw new Error(`${contender} gives a wrong answer`);
}
process.stdout.write(String(ms));
