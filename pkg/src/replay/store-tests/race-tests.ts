/**
 * What a store over a backend has to do while others change the same event, as tests for
 * any test runner. They stand before and after each call of the backend.
 */

import type { ReplayBackend } from "../backend.js";
import { asNew, claimed, commit, hasEntry, insert, isSaved, recordOf } from "./backend-tests.js";
import { DONE_ENTRY } from "../decision.js";
import { AtStep, type Loop, forgetting, remembering } from "./intruder.js";
import { optimisticReplayStore } from "../optimistic.js";
import type { ReplayAnswer, ReplayClaim, ReplayStore } from "../store.js";
import { Claims, LIMITS, NOW, equal, oneOf, upTo } from "./test-claims.js";

/** @param loop - What makes stores of backends: `optimisticReplayStore`, or one with a mistake. */
export type RaceTest = (backend: ReplayBackend, claims: Claims, other: ReplayBackend, loop?: Loop) => Promise<void>;

const GONE = ["event_duplicate", "event_stale"];

/** The time of a delivery that finds all claims of `NOW` lapsed; of one that finds its claim lapsed; and so on. */
const later = (leases: number) => ({ now: NOW + leases * LIMITS.leaseMs });

/** A claim after which everything can be forgotten that is not being delivered. */
const forgettingAll = (claims: Claims, leases = 0) =>
  claims.of(0xffff, NOW, { ...later(leases), limits: { ...LIMITS, cap: 0 } });

async function committed(store: ReplayStore, claim: ReplayClaim): Promise<void> {
  equal(await store.claim(claim), "claimed");
  equal(await store.commit(claim), true);
}

async function released(store: ReplayStore, claim: ReplayClaim): Promise<void> {
  equal(await store.claim(claim), "claimed");
  equal(await store.release(claim), true);
}

/** How an event stands when a delivery of it begins, one lease after `NOW`. */
const BEGINNINGS: Readonly<Record<string, (others: ReplayStore, claim: ReplayClaim, claims: Claims) => unknown>> = {
  "a new event": () => {},
  "a failed event": (others, _, claims) => released(others, claims.of(1)),
  "a lapsed claim": async (others, _, claims) => equal(await others.claim(claims.of(1)), "claimed"),
  "a claim whose answer was lost": async (others, claim) => equal(await others.claim(claim), "claimed"),
};

/** What another receiver does, another lease later, so that it can take over each claim. It returns its commits. */
const INTRUSIONS: Readonly<
  Record<string, (others: ReplayStore, claim: ReplayClaim, forget: () => Promise<void>) => Promise<number>>
> = {
  "a claim": async (others, claim) => {
    await others.claim(claim);
    return 0;
  },
  "a failed delivery": async (others, claim) => {
    await others.claim(claim);
    await others.release(claim);
    return 0;
  },
  "a failed delivery and a forgetting": async (others, claim, forget) => {
    await others.claim(claim);
    await others.release(claim);
    await forget();
    return 0;
  },
  "a delivery": async (others, claim) => {
    await others.claim(claim);
    return Number(await others.commit(claim));
  },
  "a delivery and a forgetting": async (others, claim, forget) => {
    await others.claim(claim);
    const isCommitted = await others.commit(claim);
    await forget();
    return Number(isCommitted);
  },
};

/** Runs a delivery with one intrusion at one step of it. @returns Whether there was such a step. */
async function deliver(
  [backend, other]: readonly [ReplayBackend, ReplayBackend],
  loop: Loop,
  [beginning, intrusion, method, step]: readonly [string, string, "commit" | "release", number],
): Promise<boolean> {
  const claims = new Claims();
  const claim = claims.of(1, NOW, later(1));
  const others = remembering(loop, other);
  await BEGINNINGS[beginning]?.(others, claim, claims);
  let commits = 0;
  const intruder = new AtStep(step, async () => {
    const forget = () => forgetting(loop, other, forgettingAll(claims, 2));
    commits += (await INTRUSIONS[intrusion]?.(others, claims.of(1, NOW, later(2)), forget)) as number;
  });
  const store = remembering(loop, backend, intruder.intruder);
  if ((await store.claim(claim)).code === "claimed" && (await store[method](claim)) && method === "commit") {
    commits += 1;
  }
  const where = `${beginning}, and ${intrusion} at step ${step} of a ${method}`;
  const answer = await others.claim(claims.of(1, NOW, later(4)));
  if (commits === 0) {
    equal(answer, "claimed", where);
  } else {
    equal(commits, 1, where);
    oneOf(answer, GONE, where);
  }
  return intruder.wasThere;
}

