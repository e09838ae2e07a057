// @ts-check
/** Runs in its own Node process: reads the plan from an argument, writes the series to standard output. */

import { readFile } from "node:fs/promises";
import { everywhere } from "../contenders/everywhere.js";
import { hashWasm } from "../contenders/hash-wasm.js";
import { nodeCrypto } from "../contenders/node-crypto.js";
import { oneSecret, threeSecrets } from "../contenders/rotation.js";
import { measureInProcess } from "./in-process.js";

const { plan, rotation } = JSON.parse(/** @type {string} */ (process.argv[2]));
const wasm = await readFile(new URL(import.meta.resolve("mia-webhooks/verify.wasm")));
const contenders = [...everywhere(new WebAssembly.Module(wasm)), nodeCrypto, hashWasm];
const result = {
  verify: await measureInProcess(contenders, plan),
  rotation: await measureInProcess([oneSecret, threeSecrets], rotation),
};
process.stdout.write(JSON.stringify(result));
