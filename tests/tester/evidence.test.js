// @ts-check
/** The verdict and its evidence, as a person meets them: by keyboard, on a telephone, in a frame, by ear. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { inPage } from "../harness/in-page.js";
import { drawn, violations } from "./axe.js";
import { EVENT, SECRET, enter, sign } from "./states.js";
import { describeInChromium } from "./in-chromium.js";

const CASES = ["genuine", "pretty-printed", "secret-with-line-break", "hmac", "without-secret", "unexplained"];

describeInChromium("the evidence in Chromium", (place) => {
  /** @param {string} query @param {import("playwright-core").BrowserContextOptions} [options] */
  async function open(query, options = {}) {
    const context = await place.browser.newContext({
      locale: "en",
      viewport: { width: 1200, height: 860 },
      ...options,
    });
    const page = await context.newPage();
    await page.goto(place.address + query);
    await page.waitForSelector("[role=tab]");
    return page;
  }

  /** Notes each code that the strip shows from now on. */
  const WATCH = `(() => {
    window.codes = [];
    const strip = document.querySelector(".strip");
    new MutationObserver(() => codes.at(-1) !== strip.dataset.code && codes.push(strip.dataset.code))
      .observe(strip, { attributes: true, attributeFilter: ["data-code"] });
  })()`;

  test("there is no verdict before the token has its digits, and one after them", async () => {
    const page = await open("");
    await page.evaluate(
      inPage(`paste(payload(), ${JSON.stringify(EVENT)}); paste(secret(), ${JSON.stringify(SECRET)});`),
    );
    await page.evaluate(WATCH);
    await page.locator("input[id*=token]:visible").pressSequentially(sign(EVENT));
    assert.equal(await page.evaluate(inPage("return settled();")), "valid");
    assert.deepEqual(await page.evaluate("codes.filter((code) => !['incomplete', 'checking'].includes(code))"), [
      "valid",
    ]);
    await page.context().close();
  });

  test("a token that is too short gets its verdict when the field is left", async () => {
    const page = await open("");
    await page.evaluate(
      inPage(`paste(payload(), ${JSON.stringify(EVENT)}); paste(secret(), ${JSON.stringify(SECRET)});`),
    );
    await page.locator("input[id*=token]:visible").pressSequentially(sign(EVENT).slice(0, 40));
    assert.equal(await page.evaluate(inPage("return strip().dataset.code;")), "incomplete");
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(inPage("return settled();")), "token_truncated");
    await page.context().close();
  });

  test("while somebody types into the payload there is no verdict, and then one that is announced once", async () => {
    const page = await open("");
    await page.evaluate(enter("{}", SECRET, sign(EVENT)));
    await page.evaluate(`
      window.announced = [];
      const status = document.querySelector(".tester > [role=status]");
      new MutationObserver(() => announced.push(status.textContent)).observe(status, { childList: true, characterData: true, subtree: true });`);
    await page.evaluate(WATCH);
    await page.locator("textarea[id*=payload]").press("End");
    await page.locator("textarea[id*=payload]").pressSequentially("[1,2,3]");
    const code = await page.evaluate(inPage("return settled();"));
    assert.deepEqual(await page.evaluate("codes"), ["checking", code]);
    assert.equal((await page.evaluate("announced.filter(Boolean)")).length, 1);
    await page.keyboard.press("Control+Enter");
    await page.evaluate(inPage("await until(() => announced.filter(Boolean).length === 2);"));
    await page.context().close();
  });

  test("the keys for undo take back a paste, a case, a sample and a repair, and those for redo do them again", async () => {
    const page = await open("");
    const field = page.locator("textarea[id*=payload]");
    const value = () => field.inputValue();
    await field.pressSequentially("typed");
    await page.evaluate(inPage(`paste(payload(), "pasted\\r\\n");`));
    await page.evaluate(
      inPage(
        `shown("[role=tab]:nth-child(2)").click(); const samples = shown("select[id*=sample]"); samples.value = "tag_created"; samples.dispatchEvent(new Event("change")); shown("[role=tab]").click();`,
      ),
    );
    assert.match(await value(), /tag_created/);
    await field.focus();
    await page.keyboard.press("Control+z");
    assert.equal(await value(), "pasted\n");
    await page.keyboard.press("Control+z");
    assert.equal(await value(), "typed");
    await page.keyboard.press("Control+z");
    assert.equal(await value(), "");
    for (const _ of "123") await page.keyboard.press("Control+y");
    assert.match(await value(), /tag_created/);
    await page.evaluate(inPage(`press("Clear all"); press("Pretty-printed body"); await settled();`));
    const before = await value();
    await page.locator(".strip .primary").click();
    assert.equal(await page.evaluate(inPage(`return until(() => strip().dataset.code === "valid");`)), true);
    // The button that was pressed is the one that takes it back.
    assert.equal(await page.evaluate("document.activeElement.textContent"), "Undo");
    await page.keyboard.press("Control+z");
    assert.equal(await value(), before);
    await field.focus();
    await page.keyboard.press("Control+Shift+z");
    assert.notEqual(await value(), before);
    await page.keyboard.press("Control+z");
    assert.equal(await value(), before);
    await page.context().close();
  });

  // 844 is a telephone's height, and 900 what is seen of a frame.
  for (const [width, height] of /** @type {const} */ ([
    [390, 844],
    [720, 900],
    [1280, 860],
  ])) {
    test(`at ${width} px, the verdict is seen together with the fields, and no field moves under a person`, async () => {
      const page = await open("", { viewport: { width, height } });
      const places = () =>
        page.evaluate(`(() => {
          const strip = document.querySelector(".strip").getBoundingClientRect();
          const token = document.querySelector("input[id*=token]").getBoundingClientRect();
          return { strip: strip.top + scrollY, token: token.top + scrollY, seen: token.bottom - strip.top };
        })()`);
      for (const name of CASES) {
        await page.goto(`${place.address}?case=${name}`);
        await page.waitForSelector(".strip[data-tone]:not([data-tone=plain])");
        const { seen } = await places();
        assert.ok(seen <= height, `${name}: ${seen} px`);
      }
      // Typed over with the focus in the field.
      await page.goto(`${place.address}?case=pretty-printed`);
      await page.waitForSelector(".strip .primary");
      await page.locator("input[id*=token]").focus();
      const before = await places();
      const moves = new Set();
      for (const key of ["End", "Backspace", "a", "Backspace", "5"]) {
        await page.keyboard.press(key);
        moves.add((await places()).token);
        await page.evaluate(inPage("await new Promise(requestAnimationFrame);"));
        moves.add((await places()).token);
      }
      await page.evaluate(inPage("return settled();"));
      moves.add((await places()).token);
      assert.deepEqual([...moves], [before.token]);
      await page.context().close();
    });
  }

  test("a screen reader meets the verdict, the fields, the lanes and the bytes in this order, each once", async () => {
    const page = await open("?case=pretty-printed");
    await page.waitForSelector(".strip .primary");
    const heard = await page.locator("body").ariaSnapshot();
    const order = [
      "Why does my token not match?",
      'tab "Verify" [selected]',
      "Does not match. The token was made",
      'button "Use the signed body"',
      'textbox "Paste a whole request"',
      'textbox "Payload"',
      'textbox "Secret"',
      'textbox "Token"',
      "How your token was made, and what is here",
      "Only the payload differs",
      "The 40 bytes that were not signed",
      "31 spaces and 9 line breaks",
      "What to do",
      "hash first, parse later",
    ];
    let at = -1;
    for (const one of order) {
      const next = heard.indexOf(one, at + 1);
      assert.ok(next > at, `${one} comes after what stands before it in:\n${heard}`);
      at = next;
    }
    // Signs that are drawn are not read.
    assert.doesNotMatch(heard, /[✕✓■●◆→]/u);
    await page.context().close();
  });

  test("what describes a field belongs to it, and every name is text", async () => {
    const page = await open("?case=pretty-printed");
    await page.waitForSelector(".strip .primary");
    const described = await page.evaluate(
      inPage(`
      const description = (field) => field.getAttribute("aria-describedby").split(" ").map((id) => document.getElementById(id)).filter((one) => one && !one.hidden).map((one) => one.textContent).join(" | ");
      return [payload(), secret(), token()].map(description);`),
    );
    assert.deepEqual(described, [
      "221 bytes · line ends: LF | ≠ 40 bytes more",
      "32 bytes · no white space around it",
      "64 hex digits",
    ]);
    await page.context().close();
  });

  for (const name of ["pretty-printed", "secret-with-line-break", "hmac", "unexplained"]) {
    test(`with forced colours, ${name} has no violation, and what differs has an outline`, async () => {
      const page = await open(`?case=${name}`, { forcedColors: "active" });
      await page.waitForSelector(".strip[data-tone=bad]");
      await page.evaluate(drawn);
      assert.deepEqual(await page.evaluate(violations()), []);
      const tabs = await page.evaluate(
        `[...document.querySelectorAll("[role=tab]")].map((tab) => getComputedStyle(tab).borderBottomColor)`,
      );
      assert.equal(new Set(tabs).size, 2, "only the selected tab is underlined");
      await page.context().close();
    });
  }

  test("at 320 px nothing scrolls sideways, in any case", async () => {
    const page = await open("", { viewport: { width: 320, height: 640 } });
    for (const name of CASES) {
      for (const lang of ["en", "it"]) {
        await page.goto(`${place.address}?case=${name}&lang=${lang}`);
        await page.waitForSelector(".strip[data-tone]:not([data-tone=plain])");
        const over = await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        assert.ok(over <= 0, `${name}, ${lang}: ${over} px`);
      }
    }
    await page.context().close();
  });

  test("two texts of 1 MiB that share nothing are compared without a document that is as long", async () => {
    const page = await open("");
    const { code, length } = await page.evaluate(
      inPage(`
      // The token is that of an empty object, in place of a mebibyte.
      paste(secret(), ${JSON.stringify(SECRET)});
      paste(token(), ${JSON.stringify(sign("{}"))});
      drop(payload(), new Uint8Array(2 ** 20).map((_, place) => 97 + (place * 7919) % 26));
      const code = await settled();
      return { code, length: document.querySelector(".evidence").textContent.length };`),
    );
    assert.equal(code, "payload_empty_object");
    assert.ok(length < 20_000, `${length} characters`);
    await page.context().close();
  });

  test("HTML in every field, and in what is shown of it, stays text", async () => {
    const page = await open("");
    const found = await page.evaluate(
      inPage(`
      let alerts = 0;
      window.alert = () => { alerts += 1; };
      const evil = '{ "<img src=x onerror=alert(1)>": "<svg onload=alert(1)>" }';
      const minified = JSON.stringify(JSON.parse(evil));
      const hash = [...new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(minified + "<b>secret</b>")))];
      paste(payload(), evil);
      paste(secret(), "<b>secret</b>\\n");
      paste(token(), hash.map((byte) => byte.toString(16).padStart(2, "0")).join(""));
      const code = await settled();
      shown("[aria-pressed]").click();
      await until(() => document.querySelector(".difference"));
      press("Hex");
      return { code, alerts, elements: document.querySelectorAll(".tester :is(img, svg, script)").length };`).replace(
        'press("Hex");',
        '[...document.querySelectorAll(".difference .segments input")].at(-1)?.click();',
      ),
    );
    assert.deepEqual(found, { code: "payload_minified", alerts: 0, elements: 0 });
    await page.context().close();
  });

  test("a press of the mouse that leaves a field is not lost, whatever the field says then", async () => {
    const page = await open("");
    const [payload, secret, token] = ["textarea[id*=payload]", "input[id*=secret]:visible", "input[id*=token]:visible"];
    await page.locator(payload).pressSequentially("{ }");
    await page.locator(secret).first().pressSequentially(SECRET);
    await page.getByRole("button", { name: "Add a secret" }).click();
    assert.equal(await page.locator(secret).count(), 2);
    await page.locator(secret).last().pressSequentially("another");
    await page.getByRole("button", { name: "Remove" }).last().click();
    assert.equal(await page.locator(secret).count(), 1);
    await page.locator(token).first().pressSequentially(sign("{}"));
    await page.getByRole("button", { name: "Use the signed body" }).click();
    assert.equal(await page.locator(payload).inputValue(), "{}");
    await page.locator(token).first().press("End");
    await page.keyboard.press("Backspace");
    await page.getByRole("button", { name: "Show", exact: true }).click();
    assert.equal(await page.locator(secret).first().getAttribute("type"), "text");
    await page.locator(token).first().press("Backspace");
    await page.getByRole("button", { name: "Clear all" }).click();
    assert.equal(await page.locator(payload).inputValue(), "");
    await page.context().close();
  });

  test("the focus is never lost: after a case, a request that was pasted, and what is taken back", async () => {
    const page = await open("");
    const focused = () =>
      page.evaluate("document.activeElement.id.replace(/-\\d+.*/, '') || document.activeElement.className");
    await page.getByRole("button", { name: "HMAC instead of SHA-256" }).press("Enter");
    assert.equal(await focused(), "strip");
    await page.getByRole("button", { name: "Clear all" }).press("Enter");
    assert.equal(await focused(), "mia-payload");
    await page.evaluate(
      inPage(`
      shown("textarea[id*=request]").focus();
      paste(shown("textarea[id*=request]"), ${JSON.stringify(`curl https://a.b -H 'X-Mia-Token: ${sign(EVENT)}' --data-binary '${EVENT}'`)});`),
    );
    assert.equal(await focused(), "mia-secret");
    assert.match(
      await page.locator(".tester > [role=status]").innerText(),
      /^Read from a curl command: body \(88 bytes\), X-Mia-Token\./,
    );
    await page.getByRole("button", { name: "Undo" }).press("Enter");
    assert.equal(await focused(), "mia-request");
    await page.getByRole("button", { name: "Add a secret" }).press("Enter");
    await page.keyboard.type("two");
    await page.getByRole("button", { name: "Remove secret 2" }).press("Enter");
    assert.equal(await focused(), "mia-secret");
    await page.keyboard.press("Control+z");
    assert.match(await focused(), /^mia-(secret|payload)/);
    await page.keyboard.press("Control+Shift+z");
    assert.equal(await page.locator("input[id*=secret]:visible").count(), 1);
    await page.context().close();
  });

  test("how the page begins is no step that could be taken back", async () => {
    const page = await open("?case=hmac&token=abc");
    await page.locator("input[id*=token]").focus();
    await page.keyboard.press("Control+z");
    assert.equal(await page.locator("input[id*=token]").inputValue(), "abc");
    assert.match(await page.locator("textarea[id*=payload]").inputValue(), /project_created/);
    await page.context().close();
  });

  test("a repair says what is left to do, and a change after it ends it", async () => {
    const page = await open("?case=pretty-printed");
    await page.locator(".strip .primary").click();
    await page.waitForSelector(".strip[data-code=valid]");
    assert.match(await page.innerText(".strip"), /Only the fields on this page have changed/);
    assert.match(await page.innerText(".evidence"), /that were not signed[^]*hash first, parse later/);
    await page.locator("textarea[id*=payload]").press("End");
    await page.keyboard.type(" ");
    await page.waitForSelector(".strip[data-tone=bad]");
    assert.equal(await page.locator(".strip .primary").innerText(), "Use the signed body");
    await page.context().close();
  });
});
