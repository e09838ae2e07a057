/**
 * The loop of optimistic.ts, in every order in which the steps of two receivers can
 * come: three events, prunings, a crash and a clock that steps forward or back. A cap of
 * one makes them forget. The worlds that take longer run with `EXPLORE=all`, which
 * tests/replay/exploration.test.js sets.
 */

import assert from "node:assert/strict";
import { describe, test } from "vitest";
import { type Database, type Missing, documents, transactions } from "./databases.js";
import { mongodb } from "./mongodb.js";
import { type Beginning, explore } from "./world.js";

const TIMES = [991, 991, 992];
const CALM = { times: TIMES, crashes: 1, ticks: 0, prunings: 1 };
const ROUGH = { ...CALM, ticks: 1 };

/** Two copies of an event arrive: beside one that was committed; and after two were, of which one must be forgotten. */
const BESIDE = { ...ROUGH, copies: [2, 0, 0], committed: [false, true, false] };
const AFTER = { ...ROUGH, copies: [2, 0, 0], committed: [true, true, false] };

type Make = (times: readonly number[], missing?: Missing) => Database;
type Run = readonly [name: string, make: Make, beginning: Beginning];

const RUNS: readonly Run[] = [
  ["transactions, three deliveries", transactions, { ...ROUGH, copies: [2, 1, 0] }],
  ["documents, two replays while their event is forgotten", documents, { ...AFTER, ticks: 0 }],
  ["MongoDB, two replays while their event is forgotten", mongodb, { ...AFTER, ticks: 0 }],
];

const LONG_RUNS: readonly Run[] = [
  ["transactions, two prunings at the same time", transactions, { ...CALM, copies: [1, 1, 1], prunings: 2 }],
  ["transactions, four deliveries", transactions, { ...ROUGH, copies: [2, 1, 1] }],
  [
    "transactions, four deliveries at the edge of the window",
    transactions,
    { ...ROUGH, times: [980, 979, 985], copies: [2, 1, 1] },
  ],
  ["MongoDB, three deliveries", mongodb, { ...CALM, copies: [1, 1, 1] }],
  [
    "MongoDB, two events beside a committed one",
    mongodb,
    { ...ROUGH, copies: [1, 1, 0], committed: [false, false, true] },
  ],
  ["MongoDB, two copies of an event beside a committed one", mongodb, BESIDE],
];

describe("no order of the steps commits twice or loses an event", () => {
  for (const [name, make, beginning] of process.env["EXPLORE"] === "all" ? LONG_RUNS : RUNS) {
    test(name, { timeout: 600_000 }, async () => {
      const { states, runs, broken, way = [] } = await explore(make(beginning.times), beginning);
      assert.equal(broken, undefined, `${broken}:\n${way.join("\n")}`);
      assert.ok(states > 1_000, `${states}`);
      console.log(`${states} states, ${runs} runs of the loop: ${name}`);
    });
  }
});

/** What happens without each part of the contract. */
const NEEDED: readonly (readonly [Missing, Make, Beginning, rule: string])[] = [
  ["the check of the floor", transactions, BESIDE, "a committed event could be claimed again"],
  ["the comparison of the state", transactions, BESIDE, "a committed event could be claimed again"],
  ["the comparison of the lease", transactions, BESIDE, "a claim was lost while it was live"],
  ["the comparison before forgetting", transactions, BESIDE, "a committed event could be claimed again"],
  ["the order of the floor and forgetting", transactions, BESIDE, "a claim was granted after the commit"],
  ["the check of the floor", documents, BESIDE, "a committed event could be claimed again"],
  ["the order of the insert and the check", documents, AFTER, "a claim was granted after the commit"],
  ["the comparison before the undo", documents, BESIDE, "a claim was lost while it was live"],
  ["the flag of the late check", documents, AFTER, "a committed event could be claimed again"],
  ["the comparison before forgetting", documents, BESIDE, "a committed event could be claimed again"],
  ["the order of the floor and forgetting", documents, AFTER, "a committed event could be claimed again"],
  ["the order of loading", documents, AFTER, "a claim was granted after the commit"],
  ["the order of counting", documents, AFTER, "more was forgotten than had to be"],
];

describe("the exploration finds what is wrong without", () => {
  for (const [missing, make, beginning, rule] of NEEDED) {
    test(`${missing}: ${make.name}`, async () => {
      assert.equal((await explore(make(beginning.times, missing), beginning)).broken, rule);
    });
  }
});

describe("no rule is broken without", () => {
  // A delivery has one `now`, so its claim always has the same end.
  test("the comparison of the end", async () => {
    assert.equal((await explore(transactions(TIMES, "the comparison of the end"), BESIDE)).broken, undefined);
  });

  // A claim that is left there is like one that a crash has left. The undo makes room,
  // and the next copy need not wait for the end of a lease.
  test("the undo", async () => {
    assert.equal((await explore(documents(TIMES, "the undo"), AFTER)).broken, undefined);
  });
});
