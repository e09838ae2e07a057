/**
 * What the loop of optimistic.ts does, step by step. What it does next depends only on
 * the answers that it got, so it runs once for each list of answers, and what it did is
 * remembered: then an exploration of millions of states takes seconds.
 */

import type { ReplayBackend } from "../../../../pkg/src/replay/backend.js";
import { OPEN_ENTRY } from "../../../../pkg/src/replay/decision.js";
import { optimisticReplayStore } from "../../../../pkg/src/replay/optimistic.js";
import type { ReplayClaim } from "../../../../pkg/src/replay/store.js";

/** One step of a database, which nothing can interrupt. */
export interface Step {
  readonly name: string;
  readonly args: readonly unknown[];
}

/** Takes a step, and returns its answer, when the exploration says so. */
export type Take = <Answer>(name: string, ...args: readonly unknown[]) => Promise<Answer>;

/** What a receiver does: a call of the store, or the pruning that follows a claim. */
export type Work = "claim" | "commit" | "release" | "prune";

/** Where a program stands. */
export interface Moment {
  /** The steps that it waits for. */
  readonly waits: readonly { readonly call: number; readonly step: number }[];
  /** What the store answered, or the error, once it has. */
  readonly end?: { readonly answer?: unknown; readonly error?: string } | undefined;
}

interface Past {
  readonly work: Work;
  readonly claim: ReplayClaim;
  /** The answers so far, and to which of the calls. */
  readonly answers: readonly { readonly call: number; readonly answer: unknown }[];
}

/** Gives equal values the same number. */
export class Numbered<T> {
  readonly values: T[] = [];
  readonly #numbers = new Map<string, number>();

  of(value: T): number {
    const key = JSON.stringify(value) ?? "";
    let number = this.#numbers.get(key);
    if (number === undefined) {
      number = this.values.push(value) - 1;
      this.#numbers.set(key, number);
    }
    return number;
  }

  at(number: number): T {
    return this.values[number] as T;
  }
}

/** Thrown for something that was not tried yet. After `learn`, ask again. */
export class Untried {
  constructor(readonly learn: () => Promise<void>) {}
}

/** Runs something again and again, until everything that it asks for was tried. */
export async function learning(run: () => void): Promise<void> {
  for (;;) {
    try {
      return run();
    } catch (error) {
      await (error instanceof Untried ? error.learn() : Promise.reject(error as Error));
    }
  }
}

export class Programs {
  readonly steps = new Numbered<Step>();
  readonly answers = new Numbered<unknown>();
  readonly isFloorCheckedLate: boolean;
  readonly #pasts = new Numbered<Past>();
  readonly #moments: Moment[] = [];
  readonly #next = new Map<string, number>();

  /** @param backend - Returns the backend that asks for its steps with `take`. */
  constructor(readonly backend: (take: Take) => ReplayBackend) {
    const unused = () => Promise.reject(new Error("unused"));
    this.isFloorCheckedLate = backend(unused).isFloorCheckedLate === true;
  }

  /** The beginning of a program. */
  start(work: Work, claim: ReplayClaim): number {
    return this.#known({ work, claim, answers: [] });
  }

  /** Where a program stands after the answer to one of the calls that it waits for. */
  after(moment: number, call: number, answer: number): number {
    const key = `${moment} ${call} ${answer}`;
    let next = this.#next.get(key);
    if (next === undefined) {
      const past = this.#pasts.at(moment);
      next = this.#known({ ...past, answers: [...past.answers, { call, answer: this.answers.at(answer) }] });
      this.#next.set(key, next);
    }
    return next;
  }

  at(moment: number): Moment {
    return this.#moments[moment] as Moment;
  }

  /** How often the loop ran. */
  get size(): number {
    return this.#moments.length;
  }

  #known(past: Past): number {
    const number = this.#pasts.of(past);
    if (this.#moments[number] === undefined) {
      throw new Untried(async () => {
        this.#moments[number] = await this.#run(past);
      });
    }
    return number;
  }

  async #run({ work, claim, answers }: Past): Promise<Moment> {
    const calls: { readonly step: number; readonly resolve: (answer: never) => void }[] = [];
    const backend = this.backend(
      (name, ...args) =>
        new Promise((resolve) => {
          calls.push({ step: this.steps.of({ name, args }), resolve });
        }),
    );
    const bounds = { floor: 0, latest: null };
    const store = optimisticReplayStore({
      ...backend,
      // The pruning follows a claim that was granted before.
      ...(work === "prune" && { load: () => ({ entry: OPEN_ENTRY, bounds }), save: () => bounds }),
    });
    const { setTimeout } = globalThis;
    const { random } = Math;
    Math.random = () => (work === "prune" ? 0 : 0.5);
    // How long a pause takes is the choice of the exploration.
    globalThis.setTimeout = queueMicrotask as never;
    let end: Moment["end"];
    void (async () => store[work === "prune" ? "claim" : work](claim))().then(
      (answer) => (end = { answer }),
      (error: unknown) => (end = { error: String(error) }),
    );
    await blocked();
    for (const { call, answer } of answers) {
      calls[call]?.resolve(answer as never);
      await blocked();
    }
    globalThis.setTimeout = setTimeout;
    Math.random = random;
    const answered = new Set(answers.map(({ call }) => call));
    const waits = calls.map(({ step }, call) => ({ call, step })).filter(({ call }) => !answered.has(call));
    return { waits, end: work === "prune" ? undefined : end };
  }
}

/** Until everything has run that waits for nothing but promises. */
const blocked = () => new Promise((resolve) => setImmediate(resolve));
