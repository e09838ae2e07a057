// @ts-check
/** The form of a subscription: when it complains, what it repairs, and what it reads. */

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { describeInChromium } from "./in-chromium.js";

const SECRET = "Zm9ydHktdHdvIGJ5dGVzIG9mIGVudHJvcHkgaGVyZSE";
const WEAK = "changeme";
const RECORD = {
  eventName: ["tag_deleted", "company_user_added"],
  target: "https://example.org/hook",
  secret: `${SECRET}\n`,
};

describeInChromium(
  "the form of a subscription",
  (place) => {
    /** @type {import("playwright-core").Page} */
    let page;
    beforeEach(() => open("en"));
    async function open(/** @type {string} */ lang) {
      await page?.context().close();
      const context = await place.browser.newContext({
        locale: "en-GB",
        viewport: { width: 1280, height: 1400 },
        permissions: ["clipboard-read", "clipboard-write"],
      });
      page = await context.newPage();
      await page.goto(`${place.address}?view=subscription&lang=${lang}`);
      await page.waitForSelector("[role=tab]");
    }

    const field = (/** @type {string} */ name) => page.locator(`[name=${name}]`);
    const press = (/** @type {string} */ name) => page.getByRole("button", { name, exact: true }).click();
    const verdict = () =>
      page
        .locator(".subscription .said > div")
        .innerText()
        .then((text) => text.replace(/\n+/g, "\n"));
    /** What screen readers were told last. */
    const announced = () => page.locator(".tester > [role=status]").textContent();
    /** What describes a field. */
    const described = (/** @type {string} */ name) =>
      field(name).evaluate((input) =>
        (input.getAttribute("aria-describedby") ?? "")
          .split(" ")
          .map((id) => document.getElementById(id)?.textContent)
          .join(" | "),
      );
    /** How many fields are marked as wrong, and how many sentences stand under fields. */
    const complaints = async () => [
      await page.locator(".subscription [aria-invalid=true]").count(),
      await page.locator(".subscription .issues:visible").count(),
    ];
    /** The record as it looks: without what only screen readers say. */
    const record = () =>
      page.locator(".subscription pre").evaluate((pre) => {
        const seen = /** @type {HTMLElement} */ (pre.cloneNode(true));
        seen.querySelectorAll(".hidden").forEach((one) => one.remove());
        return seen.textContent ?? "";
      });
    const isShown = (/** @type {string} */ text) => page.getByText(text).first().waitFor();
    /** What is entered, as it is. */
    const entered = async () => ({
      others: await field("eventName").inputValue(),
      target: await field("target").inputValue(),
      secret: await field("secret").inputValue(),
      ticked: await page
        .locator(".subscription .ticks input:checked")
        .evaluateAll((boxes) => boxes.map((box) => /** @type {HTMLInputElement} */ (box).value)),
    });
    const paste = (/** @type {string} */ name, /** @type {string} */ text) =>
      field(name).evaluate((input, text) => {
        const event = new ClipboardEvent("paste", { bubbles: true, cancelable: true });
        const data = new DataTransfer();
        data.setData("text/plain", text);
        Object.defineProperty(event, "clipboardData", { value: data });
        input.dispatchEvent(event);
      }, text);

    test("complains about a field when it was left, and about what is missing when Check was pressed", async () => {
      await field("eventName").focus();
      await field("target").focus();
      await field("target").pressSequentially("hooks.example.org");
      await isShown("Still missing: Events and Secret.");
      assert.equal(await verdict(), "1 of 3 required\nStill missing: Events and Secret.");
      assert.deepEqual(await complaints(), [0, 0]);
      await field("secret").focus();
      assert.deepEqual(await complaints(), [1, 1]);
      assert.match(await verdict(), /^1 error\nTarget: /);
      await press("Check");
      assert.deepEqual(await complaints(), [3, 3]);
      assert.match(await verdict(), /^3 errors\nEvents: This field is required\.$/);
      assert.ok(await field("eventName").evaluate((input) => input === document.activeElement));
    });

    test("what has the focus after Check says what is wrong, and all of it is announced in sentences", async () => {
      assert.equal(await announced(), "", "nothing is announced before something was entered");
      assert.equal(await described("target"), "the address that receives the events");
      assert.equal(await described("base64CA"), "PEM, or base64 of it");
      assert.equal(await page.locator(`[aria-describedby=""]`).count(), 0);
      assert.equal(await page.locator(".subscription [aria-required=true]").count(), 2);
      assert.equal(await page.getByText("required", { exact: true }).count(), 3);
      const wrong = "Events: This field is required. Target: This field is required. Secret: This field is required.";
      for (const _ of ["at first", "when nothing was changed"]) {
        await press("Check");
        await page.waitForFunction(
          (sentence) => document.querySelector(".tester > [role=status]")?.textContent === sentence,
          `3 errors. ${wrong}`,
        );
      }
      assert.equal(await page.evaluate("document.activeElement.getAttribute('aria-invalid')"), "true");
      assert.equal(await described("eventName"), "separated by commas | This field is required.");
      assert.equal(await described("target"), "the address that receives the events | This field is required.");
    });

    test("the keyboard goes back to a repair, which is the one of now", async () => {
      await field("eventName").fill("project_creatd");
      await field("target").fill("hooks.example.org");
      await page.getByRole("checkbox", { name: "tag_created" }).check();
      await field("target").focus();
      await page.keyboard.press("Shift+Tab");
      assert.equal(await page.evaluate("document.activeElement.textContent"), "Use project_created");
      await page.keyboard.press("Enter");
      assert.deepEqual((await entered()).ticked, ["project_created", "tag_created"]);
    });

    test("Check and Enter work in a sandbox, which submits no form", async () => {
      /** @type {string[]} */
      const said = [];
      page.on("console", (message) => message.text().startsWith("[DOM]") || said.push(message.text()));
      for (const ask of ["click", "Enter"]) {
        await page.goto(`${place.address}host`);
        const frame = page.frameLocator("iframe");
        await (ask === "click"
          ? frame.getByRole("button", { name: "Check", exact: true }).click()
          : frame.locator("[name=target]").press("Enter"));
        await frame.getByRole("heading", { name: "3 errors" }).waitFor();
      }
      assert.deepEqual(said, []);
    });

    test("a click on a button below finds it, although sentences come above", async () => {
      await field("target").fill("hooks.example.org");
      await field("target").focus();
      const box = await page.getByRole("checkbox", { name: "Treat warnings as errors" }).boundingBox();
      await page.mouse.move((box?.x ?? 0) + 4, (box?.y ?? 0) + 4);
      await page.mouse.down();
      await page.mouse.up();
      await page.locator(".subscription .issues:visible").first().waitFor();
      assert.ok(await page.getByRole("checkbox", { name: "Treat warnings as errors" }).isChecked());
    });

    test("each repair is undone exactly, by the button and by the keyboard", async () => {
      await field("eventName").fill("mine,,project_creatd ");
      await field("target").fill("hooks.example.org/console");
      await field("secret").fill(WEAK);
      await press("Check");
      assert.match(await verdict(), /^1 error, 3 warnings\n/);
      const before = await entered();
      for (const name of ["Use project_created", "Use https://hooks.example.org/console", "Generate a strong one"]) {
        for (const undo of [() => press("Undo"), () => page.keyboard.press("Control+z")]) {
          await press(name);
          assert.notDeepEqual(await entered(), before, name);
          await page.getByRole("button", { name: "Undo", exact: true }).waitFor();
          await undo();
          assert.deepEqual(await entered(), before, name);
          assert.match(await verdict(), /^1 error, 3 warnings\n/);
        }
      }
      await press("Use project_created");
      assert.deepEqual((await entered()).ticked, ["project_created"]);
      await field("target").pressSequentially("x");
      await page.getByRole("button", { name: "Undo", exact: true }).waitFor({ state: "detached" });
    });

    test("reads a record that is pasted into a field, and writes it as it was", async () => {
      await field("target").fill("mine");
      const before = await entered();
      await paste("secret", JSON.stringify({ ...RECORD, enabled: true }));
      await isShown("Read: eventName, target and secret. Not read, because the form has no such fields: enabled.");
      assert.deepEqual((await entered()).ticked, RECORD.eventName);
      assert.ok(!(await page.locator("body").innerText()).includes(SECRET));
      await press("Copy with secret");
      await isShown("Copied");
      assert.deepEqual(JSON.parse(await page.evaluate("navigator.clipboard.readText()")), RECORD);
      await press("Copy without secret");
      await page.waitForFunction(`navigator.clipboard.readText().then((text) => !text.includes("secret"))`);
      const { secret: _, ...others } = RECORD;
      assert.deepEqual(JSON.parse(await page.evaluate("navigator.clipboard.readText()")), others);
      await press("Undo");
      assert.deepEqual(await entered(), before);
    });

    test("any other text is pasted as it is", async () => {
      await paste("secret", '{"no":"record"}');
      await field("secret").evaluate((input) => input.setAttribute("type", "text"));
      assert.equal(await field("secret").inputValue(), '{"no":"record"}');
    });

    test("the record is always there, and its unfinished lines are marked, and said to be corrected", async () => {
      const marked = () => page.locator(".subscription pre mark").allTextContents();
      const line = (/** @type {string} */ text) => `to correct: ${text}`;
      assert.deepEqual(await marked(), ['"eventName": "",', '"target": "",', '"secret": ""'].map(line));
      await page.getByRole("checkbox", { name: "tag_created" }).check();
      await field("secret").fill(WEAK);
      assert.deepEqual(await marked(), ['"target": "",'].map(line));
      assert.deepEqual(JSON.parse(await record()), { eventName: "tag_created", target: "", secret: "••••••••" });
      assert.equal(await page.getByRole("button", { name: "Copy with secret" }).isVisible(), false);
      await field("target").fill("https://example.org/hook");
      await press("Check");
      assert.match(await verdict(), /^1 warning\nSecret: Too easy to guess: a common word and only 8 bytes\.$/);
      assert.ok(await page.getByRole("button", { name: "Copy with secret" }).isVisible());
      await page.getByRole("checkbox", { name: "Treat warnings as errors" }).check();
      assert.deepEqual(await marked(), ['"secret": "••••••••"'].map(line));
    });

    test("a sentence in the summary leads to its field, and describes it", async () => {
      await page.getByText("Optional: company id").click();
      await field("tenantId").fill("Acme S.p.A.");
      await press("Check");
      await page.getByText("Optional: company id").click();
      await press("Company id: This looks like a name that people read, not an id.");
      assert.ok(await field("tenantId").evaluate((input) => input === document.activeElement));
      assert.equal(await described("tenantId"), "This looks like a name that people read, not an id.");
    });

    test("says in Italian what it covers", async () => {
      await open("it");
      await paste("target", JSON.stringify({ ...RECORD, eventName: "tag_created", secret: SECRET, tenantId: "acme" }));
      await isShown("Pronta da salvare");
      assert.equal(
        await verdict(),
        "Pronta da salvare\nLetto: eventName, target, secret e tenantId.\nConsegna tag_created dell'azienda acme, con tutti i suoi progetti.",
      );
    });
  },
  {
    "/host": {
      body: `<!doctype html><link rel=icon href="data:,"><iframe sandbox="allow-scripts" src="/?view=subscription&lang=en" width=900 height=900></iframe>`,
    },
  },
);
