/** A button that copies: nothing of what it copied stays in the document. */

import assert from "node:assert/strict";
import { beforeEach, describe, test, vi } from "vitest";
import { copyButton } from "../../../www/copy-button.js";
import { speaking } from "../../../www/texts/texts.js";
import { Paper } from "../paper.js";

let copied: string[];
let isAllowed: boolean;
let canCopySelection: boolean;

beforeEach(() => {
  copied = [];
  isAllowed = true;
  canCopySelection = true;
  vi.useFakeTimers();
  vi.stubGlobal("navigator", {
    clipboard: {
      writeText(text: string) {
        if (!isAllowed) {
          return Promise.reject(new Error("not allowed"));
        }
        copied.push(text);
        return Promise.resolve();
      },
    },
  });
  vi.stubGlobal("document", {
    createElement: (name: string) => new Paper(name),
    execCommand(command: string) {
      assert.equal(command, "copy");
      if (canCopySelection) {
        copied.push((Paper.touched.at(-1) as Paper).value);
      }
      return canCopySelection;
    },
  });
  return () => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  };
});

/** Presses a button that is in a document, and returns what it says then, and what is beside it. */
async function pressed(label?: "copySummary") {
  const place = new Paper("div");
  const button = copyButton(speaking("en"), () => "a secret", label) as unknown as Paper;
  place.append(button);
  const before = button.textContent;
  button.dispatchEvent(new Event("click"));
  await vi.advanceTimersByTimeAsync(0);
  const [told, ...beside] = place.children.filter((child) => child !== button) as Paper[];
  assert.equal(told?.getAttribute("role"), "status");
  const said = told?.textContent;
  await vi.advanceTimersByTimeAsync(1999);
  assert.equal(told?.textContent, said);
  await vi.advanceTimersByTimeAsync(1);
  assert.equal(told?.textContent, "");
  return { before, said, beside, button, after: button.textContent };
}

describe("where the clipboard may be written", () => {
  test("it copies, keeps its name, and says so beside it for a moment", async () => {
    const { before, said, after, beside } = await pressed();
    assert.deepEqual([before, said, after], ["Copy", "Copied", "Copy"]);
    assert.deepEqual([copied, beside], [["a secret"], []]);
  });

  test("it keeps a label of its own", async () => {
    const { before, after } = await pressed("copySummary");
    assert.deepEqual([before, after], ["Copy summary", "Copy summary"]);
  });
});

describe("what is said", () => {
  const statuses = (place: Paper) =>
    place.children.filter((child) => (child as Paper).localName === "small") as Paper[];

  test.for(["focus", "pointerdown"])("has its place before the press: at the first %s, once", async (event) => {
    const place = new Paper("div");
    const button = copyButton(speaking("en"), () => "a secret") as unknown as Paper;
    place.append(button);
    assert.equal(statuses(place).length, 0);
    for (const name of [event, event, "click"]) {
      button.dispatchEvent(new Event(name));
      assert.equal(statuses(place).length, 1, name);
    }
    await vi.advanceTimersByTimeAsync(0);
    assert.equal(statuses(place)[0]?.textContent, "Copied");
  });

  test("is gone for a moment when it is said again, and stays for as long as the first time", async () => {
    const place = new Paper("div");
    const button = copyButton(speaking("en"), () => "a secret") as unknown as Paper;
    place.append(button);
    const press = async () => {
      button.dispatchEvent(new Event("click"));
      await vi.advanceTimersByTimeAsync(0);
      return statuses(place)[0]?.textContent;
    };
    const after = async (ms: number) => {
      await vi.advanceTimersByTimeAsync(ms);
      return statuses(place)[0]?.textContent;
    };
    assert.equal(await press(), "Copied");
    assert.equal(await after(1500), "Copied");
    assert.equal(await press(), "");
    assert.equal(await after(100), "Copied");
    assert.equal(await after(1999), "Copied", "the first press does not take it away");
    assert.equal(await after(1), "");
    assert.deepEqual(copied, ["a secret", "a secret"]);
  });
});

describe("where it may not", () => {
  test("it copies a selection, which it takes away, and gets the focus back", async () => {
    isAllowed = false;
    const { said, beside, button } = await pressed();
    assert.equal(said, "Copied");
    assert.deepEqual([copied, beside], [["a secret"], []]);
    assert.equal(Paper.touched.at(-1), button);
  });

  test("and where no selection can be copied, says so, and leaves nothing either", async () => {
    isAllowed = false;
    canCopySelection = false;
    const { said, after, beside } = await pressed();
    assert.deepEqual([said, after, copied, beside], ["Could not copy", "Copy", [], []]);
  });
});
