// @ts-check
/** The page in every engine: it keeps bytes unchanged and finds the right reason. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { findEngine } from "../harness/browser/engines.js";
import { openPage } from "../harness/browser/launch.js";
import { drawn, violations } from "./axe.js";
import { root } from "../harness/checkout.js";
import { inPage } from "../harness/in-page.js";
import { textOf } from "../harness/vector-bytes.js";
import { FEW_STATES, STATES } from "./states.js";
import { bundleElement, page as html, serve } from "./served.js";

const read = (/** @type {string} */ file) => JSON.parse(readFileSync(join(root, "tests/vectors", file), "utf8"));

/** Vectors that the fields can take: the secret is text. @param {any} vector */
function entry({ id, payload, secret, token }) {
  const bytes = (/** @type {any} */ field) =>
    typeof field === "string"
      ? Buffer.from(field, "hex")
      : Buffer.concat(Array(field.times).fill(Buffer.from(field.repeat, "hex")));
  const hex = bytes(payload).toString("hex");
  const text = textOf(bytes(payload));
  return { id, hex, text, secret: textOf(bytes(secret)), token, ways: waysOf(text) };
}

/** How a payload can be entered: as text where it is text, and otherwise as digits. @param {string | undefined} text */
function waysOf(text) {
  if (text === undefined) {
    return ["hex", "base64", "file"];
  }
  // Browsers take seconds to lay out a long text, and typing makes LF of CR.
  const isShort = text.length < 100_000;
  return [...(isShort ? ["paste", "drop"] : []), ...(isShort && !text.includes("\r") ? ["type"] : []), "file"];
}

const vectors = read("signature.json")
  .vectors.map(entry)
  .filter((/** @type {any} */ { secret, hex }) => secret !== undefined && hex.length <= 400_000);

const matrix = read("diagnose-matrix.json");
/** Each deviation once, and together every event. */
const deviations = matrix.cases
  .filter((/** @type {any[]} */ _, /** @type {number} */ place) => place % 57 === 0 || place < 56)
  .map((/** @type {any[]} */ [, deviation, payload, secret, others, token]) => ({
    deviation,
    payload: Buffer.from(matrix.payloads[payload], "hex").toString(),
    secret,
    others,
    token,
  }));

/** What no click can repair: the formula; secrets that are no text, or that stand for a missing one. */
const NOT_REPAIRED = [
  "secret_other",
  "secret_first",
  "secret_both_ends",
  "payload_only",
  "hmac",
  "hmac_swapped",
  "separator",
  "hashed_twice",
  "payload_hashed_first",
  "md5",
  "sha1",
  "sha512",
  "secret_placeholder",
  "secret_base64_decoded",
  "secret_hex_decoded",
];

