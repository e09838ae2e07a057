/** Which pastes belong to more than the field that they are pasted into. */

import assert from "node:assert/strict";
import { test } from "vitest";
import { readPasted } from "../../../www/fields/pasted.js";

const TOKEN = "0123456789abcdef".repeat(4);
const EVENT = '{"eventName":"tag_created","eventTimestamp":1767225600000,"payload":{}}';

test.for([
  `X-Mia-Signature: ${TOKEN}`,
  `x-mia-token:${TOKEN}`,
  `  X-Mia-Signature:  ${TOKEN}\r\n`,
  `-H 'X-Mia-Signature: ${TOKEN}'`,
  `-H "X-Mia-Token: ${TOKEN}"`,
  `"x-mia-token": "${TOKEN}",`,
  `'X-Mia-Token': '${TOKEN}'`,
])("%s is a line with the token", (line) => {
  const pasted = readPasted(line, false);
  assert.equal(pasted?.form, "header");
  assert.equal(pasted?.form === "header" && pasted.token, TOKEN);
});

test.for([
  TOKEN,
  EVENT,
  "a secret",
  "curl is a word in this secret",
  `X-Mia-Other: ${TOKEN}`,
  // A payload is never taken apart, whatever it contains.
  EVENT.replace("{}", `{"headers":{"X-Mia-Token":"${TOKEN}"},"body":"{}"}`),
  '{"headers":{"host":"a"},"body":"{}"}',
  'const response = await axios.post(url, body, { headers: { "X-Mia-Token": token } });',
])("%s is the value of a field", (text) => {
  assert.equal(readPasted(text, false), undefined);
});

test.for([
  ["curl", `curl https://a.b -H 'X-Mia-Token: ${TOKEN}' -d '${EVENT}'`, "curl"],
  ["HTTP", `POST / HTTP/1.1\r\nHost: a\r\nX-Mia-Token: ${TOKEN}\r\n\r\n${EVENT}`, "http"],
  ["curl without a token", `curl https://a.b -d '${EVENT}'`, "curl"],
  ["a record with a token", JSON.stringify({ headers: { "X-Mia-Token": TOKEN }, body: EVENT }), "record"],
] as const)("%s is a whole request in any field", ([, text, form]) => {
  const pasted = readPasted(text, false);
  assert.equal(pasted?.form, form);
  assert.equal(pasted !== undefined && "payload" in pasted && new TextDecoder().decode(pasted.payload), EVENT);
});

test("where a request is asked for, a refusal says why", () => {
  const pasted = readPasted('requests.post(url, headers={"X-Mia-Token": token})', true);
  assert.equal(pasted?.form, "refused");
});
