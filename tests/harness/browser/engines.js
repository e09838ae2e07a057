// @ts-check
/**
 * Finds the browser engines on this machine: the system's own browser, or the
 * one that Playwright downloaded. Starts and installs nothing.
 */

import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import * as playwright from "playwright-core";
import { onPath } from "../on-path.js";

/** @typedef {"chromium" | "firefox" | "webkit"} Engine */

/**
 * @typedef {object} Place
 * @property {"system" | "playwright"} from
 * @property {string} path The executable to start.
 * @property {string} [browser] WebKit: the browser that the driver at `path` starts.
 */

/** @type {readonly Engine[]} */
export const ENGINES = ["chromium", "firefox", "webkit"];

/**
 * @param {Engine} engine
 * @returns {Place | undefined} Nothing when the engine is not installed.
 */
export function findEngine(engine) {
  return findOfSystem(engine) ?? findOfPlaywright(engine);
}

/**
 * @param {Engine} engine
 * @returns {Place | undefined}
 */
export function findOfSystem(engine) {
  if (engine === "webkit") {
    const path = onPath("WebKitWebDriver");
    const browser = miniBrowser();
    // Without a screen the driver's browser needs a virtual one.
    return path && browser && onPath("xvfb-run") && onPath("xauth") ? { from: "system", path, browser } : undefined;
  }
  // Not a plain "firefox": Ubuntu's is a snap, which cannot read a profile in /tmp.
  const path = onPath(engine === "chromium" ? "chromium" : "firefox-esr");
  return path === undefined ? undefined : { from: "system", path };
}

/**
 * @param {Engine} engine
 * @returns {Place | undefined}
 */
function findOfPlaywright(engine) {
  const path = playwright[engine].executablePath();
  return path && existsSync(path) ? { from: "playwright", path } : undefined;
}

/** WebKitGTK's own small browser; Debian has it in the library's folder, under the machine's triplet. */
function miniBrowser() {
  const libraries = "/usr/lib";
  if (!existsSync(libraries)) {
    return undefined;
  }
  return readdirSync(libraries)
    .filter((name) => name.endsWith("-linux-gnu"))
    .flatMap((name) => ["webkit2gtk-4.1", "webkit2gtk-4.0"].map((api) => join(libraries, name, api, "MiniBrowser")))
    .find((path) => existsSync(path));
}
