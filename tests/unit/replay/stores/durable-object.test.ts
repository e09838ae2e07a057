/** Which object is asked, how often, and what of its answer is passed on. */

import assert from "node:assert/strict";
import { describe, test } from "vitest";
import type { ReplayStore } from "../../../../pkg/src/replay/store.js";
import { durableObjectReplayStore } from "../../../../pkg/src/replay/stores/durable-object.js";
import { NOW, claimOf } from "../claims.js";

/** A namespace whose objects answer each call with the next of these, or throw it. */
function namespaceOf(...answers: unknown[]) {
  const asked: { name: string; method: string; claim: unknown }[] = [];
  let stubs = 0;
  const call = (name: string, method: string) => async (claim: unknown) => {
    asked.push({ name, method, claim });
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    if (answer instanceof Error) {
      throw answer;
    }
    return answer;
  };
  const namespace = {
    idFromName: (name: string) => ({ name }),
    get({ name }: { name: string }) {
      stubs += 1;
      return { claim: call(name, "claim"), commit: call(name, "commit"), release: call(name, "release") };
    },
  };
  return { namespace, asked, stubs: () => stubs };
}

const METHODS = ["claim", "commit", "release"] as const;
const ANSWERS = { claim: { code: "claimed", latest: NOW }, commit: false, release: true } as const;
const ask = (store: ReplayStore, method: (typeof METHODS)[number]) => store[method](claimOf(1));

test.each(METHODS)("%s asks the object of the partition, and passes the answer on", async (method) => {
  const { namespace, asked } = namespaceOf(ANSWERS[method]);
  assert.deepEqual(await ask(durableObjectReplayStore(namespace), method), ANSWERS[method]);
  assert.deepEqual(asked, [{ name: "0:s", method, claim: claimOf(1) }]);
});

describe("shards", () => {
  test("spread the events by the first bytes of their ids", async () => {
    const { namespace, asked } = namespaceOf(ANSWERS.claim);
    const store = durableObjectReplayStore(namespace, { shards: 7 });
    for (const start of ["00000000", "00000006", "00000007", "0000000f", "ffffffff"]) {
      await store.claim(claimOf(1, { id: start.padEnd(64, "f") }));
    }
    assert.deepEqual(
      asked.map(({ name }) => name),
      ["0:s", "6:s", "0:s", "1:s", `${0xffff_ffff % 7}:s`],
    );
  });

  test("are one by default", async () => {
    const { namespace, asked } = namespaceOf(ANSWERS.claim);
    await durableObjectReplayStore(namespace, {}).claim(claimOf(123));
    await durableObjectReplayStore(namespace, { shards: undefined }).claim(claimOf(123));
    assert.deepEqual(
      asked.map(({ name }) => name),
      ["0:s", "0:s"],
    );
  });

  test("do not know which event is the latest, so they leave it out", async () => {
    const { namespace } = namespaceOf(ANSWERS.claim);
    assert.deepEqual(await durableObjectReplayStore(namespace, { shards: 2 }).claim(claimOf(1)), { code: "claimed" });
  });

  test.each([0, -1, 1.5, Number.NaN, "2"])("cannot be %s", (shards) => {
    assert.throws(
      () => durableObjectReplayStore(namespaceOf().namespace, { shards: shards as number }),
      new (typeof shards === "number" ? RangeError : TypeError)("shards must be an integer above 0"),
    );
  });
});

test.each([undefined, null, {}, { get() {} }])("%o is no namespace", (value) => {
  assert.throws(
    () => durableObjectReplayStore(value as never),
    new TypeError("the namespace of the Durable Objects is missing: bind the class ReplayStoreObject"),
  );
});

describe.each(METHODS)("a %s that fails", (method) => {
  const moved = () => Object.assign(new Error("moved"), { retryable: true });

  test("is asked once more, with a new stub, when Cloudflare says that it may help", async () => {
    const { namespace, asked, stubs } = namespaceOf(moved(), ANSWERS[method]);
    assert.deepEqual(await ask(durableObjectReplayStore(namespace), method), ANSWERS[method]);
    assert.equal(asked.length, 2);
    assert.equal(stubs(), 2);
  });

  test("is not asked a third time", async () => {
    const { namespace, asked } = namespaceOf(moved(), moved(), ANSWERS[method]);
    await assert.rejects(async () => ask(durableObjectReplayStore(namespace), method), /moved/);
    assert.equal(asked.length, 2);
  });

  test.each([
    ["an overloaded object", { retryable: true, overloaded: true }],
    ["an object that failed for good", { retryable: false }],
    ["an object that does not say", {}],
    ["an object that says yes in words", { retryable: "yes" }],
  ])("is not asked of %s again", async (_, flags) => {
    const { namespace, asked } = namespaceOf(Object.assign(new Error("no"), flags), ANSWERS[method]);
    await assert.rejects(async () => ask(durableObjectReplayStore(namespace), method), /no/);
    assert.equal(asked.length, 1);
  });
});
