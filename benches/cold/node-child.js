// @ts-check
/**
 * Runs in a fresh Node process, beside a `node_modules`: from before the package is
 * resolved to after the first answer, in milliseconds of the clock and of the CPU.
 * What all contenders share is loaded before.
 */

import { createRequire } from "node:module";
import { SECRET, eventOf } from "../sample.js";
import { COLD } from "./contenders.js";

const [contender, token, system] = /** @type {[string, string, string]} */ (process.argv.slice(2));
const { from, name, checkOf } = /** @type {import("./contenders.js").Cold} */ (COLD[contender]);
const payload = new TextEncoder().encode(eventOf(1024));
const require = createRequire(import.meta.url);

const cpu = process.cpuUsage();
const started = performance.now();
const check = checkOf((system === "require" ? require(from) : await import(from))[name]);
const answer = check(payload, token, SECRET);
const isRight = typeof answer === "boolean" ? answer : await answer;
const ms = performance.now() - started;
const { user, system: kernel } = process.cpuUsage(cpu);

if (isRight !== true || (await check(payload, token.replace(/.$/, "g"), SECRET)) !== false) {
  throw new Error(`${contender} gives a wrong answer`);
}
process.stdout.write(JSON.stringify({ ms, cpuMs: (user + kernel) / 1000 }));
