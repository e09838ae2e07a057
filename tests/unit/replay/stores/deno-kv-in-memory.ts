/**
 * Deno KV for tests, in memory. As in the real one, an atomic change is written as
 * a whole, or not at all when one of its checks fails. tests/replay asks the real one.
 */

import type { DenoKv } from "../../../../pkg/src/replay/stores/deno-kv.js";

type Key = readonly (string | number | Uint8Array)[];
type Found = { readonly key: Key; readonly value: unknown; readonly versionstamp: string | null };
type Change = (value: unknown) => unknown;

/** Deno's 64-bit integer. */
class KvU64 {
  constructor(readonly value: bigint) {}
}

const u64 = (value: unknown) => (value as KvU64 | undefined)?.value;
/** One text for each key, in the order of the keys: times of the tests have 13 digits. */
const textOf = (key: Key) => key.map((part) => (typeof part === "object" ? hex(part) : part)).join("/");
const hex = ({ buffer, byteOffset, length }: Uint8Array) => Buffer.from(buffer, byteOffset, length).toString("hex");

interface Stored {
  readonly key: Key;
  readonly value: unknown;
  readonly version: number;
}
const found = ({ key, value, version }: Stored): Found => ({ key, value, versionstamp: String(version) });

export class DenoKvInMemory implements DenoKv {
  readonly #stored = new Map<string, Stored>();
  #version = 0;
  /** How often the store read keys, listed them, and changed them. */
  readonly calls = { getMany: 0, list: 0, commit: 0 };
  /** Is awaited before each change, with the keys that it changes. */
  beforeCommit: (keys: readonly Key[]) => void | Promise<void> = () => {};

  async getMany(keys: Key[]): Promise<Found[]> {
    this.calls.getMany += 1;
    return keys.map((key) => this.#found(key));
  }

  async *list({ prefix }: { prefix: Key }, { limit }: { limit: number }): AsyncGenerator<Found> {
    this.calls.list += 1;
    yield* this.under(prefix).slice(0, limit);
  }

  /** Everything below a key, in order. */
  under(prefix: Key): Found[] {
    const start = prefix.map((part) => `${part}/`).join("");
    return [...this.#stored]
      .filter(([text]) => text.startsWith(start))
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([, stored]) => found(stored));
  }

  atomic() {
    const checks: Found[] = [];
    const changes: { key: Key; change: Change }[] = [];
    const add = (key: Key, change: Change) => {
      changes.push({ key, change });
      return atomic;
    };
    const atomic = {
      check(...expected: Found[]) {
        checks.push(...expected);
        return atomic;
      },
      set: (key: Key, value: unknown) => add(key, () => value),
      delete: (key: Key) => add(key, () => undefined),
      sum: (key: Key, n: bigint) => add(key, (value) => new KvU64(BigInt.asUintN(64, (u64(value) ?? 0n) + n))),
      max: (key: Key, n: bigint) =>
        add(key, (value) => new KvU64([u64(value) ?? 0n, n].reduce((a, b) => (a > b ? a : b)))),
      commit: async () => {
        this.calls.commit += 1;
        await this.beforeCommit(changes.map(({ key }) => key));
        const ok = checks.every(({ key, versionstamp }) => this.#found(key).versionstamp === versionstamp);
        if (ok) {
          this.#version += 1;
          for (const { key, change } of changes) {
            const value = change(this.#stored.get(textOf(key))?.value);
            if (value === undefined) {
              this.#stored.delete(textOf(key));
            } else {
              this.#stored.set(textOf(key), { key, value, version: this.#version });
            }
          }
        }
        return { ok };
      },
    };
    return atomic;
  }

  #found(key: Key): Found {
    const stored = this.#stored.get(textOf(key));
    return stored === undefined ? { key, value: null, versionstamp: null } : found(stored);
  }
}
