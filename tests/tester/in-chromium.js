// @ts-check
/** Tests of the published page for which one engine is enough. */

import { after, before, describe } from "node:test";
import { chromium } from "playwright-core";
import { findEngine } from "../harness/browser/engines.js";
import { page, serve } from "./served.js";

const engine = findEngine("chromium");

/**
 * Describes tests in one Chromium, beside a server of the page and of other files.
 *
 * @param {string} name
 * @param {(place: { readonly browser: import("playwright-core").Browser, readonly address: string }) => void} tests
 *   `place` has its values once a test runs.
 * @param {Parameters<typeof serve>[0]} [files]
 */
export function describeInChromium(name, tests, files = {}) {
  const skip = !engine && !process.env["CI"] && "CHROMIUM IS NOT INSTALLED";
  describe(name, { skip, timeout: 900_000 }, () => {
    /** @type {import("playwright-core").Browser} */
    let browser;
    /** @type {Awaited<ReturnType<typeof serve>>} */
    let server;
    before(async () => {
      browser = await chromium.launch({ executablePath: /** @type {any} */ (engine).path, args: ["--no-sandbox"] });
      server = await serve({ "/": { body: page }, ...files });
    });
    after(async () => {
      await browser?.close();
      server?.close();
    });
    tests({
      get browser() {
        return browser;
      },
      get address() {
        return server.address;
      },
    });
  });
}
