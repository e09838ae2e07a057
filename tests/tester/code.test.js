// @ts-check
/** The view Code: receivers ask for nothing, and programs that send only for what they need. */

import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { build } from "esbuild";
import { root } from "../harness/checkout.js";
import { inPage } from "../harness/in-page.js";
import { violations } from "./axe.js";
import { describeInChromium } from "./in-chromium.js";
import { SECRET, sign } from "./states.js";

const { outputFiles } = await build({
  entryPoints: [join(root, "www/texts/texts.ts")],
  bundle: true,
  format: "esm",
  write: false,
  packages: "external",
});
/** @type {typeof import("../../www/texts/texts.ts")} */
const { speaking } = await import(
  `data:text/javascript;base64,${Buffer.from(outputFiles[0]?.contents ?? "").toString("base64")}`
);

describeInChromium("Code", (place) => {
  /** @param {string} query */
  async function open(query) {
    const page = await place.browser.newPage();
    await page.goto(`${place.address}?${query}`);
    return {
      page,
      run: (/** @type {string} */ body) => page.evaluate(inPage(body)),
      text: () => page.evaluate(inPage(`return document.querySelector(".code-view").innerText;`)),
      program: () => page.evaluate(inPage(`return shown(".code-view pre")?.textContent ?? "";`)),
    };
  }
  const press = (/** @type {string} */ value) => `shown(".code-view input[value=${value}]").click();`;
  const address = (/** @type {string} */ text) => `type(shown("input[id*=url]"), ${JSON.stringify(text)});`;
  const payload = `type(payload(), "{}");`;

  test("a receiver is there at once, and no field", async () => {
    const { page, run, program } = await open("view=code");
    assert.match(await program(), /^\/\/ server\.mjs: npm install express /);
    assert.equal(await run(`return shown(".code-view :is(textarea, input:not([type=radio]))") === undefined;`), true);
    assert.match(await run(`return shown("mark").textContent;`), /nodeListener\(/);
    await page.close();
  });

  test("arrow keys choose the framework, and the choice stays when another view was shown", async () => {
    const { page, run, program } = await open("view=code");
    await page.focus(".receiver input:checked");
    await page.keyboard.press("ArrowLeft");
    assert.match(await program(), /SpringApplication\.run/);
    await run(`shown("[role=tab]").click(); shown("[role=tab]:last-of-type").click();`);
    assert.match(await program(), /SpringApplication\.run/);
    await page.close();
  });

  test("without a secret, each program but curl reads it from the environment", async () => {
    const say = speaking("en");
    const { page, run, text, program } = await open("view=code");
    await run(press("send"));
    assert.match(await text(), new RegExp(say("codeNeedsPayload")));
    await run(payload);
    assert.ok((await text()).includes(say("codeNeedsSecret")));
    assert.equal(await program(), "");
    for (const id of ["sh", "node", "deno", "go", "python"]) {
      await run(press(id));
      assert.match(await program(), /MIA_WEBHOOK_SECRET/, id);
      assert.ok((await text()).includes(say("codeEnvironment")), id);
      assert.equal(
        await run(`return shown("input[type=checkbox]") === undefined;`),
        true,
        "there is nothing to put in",
      );
    }
    await run(`type(secret(), ${JSON.stringify(SECRET)});`);
    assert.ok(!(await program()).includes(SECRET));
    await run(`shown("input[type=checkbox]").click();`);
    assert.ok((await program()).includes(SECRET));
    assert.ok((await text()).includes(say("codeHasSecret")));
    await run(press("curl"));
    assert.ok((await program()).includes(sign("{}")));
    await page.close();
  });

  for (const lang of /** @type {const} */ (["en", "it"])) {
    test(`an address that is none gets a sentence of the page's own, in ${lang}`, async () => {
      const sentence = speaking(lang)("addressWrong");
      const { page, run, text, program } = await open(`view=code&lang=${lang}`);
      await run(press("send") + payload + press("node"));
      const described = `const { ariaInvalid } = shown("input[id*=url]"); return [ariaInvalid, document.getElementById(shown("input[id*=url]").getAttribute("aria-describedby")).textContent];`;
      assert.deepEqual(await run(described), ["false", ""]);
      for (const wrong of ["example.org/webhook", "", "ftp://example.org", "/webhook", "https://"]) {
        await run(address(wrong));
        assert.deepEqual(await run(described), ["true", sentence], wrong);
        assert.doesNotMatch(await text(), /URL/);
        assert.equal(await program(), "");
      }
      assert.deepEqual(await page.evaluate(violations(["color-contrast"])), []);
      await run(address("http://localhost:3000/webhook"));
      assert.match(await program(), /"http:\/\/localhost:3000\/webhook"/);
      assert.deepEqual(await run(described), ["false", ""]);
      await page.close();
    });
  }
});
