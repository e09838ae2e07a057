/** What each function of a backend has to do, as tests for any test runner. */

import type { ReplayBackend, ReplayChange, ReplayRecord } from "../backend.js";
import { DONE_ENTRY, OPEN_ENTRY, type ReplayBounds, type ReplayEntry } from "../decision.js";
import type { ReplayClaim } from "../store.js";
import { Claims, NOW, equal, upTo } from "./test-claims.js";

/** `other` is the backend of another receiver, or the same one. */
export type BackendTest = (backend: ReplayBackend, claims: Claims, other: ReplayBackend) => Promise<void>;

const HIGHEST = 2 ** 53 - 1;

/** Where texts, 32-bit integers or inexact numbers are compared, these are equal or the other way around. */
const lowerAndHigher = (): readonly (readonly [lower: number, higher: number])[] => [
  [0, 1],
  [9, 10],
  [2 ** 31 - 1, 2 ** 31],
  [NOW, NOW + 1],
  [HIGHEST - 1, HIGHEST],
];

/** What is saved of a claim that is granted. */
export const claimed = ({ lease, now, limits }: ReplayClaim): ReplayEntry => ({
  state: 2,
  lease,
  until: now + limits.leaseMs,
});

/** Claims a new event. */
export const asNew = (claim: ReplayClaim): ReplayChange => ({ after: claimed(claim), maxFloor: claim.timestamp });

export const recordOf = ({ id, timestamp }: ReplayClaim, entry: ReplayEntry): ReplayRecord => ({
  id,
  timestamp,
  entry,
});

export async function isSaved(backend: ReplayBackend, claim: ReplayClaim, change: ReplayChange): Promise<boolean> {
  return (await backend.save(claim, change)) !== undefined;
}

/** Saves an event that is not remembered yet, whatever the floor is. */
export async function insert(backend: ReplayBackend, claim: ReplayClaim, entry = claimed(claim)): Promise<void> {
  const isClaimed = entry.state === 2;
  equal(await isSaved(backend, claim, { after: isClaimed ? entry : claimed(claim), maxFloor: HIGHEST }), true);
  if (!isClaimed) {
    equal(await isSaved(backend, claim, { before: claimed(claim), after: entry }), true);
  }
}

export async function commit(backend: ReplayBackend, claim: ReplayClaim): Promise<void> {
  await insert(backend, claim);
  const { timestamp: latest } = claim;
  equal(await isSaved(backend, claim, { before: claimed(claim), after: DONE_ENTRY, latest }), true);
}

const text = (value: unknown) =>
  JSON.stringify(value, (_, part: unknown) => (typeof part === "bigint" ? `${part}n` : part));
// Null is no entry: a change would expect null, and name no highest floor.
const textOfEntry = (entry: ReplayEntry | null | undefined) =>
  entry === undefined ? "no entry" : text(entry && [entry.state, entry.lease, entry.until]);
const textOfBounds = ({ floor, latest }: ReplayBounds) => text({ floor, latest });
function areRecords(got: readonly ReplayRecord[], expected: readonly ReplayRecord[]): void {
  equal(`${got.length} events`, `${expected.length} events`);
  for (const [place, { id, timestamp, entry }] of expected.entries()) {
    const record = got[place] as ReplayRecord;
    equal(text(record.timestamp), text(timestamp));
    equal(record.id, id);
    equal(textOfEntry(record.entry), textOfEntry(entry));
  }
}

export async function hasEntry(backend: ReplayBackend, claim: ReplayClaim, entry: ReplayEntry | undefined, where = "") {
  equal(textOfEntry((await backend.load(claim)).entry), textOfEntry(entry), where);
}

export async function hasBounds(backend: ReplayBackend, claim: ReplayClaim, floor: number, latest: number | null) {
  equal(textOfBounds((await backend.load(claim)).bounds), textOfBounds({ floor, latest }));
  equal(textOfBounds((await backend.oldest(claim, 1)).bounds), textOfBounds({ floor, latest }));
}

async function hasCount(backend: ReplayBackend, claim: ReplayClaim, count: number): Promise<void> {
  equal(`count ${text((await backend.oldest(claim, 1)).count)}`, `count ${count}`);
}

