// @ts-check
/** What the benchmark's figures rest on: that the code by hand is right, and that the best of it is found. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { prepared } from "../../benches/contenders/batch.js";
import { BY_HAND, byHand } from "../../benches/contenders/by-hand.js";
import { blocks, overByHand } from "../../benches/hosts/report.js";
import { makeSample } from "../../benches/sample.js";

const QUESTIONS = [{ secrets: 1 }, { secrets: 3 }, { secrets: 8 }, { secrets: 1, identifies: true }];

test("the code by hand accepts what is right, and nothing else", async () => {
  const sample = await makeSample(300);
  const { token } = sample;
  const alike = [token.toUpperCase(), `sha256=${token}`];
  const wrong = [
    "",
    token.slice(1),
    `${token}0`,
    ` ${token.slice(1)}`,
    `SHA256=${token}`,
    `sha256=sha256=${token}`,
    // A digit without one of its bits, and a letter that becomes ASCII in lower case.
    token.replace(/\d/, (digit) => String.fromCharCode(digit.charCodeAt(0) & ~0x20)),
    token.replace(/./, "\u212a"),
    sample.id,
  ];
  for (const question of QUESTIONS) {
    const contenders = byHand(question);
    assert.deepEqual(
      contenders.map(({ name }) => name),
      BY_HAND.filter((name) => contenders.some((one) => one.name === name)),
    );
    for (const contender of contenders) {
      for (const forged of [sample.forged, ...wrong]) {
        await prepared(contender, { ...sample, forged });
      }
      for (const same of alike) {
        await prepared(contender, { ...sample, token: same });
      }
      if (question.identifies) {
        await assert.rejects(prepared(contender, { ...sample, id: token }), /wrong answer/);
      }
      await assert.rejects(prepared(contender, { ...sample, token: sample.forged }), /wrong answer/);
    }
  }
});

test("the package is compared with the code by hand that takes least, at each size", () => {
  const [slow = "", fast = ""] = BY_HAND;
  const over = overByHand({
    300: { "mia-webhooks": [2, 4, 2], [slow]: [4, 8, 4], [fast]: [1, 2, 2], noble: [0.1, 0.1, 0.1] },
    4096: { "mia-webhooks": [2, 2, 2], [slow]: [1, 1, 1], [fast]: [4, 4, 4] },
    65536: { "mia-webhooks": [2, 2, 2] },
  });
  assert.deepEqual(
    over.map((one) => [one.size, one.best.name, one.over]),
    [
      [300, fast, 2],
      [4096, slow, 2],
    ],
  );
});

test("the blocks of SHA-256 are those of RFC 6234", () => {
  // A secret of 32 bytes, one byte that ends the text, and eight for its length.
  assert.deepEqual(
    [23, 24, 300].map((size) => blocks(size, 1)),
    [1, 2, 6],
  );
  assert.deepEqual(
    [3, 8].map((secrets) => blocks(300, secrets)),
    [10, 20],
  );
});
