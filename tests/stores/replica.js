// @ts-check
/**
 * One receiver in a process of its own. What it does with events it writes to its
 * fourth file at once, so that `kill -9` loses no line of it. The times are those of the
 * machine's own clock, the same for all processes.
 *
 * `node replica.js '{"client":"pg","url":"postgres://…"}'`
 */

import { writeSync } from "node:fs";
import { createServer } from "node:http";
import { createInterface } from "node:readline";
import { nodeListener } from "mia-webhooks/node";
import { createReceiver } from "mia-webhooks/receiver";
import { STORES } from "./clients.js";

const { client, url, secret, replay, clockStepMs, isFlooded } = JSON.parse(/** @type {string} */ (process.argv[2]));

/** @param {...(string | number)} words */
const tell = (...words) => writeSync(3, `${words.join(" ")}\n`);
const microseconds = () => Number(process.hrtime.bigint() / 1000n);

const { store } = await /** @type {(typeof STORES)[string]} */ (STORES[client])(url);

/** Lets go of the deliveries that wait. */
let go = () => {};
const held = new Promise((resolve) => (go = () => resolve(undefined)));
createInterface({ input: process.stdin })
  .on("line", () => go())
  // The test has ended.
  .on("close", () => process.exit());

const receiver = createReceiver({
  secrets: secret,
  on: {
    async "*"({ payload }, { id }) {
      tell("delivered", id);
      if (payload["isHeld"]) {
        return held;
      }
      const fate = isFlooded ? Math.random() : 1;
      if (fate < 0.05) {
        // So that kills come between a claim and its commit.
        await new Promise((resolve) => setTimeout(resolve, 20));
      } else if (fate < 0.07) {
        throw new Error("not now");
      }
      return undefined;
    },
  },
  replay: {
    ...replay,
    clock: () => Date.now() + clockStepMs,
    store: {
      async claim(claim) {
        const started = microseconds();
        const answer = await store.claim(claim);
        if (answer.code === "claimed") {
          tell("claimed", claim.id, started);
        }
        return answer;
      },
      async commit(claim) {
        const isCommitted = await store.commit(claim);
        if (isCommitted) {
          tell("committed", claim.id, microseconds());
        }
        return isCommitted;
      },
      release: (claim) => store.release(claim),
    },
  },
  log: () => {},
  onResult: ({ code, id = "" }, error) =>
    tell("result", id, code, JSON.stringify(String(/** @type {Error | undefined} */ (error)?.cause ?? ""))),
});

const server = createServer(nodeListener(receiver)).listen(0, "127.0.0.1", () => {
  tell("listening", /** @type {import("node:net").AddressInfo} */ (server.address()).port);
});
