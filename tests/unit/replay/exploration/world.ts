/**
 * A small world around the loop of optimistic.ts: events, two receivers that deliver
 * them, prunings beside them, a clock and a database. Every order of their steps is
 * tried, and each step is checked by the world's own rules, which are those of
 * tests/core/replay_world.rs. All that it takes from the loop is what comes next.
 */

import type { ReplayEntry } from "../../../../pkg/src/replay/decision.js";
import type { ReplayAnswer, ReplayClaim, ReplayLimits } from "../../../../pkg/src/replay/store.js";
import { type Database, type Memory, type Stepped, idOf } from "./databases.js";
import { Numbered, Programs, Untried, type Work, learning } from "./programs.js";

const LIMITS: ReplayLimits = { windowMs: 20, cap: 1, leaseMs: 10, maxSkewMs: 5 };

/** How far the clock steps: a little more than a lease. */
const TICK = LIMITS.leaseMs + 1;

/** How many steps an actor can choose from, and which of them is its end. */
const STEPS = 8;
const CRASHES = 7;

/** What may happen. */
export interface Beginning {
  /** The time of each event. */
  readonly times: readonly number[];
  /** How many copies of each event arrive. */
  readonly copies: readonly number[];
  /** Which events were committed before, and are remembered; none by default. */
  readonly committed?: readonly boolean[];
  /** How often a receiver, or a pruning, may end in the middle. */
  readonly crashes: number;
  /** How often the clock may step, forward or back. */
  readonly ticks: number;
  /** How many prunings may go on at the same time; there may be any number one after the other. */
  readonly prunings: number;
}

/** What all receivers share, except for the database. */
interface Shared {
  readonly now: number;
  /** How many copies of each event are still to arrive. */
  readonly copies: readonly number[];
  readonly crashes: number;
  readonly ticks: number;
  readonly committed: readonly boolean[];
}

/** What a receiver does. */
interface Delivery {
  readonly work: "claim" | "hold" | "commit" | "release";
  readonly event: number;
  /** Leases of different events are never compared. */
  readonly lease: number;
  /** The time when the delivery began. */
  readonly now: number;
  /** Where its program stands; -1 while it holds the claim, and the origin works. */
  readonly at: number;
  /** When its claim lapses; 0 if there is none, and once it has lapsed. */
  readonly until: number;
  /** Whether its program has changed the entry. */
  readonly hasSaved: boolean;
  /** Whether the event was committed before its program wrote the claim. */
  readonly isAfterCommit: boolean;
}

/** A pruning. The loop begins one by chance, after any claim: so here one can begin at any time. */
interface Pruning {
  readonly now: number;
  readonly at: number;
  /** How many entries it may forget, besides those that have left the window. */
  readonly spare: number;
  /** How high it may raise the floor. */
  readonly maxFloor: number;
  /** How many of the steps it has taken that tell how much there is to forget. */
  readonly counts: number;
}

/** The prunings that may go on at the same time. */
type Prunings = readonly (Pruning | null)[];

/** All parts are given by their numbers. */
interface State {
  readonly memory: number;
  readonly shared: number;
  readonly receivers: readonly [number, number];
  readonly prunings: number;
}

/** What all actors have in common. */
type Common = Pick<State, "memory" | "shared">;

/** What a step makes of an actor, and of what it has in common with others. */
interface Outcome extends Common {
  readonly actor: number;
  /** The event of the claim that was granted; -1 if none was. */
  readonly granted: number;
}

/** Something that can happen in a state, and the state that it leads to. */
interface Next {
  readonly name: () => string;
  readonly take: () => State;
}

/** A rule that a step broke. */
class Broken extends Error {}

/** What an exploration found. */
export interface Explored {
  readonly states: number;
  /** How often the loop ran. */
  readonly runs: number;
  /** The first rule that a step broke, and the shortest way to it. */
  readonly broken?: string;
  readonly way?: readonly string[];
}

