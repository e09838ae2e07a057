// @ts-check
/** Tests of the page for which one engine is enough: accessibility, secrecy, policies, large files. */

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { chromium } from "playwright-core";
import { findEngine } from "../harness/browser/engines.js";
import { violations } from "./axe.js";
import { root } from "../harness/checkout.js";
import { inPage } from "../harness/in-page.js";
import { EVENT, SECRET, STATES, enter, sign } from "./states.js";
import { bundleElement, page as html, serve } from "./served.js";

const engine = findEngine("chromium");

/** The states that the documentation shows. */
const SHOWN = ["valid", "proved", "hints", "weak", "sign", "subscription", "code"];

describe("the page in Chromium", { skip: !engine && !process.env["CI"] && "CHROMIUM IS NOT INSTALLED" }, () => {
  /** @type {import("playwright-core").Browser} */
  let browser;
  /** @type {Awaited<ReturnType<typeof serve>>} */
  let server;
  before(async () => {
    browser = await chromium.launch({ executablePath: /** @type {any} */ (engine).path, args: ["--no-sandbox"] });
    server = await serve({
      "/": { body: html },
      "/forbidden": { body: html, headers: { "content-security-policy": "script-src 'unsafe-inline'" } },
      "/host": {
        body: "<!doctype html><html lang=en><script type=module src=element.js></script><mia-webhook-tester sample=tag_created>fallback</mia-webhook-tester>",
      },
      ...(await bundleElement()),
    });
  });
  after(async () => {
    await browser?.close();
    server?.close();
  });

  /** @param {string} query @param {import("playwright-core").BrowserContextOptions} [options] */
  async function open(query, options = {}) {
    const context = await browser.newContext({ locale: "en", viewport: { width: 1200, height: 860 }, ...options });
    const page = await context.newPage();
    /** @type {string[]} */
    const said = [];
    // Chromium advises that forms with passwords have a user name; this form has none.
    page.on("console", (message) => message.text().startsWith("[DOM]") || said.push(message.text()));
    page.on("pageerror", ({ message }) => said.push(message));
    await page.goto(server.address + query);
    return { page, said };
  }

  for (const theme of /** @type {const} */ (["light", "dark"])) {
    for (const [width, viewport] of Object.entries({
      wide: { width: 1200, height: 860 },
      narrow: { width: 390, height: 844 },
    })) {
      // The language does not change colours, so the other language is checked once.
      const languages = theme === "light" && width === "wide" ? ["en", "it"] : ["en"];
      test(
        `no axe violation in any state, ${theme}, ${width}, in ${languages.join(" and ")}`,
        { timeout: 240_000 },
        async () => {
          for (const lang of languages) {
            for (const [name, { path = "", query = "", act, code }] of Object.entries(STATES)) {
              const { page, said } = await open(`${path}?lang=${lang}&${query}`, { colorScheme: theme, viewport });
              await page.waitForSelector("[role=tab]");
              const reached = act
                ? await page.evaluate(act)
                : await page.evaluate("document.querySelector('.card').dataset.code");
              if (code !== undefined) {
                assert.equal(reached, code, name);
              }
              // Colours are compared after their transitions.
              await page.waitForTimeout(160);
              assert.deepEqual(await page.evaluate(violations), [], name);
              assert.deepEqual(path === "" ? said : [], [], name);
              const sideways = await page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth",
              );
              assert.ok(sideways <= 0, `${name} scrolls sideways by ${sideways}`);
              const isShown = SHOWN.includes(name) && ["light wide", "dark narrow"].includes(`${theme} ${width}`);
              if (process.env["UPDATE_SCREENSHOTS"] && lang === "en" && isShown) {
                const folder = join(root, "docs/screenshots");
                mkdirSync(folder, { recursive: true });
                await page.screenshot({ path: join(folder, `${name}-${width}-${theme}.png`), fullPage: true });
              }
              await page.context().close();
            }
          }
        },
      );
    }
  }

  test("the keyboard reaches every control, and arrows move between the tabs", async () => {
    const { page } = await open("?sample=tag_created");
    await page.waitForSelector("[role=tab]");
    const reached = new Set();
    for (let presses = 0; presses < 30; presses++) {
      await page.keyboard.press("Tab");
      reached.add(
        await page.evaluate("document.activeElement.id.replace(/-?\\d+/g, '') || document.activeElement.textContent"),
      );
    }
    for (const control of [
      "mia-sample",
      "mia-payload",
      "mia-secret",
      "mia-token",
      "Show",
      "Generate",
      "Add a secret",
      "Paste a whole request",
    ]) {
      assert.ok(reached.has(control), `${control} of ${[...reached].join(", ")}`);
    }
    await page.focus("[role=tab]");
    await page.keyboard.press("ArrowRight");
    assert.equal(await page.evaluate("document.activeElement.textContent"), "Sign");
    await page.keyboard.press("End");
    assert.equal(await page.evaluate("document.querySelector('[role=tab][aria-selected=true]').textContent"), "Code");
    await page.context().close();
  });

  test("a delivery that a real keyboard typed verifies, and is announced once", async () => {
    const { page } = await open("");
    await page.waitForSelector("[role=tab]");
    await page.evaluate(`
      window.announced = [];
      new MutationObserver(() => announced.push(document.querySelector("[role=status].hidden").textContent))
        .observe(document.querySelector("[role=status].hidden"), { childList: true, characterData: true, subtree: true });
    `);
    await page.locator("textarea[id*=payload]").pressSequentially('{"a":\n1}\n');
    await page.locator("input[type=password]:visible").pressSequentially("my secret");
    await page.locator("input[id*=token]:visible").first().pressSequentially(sign('{"a":\n1}\n', "my secret"));
    assert.equal(await page.evaluate(inPage("return settled();")), "valid");
    const announced = await page.evaluate("announced");
    assert.equal(
      announced.filter((/** @type {string} */ text) => text.startsWith("Valid")).length,
      1,
      announced.join("\n"),
    );
    await page.context().close();
  });

  test("a secret is only in its field: not in the address, storage, document, console, messages or network", async () => {
    const canary = "canary-5d1f";
    const { page, said } = await open("host");
    const before = server.requests.length;
    await page.evaluate(`
      window.told = [];
      addEventListener("message", ({ data }) => told.push(JSON.stringify(data)));
      addEventListener("mia-verdict", ({ detail }) => told.push(JSON.stringify(detail)));
    `);
    /** @type {string[]} */
    const requested = [];
    page.on("request", (request) => requested.push(request.url() + (request.postData() ?? "")));
    await page.waitForSelector("mia-webhook-tester iframe:not([hidden])");
    const frame = /** @type {import("playwright-core").Frame} */ (
      page.frames().find((frame) => frame !== page.mainFrame())
    );
    await frame.waitForSelector("[role=tab]");
    const { code, report } = /** @type {any} */ (
      await frame.evaluate(
        inPage(`
          paste(secret(), ${JSON.stringify(canary)});
          paste(token(), "0".repeat(64));
          const code = await settled();
          let report = "";
          Object.defineProperty(navigator, "clipboard", { value: { writeText: async (text) => { report = text; } } });
          shown(".report button").click();
          shown("[role=tab]:nth-child(4)").click();
          return { code, report };
        `),
      )
    );
    assert.equal(code, "secret_of_another");
    assert.match(
      report,
      /^mia-webhooks: secret_of_another\n- secret_of_another\npayload: \d+ bytes\nsecrets: 11 bytes\ntoken: 64 characters$/,
    );
    await page.waitForTimeout(100);
    const told = /** @type {string[]} */ (await page.evaluate("told"));
    assert.ok(
      told.some((message) => message.includes("secret_of_another")),
      told.join("\n"),
    );
    const everywhere = [
      ...told,
      ...said,
      ...requested,
      ...server.requests.slice(before),
      report,
      page.url(),
      await page.content(),
      await frame.evaluate("location.href + document.documentElement.outerHTML"),
      await page.evaluate("JSON.stringify([localStorage, sessionStorage, document.cookie])"),
    ].join("\n");
    assert.ok(!everywhere.includes(canary));
    assert.deepEqual(requested, [], "no request after load");
    await page.context().close();
  });

  test("where a policy forbids WebAssembly the page says so, and what to do in a shell", async () => {
    const { page } = await open("forbidden?lang=en");
    await page.waitForSelector("[role=tab]");
    assert.equal(await page.evaluate(enter(EVENT, SECRET, sign(EVENT))), "engine_unavailable");
    assert.match(
      await page.innerText(".card"),
      /WebAssembly cannot run here[^]*wasm-unsafe-eval[^]*openssl dgst -sha256/,
    );
    await page.context().close();
  });

  test("without JavaScript there is a line for the shell", async () => {
    const { page } = await open("", { javaScriptEnabled: false });
    assert.match(await page.innerText("main"), /This page needs JavaScript[^]*openssl dgst -sha256/);
    await page.context().close();
  });

  test(
    "a payload of every control character, and 100 MB of text, are taken as they are",
    { timeout: 120_000 },
    async () => {
      const { page } = await open("?lang=en");
      await page.waitForSelector("[role=tab]");
      const controls = Array.from({ length: 32 }, (_, code) => String.fromCharCode(code)).join("");
      assert.equal(await page.evaluate(enter(controls, SECRET, sign(controls))), "valid");
      const expected = createHash("sha256").update("x".repeat(100_000_000)).update(SECRET).digest("hex");
      const code = await page.evaluate(
        inPage(`
        clear();
        paste(payload(), "x".repeat(100_000_000));
        paste(secret(), ${JSON.stringify(SECRET)});
        paste(token(), ${JSON.stringify(expected)});
        return settled();
      `),
      );
      assert.equal(code, "valid");
      await page.context().close();
    },
  );

  test(
    "a file of 1 GB is hashed with progress and little memory, and can be cancelled",
    { timeout: 180_000 },
    async () => {
      const { page } = await open("?lang=en");
      await page.waitForSelector("[role=tab]");
      const { shares, code, longest, cancelled } = await page.evaluate(
        inPage(`
        // One part many times: the browser keeps it once, so only the page's own memory would grow.
        const part = new Blob([new Uint8Array(2 ** 20)]);
        const large = new File(Array(1000).fill(part), "large.json");
        const handed = new DataTransfer();
        handed.items.add(large);
        const dropLarge = () => {
          const event = new DragEvent("drop", { bubbles: true, cancelable: true });
          Object.defineProperty(event, "dataTransfer", { value: handed });
          (payload() ?? shown(".file")).dispatchEvent(event);
        };
        paste(secret(), "secret");
        paste(token(), "0".repeat(64));
        let longest = 0;
        // The test itself needed a while to make the file.
        const began = performance.now();
        const observer = new PerformanceObserver((list) => { for (const { duration, startTime } of list.getEntries()) if (startTime > began) longest = Math.max(longest, duration); });
        observer.observe({ type: "longtask" });
        dropLarge();
        const shares = new Set();
        const bar = document.querySelector("progress");
        for (let waited = 0; waited < 6000 && !["token_mismatch"].includes(card().dataset.code); waited++) {
          shares.add(bar.value.toFixed(1));
          await new Promise((resolve) => setTimeout(resolve, 10));
        }
        const code = card().dataset.code;
        dropLarge();
        await new Promise((resolve) => setTimeout(resolve, 200));
        [...document.querySelectorAll("button")].find(({ textContent }) => textContent === "Cancel").click();
        await new Promise((resolve) => setTimeout(resolve, 200));
        return { shares: shares.size, code, longest, cancelled: card().dataset.code };
      `),
      );
      assert.equal(code, "token_mismatch");
      assert.ok(shares >= 5, `${shares} different shares were seen`);
      assert.equal(cancelled, "cancelled");
      console.log(`# longest task while hashing 1 GB: ${longest} ms (the target is 50)`);
      await page.context().close();
    },
  );

  test("an element that is removed while it hashes leaves nothing, and starts again", async () => {
    const { page, said } = await open("host");
    await page.waitForSelector("mia-webhook-tester iframe:not([hidden])");
    const frame = /** @type {import("playwright-core").Frame} */ (
      page.frames().find((frame) => frame !== page.mainFrame())
    );
    await frame.waitForSelector("[role=tab]");
    await frame.evaluate(inPage(`paste(secret(), "a"); paste(token(), "b"); drop(payload(), new Uint8Array(5e7));`));
    await page.evaluate("window.element = document.querySelector('mia-webhook-tester'), element.remove()");
    await page.waitForTimeout(200);
    assert.equal(page.frames().length, 1);
    await page.evaluate("void document.body.append(element)");
    await page.waitForSelector("mia-webhook-tester iframe:not([hidden])");
    assert.deepEqual(said, []);
    await page.context().close();
  });

  test("the element follows the theme of its page, and a change of theme keeps the input", async () => {
    const { page } = await open("host", { colorScheme: null });
    await page.waitForSelector("mia-webhook-tester iframe:not([hidden])");
    const frame = /** @type {import("playwright-core").Frame} */ (
      page.frames().find((frame) => frame !== page.mainFrame())
    );
    await frame.waitForSelector("[role=tab]");
    await frame.evaluate(inPage(`paste(token(), "kept");`));
    const colour = () => frame.evaluate("getComputedStyle(document.querySelector('.tester')).color");
    await page.evaluate("document.documentElement.style.colorScheme = 'light'");
    await page.waitForTimeout(100);
    const light = await colour();
    await page.evaluate("document.documentElement.style.colorScheme = 'dark'");
    await page.waitForTimeout(100);
    assert.notEqual(await colour(), light);
    await page.evaluate("document.querySelector('mia-webhook-tester').setAttribute('theme', 'light')");
    await page.waitForTimeout(100);
    assert.equal(await colour(), light);
    assert.equal(await frame.evaluate(inPage("return token().value;")), "kept");
    await page.context().close();
  });
});
