/** What a click repairs: after it, the package itself must accept the delivery. */

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { describe, test } from "vitest";
import { type Blame, diagnose } from "../../../pkg/src/diagnose.js";
import { DEVIATIONS } from "../../../pkg/src/generated/findings.js";
import { Verifier, sign } from "../../../pkg/src/index.js";
import { LANGUAGES, speaking } from "../../../www/texts/texts.js";
import { repairLabel, repairOf } from "../../../www/verify/repair.js";
import { type Proved, proved, provedVectors, utf8 } from "./proofs.js";

const SECRET = "it's a secret to everybody";
const EVENT = '{"eventName":"tag_created","eventTimestamp":1767225600000,"payload":{}}';

const repair = (proof: Proved) =>
  repairOf(proof, {
    payload: proof.payload,
    secret: utf8(proof.secret),
    token: proof.token,
    otherSecrets: proof.others.map(utf8),
  });

/** The delivery after the click. */
function repaired(proof: Proved) {
  const change = repair(proof);
  const secrets = [proof.secret, ...proof.others];
  if (change?.secret) {
    secrets[change.secret.place] = change.secret.text;
  }
  return {
    payload: (change?.payload ?? proof.payload) as Uint8Array<ArrayBuffer>,
    token: change?.token ?? proof.token,
    secrets,
  };
}

function isValid({ payload, token, secrets }: ReturnType<typeof repaired>): boolean {
  try {
    return new Verifier(secrets).verify(payload, token);
  } catch {
    return false;
  }
}

/** Secrets that cannot be entered: bytes that are no text, and words that the package refuses. */
const NOT_ENTERED = ["secret_base64_decoded", "secret_hex_decoded", "secret_charset", "secret_placeholder"];

describe("every proof of the vectors", () => {
  test("has each deviation of the table at least once", () => {
    const seen = new Set(provedVectors().flatMap(({ codes }) => codes));
    assert.deepEqual(
      DEVIATIONS.map(([code]) => code).filter((code) => !seen.has(code)),
      [],
    );
  });

  test("is valid after its repair, or what is left cannot be repaired here", () => {
    const wrong: string[] = [];
    for (const proof of provedVectors()) {
      const { id, codes, diagnosis } = proof;
      const change = repair(proof);
      const after = repaired(proof);
      const isWhole = isValid(after);
      const left: readonly Blame[] = isWhole ? [] : blamesOf(after);
      const isFormula = diagnosis.deviations.some(({ blame }) => blame === "construction");
      const isLeft = (blame: Blame) =>
        blame === "construction" ||
        (blame === "secret" && codes.some((code) => NOT_ENTERED.includes(code))) ||
        // The digits of another formula are not known.
        (blame === "token" && isFormula);
      if (
        change?.isWhole !== isWhole ||
        (isWhole && isFormula) ||
        !left.every(isLeft) ||
        (!isWhole && left.length === 0)
      ) {
        wrong.push(`${id}: ${codes}: ${change?.kind}, ${isWhole}, left ${left}`);
      }
      if (
        change?.count !== [change?.payload, change?.secret, change?.token].filter((part) => part !== undefined).length
      ) {
        wrong.push(`${id}: count`);
      }
    }
    assert.deepEqual(wrong, []);
  });

  /** What is still to blame. */
  const blamesOf = ({ payload, token, secrets: [secret = "", ...otherSecrets] }: ReturnType<typeof repaired>) =>
    diagnose({ payload, token, secret, otherSecrets }, { maxMs: Infinity }).deviations.map(({ blame }) => blame);
});

describe("a repair changes", () => {
  const pretty = JSON.stringify(JSON.parse(EVENT), null, 2);
  const token = sign(EVENT, SECRET);
  const of = (...args: Parameters<typeof proved>) => repair(proved(...args));

  test("the payload alone", () => {
    assert.deepEqual(of(pretty, SECRET, token), { payload: utf8(EVENT), kind: "payload", count: 1, isWhole: true });
  });

  test("the secret alone", () => {
    const secret = { text: SECRET, place: 0 };
    assert.deepEqual(of(EVENT, `"${SECRET}"\n`, token), { secret, kind: "secret", count: 1, isWhole: true });
  });

  test("the token alone", () => {
    assert.deepEqual(of(EVENT, SECRET, token.slice(0, 40)), { token, kind: "token", count: 1, isWhole: true });
  });

  test("all of them at once", () => {
    const change = of(pretty, `${SECRET}\n`, `sha1=${token}`);
    const secret = { text: SECRET, place: 0 };
    assert.deepEqual(change, { payload: utf8(EVENT), secret, token, kind: "several", count: 3, isWhole: true });
  });

  test("nothing where the formula is another one", () => {
    assert.deepEqual(of(EVENT, SECRET, sha256(SECRET + EVENT)), { kind: "none", count: 0, isWhole: false });
  });

  test("no token of another formula: the right digits would hide what the sender does", () => {
    const token = createHash("md5")
      .update(EVENT + SECRET)
      .digest("base64");
    assert.deepEqual(of(EVENT, SECRET, token), { kind: "none", count: 0, isWhole: false });
  });

  test("what is entered, beside a formula that stays wrong", () => {
    const change = of(pretty, `${SECRET}\n`, sha256(SECRET + EVENT));
    assert.deepEqual(change, {
      payload: utf8(EVENT),
      secret: { text: SECRET, place: 0 },
      kind: "several",
      count: 2,
      isWhole: false,
    });
  });

  test("no secret where another one that was entered is right", () => {
    const change = of(pretty, "first one", token, SECRET);
    assert.deepEqual(change, { payload: utf8(EVENT), kind: "payload", count: 1, isWhole: true });
  });

  test("that one of several secrets which would forbid the right one", () => {
    // The package refuses two secrets of which one ends with the other.
    const change = of(EVENT, "first one", token, ` ${SECRET}`);
    assert.deepEqual(change, { secret: { text: SECRET, place: 1 }, kind: "secret", count: 1, isWhole: true });
  });

  test("nothing where nothing deviates", () => {
    const { signed } = proved(pretty, SECRET, token);
    const entered = { payload: utf8(EVENT), secret: utf8(SECRET), token };
    assert.equal(repairOf({ diagnosis: { deviations: [] }, signed }, entered), undefined);
  });
});

test.for(LANGUAGES)("each kind has a label of its own in %s", (language) => {
  const say = speaking(language);
  const label = (kind: "payload" | "secret" | "token" | "several" | "none", count = 1) =>
    repairLabel({ kind, count, isWhole: true }, say, "of the secret");
  assert.equal(label("secret"), "of the secret");
  assert.equal(label("several", 2), say("repairBoth"));
  assert.equal(label("several", 3), say("repairAll", { n: 3 }));
  const all = [
    label("payload"),
    label("secret"),
    label("token"),
    label("several", 2),
    label("several", 3),
    label("none"),
  ];
  assert.equal(new Set(all).size, all.length);
});

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
