/** A diagnosis: what it says for each finding, how far a search goes, and what it never shows. */

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { afterEach, describe, test, vi } from "vitest";
import * as library from "../../../pkg/src/diagnose.js";
import { MAX_DIAGNOSED_BYTES, type Question } from "../../../pkg/src/diagnose.js";
import { engine, openSearch } from "../../../pkg/src/diagnose/engine.js";
import { DEVIATIONS, type FindingRow, GENERAL_HINTS, HINTS } from "../../../pkg/src/generated/findings.js";
import { sign } from "../../../pkg/src/index.js";
import { hex } from "../../harness/checks.js";

afterEach(() => vi.restoreAllMocks());

/** Without a limit unless a test sets one: no test is decided by time. */
const UNLIMITED = { maxMs: Infinity };
const diagnose: typeof library.diagnose = (question, options = UNLIMITED) => library.diagnose(question, options);
const startDiagnosis: typeof library.startDiagnosis = (question, options = UNLIMITED) =>
  library.startDiagnosis(question, options);

const any = (value: unknown) => value as never;
const QUESTION: Question = {
  payload: '{"eventName":"tag_created","eventTimestamp":1767225600000,"payload":{}}',
  token: "0".repeat(64),
  secret: "secret",
};
const finding = ([code, blame, message, fix]: FindingRow<string>) => ({ code, blame, message, fix });
/** The search's answer, in slices of this budget; a search that does not end fails. */
function inSlices(question: Question, budget: Parameters<ReturnType<typeof startDiagnosis>["goOn"]>[0]) {
  const search = startDiagnosis(question);
  for (let calls = 1; calls < 100_000; calls++) {
    const diagnosis = search.goOn(budget);
    if (diagnosis !== undefined) {
      return { diagnosis, calls };
    }
  }
  return assert.fail("the search does not end");
}

describe("every deviation is said with its blame, its sentence and its fix", () => {
  const { vectors } = JSON.parse(readFileSync(new URL("../../vectors/diagnose.json", import.meta.url), "utf8"));
  for (const row of DEVIATIONS) {
    test(row[0], () => {
      const vector = vectors.find(({ deviations }: { deviations: string[] | null }) => deviations?.includes(row[0]));
      assert.ok(vector, "no vector has it");
      const { payload, token, secret, others, deviations } = vector;
      const diagnosis = diagnose({ payload: hex(payload), token, secret, otherSecrets: others });
      assert.deepEqual(
        diagnosis.deviations,
        deviations.map((code: string) => finding(DEVIATIONS.find(([name]) => name === code) ?? row)),
      );
      assert.equal(diagnosis.code, deviations[0]);
      assert.deepEqual([diagnosis.isValid, diagnosis.isProved, diagnosis.hints], [false, true, []]);
    });
  }
});

