/** The string behind a field that cannot show all of it. */

import assert from "node:assert/strict";
import { test } from "vitest";
import { type Folding, TrueText } from "../../../www/fields/true-text.js";

const shown = (text: string, folding: Folding): string => text.replace(/\r\n|\r|\n/g, folding === "lines" ? "\n" : "");

test.for([
  ["lines", "a\r\nb\r\n", "a\nb\n", "a\nbc\n", "a\r\nbc\r\n"],
  ["lines", "a\r\nb\rc", "a\nb\nc", "a\nb\nc\n", "a\r\nb\rc\n"],
  ["lines", "\r\n", "\n", "", ""],
  ["lines", "a\r\nb", "a\nb", "ab", "ab"],
  ["lines", "a\r\nb", "a\nb", "xa\nb", "xa\r\nb"],
  ["lines", "aa\r\n", "aa\n", "a\n", "a\r\n"],
  ["lines", "a\r\na", "a\na", "a\naa", "a\r\naa"],
  ["one-line", "secret\n", "secret", "secre", "secre"],
  ["one-line", "secret\r\n", "secret", "xsecret", "xsecret\r\n"],
  ["one-line", "\n", "", "", ""],
  ["one-line", "\n", "", "x", "x"],
  ["one-line", "a\nb", "ab", "abc", "a\nbc"],
  ["one-line", "a\r\nb\nc", "abc", "abxc", "a\r\nbx\nc"],
] as const)("%s: typing changes nothing else of %j, shown as %j", ([folding, text, view, typed, expected]) => {
  const field = new TrueText(folding);
  field.set(text);
  assert.equal(field.view, view);
  field.type(typed);
  assert.equal(field.text, expected);
  assert.equal(field.view, typed);
});

test("what is typed over nothing is what was typed, also when nothing of it was shown before", () => {
  const field = new TrueText("one-line");
  field.insert("\n", 0, 0);
  assert.equal(field.view, "");
  field.type("x");
  field.type("");
  assert.equal(field.text, "");
});

test("after any edit the view shows the string, and the caret is behind what was entered", () => {
  let seed = 7;
  const below = (limit: number) => (seed = (seed * 48_271) % 2_147_483_647) % limit;
  const random = () => Array.from({ length: below(6) }, () => ["a", "b", "\r\n", "\n", "\r"][below(5)]).join("");
  for (let round = 0; round < 3_000; round++) {
    const folding = round % 2 ? "lines" : "one-line";
    const field = new TrueText(folding);
    field.set(random());
    const { view } = field;
    const start = below(view.length + 1);
    const end = start + below(view.length - start + 1);
    const inserted = random();
    const caret = field.insert(inserted, start, end);
    assert.ok(field.text.includes(inserted));
    assert.equal(field.view, shown(field.text, folding));
    // What was before and behind the part is still shown, unless two halves of one CR LF met.
    const whole = view.slice(0, start) + shown(inserted, folding) + view.slice(end);
    if (!/\r|\n/.test(inserted) || folding === "one-line") {
      assert.equal(field.view.replaceAll("\n", ""), whole.replaceAll("\n", ""));
    }
    assert.ok(caret >= 0 && caret <= field.view.length);
    if (!/[\r\n]/.test(view + inserted)) {
      assert.equal(caret, start + inserted.length);
    }
  }
});
