/** A field of one line: what is dropped on it, and what is only moved within it. */

import assert from "node:assert/strict";
import { test } from "vitest";
import { KeptInput } from "../../../www/fields/kept-input.js";

const LINE = "a secret\n";

/** A field, and what it holds after each drop of a text with a line break. */
function field() {
  const input = Object.assign(new EventTarget(), { value: "" });
  const kept = new KeptInput(input as unknown as HTMLInputElement, { onChange: () => {} });
  return {
    kept,
    happens: (type: string) => void input.dispatchEvent(new Event(type)),
    drop() {
      const event = new Event("drop", { cancelable: true });
      input.dispatchEvent(Object.assign(event, { dataTransfer: { getData: () => LINE } }));
      return event.defaultPrevented;
    },
  };
}

test("what is dropped is kept as it was", () => {
  const { kept, drop } = field();
  assert.equal(drop(), true);
  assert.equal(kept.text, LINE);
});

test("what is dragged within the field is moved by the browser, and what is dropped later is kept", () => {
  const { kept, drop, happens } = field();
  happens("dragstart");
  assert.equal(drop(), false);
  assert.equal(kept.text, "");
  happens("dragend");
  assert.equal(drop(), true);
  assert.equal(kept.text, LINE);
});
