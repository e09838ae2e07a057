// @ts-check
/** Tests of the page for which one engine is enough: accessibility, secrecy, policies, large files. */

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, before, describe, test } from "node:test";
import { TESTER_ATTRIBUTES } from "mia-webhooks/element";
import { chromium } from "playwright-core";
import { findEngine } from "../harness/browser/engines.js";
import { drawn, violations } from "./axe.js";
import { inPage } from "../harness/in-page.js";
import { EVENT, FEW_STATES, SECRET, STATES, enter, sign } from "./states.js";
import { bundleElement, page as html, serve } from "./served.js";

const engine = findEngine("chromium");

/**
 * Runs in the page: a file of 1 GB, how to drop it, and what was read of it. One part
 * many times: the browser keeps it once, so only the page's own memory would grow.
 */
const large = `
  const part = new Blob([new Uint8Array(2 ** 20)]);
  const handed = new DataTransfer();
  handed.items.add(new File(Array(1000).fill(part), "large.json"));
  const dropLarge = () => {
    const event = new DragEvent("drop", { bubbles: true, cancelable: true });
    Object.defineProperty(event, "dataTransfer", { value: handed });
    payload().dispatchEvent(event);
  };
  const pieces = { count: 0, largest: 0, atOnce: 0 };
  const { arrayBuffer } = Blob.prototype;
  let reading = 0;
  Blob.prototype.arrayBuffer = async function () {
    pieces.count += 1;
    pieces.largest = Math.max(pieces.largest, this.size);
    reading += 1;
    pieces.atOnce = Math.max(pieces.atOnce, reading);
    try { return await arrayBuffer.call(this); } finally { reading -= 1; }
  };
`;

