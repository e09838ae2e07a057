// @ts-check
/** Sign: the token, and the command that sends it. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { describeInChromium } from "./in-chromium.js";
import { EVENT, SECRET, sign } from "./states.js";

describeInChromium("the view Sign", (place) => {
  test("says what is missing, then has the token and a command with it", async () => {
    const context = await place.browser.newContext({ permissions: ["clipboard-read", "clipboard-write"] });
    const page = await context.newPage();
    const query = new URLSearchParams({ view: "sign", lang: "en", "header-name": "X-Mia-Signature" });
    await page.goto(`${place.address}?${query}`);
    const status = page.locator(".sign .evidence > p");
    const announced = page.locator(".tester > [role=status]");
    await page.getByText("Enter a payload and a secret: the token and a curl command appear here.").waitFor();
    assert.equal(await announced.textContent(), "", "nothing is announced before something was entered");
    await page.getByRole("textbox", { name: "Payload" }).fill(EVENT);
    assert.equal(await status.innerText(), "Enter a secret: the token and a curl command appear here.");
    assert.equal(await announced.textContent(), "Enter a secret: the token and a curl command appear here.");
    await page.getByRole("textbox", { name: "Secret" }).fill(SECRET);
    assert.equal(await status.isVisible(), false);
    assert.equal(await announced.textContent(), "The token and the command are ready.");
    const token = sign(EVENT);
    assert.equal(await page.locator("[data-token]").innerText(), token);

    const address = page.getByRole("textbox", { name: "Address" });
    const wrong = page.getByText("Enter a full address, such as https://example.org/webhook.");
    await address.fill("example.org/hook");
    assert.equal(await wrong.isVisible(), false, "while it is typed");
    await address.press("Tab");
    await wrong.waitFor();
    await address.fill("https://example.org/hook?a=b");
    assert.equal(await wrong.isVisible(), false);

    const command = (/** @type {string} */ header) =>
      `curl -i 'https://example.org/hook?a=b' \\\n  -H 'Content-Type: application/json' \\\n  -H '${header}: ${token}' \\\n  --data-binary '${EVENT}'\n`;
    const copied = async (/** @type {string} */ name) => {
      await page.getByRole("button", { name, exact: true }).click();
      await page.getByText("Copied", { exact: true }).waitFor();
      return page.evaluate("navigator.clipboard.readText()");
    };
    assert.equal(await copied("Copy curl"), command("X-Mia-Signature"));
    await page.getByRole("radio", { name: "X-Mia-Token" }).check();
    await page.getByText("Copied", { exact: true }).waitFor({ state: "detached" });
    assert.equal(await copied("Copy curl"), command("X-Mia-Token"));
    await page.getByText("Copied", { exact: true }).waitFor({ state: "detached" });
    assert.equal(await copied("Copy token"), token);

    await page.getByRole("button", { name: "Check this token" }).click();
    assert.equal(await page.getByRole("tab", { selected: true }).innerText(), "Verify");
    assert.equal(await page.getByRole("textbox", { name: "Token" }).first().inputValue(), token);
    await context.close();
  });

  test("names its buttons by what they belong to, and the payload's label is that of the control that is shown", async () => {
    const context = await place.browser.newContext();
    const page = await context.newPage();
    await page.goto(`${place.address}?lang=en&sample=tag_created`);
    const button = (/** @type {string} */ name) => page.getByRole("button", { name, exact: true });
    const removal = button("Remove the file");
    await page.getByRole("combobox", { name: "Payload format", exact: true }).selectOption("file");
    assert.equal(await removal.isVisible(), false, "there is no file yet");
    await page.locator("input[type=file]").setInputFiles({ name: "a.json", mimeType: "", buffer: Buffer.from("{}") });
    await removal.waitFor();
    const label = page.locator("label", { hasText: /^Payload$/ });
    const labelled = () => label.evaluate((one) => /** @type {HTMLLabelElement} */ (one).control?.checkVisibility());
    assert.equal(await labelled(), true);
    await removal.click();
    assert.equal(await labelled(), true);

    await button("Add a secret").click();
    await page.getByRole("tab", { name: "Sign" }).click();
    for (const name of ["Show", "Generate", "Remove"]) {
      for (const number of [1, 2]) {
        await button(`${name} secret ${number}`).waitFor();
      }
    }
    await button("Remove secret 2").click();
    await button("Show").waitFor();
    await context.close();
  });
});
