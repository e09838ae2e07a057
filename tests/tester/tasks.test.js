// @ts-check
/**
 * What people come to the page for, done in every engine, each with the number of steps that it
 * takes: a paste, a key, a press of a button. `before` is what it took in the version before;
 * `undefined`: it could not be done.
 */

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, before, describe, test } from "node:test";
import { findEngine } from "../harness/browser/engines.js";
import { openPage } from "../harness/browser/launch.js";
import { inPage } from "../harness/in-page.js";
import { page as html, serve } from "./served.js";
import { EVENT, SECRET, sign } from "./states.js";

const pretty = JSON.stringify(JSON.parse(EVENT), null, 2);
const TOKEN = sign(EVENT);
const text = JSON.stringify;
/** The evidence in words, as it is seen. */
const EVIDENCE = `document.querySelector(".evidence").innerText`;
const STRIP = `strip().innerText`;

/**
 * @typedef {object} Task
 * @property {string} name
 * @property {number | undefined} before
 * @property {number} steps
 * @property {string} act What the person does.
 * @property {string} shown What the page says then.
 * @property {RegExp | string} expected
 */

/** @type {Task[]} */
const TASKS = [
  {
    name: "see what the tool can do, without a delivery at hand",
    before: undefined,
    steps: 1,
    act: `press("Pretty-printed body"); await settled();`,
    shown: STRIP,
    expected: /Does not match[^]*40 extra bytes/,
  },
  {
    name: "check a curl command that somebody has sent",
    before: 3,
    steps: 2,
    act: `
      paste(payload(), ${text(`curl https://example.org/ -H 'X-Mia-Token: ${TOKEN}' --data-binary '${EVENT}'`)});
      paste(secret(), ${text(SECRET)});
      await settled();`,
    shown: STRIP,
    expected: /^Matches\./,
  },
  {
    name: "paste the whole line of the header as the token",
    before: 4,
    steps: 3,
    act: `
      paste(payload(), ${text(EVENT)});
      paste(secret(), ${text(SECRET)});
      paste(token(), ${text(`X-Mia-Signature: ${TOKEN}\n`)});
      await settled();`,
    shown: `token().value + " " + strip().dataset.code`,
    expected: `${TOKEN} valid`,
  },
  {
    name: "see which bytes of the body were not signed",
    before: undefined,
    steps: 3,
    act: `
      paste(payload(), ${text(pretty)});
      paste(secret(), ${text(SECRET)});
      paste(token(), "${TOKEN}");
      await settled();`,
    shown: EVIDENCE,
    expected: /The \d+ bytes that were not signed/,
  },
  {
    name: "put the signed body in its place, and see that it matches",
    before: undefined,
    steps: 4,
    act: `
      paste(payload(), ${text(pretty)});
      paste(secret(), ${text(SECRET)});
      paste(token(), "${TOKEN}");
      await settled();
      press("Use the signed body");
      await until(() => strip().dataset.code === "valid");`,
    shown: `payload().value`,
    expected: EVENT,
  },
  {
    name: "find that the secret has quotes and a line break, and take all of them away",
    before: 6,
    steps: 4,
    act: `
      paste(payload(), ${text(EVENT)});
      paste(secret(), ${text(`"${SECRET}"\n`)});
      paste(token(), "${TOKEN}");
      await settled();
      press(shown(".strip .primary").textContent);
      await until(() => strip().dataset.code === "valid");`,
    shown: `secret().value`,
    expected: SECRET,
  },
  {
    name: "take a paste back",
    before: undefined,
    steps: 3,
    act: `
      paste(payload(), ${text(EVENT)});
      paste(payload(), "something else");
      key(payload(), "z", { ctrlKey: true });`,
    shown: `payload().value`,
    expected: EVENT,
  },
  {
    name: "know what to check where nothing explains the token",
    before: undefined,
    steps: 3,
    act: `
      paste(payload(), ${text(EVENT)});
      paste(secret(), ${text(SECRET)});
      paste(token(), "${createHash("sha256").update("another").digest("hex")}");
      await settled();`,
    shown: EVIDENCE,
    expected: /Check these, likeliest first[^]*wc -c[^]*tag_created[^]*Content-Length[^]*Ruled out/,
  },
  {
    name: "copy a receiver for Express",
    before: undefined,
    steps: 2,
    act: `
      press("Code");
      window.copied = "";
      Object.defineProperty(navigator, "clipboard", { value: { writeText: async (text) => { copied = text; } } });
      press("Copy");
      await until(() => copied !== "" || document.body);`,
    shown: `copied`,
    expected: /nodeListener\(receiver\)/,
  },
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
        server = await serve({ "/": { body: html } });
        page = await openPage(engine);
      });
      after(async () => {
        await page?.close();
        server?.close();
      });

      for (const { name, before, steps, act, shown, expected } of TASKS) {
        const since = before === undefined ? "it was not possible before" : `${before} before`;
        test(`${name}: ${steps} steps, ${since}`, async () => {
          assert.ok(before === undefined || steps < before);
          await page.goto(`${server.address}?lang=en`);
          const { count, said } = await page.evaluate(
            inPage(`acts.count = 0; ${act} return { count: acts.count, said: ${shown} };`),
          );
          assert.equal(count, steps);
          if (typeof expected === "string") {
            assert.equal(said, expected);
          } else {
            assert.match(said, expected);
          }
        });
      }
    },
  );
}
