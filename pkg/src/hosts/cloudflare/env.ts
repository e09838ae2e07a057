/** The Worker's environment. */

import type { Environment } from "../../receiver/environment.js";
import type { Fetcher } from "../../receiver.js";
import type { ReplayStoreNamespace } from "../../replay.js";

/** The Worker's environment. Variables are strings. */
export interface Env extends Omit<Environment, "REPLAY_URL"> {
  /** The secret of the subscription. */
  readonly MIA_WEBHOOK_SECRET: string;
  /** Where verified events go: a service binding. Either this or `ORIGIN_URL`. */
  readonly ORIGIN?: Fetcher;
  /** The Durable Objects that remember events, of the class {@link ReplayStoreObject}. */
  readonly REPLAY_STORE?: ReplayStoreNamespace;
  /** Over how many objects events are spread; 1 by default. */
  readonly REPLAY_SHARDS?: string;
  /**
   * The address of the database that remembers events, in place of `REPLAY_STORE`; or a
   * binding of Hyperdrive, which has one.
   */
  readonly REPLAY_URL?: string | { readonly connectionString: string };
}

/** What an environment holds besides the variables of every receiver. */
export const BINDINGS = ["ORIGIN", "REPLAY_STORE", "REPLAY_SHARDS"] satisfies Exclude<keyof Env, keyof Environment>[];

/** The environment, with the address that a binding of Hyperdrive has. */
export function withAddress(env: Env): Environment {
  const { REPLAY_URL: url } = env;
  return typeof url === "object"
    ? Object.create(env, { REPLAY_URL: { value: url.connectionString } })
    : (env as Environment);
}
