/** The lines under fields: what counts and cannot be seen. */

import assert from "node:assert/strict";
import { test } from "vitest";
import { secretLedger, textLedger } from "../../../www/fields/ledgers.js";
import type { Say } from "../../../www/texts/texts.js";

/** Says the key, and what is put into the text. */
const say: Say = (key, places = {}) => [key, ...Object.values(places)].join(" ");

test.for([
  ["", "bytes 0"],
  ["a", "bytes 1"],
  ["é🦀", "bytes 6"],
  ["a\nb", "bytes 3 · lines LF"],
  ["a\r\nb", "bytes 4 · lines CR LF"],
  ["a\rb", "bytes 3 · lines CR"],
  ["\r\n\n\rx", "bytes 5 · lines CR LF, LF, CR"],
  ["a\n", "bytes 2 · lines LF · finalNewline"],
  ["a\r", "bytes 2 · lines CR · finalNewline"],
  ["\ufeffa", "bytes 4 · hasBom"],
  ["a\ufeff", "bytes 4"],
  ["\ud800", "bytes 3 · surrogate"],
] as const)("under the payload %j: %s", ([text, line]) => {
  assert.equal(textLedger(text, say), line);
});

test.for([
  ["", ""],
  ["a", "bytes 1 · secretPlain"],
  ["é", "bytes 2 · secretPlain"],
  ["a\n", "bytes 2 · secretBreak"],
  ["a\r", "bytes 2 · secretBreak"],
  ["a \r\n", "bytes 4 · secretBreak"],
  ["a\nb", "bytes 3 · secretHiddenBreak"],
  ["a\rb", "bytes 3 · secretHiddenBreak"],
  ["\na", "bytes 2 · secretHiddenBreak · secretSpace"],
  [" a", "bytes 2 · secretSpace"],
  ["a\t", "bytes 2 · secretSpace"],
  ["a b", "bytes 3 · secretPlain"],
] as const)("under the secret %j: %s", ([text, line]) => {
  assert.equal(secretLedger(text, say), line);
});
