/** What makes a verdict: in slices, between which the page can draw, and until it is told to stop. */

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { beforeEach, describe, test, vi } from "vitest";
import { MAX_DIAGNOSED_BYTES } from "../../../pkg/src/diagnose.js";
import { Verifier, sign } from "../../../pkg/src/index.js";
import { type Progress, explain, judge, small } from "../../../www/verify/judge.js";
import { LANGUAGES, type Say, speaking } from "../../../www/texts/texts.js";
import { ownUnprovedLine, unprovedLine } from "../../../www/verify/words.js";

const MIB = 1 << 20;
/** How long nobody must have typed. */
const REST_MS = 150;
const utf8 = (text: string) => new TextEncoder().encode(text);
const EVENT = '{"eventName":"tag_created","eventTimestamp":1767225600000,"payload":{}}';
const SECRET = "it's a secret to everybody";
/** A token that was made without any secret. */
const ONLY_PAYLOAD = createHash("sha256").update(EVENT).digest("hex");
const never = new AbortController().signal;

/** How often the page could draw. */
let turns: number;
/** Called at each of them. */
let onTurn: () => void;

beforeEach(() => {
  turns = 0;
  onTurn = () => {};
  vi.useFakeTimers();
  vi.stubGlobal(
    "MessageChannel",
    class {
      readonly port1 = { onmessage: () => {}, close: () => {} };
      readonly port2 = {
        postMessage: () => {
          turns += 1;
          onTurn();
          queueMicrotask(() => this.port1.onmessage());
        },
      };
    },
  );
  return () => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  };
});

/** The verdict of what was entered, and the shares that were shown. */
async function verdictOf(
  payload: string | Uint8Array<ArrayBuffer> | Blob,
  token: string,
  secrets: readonly string[] = [SECRET],
  signal: AbortSignal = never,
) {
  const shares: unknown[] = [];
  const judged = judge(
    { payload: typeof payload === "string" ? utf8(payload) : payload, token, secrets: secrets.map(utf8) },
    signal,
    (progress) => shares.push("share" in progress ? progress.share : progress),
    REST_MS,
  );
  await vi.runAllTimersAsync();
  return { verdict: await judged, shares };
}

describe("a delivery that is genuine", () => {
  test("is valid, with its event", async () => {
    const { verdict, shares } = await verdictOf(EVENT, sign(EVENT, SECRET));
    assert.deepEqual(verdict, { state: "valid", secret: undefined, event: JSON.parse(EVENT) });
    assert.deepEqual([shares, turns], [[1], 0], "one piece needs no turn");
  });

  test.for(["{}", "", "[", "\ud800"])("is valid also if %j is no event", async (payload) => {
    const { verdict } = await verdictOf(payload, sign(utf8(payload), SECRET));
    assert.deepEqual(verdict, { state: "valid", secret: undefined, event: "malformed" });
  });

  test.for([0, 1, 2])("names the secret at place %d of three", async (place) => {
    const secrets = ["first one", "second one", "third 1"];
    const { verdict } = await verdictOf(EVENT, sign(EVENT, secrets[place] as string), secrets);
    assert.deepEqual(verdict, { state: "valid", secret: place, event: JSON.parse(EVENT) });
  });

  test.for([
    ["bytes", (bytes: Uint8Array<ArrayBuffer>) => bytes],
    ["a file", (bytes: Uint8Array<ArrayBuffer>) => new Blob([bytes])],
  ] as const)("of more than a piece is hashed with a turn after each, as %s", async ([, made]) => {
    const bytes = new Uint8Array(3 * MIB + 1).fill(7);
    const { verdict, shares } = await verdictOf(made(bytes), sign(bytes, SECRET), [SECRET, "another"]);
    assert.deepEqual(verdict, { state: "valid", secret: undefined, event: "unread" });
    const size = bytes.length;
    assert.deepEqual(shares, [MIB / size, (2 * MIB) / size, (3 * MIB) / size, 1]);
    assert.equal(turns, 4);
  });

  test("a small file is read as an event", async () => {
    const { verdict } = await verdictOf(new Blob([EVENT]), sign(EVENT, SECRET));
    assert.deepEqual(verdict, { state: "valid", secret: undefined, event: JSON.parse(EVENT) });
  });
});

