import { env as environment } from "node:process";
import type { EnvironmentOptions } from "../../receiver/environment.js";
import { serverOptions, type ServerEnvironment } from "../../receiver/server-environment.js";
import { memoryReplayStore } from "../../replay.js";
import type { ConnectedReplayStore } from "../../replay/address/connection.js";
import { storeAt } from "./replay-store.js";
import { fileAt } from "./secret-file.js";

/**
 * The options of a receiver from the environment, by the same variables as those of the
 * ready Worker; and `MIA_WEBHOOK_SECRET_FILE`, `MIA_WEBHOOK_SECRET_PREVIOUS_FILE` and
 * `SECRET_FINAL_NEWLINE` (`keep` or `drop`) for secrets in files: see {@link secretFile}.
 *
 * Replays are kept out, unless `REPLAY` is `off`. `REPLAY_URL` is the address of the
 * database that remembers events: see {@link replayStoreAt}. Without it, the memory of this
 * process does: it does not know the events of other replicas, and forgets them all with it.
 * `options.replay?.store.close()` closes the connections.
 *
 * @throws TypeError, RangeError for a variable that cannot be used or whose name is
 * misspelled; the message names it. Where it is that of another program, pass the
 * environment without it: `{ ...process.env, TENANT: undefined }`.
 *
 * @example
 * ```ts
 * import { environmentOptions } from "mia-webhooks/node";
 * import { createReceiver } from "mia-webhooks/receiver";
 *
 * const env = { MIA_WEBHOOK_SECRET: "it's a secret to everybody", ORIGIN_URL: "http://origin.example/" };
 * const receiver = createReceiver(environmentOptions(env));
 * receiver.length; // 2
 * ```
 */
export function environmentOptions(
  env: ServerEnvironment | Readonly<Record<string, string | undefined>> = environment,
): EnvironmentOptions<ConnectedReplayStore> {
  const inMemory = () => ({ ...memoryReplayStore(), close: async () => {} });
  return serverOptions(env, {
    fileAt,
    replayStore: (address) => (address === undefined ? inMemory() : storeAt(address)),
  });
}
