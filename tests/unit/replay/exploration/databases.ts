/** Models of databases for the exploration, and what each can get wrong. */

import type { ReplayBackend, ReplayChange, ReplayRecord } from "../../../../pkg/src/replay/backend.js";
import type { ReplayBounds, ReplayEntry } from "../../../../pkg/src/replay/decision.js";
import type { Step, Take } from "./programs.js";

/** What a database holds. */
export interface Memory {
  /** The entry of each event; `null` if there is none. */
  readonly entries: readonly (ReplayEntry | null)[];
  readonly bounds: ReplayBounds;
  /** The same, as the database itself keeps it, if that is something else. */
  readonly documents?: readonly Readonly<Record<string, unknown>>[];
}

/** A database whose steps are known, so that they can be taken in any order. */
export interface Database {
  /** Makes a backend that asks for each step with `take`. */
  readonly backend: (take: Take) => ReplayBackend;
  /** The steps that tell a pruning how much there is to forget: it knows once it has taken all of them. */
  readonly counts: readonly string[];
  /** What it holds at first. */
  readonly empty: Memory;
  /** Takes one step, which nothing can interrupt. */
  readonly step: (memory: Memory, step: Step) => Stepped | Promise<Stepped>;
}

/** What a database holds after a step, and what it answered. */
export interface Stepped {
  readonly memory: Memory;
  readonly answer: unknown;
}

/** A part of the contract that a database does not keep, to prove that it is needed. */
export type Missing =
  | "nothing"
  | "the check of the floor"
  | "the order of the insert and the check"
  | "the undo"
  | "the comparison before the undo"
  | "the flag of the late check"
  | "the comparison of the state"
  | "the comparison of the lease"
  | "the comparison of the end"
  | "the comparison before forgetting"
  | "the order of the floor and forgetting"
  | "the order of loading"
  | "the order of counting";

/** The id of the event of this number, and the number of the event of an id. */
export const idOf = (event: number): string => String(event).repeat(64);
export const eventOf = ({ id }: { readonly id: string }): number => Number(id[0]);

/** What a database holds, while it takes a step. */
class Tables {
  readonly entries: (ReplayEntry | null)[];
  bounds: ReplayBounds;

  constructor(
    memory: Memory,
    readonly times: readonly number[],
    readonly missing: Missing,
  ) {
    this.entries = [...memory.entries];
    this.bounds = memory.bounds;
  }

  isStill(event: number, before: ReplayEntry | null): boolean {
    const entry = this.entries[event] ?? null;
    if (entry === null || before === null) {
      return entry === before;
    }
    return (
      (entry.state === before.state || this.missing === "the comparison of the state") &&
      (entry.lease === before.lease || this.missing === "the comparison of the lease") &&
      (entry.until === before.until || this.missing === "the comparison of the end")
    );
  }

  /** @returns Whether it was changed. */
  change(event: number, before: ReplayEntry | null, after: ReplayEntry | null): boolean {
    const isStill = this.isStill(event, before);
    if (isStill) {
      this.entries[event] = after;
    }
    return isStill;
  }

  forget(event: number, entry: ReplayEntry): void {
    this.change(
      event,
      this.missing === "the comparison before forgetting" ? (this.entries[event] ?? null) : entry,
      null,
    );
  }

  raiseLatest(latest: number): ReplayBounds {
    return (this.bounds = { ...this.bounds, latest: Math.max(latest, this.bounds.latest ?? latest) });
  }

  raiseFloor(floor: number): void {
    this.bounds = { ...this.bounds, floor: Math.max(floor, this.bounds.floor) };
  }

  get count(): number {
    return this.entries.filter((entry) => entry !== null).length;
  }

  records(limit: number): ReplayRecord[] {
    return this.entries
      .flatMap((entry, event) => (entry ? { id: idOf(event), timestamp: this.times[event] as number, entry } : []))
      .sort((one, other) => one.timestamp - other.timestamp)
      .slice(0, limit);
  }
}

/** What a database holds of events at these times, before anything has happened. */
export const emptyFor = (times: readonly number[]): Memory => ({
  entries: times.map(() => null),
  bounds: { floor: 0, latest: null },
});

type Steps = Readonly<Record<string, (tables: Tables, ...args: never[]) => unknown>>;

const database = (
  times: readonly number[],
  missing: Missing,
  counts: readonly string[],
  steps: Steps,
  backend: Database["backend"],
): Database => ({
  counts,
  empty: emptyFor(times),
  backend: missing === "the order of the floor and forgetting" ? (take) => forgettingFirst(backend(take)) : backend,
  step(memory, { name, args }) {
    const tables = new Tables(memory, times, missing);
    const answer = steps[name]?.(tables, ...(args as never[]));
    return { memory: { entries: tables.entries, bounds: tables.bounds }, answer };
  },
});

