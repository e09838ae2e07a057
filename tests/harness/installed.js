// @ts-check
/**
 * The packed package, installed as its users install it: `npm install` of the
 * tarball in an empty folder outside this repository, where nothing else resolves.
 */

import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { cp, mkdir, mkdtemp, readdir, realpath, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative, sep } from "node:path";
import { root } from "./checkout.js";

/** The package as it is published. */
export const tarball = join(root, "target/npm/mia-webhooks.tgz");

if (!existsSync(tarball)) {
  throw new Error(`${relative(root, tarball)} is missing: run \`cargo xtask build\` first`);
}

/** What the first test installed: npm takes seconds, and a copy takes none. `cargo xtask build` removes it. */
const kept = join(
  root,
  "target/installed",
  createHash("sha256").update(readFileSync(tarball)).digest("hex").slice(0, 16),
);

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
  if (existsSync(kept)) {
    await cp(kept, folder, { recursive: true });
  } else {
    await install(folder);
    await keep(folder);
  }
  for (const fixture of fixtures) {
    await cp(join(root, "tests/package/fixtures", fixture), join(folder, fixture), { recursive: true });
  }
  return { folder, package: join(folder, "node_modules/mia-webhooks") };
}

/** @param {string} folder */
async function install(folder) {
  await writeFile(join(folder, "package.json"), '{ "name": "consumer", "private": true, "type": "module" }\n');
  // The package has no dependencies: an install that needs the network fails.
  const flags = ["--offline", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  await output("npm", ["install", ...flags, tarball], { cwd: folder, shell: process.platform === "win32" });
}

/** Keeps a copy for other test files; of two at the same time, one is kept. @param {string} folder */
async function keep(folder) {
  await mkdir(join(kept, ".."), { recursive: true });
  const copy = await mkdtemp(`${kept}-`);
  await cp(folder, copy, { recursive: true });
  await rename(copy, kept).catch(async (error) => {
    await rm(copy, { recursive: true });
    if (!existsSync(kept)) {
      throw error;
    }
  });
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

/** Only a program that hangs reaches it. */
const LIMIT = 10 * 60_000;

/**
 * The standard output of a program. Rejects when it fails.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import("node:child_process").SpawnOptionsWithoutStdio} [options]
 * @returns {Promise<string>}
 */
export function output(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { timeout: LIMIT, killSignal: "SIGKILL", ...options });
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
