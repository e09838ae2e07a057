// @ts-check
/** Chromium, headless, driven by Playwright: the system's, or the one that Playwright installed. */

import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { bundle } from "../bundle.js";

const SYSTEM = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** When nothing else shares the page's process, its clock has steps of 5 µs instead of 100. */
const ISOLATED = { "cross-origin-opener-policy": "same-origin", "cross-origin-embedder-policy": "require-corp" };

/** The path of a Chromium, if there is one. */
export async function findChromium() {
  const { chromium } = await import("playwright-core");
  return [...SYSTEM, chromium.executablePath()].find((path) => existsSync(path));
}

/**
 * @param {string} executablePath
 * @param {import("./in-process.js").Plans} plans
 */
export async function measureChromium(executablePath, plans) {
  const { chromium } = await import("playwright-core");
  const server = await serve();
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  // Root cannot start the sandbox; the page is our own.
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"], timeout: 60_000 });
  try {
    const page = await browser.newPage();
    page.setDefaultTimeout(60_000);
    await page.goto(`http://127.0.0.1:${port}/`);
    await page.waitForFunction("globalThis.measure");
    const result = await within(300_000, page.evaluate(`measure(${JSON.stringify(plans)})`));
    return { name: "Chromium", version: `Chromium ${browser.version()}`, .../** @type {any} */ (result) };
  } finally {
    await browser.close();
    server.close();
    server.closeAllConnections();
  }
}

async function serve() {
  const script = await bundle("./hosts/chromium-page.js", { conditions: ["browser"] });
  const wasm = await readFile(new URL(import.meta.resolve("mia-webhooks/verify.wasm")));
  /** @type {Record<string, [string, string | Uint8Array]>} */
  const files = {
    "/": ["text/html", '<!doctype html><script type="module" src="/page.js"></script>'],
    "/page.js": ["text/javascript", script],
    "/verify.wasm": ["application/wasm", wasm],
  };
  const server = createServer((request, response) => {
    const [type, body] = files[request.url ?? ""] ?? ["text/plain", ""];
    response.writeHead(200, { ...ISOLATED, "content-type": type }).end(body);
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", () => done(undefined)));
  return server;
}

/** @template T @param {number} ms @param {Promise<T>} promise @returns {Promise<T>} */
function within(ms, promise) {
  /** @type {NodeJS.Timeout} */
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`Chromium did not answer within ${ms} ms`)), ms);
  });
  return Promise.race([promise, /** @type {Promise<never>} */ (late)]).finally(() => clearTimeout(timer));
}