describe("every hint is said with its blame, its sentence and its fix", () => {
  /** What stands out in each. */
  const CAUSES: Record<string, Partial<Question>> = {
    token_no_digest: { token: "00" },
    payload_missing: { payload: "" },
    payload_not_utf8: { payload: Uint8Array.of(0xff) },
    payload_replaced: { payload: '{"eventName":"\ufffd"}' },
    payload_not_json: { payload: "eventName" },
    payload_formatted: { payload: '{"eventName": "a"}' },
    payload_typographic: { payload: "{\u201ca\u201d}" },
    payload_no_event: { payload: "{}" },
    secret_missing: { secret: "" },
    secret_invisible: { secret: "s\u200b" },
    secret_of_another: {},
    token_of_another_hash: { token: "0".repeat(40) },
    payload_request: { payload: "POST / HTTP/1.1" },
    payload_compressed: { payload: Uint8Array.of(0x1f, 0x8b, 8, 0) },
    payload_cut_off: { payload: '{"eventName":' },
    payload_envelope: { payload: '{"Records":[]}' },
    payload_rounded: { payload: '{"eventName":"a","n":12345678901234567000}' },
    payload_rewritten: { payload: '{"eventName":"a","n":1.0}' },
    secret_template: { secret: "${SECRET}" },
    payload_masked: { payload: '{"eventName":"a","user":"***"}' },
    request_mixed: {},
    secret_unconfirmed: { payload: "{}" },
  };

  test("and has a cause here", () => {
    assert.deepEqual(
      Object.keys(CAUSES),
      HINTS.map(([code]) => code),
    );
  });

  for (const row of HINTS) {
    test(row[0], () => {
      const { hints, isProved, isValid, deviations, code } = diagnose({ ...QUESTION, ...CAUSES[row[0]] });
      assert.deepEqual(
        hints.find(({ code }) => code === row[0]),
        finding(row),
      );
      const stands = hints[0] === undefined || GENERAL_HINTS.includes(hints[0].code) ? undefined : hints[0];
      assert.equal(code, stands?.code ?? "no_cause_found");
      assert.deepEqual([isProved, isValid, deviations], [false, false, []]);
    });
  }

  test("the likeliest first, and none where the token is right", () => {
    const { hints } = diagnose({ ...QUESTION, payload: '{ "a": "\u00a0" }' });
    assert.deepEqual(
      hints.map(({ code }) => code),
      ["payload_formatted", "payload_typographic", "payload_no_event", "request_mixed", "secret_unconfirmed"],
    );
    const right = diagnose({ ...QUESTION, token: sign(QUESTION.payload, "secret") });
    const { tried, searched, ...others } = right;
    assert.ok(tried >= 1 && searched.payloads === 1 && searched.secrets > 10 && searched.tokens > 0);
    assert.deepEqual(others, {
      code: "valid",
      message: "The token matches.",
      isValid: true,
      isFinished: true,
      isProved: true,
      isWeak: false,
      deviations: [],
      hints: [],
    });
  });
});

test("a token that anybody can make is weak", () => {
  const token = createHash("sha256").update("{}").digest("hex");
  for (const fields of [{ secret: "" }, { secret: "  " }, { otherSecrets: [""] }, {}]) {
    const { code, isValid, isWeak } = diagnose({ ...QUESTION, payload: "{}", token, ...fields });
    assert.deepEqual([code, isValid, isWeak], ["payload_only", false, true]);
  }
  assert.equal(diagnose({ ...QUESTION, token: sign(QUESTION.payload, "secret\n") }).isWeak, false);
});

describe("the message says the whole difference at once", () => {
  for (const [payload, signed, secret, by, message] of [
    ["{}", "{}", "s", "s", "The token matches."],
    [
      '{"b":1,"a":2}',
      '{\n  "a": 2,\n  "b": 1\n}\n',
      "s",
      "s",
      "The token was made from the same JSON, indented by two spaces, with its keys sorted, and with a line break at its end, or between it and the secret.",
    ],
    [
      "{}",
      "{}",
      '"s"\n',
      "s",
      "The token was made with the same secret without the spaces or line breaks around it, and without the quotes around it.",
    ],
    [
      '{"a":1}',
      '{"a": 1}',
      "s\n",
      "s",
      "The token was made from the same JSON with a space after each comma and colon, as Python writes it. The token was also made with the same secret without the spaces or line breaks around it.",
    ],
    [
      JSON.stringify({ body: Buffer.from(QUESTION.payload as string).toString("base64") }),
      QUESTION.payload as string,
      "s",
      "s",
      "The payload here is a record that holds the body, but the token was made from that body alone. In it, the body is base64, but the token was made from the decoded bytes.",
    ],
  ] as const) {
    test(message, () => {
      assert.equal(diagnose({ payload, secret, token: sign(signed, by) }).message, message);
    });
  }
});

