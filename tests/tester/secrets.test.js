// @ts-check
/**
 * No secret that is entered gets anywhere but where it was asked for.
 *
 * A canary is put into every field for a secret. Then every view is walked, with
 * every language of a program, every button and every error, in every language of
 * the page, by itself and in an element, where the clipboard is allowed and where
 * it is not. After each step all places that can hold text are searched: the canary
 * must be in those that the step asked for, and in no other. The four walks have some
 * 500 steps, so they take about 20 s.
 */

import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { build } from "esbuild";
import { chromium } from "playwright-core";
import { findEngine } from "../harness/browser/engines.js";
import { root } from "../harness/checkout.js";
import { inPage } from "../harness/in-page.js";
import { bundleElement, page as html, serve } from "./served.js";
import { EVENT, sign } from "./states.js";

const engine = findEngine("chromium");

/** @param {string} file */
async function load(file) {
  const { outputFiles } = await build({
    entryPoints: [join(root, file)],
    bundle: true,
    format: "esm",
    write: false,
    packages: "external",
  });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0]?.contents ?? "").toString("base64")}`);
}
/** @type {typeof import("../../www/texts/texts.ts")} */
const { LANGUAGES, speaking } = await load("www/texts/texts.ts");
/** @type {typeof import("../../pkg/src/request/snippets/send.ts")} */
const { SENDERS } = await load("pkg/src/request/snippets/send.ts");
/** @type {typeof import("../../pkg/src/request/snippets/receive.ts")} */
const { RECEIVERS } = await load("pkg/src/request/snippets/receive.ts");

/** Runs in every frame before anything else: notes all that could leave it. */
const LISTENING = `(() => {
  globalThis.left = [];
  const note = (name) => (...all) => {
    globalThis.left.push(name + " " + all.map((one) => { try { return typeof one === "string" ? one : JSON.stringify(one); } catch { return String(one); } }).join(" "));
  };
  const spy = (owner, name) => {
    const real = owner?.[name];
    if (real === undefined) return;
    const noting = note(name);
    owner[name] = function (...all) { noting(...all); return real.apply(this, all); };
  };
  for (const [owner, ...names] of [
    [globalThis.Storage?.prototype, "setItem"],
    [History.prototype, "pushState", "replaceState"],
    [Navigator.prototype, "sendBeacon"],
    [globalThis, "fetch", "open"],
    [XMLHttpRequest.prototype, "open", "send"],
    [WebSocket.prototype, "send"],
    [BroadcastChannel.prototype, "postMessage"],
    [MessagePort.prototype, "postMessage"],
    [globalThis.IDBObjectStore?.prototype, "add", "put"],
    [globalThis.Cache?.prototype, "put"],
  ]) names.forEach((name) => spy(owner, name));
  addEventListener("message", ({ data }) => note("message")(data));
  addEventListener("mia-verdict", ({ detail }) => note("mia-verdict")(detail));
  // The clipboard, and the way around it where a frame may not write to it.
  globalThis.copied = [];
  globalThis.isClipboardAllowed = true;
  Object.defineProperty(navigator, "clipboard", {
    value: { writeText: async (text) => { if (!isClipboardAllowed) throw new Error("not allowed"); copied.push(text); } },
  });
  // The rest before a search, and the time for which a button says that it has copied.
  const { setTimeout } = globalThis;
  globalThis.setTimeout = (act, ms) => setTimeout(act, ms < 2000 ? 0 : ms);
  document.execCommand = () => { copied.push(document.activeElement.value); return true; };
})()`;

/** How many characters of a secret are a part of it that nothing else contains. */
const PART = 12;

/** Runs in the page: every place that holds one of the parts, by name. */
const SEARCH = `(list) => {
  const parts = new Set(list);
  const found = new Set();
  const sources = [];
  const look = (place, text) => {
    for (let start = 0; start + ${PART} <= text.length; start++) {
      if (parts.has(text.slice(start, start + ${PART}))) return found.add(place);
    }
  };
  const everything = (within) => [...within.querySelectorAll("*")].flatMap((one) => [one, ...(one.shadowRoot ? everything(one.shadowRoot) : [])]);
  for (const element of everything(document)) {
    const name = element.localName;
    for (const { name: attribute, value } of element.attributes) {
      // The page of the frame was written before anything was entered; to search its 260 kB takes a while.
      if (attribute === "srcdoc") sources.push(value);
      else look("attribute " + attribute + " of " + name, value);
    }
    for (const { nodeType, data } of element.childNodes) {
      if (nodeType !== Node.ELEMENT_NODE && name !== "script") {
        look(element.closest(".difference") ? "difference" : element.closest(".evidence pre code") ? "program" : "text of " + name, data);
      }
    }
    if (typeof element.value === "string") {
      const fields = [...document.querySelectorAll("input[id*=secret]")];
      look(fields.includes(element) ? "field" : "value of " + name, element.value);
    }
  }
  globalThis.firstSources ??= sources.join();
  if (sources.join() !== firstSources) found.add("attribute srcdoc of iframe");
  if (found.size === 0) look("document", document.documentElement.textContent);
  const storage = (name) => { try { return JSON.stringify(window[name]); } catch { return ""; } };
  look("address", location.href);
  look("title", document.title + window.name);
  look("storage", storage("localStorage") + storage("sessionStorage") + (() => { try { return document.cookie; } catch { return ""; } })());
  look("left", left.join("\\n"));
  look("selection", String(getSelection()));
  look("clipboard", copied.join("\\n"));
  return [...found].sort();
}`;

/** A secret that nothing else contains, not even in part. */
const canary = () => `K${randomBytes(24).toString("hex")}`;

/** Every part of it, and of its other notations. @param {string} secret */
function partsOf(secret) {
  const bytes = Buffer.from(secret);
  const forms = [secret, bytes.toString("hex"), [...secret].reverse().join("")];
  // Base64 of bytes that stand behind others looks different.
  for (const before of [0, 1, 2]) {
    forms.push(
      Buffer.concat([Buffer.alloc(before), bytes])
        .toString("base64")
        .slice(4, -4),
    );
  }
  const parts = forms.flatMap((form) =>
    Array.from({ length: form.length - PART + 1 }, (_, start) => form.slice(start, start + PART)),
  );
  // A secret that repeats itself has few.
  return [...new Set(parts)];
}

describe(
  "a secret is only where it was asked for",
  { skip: !engine && !process.env["CI"] && "CHROMIUM IS NOT INSTALLED", timeout: 900_000 },
  () => {
    /** @type {import("playwright-core").Browser} */
    let browser;
    /** @type {Awaited<ReturnType<typeof serve>>} */
    let server;
    before(async () => {
      browser = await chromium.launch({ executablePath: /** @type {any} */ (engine).path, args: ["--no-sandbox"] });
      server = await serve({
        "/": { body: html },
        "/host": {
          body: "<!doctype html><script type=module src=element.js></script><mia-webhook-tester>fallback</mia-webhook-tester>",
        },
        ...(await bundleElement()),
      });
    });
    after(async () => {
      await browser?.close();
      server?.close();
    });

    /**
     * @param {string} lang
     * @param {boolean} isElement
     * @param {boolean} isClipboardAllowed
     */
    async function walk(lang, isElement, isClipboardAllowed) {
      const say = speaking(/** @type {any} */ (lang));
      const context = await browser.newContext({ locale: lang, viewport: { width: 1200, height: 860 } });
      await context.addInitScript(LISTENING);
      const page = await context.newPage();
      /** @type {string[]} */
      const said = [];
      page.on("console", (message) => said.push(`console ${message.text()}`));
      page.on("pageerror", ({ message }) => said.push(`error ${message}`));
      page.on("request", (request) => said.push(`request ${request.url()} ${request.postData() ?? ""}`));
      await page.goto(`${server.address}${isElement ? "host" : ""}?lang=${lang}`);
      if (isElement) {
        await page.evaluate(`document.querySelector("mia-webhook-tester").lang = "${lang}"`);
        await page.waitForSelector("mia-webhook-tester iframe:not([hidden])");
      }
      const frame = isElement
        ? /** @type {import("playwright-core").Frame} */ (page.frames().find((one) => one !== page.mainFrame()))
        : page.mainFrame();
      const inFrame = (/** @type {string} */ body) => frame.evaluate(inPage(body));
      await inFrame(`await until(() => document.documentElement.lang === ${JSON.stringify(lang)});`);
      await frame.evaluate(`isClipboardAllowed = ${isClipboardAllowed}`);

      /** What was entered so far. @type {string[]} */
      const entered = [];
      /**
       * Acts as a person, and compares the places that hold a secret with those that were asked for.
       *
       * @param {string} name
       * @param {readonly string[]} asked
       * @param {string} body
       */
      async function step(name, asked, body) {
        const result = await inFrame(`copied.length = 0; ${body}`);
        const parts = entered.flatMap(partsOf);
        const where = `${name}, ${lang}, ${isElement ? "element" : "page"}`;
        const places = await frame.evaluate(`(${SEARCH})(${JSON.stringify(parts)})`);
        assert.deepEqual(places, [...asked].sort(), where);
        assert.deepEqual(
          said.filter((line) => parts.some((part) => line.includes(part))),
          [],
          where,
        );
        if (isElement) {
          assert.deepEqual(await page.evaluate(`(${SEARCH})(${JSON.stringify(parts)})`), [], `${where}: around it`);
        }
        return result;
      }
      const show = (/** @type {number} */ place) => `shown("[role=tab]:nth-child(${place})").click();`;
      /** Enters a canary, with what may be around it, into the last field. */
      const enterSecret = (secret = canary(), around = ["", ""]) => {
        entered.push(secret);
        return `
          const fields = [...document.querySelectorAll("input[id*=secret]")].filter((found) => found.offsetParent !== null);
          paste(fields.at(-1), ${JSON.stringify(around[0] + secret + around[1])});`;
      };
      const button = (/** @type {string} */ label, /** @type {number} */ place) =>
        `[...document.querySelectorAll("button")].filter((one) => one.offsetParent !== null && one.textContent === ${JSON.stringify(label)})[${place}]`;
      const press = (/** @type {string} */ label, place = 0) => `${button(label, place)}.click();`;
      const copy = (/** @type {string} */ label) => `
        ${button(label, 0)}.click();
        await until(() => copied.length > 0);
        return copied.join();`;
      const toggle = `shown(".evidence .check input").click();`;
      const labels = `return [...document.querySelectorAll(".strip button, .evidence button")].filter((one) => one.offsetParent !== null).map(({ textContent }) => textContent);`;

      // Verify.
      const first = canary();
      await step("a secret alone", ["field"], enterSecret(first));
      const missed = `paste(payload(), ${JSON.stringify(EVENT)}); paste(token(), "0".repeat(64)); return settled();`;
      assert.equal(await step("a token of another secret", ["field"], missed), "no_cause_found");
      assert.deepEqual(await inFrame(labels), [say("copySummary"), say("copy")], "each button that copies is walked");
      const summary = await step("the summary", ["field"], copy(say("copySummary")));
      assert.equal(
        summary.slice(summary.indexOf("\n") + 1),
        `code: no_cause_found\n- secret_of_another\n- request_mixed\npayload: ${EVENT.length} bytes\nsecrets: ${first.length} bytes\ntoken: 64 characters`,
      );
      assert.match(await step("the command", ["field"], copy(say("copy"))), /wc -c$/);
      await step("shown", ["field"], press(say("show")));
      await step("hidden again", ["field"], press(say("show")));
      await step(
        "an own digest",
        ["field"],
        `${press(say("ownCompare"))}
        paste(digest(), ${JSON.stringify(sign(EVENT, first))});
        await until(() => document.querySelector("[data-own] p"));`,
      );
      await step(
        "a proved deviation",
        ["field"],
        `paste(token(), ${JSON.stringify(sign(EVENT, `${first}\n`))}); await settled();`,
      );
      await step("the difference with a secret that is shown", ["difference", "field"], press(say("show")));
      await step("the difference with a secret that is hidden", ["field"], press(say("show")));
      await step("the repaired secret", ["field"], `shown(".strip .primary").click(); await settled();`);
      await step("the repair taken back", ["field"], `${press(say("undo"))} await settled();`);
      const second = canary();
      await step("a second secret", ["field"], press(say("addSecret")) + enterSecret(second));
      const right = `paste(token(), ${JSON.stringify(sign(EVENT, second))}); return settled();`;
      assert.equal(await step("the token of the second", ["field"], right), "valid");
      await step("both are shown", ["field"], press(say("show")) + press(say("show"), 1));
      await step("both are hidden", ["field"], press(say("show"), 1) + press(say("show")));
      assert.match(await step("the summary of two", ["field"], copy(say("copySummary"))), /\ncode: valid\n/);
      const suffix = press(say("addSecret")) + enterSecret(first.slice(5)) + "return settled();";
      assert.equal(await step("a secret that ends another", ["field"], suffix), "secret_suffix");
      await step("the summary of a refusal", ["field"], copy(say("copySummary")));
      const long = canary().repeat(100);
      assert.equal(
        await step("a secret that is too long", ["field"], enterSecret(long) + "return settled();"),
        "secret_too_long",
      );
      for (const around of [
        ["", "\n"],
        [" ", ""],
        ['"', '"'],
        ["a\r\n", ""],
      ]) {
        await step(
          `a secret with ${JSON.stringify(around)} around it`,
          ["field"],
          enterSecret(undefined, around) + "await settled();",
        );
      }
      await step("all removed but one", ["field"], press(say("remove"), 0) + press(say("remove"), 0));
      await step(
        "taken back and done again",
        ["field"],
        `
        for (let n = 0; n < 6; n++) key(secret(), "z", { ctrlKey: true });
        for (let n = 0; n < 6; n++) key(secret(), "z", { ctrlKey: true, shiftKey: true });`,
      );
      const last = canary();
      await step("one that stays", ["field"], enterSecret(last) + "await settled();");

      // Sign.
      await step("signed", ["field"], show(2));
      assert.deepEqual(
        await inFrame(labels),
        [say("signCopyToken"), say("useToken"), say("signCopyCurl")],
        "each button that copies is walked",
      );
      assert.equal(await step("the copied token", ["field"], copy(say("signCopyToken"))), sign(EVENT, last));
      assert.match(await step("the copied command", ["field"], copy(say("signCopyCurl"))), /^curl /);
      await step("the token is verified", ["field"], `${press(say("useToken"))} await settled();`);
      await step("a secret that cannot sign", ["field"], show(2) + enterSecret(long));
      await step("one that can", ["field"], enterSecret(last));
      await step("shown where no seam is", ["field"], press(say("show")));
      await step("hidden where no seam is", ["field"], press(say("show")));

      // Code.
      const option = (/** @type {string} */ id) => `shown(".segments input[value=${id}]").click();`;
      await step("code", ["field"], show(4));
      for (const { id } of RECEIVERS) {
        await step(`receive by ${id}`, ["field"], option(id));
        assert.notEqual(await step(`receive by ${id}, copied`, ["field"], copy(say("copy"))), "");
      }
      await step("send", ["field"], option("send"));
      for (const { id } of SENDERS) {
        // curl sends a finished token, so it offers no secret.
        const isOffered = id !== "curl";
        const asked = isOffered ? ["field", "program"] : ["field"];
        const press = isOffered ? toggle : "";
        await step(`${id}, unasked`, ["field"], option(id));
        assert.deepEqual(await inFrame(labels), [say("copy")], "each button that copies is walked");
        assert.notEqual(await step(`${id}, copied unasked`, ["field"], copy(say("copy"))), "");
        await step(`${id}, asked`, asked, press);
        await step(`${id}, copied as asked`, isOffered ? ["clipboard", ...asked] : asked, copy(say("copy")));
        const malformed = `type(shown("input[id*=url]"), "nonsense");`;
        await step(`${id}, asked, with a malformed address`, ["field"], malformed);
        await step(
          `${id}, asked, with a good address`,
          asked,
          `type(shown("input[id*=url]"), "https://example.org/");`,
        );
        await step(`${id}, no longer asked`, ["field"], press);
      }

      // Subscription.
      const fill = (/** @type {string} */ name, /** @type {string} */ value) =>
        `type(shown("[name=${name}]"), ${JSON.stringify(value)});`;
      const check = `shown(".subscription .primary").click();`;
      await step("the fields of a subscription", ["field"], show(3));
      await step("a subscription's secret", ["field"], enterSecret());
      await step(
        "the record",
        ["field"],
        `${fill("eventName", "tag_created")} ${fill("target", "https://example.org/hook")} ${check}`,
      );
      assert.deepEqual(
        await inFrame(labels),
        [say("subCopy"), say("subCopyWithout")],
        "each button that copies is walked",
      );
      const record = await step("the copied record", ["clipboard", "field"], copy(say("subCopy")));
      assert.equal(JSON.parse(record).secret, entered.at(-1), "the copy is the whole record");
      await step("the copy without the secret", ["field"], copy(say("subCopyWithout")));
      await step("a shown secret of a subscription", ["field"], press(say("show")));
      await step("a hidden secret of a subscription", ["field"], press(say("show")));
      await step("warnings are errors", ["field"], `shown(".inputs .check input").click();`);
      await step("the optional fields", ["field"], `shown(".inputs > details > summary").click();`);
      for (const [name, value] of [
        ["eventName", "project_creatd"],
        ["target", "ftp://10.0.0.7/hook"],
        ["tenantId", " "],
        ["projectId", "a/b"],
        ["base64CA", "nonsense"],
        ["proxy", "nonsense"],
      ]) {
        await step(`a wrong ${name}`, ["field"], fill(/** @type {string} */ (name), /** @type {string} */ (value)));
      }
      await step("all of it is checked", ["field"], check);
      for (const around of [
        ["", "\n"],
        [" ", ""],
        ['"', '"'],
        ["a\r\n", ""],
      ]) {
        await step(`a subscription's secret with ${JSON.stringify(around)}`, ["field"], enterSecret(undefined, around));
      }
      await step("a subscription's secret that is too long", ["field"], enterSecret(canary().repeat(100)));
      await step("a new secret in its place", ["field"], press(say("subGenerate")));
      await step("the old one again", ["field"], press(say("subUndo")));
      entered.push(canary());
      const pasted = JSON.stringify({ target: "https://example.org/hook", secret: entered.at(-1), enabled: true });
      await step("a pasted record", ["field"], `paste(shown("textarea[id*=record]"), ${JSON.stringify(pasted)});`);
      await context.close();
    }

    // Each pair of language, place and clipboard.
    for (const [lang, isElement, isAllowed] of /** @type {const} */ ([
      ["en", false, true],
      ["it", false, false],
      ["en", true, false],
      ["it", true, true],
    ])) {
      const place = isElement ? "the element" : "the page";
      const clipboard = isAllowed ? "with the clipboard" : "without the right to the clipboard";
      test(`${place} in ${lang}, ${clipboard}`, () => walk(lang, isElement, isAllowed));
    }

    test("no language of the page is left out", () => {
      assert.deepEqual(LANGUAGES, ["en", "it"]);
    });
  },
);
