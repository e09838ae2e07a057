// @ts-check
/**
 * The packed package, installed as its users install it: `npm install` of the
 * tarball in an empty folder outside this repository, where nothing else resolves.
 */

import { spawn } from "node:child_process";
import { existsSync, rmSync } from "node:fs";
import { cp, mkdtemp, readdir, realpath, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative, sep } from "node:path";
import { root } from "./checkout.js";

/** The package as it is published. */
export const tarball = join(root, "target/npm/mia-webhooks.tgz");

if (!existsSync(tarball)) {
  throw new Error(`${relative(root, tarball)} is missing: run \`cargo xtask build\` first`);
}

/**
 * An empty folder with the package installed and the named fixtures in it. It
 * is removed when the calling test file has ended.
 *
 * @param {...string} fixtures files and folders of `tests/package/fixtures`
 */
export async function installed(...fixtures) {
  const folder = await realpath(await mkdtemp(join(tmpdir(), "mia-webhooks-package-")));
  // Also removed when the installation fails: then `after` would not run.
  process.once("exit", () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
  await writeFile(join(folder, "package.json"), '{ "name": "consumer", "private": true, "type": "module" }\n');
  // The package has no dependencies: an install that needs the network fails.
  const flags = ["--offline", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  await output("npm", ["install", ...flags, tarball], { cwd: folder, shell: process.platform === "win32" });
  for (const fixture of fixtures) {
    await cp(join(root, "tests/package/fixtures", fixture), join(folder, fixture), { recursive: true });
  }
  return { folder, package: join(folder, "node_modules/mia-webhooks") };
}

/**
 * Every file below a folder: its path with `/`, sorted.
 *
 * @param {string} folder
 */
export async function filesIn(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .sort();
}

/**
 * The standard output of a program. Rejects when it fails or takes
 * longer than a minute.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import("node:child_process").SpawnOptionsWithoutStdio} [options]
 * @returns {Promise<string>}
 */
export function output(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { timeout: 60_000, killSignal: "SIGKILL", ...options });
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (text) => (stdout += text));
    child.stderr.on("data", (text) => (stderr += text));
    child.on("error", reject);
    child.on("close", (status, signal) => {
      if (status === 0) {
        resolve(stdout);
      } else {
        reject(new Error(`${command} ${args.join(" ")}: ${status ?? signal}\n${stdout}${stderr}`));
      }
    });
  });
}
