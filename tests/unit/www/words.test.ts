/** What a verdict is called. */

import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { describe, test } from "vitest";
import { explain } from "../../../www/verify/judge.js";
import { LANGUAGES, speaking } from "../../../www/texts/texts.js";
import { messageOf, ownMessage, wordsOf } from "../../../www/verify/words.js";
import { utf8 } from "./proofs.js";

const EVENT = '{"eventName":"tag_created","eventTimestamp":1767225600000,"payload":{}}';
const SECRET = "it's a secret to everybody";
const explained = async (token: string) => {
  const found = await explain(utf8(EVENT), token, [utf8(SECRET)], new AbortController().signal);
  return found ?? assert.fail("the search was stopped");
};
const [english, italian] = LANGUAGES.map(speaking) as [ReturnType<typeof speaking>, ReturnType<typeof speaking>];

test("what can be read as no digest is called no token, and not a mistake that was not found", async () => {
  const words = wordsOf({ state: "invalid", ...(await explained("hello")) }, undefined, english, "en");
  assert.equal(words.lead, "This is not a token.");
  assert.match(words.title ?? "", /64 hexadecimal digits/);
});

test("where nothing explains a token, the number of tries is said", async () => {
  const explanation = await explained("0".repeat(64));
  const words = wordsOf({ state: "invalid", ...explanation }, undefined, english, "en");
  assert.equal(words.lead, "Does not match.");
  assert.ok(words.title?.includes(explanation.diagnosis.tried.toLocaleString("en")), words.title);
});

describe("what somebody's own code computed", () => {
  const token = createHmac("sha256", SECRET).update(EVENT).digest("hex");

  test("is not called a token of the sender", async () => {
    const { diagnosis } = await explained(token);
    assert.equal(
      ownMessage(messageOf(diagnosis, "en"), english),
      "Your code's digest was made as an HMAC, with the secret as its key.",
    );
    assert.match(ownMessage(messageOf(diagnosis, "it"), italian), /^Il digest del tuo codice /);
  });

  test("also in the middle of a sentence", () => {
    assert.equal(ownMessage("Here, the token is short.", english), "Here, your code's digest is short.");
  });
});
