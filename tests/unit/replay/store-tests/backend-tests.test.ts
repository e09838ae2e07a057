/** Each of the published tests of backends finds the mistakes that it is for. */

import assert from "node:assert/strict";
import { describe, test } from "vitest";
import type { ReplayBackend, ReplayRecord } from "../../../../pkg/src/replay/backend.js";
import { BACKEND_TESTS } from "../../../../pkg/src/replay/store-tests/backend-tests.js";
import type { ReplayEntry } from "../../../../pkg/src/replay/decision.js";
import type { Loop } from "../../../../pkg/src/replay/store-tests/intruder.js";
import { optimisticReplayStore } from "../../../../pkg/src/replay/optimistic.js";
import { RACE_TESTS } from "../../../../pkg/src/replay/store-tests/race-tests.js";
import { replayStoreTests } from "../../../../pkg/src/replay/store-tests/store-tests.js";
import type { ReplayClaim, ReplayStore } from "../../../../pkg/src/replay/store.js";
import { memoryReplayStore } from "../../../../pkg/src/replay/stores/memory.js";
import { Claims } from "../../../../pkg/src/replay/store-tests/test-claims.js";
import { upTo } from "../claims.js";
import { AtomicBackend, Partition, SingleRecordBackend, isSame } from "./backend-in-memory.js";

/** A backend, or what makes stores of backends, with a mistake. */
type Wrong = { readonly backend: ReplayBackend } | { readonly loop: Loop };

/** A backend with these functions in place of its own. */
function wrong(change: (good: AtomicBackend) => Partial<ReplayBackend>): () => Wrong {
  return () => {
    const good = new AtomicBackend();
    const { load, save, oldest, raiseFloor, forget } = Object.fromEntries(
      (["load", "save", "oldest", "raiseFloor", "forget"] as const).map((name) => [
        name,
        (good[name] as () => unknown).bind(good),
      ]),
    ) as unknown as ReplayBackend;
    return { backend: { load, save, oldest, raiseFloor, forget, ...change(good) } };
  };
}

type Steps = Partial<
  Pick<Partition, "replace" | "isExpected" | "isTooHigh" | "raiseLatest" | "raiseFloor" | "delete">
> &
  Partial<Pick<Partition, "sorted">>;

/** A backend each step of which is as good as its own, but these. */
function wrongStep(change: (partition: Partition) => Steps, open = () => new AtomicBackend()): () => Wrong {
  return () => {
    const backend = open();
    backend.begin = () => {
      const partition = new Partition();
      return Object.assign(partition, change(partition));
    };
    return { backend };
  };
}

/** A loop over a backend whose functions these change. */
const wrongLoop = (change: (good: ReplayBackend) => Partial<ReplayBackend>) => (): Wrong => ({
  loop: (backend) => optimisticReplayStore({ ...backend, ...change(backend) }),
});

/** Ends after some other steps of others. */
async function later(): Promise<void> {
  for (const _ of upTo(Math.floor(5 * Math.random()))) {
    await null;
  }
}

const good = Partition.prototype;
const EMPTY = { bounds: { floor: 0, latest: null } };
/** The number, as it comes back where it is kept with 15 digits. */
const rounded = (number: number) => Number(number.toPrecision(15));
const textual = (one: number, other: number) => (String(one) < String(other) ? -1 : 1);
const without = (entry: ReplayEntry | undefined, field: keyof ReplayEntry) =>
  entry && { ...entry, [field]: 0 as never };
const ignoring = (field: keyof ReplayEntry) =>
  wrongStep(() => ({ isExpected: (entry, before) => isSame(without(entry, field), without(before, field)) }));
const forgettingWithout = (field: keyof ReplayEntry) =>
  wrongStep((partition) => ({
    delete({ id, entry }) {
      if (isSame(without(partition.records.get(id)?.entry, field), without(entry, field))) {
        partition.records.delete(id);
      }
    },
  }));

/** It keeps fewer digits of this field. */
const rounding = (field: "lease" | "until") =>
  wrong((good) => ({
    save: (claim, change) =>
      good.save(claim, { ...change, after: { ...change.after, [field]: rounded(change.after[field]) } }),
  }));