describe("otherSecrets", () => {
  const asked = (otherSecrets: Question["otherSecrets"], by = "other") =>
    diagnose({ ...QUESTION, token: sign(QUESTION.payload, by), otherSecrets }).code;

  test("are tried, in every form, whichever of them it is", () => {
    assert.equal(asked(undefined), "no_cause_found");
    assert.equal(asked([]), "no_cause_found");
    for (const other of ["other", new TextEncoder().encode("other"), new TextEncoder().encode("other").buffer]) {
      assert.equal(asked([other]), "secret_other");
      assert.equal(asked(["a", "bb", other]), "secret_other");
      assert.equal(asked([other, "a", "bb"]), "secret_other");
    }
  });

  test("do not take the place of the secret", () => {
    assert.equal(asked(["a", "b"], "secret"), "valid");
  });
});

test("a secret may be bytes, which need not be text", () => {
  const secret = Uint8Array.of(200, 201, 202);
  assert.equal(diagnose({ ...QUESTION, token: sign(QUESTION.payload, secret), secret }).code, "valid");
  assert.equal(diagnose({ ...QUESTION, token: sign(QUESTION.payload, "yMnK"), secret }).code, "secret_base64_encoded");
});

test("a payload above the limit is only tried as it is", () => {
  const payload = new Uint8Array(MAX_DIAGNOSED_BYTES + 1).fill(0x20);
  assert.equal(diagnose({ ...QUESTION, payload, token: sign(payload, "secret\n") }).code, "secret_final_newline");
});

describe("a question that cannot be used is refused by its type, and not shown", () => {
  for (const [fields, message] of [
    [{ token: undefined }, "token must be a string, not undefined"],
    [{ token: null }, "token must be a string, not null"],
    [{ token: ["canary"] }, "token must be a string, not an array"],
    [{ token: new String("canary") }, "token must be a string, not object"],
    [{ secret: 4242 }, "secret must be a string, a Uint8Array or an ArrayBuffer, not number"],
    [{ otherSecrets: "canary" }, "otherSecrets must be a list of secrets, not string"],
    [{ otherSecrets: null }, "otherSecrets must be a list of secrets, not null"],
    [{ otherSecrets: ["canary", null] }, "otherSecrets[1] must be a string, a Uint8Array or an ArrayBuffer, not null"],
  ] as const) {
    test(JSON.stringify(fields), () => {
      assert.throws(() => diagnose(any({ ...QUESTION, ...fields })), { name: "TypeError", message });
    });
  }

  test("a parsed payload", () => {
    assert.throws(
      () => diagnose({ ...QUESTION, payload: any({ canary: 1 }) }),
      /^TypeError: payload must be the raw body/,
    );
  });

  test("and nothing of what was asked is in the answer", () => {
    const question = { payload: '{"canary-1":1}', token: "canary-2", secret: "canary-3", otherSecrets: ["canary-4"] };
    assert.doesNotMatch(JSON.stringify(diagnose(question)), /canary/);
  });
});

describe("a budget", () => {
  const whole = diagnose(QUESTION);

  test("candidates: a call tries as many, and the search is the same in slices", () => {
    const search = startDiagnosis(QUESTION);
    assert.equal(search.tried, 0);
    for (const tried of [10, 20, 30]) {
      assert.equal(search.goOn({ candidates: 10 }), undefined);
      assert.equal(search.tried, tried);
    }
    search.cancel();
    const { diagnosis, calls } = inSlices(QUESTION, { candidates: 100 });
    assert.deepEqual(diagnosis, whole);
    assert.equal(calls, Math.floor(whole.tried / 100) + 1);
  });

  test("bytes: fewer of them are fewer candidates", () => {
    const search = startDiagnosis(QUESTION);
    assert.equal(search.goOn({ bytes: 1 }), undefined);
    assert.ok(search.tried < 5, `${search.tried}`);
    search.cancel();
    const few = inSlices(QUESTION, { bytes: 5_000 });
    const many = inSlices(QUESTION, { bytes: 50_000 });
    assert.deepEqual([few.diagnosis, many.diagnosis], [whole, whole]);
    assert.ok(few.calls > 2 * many.calls && many.calls > 1, `${few.calls} and ${many.calls}`);
  });

  test("is all of it by default", () => {
    for (const budget of [undefined, {}, { candidates: undefined, bytes: undefined }]) {
      assert.deepEqual(startDiagnosis(QUESTION).goOn(budget), whole);
    }
  });

  for (const name of ["candidates", "bytes"] as const) {
    test(`${name} must be an integer from 1 to 4294967295`, () => {
      const search = startDiagnosis(QUESTION);
      for (const value of [0, -1, 1.5, 2 ** 32, Number.NaN, "1", null]) {
        assert.throws(() => search.goOn({ [name]: value }), {
          name: "TypeError",
          message: `${name} must be an integer from 1 to 4294967295`,
        });
      }
      assert.equal(search.tried, 0);
      search.goOn({ [name]: 1 });
      search.cancel();
      assert.notEqual(startDiagnosis(QUESTION).goOn({ [name]: 2 ** 32 - 1 }), undefined);
    });
  }
});