describe("a delivery that is not", () => {
  test("is explained, after nobody has typed for a while", async () => {
    let isOver = false;
    const delivery = { payload: utf8(EVENT), token: ONLY_PAYLOAD, secrets: [utf8(SECRET)] };
    const judged = judge(delivery, never, () => {}, REST_MS);
    void judged.then(() => (isOver = true));
    await vi.advanceTimersByTimeAsync(149);
    assert.equal(isOver, false);
    await vi.advanceTimersByTimeAsync(1);
    const verdict = await judged;
    assert.equal(verdict?.state === "invalid" && verdict.diagnosis.code, "payload_only");
  });

  test("asks the other secrets too", async () => {
    const pretty = JSON.stringify(JSON.parse(EVENT), null, 2);
    const { verdict } = await verdictOf(pretty, sign(EVENT, "second one"), ["first one", "second one"]);
    const codes = verdict?.state === "invalid" ? verdict.diagnosis.deviations.map(({ code }) => code) : [];
    assert.deepEqual(codes, ["payload_minified", "secret_other"]);
  });

  test("is not explained above the limit, in bytes or in a file", async () => {
    const bytes = new Uint8Array(MAX_DIAGNOSED_BYTES + 1);
    for (const payload of [bytes, new Blob([bytes])]) {
      assert.deepEqual((await verdictOf(payload, "0".repeat(64))).verdict, { state: "unexplained" });
    }
  });

  test("says why a secret cannot be used, and not what it is", async () => {
    const { verdict } = await verdictOf(EVENT, "0".repeat(64), ["undefined"]);
    assert.equal(verdict?.state, "refused");
    assert.equal(verdict?.state === "refused" && verdict.code, "secret_placeholder");
    assert.ok(verdict?.state === "refused" && verdict.message !== "" && verdict.hint !== "");
  });

  test("an error that is none of the library's is not taken for a verdict", async () => {
    const broken = Object.assign(new Blob(["a"]), {
      slice: () => {
        throw new RangeError("gone");
      },
    });
    const judged = judge({ payload: broken as unknown as Blob, token: "", secrets: [utf8(SECRET)] }, never, () => {});
    await assert.rejects(judged, RangeError);
  });
});

describe("what is stopped", () => {
  test("before it begins, hashes nothing", async () => {
    const { verdict, shares } = await verdictOf(EVENT, sign(EVENT, SECRET), [SECRET], AbortSignal.abort());
    assert.deepEqual([verdict, shares], [undefined, []]);
  });

  test("while it hashes, reads no further piece and gives no verdict", async () => {
    const work = new AbortController();
    onTurn = () => turns === 2 && work.abort();
    const bytes = new Uint8Array(5 * MIB);
    const { verdict, shares } = await verdictOf(bytes, sign(bytes, SECRET), [SECRET], work.signal);
    assert.deepEqual([verdict, shares.length], [undefined, 2]);
  });

  test("while it waits, searches for nothing", async () => {
    const work = new AbortController();
    const match = vi.spyOn(Verifier.prototype, "match");
    const delivery = { payload: utf8(EVENT), token: "0", secrets: [utf8(SECRET)] };
    const judged = judge(delivery, work.signal, () => {}, REST_MS);
    await vi.advanceTimersByTimeAsync(100);
    work.abort();
    await vi.runAllTimersAsync();
    assert.deepEqual([await judged, turns, match.mock.calls.length], [undefined, 0, 0]);
  });

  test("while it searches, searches no further", async () => {
    const work = new AbortController();
    onTurn = () => work.abort();
    const payload = utf8(JSON.stringify({ a: "é<>/".repeat(2000), b: [1, 2, { c: "d" }] }, null, 2));
    const told: Progress[] = [];
    const found = await explain(payload, "0".repeat(64), [utf8(SECRET)], work.signal, (one) => told.push(one));
    assert.deepEqual([found, turns, told.length], [undefined, 1, 1]);
  });
});

