/** Every code of verifying: what makes it, and its status, message and hint. */

import assert from "node:assert/strict";
import { describe, test } from "vitest";
import { CODES, type Code, MAX_SECRETS, MAX_SECRET_BYTES, RECEIVER_CODES } from "../../../pkg/src/generated/tables.js";
import { WebhookError, sign, verifyHeaders, verifyRequest } from "../../../pkg/src/index.js";
import { accepted, isMatch } from "../../../pkg/src/verify/answer.js";
import { codeOf } from "../../../pkg/src/verify/codes.js";

const SECRET = "the secret of the test";
const EVENT = '{"eventName":"tag_created","eventTimestamp":1767225600000,"payload":{}}';
const TOKEN = sign(EVENT, SECRET);

const post = (body: BodyInit, headers: Record<string, string>, method = "POST") =>
  new Request("https://receiver.example/", { method, body, headers, duplex: "half" } as RequestInit);
const receive = (request: Request, options = {}) => verifyRequest(request, { secrets: SECRET, ...options });
const stream = (source: UnderlyingDefaultSource<Uint8Array>) => new ReadableStream(source);
const secrets = (secrets: unknown) => () =>
  verifyHeaders(EVENT, { "x-mia-token": TOKEN }, { secrets: secrets as string });
const signed = { "x-mia-token": TOKEN };

/** What makes each code. */
const CAUSES: Record<string, () => unknown> = {
  token_missing: () => receive(post(EVENT, {})),
  token_malformed: () => receive(post(EVENT, { "x-mia-token": TOKEN.slice(1) })),
  token_mismatch: () => receive(post(`${EVENT} `, signed)),
  method_not_allowed: () => receive(post(EVENT, signed, "PUT")),
  payload_too_large: () => receive(post(EVENT, signed), { maxBytes: EVENT.length - 1 }),
  payload_encoded: () => receive(post(EVENT, { ...signed, "content-encoding": "gzip" })),
  payload_consumed: async () => {
    const request = post(EVENT, signed);
    await request.text();
    return receive(request);
  },
  payload_interrupted: () => receive(post(stream({ pull: (controller) => controller.error(new Error()) }), signed)),
  payload_timeout: () => receive(post(stream({}), signed), { bodyTimeoutMs: 1 }),
  event_malformed: () => receive(post("{}", { "x-mia-token": sign("{}", SECRET) })),
  secret_missing: secrets(undefined),
  secret_empty: secrets(""),
  secret_placeholder: secrets("undefined"),
  secret_too_long: secrets("x".repeat(MAX_SECRET_BYTES + 1)),
  secret_too_many: secrets(Array.from({ length: MAX_SECRETS + 1 }, (_, i) => `${i}`)),
  secret_suffix: secrets(["abc", "bc"]),
  // The engine's own tests make it.
  engine_unavailable: () => accepted(-26),
};

test("every code of verifying has a cause here", () => {
  assert.deepEqual(
    Object.keys(CAUSES).sort(),
    Object.values(CODES)
      .map(([code]) => code)
      .sort(),
  );
});

for (const [number, [code, status, summary, hint]] of Object.entries(CODES)) {
  test(`${code} has its status, message and hint`, async () => {
    await assert.rejects(
      async () => CAUSES[code]?.(),
      (error: WebhookError) => {
        assert.ok(error instanceof WebhookError);
        assert.equal(error.name, "WebhookError");
        assert.equal(error.code, code);
        assert.equal(error.status, status);
        assert.ok(error.message === summary || error.message.startsWith(`${summary} `), error.message);
        assert.equal(error.hint, hint);
        return true;
      },
    );
    assert.equal(codeOf(-Number(number)), code);
  });
}

test("a number that no code has means that the module is broken", () => {
  assert.equal(codeOf(-9999), "engine_unavailable");
});

test("an error can hold a sentence and a cause", () => {
  const cause = new Error("the cause");
  const error = new WebhookError("token_mismatch", { detail: "It was old.", cause });
  assert.equal(error.message, `${CODES[5]?.[2]} It was old.`);
  assert.equal(error.cause, cause);
  assert.equal(Object.hasOwn(new WebhookError("token_mismatch"), "cause"), false);
  assert.equal(Object.hasOwn(error, "name"), false, "the name is the class's");
});

test("a code of a receiver is known by its row, and by its name alone without it", () => {
  const alone = new WebhookError("handler_failed");
  assert.deepEqual(
    [alone.code, alone.status, alone.message, alone.hint],
    ["handler_failed", 500, "handler_failed", ""],
  );
  for (const row of Object.values(RECEIVER_CODES)) {
    const [code, status, summary, hint] = row;
    const error = new WebhookError(code, { row } as object);
    assert.deepEqual([error.code, error.status, error.message, error.hint], [code, status ?? 502, summary, hint]);
  }
});

describe("what an answer of the module means", () => {
  const numbers = Object.entries(CODES).map(([number, [code]]) => [-Number(number), code] as [number, Code]);

  test("0 or more is a match, and is handed on", () => {
    for (const answer of [0, 7]) {
      assert.equal(isMatch(answer), true);
      assert.equal(accepted(answer), answer);
    }
  });

  test("a wrong token is no match, and everything else an error", () => {
    for (const [answer, code] of numbers) {
      if (["token_missing", "token_malformed", "token_mismatch"].includes(code)) {
        assert.equal(isMatch(answer), false, code);
      } else {
        assert.throws(() => isMatch(answer), { code });
      }
      assert.throws(() => accepted(answer), { code });
    }
  });
});
