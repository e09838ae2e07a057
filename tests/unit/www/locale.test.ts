/** How dates and lists are written. */

import assert from "node:assert/strict";
import { describe, test } from "vitest";
import { listOf, localeOf } from "../../../www/texts/locale.js";

describe("the reader's own tag of a language", () => {
  test.for([
    ["en", ["en-GB", "en"], "en-GB"],
    ["en", ["de-DE", "en-US", "en-GB"], "en-US"],
    ["it", ["de", "it-CH"], "it-CH"],
    ["it", ["IT-CH"], "IT-CH"],
    ["it", ["en-GB", "italian", "i-it"], "it"],
    ["en", ["en-US@posix", "en-AU"], "en-AU"],
    ["en", [], "en"],
  ] as const)("%s of %j is %s", ([language, tags, tag]) => {
    assert.equal(localeOf(language, tags), tag);
    assert.doesNotThrow(() => new Intl.DateTimeFormat(localeOf(language, tags)));
  });

  test("the region decides how a date is written", () => {
    const date = (tags: readonly string[]) =>
      new Intl.DateTimeFormat(localeOf("en", tags), { timeZone: "UTC" }).format(Date.UTC(2026, 10, 25));
    assert.equal(date(["en-GB"]), "25/11/2026");
    assert.equal(date(["en-US"]), "11/25/2026");
  });
});

test("a list is written as the language writes it", () => {
  assert.equal(listOf(["a", "b", "c"], "it"), "a, b e c");
  assert.match(listOf(["a", "b", "c"], "en"), /^a, b,? and c$/);
});
