import { integer } from "../../receiver/environment.js";
import { type ReplayStore, durableObjectReplayStore } from "../../replay.js";
import { CLIENTS, type ClientName } from "../../replay/address/clients.js";
import { storeOfEachDelivery } from "../../replay/address/connection.js";
import { type StoreAddress, openAt } from "../../replay/address/store-address.js";
import { CHECKED_LATER, checkOptions } from "../../verify/options.js";
import type { Env } from "./env.js";

/** Packages, as they were imported. */
export type Clients = { readonly [Name in ClientName]?: object | undefined };

/** How the store is made that an environment names, with these clients. */
export function replayStoreOf(options: { readonly clients?: Clients | undefined }) {
  checkOptions(options, { clients: CHECKED_LATER }, "the Worker");
  const { clients = {} } = options;
  const kinds = Object.fromEntries(Object.keys(CLIENTS).map((name) => [name, CHECKED_LATER]));
  checkOptions(clients, kinds, "clients");
  const packages = {
    find: (name: ClientName) => clients[name],
    cure: (names: readonly ClientName[]) =>
      `${names.map((name) => `npm install ${name}`).join(", or ")}; then make the Worker with it: createWorker({ clients: { ${names[0]} } })`,
  };
  return ({ REPLAY_STORE, REPLAY_SHARDS }: Env) =>
    (address: StoreAddress | undefined): ReplayStore => {
      if (address !== undefined) {
        for (const [name, value] of Object.entries({ REPLAY_STORE, REPLAY_SHARDS })) {
          if (value !== undefined) {
            throw new TypeError(`the address of the replay store and ${name} are both set: remove one of them`);
          }
        }
        // Here a connection belongs to the request that opened it.
        return storeOfEachDelivery(openAt(address, packages), address.timeoutMs);
      }
      if (REPLAY_STORE === undefined) {
        throw new TypeError(
          'the binding REPLAY_STORE is missing: bind the class ReplayStoreObject, set REPLAY_URL to the address of a database, or set REPLAY to "off"',
        );
      }
      return durableObjectReplayStore(REPLAY_STORE, {
        shards: REPLAY_SHARDS === undefined ? undefined : integer(REPLAY_SHARDS, "REPLAY_SHARDS"),
      });
    };
}
