// @ts-check
/**
 * Installs the browsers that are missing: by apt as root on Debian, otherwise by
 * Playwright's own downloader.
 *
 * `node tests/harness/browser/install.js`
 */

import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { onPath } from "../on-path.js";
import { ENGINES, findEngine } from "./engines.js";

/** @typedef {import("./engines.js").Engine} Engine */

/** @type {Readonly<Record<Engine, readonly string[]>>} */
const PACKAGES = {
  chromium: ["chromium", "chromium-driver"],
  firefox: ["firefox-esr"],
  webkit: ["webkit2gtk-driver", "xvfb", "xauth"],
};

const MINUTE = 60_000;

/** @returns {Engine[]} */
export const missingEngines = () => ENGINES.filter((engine) => findEngine(engine) === undefined);

/**
 * Installs the browsers that are missing.
 *
 * @param {(line: string) => void} [say]
 * @throws Error that names the engines that are still missing, and the commands that were tried.
 */
export function installBrowsers(say = console.log) {
  /** @type {string[]} */
  const failures = [];
  if (missingEngines().length === 0) {
    say("browsers: Chromium, Firefox and WebKit are installed");
    return;
  }
  const isRoot = process.getuid?.() === 0;
  if (isRoot && onPath("apt-get")) {
    say(`browsers: installing ${missingEngines().join(", ")} with apt-get`);
    const packages = missingEngines().flatMap((engine) => PACKAGES[engine]);
    const failure =
      run("apt-get", ["update", "-qq"]) ??
      run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", ...packages]);
    if (failure !== undefined) {
      failures.push(failure);
    }
  }
  // This also happens where apt has no such package: Ubuntu's Chromium and Firefox are snaps.
  const rest = missingEngines();
  if (rest.length > 0) {
    say(`browsers: downloading ${rest.join(", ")} with Playwright`);
    const failure = run(process.execPath, [
      playwrightProgram(),
      "install",
      // On CI sudo asks for no password.
      ...((isRoot || process.env["CI"]) && onPath("apt-get") ? ["--with-deps"] : []),
      ...rest,
    ]);
    if (failure !== undefined) {
      failures.push(failure);
    }
  }
  const missing = missingEngines();
  if (missing.length > 0) {
    throw new Error(
      [
        `browsers: ${missing.join(", ")} could not be installed.`,
        ...failures,
        "Install them by hand: as root `apt-get install chromium firefox-esr webkit2gtk-driver xvfb xauth`,",
        "or as any user `npx playwright-core install chromium firefox webkit`.",
      ].join("\n"),
    );
  }
  say("browsers: installed");
}

/**
 * Runs a program with its output shown.
 *
 * @param {string} program
 * @param {readonly string[]} args
 * @returns {string | undefined} What went wrong.
 */
function run(program, args) {
  const { status, signal, error } = spawnSync(program, args, {
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    timeout: 60 * MINUTE,
  });
  if (status === 0) {
    return undefined;
  }
  const command = [program, ...args].join(" ");
  return `\`${command}\` ${error?.message ?? (signal ? `was ended by ${signal}` : `exited with ${status}`)}.`;
}

const playwrightProgram = () =>
  join(dirname(createRequire(import.meta.url).resolve("playwright-core/package.json")), "cli.js");

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    installBrowsers();
  } catch (error) {
    console.error(/** @type {Error} */ (error).message);
    process.exitCode = 1;
  }
}