/** It changes the names of partitions. */
const naming = (change: (name: string) => string) => (): Wrong => {
  const backend = new AtomicBackend();
  const at = backend.at.bind(backend);
  backend.at = (claim) => at({ ...claim, partition: change(claim.partition) });
  return { backend };
};
/** This method gives this answer where it should reject. */
const hearingNoFailure = (method: keyof ReplayStore, answer: unknown) => (): Wrong => ({
  loop(backend) {
    const store = optimisticReplayStore(backend);
    return {
      ...store,
      [method]: async (claim: ReplayClaim) => (async () => store[method](claim))().catch(() => answer),
    };
  },
});

const checkingNoFloor = wrongStep(() => ({ isTooHigh: () => false }));
const forgettingUnseen = wrongStep((partition) => ({ delete: ({ id }) => void partition.records.delete(id) }));
const raisingNothing = wrongStep(() => ({ raiseFloor: () => {} }));
const savingNoSame = wrongStep((partition) => ({
  replace: (claim, change) => !isSame(change.before, change.after) && good.replace.call(partition, claim, change),
}));
/** It checks the floor late, and leaves the claim there. */
const keepingLate = wrongStep(
  (partition) => ({ delete: (record) => record.entry.state !== 2 && good.delete.call(partition, record) }),
  () => new SingleRecordBackend(),
);
const overwriting = wrongStep(() => ({ isExpected: (entry, before) => before === undefined || isSame(entry, before) }));
/** What is there already counts as saved. */
const countingAsSaved = wrong((good) => ({
  async save(claim, change) {
    const saved = await good.save(claim, change);
    const { records, bounds } = good.at(claim);
    return saved ?? (isSame(records.get(claim.id)?.entry, change.after) ? bounds : undefined);
  },
}));
const forgettingFirst = wrongLoop((backend) => {
  let raise = async () => {};
  return {
    async raiseFloor(claim, floor) {
      raise = async () => backend.raiseFloor(claim, floor);
    },
    async forget(claim, records) {
      await backend.forget(claim, records);
      await raise();
    },
  };
});