/** Has these events and no other. */
async function hasRecords(backend: ReplayBackend, claim: ReplayClaim, records: readonly ReplayRecord[]): Promise<void> {
  areRecords((await backend.oldest(claim, records.length + 1)).records, records);
  await hasCount(backend, claim, records.length);
}

/** Asks both receivers in turn, and all at once. */
export const atOnce = <T>(
  count: number,
  [one, other]: readonly [ReplayBackend, ReplayBackend],
  ask: (backend: ReplayBackend, number: number) => T | PromiseLike<T>,
): Promise<T[]> => Promise.all(upTo(count).map(async (number) => ask(number % 2 === 0 ? one : other, number)));

export const BACKEND_TESTS: Readonly<Record<string, BackendTest>> = {
  "a partition begins without events, floor and newest time": async (backend, claims) => {
    await hasEntry(backend, claims.of(1), undefined);
    await hasBounds(backend, claims.of(1), 0, null);
    await hasRecords(backend, claims.of(1), []);
  },
  "what is saved is found again, in every field, and also numbers of 53 bits": async (backend, claims) => {
    const events: readonly (readonly [ReplayClaim, ReplayEntry])[] = [
      [claims.of(1, 0), { state: 2, lease: 0, until: 0 }],
      [claims.of(2, NOW), { state: 2, lease: HIGHEST, until: HIGHEST - 1 }],
      [claims.of(3, NOW + 1), OPEN_ENTRY],
      [claims.of(4, HIGHEST - 1), DONE_ENTRY],
      [claims.of(5, HIGHEST), { state: 2, lease: HIGHEST - 1, until: HIGHEST }],
    ];
    for (const [claim, entry] of events) {
      await insert(backend, claim, entry);
    }
    for (const [claim, entry] of events) {
      await hasEntry(backend, claim, entry);
    }
    await hasRecords(
      backend,
      claims.of(1),
      events.map(([claim, entry]) => recordOf(claim, entry)),
    );
  },
  "a save answers with the bounds of now": async (backend, claims) => {
    const answer = async (claim: ReplayClaim) => {
      const bounds = await backend.save(claim, asNew(claim));
      return bounds && textOfBounds(bounds);
    };
    equal(await answer(claims.of(1)), textOfBounds({ floor: 0, latest: null }));
    await commit(backend, claims.of(2, NOW + 2));
    equal(await answer(claims.of(3)), textOfBounds({ floor: 0, latest: NOW + 2 }));
    await backend.raiseFloor(claims.of(1), NOW - 3);
    equal(await answer(claims.of(4)), textOfBounds({ floor: NOW - 3, latest: NOW + 2 }));
    await commit(backend, claims.of(5, HIGHEST));
    await backend.raiseFloor(claims.of(1), HIGHEST - 1);
    equal(await answer(claims.of(6, HIGHEST - 1)), textOfBounds({ floor: HIGHEST - 1, latest: HIGHEST }));
  },
  "a change that expects no entry is saved only if there is none": async (backend, claims) => {
    const held = claims.of(3);
    for (const [event, entry] of [OPEN_ENTRY, DONE_ENTRY, claimed(held)].entries()) {
      await insert(backend, claims.of(event), entry);
      equal(await isSaved(backend, claims.of(event), asNew(claims.of(event))), false);
      await hasEntry(backend, claims.of(event), entry);
    }
  },
  "a change that expects an entry is not saved if the event is not remembered": async (backend, claims) => {
    const claim = claims.of(1);
    for (const before of [OPEN_ENTRY, DONE_ENTRY, claimed(claim)]) {
      equal(await isSaved(backend, claim, { before, after: claimed(claim) }), false);
    }
    equal(await isSaved(backend, claim, { before: claimed(claim), after: DONE_ENTRY, latest: NOW }), false);
    await hasRecords(backend, claim, []);
    await hasBounds(backend, claim, 0, null);
  },
  "a change is saved only if the entry has the state that it expects": async (backend, claims) => {
    const held = claimed(claims.of(3));
    for (const [event, entry] of [OPEN_ENTRY, DONE_ENTRY, held].entries()) {
      await insert(backend, claims.of(event), entry);
      for (const { state } of [OPEN_ENTRY, DONE_ENTRY, held].filter(({ state }) => state !== entry.state)) {
        equal(await isSaved(backend, claims.of(event), { before: { ...entry, state }, after: held }), false);
        await hasEntry(backend, claims.of(event), entry);
      }
      equal(await isSaved(backend, claims.of(event), { before: entry, after: OPEN_ENTRY }), true);
      await hasEntry(backend, claims.of(event), OPEN_ENTRY);
    }
  },
  "a change is saved only if the claim has the lease that it expects": async (backend, claims) => {
    const claim = claims.of(1, NOW, { lease: HIGHEST });
    await insert(backend, claim);
    for (const lease of [0, HIGHEST - 1]) {
      equal(await isSaved(backend, claim, { before: { ...claimed(claim), lease }, after: DONE_ENTRY }), false);
      await hasEntry(backend, claim, claimed(claim));
    }
    equal(await isSaved(backend, claim, { before: claimed(claim), after: DONE_ENTRY }), true);
  },
  "a change is saved only if the claim has the end that it expects": async (backend, claims) => {
    const held: ReplayEntry = { state: 2, lease: 1, until: HIGHEST };
    await insert(backend, claims.of(1), held);
    for (const until of [0, HIGHEST - 1]) {
      equal(await isSaved(backend, claims.of(1), { before: { ...held, until }, after: DONE_ENTRY }), false);
      await hasEntry(backend, claims.of(1), held);
    }
    equal(await isSaved(backend, claims.of(1), { before: held, after: DONE_ENTRY }), true);
  },
  "a change that changes nothing counts as saved": async (backend, claims) => {
    const claim = claims.of(1);
    await insert(backend, claim);
    equal(await isSaved(backend, claim, { before: claimed(claim), after: claimed(claim) }), true);
    await hasEntry(backend, claim, claimed(claim));
  },
  "a new event is saved at the highest floor that it allows, and nothing of it above that": async (backend) => {
    for (const [lower, higher] of lowerAndHigher()) {
      const claims = new Claims();
      const [below, at] = [claims.of(1, lower), claims.of(2, higher)];
      await backend.raiseFloor(at, higher);
      equal(await isSaved(backend, below, asNew(below)), false);
      await hasRecords(backend, at, []);
      equal(await isSaved(backend, at, asNew(at)), true);
      await hasRecords(backend, at, [recordOf(at, claimed(at))]);
    }
    const claims = new Claims();
    await backend.raiseFloor(claims.of(1), 9);
    equal(await isSaved(backend, claims.of(1, 10), asNew(claims.of(1, 10))), true);
  },
  "a change that names no highest floor is saved at any floor": async (backend, claims) => {
    const claim = claims.of(1);
    await insert(backend, claim);
    await backend.raiseFloor(claim, NOW + 1);
    equal(await isSaved(backend, claim, { before: claimed(claim), after: OPEN_ENTRY }), true);
    equal(await isSaved(backend, claim, { before: OPEN_ENTRY, after: claimed(claim) }), true);
    equal(await isSaved(backend, claim, { before: claimed(claim), after: DONE_ENTRY, latest: NOW }), true);
    await hasEntry(backend, claim, DONE_ENTRY);
  },
  "a commit raises the newest time, and never lowers it": async (backend) => {
    for (const [lower, higher] of lowerAndHigher()) {
      const claims = new Claims();
      for (const [event, [timestamp, latest]] of [
        [lower, lower],
        [higher, higher],
        [lower, higher],
      ].entries()) {
        const claim = claims.of(event, timestamp);
        await commit(backend, claim);
        await hasBounds(backend, claim, 0, latest as number);
      }
    }
  },
  "the newest time stays if nothing is saved, and where a change does not name it": async (backend, claims) => {
    const claim = claims.of(1);
    const change = { before: claimed(claim), after: DONE_ENTRY, latest: NOW + 9 };
    await commit(backend, claims.of(2));
    equal(await isSaved(backend, claim, change), false);
    await insert(backend, claims.of(1));
    equal(await isSaved(backend, claim, change), false);
    await insert(backend, claims.of(3, NOW + 3), OPEN_ENTRY);
    await hasBounds(backend, claim, 0, NOW);
  },
  "the floor is raised, and never lowered": async (backend) => {
    for (const [lower, higher] of lowerAndHigher()) {
      const claim = new Claims().of(1);
      for (const [floor, expected] of [
        [lower, lower],
        [higher, higher],
        [lower, higher],
      ] as const) {
        await backend.raiseFloor(claim, floor);
        await hasBounds(backend, claim, expected, null);
      }
    }
  },
  "the floor and the newest time are told apart, and raising one of them leaves events as they are": async (
    backend,
    claims,
  ) => {
    const done = claims.of(1);
    await commit(backend, done);
    await backend.raiseFloor(claims.of(2), NOW + 5);
    await hasBounds(backend, claims.of(2), NOW + 5, NOW);
    await hasRecords(backend, claims.of(2), [recordOf(done, DONE_ENTRY)]);
  },
  "partitions share nothing, also where their names look alike": async (backend, claims) => {
    const { partition } = claims;
    const long = partition.repeat(20);
    const alike = [
      "",
      "/a",
      "/A",
      "/a ",
      "/á",
      "/a\u0301",
      ":1",
      "%",
      "_",
      "*",
      ".$",
      "{1}",
      '"]',
      `${long}1`,
      `${long}2`,
    ];
    const all = [...alike.map((end) => new Claims(partition + end)), new Claims(`{${partition}}`)];
    const events = all.map((own, number) => [own.of(1), own.of(2, NOW + number)] as const);
    for (const [number, [claim, done]] of events.entries()) {
      await insert(backend, claim);
      await commit(backend, done);
      await backend.raiseFloor(claim, number);
    }
    for (const [number, [claim, done]] of events.entries()) {
      await hasBounds(backend, claim, number, NOW + number);
      await hasEntry(backend, claim, claimed(claim));
      await hasCount(backend, claim, 2);
      await backend.forget(claim, [recordOf(done, DONE_ENTRY)]);
    }
    for (const [claim] of events) {
      await hasRecords(backend, claim, [recordOf(claim, claimed(claim))]);
    }
  },
  "the oldest events come first, their times compared as numbers": async (backend, claims) => {
    const times = [HIGHEST, 10, 0, NOW + 1, 9, 2 ** 31, HIGHEST - 1, 100, NOW, 2 ** 31 - 1];
    const events = times.map((time, event) => claims.of(event, time));
    for (const claim of events) {
      await insert(backend, claim);
    }
    const sorted = [...events].sort((one, other) => one.timestamp - other.timestamp);
    await hasRecords(
      backend,
      claims.of(1),
      sorted.map((claim) => recordOf(claim, claimed(claim))),
    );
    areRecords(
      (await backend.oldest(claims.of(1), 4)).records,
      sorted.slice(0, 4).map((claim) => recordOf(claim, claimed(claim))),
    );
  },
  "events of one time are remembered and forgotten by their ids": async (backend, claims) => {
    const [one, other, third] = [claims.of(1), claims.of(2), claims.of(3)];
    for (const claim of [one, other, third]) {
      await insert(backend, claim);
    }
    equal((await backend.oldest(one, 2)).records.length, 2);
    await hasCount(backend, one, 3);
    await backend.forget(one, [recordOf(one, claimed(one)), recordOf(third, claimed(third))]);
    await hasEntry(backend, one, undefined);
    await hasRecords(backend, one, [recordOf(other, claimed(other))]);
  },
  "each event counts once, until it is forgotten": async (backend, claims) => {
    const claim = claims.of(1);
    await insert(backend, claims.of(2, NOW + 2), OPEN_ENTRY);
    await insert(backend, claim);
    equal(await isSaved(backend, claim, asNew(claim)), false);
    equal(await isSaved(backend, claim, { before: claimed(claim), after: DONE_ENTRY, latest: NOW }), true);
    await hasCount(backend, claim, 2);
    await backend.forget(claim, [recordOf(claim, DONE_ENTRY)]);
    await backend.forget(claim, [recordOf(claim, DONE_ENTRY)]);
    await hasCount(backend, claim, 1);
    await insert(backend, claim);
    await hasCount(backend, claim, 2);
  },
  "an event is forgotten only if its entry is still the same in every field": async (backend, claims) => {
    const looked = claims.of(1, NOW, { lease: HIGHEST });
    const held = claimed(looked);
    const zero: ReplayEntry = { state: 2, lease: 0, until: 0 };
    const changed: readonly (readonly [before: ReplayEntry, now: ReplayEntry])[] = [
      [OPEN_ENTRY, held],
      [held, DONE_ENTRY],
      [OPEN_ENTRY, zero],
      [zero, DONE_ENTRY],
      [held, { ...held, lease: HIGHEST - 1 }],
      [held, { ...held, until: held.until + 1 }],
    ];
    const events = changed.map(([, entry], event) => claims.of(event, NOW + event, { lease: entry.lease }));
    for (const [event, claim] of events.entries()) {
      await insert(backend, claim, changed[event]?.[1]);
    }
    // What is unchanged goes, before, between and after those that stay.
    const gone = upTo(20).map((event) => claims.of(100 + event, NOW + event));
    for (const claim of gone) {
      await insert(backend, claim, DONE_ENTRY);
    }
    const last = claims.of(200, NOW + 200);
    await insert(backend, last, DONE_ENTRY);
    const records = [
      ...events.map((claim, event) => recordOf(claim, changed[event]?.[0] as ReplayEntry)),
      ...gone.map((claim) => recordOf(claim, DONE_ENTRY)),
    ].sort((one, other) => one.timestamp - other.timestamp);
    await backend.forget(looked, records);
    await hasRecords(backend, looked, [
      ...events.map((claim, event) => recordOf(claim, changed[event]?.[1] as ReplayEntry)),
      recordOf(last, DONE_ENTRY),
    ]);
  },
  "forgetting leaves the floor and the newest time, and needs no event": async (backend, claims) => {
    const claim = claims.of(1);
    await backend.forget(claim, []);
    await backend.forget(claim, [recordOf(claim, DONE_ENTRY)]);
    await hasBounds(backend, claim, 0, null);
    await commit(backend, claim);
    await backend.raiseFloor(claim, NOW - 1);
    await backend.forget(claim, []);
    await hasEntry(backend, claim, DONE_ENTRY);
    await backend.forget(claim, [recordOf(claim, DONE_ENTRY)]);
    await hasEntry(backend, claim, undefined);
    await hasBounds(backend, claim, NOW - 1, NOW);
  },
  "of many receivers that save a change of one entry at once, one does": async (backend, claims, other) => {
    const save = async (changeOf: (number: number) => ReplayChange) => {
      const saved = await atOnce(16, [backend, other], (at, number) => isSaved(at, claims.of(1), changeOf(number)));
      equal(saved.filter(Boolean).length, 1);
      return changeOf(saved.indexOf(true)).after;
    };
    const entryOf = (lease: number): ReplayEntry => ({ state: 2, lease, until: NOW });
    const inserted = await save((number) => ({ after: entryOf(number), maxFloor: NOW }));
    await hasEntry(other, claims.of(1), inserted);
    const taken = await save((number) => ({ before: inserted, after: entryOf(100 + number) }));
    await hasEntry(other, claims.of(1), taken);
    await hasEntry(other, claims.of(1), await save(() => ({ before: taken, after: DONE_ENTRY, latest: NOW })));
    await hasCount(backend, claims.of(1), 1);
  },
  "many receivers at once begin a partition, and lose no event, floor or newest time": async (
    backend,
    claims,
    other,
  ) => {
    await atOnce(16, [backend, other], (at, number) =>
      number % 4 < 2
        ? commit(at, claims.of(number, NOW + ((7 * number) % 16)))
        : at.raiseFloor(claims.of(number), 1 + ((5 * number) % 16)),
    );
    const claim = claims.of(99);
    await hasBounds(other, claim, 16, NOW + 15);
    await hasCount(other, claim, 8);
  },
};