export const RACE_TESTS: Readonly<Record<string, RaceTest>> = {
  "an event that others deliver and forget before it is saved is refused": async (
    backend,
    claims,
    other,
    loop = optimisticReplayStore,
  ) => {
    let saves = 0;
    const store = remembering(loop, backend, async (when, call) => {
      if (when === "before" && call === "save" && ++saves === 1) {
        await committed(remembering(loop, other), claims.of(1));
        await forgetting(loop, other, forgettingAll(claims));
      }
    });
    equal(await store.claim(claims.of(1)), "event_stale");
    await hasEntry(backend, claims.of(1), undefined);
  },
  "an event is committed once, and none is lost, whatever others do between two calls": async (
    backend,
    _,
    other,
    loop = optimisticReplayStore,
  ) => {
    // Side by side: a database may be far away.
    await Promise.all(
      Object.keys(BEGINNINGS).map(async (beginning) => {
        for (const intrusion of Object.keys(INTRUSIONS)) {
          for (const method of ["commit", "release"] as const) {
            let step = 0;
            while (await deliver([backend, other], loop, [beginning, intrusion, method, step])) {
              // What is done after a call is done before the next one too.
              step += 2;
            }
          }
        }
      }),
    );
  },
  "an event that is forgotten while many receivers save it as new is not saved": async (backend, claims, other) => {
    for (const event of upTo(16)) {
      const claim = claims.of(event, NOW + 2 * event);
      await commit(backend, claim);
      let isForgotten = false;
      const forget = async () => {
        await backend.raiseFloor(claim, claim.timestamp + 1);
        await backend.forget(claim, [recordOf(claim, DONE_ENTRY)]);
        isForgotten = true;
      };
      const save = async (at: ReplayBackend) => {
        for (let isOver = false; !isOver;) {
          isOver = isForgotten;
          const copy = claims.of(event, claim.timestamp);
          equal(await isSaved(at, copy, asNew(copy)), false);
        }
      };
      const saves = [() => save(backend), () => save(other), () => save(other)];
      await Promise.all((event % 2 === 0 ? [forget, ...saves] : [...saves, forget]).map((run) => run()));
      await hasEntry(other, claim, undefined);
    }
  },
  "a lapsed claim that is taken over while it is forgotten is kept or not granted": async (backend, claims, other) => {
    for (const event of upTo(16)) {
      const [lapsed, copy] = [claims.of(event), claims.of(event, NOW, later(1))];
      await insert(backend, lapsed);
      let isTaken = false;
      const take = async () => {
        isTaken = await isSaved(other, copy, { before: claimed(lapsed), after: claimed(copy) });
      };
      const forget = async () => backend.forget(lapsed, [recordOf(lapsed, claimed(lapsed))]);
      // Each of them is the first half of the time.
      await Promise.all((event % 2 === 0 ? [take, forget] : [forget, take]).map((run) => run()));
      await hasEntry(backend, copy, isTaken ? claimed(copy) : undefined);
    }
  },
  "what others claim again, or commit, while it is about to be forgotten stays": async (
    backend,
    _,
    other,
    loop = optimisticReplayStore,
  ) => {
    for (const place of ["oldest", "raiseFloor"] as const) {
      const claims = new Claims();
      const others = remembering(loop, other);
      // Committed and forgotten, so that the floor rises, to the time of the others.
      await committed(others, claims.of(1));
      await released(others, claims.of(2, NOW + 1));
      const [lapsed, own, late] = [claims.of(3, NOW + 1), claims.of(4, NOW + 1), claims.of(5, NOW + 1)];
      for (const claim of [lapsed, own, late]) {
        equal(await others.claim(claim), "claimed");
      }
      const again = [claims.of(2, NOW + 1, later(1)), claims.of(3, NOW + 1, later(1)), { ...own, ...later(1) }];
      await forgetting(loop, backend, forgettingAll(claims, 1), async (when, call) => {
        if (when === "after" && call === place) {
          await Promise.all(again.map((claim) => others.claim(claim)));
          await others.commit(late);
        }
      });
      await hasEntry(backend, claims.of(1), undefined);
      for (const claim of again) {
        await hasEntry(backend, claim, claimed(claim), `after ${place}`);
      }
      await hasEntry(backend, late, DONE_ENTRY, `after ${place}`);
    }
  },
  "while events are forgotten, none of them passes again": async (backend, _, other, loop = optimisticReplayStore) => {
    for (let step = 0, wasThere = true; wasThere; step += 1) {
      const claims = new Claims();
      const others = remembering(loop, other);
      await committed(others, claims.of(1));
      // What is thrown inside of a pruning, nobody hears.
      const answers: (readonly [ReplayAnswer, where: string])[] = [];
      const ask = async (where: string) => answers.push([await others.claim(claims.of(1)), where]);
      const intruder = new AtStep(step, async (when, call) => void (await ask(`${when} ${call}`)));
      await forgetting(loop, backend, forgettingAll(claims), intruder.intruder);
      wasThere = intruder.wasThere;
      await ask("at the end");
      for (const [answer, where] of answers) {
        oneOf(answer, GONE, where);
      }
    }
  },
  "a receiver that dies while it forgets lets nothing pass again, and loses nothing": async (
    backend,
    _,
    other,
    loop = optimisticReplayStore,
  ) => {
    for (let step = 0, wasThere = true; wasThere; step += 1) {
      const claims = new Claims();
      const others = remembering(loop, other);
      await committed(others, claims.of(1));
      await released(others, claims.of(2, NOW + 1));
      let place = "";
      const intruder = new AtStep(step, (when, call) => {
        place = `${when} ${call}`;
        throw new Error("the receiver died");
      });
      await forgetting(loop, backend, forgettingAll(claims), intruder.intruder);
      wasThere = intruder.wasThere;
      oneOf(await others.claim(claims.of(1)), GONE, place);
      equal(await others.claim(claims.of(2, NOW + 1)), "claimed", place);
    }
  },
  "while the database is gone each call rejects, and afterwards it succeeds": async (
    backend,
    _,
    other,
    loop = optimisticReplayStore,
  ) => {
    for (const method of ["claim", "commit", "release"] as const) {
      for (let step = 0, wasThere = true; wasThere; step += 2) {
        const claims = new Claims();
        const others = remembering(loop, other);
        const claim = claims.of(1);
        await released(others, claims.of(1));
        if (method !== "claim") {
          equal(await others.claim(claim), "claimed");
        }
        const gone = new Error("the database is gone");
        const intruder = new AtStep(step, () => {
          throw gone;
        });
        // Another time than that of the claim, so that the entry has to be loaded.
        const call = { ...claim, now: NOW + 1 };
        const failure = await failureOf(() => remembering(loop, backend, intruder.intruder)[method](call));
        wasThere = intruder.wasThere;
        if (wasThere) {
          equal(failure, String(gone), `${method}, call ${step / 2 + 1}`);
          equal(await others[method](call), method === "claim" ? "claimed" : true);
        }
      }
    }
  },
  "a claim whose answer was lost is granted again to its own delivery alone": async (
    backend,
    claims,
    other,
    loop = optimisticReplayStore,
  ) => {
    const claim = claims.of(1);
    equal(await failureOf(() => losingAnswers(loop, backend).claim(claim)), LOST);
    const store = remembering(loop, other);
    equal(await store.claim(claims.of(1)), "event_in_progress");
    equal(await store.claim(claim), "claimed");
    equal(await store.commit(claim), true);
  },
  "a commit whose answer was lost counts, and the next one does not": async (
    backend,
    claims,
    other,
    loop = optimisticReplayStore,
  ) => {
    const claim = claims.of(1);
    const store = remembering(loop, other);
    equal(await store.claim(claim), "claimed");
    equal(await failureOf(() => losingAnswers(loop, backend).commit(claim)), LOST);
    equal(await store.commit(claim), false);
    equal(await store.claim(claims.of(1, NOW, later(2))), "event_duplicate");
  },
};

const LOST = "Error: the answer was lost";

/** A store whose changes are saved, but it never hears of it. */
const losingAnswers = (loop: Loop, backend: ReplayBackend) =>
  remembering(loop, backend, (when, call) => {
    if (when === "after" && call === "save") {
      throw new Error("the answer was lost");
    }
  });

/** What a call rejects with, as text. */
async function failureOf(call: () => unknown): Promise<string> {
  try {
    await call();
    return "no failure";
  } catch (error) {
    return String(error);
  }
}
