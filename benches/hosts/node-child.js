// @ts-check
/**
 * Runs in a process of its own, in Node, Deno or Bun: reads the plan from an argument,
 * writes the series to standard output.
 */

import { readFile } from "node:fs/promises";
import process from "node:process";
import { byHand } from "../contenders/by-hand.js";
import { everywhere } from "../contenders/everywhere.js";
import { hashWasm } from "../contenders/hash-wasm.js";
import { questions } from "../contenders/questions.js";
import { measureInProcess } from "./in-process.js";

const { plans, hasOtherSchemes } = JSON.parse(/** @type {string} */ (process.argv[2]));
const wasm = await readFile(new URL(import.meta.resolve("mia-webhooks/verify.wasm")));
const { otherSchemes } = hasOtherSchemes ? await import("../contenders/other-schemes.js") : { otherSchemes: [] };
const verify = [...everywhere(new WebAssembly.Module(wasm)), hashWasm, ...otherSchemes];
const cpuMs = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};
/** @type {Record<string, unknown>} */
const result = {};
for (const [question, contenders] of Object.entries(questions(verify, byHand))) {
  result[question] = await measureInProcess(contenders, plans[question], cpuMs);
}
process.stdout.write(JSON.stringify(result));