const MISTAKES: Readonly<Record<string, readonly (readonly [wrong: () => Wrong, says: string | RegExp])[]>> = {
  "a partition begins without events, floor and newest time": [
    [
      wrong((good) => ({ load: async (claim) => ({ ...(await good.load(claim)), entry: null as never }) })),
      "expected no entry, got null",
    ],
    [
      wrong((good) => ({ load: async (claim) => ({ ...(await good.load(claim)), bounds: { floor: 0, latest: 0 } }) })),
      'expected {"floor":0,"latest":null}, got {"floor":0,"latest":0}',
    ],
    [
      wrong((good) => ({
        oldest: async (...rest) => ({ ...(await good.oldest(...rest)), bounds: { floor: 0, latest: 0 } }),
      })),
      'expected {"floor":0,"latest":null}, got {"floor":0,"latest":0}',
    ],
    [
      wrong((good) => ({ oldest: async (...rest) => ({ ...(await good.oldest(...rest)), count: 1 }) })),
      "expected count 0, got count 1",
    ],
  ],
  "what is saved is found again, in every field, and also numbers of 53 bits": [
    [rounding("lease"), "expected [2,9007199254740991,9007199254740990], got [2,9007199254740990,9007199254740990]"],
    [rounding("until"), "expected [2,9007199254740990,9007199254740991], got [2,9007199254740990,9007199254740990]"],
    [
      wrong((good) => ({
        save: (claim, change) => good.save({ ...claim, timestamp: rounded(claim.timestamp) }, change),
      })),
      "expected 9007199254740991, got 9007199254740990",
    ],
    [
      wrong((good) => ({
        async load(claim) {
          const { entry, bounds } = await good.load(claim);
          return { bounds, entry: entry && { ...entry, lease: BigInt(entry.lease) as never } };
        },
      })),
      'expected [2,0,0], got [2,"0n",0]',
    ],
    [
      wrong((good) => ({
        async oldest(...rest) {
          const { records, ...more } = await good.oldest(...rest);
          return { ...more, records: records.map((record) => ({ ...record, id: record.id.slice(0, 32) })) };
        },
      })),
      "expected 0000000100000001000000010000000100000001000000010000000100000001, got 00000001000000010000000100000001",
    ],
    [
      wrong((good) => ({
        async oldest(...rest) {
          const { records, ...more } = await good.oldest(...rest);
          return { ...more, records: records.map((record) => ({ ...record, entry: { ...record.entry, lease: 0 } })) };
        },
      })),
      "expected [2,9007199254740991,9007199254740990], got [2,0,9007199254740990]",
    ],
  ],
  "a save answers with the bounds of now": [
    [
      wrong((good) => ({
        save: async (...rest) => (await good.save(...rest)) && { floor: 0, latest: null },
      })),
      'expected {"floor":0,"latest":1767225600002}, got {"floor":0,"latest":null}',
    ],
    [
      wrong((good) => ({
        async save(...rest) {
          const bounds = await good.save(...rest);
          return bounds && { ...bounds, floor: 0 };
        },
      })),
      'expected {"floor":1767225599997,"latest":1767225600002}, got {"floor":0,"latest":1767225600002}',
    ],
    [
      wrong((good) => ({
        async save(...rest) {
          const bounds = await good.save(...rest);
          return bounds && { ...bounds, latest: rounded(bounds.latest ?? 0) || null };
        },
      })),
      'expected {"floor":9007199254740990,"latest":9007199254740991}, got {"floor":9007199254740990,"latest":9007199254740990}',
    ],
    [
      wrong((good) => ({ save: async (...rest) => void (await good.save(...rest)) })),
      'expected {"floor":0,"latest":null}, got undefined',
    ],
  ],
  "a change that expects no entry is saved only if there is none": [
    [overwriting, "expected false, got true"],
    [
      // It overwrites what was released.
      wrongStep(() => ({
        isExpected: (entry, before) => (before === undefined && entry?.state === 1) || isSame(entry, before),
      })),
      "expected false, got true",
    ],
    [
      wrong((good) => ({
        save: async (claim, change) => (await good.save(claim, change)) ?? { floor: 0, latest: null },
      })),
      "expected false, got true",
    ],
    [
      wrong((good) => ({ save: async (claim, change) => (await good.save(claim, change)) ?? (null as never) })),
      "expected false, got true",
    ],
  ],
  "a change that expects an entry is not saved if the event is not remembered": [
    [
      wrongStep(() => ({ isExpected: (entry, before) => entry === undefined || isSame(entry, before) })),
      "expected false, got true",
    ],
    [
      wrong((good) => ({
        async save(claim, change) {
          good.at(claim).raiseLatest(change.latest);
          return good.save(claim, change);
        },
      })),
      'expected {"floor":0,"latest":null}, got {"floor":0,"latest":1767225600000}',
    ],
  ],
  "a change is saved only if the entry has the state that it expects": [
    [ignoring("state"), "expected false, got true"],
  ],
  "a change is saved only if the claim has the lease that it expects": [
    [ignoring("lease"), "expected false, got true"],
    [
      wrongStep(() => ({
        isExpected: (entry, before) =>
          isSame(without(entry, "lease"), without(before, "lease")) &&
          rounded(entry?.lease ?? 0) === rounded(before?.lease ?? 0),
      })),
      "expected false, got true",
    ],
  ],
  "a change is saved only if the claim has the end that it expects": [
    [ignoring("until"), "expected false, got true"],
    [
      wrongStep(() => ({
        isExpected: (entry, before) =>
          isSame(without(entry, "until"), without(before, "until")) &&
          rounded(entry?.until ?? 0) === rounded(before?.until ?? 0),
      })),
      "expected false, got true",
    ],
  ],
  "a change that changes nothing counts as saved": [[savingNoSame, "expected true, got false"]],
  "a new event is saved at the highest floor that it allows, and nothing of it above that": [
    [checkingNoFloor, "expected false, got true"],
    [
      wrongStep((p) => ({ isTooHigh: (max) => max !== undefined && p.bounds.floor > max + 1 })),
      "expected false, got true",
    ],
    [
      wrongStep((p) => ({ isTooHigh: (max) => max !== undefined && p.bounds.floor >= max })),
      "expected true, got false",
    ],
    [
      wrongStep((p) => ({
        isTooHigh: (max) => max !== undefined && textual(p.bounds.floor, max) > 0 && p.bounds.floor !== max,
      })),
      "expected false, got true",
    ],
    [
      wrongStep((p) => ({ isTooHigh: (max) => max !== undefined && rounded(p.bounds.floor) > rounded(max) })),
      "expected false, got true",
    ],
    // Checked late, the entry must go again.
    [keepingLate, "expected 0 events, got 1 events"],
  ],
  "a change that names no highest floor is saved at any floor": [
    [
      wrong((good) => ({
        save: (claim, change) => good.save(claim, { maxFloor: claim.timestamp, ...change }),
      })),
      "expected true, got false",
    ],
  ],
  "a commit raises the newest time, and never lowers it": [
    [wrongStep(() => ({ raiseLatest: () => {} })), 'expected {"floor":0,"latest":0}, got {"floor":0,"latest":null}'],
    [
      wrongStep((p) => ({
        raiseLatest(latest) {
          p.bounds = { ...p.bounds, latest: latest ?? p.bounds.latest };
        },
      })),
      'expected {"floor":0,"latest":1}, got {"floor":0,"latest":0}',
    ],
    [
      wrongStep((p) => ({
        raiseLatest: (latest) => textual(latest ?? 0, p.bounds.latest ?? 0) > 0 && good.raiseLatest.call(p, latest),
      })),
      'expected {"floor":0,"latest":10}, got {"floor":0,"latest":9}',
    ],
    [
      wrongStep((p) => ({ raiseLatest: (latest) => good.raiseLatest.call(p, latest || undefined) })),
      'expected {"floor":0,"latest":0}, got {"floor":0,"latest":null}',
    ],
  ],
  "the newest time stays if nothing is saved, and where a change does not name it": [
    [
      wrong((good) => ({
        async save(claim, change) {
          good.at(claim).raiseLatest(change.latest);
          return good.save(claim, change);
        },
      })),
      'expected {"floor":0,"latest":1767225600000}, got {"floor":0,"latest":1767225600009}',
    ],
    [
      wrong((good) => ({ save: (claim, change) => good.save(claim, { latest: claim.timestamp, ...change }) })),
      'expected {"floor":0,"latest":1767225600000}, got {"floor":0,"latest":1767225600003}',
    ],
  ],
  "the floor is raised, and never lowered": [
    [raisingNothing, 'expected {"floor":1,"latest":null}, got {"floor":0,"latest":null}'],
    [
      wrongStep((p) => ({
        raiseFloor(floor) {
          p.bounds = { ...p.bounds, floor };
        },
      })),
      'expected {"floor":1,"latest":null}, got {"floor":0,"latest":null}',
    ],
    [
      wrongStep((p) => ({
        raiseFloor: (floor) => textual(floor, p.bounds.floor) > 0 && good.raiseFloor.call(p, floor),
      })),
      'expected {"floor":10,"latest":null}, got {"floor":9,"latest":null}',
    ],
    [
      wrongStep((p) => ({ raiseFloor: (floor) => good.raiseFloor.call(p, rounded(floor)) })),
      'expected {"floor":9007199254740991,"latest":null}, got {"floor":9007199254740990,"latest":null}',
    ],
  ],
  "the floor and the newest time are told apart, and raising one of them leaves events as they are": [
    [
      wrongStep((p) => ({ raiseFloor: (floor) => (good.raiseFloor.call(p, floor), good.raiseLatest.call(p, floor)) })),
      'expected {"floor":1767225600005,"latest":1767225600000}, got {"floor":1767225600005,"latest":1767225600005}',
    ],
    [
      wrongStep((p) => ({
        raiseFloor(floor) {
          good.raiseFloor.call(p, floor);
          p.sorted().forEach((record) => record.timestamp < floor && p.delete(record));
        },
      })),
      "expected 1 events, got 0 events",
    ],
  ],
  "partitions share nothing, also where their names look alike": [
    [naming((name) => name.toLowerCase()), "expected true, got false"],
    [naming((name) => name.trim()), "expected true, got false"],
    [naming((name) => name.normalize()), "expected true, got false"],
    [naming((name) => name.slice(0, 255)), "expected true, got false"],
    [naming((name) => name.slice(0, 48)), "expected true, got false"],
    [naming((name) => name.replace(/[%_*{}]/g, "")), "expected true, got false"],
    [
      () => {
        const backend = new AtomicBackend();
        const { records } = new Partition();
        backend.begin = () => Object.assign(new Partition(), { records });
        return { backend };
      },
      "expected true, got false",
    ],
    [
      () => {
        const backend = new AtomicBackend();
        const forget = backend.forget.bind(backend);
        backend.forget = async (claim, records) => {
          for (const partition of backend.partitions.keys()) {
            await forget({ ...claim, partition }, records);
          }
        };
        return { backend };
      },
      "expected count 2, got count 1",
    ],
  ],
  "the oldest events come first, their times compared as numbers": [
    [
      wrongStep((p) => ({
        sorted: () => [...p.records.values()].sort((one, other) => textual(one.timestamp, other.timestamp)),
      })),
      "expected 9, got 10",
    ],
    [wrongStep((p) => ({ sorted: () => good.sorted.call(p).reverse() })), "expected 0, got 9007199254740991"],
    [wrongStep((p) => ({ sorted: () => [...p.records.values()] })), "expected 0, got 9007199254740991"],
    [
      wrongStep((p) => ({
        sorted: () => [...p.records.values()].sort((one, other) => rounded(one.timestamp) - rounded(other.timestamp)),
      })),
      "expected 9007199254740990, got 9007199254740991",
    ],
    [
      wrongStep((p) => ({
        sorted: () => [...p.records.values()].sort((one, other) => (one.timestamp | 0) - (other.timestamp | 0)),
      })),
      "expected 0, got 2147483648",
    ],
    [wrong((good) => ({ oldest: (claim) => good.oldest(claim, Infinity) })), "expected 4 events, got 10 events"],
    [
      wrong((good) => ({
        async oldest(...rest) {
          const oldest = await good.oldest(...rest);
          return { ...oldest, count: oldest.records.length };
        },
      })),
      "expected count 10, got count 1",
    ],
  ],
  "events of one time are remembered and forgotten by their ids": [
    [
      wrong((good) => {
        const see = (claim: Parameters<ReplayBackend["load"]>[0]) => ({ ...claim, id: String(claim.timestamp) });
        return { load: (claim) => good.load(see(claim)), save: (claim, change) => good.save(see(claim), change) };
      }),
      "expected true, got false",
    ],
    [
      wrongStep((p) => ({
        delete: ({ timestamp }) =>
          p.sorted().forEach((record) => record.timestamp === timestamp && p.records.delete(record.id)),
      })),
      "expected 1 events, got 0 events",
    ],
    [
      wrong((good) => ({ forget: (claim, records) => good.forget(claim, records.slice(0, 1)) })),
      "expected 1 events, got 2 events",
    ],
  ],
  "each event counts once, until it is forgotten": [
    [
      () => {
        const backend = new AtomicBackend();
        let count = 0;
        const { save, oldest } = { save: backend.save.bind(backend), oldest: backend.oldest.bind(backend) };
        backend.save = async (claim, change) => {
          count += 1;
          return save(claim, change);
        };
        backend.oldest = async (...rest) => ({ ...(await oldest(...rest)), count });
        return { backend };
      },
      "expected count 2, got count 5",
    ],
    [
      () => {
        const backend = new AtomicBackend();
        let gone = 0;
        const { forget, oldest } = { forget: backend.forget.bind(backend), oldest: backend.oldest.bind(backend) };
        backend.forget = async (claim, records) => {
          // One for each that it was asked for, also where it deletes none.
          gone += records.length - records.filter(({ id }) => backend.at(claim).records.has(id)).length;
          return forget(claim, records);
        };
        backend.oldest = async (...rest) => {
          const found = await oldest(...rest);
          return { ...found, count: found.count - gone };
        };
        return { backend };
      },
      "expected count 1, got count 0",
    ],
  ],
  "an event is forgotten only if its entry is still the same in every field": [
    [forgettingUnseen, "expected 7 events, got 1 events"],
    [forgettingWithout("state"), "expected 7 events, got 5 events"],
    [forgettingWithout("lease"), "expected 7 events, got 6 events"],
    [forgettingWithout("until"), "expected 7 events, got 6 events"],
    [wrongStep(() => ({ delete: () => {} })), "expected 7 events, got 8 events"],
    [
      wrong((good) => ({
        async forget(claim, records) {
          for (const record of records) {
            const { entry } = await good.load({ ...claim, id: record.id });
            if (!isSame(entry, record.entry)) {
              return;
            }
            await good.forget(claim, [record]);
          }
        },
      })),
      "expected 7 events, got 8 events",
    ],
    [
      wrong((good) => ({
        async forget(claim, records) {
          const isLooked = ({ id, entry }: ReplayRecord) => isSame(good.at(claim).records.get(id)?.entry, entry);
          if (records.every(isLooked)) {
            await good.forget(claim, records);
          }
        },
      })),
      "expected 7 events, got 8 events",
    ],
    [
      wrong((good) => ({
        forget: (claim) =>
          good.forget(
            claim,
            good
              .at(claim)
              .sorted()
              .filter(({ entry }) => entry.state === 3),
          ),
      })),
      "expected 7 events, got 4 events",
    ],
  ],
  "forgetting leaves the floor and the newest time, and needs no event": [
    [
      wrong((good) => ({
        async forget(claim, records) {
          await good.forget(claim, records);
          if (good.at(claim).records.size === 0) {
            good.partitions.delete(claim.partition);
          }
        },
      })),
      'expected {"floor":1767225599999,"latest":1767225600000}, got {"floor":0,"latest":null}',
    ],
    [
      wrong((good) => ({
        async forget(claim, records) {
          if (records.length === 0) {
            throw new Error("forgets nothing");
          }
          await good.forget(claim, records);
        },
      })),
      "forgets nothing",
    ],
    [
      wrong((good) => ({
        forget: (claim, records) => good.forget(claim, records.length === 0 ? good.at(claim).sorted() : records),
      })),
      "expected [3,0,0], got no entry",
    ],
    [
      wrong((good) => ({
        async forget(claim, records) {
          if (!records.every(({ id }) => good.at(claim).records.has(id))) {
            throw new Error("has no such event");
          }
          await good.forget(claim, records);
        },
      })),
      "has no such event",
    ],
  ],
  "of many receivers that save a change of one entry at once, one does": [
    [
      wrong((good) => ({
        async save(claim, { before, after }) {
          const { id, timestamp } = claim;
          const { records, bounds } = good.at(claim);
          if (!isSame(records.get(id)?.entry, before)) {
            return undefined;
          }
          await null;
          records.set(id, { id, timestamp, entry: after });
          return bounds;
        },
      })),
      "expected 1, got 16",
    ],
    [countingAsSaved, "expected 1, got 16"],
  ],
  "many receivers at once begin a partition, and lose no event, floor or newest time": [
    [
      wrong((good) => ({
        async raiseFloor(claim, floor) {
          const { bounds } = await good.load(claim);
          await null;
          if (floor > bounds.floor) {
            good.at(claim).bounds = { ...good.at(claim).bounds, floor };
          }
        },
      })),
      'expected {"floor":16,"latest":1767225600015}, got {"floor":12,"latest":1767225600015}',
    ],
    [
      wrong((good) => ({
        async save(claim, { latest, ...change }) {
          const { bounds } = await good.load(claim);
          const saved = await good.save(claim, change);
          if (saved && latest !== undefined) {
            good.at(claim).bounds = { ...good.at(claim).bounds, latest: Math.max(latest, bounds.latest ?? 0) };
          }
          return saved;
        },
      })),
      'expected {"floor":16,"latest":1767225600015}, got {"floor":16,"latest":1767225600011}',
    ],
    [
      wrong((good) => {
        let isBegun = false;
        return {
          async save(claim, change) {
            const wasBegun = isBegun;
            await null;
            if (!wasBegun && isBegun) {
              throw new Error("the partition is there already");
            }
            isBegun = true;
            return good.save(claim, change);
          },
        };
      }),
      "the partition is there already",
    ],
  ],
  "an event that others deliver and forget before it is saved is refused": [
    [checkingNoFloor, "expected event_stale, got claimed"],
    [raisingNothing, "expected event_stale, got claimed"],
    [
      wrongLoop((backend) => ({ save: (claim, { maxFloor: _, ...change }) => backend.save(claim, change) })),
      "expected event_stale, got claimed",
    ],
  ],
  "an event is committed once, and none is lost, whatever others do between two calls": [
    [checkingNoFloor, "expected 1, got 2: a new event, and a delivery and a forgetting at step 0 of a commit"],
    [raisingNothing, "expected 1, got 2: a new event, and a delivery and a forgetting at step 0 of a commit"],
    [ignoring("state"), "expected 1, got 2: a failed event, and a delivery at step 4 of a commit"],
    [
      overwriting,
      "expected event_duplicate or event_stale, got claimed: a new event, and a claim at step 0 of a commit",
    ],
    [
      wrongStep(() => ({ isExpected: (entry, before) => entry === undefined || isSame(entry, before) })),
      "expected 1, got 2: a new event, and a delivery and a forgetting at step 2 of a commit",
    ],
    [
      wrongLoop((backend) => ({ save: (claim, { maxFloor: _, ...change }) => backend.save(claim, change) })),
      "expected 1, got 2: a new event, and a delivery and a forgetting at step 0 of a commit",
    ],
  ],
  "an event that is forgotten while many receivers save it as new is not saved": [
    [
      wrong((good) => ({
        async save(claim, change) {
          const { bounds } = await good.load(claim);
          if (change.maxFloor !== undefined && bounds.floor > change.maxFloor) {
            return undefined;
          }
          for (const _ of upTo(20)) {
            await null;
          }
          return good.save(claim, { ...change, maxFloor: undefined });
        },
      })),
      "expected false, got true",
    ],
    [keepingLate, /^expected no entry, got \[2,\d+,1767225601000\]$/],
  ],
  "a lapsed claim that is taken over while it is forgotten is kept or not granted": [
    [
      wrong((good) => ({
        async forget(claim, records) {
          for (const record of records) {
            const { entry } = await good.load({ ...claim, id: record.id });
            await null;
            if (isSame(entry, record.entry)) {
              good.at(claim).records.delete(record.id);
            }
          }
        },
      })),
      /^expected \[2,\d+,1767225602000\], got no entry$/,
    ],
  ],
  "what others claim again, or commit, while it is about to be forgotten stays": [
    [forgettingUnseen, /^expected \[2,\d+,1767225602000\], got no entry: after oldest$/],
    [forgettingWithout("until"), /^expected \[2,\d+,1767225602000\], got no entry: after oldest$/],
  ],
  "while events are forgotten, none of them passes again": [
    [raisingNothing, "expected event_duplicate or event_stale, got claimed: at the end"],
    [forgettingFirst, "expected event_duplicate or event_stale, got claimed: after forget"],
  ],
  "a receiver that dies while it forgets lets nothing pass again, and loses nothing": [
    [raisingNothing, "expected event_duplicate or event_stale, got claimed: after forget"],
    [forgettingFirst, "expected event_duplicate or event_stale, got claimed: after forget"],
    [
      wrongStep((p) => ({ raiseFloor: (floor) => good.raiseFloor.call(p, floor + 1) })),
      "expected claimed, got event_stale: after forget",
    ],
  ],
  "while the database is gone each call rejects, and afterwards it succeeds": [
    [
      hearingNoFailure("claim", { code: "claimed" }),
      "expected Error: the database is gone, got no failure: claim, call 1",
    ],
    [hearingNoFailure("commit", true), "expected Error: the database is gone, got no failure: commit, call 1"],
    [hearingNoFailure("release", true), "expected Error: the database is gone, got no failure: release, call 1"],
    [
      wrongLoop((backend) => ({
        load: async (claim) => (await Promise.resolve(backend.load(claim)).catch(() => undefined)) ?? EMPTY,
      })),
      "expected Error: the database is gone, got no failure: claim, call 2",
    ],
  ],
  "a claim whose answer was lost is granted again to its own delivery alone": [
    [savingNoSame, "other receivers changed what is remembered of this event 16 times while it was being changed"],
    [overwriting, "expected event_in_progress, got claimed"],
  ],
  "a commit whose answer was lost counts, and the next one does not": [
    [countingAsSaved, "expected false, got true"],
    [
      wrong((good) => ({
        save: (claim, change) =>
          isSame(change.after, { state: 3, lease: 0, until: 0 }) && change.before?.until !== undefined
            ? good.save(claim, { ...change, after: { state: 1, lease: 0, until: 0 } })
            : good.save(claim, change),
      })),
      "expected event_duplicate, got claimed",
    ],
  ],
};

