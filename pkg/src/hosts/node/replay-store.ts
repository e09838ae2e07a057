import { createRequire } from "node:module";
import { join } from "node:path";
import { argv, cwd } from "node:process";
import { duration } from "../../receiver/duration.js";
import type { ClientName } from "../../replay/address/clients.js";
import { type ConnectedReplayStore, STORE_TIMEOUT_MS, heldStore } from "../../replay/address/connection.js";
import { type StoreAddress, openAt } from "../../replay/address/store-address.js";
import { CHECKED_LATER, type Kinds, TEXT, checkOptions } from "../../verify/options.js";

/** How a database is reached. */
export interface ReplayStoreAtOptions {
  /** The token for an address that begins with `https://`. */
  readonly token?: string | undefined;
  /**
   * How long one call may take, in milliseconds; 5,000 by default. Write the same as
   * `storeTimeoutMs` of the receiver.
   */
  readonly timeoutMs?: number | undefined;
}

/**
 * Remembers events in the database at an address: `mongodb://`, `mongodb+srv://`,
 * `redis://`, `rediss://`, `valkey://`, `valkeys://`, `postgres://` or `postgresql://`,
 * or `https://` for a Redis that takes commands over HTTP, as Upstash's does.
 *
 * The client is a package that you install: `mongodb`; `ioredis` or `redis`; `pg` or
 * `postgres`. It is looked for where the program is, and then in the working directory.
 * What follows `?` in the address is the client's own, such as its settings for TLS.
 *
 * The first call connects. While the database cannot be reached, calls are rejected, and
 * each one tries to connect again. Connections without a call for 5 seconds are closed, and
 * then keep no process alive.
 *
 * @throws TypeError for an address that cannot be used, of which only the scheme is
 * shown, and for a missing client; RangeError for a `timeoutMs` that is no time.
 *
 * @example
 * ```ts no-run
 * import { replayStoreAt } from "mia-webhooks/node";
 * import { createReceiver } from "mia-webhooks/receiver";
 *
 * const store = replayStoreAt("redis://localhost:6379"); // npm install ioredis
 * export const receiver = createReceiver({
 *   secrets: "it's a secret to everybody",
 *   on: { "*": (event) => console.log(event.eventName) },
 *   replay: { store },
 * });
 * ```
 */
export function replayStoreAt(url: string, options: ReplayStoreAtOptions = {}): ConnectedReplayStore {
  checkOptions(options, { token: TEXT, timeoutMs: CHECKED_LATER } satisfies Kinds<ReplayStoreAtOptions>, "the store");
  const { token, timeoutMs = STORE_TIMEOUT_MS } = options;
  return storeAt({ url, token, timeoutMs: duration(timeoutMs, "timeoutMs") });
}

/** A store at an address that the environment has. */
export function storeAt(address: StoreAddress): ConnectedReplayStore {
  return heldStore(openAt(address, { find, cure }), address.timeoutMs);
}

function find(name: ClientName): object | undefined {
  for (const place of places()) {
    // The file need not be there, and the place may be a file itself.
    const require = createRequire(join(place, "_"));
    try {
      require.resolve(name);
    } catch {
      continue;
    }
    return require(name);
  }
  return undefined;
}

const cure = (names: readonly ClientName[]) =>
  `${names.map((name) => `npm install ${name}`).join(", or ")} (none is found from ${places().join(" or ")})`;

/** The program and the working directory. */
const places = () => [argv[1], cwd()].filter((place) => place !== undefined);
