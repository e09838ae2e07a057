// @ts-check
/** The receiver with its replay guard, and the store that runs everywhere. */

import { check, thrown } from "../../harness/checks.js";

/** @typedef {import("mia-webhooks/receiver").ReplayStore} ReplayStore */

const SECRET = "the secret of the suite";

/** @param {number} eventTimestamp @param {object} [payload] */
const eventOf = (eventTimestamp, payload = {}) => JSON.stringify({ eventName: "tag_created", eventTimestamp, payload });

/** A promise that a test keeps when it wants. */
function gate() {
  /** @type {() => void} */
  let open = () => {};
  /** @type {Promise<void>} */
  const opened = new Promise((resolve) => (open = resolve));
  return { opened, open: () => open() };
}

/**
 * @param {import("../suite.js").EntryPoints} entryPoints
 * @returns {Record<string, () => void | Promise<void>>}
 */
export function guardedReceiver({
  library: { sign },
  receiver: { createReceiver },
  replay: { denoKvReplayStore, durableObjectReplayStore, memoryReplayStore, replayStoreTests },
}) {
  /**
   * A receiver that records the events that it handled, and its answers.
   *
   * @param {Partial<import("mia-webhooks/receiver").ReplayOptions>} [options]
   * @param {(body: string) => unknown} [work]
   */
  function receiverWith(options, work = () => {}) {
    /** @type {import("mia-webhooks/receiver").HandlerContext[]} */
    const handled = [];
    /** @type {import("mia-webhooks/receiver").Result[]} */
    const results = [];
    const store = memoryReplayStore();
    /** @param {(result: import("mia-webhooks/receiver").Result) => void} onResult */
    const make = (onResult) =>
      createReceiver({
        secrets: { one: SECRET, two: "another secret" },
        on: {
          "*": async (_, context) => {
            handled.push(context);
            await work(new TextDecoder().decode(context.payload));
          },
        },
        replay: { store, ...options },
        log: () => {},
        onResult,
      });
    make(() => {});
    /** What the sender got, and what the log says about this request. @param {string} body */
    const deliver = async (body, secret = SECRET) => {
      const headers = { "x-mia-token": sign(body, secret) };
      const request = new Request("https://receiver.example/", { method: "POST", body, headers });
      /** @type {import("mia-webhooks/receiver").Result[]} */
      const own = [];
      const response = await make((result) => own.push(result))(request);
      check(own.length, 1);
      check(own[0]?.status, response.status);
      results.push(...own);
      return `${response.status} ${own[0]?.code}`;
    };
    return { deliver, handled, results };
  }

  /** @param {Partial<ReplayStore>} broken */
  const storeWith = (broken) => ({ ...memoryReplayStore(), ...broken });
  const fail = () => {
    throw new Error("the store is gone");
  };
  const now = Date.now();
  const memory = memoryReplayStore();

  return {
    ...Object.fromEntries(replayStoreTests(() => memory).map(({ name, run }) => [`the store in memory: ${name}`, run])),
    "a replay is acknowledged and not handled": async () => {
      const { deliver, handled } = receiverWith();
      check(await deliver(eventOf(now)), "200 accepted");
      check(await deliver(eventOf(now)), "200 event_duplicate");
      check(handled.length, 1);
    },
    "a replay is known whichever secret it verifies with": async () => {
      const { deliver, handled } = receiverWith();
      check(await deliver(eventOf(now)), "200 accepted");
      check(await deliver(eventOf(now), "another secret"), "200 event_duplicate");
      check(handled.length, 1);
    },
    "late events are handled, and know that they are late": async () => {
      const { deliver, handled } = receiverWith();
      for (const timestamp of [now - 2_000, now, now - 1_000, now]) {
        check(await deliver(eventOf(timestamp, { n: handled.length })), "200 accepted");
      }
      check(handled.map(({ isLatest }) => isLatest).join(), "true,true,false,true");
      const latest = handled.map(({ latestEventTimestamp }) => latestEventTimestamp && latestEventTimestamp - now);
      check(latest.join(), ",-2000,0,0");
    },
    "what a handler could not do is tried again": async () => {
      let failures = 2;
      const { deliver, handled } = receiverWith({}, () => {
        if (failures-- > 0) {
          fail();
        }
      });
      check(await deliver(eventOf(now)), "500 handler_failed");
      check(await deliver(eventOf(now)), "500 handler_failed");
      check(await deliver(eventOf(now)), "200 accepted");
      check(await deliver(eventOf(now)), "200 event_duplicate");
      check(handled.length, 3);
    },
    "of many copies at once one is handled": async () => {
      const others = gate();
      let refused = 0;
      const { deliver, handled } = receiverWith({}, () => others.opened);
      const copies = Array.from({ length: 50 }, async () => {
        const answer = await deliver(eventOf(now));
        if (answer === "409 event_in_progress" && ++refused === 49) {
          others.open();
        }
        return answer;
      });
      const answers = await Promise.all(copies);
      check(answers.filter((answer) => answer === "200 accepted").length, 1);
      check(refused, 49);
      check(handled.length, 1);
      check(await deliver(eventOf(now)), "200 event_duplicate");
    },
    "a copy that comes while another is handled is told to come later": async () => {
      const [began, may] = [gate(), gate()];
      const { deliver } = receiverWith({}, () => {
        began.open();
        return may.opened;
      });
      const first = deliver(eventOf(now));
      await began.opened;
      check(await deliver(eventOf(now)), "409 event_in_progress");
      may.open();
      check(await first, "200 accepted");
    },
    "an event from the future is refused": async () => {
      const { deliver, handled } = receiverWith();
      check(await deliver(eventOf(now + 3_600_000)), "400 event_from_future");
      check(await deliver(eventOf(9_007_199_254_740_991)), "400 event_from_future");
      check(handled.length, 0);
    },
    "an event over the age limit is refused": async () => {
      const { deliver } = receiverWith({ maxAgeMs: 60_000 });
      check(await deliver(eventOf(now - 3_600_000)), "400 event_expired");
      check(await deliver(eventOf(now)), "200 accepted");
    },
    "a store that cannot be asked lets nothing through": async () => {
      for (const claim of [fail, async () => fail(), () => new Promise(() => {})]) {
        const { deliver, handled } = receiverWith({
          store: storeWith({ claim: /** @type {any} */ (claim) }),
          storeTimeoutMs: 20,
        });
        check(await deliver(eventOf(now)), "503 replay_store_unreachable");
        check(handled.length, 0);
      }
    },
    "failOpen lets events through unguarded, and says so": async () => {
      const { deliver, handled, results } = receiverWith({ store: storeWith({ claim: fail }), failOpen: true });
      check(await deliver(eventOf(now)), "200 accepted");
      check(results[0]?.isUnguarded, true);
      check(handled.length, 1);
      check(handled[0]?.isLatest, undefined);
      const failing = receiverWith({ store: storeWith({ claim: fail }), failOpen: true }, fail);
      check(await failing.deliver(eventOf(now)), "500 handler_failed");
      check(failing.results[0]?.isUnguarded, true);
    },
    "a commit that cannot be stored keeps the answer, and has its own code": async () => {
      const { deliver } = receiverWith({ store: storeWith({ commit: fail }) });
      check(await deliver(eventOf(now)), "200 commit_failed");
      check(await deliver(eventOf(now)), "409 event_in_progress");
    },
    "a release that cannot be stored is left to the lease": async () => {
      const store = memoryReplayStore();
      // The clock of the store, which is the clock of the claim.
      let later = 0;
      const { deliver } = receiverWith(
        { store: { ...store, claim: (claim) => store.claim({ ...claim, now: claim.now + later }), release: fail } },
        fail,
      );
      check(await deliver(eventOf(now)), "500 handler_failed");
      check(await deliver(eventOf(now)), "409 event_in_progress");
      later = 3_600_000;
      check(await deliver(eventOf(now)), "500 handler_failed");
    },
    "a claim that was lost meanwhile has its own code": async () => {
      const { deliver } = receiverWith({ store: storeWith({ commit: () => false }) });
      check(await deliver(eventOf(now)), "200 claim_lost");
    },
    "subscriptions that get the same event are each given it once": async () => {
      /** @type {string[]} */
      const handled = [];
      /** @param {string} path */
      const at = (path) => ({ secrets: SECRET, on: { "*": () => void handled.push(path) } });
      const body = eventOf(now);
      for (const partition of [undefined, "a name"]) {
        const receiver = createReceiver({
          subscriptions: { "/one": at("/one"), "/two": at("/two") },
          replay: { store: memoryReplayStore(), partition },
          log: () => {},
        });
        for (const path of ["/one", "/two", "/one", "/two"]) {
          const headers = { "x-mia-token": sign(body, SECRET) };
          const request = new Request(`https://receiver.example${path}`, { method: "POST", body, headers });
          check((await receiver(request)).status, 200);
        }
        check(handled.splice(0).join(), "/one,/two");
      }
    },
    "a partition of one's own is used": async () => {
      const store = memoryReplayStore();
      const [one, two, three] = ["a", "a", () => "b"].map((partition) => receiverWith({ store, partition }));
      check(await one?.deliver(eventOf(now)), "200 accepted");
      check(await two?.deliver(eventOf(now)), "200 event_duplicate");
      check(await three?.deliver(eventOf(now)), "200 accepted");
    },
    "a partition that is none lets nothing through": async () => {
      for (const partition of [fail, () => undefined]) {
        const { deliver, handled } = receiverWith({ partition: /** @type {any} */ (partition) });
        check(await deliver(eventOf(now)), "500 configuration_invalid");
        check(handled.length, 0);
      }
    },
    "a claim that was granted too late is given back": async () => {
      const store = memoryReplayStore();
      const [may, released] = [gate(), gate()];
      const slow = receiverWith({
        store: {
          ...store,
          claim: async (claim) => {
            await may.opened;
            return store.claim(claim);
          },
          release: async (claim) => {
            const isHeld = await store.release(claim);
            released.open();
            return isHeld;
          },
        },
        storeTimeoutMs: 20,
      });
      check(await slow.deliver(eventOf(now)), "503 replay_store_unreachable");
      check(slow.handled.length, 0);
      may.open();
      await released.opened;
      const { deliver } = receiverWith({ store });
      check(await deliver(eventOf(now)), "200 accepted");
    },
    "options of the guard that cannot be used throw when it is made": () => {
      for (const options of [
        { cap: 0 },
        { windowMs: 1.5 },
        { leaseMs: -1 },
        { maxSkewMs: NaN },
        { storeTimeoutMs: 0 },
        { maxAgeMs: 0 },
      ]) {
        check(thrown(() => receiverWith(options))?.name, "RangeError");
      }
      const { commit: _, ...withoutCommit } = memoryReplayStore();
      for (const options of [{ store: {} }, { store: withoutCommit }, { failOpen: "false" }, { partition: 7 }]) {
        check(thrown(() => receiverWith(/** @type {any} */ (options)))?.name, "TypeError");
      }
      check(thrown(() => durableObjectReplayStore(/** @type {any} */ (undefined)))?.name, "TypeError");
      check(thrown(() => denoKvReplayStore(/** @type {any} */ (undefined)))?.name, "TypeError");
      const tooShort = () =>
        createReceiver({
          secrets: SECRET,
          origin: "https://origin.example/",
          replay: { store: memoryReplayStore(), leaseMs: 10_000 },
        });
      check(thrown(tooShort)?.name, "RangeError");
    },
  };
}
