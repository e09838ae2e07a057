// @ts-check
/** Opens a page in a real browser, by the protocol that drives this browser. */

import { spawn } from "node:child_process";
import { setTimeout } from "node:timers/promises";
import * as playwright from "playwright-core";
import puppeteer from "puppeteer-core";
import { freePort } from "../free-port.js";
import { findEngine } from "./engines.js";

/**
 * @typedef {object} Page
 * @property {(address: string) => Promise<void>} goto
 * @property {(expression: string) => Promise<any>} evaluate Waits for a promise.
 * @property {() => Promise<void>} close
 */

/** Only something that hangs reaches it. */
const LIMIT = 10 * 60_000;

// Without these the browser looks up the hosts of its maker at every start.
const CHROMIUM_FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/**
 * @param {import("./engines.js").Engine} engine
 * @returns {Promise<Page>}
 */
export async function openPage(engine) {
  const place = findEngine(engine);
  if (place === undefined) {
    throw new Error(`${engine} is not installed; run: node tests/harness/browser/install.js`);
  }
  if (place.from === "system" && engine === "firefox") {
    return openFirefox(place.path);
  }
  if (place.from === "system" && engine === "webkit") {
    return openWebKit(place.path, /** @type {string} */ (place.browser));
  }
  const browser = await playwright[engine].launch({
    executablePath: place.path,
    args: engine === "chromium" ? CHROMIUM_FLAGS : [],
    timeout: LIMIT,
  });
  const page = await browser.newPage();
  page.setDefaultTimeout(LIMIT);
  return {
    goto: async (address) => void (await page.goto(address)),
    evaluate: (expression) => page.evaluate(expression),
    close: () => browser.close(),
  };
}

/**
 * Playwright drives only its own Firefox; this code drives others by WebDriver BiDi.
 *
 * @param {string} executablePath
 * @returns {Promise<Page>}
 */
async function openFirefox(executablePath) {
  const limits = { timeout: LIMIT, protocolTimeout: LIMIT };
  const browser = await puppeteer.launch({ browser: "firefox", executablePath, headless: true, ...limits });
  const page = await browser.newPage();
  page.setDefaultTimeout(LIMIT);
  return {
    goto: async (address) => void (await page.goto(address)),
    evaluate: (expression) => page.evaluate(expression),
    close: () => browser.close(),
  };
}

/**
 * WebKitGTK, by the W3C WebDriver protocol. It is the engine of Safari, not
 * Safari itself.
 *
 * @param {string} driverPath
 * @param {string} browserPath
 * @returns {Promise<Page>}
 */
async function openWebKit(driverPath, browserPath) {
  const port = await freePort();
  /** Why the driver has ended, once it has. @type {Error | undefined} */
  let ended;
  // Two that start at the same time would find the same number of a screen free.
  const screen = ["--auto-servernum", `--server-num=${port}`];
  const driver = spawn("xvfb-run", [...screen, driverPath, `--port=${port}`], {
    detached: true,
    stdio: "ignore",
    // Root cannot set up the sandbox; the pages are our own.
    env: { ...process.env, ...(process.getuid?.() === 0 && { WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: "1" }) },
  });
  driver.once("error", (error) => (ended = error));
  driver.once("exit", (status) => (ended ??= new Error(`WebKitWebDriver ended with ${status}`)));
  /** xvfb-run, the driver and the browser are one process group. */
  const stop = () => {
    try {
      process.kill(-(/** @type {number} */ (driver.pid)), "SIGTERM");
    } catch {
      // They have already ended.
    }
  };
  /** @param {string} method @param {string} path @param {object} [body] */
  const command = async (method, path, body) => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      ...(body && { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
    });
    const { value } = /** @type {{ value: any }} */ (await response.json());
    if (!response.ok) {
      throw new Error(`WebKitWebDriver: ${value?.message ?? response.status}`);
    }
    return value;
  };
  try {
    // The driver does not say when it listens.
    while (!(await command("GET", "/status").catch(() => undefined))) {
      if (ended) {
        throw ended;
      }
      await setTimeout(50);
    }
    const capabilities = {
      alwaysMatch: { "webkitgtk:browserOptions": { binary: browserPath, args: ["--automation"] } },
    };
    const { sessionId } = await command("POST", "/session", { capabilities });
    const session = `/session/${sessionId}`;
    await command("POST", `${session}/timeouts`, { script: LIMIT, pageLoad: LIMIT });
    return {
      goto: async (url) => void (await command("POST", `${session}/url`, { url })),
      async evaluate(expression) {
        const script = `const done = arguments[0];
          Promise.resolve(${expression}).then((value) => done({ value }), (error) => done({ error: String(error) }));`;
        const { value, error } = await command("POST", `${session}/execute/async`, { script, args: [] });
        if (error) {
          throw new Error(error);
        }
        return value;
      },
      async close() {
        await command("DELETE", session).catch(() => {});
        stop();
      },
    };
  } catch (error) {
    stop();
    throw error;
  }
}
