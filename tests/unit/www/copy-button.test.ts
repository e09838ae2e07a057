/** A button that copies: nothing of what it copied stays in the document. */

import assert from "node:assert/strict";
import { beforeEach, describe, test, vi } from "vitest";
import { copyButton } from "../../../www/copy-button.js";
import { speaking } from "../../../www/texts.js";
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
async function pressed(label?: "copyReport") {
  const place = new Paper("div");
  const button = copyButton(speaking("en"), () => "a secret", label) as unknown as Paper;
  place.append(button);
  const before = button.textContent;
  button.dispatchEvent(new Event("click"));
  await vi.advanceTimersByTimeAsync(0);
  const said = button.textContent;
  const beside = place.children.filter((child) => child !== button);
  await vi.advanceTimersByTimeAsync(1499);
  assert.equal(button.textContent, said);
  await vi.advanceTimersByTimeAsync(1);
  return { before, said, beside, button, after: button.textContent };
}

describe("where the clipboard may be written", () => {
  test("it copies, says so, and has its label back after a moment", async () => {
    const { before, said, after, beside } = await pressed();
    assert.deepEqual([before, said, after], ["Copy", "Copied", "Copy"]);
    assert.deepEqual([copied, beside], [["a secret"], []]);
  });

  test("it keeps a label of its own", async () => {
    const { before, after } = await pressed("copyReport");
    assert.deepEqual([before, after], ["Copy report", "Copy report"]);
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
    assert.deepEqual([said, after, copied, beside], ["Not allowed here", "Copy", [], []]);
  });
});
