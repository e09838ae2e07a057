/** The bytes that are hashed, as they are shown. */

import assert from "node:assert/strict";
import { beforeEach, test, vi } from "vitest";
import { seam } from "../../../www/seam.js";
import type { Say } from "../../../www/texts.js";
import { Paper } from "../paper.js";

const say: Say = (key, places = {}) => [key, ...Object.values(places)].join(" ");
const utf8 = (text: string) => new TextEncoder().encode(text);

beforeEach(() => {
  vi.stubGlobal("document", { createElement: (name: string) => new Paper(name) });
  return () => vi.unstubAllGlobals();
});

/** The two parts of a seam, and their labels. */
function shown(payload: string, secret: string, isSecretShown = false) {
  const drawn = seam(utf8(payload), utf8(secret), isSecretShown, say) as unknown as Paper;
  const part = (name: string) => drawn.all().find((element) => element.getAttribute("class") === name) as Paper;
  const [ofPayload, ofSecret] = [part("of-payload"), part("of-secret")];
  return {
    payload: ofPayload.textContent,
    secret: ofSecret.textContent,
    labels: [ofPayload, ofSecret].map((one) => one.getAttribute("data-label")),
    named: drawn
      .all()
      .filter((one) => one.getAttribute("class") === "named")
      .map(({ textContent }) => textContent),
    all:
      drawn.textContent +
      drawn
        .all()
        .flatMap(({ attributes }) => [...attributes.values()])
        .join(),
  };
}

test("a secret is as many dots as it has bytes, at most 32, until it is to be shown", () => {
  assert.equal(shown("{}", "hunter2").secret, "•••••••");
  assert.equal(shown("{}", "é").secret, "••");
  assert.equal(shown("{}", "x".repeat(33)).secret, "•".repeat(32));
  assert.ok(!shown("{}", "hunter2").all.includes("hunter2"));
  assert.equal(shown("{}", "hunter2", true).secret, "hunter2");
});

test("both parts are labelled with their lengths", () => {
  assert.deepEqual(shown("é", "hunter2").labels, ["payload · bytes 2", "secret · bytes 7"]);
});

test("a payload of up to 64 bytes is shown whole", () => {
  const text = "0123456789abcdef".repeat(4);
  assert.equal(shown(text, "").payload, text);
});

test("of a longer one the first and the last 32 bytes are shown, and how many are between", () => {
  const [first, last] = ["a".repeat(32), "z".repeat(32)];
  assert.equal(shown(`${first}-${last}`, "").payload, `${first} … seamBetween 1 … ${last}`);
  assert.equal(shown(`${first}${"-".repeat(1000)}${last}`, "").payload, `${first} … seamBetween 1000 … ${last}`);
});

test("characters that are cut in two by neither end leave nothing between them", () => {
  // 31 bytes, then one character of 4, which both ends would cut.
  const text = `${"a".repeat(31)}🦀${"z".repeat(30)}`;
  assert.equal(shown(text, "").payload, text.length > 64 ? "" : text);
});

test("what cannot be seen is named, in the payload and in a shown secret", () => {
  assert.deepEqual(shown("a\r\n", "b\n", true).named, ["CR", "LF", "LF"]);
  assert.deepEqual(shown("a", "b\n").named, []);
});