/** A backend that forgets events before it raises the floor. */
function forgettingFirst(backend: ReplayBackend): ReplayBackend {
  let raised: number | undefined;
  return {
    ...backend,
    raiseFloor(_, floor) {
      raised = floor;
    },
    async forget(claim, records) {
      await backend.forget(claim, records);
      if (raised !== undefined) {
        await backend.raiseFloor(claim, raised);
      }
    },
  };
}

/** A database in which each function of the backend is one transaction. */
export function transactions(times: readonly number[], missing: Missing = "nothing"): Database {
  const steps: Steps = {
    load: ({ entries, bounds }, event: number) => ({ entry: entries[event] ?? undefined, bounds }),
    save(tables, event: number, { before, after, maxFloor = Infinity, latest }: ReplayChange) {
      const isLow = tables.bounds.floor <= maxFloor || missing === "the check of the floor";
      if (!isLow || !tables.change(event, before ?? null, after)) {
        return undefined;
      }
      return latest === undefined ? tables.bounds : tables.raiseLatest(latest);
    },
    oldest: (tables, limit: number) => ({
      bounds: tables.bounds,
      count: tables.count,
      records: tables.records(limit),
    }),
    raiseFloor: (tables, floor: number) => tables.raiseFloor(floor),
    forget(tables, records: readonly ReplayRecord[]) {
      for (const record of records) {
        tables.forget(eventOf(record), record.entry);
      }
    },
  };
  return database(times, missing, ["oldest"], steps, (take) => ({
    load: (claim) => take("load", eventOf(claim)),
    save: (claim, change) => take("save", eventOf(claim), change),
    oldest: (_, limit) => take("oldest", limit),
    raiseFloor: (_, floor) => take("raiseFloor", floor),
    forget: (_, records) => take("forget", records),
  }));
}

/** A database that can only change one document at a time: an entry, or the bounds. */
export function documents(times: readonly number[], missing: Missing = "nothing"): Database {
  const steps: Steps = {
    find: ({ entries }, event: number) => entries[event] ?? undefined,
    bounds: ({ bounds }) => bounds,
    change: (tables, event: number, before: ReplayEntry | null, after: ReplayEntry | null) =>
      tables.change(event, before, after),
    forget: (tables, event: number, entry: ReplayEntry) => tables.forget(event, entry),
    undo: (tables, event: number, entry: ReplayEntry) =>
      missing === "the comparison before the undo" ? (tables.entries[event] = null) : tables.change(event, entry, null),
    raiseLatest: (tables, latest: number) => tables.raiseLatest(latest),
    raiseFloor: (tables, floor: number) => tables.raiseFloor(floor),
    oldest: (tables, limit: number) => tables.records(limit),
    count: (tables) => tables.count,
  };
  return database(times, missing, ["oldest", "count"], steps, (take) => ({
    isFloorCheckedLate: missing !== "the flag of the late check",
    async load(claim) {
      const early = missing === "the order of loading" ? await take<ReplayBounds>("bounds") : undefined;
      const entry = await take<ReplayEntry | undefined>("find", eventOf(claim));
      return { entry, bounds: early ?? (await take("bounds")) };
    },
    async save(claim, { before, after, maxFloor = Infinity, latest }) {
      const event = eventOf(claim);
      const early =
        missing === "the order of the insert and the check" ? await take<ReplayBounds>("bounds") : undefined;
      if (!(await take<boolean>("change", event, before ?? null, after))) {
        return undefined;
      }
      if (latest !== undefined) {
        return take("raiseLatest", latest);
      }
      const bounds = await take<ReplayBounds>("bounds");
      if ((early ?? bounds).floor <= maxFloor || missing === "the check of the floor") {
        return bounds;
      }
      if (missing !== "the undo") {
        await take("undo", event, after);
      }
      return undefined;
    },
    async oldest(_, limit) {
      const early = missing === "the order of counting" ? await take<number>("count") : undefined;
      const records = await take<ReplayRecord[]>("oldest", limit);
      const bounds = await take<ReplayBounds>("bounds");
      return { records, bounds, count: early ?? (await take("count")) };
    },
    raiseFloor: (_, floor) => take("raiseFloor", floor),
    async forget(_, records) {
      await Promise.all(records.map((record) => take("forget", eventOf(record), record.entry)));
    },
  }));
}