const options = { skip: !engine && !process.env["CI"] && "CHROMIUM IS NOT INSTALLED", timeout: 900_000 };
describe("the page in Chromium", options, () => {
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
        // Who may frame the site says nothing about the frame in it.
        headers: { "content-security-policy": "frame-ancestors 'none'" },
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

  /** The frame of the only element, as soon as the tester is in it. @param {import("playwright-core").Page} page */
  async function frameOf(page) {
    await page.waitForSelector("mia-webhook-tester iframe:not([hidden])");
    const frame = page.frames().find((frame) => frame !== page.mainFrame());
    await frame?.waitForSelector("[role=tab]");
    return /** @type {import("playwright-core").Frame} */ (frame);
  }

  const WIDE = { width: 1200, height: 860 };
  const NARROW = { width: 390, height: 844 };

  // Takes long, because axe asks some 60 questions about each of 16 states.
  for (const lang of ["en", "it"]) {
    test(`no axe violation in any state, light and dark, wide and narrow, in ${lang}`, async () => {
      const { page, said } = await open(`?lang=${lang}`);
      for (const [name, { path = "", query = "", act, code }] of Object.entries(STATES)) {
        await page.emulateMedia({ colorScheme: "light" });
        await page.setViewportSize(WIDE);
        await page.goto(`${server.address}${path}?lang=${lang}&${query}`);
        await page.waitForSelector("[role=tab]");
        const reached = await page.evaluate(act ?? inPage("return strip()?.dataset.code;"));
        if (code !== undefined) {
          assert.equal(reached, code, name);
        }
        /** @param {string} theme @param {string} width @param {readonly string[]} [only] */
        const check = async (theme, width, only) => {
          await page.evaluate(drawn);
          assert.deepEqual(await page.evaluate(violations(only)), [], `${name}, ${theme}, ${width}`);
          const sideways = await page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth",
          );
          assert.ok(sideways <= 0, `${name}, ${width}, scrolls sideways by ${sideways}`);
        };
        // A theme changes only colours, a width only places, and a language only texts,
        // of which three states have nearly all.
        if (lang === "en" || FEW_STATES.includes(name)) {
          await check("light", "wide");
        }
        await page.setViewportSize(NARROW);
        if (lang === "en") {
          await page.emulateMedia({ colorScheme: "dark" });
        }
        await check(lang === "en" ? "dark" : "light", "narrow", [
          "target-size",
          ...(lang === "en" ? ["color-contrast"] : []),
        ]);
        if (lang === "en") {
          await page.emulateMedia({ forcedColors: "active" });
          await check("forced colours", "narrow", ["color-contrast"]);
          await page.emulateMedia({ forcedColors: "none" });
        }
        if (path === "") {
          assert.deepEqual(said, [], name);
        }
        said.length = 0;
      }
      await page.context().close();
    });
  }

  test("the keyboard reaches every control, and arrows move between the tabs", async () => {
    const { page } = await open("?case=pretty-printed");
    await page.waitForSelector(".strip .primary");
    const reached = new Set();
    for (let presses = 0; presses < 30; presses++) {
      await page.keyboard.press("Tab");
      reached.add(
        await page.evaluate("document.activeElement.id.replace(/-?\\d+/g, '') || document.activeElement.textContent"),
      );
    }
    for (const control of [
      "Use the signed body",
      "Copy summary",
      "mia-request",
      "mia-payload",
      "mia-secret",
      "mia-token",
      "Show",
      "Add a secret",
      "Clear all",
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
      new MutationObserver(() => announced.push(document.querySelector(".tester > [role=status]").textContent))
        .observe(document.querySelector(".tester > [role=status]"), { childList: true, characterData: true, subtree: true });
    `);
    await page.locator("textarea[id*=payload]").pressSequentially('{"a":\n1}\n');
    await page.locator("input[type=password]:visible").pressSequentially("my secret");
    await page.locator("input[id*=token]:visible").first().pressSequentially(sign('{"a":\n1}\n', "my secret"));
    assert.equal(await page.evaluate(inPage("return settled();")), "valid");
    const announced = await page.evaluate("announced");
    assert.equal(
      announced.filter((/** @type {string} */ text) => text.startsWith("Matches.")).length,
      1,
      announced.join("\n"),
    );
    await page.context().close();
  });

  const SHOWS = /** @type {Record<string, [value: string, shows: string, what: unknown]>} */ ({
    view: ["sign", "document.querySelector('[role=tab][aria-selected=true]').textContent", "Sign"],
    views: [
      "code verify nonsense",
      "[...document.querySelectorAll('[role=tab]')].map((tab) => tab.textContent).join()",
      "Verify,Code",
    ],
    case: ["hmac", "settled()", "hmac"],
    payload: ["<b>1</b>", "hands.payload().value", "<b>1</b>"],
    token: ["abc", "hands.token().value", "abc"],
    "header-name": [
      "x-mia-token&view=sign&payload=a",
      `hands.type(hands.secret(), "a"), hands.shown(".sign .evidence input:checked").value`,
      "X-Mia-Token",
    ],
    sample: ["tag_deleted", "JSON.parse(hands.payload().value).eventName", "tag_deleted"],
    lang: [
      "it",
      "document.documentElement.lang + document.querySelector('h1').textContent",
      "itPerché il mio token non corrisponde?",
    ],
  });
  const opened = TESTER_ATTRIBUTES.filter((name) => name !== "theme");
  for (const name of opened) {
    test(`${name} in the address sets how the page begins`, async () => {
      const [value = "", shows = "", what] = SHOWS[name] ?? [];
      const { page } = await open(`?${name}=${value.replaceAll(" ", "+")}`);
      assert.deepEqual(await page.evaluate(inPage(`return ${shows};`)), what);
      await page.context().close();
    });
  }

  test("nothing in the address, and no message of the host, sets a secret", async () => {
    const names = ["secret", "secrets", "demoSecret", "demo-secret", "receiverUrl", "receiver", "onVerdict"];
    const { page } = await open(`?${names.map((name) => `${name}=entered`).join("&")}`);
    const secrets = inPage(`
      const fields = [...document.querySelectorAll("input[id*=secret]")].map(({ value }) => value);
      return { fields, receivers: document.querySelectorAll(".arrived").length };`);
    assert.deepEqual(await page.evaluate(secrets), { fields: ["", ""], receivers: 0 });
    await page.goto(`${server.address}host`);
    const frame = await frameOf(page);
    await page.evaluate(`
      document.querySelector("mia-webhook-tester").shadowRoot.querySelector("iframe").contentWindow.postMessage(
        { miaWebhookTester: { opening: { token: "arrived", ...${JSON.stringify(Object.fromEntries(names.map((name) => [name, "entered"])))} } } }, "*")`);
    await frame.evaluate(
      inPage(
        `await new Promise((resolve) => { const look = () => hands.token()?.value === "arrived" ? resolve() : requestAnimationFrame(look); look(); });`,
      ),
    );
    assert.deepEqual(await frame.evaluate(secrets), { fields: ["", ""], receivers: 0 });
    await page.context().close();
  });

  test("the tester obeys its host and no other window, and the element its frame and no other window", async () => {
    const { page } = await open("host");
    const frame = await frameOf(page);
    await frame.evaluate(
      inPage(`
      paste(token(), "kept");
      window.arrived = new Promise((resolve) => addEventListener("message", ({ data }) => data.last && resolve()));`),
    );
    const verdicts = await page.evaluate(`(async () => {
      const element = document.querySelector("mia-webhook-tester");
      const frame = element.shadowRoot.querySelector("iframe");
      const verdicts = [];
      element.addEventListener("mia-verdict", ({ detail }) => verdicts.push(detail.code));
      const heard = new Promise((resolve) => addEventListener("message", ({ data }) => data.last && resolve()));
      const before = frame.style.height;
      const stranger = document.createElement("iframe");
      document.body.append(stranger);
      const say = stranger.contentWindow.Function("to", "message", 'to.postMessage(message, "*")');
      say(frame.contentWindow, { miaWebhookTester: { theme: "dark", opening: { token: "another" } } });
      say(frame.contentWindow, { last: true });
      say(window, { miaWebhookTester: { code: "valid", height: 7 } });
      say(window, { last: true });
      await heard;
      return [...verdicts, frame.style.height === before];
    })()`);
    assert.deepEqual(verdicts, [true]);
    await frame.evaluate("arrived");
    const kept = "return [token().value, document.documentElement.style.colorScheme];";
    assert.deepEqual(await frame.evaluate(inPage(kept)), ["kept", ""]);
    await page.context().close();
  });

  test("a pasted request takes the place of the whole request before it, whatever its bytes are", async () => {
    const { page } = await open("?lang=en");
    const pasted = await page.evaluate(
      inPage(`
      const area = document.querySelector("textarea[id*=request]");
      const seen = [];
      for (const text of [
        "POST / HTTP/1.1\\r\\nX-Mia-Token: one\\r\\n\\r\\n{}",
        "curl a.b -d $'\\\\xff\\\\x00a'",
        "POST / HTTP/1.1\\r\\n\\r\\n{}",
      ]) {
        paste(area, text);
        seen.push([payload().value, shown(".field[data-part=payload] select").value, token().value, area.value]);
      }
      return seen;
    `),
    );
    assert.deepEqual(pasted, [
      ["{}", "text", "one", ""],
      ["ff0061", "hex", "", ""],
      ["{}", "text", "", ""],
    ]);
    await page.context().close();
  });

  test("where a policy forbids WebAssembly the page says so, and what to do in a shell", async () => {
    const { page } = await open("forbidden?lang=en");
    await page.waitForSelector("[role=tab]");
    assert.equal(await page.evaluate(enter(EVENT, SECRET, sign(EVENT))), "engine_unavailable");
    assert.match(
      await page.innerText(".verify"),
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

  // What Chromium holds of it is not measured: the page never asks for more than a piece.
  test("a file of 1 GB is read in pieces of 1 MiB, one after another, with progress", async () => {
    const { page } = await open("?lang=en");
    const { code, shares, pieces } = await page.evaluate(
      inPage(`
        ${large}
        paste(secret(), "secret");
        paste(token(), "0".repeat(64));
        const shares = new Set();
        new MutationObserver(() => shares.add(document.querySelector("progress").value.toFixed(1)))
          .observe(document.querySelector("progress"), { attributes: true });
        dropLarge();
        return { code: await settled(), shares: shares.size, pieces };
      `),
    );
    assert.equal(code, "token_mismatch");
    assert.deepEqual(pieces, { count: 1000, largest: 2 ** 20, atOnce: 1 });
    assert.ok(shares >= 10, `${shares} different shares were seen`);
    await page.context().close();
  });

  test("a cancelled file is not read any further, and gets no verdict", async () => {
    const { page } = await open("?lang=en");
    const { read, code, focused, hidden } = await page.evaluate(
      inPage(`
        ${large}
        paste(secret(), "secret");
        paste(token(), "0".repeat(64));
        dropLarge();
        const cancel = await until(() => [...document.querySelectorAll(".strip button")].find(({ textContent }) => textContent === "Cancel"));
        cancel.focus();
        cancel.click();
        const read = pieces.count;
        // Whatever is left of it would be read in between.
        const more = new Blob([new Uint8Array(2 ** 22)]);
        for (let turn = 0; turn < 20; turn++) await more.slice(turn, turn + 2 ** 20).arrayBuffer();
        return { read: pieces.count - 20 - read, code: strip().dataset.code, focused: document.activeElement.textContent, hidden: document.querySelector("progress").hidden };
      `),
    );
    assert.equal(read, 0, "more pieces were read");
    assert.deepEqual([code, focused, hidden], ["cancelled", "Check again", true]);
    await page.context().close();
  });

  test("an element that is removed while it hashes leaves nothing, and starts again", async () => {
    const { page, said } = await open("host");
    const frame = await frameOf(page);
    await frame.evaluate(inPage(`paste(secret(), "a"); paste(token(), "b"); drop(payload(), new Uint8Array(5e7));`));
    const gone = page.waitForEvent("framedetached");
    await page.evaluate("window.element = document.querySelector('mia-webhook-tester'), element.remove()");
    await gone;
    assert.equal(page.frames().length, 1);
    await page.evaluate("void document.body.append(element)");
    await page.waitForSelector("mia-webhook-tester iframe:not([hidden])");
    assert.deepEqual(said, []);
    await page.context().close();
  });

  test("the element follows the theme of its page, and a change of theme keeps the input", async () => {
    const { page } = await open("host", { colorScheme: null });
    const frame = await frameOf(page);
    await frame.evaluate(inPage(`paste(token(), "kept");`));
    /** Waits for a condition, and returns the colour of the text. @param {string} condition @returns {Promise<string>} */
    const becomes = (condition) =>
      frame.evaluate(`(async () => {
        const colour = () => getComputedStyle(document.querySelector(".tester")).color;
        while (!(${condition})) await new Promise(requestAnimationFrame);
        return colour();
      })()`);
    await page.evaluate("document.documentElement.style.colorScheme = 'light'");
    const light = await becomes("matchMedia('(prefers-color-scheme: light)').matches");
    await page.evaluate("document.documentElement.style.colorScheme = 'dark'");
    await becomes(`colour() !== ${JSON.stringify(light)}`);
    await page.evaluate("document.querySelector('mia-webhook-tester').setAttribute('theme', 'light')");
    await becomes(`colour() === ${JSON.stringify(light)}`);
    assert.equal(await frame.evaluate(inPage("return token().value;")), "kept");
    await page.context().close();
  });
});