for (const engine of /** @type {const} */ (["chromium", "firefox", "webkit"])) {
  const isInstalled = findEngine(engine) !== undefined;
  describe(
    engine,
    { skip: !isInstalled && !process.env["CI"] && `${engine} IS NOT INSTALLED`, timeout: 900_000 },
    () => {
      /** @type {import("../harness/browser/launch.js").Page} */
      let page;
      /** @type {Awaited<ReturnType<typeof serve>>} */
      let server;
      before(async () => {
        server = await serve({
          "/": { body: html },
          "/forbidden": { body: html, headers: { "content-security-policy": "script-src 'unsafe-inline'" } },
          "/two": {
            body: '<!doctype html><html lang="it"><script type=module src=element.js></script><mia-webhook-tester id=a sample=tag_created view=sign>one</mia-webhook-tester><mia-webhook-tester id=b views="verify sign">two</mia-webhook-tester>',
            // Who may frame the site says nothing about the frames in it.
            headers: { "content-security-policy": "frame-ancestors 'none'" },
          },
          ...(await bundleElement()),
        });
        page = await openPage(engine);
        await page.goto(`${server.address}?lang=en`);
      });
      after(async () => {
        await page?.close();
        server?.close();
      });

      test("verifies every vector, pasted, dropped, typed, as hex, as base64 and as a file", async () => {
        const { wrong, count } = await page.evaluate(
          inPage(`
        const wrong = [];
        const count = {};
        clear();
        const fields = { payload: payload(), secret: secret(), token: token() };
        for (const { id, hex, text, ways, secret: key, token: expected } of ${JSON.stringify(vectors)}) {
          const bytes = Uint8Array.from({ length: hex.length / 2 }, (_, i) => parseInt(hex.slice(2 * i, 2 * i + 2), 16));
          paste(fields.secret, key);
          paste(fields.token, expected);
          for (const way of ways) {
            if (way === "hex") { choose("hex"); type(fields.payload, hex); }
            else if (way === "base64") { choose("base64"); type(fields.payload, btoa([...bytes].map((byte) => String.fromCharCode(byte)).join(""))); }
            else if (way === "file") drop(fields.payload, bytes);
            else ({ paste, drop, type })[way](fields.payload, text);
            const code = await settled();
            count[way] = (count[way] ?? 0) + 1;
            if (code !== "valid") wrong.push(way + " " + id + ": " + code);
            // The next way has to enter the payload again.
            if (way === "file") shown(".file button").click();
            else type(fields.payload, "");
          }
        }
        return { wrong, count };
      `),
        );
        assert.deepEqual(wrong, []);
        assert.deepEqual(count, { paste: 89, drop: 89, type: 84, file: 149, hex: 60, base64: 60 });
      });

      test("keeps CR LF and a final newline that the field drops, and says so", async () => {
        const { ledgers, view, edited } = await page.evaluate(
          inPage(`
        const ledgers = [];
        const note = () => ledgers.push(document.querySelector("[id*=payload][class=ledger]").textContent);
        clear();
        paste(payload(), "a\\r\\nb\\r\\n");
        note();
        const view = payload().value;
        type(payload(), "a\\nbc\\n");
        note();
        choose("hex");
        const edited = payload().value;
        note();
        choose("text");
        drop(payload(), "a");
        note();
        type(payload(), "ab");
        note();
        return { ledgers, view, edited };
      `),
        );
        assert.equal(view, "a\nb\n");
        assert.equal(edited, Buffer.from("a\r\nbc\r\n").toString("hex"));
        assert.deepEqual(ledgers, [
          "6 bytes · line ends: CR LF · ends with a line break",
          "7 bytes · line ends: CR LF · ends with a line break",
          "7 bytes",
          "1\u00a0byte",
          "2 bytes",
        ]);
      });

      const asked = engine === "chromium" ? deviations : deviations.slice(0, 10);
      test(`names ${asked.length} deviations, draws them, and repairs what can be repaired`, async () => {
        const found = await page.evaluate(
          inPage(`
        const found = [];
        const entered = () => JSON.stringify([
          payload().value,
          document.querySelector("[id*=payload][class=ledger]").textContent,
          [...document.querySelectorAll(".verify input[id*=secret]")].map(({ value }) => value),
          token().value,
        ]);
        for (const { payload: text, secret: key, others, token: made } of ${JSON.stringify(asked)}) {
          clear();
          paste(payload(), text);
          paste(secret(), key);
          paste(token(), made);
          for (const other of others) {
            press("Add a secret");
            paste([...document.querySelectorAll("input[id*=secret]")].filter((found) => found.offsetParent !== null).at(-1), other);
          }
          const one = { code: await settled(), line: shown(".strip p")?.textContent };
          one.codes = [...document.querySelectorAll("[data-fixes] .code")].map(({ textContent }) => textContent).join();
          one.lanes = document.querySelectorAll(".lane").length;
          const button = shown(".strip .primary");
          if (button && !/sender/.test(button.textContent)) {
            const before = entered();
            button.click();
            one.repaired = await settled();
            one.left = [...document.querySelectorAll("[data-fixes] .code")].map(({ textContent }) => textContent).join();
            press("Undo");
            one.isUndone = entered() === before && (await settled()) === one.code;
          }
          found.push(one);
          for (const _ of others) press("Remove");
        }
        return found;
      `),
        );
        found.forEach((/** @type {any} */ one, /** @type {number} */ place) => {
          const { deviation } = asked[place];
          const about = `${deviation}: ${JSON.stringify(one)}`;
          if (deviation === "secret_other") {
            // Of several secrets, the page finds the right one.
            assert.equal(one.code, "valid", about);
            assert.match(one.line, /^The token was made with secret 3\./, about);
            return;
          }
          assert.equal(one.codes, deviation, about);
          assert.equal(one.lanes, 2, about);
          if (one.repaired !== undefined) {
            assert.equal(one.repaired, "valid", about);
            assert.equal(one.isUndone, true, about);
          }
        });
        const unrepaired = asked
          .filter((/** @type {any} */ _, /** @type {number} */ place) => found[place].repaired === undefined)
          .map((/** @type {any} */ { deviation }) => deviation);
        assert.deepEqual(
          [...new Set(unrepaired)].filter((code) => !NOT_REPAIRED.includes(code)),
          [],
        );
      });

      test("only shows HTML and scripts", async () => {
        const { found, alerts } = await page.evaluate(
          inPage(`
        let alerts = 0;
        window.alert = () => { alerts += 1; };
        const evil = '<img src=x onerror=alert(1)><script>alert(1)</script>"><svg onload=alert(1)>';
        clear();
        paste(payload(), evil);
        paste(secret(), evil);
        paste(token(), evil);
        await settled();
        shown("[aria-pressed]").click();
        await settled();
        const found = document.querySelectorAll("img, svg, .tester script").length;
        shown("[aria-pressed]").click();
        return { found, alerts };
      `),
        );
        assert.deepEqual({ found, alerts }, { found: 0, alerts: 0 });
      });

      // In Chromium each state, width and language is checked.
      if (engine !== "chromium") {
        // It takes 20 s in WebKit, where axe is slow.
        test(`no axe violation in the states ${FEW_STATES.join(", ")}, and no contrast too low in dark`, async () => {
          for (const name of FEW_STATES) {
            const { query = "", act = "", code } = /** @type {import("./states.js").State} */ (STATES[name]);
            await page.goto(`${server.address}?lang=en&${query}`);
            const reached = await page.evaluate(act);
            if (code !== undefined) {
              assert.equal(reached, code, name);
            }
            for (const [theme, rules] of /** @type {const} */ ([["light"], ["dark", ["color-contrast"]]])) {
              const use = `void (document.documentElement.style.colorScheme = "${theme}")`;
              await page.evaluate(`(${use}, ${drawn})`);
              assert.deepEqual(await page.evaluate(violations(rules)), [], `${name}, ${theme}`);
            }
          }
        });
      }

      test("a page can have two elements, each in a frame that the page cannot read", async () => {
        await page.goto(`${server.address}two`);
        const told = await page.evaluate(`(async () => {
        const frames = () => ["a", "b"].map((id) => document.getElementById(id).shadowRoot?.querySelector("iframe:not([hidden])"));
        // A frame says how high it is after it was drawn.
        while (frames().some((frame) => !(parseInt(frame?.style.height) > 200))) await new Promise(requestAnimationFrame);
        return frames().map((frame) => [frame.sandbox.value, parseInt(frame.style.height) > 200, frame.contentDocument === null]);
      })()`);
        assert.deepEqual(told, [
          ["allow-scripts", true, true],
          ["allow-scripts", true, true],
        ]);
      });
    },
  );
}