/** Takes every step that is possible in every state, breadth first, until one breaks a rule. */
export async function explore(database: Database, beginning: Beginning): Promise<Explored> {
  const world = new World(database, beginning);
  const states = new States();
  await learning(() => states.add(world.start(), -1));
  for (let place = 0; place < states.count; place++) {
    let name = () => "";
    try {
      await learning(() => {
        for (const next of world.steps(states.at(place))) {
          name = next.name;
          states.add(next.take(), place);
        }
      });
    } catch (error) {
      if (!(error instanceof Broken)) {
        throw error;
      }
      const way = [name()];
      for (let at = place; at > 0; at = states.parentOf(at)) {
        const steps = [...world.steps(states.at(states.parentOf(at)))];
        way.unshift(steps.find(({ take }) => states.isAt(take(), at))?.name() ?? "");
      }
      return { states: states.count, runs: world.programs.size, broken: error.message, way };
    }
  }
  return { states: states.count, runs: world.programs.size };
}

/** Each part of a state has a number below this, so that three of them are exact as one. */
const PART = 2 ** 17;

/** The states that were reached, each as two numbers, because there are millions. */
class States {
  readonly #common: number[] = [];
  readonly #actors: number[] = [];
  readonly #parents: number[] = [];
  readonly #seen = new Map<number, Set<number>>();

  get count(): number {
    return this.#parents.length;
  }

  /** Adds a state, if it is new. It makes no difference which receiver does what. */
  add(state: State, parent: number): void {
    const [common, actors] = numbersOf(state);
    let seen = this.#seen.get(common);
    if (seen === undefined) {
      this.#seen.set(common, (seen = new Set()));
    }
    if (!seen.has(actors)) {
      seen.add(actors);
      this.#common.push(common);
      this.#actors.push(actors);
      this.#parents.push(parent);
    }
  }

  at(place: number): State {
    const common = this.#common[place] as number;
    const actors = this.#actors[place] as number;
    const receivers = Math.floor(actors / PART);
    return {
      memory: Math.floor(common / PART),
      shared: common % PART,
      receivers: [Math.floor(receivers / PART), receivers % PART],
      prunings: actors % PART,
    };
  }

  parentOf(place: number): number {
    return this.#parents[place] as number;
  }

  isAt(state: State, place: number): boolean {
    const [common, actors] = numbersOf(state);
    return common === this.#common[place] && actors === this.#actors[place];
  }
}

function numbersOf({ memory, shared, receivers: [one, other], prunings }: State): [common: number, actors: number] {
  if (Math.max(shared, one, other, prunings) >= PART) {
    throw new RangeError("the world is too large");
  }
  return [memory * PART + shared, (Math.min(one, other) * PART + Math.max(one, other)) * PART + prunings];
}

class World {
  readonly programs: Programs;
  readonly #memories = new Numbered<Memory>();
  readonly #shared = new Numbered<Shared>();
  readonly #actors = new Numbered<Delivery | Prunings | null>();
  readonly #taken = new Map<number, { readonly memory: number; readonly answer: number }>();
  readonly #outcomes: Map<number, Outcome>[] = [];
  readonly #checked = new Set<string>();
  readonly #idle = this.#actors.of(null);
  readonly #still: number;

  constructor(
    readonly database: Database,
    readonly beginning: Beginning,
  ) {
    this.programs = new Programs(database.backend);
    this.#still = this.#actors.of(Array.from({ length: beginning.prunings }, () => null));
  }