describe("the search for a reason", () => {
  test("lets the page draw between its slices, and says how many it has tried", async () => {
    const payload = utf8(JSON.stringify({ a: "é<>/".repeat(2000), b: [1, 2, { c: "d" }] }, null, 2));
    const told: Progress[] = [];
    const found = await explain(payload, "0".repeat(64), [utf8(SECRET)], never, (one) => told.push(one));
    assert.equal(found?.diagnosis.isProved, false);
    assert.equal(found?.signed, undefined);
    assert.equal(found?.digestHere, sign(payload, SECRET));
    assert.ok(turns > 3, `${turns} turns`);
    const tried = told.map((one) => ("tried" in one ? one.tried : 0));
    assert.equal(tried.length, turns);
    assert.ok(
      tried.every((n, place) => n > (tried[place - 1] ?? 0)),
      tried.join(),
    );
  });

  test("ends after ten seconds of work, and says so in each language", async () => {
    const payload = utf8(JSON.stringify({ a: "é<>/".repeat(2000), b: [1, 2, { c: "d" }] }, null, 2));
    let reads = 0;
    // Every step of the search reads it twice, and takes 2.5 seconds.
    const clock = () => Math.floor(reads++ / 2 + 0.5) * 2_500;
    const late = await explain(payload, "0".repeat(64), [utf8(SECRET)], never, () => {}, clock);
    assert.deepEqual(
      [late?.diagnosis.code, late?.diagnosis.isFinished, late?.diagnosis.isValid, reads],
      ["unfinished", false, false, 8],
    );
    const whole = await explain(payload, "0".repeat(64), [utf8(SECRET)], never);
    assert.deepEqual([whole?.diagnosis.isFinished, whole?.diagnosis.isProved], [true, false]);

    const [en, it] = LANGUAGES.map(speaking) as [Say, Say];
    assert.equal(
      unprovedLine({ isFinished: false, tried: 1234 }, en),
      "The search stopped after 10 seconds and 1,234 tries. The cause may be one that was not tried.",
    );
    assert.equal(
      unprovedLine({ isFinished: false, tried: 1234 }, it),
      "La ricerca si è fermata dopo 10 secondi e 1234 tentativi. La causa può essere tra quelle non provate.",
    );
    assert.equal(unprovedLine({ isFinished: true, tried: 1234 }, en), "None of the 1,234 ways tried explains it.");
    for (const say of [en, it]) {
      assert.equal(ownUnprovedLine({ isFinished: false }, say), say("ownUnfinished"));
      assert.equal(ownUnprovedLine({ isFinished: true }, say), say("ownNotFound"));
    }
  });

  test("needs a secret", async () => {
    assert.equal(await explain(utf8(EVENT), "0", [], never), undefined);
    assert.equal(await explain(utf8(EVENT), "0", [utf8(SECRET)], AbortSignal.abort()), undefined);
    assert.equal((await explain(utf8(EVENT), sign(EVENT, SECRET), [utf8(SECRET)], never))?.diagnosis.isValid, true);
  });

  test("is for what is at most as long as the limit", async () => {
    for (const [length, isSmall] of [
      [0, true],
      [MAX_DIAGNOSED_BYTES, true],
      [MAX_DIAGNOSED_BYTES + 1, false],
    ] as const) {
      const bytes = new Uint8Array(length);
      assert.equal((await small(bytes)) === bytes, isSmall, `${length} bytes`);
      const ofFile = await small(new Blob([bytes]));
      assert.equal(ofFile?.length, isSmall ? length : undefined, `a file of ${length} bytes`);
    }
  });
});
