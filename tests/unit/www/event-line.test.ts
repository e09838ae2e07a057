/** The sentence that says which event a payload is, and how old. */

import assert from "node:assert/strict";
import { test, vi } from "vitest";
import { eventLine } from "../../../www/verify/event-line.js";
import { localeOf } from "../../../www/texts/locale.js";
import { type Language, speaking } from "../../../www/texts/texts.js";

const NOW = Date.UTC(2026, 0, 1, 12);
const line = (eventTimestamp: number, language: Language = "en") =>
  eventLine({ eventName: "tag_created", eventTimestamp, payload: {} }, speaking(language), language, NOW);
const written = (at: number, language: Language = "en") =>
  new Date(at).toLocaleString(localeOf(language), { dateStyle: "medium", timeStyle: "long" });

test.for([
  [0, "0 seconds"],
  [999, "0 seconds"],
  [1_000, "1 second"],
  [59_999, "59 seconds"],
  [60_000, "1 minute"],
  [3_599_999, "59 minutes"],
  [3_600_000, "1 hour"],
  [86_399_999, "23 hours"],
  [86_400_000, "1 day"],
  [10 * 86_400_000, "10 days"],
] as const)("an event of %d ms ago was emitted %s ago", ([age, said]) => {
  assert.equal(line(NOW - age), `tag_created, emitted ${written(NOW - age)}, ${said} ago.`);
});

test("only what is more than a minute ahead is in the future: clocks may differ by that", () => {
  assert.equal(line(NOW + 60_000), `tag_created, emitted ${written(NOW + 60_000)}, 0 seconds ago.`);
  assert.equal(
    line(NOW + 60_001),
    `tag_created, emitted ${written(NOW + 60_001)}: that is in the future. Check the clocks.`,
  );
});

test("it is said in Italian, with Italian numbers and dates", () => {
  assert.equal(line(NOW - 7_200_000, "it"), `tag_created, emesso ${written(NOW - 7_200_000, "it")}, 2 ore fa.`);
});

test("the reader's region decides how the date is written", () => {
  const at = Date.UTC(2025, 10, 25, 12);
  for (const [tag, date] of [
    ["en-GB", "25 Nov 2025, "],
    ["en-US", "Nov 25, 2025, "],
  ] as const) {
    vi.stubGlobal("navigator", { languages: ["de-DE", tag] });
    try {
      const said = line(at);
      assert.ok(said.startsWith(`tag_created, emitted ${date}`), said);
    } finally {
      vi.unstubAllGlobals();
    }
  }
});

test("a time that no calendar has is written as the number it is", () => {
  assert.match(line(9e15), /^tag_created, emitted 9000000000000000: that is in the future/);
});