describe("the time that a search may take", () => {
  const whole = diagnose(QUESTION);
  /** Of 1 MiB: each look at the clock is after one form or one candidate that takes as long as it. */
  const LONG = { ...QUESTION, payload: new Uint8Array(MAX_DIAGNOSED_BYTES).fill(0x20) };
  /** A clock that goes on by this much whenever something was hashed; every step reads it twice. */
  function ticking(ms: number) {
    let reads = 0;
    const clock = () => Math.floor(reads++ / 2 + 0.5) * ms;
    return { clock, steps: () => reads / 2 };
  }

  test("is two seconds by default", () => {
    const { clock, steps } = ticking(100);
    assert.equal(diagnose(LONG, { clock }).isFinished, false);
    assert.equal(steps(), 20);
    const fewer = ticking(101);
    diagnose(LONG, { clock: fewer.clock });
    assert.equal(fewer.steps(), 20);
    const other = ticking(2_000);
    assert.equal(diagnose(LONG, { clock: other.clock, maxMs: undefined }).isFinished, false);
  });

  test("when it is over, the answer is that the search is not finished, which is not the answer of a finished one", () => {
    const { clock, steps } = ticking(1);
    const diagnosis = diagnose(LONG, { maxMs: 30, clock });
    const { code, isFinished, isProved, isValid, isWeak, deviations, hints, tried } = diagnosis;
    assert.deepEqual([code, isFinished, isProved, isValid, isWeak], ["unfinished", false, false, false, false]);
    assert.deepEqual(deviations, []);
    assert.deepEqual(
      hints.map(({ code }) => code),
      ["payload_not_json", "request_mixed", "secret_unconfirmed"],
    );
    assert.equal(steps(), 30);
    assert.ok(tried > 10, `${tried}`);
    assert.deepEqual([whole.code, whole.isFinished, whole.isProved], ["no_cause_found", true, false]);
  });

  test("is read from the clock between the candidates of a long payload", () => {
    const { clock, steps } = ticking(1);
    const search = startDiagnosis(LONG, { maxMs: 1_000, clock });
    for (let step = 1; step <= 40; step++) {
      assert.equal(search.goOn({ bytes: 1 << 20 }), undefined);
      assert.equal(steps(), step);
    }
    // The hash of the payload serves for many secrets: they are tried within the same step.
    assert.ok(search.tried > 40, `${search.tried}`);
    search.cancel();
  });

  test("is counted over all slices, and not between them", () => {
    let now = 0;
    let reads = 0;
    const clock = () => (reads++ % 2 === 0 ? now : (now += 10));
    const search = startDiagnosis(LONG, { maxMs: 100, clock });
    let slices = 0;
    let diagnosis;
    while (diagnosis === undefined) {
      diagnosis = search.goOn({ bytes: 1 << 20 });
      slices += 1;
      now += 1_000_000;
    }
    assert.deepEqual([diagnosis.code, slices], ["unfinished", 10]);
    assert.equal(diagnosis.tried, search.tried);
    assert.equal(search.goOn(), diagnosis);
    search.cancel();
    assert.equal(search.goOn(), diagnosis);
  });

  test("may run out within a slice, and then its memory is freed", () => {
    const search = openSearch(new Uint8Array(1), "", [new Uint8Array(1)]);
    const free = vi.spyOn(Object.getPrototypeOf(search), "free");
    const { clock } = ticking(1);
    assert.equal(startDiagnosis(LONG, { maxMs: 5, clock }).goOn()?.code, "unfinished");
    assert.equal(free.mock.calls.length, 1);
    search.free();
  });

  test("is never so short that a right token is not known to be right", () => {
    const { clock } = ticking(1_000_000);
    const right = diagnose({ ...LONG, token: sign(LONG.payload, "secret") }, { maxMs: Number.MIN_VALUE, clock });
    assert.deepEqual([right.code, right.isValid, right.isFinished], ["valid", true, true]);
    const wrong = diagnose(LONG, { maxMs: Number.MIN_VALUE, clock: ticking(1).clock });
    assert.equal(wrong.code, "unfinished");
    assert.ok(wrong.tried >= 1 && wrong.tried < 100, `${wrong.tried}`);
  });

  test("does not matter to what is found in time, nor to a search without a limit", () => {
    assert.deepEqual(diagnose(QUESTION, { maxMs: Infinity, clock: ticking(1e9).clock }), whole);
    assert.deepEqual(diagnose(QUESTION, { maxMs: 1, clock: () => 0 }), whole);
    const token = sign(QUESTION.payload, "secret\n");
    const late = diagnose({ ...QUESTION, token }, { maxMs: 1, clock: ticking(1_000).clock });
    assert.deepEqual([late.code, late.isFinished], ["secret_final_newline", true]);
  });

  test("is that of performance.now, unless another clock is given", () => {
    const now = vi.spyOn(performance, "now");
    library.diagnose(QUESTION);
    assert.ok(now.mock.calls.length >= 2);
    now.mockClear();
    diagnose(QUESTION, { clock: () => 0 });
    assert.equal(now.mock.calls.length, 0);
    let ms = 0;
    now.mockImplementation(() => (ms += 2_000));
    assert.equal(library.diagnose(LONG).code, "unfinished");
    assert.equal(library.startDiagnosis(LONG).goOn()?.code, "unfinished");
  });

  test("a clock that fails does not cost the module", () => {
    const before = engine.instance();
    const clock = () => {
      throw new RangeError("no clock");
    };
    assert.throws(() => diagnose(QUESTION, { clock }), RangeError);
    assert.equal(engine.instance(), before);
  });

  test("must be a number above 0", () => {
    for (const maxMs of [0, -1, Number.NaN, "1", null, 1n]) {
      for (const ask of [diagnose, startDiagnosis]) {
        assert.throws(() => ask(QUESTION, { maxMs: any(maxMs) }), {
          name: "TypeError",
          message: "maxMs must be a number above 0",
        });
      }
    }
  });
});

