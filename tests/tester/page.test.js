// @ts-check
/** The page in every engine: it keeps bytes unchanged and finds the right reason. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { findEngine } from "../harness/browser/engines.js";
import { openPage } from "../harness/browser/launch.js";
import { violations } from "./axe.js";
import { root } from "../harness/checkout.js";
import { inPage } from "../harness/in-page.js";
import { STATES } from "./states.js";
import { bundleElement, page as html, serve } from "./served.js";

const read = (/** @type {string} */ file) => JSON.parse(readFileSync(join(root, "tests/vectors", file), "utf8"));

/** Vectors that the fields can take: the secret is text. @param {any} vector */
function entry({ id, payload, secret, token }) {
  const bytes = (/** @type {any} */ field) =>
    typeof field === "string"
      ? Buffer.from(field, "hex")
      : Buffer.concat(Array(field.times).fill(Buffer.from(field.repeat, "hex")));
  const [payloadBytes, secretBytes] = [bytes(payload), bytes(secret)];
  const text = (/** @type {Buffer} */ buffer) =>
    Buffer.from(buffer.toString()).equals(buffer) ? buffer.toString() : undefined;
  return { id, hex: payloadBytes.toString("hex"), text: text(payloadBytes), secret: text(secretBytes), token };
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

for (const engine of /** @type {const} */ (["chromium", "firefox", "webkit"])) {
  const isInstalled = findEngine(engine) !== undefined;
  describe(engine, { skip: !isInstalled && !process.env["CI"] && `${engine} IS NOT INSTALLED` }, () => {
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

    test("verifies every vector, pasted, dropped, typed, as hex and as a file", { timeout: 300_000 }, async () => {
      assert.ok(vectors.length > 140, `${vectors.length}`);
      const wrong = await page.evaluate(
        inPage(`
        const wrong = [];
        const count = { paste: 0, drop: 0, type: 0, hex: 0, base64: 0, file: 0 };
        for (const { id, hex, text, secret: key, token: expected } of ${JSON.stringify(vectors)}) {
          const bytes = Uint8Array.from(hex.match(/../g) ?? [], (digits) => parseInt(digits, 16));
          const isLong = (text ?? "").length > 200_000;
          const ways = ["hex", "file", ...(text === undefined || isLong ? [] : ["paste", "drop", ...(text.includes("\\r") ? [] : ["type"])])];
          for (const way of ways) {
            clear();
            if (way === "hex") { choose("hex"); type(payload(), hex); }
            else if (way === "file") drop(payload(), bytes);
            else ({ paste, drop, type })[way](payload(), text);
            paste(secret(), key);
            paste(token(), expected);
            const code = key === "" ? (await new Promise((resolve) => setTimeout(resolve, 0)), card().dataset.code) : await settled();
            const isRefused = ["secret_empty", "secret_placeholder", "secret_too_long", "incomplete"].includes(code);
            if (code !== "valid" && !isRefused) wrong.push(way + " " + id + ": " + code);
            if (code === "valid") count[way] += 1;
          }
        }
        return { wrong, count };
      `),
      );
      assert.deepEqual(wrong.wrong, []);
      for (const way of ["paste", "drop", "type", "hex", "file"]) {
        assert.ok(wrong.count[way] > 80, `${way}: ${wrong.count[way]}`);
      }
    });

    test("keeps CR LF and a final newline that the field drops, and says so", async () => {
      const { crlf, ledger, view, edited } = await page.evaluate(
        inPage(`
        clear();
        paste(payload(), "a\\r\\nb\\r\\n");
        const ledger = document.querySelector("[id*=payload][class=ledger]").textContent;
        const view = payload().value;
        type(payload(), "a\\nbc\\n");
        choose("hex");
        const edited = payload().value;
        choose("text");
        return { crlf: true, ledger, view, edited };
      `),
      );
      assert.ok(crlf);
      assert.equal(view, "a\nb\n");
      assert.match(ledger, /^6 bytes · line ends: CR LF · ends with a line break · kept as it was pasted$/);
      assert.equal(edited, Buffer.from("a\r\nbc\r\n").toString("hex"));
    });

    test("names every deviation", { timeout: 300_000 }, async () => {
      const wrong = await page.evaluate(
        inPage(`
        const wrong = [];
        for (const { deviation, payload: text, secret: key, others, token: made } of ${JSON.stringify(deviations)}) {
          clear();
          paste(payload(), text);
          paste(secret(), key);
          if (others.length > 0) {
            // The page then finds the other secret, and the token is valid.
            continue;
          }
          paste(token(), made);
          const code = await settled();
          const named = [...card().querySelectorAll(".code")].map(({ textContent }) => textContent).join();
          const isRefused = code.startsWith("secret_placeholder");
          if (named !== deviation && !isRefused) wrong.push(deviation + ": " + code + " " + named);
        }
        return wrong;
      `),
      );
      assert.deepEqual(wrong, []);
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
        const found = document.querySelectorAll("img, svg, .tester script").length;
        shown("[aria-pressed]").click();
        return { found, alerts };
      `),
      );
      assert.deepEqual({ found, alerts }, { found: 0, alerts: 0 });
    });

    // In Chromium each width and language is checked too.
    if (engine !== "chromium") {
      test("no axe violation in any state, light and dark", { timeout: 240_000 }, async () => {
        for (const [name, { path = "", query = "", act, code }] of Object.entries(STATES)) {
          await page.goto(`${server.address}${path}?lang=en&${query}`);
          const reached = await page.evaluate(act ?? inPage("return card().dataset.code;"));
          if (code !== undefined) {
            assert.equal(reached, code, name);
          }
          for (const theme of ["light", "dark"]) {
            const drawn = `new Promise((resolve) => { document.documentElement.style.colorScheme = "${theme}"; setTimeout(resolve, 200, "${theme}"); })`;
            assert.equal(await page.evaluate(drawn), theme);
            assert.deepEqual(await page.evaluate(violations), [], `${name}, ${theme}`);
          }
        }
      });
    }

    test("a page can have two elements, each in a frame that the page cannot read", async () => {
      await page.goto(`${server.address}two`);
      const told = await page.evaluate(`(async () => {
        const frames = () => ["a", "b"].map((id) => document.getElementById(id).shadowRoot?.querySelector("iframe:not([hidden])"));
        for (let waited = 0; waited < 1000 && frames().some((frame) => !(parseInt(frame?.style.height) > 200)); waited++) {
          await new Promise((resolve) => setTimeout(resolve, 10));
        }
        return frames().map((frame) => [frame.sandbox.value, parseInt(frame.style.height) > 200, frame.contentDocument === null]);
      })()`);
      assert.deepEqual(told, [
        ["allow-scripts", true, true],
        ["allow-scripts", true, true],
      ]);
    });
  });
}