const TESTS = { ...BACKEND_TESTS, ...RACE_TESTS };
for (const [name, mistakes] of Object.entries(MISTAKES)) {
  describe(`“${name}”`, () => {
    for (const [index, [open, says]] of mistakes.entries()) {
      test(`says “${String(says)}” of mistake ${index + 1}`, async () => {
        const made = open();
        const backend = "backend" in made ? made.backend : new AtomicBackend();
        const loop = "loop" in made ? made.loop : undefined;
        const run = async () => TESTS[name]?.(backend, new Claims(), backend, loop);
        await assert.rejects(run, typeof says === "string" ? new Error(says) : { message: says });
      });
    }
  });
}

test("a loop that never forgets is found out", async () => {
  const never: Loop = (backend) => optimisticReplayStore({ ...backend, oldest: () => new Promise(() => {}) });
  await assert.rejects(
    async () =>
      TESTS["while events are forgotten, none of them passes again"]?.(
        new AtomicBackend(),
        new Claims(),
        new AtomicBackend(),
        never,
      ),
    new Error("expected a look for the oldest events, got none in 10,000 claims"),
  );
});

test("every published test of backends has a mistake that it must find", () => {
  assert.deepEqual(Object.keys(MISTAKES), Object.keys(TESTS));
});

test("a backend adds its tests to those of a store, which are the same without one", () => {
  const names = (tests: readonly { readonly name: string }[]) => tests.map(({ name }) => name);
  const ofStores = names(replayStoreTests(memoryReplayStore));
  assert.equal(ofStores.length, 18);
  const all = names(replayStoreTests(memoryReplayStore, () => new AtomicBackend()));
  assert.deepEqual(all, [...ofStores, ...Object.keys(TESTS)]);
  assert.equal(new Set(all).size, all.length);
});

