// @ts-check
/** Vite's development server, and its build in a browser: each treats a dependency differently. */

import assert from "node:assert/strict";
import { once } from "node:events";
import { test } from "node:test";

import { chromium } from "playwright-core";
import * as vite from "vite";

import { findEngine } from "../harness/browser/engines.js";
import { installed, output } from "../harness/installed.js";
import { EXPECTED } from "./oracle.js";
import { isPresent } from "../harness/runtimes.js";

/** Only something that hangs reaches it. */
const LIMIT = 10 * 60_000;

const CHROMIUM = findEngine("chromium")?.path ?? "chromium";

const { folder } = await installed("answers.js", "app.js", "index.html");

/** @type {vite.InlineConfig} */
const unconfigured = { root: folder, configFile: false, logLevel: "error" };
const local = { host: "127.0.0.1", port: 0 };

/**
 * The address of a server on a free port.
 *
 * @param {{ httpServer: unknown }} server
 */
const addressOf = async ({ httpServer }) => {
  const server = /** @type {import("node:http").Server} */ (httpServer);
  if (!server.listening) {
    await once(server, "listening");
  }
  return `http://127.0.0.1:${/** @type {import("node:net").AddressInfo} */ (server.address()).port}`;
};

/**
 * The result of a page, and all of its errors.
 *
 * @param {string} address
 */
async function foundInChromium(address) {
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox"], timeout: LIMIT });
  try {
    const page = await browser.newPage();
    /** @type {string[]} */
    const problems = [];
    page.on("pageerror", (error) => problems.push(String(error)));
    page.on("response", (response) => {
      if (response.status() >= 400 && !response.url().endsWith("/favicon.ico")) {
        problems.push(`${response.status()} ${response.url()}`);
      }
    });
    await page.goto(address, { timeout: LIMIT });
    const found = await page.waitForFunction("globalThis.found", undefined, { timeout: LIMIT }).then(
      (handle) => handle.jsonValue(),
      (error) => problems.push(String(error)),
    );
    assert.deepEqual(problems, []);
    return found;
  } finally {
    await browser.close();
  }
}

test("the development server", async (t) => {
  const server = await vite.createServer({ ...unconfigured, server: local });
  t.after(() => server.close());
  await server.listen();
  const address = await addressOf(server);

  await t.test("serves the dependency optimised", async () => {
    const page = await fetch(`${address}/`);
    assert.equal(page.status, 200);
    assert.match(await page.text(), /src="\/app\.js"/);
    const app = await (await fetch(`${address}/app.js`)).text();
    const paths = [...app.matchAll(/from\s*"([^"]+)"/g)].map(([, path]) => String(path));
    const dependencies = paths.filter((path) => path.includes("/.vite/deps/mia-webhooks"));
    assert.equal(dependencies.length, 3, app);
    for (const path of dependencies) {
      const response = await fetch(address + path);
      assert.equal(response.status, 200);
      assert.doesNotMatch(await response.text(), /Could not resolve|Failed to resolve|does not provide/);
    }
  });

  await t.test("its modules run when each is fetched from it", async () => {
    const hooks = new URL("http-modules.js", import.meta.url).href;
    const script = `await import(${JSON.stringify(`${address}/app.js`)})`;
    const found = await output(process.execPath, ["--import", hooks, "--input-type=module", "--eval", script]);
    assert.deepEqual(JSON.parse(found), EXPECTED);
  });

  await t.test("its page runs in Chromium", async (t) => {
    if (isPresent(t, CHROMIUM)) {
      assert.deepEqual(await foundInChromium(`${address}/`), EXPECTED);
    }
  });
});

test("the built page runs in Chromium", async (t) => {
  if (isPresent(t, CHROMIUM)) {
    await vite.build(unconfigured);
    const server = await vite.preview({ ...unconfigured, preview: local });
    t.after(() => server.close());
    assert.deepEqual(await foundInChromium(await addressOf(server)), EXPECTED);
  }
});