describe("a slice of several MiB", () => {
  const LONG = { ...QUESTION, payload: new Uint8Array(MAX_DIAGNOSED_BYTES).fill(0x20) };
  const triedIn = (budget: Parameters<ReturnType<typeof startDiagnosis>["goOn"]>[0]) => {
    const search = startDiagnosis(LONG);
    search.goOn(budget);
    search.cancel();
    return search.tried;
  };

  test("ends with its bytes, and with its candidates", () => {
    // The first step copies the payload and hashes it. Then what is hashed after it costs little,
    // until a construction begins with something else.
    assert.equal(triedIn({ bytes: 1 << 20 }), 0);
    const [some = 0, more = 0, most = 0] = [2, 4, 20].map((mib) => triedIn({ bytes: mib * (1 << 20) }));
    assert.ok(some > 0 && more > some && most > more, `${some}, ${more} and ${most}`);
    assert.deepEqual(
      [1, 2, 3].map((candidates) => triedIn({ candidates })),
      [1, 2, 3],
    );
    assert.equal(triedIn({ candidates: 5, bytes: 1 << 20 }), 0);
    assert.equal(triedIn({ candidates: 2, bytes: 10 << 20 }), 2);
  });
});

describe("a search", () => {
  test("has the same answer from then on, and still checks what it is told", () => {
    const search = startDiagnosis(QUESTION);
    const diagnosis = search.goOn();
    assert.notEqual(diagnosis, undefined);
    assert.equal(search.goOn(), diagnosis);
    assert.equal(search.tried, diagnosis?.tried);
    search.cancel();
    assert.equal(search.goOn({ candidates: 1 }), diagnosis);
    assert.throws(() => search.goOn({ candidates: 0 }), TypeError);
  });

  test("that is cancelled stops, and may be cancelled again", () => {
    const search = startDiagnosis(QUESTION);
    search.goOn({ candidates: 10 });
    search.cancel();
    search.cancel();
    assert.throws(() => search.goOn(), { name: "TypeError", message: "the search was cancelled" });
    assert.equal(search.tried, 10);
  });

  test("runs beside another", () => {
    const one = startDiagnosis({ ...QUESTION, token: sign("{}\n", "one"), payload: "{}", secret: "one" });
    const two = startDiagnosis({ ...QUESTION, token: sign("{}", "two\n"), payload: "{}", secret: "two" });
    let [first, second] = [one.goOn({ candidates: 1 }), two.goOn({ candidates: 1 })];
    for (let slices = 0; slices < 100_000 && (first === undefined || second === undefined); slices++) {
      [first, second] = [one.goOn({ candidates: 1 }), two.goOn({ candidates: 1 })];
    }
    assert.equal(first?.code, "payload_final_newline_added");
    assert.equal(second?.code, "secret_final_newline");
  });

  test("frees its memory when it is over, and when it is cancelled, and only then", () => {
    const search = openSearch(new Uint8Array(1), "", [new Uint8Array(1)]);
    const free = vi.spyOn(Object.getPrototypeOf(search), "free");
    const unfinished = startDiagnosis(QUESTION);
    unfinished.goOn({ candidates: 1 });
    assert.equal(free.mock.calls.length, 0);
    unfinished.cancel();
    unfinished.cancel();
    assert.equal(free.mock.calls.length, 1);
    startDiagnosis(QUESTION).goOn();
    assert.equal(free.mock.calls.length, 2);
    search.free();
  });

  test("is lost with the module, and a new one is not", () => {
    const search = startDiagnosis(QUESTION);
    const finished = startDiagnosis(QUESTION);
    const diagnosis = finished.goOn();
    const before = engine.instance();
    assert.throws(
      () =>
        engine.call(() => {
          throw new RangeError("the stack is full");
        }),
      { code: "engine_unavailable" },
    );
    const lost = {
      code: "engine_unavailable",
      message: "The WebAssembly module could not be used. The search was lost when the module failed.",
    };
    assert.throws(() => search.goOn(), lost);
    assert.deepEqual(diagnose(QUESTION), diagnosis);
    assert.notEqual(engine.instance(), before);
    assert.throws(() => search.goOn(), lost);
    search.cancel();
    assert.throws(() => search.goOn(), { message: "the search was cancelled" });
    assert.equal(finished.goOn(), diagnosis);
  });
});

test("the secrets are wiped from the memory in which they were joined", () => {
  const { set } = Uint8Array.prototype;
  const filled: Uint8Array[] = [];
  vi.spyOn(Uint8Array.prototype, "set").mockImplementation(function (this: Uint8Array, ...args) {
    filled.push(this);
    set.apply(this, args);
  });
  startDiagnosis({ ...QUESTION, secret: "canary-secret", otherSecrets: ["canary-other"] }).cancel();
  const joined = filled.find(({ length }) => length === "canary-secretcanary-other".length);
  assert.ok(joined);
  assert.ok(joined.every((byte) => byte === 0));
});