describe.each([
  ["one step for each call", () => new AtomicBackend()],
  ["one record for each step", () => new SingleRecordBackend()],
  [
    "one record for each step, and others in between",
    () => Object.assign(new SingleRecordBackend(), { between: later }),
  ],
])("a backend with %s passes the published tests:", (_, open) => {
  const backend = open();
  for (const { name, run } of replayStoreTests(
    () => optimisticReplayStore(backend),
    () => backend,
  )) {
    test(name, run);
  }
});

test("the tests ask of a backend what the loop asks of it", async () => {
  const isInteger = (number: number) => Number.isSafeInteger(number) && number >= 0;
  const isEntry = ({ state, lease, until }: ReplayEntry) =>
    isInteger(lease) && isInteger(until) && (state === 2 || (lease === 0 && until === 0));
  const times = new Map<string, number>();
  const look = ({ partition, id, timestamp, lease, now }: ReplayClaim) => {
    assert.match(id, /^[0-9a-f]{64}$/);
    assert.match(partition, /conformance-[0-9a-f-]{36}/);
    assert.ok([timestamp, lease, now].every(isInteger));
    const event = JSON.stringify([partition, id]);
    assert.equal(timestamp, times.get(event) ?? timestamp);
    times.set(event, timestamp);
  };
  const good = new AtomicBackend();
  const backend: ReplayBackend = {
    load(claim) {
      look(claim);
      return good.load(claim);
    },
    save(claim, change) {
      look(claim);
      // The floor matters only for an event that is not remembered, the newest time only for one that is.
      assert.equal(change.before === undefined, change.maxFloor !== undefined);
      assert.ok(change.before !== undefined || (change.latest === undefined && change.after.state === 2));
      assert.ok(isEntry(change.after) && [change.maxFloor ?? 0, change.latest ?? 0].every(isInteger));
      return good.save(claim, change);
    },
    oldest(claim, limit) {
      assert.ok(Number.isSafeInteger(limit) && limit > 0);
      return good.oldest(claim, limit);
    },
    raiseFloor(claim, floor) {
      assert.ok(isInteger(floor));
      return good.raiseFloor(claim, floor);
    },
    forget(claim, records) {
      assert.ok(records.every(({ id, entry }) => /^[0-9a-f]{64}$/.test(id) && isEntry(entry)));
      return good.forget(claim, records);
    },
  };
  for (const run of Object.values(TESTS)) {
    await run(backend, new Claims(), backend);
  }
});
