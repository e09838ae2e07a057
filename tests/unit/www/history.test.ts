/** Undo and redo over all fields. */

import assert from "node:assert/strict";
import { test } from "vitest";
import { History } from "../../../www/fields/history.js";

test("each step is taken back and done again, and a new one ends what was taken back", () => {
  const history = new History("");
  assert.deepEqual([history.canUndo, history.canRedo], [false, false]);
  assert.equal(history.undo(), undefined);
  history.note("a");
  history.note("b");
  assert.equal(history.redo(), undefined);
  assert.equal(history.undo(), "a");
  assert.equal(history.undo(), "");
  assert.equal(history.undo(), undefined);
  assert.equal(history.redo(), "a");
  assert.deepEqual([history.canUndo, history.canRedo], [true, true]);
  history.note("c");
  assert.equal(history.redo(), undefined);
  assert.equal(history.undo(), "a");
});

test("keys in one field without a pause are one step", () => {
  const history = new History("");
  history.note("x", "payload", 0);
  history.note("xy", "payload", 999);
  history.note("xyz", "payload", 1997);
  assert.equal(history.undo(), "");
  assert.equal(history.redo(), "xyz");
});

test.for([
  ["a pause", "payload", 1000],
  ["another field", "secret", 1],
  ["a paste", "", 1],
] as const)("%s begins a new step", ([, field, at]) => {
  const history = new History("");
  history.note("x", "payload", 0);
  history.note("y", field, at);
  assert.equal(history.undo(), "x");
});

test("keys after a paste, and after a step that was taken back, begin a new step", () => {
  const history = new History("");
  history.note("pasted");
  history.note("pasted!", "payload", 0);
  assert.equal(history.undo(), "pasted");
  history.note("pasted?", "payload", 1);
  assert.equal(history.undo(), "pasted");
  assert.equal(history.undo(), "");
});

test("the first key is a step by itself, whatever was typed before the history began", () => {
  const history = new History("a");
  history.note("ab", "token", -Infinity);
  history.note("abc", "token", 0);
  assert.equal(history.undo(), "ab");
});

test("a hundred steps are kept", () => {
  const history = new History(0);
  for (let step = 1; step <= 250; step++) {
    history.note(step);
  }
  let oldest = 250;
  for (let state = history.undo(); state !== undefined; state = history.undo()) {
    oldest = state;
  }
  assert.equal(oldest, 151);
});
