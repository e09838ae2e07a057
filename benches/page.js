// @ts-check
/**
 * The tester in Chromium: the time from the last input to the verdict, and the
 * load of the page. By the browser's own entries, on an idle machine.
 */

import { createServer } from "node:http";
import { gzipSync } from "node:zlib";
import { inPage } from "../tests/harness/in-page.js";

/**
 * @typedef {object} PageResults
 * @property {number[]} verdictMs A valid token of 64 KiB, to its verdict.
 * @property {number[]} missMs A token of 4 KiB that nothing explains, to its verdict, the rest of 150 ms before it included.
 * @property {number[]} lcpMs
 * @property {number} cls The largest of all loads.
 * @property {number} gzip The page after gzip, in bytes.
 * @property {number} script Its script without the modules, after gzip, in bytes.
 */

/** @param {string} executablePath @param {number} rounds @returns {Promise<PageResults>} */
export async function measurePage(executablePath, rounds) {
  const { chromium } = await import("playwright-core");
  const { TESTER_HTML: html } = await import("mia-webhooks/tester");
  const server = createServer((_, response) => {
    response.writeHead(200, { "content-type": "text/html", "content-encoding": "gzip" }).end(gzipSync(html));
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", () => done(undefined)));
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"], timeout: 60_000 });
  try {
    const lcpMs = [];
    let cls = 0;
    for (let round = 0; round < Math.min(rounds, 9); round++) {
      const page = await browser.newPage();
      await page.goto(`http://127.0.0.1:${port}/?lang=en`);
      await page.waitForSelector("[role=tab]");
      const load = /** @type {{ lcp: number, cls: number }} */ (
        await page.evaluate(`new Promise((resolve) => {
          const found = { lcp: 0, cls: 0 };
          const observe = (type, take) => new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true });
          observe("largest-contentful-paint", ({ startTime }) => { found.lcp = startTime; });
          observe("layout-shift", ({ value }) => { found.cls += value; });
          setTimeout(() => resolve(found), 500);
        })`)
      );
      lcpMs.push(load.lcp);
      cls = Math.max(cls, load.cls);
      await page.close();
    }
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${port}/?lang=en`);
    await page.waitForSelector("[role=tab]");
    const times = /** @type {{ verdictMs: number[], missMs: number[] }} */ (
      await page.evaluate(
        inPage(`
          const settledAt = (wanted) => new Promise((resolve) => {
            const look = () => wanted.includes(strip().dataset.code) && (observer.disconnect(), resolve(performance.now()));
            const observer = new MutationObserver(look);
            observer.observe(strip(), { attributes: true });
          });
          const digestOf = async (text) => [...new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)))]
            .map((byte) => byte.toString(16).padStart(2, "0")).join("");
          const time = async (text, made, wanted) => {
            type(token(), "");
            paste(payload(), text);
            paste(secret(), "a secret");
            const settled = settledAt(wanted);
            const started = performance.now();
            // Somebody who types would have to rest before a reason is searched for.
            paste(token(), made);
            return (await settled) - started;
          };
          const event = (length) => JSON.stringify({ eventName: "tag_created", eventTimestamp: 1767225600000, payload: { text: "x".repeat(length - 80) } });
          const [large, small] = [event(65536), event(4096)];
          const verdictMs = [], missMs = [];
          const right = await digestOf(large + "a secret");
          for (let round = 0; round < ${rounds} * 3; round++) {
            verdictMs.push(await time(large, right, ["valid"]));
            if (round % 3 === 0) missMs.push(await time(small, "0".repeat(64), ["no_cause_found"]));
          }
          return { verdictMs, missMs };
        `),
      )
    );
    const script = /<script type="module">([^]*)<\/script>/.exec(html)?.[1]?.replace(/[\w+/=]{5000,}/g, "") ?? "";
    const gzip = (/** @type {string} */ text) => gzipSync(text, { level: 9 }).length;
    return { ...times, lcpMs, cls, gzip: gzip(html), script: gzip(script) };
  } finally {
    await browser.close();
    server.closeAllConnections();
    server.close();
  }
}

/** @param {number[]} values @param {number} share */
export const quantile = (values, share) =>
  /** @type {number} */ (
    [...values].sort((one, other) => one - other)[Math.min(values.length - 1, Math.floor(values.length * share))]
  );
