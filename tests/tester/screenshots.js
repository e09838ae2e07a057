// @ts-check
/**
 * Makes the pictures of docs/screenshots, after `cargo xtask build`: each state wide, on a
 * telephone and in the frame of a site, light and dark. `node tests/tester/screenshots.js`;
 * with the address of the page that `cargo xtask start` serves, of that page as well.
 */

import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { findEngine } from "../harness/browser/engines.js";
import { root } from "../harness/checkout.js";
import { inPage } from "../harness/in-page.js";
import { drawn } from "./axe.js";
import { STATES } from "./states.js";
import { bundleElement, page as html, serve } from "./served.js";

const SHOWN = [
  "empty",
  "valid",
  "proved",
  "secret",
  "hmac",
  "weak",
  "nothing",
  "repaired",
  "own",
  "sign",
  "subscription",
  "code",
  "send",
];

/**
 * The frame of another site is only painted where it is seen, so that all of it must be.
 *
 * @type {readonly { name: string, width: number, scheme: "light" | "dark", isFramed?: boolean }[]}
 */
const PLACES = [
  { name: "wide-light", width: 1280, scheme: "light" },
  { name: "wide-dark", width: 1280, scheme: "dark" },
  { name: "narrow-light", width: 390, scheme: "light" },
  { name: "narrow-dark", width: 390, scheme: "dark" },
  { name: "frame-light", width: 760, scheme: "light", isFramed: true },
];

const folder = join(root, "docs/screenshots");
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder);
/**
 * Takes a picture, as high as the page is. As WebP: 70 of them as PNG would be 13 MB.
 *
 * @param {import("playwright-core").Page} page @param {string} name @param {number} width @param {number} [height]
 */
async function shoot(page, name, width, height) {
  const whole = /** @type {number} */ (await page.evaluate("Math.ceil(document.body.getBoundingClientRect().bottom)"));
  const protocol = await page.context().newCDPSession(page);
  const { data } = await protocol.send("Page.captureScreenshot", {
    format: "webp",
    quality: 85,
    captureBeyondViewport: true,
    clip: { x: 0, y: 0, width, height: height ?? whole + 16, scale: 1 },
  });
  writeFileSync(join(folder, `${name}.webp`), Buffer.from(data, "base64"));
}

const server = await serve({
  "/": { body: html },
  "/host": {
    body: `<!doctype html><html lang=en><meta name=color-scheme content="light dark"><style>body{margin:20px}</style>
      <script type=module>
        import "./element.js";
        const element = document.createElement("mia-webhook-tester");
        for (const [name, value] of new URLSearchParams(location.search)) element.setAttribute(name, value);
        document.body.append(element);
      </script>`,
  },
  ...(await bundleElement()),
});
const browser = await chromium.launch({
  executablePath: findEngine("chromium")?.path ?? "chromium",
  args: ["--no-sandbox"],
});
for (const { name: place, width, scheme, isFramed } of PLACES) {
  const context = await browser.newContext({
    locale: "en",
    viewport: { width, height: isFramed ? 2600 : 860 },
    colorScheme: scheme,
  });
  const page = await context.newPage();
  for (const name of SHOWN) {
    const { query = "", act } = /** @type {import("./states.js").State} */ (STATES[name]);
    await page.goto(`${server.address}${isFramed ? "host" : ""}?${query}`);
    if (isFramed) {
      await page.waitForSelector("mia-webhook-tester iframe:not([hidden])");
    }
    const frame = isFramed ? page.frames().find((one) => one !== page.mainFrame()) : page.mainFrame();
    await frame?.evaluate(act ?? inPage("return true;"));
    await frame?.evaluate(drawn);
    // The element gets its height from the frame.
    await page.evaluate("new Promise((resolve) => setTimeout(resolve, 300))");
    await shoot(page, `${name}-${place}`, width);
  }
  await context.close();
}
// What a README shows: as much as is seen at once.
const first = await browser.newPage({ locale: "en", viewport: { width: 1280, height: 900 } });
await first.goto(`${server.address}?case=pretty-printed`);
await first.waitForSelector(".strip .primary");
await first.evaluate(drawn);
await shoot(first, "readme", 1280, 900);
const [, , local] = process.argv;
for (const { name: place, width, scheme, isFramed } of local === undefined ? [] : PLACES) {
  if (!isFramed) {
    const page = await browser.newPage({ locale: "en", viewport: { width, height: 860 }, colorScheme: scheme });
    await page.goto(`${local}?view=sign`);
    await page.evaluate(
      inPage(`
      for (const name of ["Genuine event", "The same again", "Wrong token", "Secret with a line break"]) {
        const before = document.querySelectorAll(".timeline > li").length;
        press(name);
        await until(() => document.querySelectorAll(".timeline > li").length > before || before >= 20);
      }`),
    );
    await page.evaluate(drawn);
    await shoot(page, `local-${place}`, width);
    await page.close();
  }
}
await browser.close();
server.close();
