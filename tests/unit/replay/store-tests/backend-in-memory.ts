/**
 * Backends in memory, for tests. Every call takes a turn before and after its step, as
 * over a network.
 */

import type {
  ReplayBackend,
  ReplayChange,
  ReplayMemory,
  ReplayOldest,
  ReplayRecord,
} from "../../../../pkg/src/replay/backend.js";
import type { ReplayBounds, ReplayEntry } from "../../../../pkg/src/replay/decision.js";
import type { ReplayClaim } from "../../../../pkg/src/replay/store.js";

export const isSame = (one: ReplayEntry | undefined, other: ReplayEntry | undefined) =>
  one?.state === other?.state && one?.lease === other?.lease && one?.until === other?.until;

/** What a database holds of one partition. Its methods are the steps, in which nothing comes between. */
export class Partition {
  readonly records = new Map<string, ReplayRecord>();
  bounds: ReplayBounds = { floor: 0, latest: null };

  replace({ id, timestamp }: ReplayClaim, { before, after }: ReplayChange): boolean {
    const isExpected = this.isExpected(this.records.get(id)?.entry, before);
    if (isExpected) {
      this.records.set(id, { id, timestamp, entry: after });
    }
    return isExpected;
  }

  isExpected(entry: ReplayEntry | undefined, before: ReplayEntry | undefined): boolean {
    return isSame(entry, before);
  }

  isTooHigh(maxFloor: number | undefined): boolean {
    return maxFloor !== undefined && this.bounds.floor > maxFloor;
  }

  raiseLatest(latest: number | undefined): void {
    if (latest !== undefined) {
      this.bounds = { ...this.bounds, latest: Math.max(this.bounds.latest ?? 0, latest) };
    }
  }

  raiseFloor(floor: number): void {
    this.bounds = { ...this.bounds, floor: Math.max(this.bounds.floor, floor) };
  }

  sorted(): ReplayRecord[] {
    return [...this.records.values()].sort((one, other) => one.timestamp - other.timestamp);
  }

  delete({ id, entry }: ReplayRecord): void {
    if (isSame(this.records.get(id)?.entry, entry)) {
      this.records.delete(id);
    }
  }
}

/** A database that changes several records in one step. */
export class AtomicBackend implements ReplayBackend {
  readonly partitions = new Map<string, Partition>();
  /** How often each function was called. */
  readonly calls = { load: 0, save: 0, oldest: 0, raiseFloor: 0, forget: 0 };

  at({ partition }: ReplayClaim): Partition {
    let found = this.partitions.get(partition);
    if (found === undefined) {
      this.partitions.set(partition, (found = this.begin()));
    }
    return found;
  }

  begin(): Partition {
    return new Partition();
  }

  async load(claim: ReplayClaim): Promise<ReplayMemory> {
    this.calls.load += 1;
    await null;
    const { records, bounds } = this.at(claim);
    return { entry: records.get(claim.id)?.entry, bounds };
  }

  async save(claim: ReplayClaim, change: ReplayChange): Promise<ReplayBounds | undefined> {
    this.calls.save += 1;
    await null;
    const partition = this.at(claim);
    if (partition.isTooHigh(change.maxFloor) || !partition.replace(claim, change)) {
      return undefined;
    }
    partition.raiseLatest(change.latest);
    return partition.bounds;
  }

  async oldest(claim: ReplayClaim, limit: number): Promise<ReplayOldest> {
    this.calls.oldest += 1;
    await null;
    const partition = this.at(claim);
    const records = partition.sorted();
    return { bounds: partition.bounds, count: records.length, records: records.slice(0, limit) };
  }

  async raiseFloor(claim: ReplayClaim, floor: number): Promise<void> {
    this.calls.raiseFloor += 1;
    await null;
    this.at(claim).raiseFloor(floor);
  }

  async forget(claim: ReplayClaim, records: readonly ReplayRecord[]): Promise<void> {
    this.calls.forget += 1;
    await null;
    const partition = this.at(claim);
    records.forEach((record) => partition.delete(record));
  }
}

/** A database whose steps change one record each. */
export class SingleRecordBackend extends AtomicBackend {
  readonly isFloorCheckedLate = true;
  /** Is awaited between two steps of one call. */
  between: () => void | Promise<void> = () => {};

  override async load(claim: ReplayClaim): Promise<ReplayMemory> {
    this.calls.load += 1;
    await null;
    const { entry } = this.at(claim).records.get(claim.id) ?? {};
    await this.between();
    return { entry, bounds: this.at(claim).bounds };
  }

  override async save(claim: ReplayClaim, change: ReplayChange): Promise<ReplayBounds | undefined> {
    this.calls.save += 1;
    await null;
    const partition = this.at(claim);
    if (!partition.replace(claim, change)) {
      return undefined;
    }
    await this.between();
    if (partition.isTooHigh(change.maxFloor)) {
      await this.between();
      partition.delete({ id: claim.id, timestamp: claim.timestamp, entry: change.after });
      return undefined;
    }
    partition.raiseLatest(change.latest);
    return partition.bounds;
  }

  override async oldest(claim: ReplayClaim, limit: number): Promise<ReplayOldest> {
    this.calls.oldest += 1;
    await null;
    const records = this.at(claim).sorted().slice(0, limit);
    await this.between();
    const count = this.at(claim).records.size;
    await this.between();
    return { bounds: this.at(claim).bounds, count, records };
  }

  override async forget(claim: ReplayClaim, records: readonly ReplayRecord[]): Promise<void> {
    this.calls.forget += 1;
    for (const record of records) {
      await this.between();
      this.at(claim).delete(record);
    }
  }
}
