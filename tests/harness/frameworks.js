// @ts-check
/**
 * The frameworks, as they come from the registry, and the packed package beside them:
 * where a test runs the programs of its readers. Installed once, into `target/hosts/`.
 */

import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { root } from "./checkout.js";
import { tarball } from "./installed.js";

const FLAGS = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];

/**
 * @typedef {object} Frameworks
 * @property {string} programs A folder in which a program finds the frameworks and the package.
 * @property {string | undefined} missing Why there are none.
 */

/**
 * Installs what `tests/hosts/NAME/package-lock.json` lists, and the package.
 *
 * @param {string} name
 * @returns {Frameworks}
 */
export function frameworks(name) {
  const from = join(root, "tests/hosts", name);
  const lock = readFileSync(join(from, "package-lock.json"));
  const folder = join(root, "target/hosts", `${name}-${shortHash(lock)}`);
  const listed = installed(folder, (fresh) => {
    cpSync(from, fresh, { recursive: true });
    // Some need a newer Node than the oldest, and are run with one.
    npm(fresh, ["ci", ...FLAGS]);
  });
  const programs = join(folder, `with-${shortHash(readFileSync(tarball))}`);
  const missing =
    listed ??
    installed(programs, (fresh) => {
      writeFileSync(join(fresh, "package.json"), '{ "name": "receiver", "private": true, "type": "module" }\n');
      npm(fresh, ["install", "--offline", ...FLAGS, tarball]);
    });
  return { programs, missing };
}

/**
 * A new folder in which a program finds the frameworks and the package.
 *
 * @param {Frameworks} where
 * @param {string} name
 */
export function programFolder({ programs }, name) {
  const folder = join(programs, name.replaceAll(/\W+/g, "-"));
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** What went wrong, if something did. @param {string} folder @param {(fresh: string) => void} install */
function installed(folder, install) {
  if (existsSync(folder)) {
    return undefined;
  }
  mkdirSync(join(folder, ".."), { recursive: true });
  // It gets its name last: an installation that was stopped is done again.
  const fresh = mkdtempSync(`${folder}-`);
  try {
    install(fresh);
    renameSync(fresh, folder);
    removeOlder(folder);
    return undefined;
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true });
    return existsSync(folder) ? undefined : `COULD NOT BE INSTALLED: ${error}`;
  }
}

/** Of a folder whose name ends with a hash, those with another one. @param {string} folder */
function removeOlder(folder) {
  const [home, name] = [dirname(folder), basename(folder)];
  const stem = name.slice(0, name.lastIndexOf("-") + 1);
  for (const other of readdirSync(home)) {
    if (other !== name && other.startsWith(stem)) {
      rmSync(join(home, other), { recursive: true, force: true });
    }
  }
}

/** @param {string} cwd @param {string[]} args */
function npm(cwd, args) {
  const { status, error, stderr } = spawnSync("npm", args, { cwd, encoding: "utf8" });
  if (status !== 0) {
    throw new Error(`npm ${args.join(" ")}: ${error?.message ?? stderr}`);
  }
}

/** @param {Buffer} bytes */
const shortHash = (bytes) => createHash("sha256").update(bytes).digest("hex").slice(0, 16);
