// @ts-check
/**
 * From import to first answer, each time in a fresh Node process. Every contender is a
 * package that Node finds in one `node_modules`: ours as its tarball installs it, the
 * libraries as they are, and those by hand with the manifest of ours and one file.
 */

import { execFile } from "node:child_process";
import { cp, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { installed } from "../../tests/harness/installed.js";
import { bundle } from "../bundle.js";
import { makeSample } from "../sample.js";
import { COLD } from "./contenders.js";

const run = promisify(execFile);
const LIBRARIES = ["@noble/hashes", "hash-wasm"];

/**
 * Milliseconds of the clock, and of the CPU; and of the clock with `require`, of the
 * packages that have CommonJS of their own.
 *
 * @typedef {Record<"ms" | "cpuMs" | "requireMs", import("../interleave.js").Series>} ColdNode
 */

/**
 * @param {number} rounds
 * @returns {Promise<ColdNode>}
 */
export async function measureColdNode(rounds) {
  const { token } = await makeSample(1024);
  const child = await install();
  const turns = Object.keys(COLD).flatMap((name) => [
    { name, system: "import" },
    ...(LIBRARIES.includes(name) ? [] : [{ name, system: "require" }]),
  ]);
  /** @type {ColdNode} */
  const results = { ms: {}, cpuMs: {}, requireMs: {} };
  const keep = (/** @type {keyof ColdNode} */ what, /** @type {string} */ name, /** @type {number} */ value) =>
    (results[what][name] ??= []).push(value);
  // The first round only fills the disk cache.
  for (let round = -1; round < rounds; round++) {
    for (let i = 0; i < turns.length; i++) {
      const { name, system } = /** @type {typeof turns[number]} */ (turns[(i + Math.max(round, 0)) % turns.length]);
      const { stdout } = await run(process.execPath, [child, name, token, system], { timeout: 20_000 });
      const { ms, cpuMs } = JSON.parse(stdout);
      if (round >= 0 && system === "require") {
        keep("requireMs", name, ms);
      } else if (round >= 0) {
        keep("ms", name, ms);
        keep("cpuMs", name, cpuMs);
      }
    }
  }
  return results;
}

/** The script to run, beside the packages. It is removed when this process ends. */
async function install() {
  const { folder, package: ours } = await installed();
  const modules = join(folder, "node_modules");
  for (const name of LIBRARIES) {
    await cp(new URL(`../../node_modules/${name}`, import.meta.url), join(modules, name), { recursive: true });
  }
  const { ".": rows } = JSON.parse(await readFile(join(ours, "package.json"), "utf8")).exports;
  const files = /** @type {const} */ ([
    [rows.import.node, "esm"],
    [rows.require.default, "cjs"],
  ]);
  for (const { from, byHand } of Object.values(COLD)) {
    if (byHand !== undefined) {
      await mkdir(join(modules, from, "dist"), { recursive: true });
      const manifest = { name: from, version: "1.0.0", type: "module", exports: { ".": rows } };
      await writeFile(join(modules, from, "package.json"), JSON.stringify(manifest, null, 2));
      for (const [file, format] of files) {
        await writeFile(
          join(modules, from, file),
          await bundle(`./cold/${byHand}`, { format, external: ["node:*"], target: "node20" }),
        );
      }
    }
  }
  const child = join(folder, "child.js");
  await writeFile(child, await bundle("./cold/node-child.js", { external: ["node:*"], target: "node20" }));
  return child;
}
