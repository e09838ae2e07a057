/** Receivers to copy. tests/tester/receivers.test.js runs them. */

import assert from "node:assert/strict";
import { describe, test } from "vitest";
import { RECEIVERS, receiverProgram } from "../../../pkg/src/request/snippets/receive.js";

test("each framework has an id and a label of its own", () => {
  for (const key of ["id", "label"] as const) {
    assert.equal(new Set(RECEIVERS.map((receiver) => receiver[key])).size, RECEIVERS.length);
  }
  assert.equal(receiverProgram("flask").label, "Flask");
  assert.throws(() => receiverProgram("flasks"), /^TypeError: no receiver is called flasks$/);
});

describe.for(RECEIVERS)("$label", ({ parts }) => {
  const [before, rawBody, after] = parts;
  const text = parts.join("");

  test("says first what its file is called and what to install", () => {
    assert.match(text, /^(?:\/\/|#) [\w./]+: .*(?:install|go run|starter-web)/);
  });

  test("marks whole lines, which say that they take the raw body", () => {
    assert.match(rawBody, /^ *\t?(?:\/\/|#) (?:The raw body[.,]|The request as it came,)/);
    for (const part of [before, rawBody]) {
      assert.ok(part.endsWith("\n"));
    }
    assert.ok(rawBody.split("\n").length - 1 <= 5, "few enough to be seen");
    assert.match(text, /[^\n]\n$/);
  });

  test("has the secret from the environment, and parses nothing before the marked lines", () => {
    assert.match(text, /MIA_WEBHOOK_SECRET/);
    const parsers = /json\.loads|get_json\(|Unmarshal|parseMap|JSON\.parse|\.json\(\)/;
    const code = before.replace(/\/\/.*/g, "");
    assert.doesNotMatch(code, parsers);
    if (!/mia-webhooks/.test(text)) {
      // The others compute the token themselves.
      const [compared, parsed] = [/compare_digest|ConstantTimeCompare|isEqual/, parsers].map((one) =>
        after.search(one),
      ) as [number, number];
      assert.ok(0 <= compared && compared < parsed, "constant time, and before it parses");
    }
  });
});