  start(): State {
    const { times, copies, crashes, ticks, committed = times.map(() => false) } = this.beginning;
    let memory = this.#memories.of(this.database.empty);
    for (const event of times.keys()) {
      for (const work of committed[event] ? (["claim", "commit"] as const) : []) {
        memory = this.#alone(memory, work, this.#claimOf({ event, lease: 100, now: 1_000 })).memory;
      }
    }
    return {
      memory,
      shared: this.#shared.of({ now: 1_000, copies, crashes, ticks, committed }),
      receivers: [this.#idle, this.#idle],
      prunings: this.#still,
    };
  }

  /** What can happen next. */
  *steps(state: State): Generator<Next> {
    const shared = this.#shared.at(state.shared);
    if (state.receivers.every((receiver) => receiver === this.#idle) && state.prunings === this.#still) {
      yield { name: () => "nothing more happens", take: () => this.#checkThatNothingIsLost(state) };
    }
    for (const [place, number] of state.receivers.entries()) {
      const delivery = this.#actors.at(number) as Delivery | null;
      const next = (name: () => string, what: number, take: () => Outcome): Next => ({
        name: () => `receiver ${place}: ${name()}`,
        take: () => this.#receive(state, place, this.#once(number, what, state, take)),
      });
      if (delivery === null) {
        for (const [event, left] of shared.copies.entries()) {
          if (left > 0) {
            yield next(
              () => `event ${event} arrives`,
              event,
              () => this.#arrive(state, event),
            );
          }
        }
        continue;
      }
      if (delivery.work === "hold") {
        for (const [what, work] of (["commit", "release"] as const).entries()) {
          yield next(
            () => `${work} of event ${delivery.event}`,
            what,
            () => this.#settle(state, delivery, work),
          );
        }
      } else {
        for (const [what, { call, step }] of this.programs.at(delivery.at).waits.entries()) {
          yield next(
            () => `${delivery.work} of event ${delivery.event}: ${this.#nameOf(step)}`,
            what,
            () => this.#deliver(state, delivery, call, step),
          );
        }
      }
      if (shared.crashes > 0) {
        yield next(
          () => "crashes",
          CRASHES,
          () => ({ ...this.#crashed(state), actor: this.#idle, granted: -1 }),
        );
      }
    }
    const prunings = this.#actors.at(state.prunings) as Prunings;
    for (const [place, pruning] of prunings.entries()) {
      const next = (name: () => string, what: number, take: () => Outcome): Next => ({
        name: () => `pruning ${place}: ${name()}`,
        take: () => {
          const { memory, shared, actor } = this.#once(state.prunings, STEPS * place + what, state, take);
          return { ...state, memory, shared, prunings: actor };
        },
      });
      if (pruning === null) {
        yield next(
          () => "begins",
          0,
          () => this.#beginPruning(state, prunings, place),
        );
        continue;
      }
      for (const [what, { call, step }] of this.programs.at(pruning.at).waits.entries()) {
        yield next(
          () => this.#nameOf(step),
          what,
          () => this.#prune(state, prunings, place, pruning, call, step),
        );
      }
      if (shared.crashes > 0) {
        yield next(
          () => "crashes",
          CRASHES,
          () => ({ ...this.#crashed(state), actor: this.#pruned(prunings, place, null), granted: -1 }),
        );
      }
    }
    if (shared.ticks > 0) {
      for (const by of [TICK, -TICK]) {
        yield { name: () => `the clock steps by ${by}`, take: () => this.#tick(state, by) };
      }
    }
  }

  #nameOf(step: number): string {
    const { name, args } = this.programs.steps.at(step);
    return `${name} ${JSON.stringify(args)}`;
  }

  #share(shared: number, changes: Partial<Shared>): number {
    return this.#shared.of({ ...this.#shared.at(shared), ...changes });
  }

  #crashed({ memory, shared }: Common): Common {
    return { memory, shared: this.#share(shared, { crashes: this.#shared.at(shared).crashes - 1 }) };
  }

  #tick(state: State, by: number): State {
    const { now, ticks } = this.#shared.at(state.shared);
    return this.#lapse({ ...state, shared: this.#share(state.shared, { now: now + by, ticks: ticks - 1 }) });
  }

  #pruned(prunings: Prunings, place: number, pruning: Pruning | null): number {
    // It makes no difference which pruning is which.
    const after = prunings.with(place, pruning).toSorted((one, other) => (one?.at ?? -1) - (other?.at ?? -1));
    return this.#actors.of(after);
  }

  /** The outcome of a step, which is reckoned once: what other actors do makes no difference to it. */
  #once(actor: number, what: number, { memory, shared }: State, take: () => Outcome): Outcome {
    const outcomesAt = 2 * STEPS * actor + what;
    const outcomes = (this.#outcomes[outcomesAt] ??= new Map<number, Outcome>());
    const key = memory * 2 ** 24 + shared;
    let outcome = outcomes.get(key);
    if (outcome === undefined) {
      outcomes.set(key, (outcome = take()));
    }
    return outcome;
  }

  /** The state after a step of a receiver. */
  #receive(state: State, place: number, { memory, shared, actor, granted }: Outcome): State {
    const next = this.#lapse({ ...state, memory, shared, receivers: changed(state.receivers, place, actor) });
    const isLive = (number: number) => {
      const delivery = this.#actors.at(number) as Delivery | null;
      return delivery?.event === granted && delivery.work !== "claim" && delivery.until > 0;
    };
    if (granted >= 0 && next.receivers.every(isLive)) {
      throw new Broken("a claim was granted while another one was live");
    }
    return next;
  }

  #claimOf({ event, lease, now }: Pick<Delivery, "event" | "lease" | "now">): ReplayClaim {
    return { partition: "", id: idOf(event), timestamp: this.#timeOf(event), lease, now, limits: LIMITS };
  }

  #timeOf(event: number): number {
    return this.beginning.times[event] as number;
  }

  #arrive({ memory, shared }: State, event: number): Outcome {
    const { now, copies, ticks } = this.#shared.at(shared);
    const left = copies[event] as number;
    const attempt = { event, lease: left, now };
    const at = this.programs.start("claim", this.#claimOf(attempt));
    const delivery: Delivery = { work: "claim", ...attempt, at, until: 0, hasSaved: false, isAfterCommit: false };
    const arrived = { memory, shared: this.#share(shared, { copies: copies.with(event, left - 1) }) };
    if (ticks > 0) {
      return { ...arrived, actor: this.#actors.of(delivery), granted: -1 };
    }
    // Nothing but the clock makes a difference before the first step.
    const { call, step } = this.#firstOf(at);
    return this.#deliver(arrived, delivery, call, step);
  }

  #settle(state: State, held: Delivery, work: "commit" | "release"): Outcome {
    const at = this.programs.start(work, this.#claimOf(held));
    const { call, step } = this.#firstOf(at);
    return this.#deliver(state, { ...held, work, at }, call, step);
  }

  #beginPruning({ memory, shared }: Common, prunings: Prunings, place: number): Outcome {
    const { now, ticks } = this.#shared.at(shared);
    const at = this.programs.start("prune", this.#claimOf({ event: 0, lease: 0, now }));
    const pruning = { now, at, spare: 0, maxFloor: 0, counts: 0 };
    if (ticks > 0) {
      return { memory, shared, actor: this.#pruned(prunings, place, pruning), granted: -1 };
    }
    const { call, step } = this.#firstOf(at);
    return this.#prune({ memory, shared }, prunings, place, pruning, call, step);
  }

  #firstOf(at: number): { readonly call: number; readonly step: number } {
    return this.programs.at(at).waits[0] as { readonly call: number; readonly step: number };
  }

  /** Takes a step of the database. */
  #take(memory: number, step: number): { readonly memory: number; readonly answer: number } {
    const key = memory * 2 ** 24 + step;
    let taken = this.#taken.get(key);
    if (taken === undefined) {
      const number = ({ memory: after, answer }: Stepped) => ({
        memory: this.#memories.of(after),
        answer: this.programs.answers.of(answer),
      });
      const stepped = this.database.step(this.#memories.at(memory), this.programs.steps.at(step));
      if (stepped instanceof Promise) {
        throw new Untried(async () => {
          this.#taken.set(key, number(await stepped));
        });
      }
      this.#taken.set(key, (taken = number(stepped)));
    }
    return taken;
  }

  #deliver(before: Common, delivery: Delivery, call: number, step: number): Outcome {
    const { work, event, now } = delivery;
    const { memory, answer } = this.#take(before.memory, step);
    const at = this.programs.after(delivery.at, call, answer);
    const { waits, end } = this.programs.at(at);
    const { committed } = this.#shared.at(before.shared);
    const wasCommitted = committed[event] as boolean;
    const old = this.#memories.at(before.memory).entries[event] ?? null;
    const entry = this.#memories.at(memory).entries[event] ?? null;
    let next: Delivery = { ...delivery, at };
    let { shared } = before;
    if (!isSame(old, entry)) {
      next = { ...next, hasSaved: true, until: 0 };
      if (entry?.state === 2) {
        if (old === null && this.#isOld(event, now)) {
          throw new Broken("an old event passed, of which the database knows nothing");
        }
        next = { ...next, until: now + LIMITS.leaseMs, isAfterCommit: wasCommitted };
      }
      if (entry?.state === 3) {
        if (wasCommitted) {
          throw new Broken("an event was committed twice");
        }
        shared = this.#share(shared, { committed: committed.with(event, true) });
      }
    }
    if (end === undefined) {
      if (waits.length === 0) {
        throw new Broken(`a ${work} waits for nothing`);
      }
      return { memory, shared, actor: this.#actors.of(next), granted: -1 };
    }
    if (end.error !== undefined) {
      throw new Broken(end.error);
    }
    const over = { memory, shared, actor: this.#idle, granted: -1 };
    if (work !== "claim") {
      if (end.answer === true && !next.hasSaved) {
        throw new Broken(`a ${work} counted that saved nothing`);
      }
      if (end.answer === false && delivery.until > 0) {
        throw new Broken("a claim was lost while it was live");
      }
      return over;
    }
    const { code, latest } = end.answer as ReplayAnswer;
    if (code !== "claimed") {
      this.#checkRefusal(over, delivery, code);
      return over;
    }
    if (next.isAfterCommit) {
      throw new Broken("a claim was granted after the commit");
    }
    if (latest !== this.#memories.at(memory).bounds.latest) {
      throw new Broken("the answer names an event as the latest that is not");
    }
    return { ...over, actor: this.#actors.of({ ...next, work: "hold", at: -1, hasSaved: false }), granted: event };
  }

  #checkRefusal({ memory, shared }: Common, { event, now }: Delivery, code: ReplayAnswer["code"]): void {
    if (this.#shared.at(shared).committed[event]) {
      return;
    }
    if (code === "event_duplicate") {
      throw new Broken("a duplicate of nothing");
    }
    const isLate = this.#timeOf(event) < this.#memories.at(memory).bounds.floor || this.#isOld(event, now);
    if (code === "event_stale" && !isLate) {
      throw new Broken("a genuine event in time was refused for good");
    }
  }

  #prune(before: Common, prunings: Prunings, place: number, pruning: Pruning, call: number, step: number): Outcome {
    const { memory, answer } = this.#take(before.memory, step);
    const at = this.programs.after(pruning.at, call, answer);
    const { waits } = this.programs.at(at);
    const [old, after] = [this.#memories.at(before.memory), this.#memories.at(memory)];
    if (after.bounds.floor > Math.max(old.bounds.floor, pruning.maxFloor)) {
      throw new Broken("the floor was raised above what may be forgotten");
    }
    const overdue = (event: number) => (after.bounds.latest ?? 0) - this.#timeOf(event) > LIMITS.windowMs;
    const gone = old.entries.filter((entry, event) => entry && !after.entries[event] && !overdue(event));
    let next: Pruning = { ...pruning, at, spare: pruning.spare - gone.length };
    if (next.spare < 0) {
      throw new Broken("more was forgotten than had to be");
    }
    if (this.database.counts.includes(this.programs.steps.at(step).name)) {
      next = { ...next, counts: pruning.counts + 1 };
    }
    if (next.counts > pruning.counts && next.counts === this.database.counts.length) {
      const remembered = after.entries.flatMap((entry, event) => (entry ? [{ entry, event }] : []));
      const spare = Math.max(0, remembered.length - LIMITS.cap);
      const forgettable = remembered.filter(({ entry, event }) => entry.state === 3 && (spare > 0 || overdue(event)));
      next = { ...next, spare, maxFloor: Math.max(0, ...forgettable.map(({ event }) => this.#timeOf(event) + 1)) };
    }
    const actor = this.#pruned(prunings, place, waits.length > 0 ? next : null);
    return { memory, shared: before.shared, actor, granted: -1 };
  }

  /** Whether an event has left the window by this clock. */
  #isOld(event: number, now: number): boolean {
    return this.#timeOf(event) + LIMITS.windowMs < now;
  }

  /**
   * Marks claims that have lapsed by any clock that somebody reckons with. They stay
   * lapsed, even if the clock steps back.
   */
  #lapse(state: State): State {
    const deliveries = state.receivers.map((number) => this.#actors.at(number) as Delivery | null);
    if (!deliveries.some((delivery) => delivery !== null && delivery.until > 0)) {
      return state;
    }
    const clocks = [this.#shared.at(state.shared).now];
    for (const delivery of deliveries) {
      if (delivery?.work === "claim") {
        clocks.push(delivery.now);
      }
    }
    for (const pruning of this.#actors.at(state.prunings) as Prunings) {
      if (pruning !== null) {
        clocks.push(pruning.now);
      }
    }
    let { receivers } = state;
    for (const [place, delivery] of deliveries.entries()) {
      if (delivery !== null && delivery.until > 0 && !clocks.every((now) => isLive(delivery.until, now))) {
        receivers = changed(receivers, place, this.#actors.of({ ...delivery, until: 0 }));
      }
    }
    return receivers === state.receivers ? state : { ...state, receivers };
  }

  /**
   * What must hold when nobody does anything: an event that was not committed can
   * still be committed, unless it is not remembered and older than the window, or
   * than an event that was rightly forgotten. And a pruning leaves no more than the cap.
   */
  #checkThatNothingIsLost(state: State): State {
    const { memory, shared } = state;
    const { now, committed, crashes } = this.#shared.at(shared);
    const key = `${memory} ${now} ${committed.join()} ${crashes}`;
    if (this.#checked.has(key)) {
      return state;
    }
    const times = this.beginning.times.filter((_, event) => committed[event]);
    const { latest } = this.#memories.at(memory).bounds;
    const newest = times.length === 0 ? null : Math.max(...times);
    if (latest !== newest && (crashes === this.beginning.crashes || (latest ?? 0) > (newest ?? 0))) {
      throw new Broken("the latest event is not the newest that was committed");
    }
    const pruned = this.#alone(memory, "prune", this.#claimOf({ event: 0, lease: 0, now })).memory;
    const left = this.#memories.at(pruned).entries.filter((entry) => entry !== null);
    if (left.length > LIMITS.cap + left.filter(({ state, until }) => state === 2 && isLive(until, now)).length) {
      throw new Broken("a pruning left more than the cap");
    }
    for (const found of [memory, pruned]) {
      for (const [event, isCommitted] of committed.entries()) {
        this.#checkThatItIsNotLost(found, event, isCommitted, now);
      }
    }
    this.#checked.add(key);
    return state;
  }

  #checkThatItIsNotLost(memory: number, event: number, isCommitted: boolean, clock: number): void {
    const { entries, bounds } = this.#memories.at(memory);
    const entry = entries[event];
    const timestamp = this.#timeOf(event);
    // A claim that a crash left has lapsed long before that.
    const now = Math.max(timestamp, clock + (entry ? 1_000_000 : 0));
    const claim = this.#claimOf({ event, lease: 1_000, now });
    const claimed = this.#alone(memory, "claim", claim);
    const isGranted = (claimed.end?.answer as ReplayAnswer | undefined)?.code === "claimed";
    if (isGranted && isCommitted) {
      throw new Broken("a committed event could be claimed again");
    }
    // A claim that was perhaps never granted protects the event from nothing.
    const isRemembered = entry && !(entry.state === 2 && this.programs.isFloorCheckedLate);
    const isLate = !isRemembered && (timestamp < bounds.floor || this.#isOld(event, now));
    if (!isGranted && !isCommitted && !isLate) {
      throw new Broken("an event that was never committed is lost");
    }
    if (isGranted && this.#alone(claimed.memory, "commit", claim).end?.answer !== true) {
      throw new Broken("an event that was never committed cannot be committed");
    }
  }

  /** Lets a program run while nothing else happens. */
  #alone(memory: number, work: Work, claim: ReplayClaim) {
    let at = this.programs.start(work, claim);
    for (;;) {
      const { waits, end } = this.programs.at(at);
      const [wait] = waits;
      if (wait === undefined) {
        return { memory, end };
      }
      const taken = this.#take(memory, wait.step);
      memory = taken.memory;
      at = this.programs.after(at, wait.call, taken.answer);
    }
  }
}

const changed = ([one, other]: State["receivers"], place: number, receiver: number): State["receivers"] =>
  place === 0 ? [receiver, other] : [one, receiver];

const isSame = (one: ReplayEntry | null, other: ReplayEntry | null): boolean =>
  one?.state === other?.state && one?.lease === other?.lease && one?.until === other?.until;

/** Whether a claim that ends at `until` has not lapsed. */
const isLive = (until: number, now: number): boolean => now < until && until - now <= LIMITS.leaseMs + LIMITS.maxSkewMs;
