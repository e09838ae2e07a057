/** Each variable of the ready Worker has the effect that its documentation promises. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { afterEach, beforeEach, describe, test, vi } from "vitest";
import worker, { type Env, type WorkerOptions, createWorker } from "mia-webhooks/cloudflare";
import { type ReplayClaim, type ReplayStore, memoryReplayStore } from "mia-webhooks/replay";
import { VARIABLES, integer } from "../../../../pkg/src/receiver/environment.js";
import {
  NOW,
  SECRET,
  endless,
  eventOf,
  originWith,
  resultsOf,
  signed,
  stopClock,
  timeOf,
} from "../../receiver/signed.js";

let lines: string[];
let errors: string[];

beforeEach(() => {
  stopClock();
  lines = [];
  errors = [];
  vi.spyOn(console, "log").mockImplementation((line) => void lines.push(line));
  vi.spyOn(console, "error").mockImplementation((line) => void errors.push(line));
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** Durable Objects, each with a memory of its own. */
function objectsOf(store: () => ReplayStore = memoryReplayStore) {
  const objects = new Map<string, ReplayStore>();
  return {
    objects,
    idFromName: (name: string) => name,
    get(name: string) {
      const object = objects.get(name) ?? store();
      objects.set(name, object);
      return object;
    },
  };
}

/** The Worker with these variables, and what reached its origin and its objects. */
function start(
  variables: Partial<Record<keyof Env, unknown>>,
  { origin = originWith(), store = objectsOf(), clients = undefined as WorkerOptions["clients"] } = {},
) {
  const own = clients === undefined ? worker : createWorker({ clients });
  const env = { MIA_WEBHOOK_SECRET: SECRET, ORIGIN: origin, REPLAY_STORE: store, ...variables } as Env;
  const secretIds: (string | undefined)[] = [];
  const send = async (request: Request) => {
    const response = await own.fetch(request, env, { waitUntil: () => {} });
    const [result] = resultsOf(lines.splice(0));
    secretIds.push(result?.secretId);
    return `${response.status} ${result?.code}`;
  };
  const deliver = (number: number, more?: Parameters<typeof eventOf>[1] & Parameters<typeof signed>[1]) => {
    const { secret, path, headers, ...event } = more ?? {};
    return send(signed(eventOf(number, event), { ...(secret !== undefined && { secret }) }));
  };
  return { env, send, deliver, origin, store, secretIds };
}

const brokenStore = () =>
  objectsOf(() => ({ ...memoryReplayStore(), claim: () => Promise.reject(new Error("the object is gone")) }));

/** The package pg, with a database that knows one event at a time, and counts who is connected. */
function postgresLike() {
  const saved = new Set<string>();
  const module = {
    addresses: new Set<string>(),
    open: 0,
    Client: class {},
    Pool: class {
      constructor({ connectionString }: { connectionString: string }) {
        module.addresses.add(connectionString);
        module.open += 1;
      }
      on() {}
      async query(text: string) {
        const call = /"mia_webhooks"\.(\w+)\((.*)\)/.exec(text);
        const [, name, values = ""] = call ?? [];
        const [partition, id, , before] = values.split(",");
        const isRight = saved.has(`${partition} ${id}`) === (before !== "NULL");
        saved.add(`${partition} ${id}`);
        const answer = name === "save" ? (isRight ? "0 " : null) : name === "load" ? "0  3 0 0" : "1";
        return { rows: [{ answer }] };
      }
      async end() {
        module.open -= 1;
      }
    },
  };
  return module;
}

/** The bounds that the guard asks its store to keep. */
async function limitsWith(variables: Partial<Env>) {
  const claims: ReplayClaim[] = [];
  const store = objectsOf(() => ({
    ...memoryReplayStore(),
    claim: (claim) => (claims.push(claim), { code: "claimed", latest: null }),
  }));
  await start(variables, { store }).deliver(1);
  return claims[0]?.limits;
}

/** The settings of README: variable, default. */
const documented = new Map<string, string>();
for (const line of readFileSync(new URL("../../../../edge/cloudflare/README.md", import.meta.url), "utf8").split(
  "\n",
)) {
  const [, names = "", text = ""] = line.split("|");
  for (const [, name = ""] of names.matchAll(/`([A-Z_]+)`/g)) {
    documented.set(name, text.replaceAll("`", "").trim());
  }
}
const numberOf = (name: string) => Number(documented.get(name));

type Effects = Readonly<Record<string, () => Promise<void>>>;

/** What the operator of a Worker sees of each variable, and of its default. */
const EFFECTS: Readonly<Record<keyof Env, Effects>> = {
  MIA_WEBHOOK_SECRET: {
    "is what events are signed with": async () => {
      const { deliver } = start({ MIA_WEBHOOK_SECRET: "another one" });
      assert.equal(await deliver(1, { secret: "another one" }), "200 accepted");
      assert.equal(await deliver(2), "401 token_mismatch");
    },
    "is required, also beside a previous secret": async () => {
      const { deliver } = start({ MIA_WEBHOOK_SECRET: undefined, MIA_WEBHOOK_SECRET_PREVIOUS: SECRET });
      assert.equal(await deliver(1), "500 undefined");
      assert.equal(resultsOf(errors)[0]?.code, "secret_missing");
    },
  },
  MIA_WEBHOOK_SECRET_PREVIOUS: {
    "is accepted beside the current one, and the log says which it was": async () => {
      const { deliver, secretIds } = start({ MIA_WEBHOOK_SECRET_PREVIOUS: "the one before" });
      assert.equal(await deliver(1), "200 accepted");
      assert.equal(await deliver(2, { secret: "the one before" }), "200 accepted");
      assert.deepEqual(secretIds, ["current", "previous"]);
      assert.equal(await start({}).deliver(3, { secret: "the one before" }), "401 token_mismatch");
    },
  },
  ORIGIN_URL: {
    "is where events go": async () => {
      const origin = originWith();
      vi.spyOn(globalThis, "fetch").mockImplementation((url, init) => origin.fetch(url as string, init as RequestInit));
      const { deliver } = start({ ORIGIN: undefined, ORIGIN_URL: "https://origin.example/hooks?a=b" });
      assert.equal(await deliver(1), "200 accepted");
      assert.equal(origin.arrivals[0]?.url, "https://origin.example/hooks?a=b");
    },
  },
  ORIGIN: {
    "is where events go, also beside ORIGIN_URL": async () => {
      const { deliver, origin } = start({ ORIGIN_URL: "https://origin.invalid/replace-me" });
      assert.equal(await deliver(1), "200 accepted");
      assert.equal(origin.arrivals.length, 1);
    },
  },
  ORIGIN_PATH: {
    "is the path that the binding is called with": async () => {
      const { deliver, origin } = start({ ORIGIN_PATH: "/hooks?a=b" });
      await deliver(1);
      assert.equal(origin.arrivals[0]?.url, "https://origin.internal/hooks?a=b");
    },
    "is / by default": async () => {
      const { deliver, origin } = start({});
      await deliver(1);
      assert.equal(origin.arrivals[0]?.url, `https://origin.internal${documented.get("ORIGIN_PATH")}`);
    },
  },
  ORIGIN_HEADERS: {
    "are sent to the origin with each event": async () => {
      const { deliver, origin } = start({
        ORIGIN_HEADERS: "X-Origin-Secret: canary: of the origin \r\n\n CF-Access-Client-Id:a",
      });
      assert.equal(await deliver(1), "200 accepted");
      assert.equal(origin.arrivals[0]?.headers.get("x-origin-secret"), "canary: of the origin");
      assert.equal(origin.arrivals[0]?.headers.get("cf-access-client-id"), "a");
    },
  },
  FORWARD_HEADERS: {
    "are forwarded too": async () => {
      const { send, origin } = start({ FORWARD_HEADERS: "x-request-id , via" });
      await send(signed(eventOf(1), { headers: { "X-Request-Id": "42", Via: "1.1 one", "X-Other": "1" } }));
      const { headers } = origin.arrivals[0] ?? {};
      assert.deepEqual(
        ["x-request-id", "via", "x-other"].map((name) => headers?.get(name)),
        ["42", "1.1 one", null],
      );
    },
  },
  TENANT_ID: {
    "lets in the events of this company alone": async () => {
      const { deliver } = start({ TENANT_ID: "acme" });
      assert.equal(await deliver(1, { tenantId: "acme" } as object), "200 accepted");
      assert.equal(await deliver(2, { tenantId: "other" } as object), "403 event_out_of_scope");
    },
  },
  PROJECT_ID: {
    "lets in the events of this project alone": async () => {
      const { deliver } = start({ PROJECT_ID: "shop" });
      assert.equal(await deliver(1, { projectId: "shop" } as object), "200 accepted");
      assert.equal(await deliver(2, { projectId: "other" } as object), "403 event_out_of_scope");
    },
  },
  EVENT_NAMES: {
    "lets in these events alone, with spaces around the commas or not": async () => {
      const { deliver } = start({ EVENT_NAMES: " tag_created , tag_deleted,project_created " });
      for (const eventName of ["tag_created", "tag_deleted", "project_created"]) {
        assert.equal(await deliver(1, { eventName }), "200 accepted", eventName);
      }
      assert.equal(await deliver(2, { eventName: "user_added" }), "403 event_out_of_scope");
    },
  },
  MAX_BYTES: {
    "is the largest payload": async () => {
      const { send } = start({ MAX_BYTES: String(eventOf(1).length) });
      assert.equal(await send(signed(eventOf(1))), "200 accepted");
      assert.equal(await send(signed(eventOf(10))), "413 payload_too_large");
    },
    "is what its documentation says by default": async () => {
      const { send } = start({});
      assert.equal(await send(signed(eventOf(1).padEnd(numberOf("MAX_BYTES")))), "200 accepted");
      assert.equal(await send(signed(eventOf(1).padEnd(numberOf("MAX_BYTES") + 1))), "413 payload_too_large");
    },
  },
  MAX_BUFFERED_BYTES: {
    "is how much the bodies of all requests may take": async () => {
      const { send } = start({ MAX_BYTES: "1000", MAX_BUFFERED_BYTES: "1000" });
      const waiting = send(endless({ chunk: new Uint8Array(900) }));
      await new Promise((resolve) => setImmediate(resolve));
      assert.equal(await send(signed(eventOf(1).padEnd(200))), "200 accepted");
      assert.equal(await waiting, "503 receiver_overloaded");
    },
    "is what its documentation says by default": async () => {
      const { send } = start({});
      const mebibytes = Array.from({ length: 32 }, () => send(endless({ chunk: new Uint8Array(1_048_576) })));
      await new Promise((resolve) => setImmediate(resolve));
      assert.equal(await Promise.race([...mebibytes, "none was refused"]), "none was refused");
      assert.equal(await send(signed(eventOf(1))), "200 accepted");
      assert.equal(await mebibytes[0], "503 receiver_overloaded");
      assert.equal(numberOf("MAX_BUFFERED_BYTES"), 32 * 1_048_576);
    },
  },
  BODY_TIMEOUT_MS: {
    "is how long a body may take": async () => {
      const answer = start({ BODY_TIMEOUT_MS: "300" }).send(endless());
      assert.equal(await timeOf(answer), 300);
      assert.equal(await answer, "408 payload_timeout");
    },
    "is what its documentation says by default": async () =>
      assert.equal(await timeOf(start({}).send(endless())), numberOf("BODY_TIMEOUT_MS")),
  },
  ORIGIN_TIMEOUT_MS: {
    "is how long the origin may take": async () => {
      const answer = start({ ORIGIN_TIMEOUT_MS: "300", REPLAY: "off" }, { origin: originWith(null) }).deliver(1);
      assert.equal(await timeOf(answer), 300);
      assert.equal(await answer, "504 origin_timeout");
    },
    "is what its documentation says by default": async () => {
      const answer = start({ REPLAY: "off" }, { origin: originWith(null) }).deliver(1);
      assert.equal(await timeOf(answer), numberOf("ORIGIN_TIMEOUT_MS"));
    },
  },
  REPLAY: {
    "is on by default: a replay does not pass": async () => {
      assert.equal(documented.get("REPLAY"), "on");
      for (const env of [{}, { REPLAY: "on" }]) {
        const { deliver, origin } = start(env);
        assert.deepEqual([await deliver(1), await deliver(1)], ["200 accepted", "200 event_duplicate"]);
        assert.equal(origin.arrivals.length, 1);
      }
    },
    "off lets replays through, and needs no objects": async () => {
      const { deliver, origin } = start({ REPLAY: "off", REPLAY_STORE: undefined });
      assert.deepEqual([await deliver(1), await deliver(1)], ["200 accepted", "200 accepted"]);
      assert.equal(origin.arrivals.length, 2);
    },
  },
  REPLAY_STORE: {
    "is where events are remembered: two Workers that share it let an event through once": async () => {
      const one = start({});
      const other = start({}, { store: one.store });
      assert.deepEqual([await one.deliver(1), await other.deliver(1)], ["200 accepted", "200 event_duplicate"]);
    },
    "is required": async () => {
      assert.equal(documented.get("REPLAY_STORE"), "required");
      assert.equal(await start({ REPLAY_STORE: undefined }).deliver(1), "500 undefined");
      const [{ code, detail } = {}] = resultsOf(errors);
      assert.equal(code, "configuration_invalid");
      assert.equal(
        detail,
        'the binding REPLAY_STORE is missing: bind the class ReplayStoreObject, set REPLAY_URL to the address of a database, or set REPLAY to "off"',
      );
    },
  },
  REPLAY_URL: {
    "is where events are remembered, in place of objects": async () => {
      const clients = { pg: postgresLike() };
      const env = { REPLAY_STORE: undefined, REPLAY_URL: "postgres://h/x" };
      const [one, other] = [start(env, { clients }), start(env, { clients })];
      assert.deepEqual([await one.deliver(1), await other.deliver(1)], ["200 accepted", "200 event_duplicate"]);
      assert.deepEqual(clients.pg.addresses, new Set(["postgres://h/x"]));
      assert.equal(clients.pg.open, 0, "no connection is left");
    },
    "is also a binding of Hyperdrive": async () => {
      const clients = { pg: postgresLike() };
      const binding = Object.create({ connectionString: "postgres://hyperdrive/x" });
      const { deliver } = start({ REPLAY_STORE: undefined, REPLAY_URL: binding }, { clients });
      assert.equal(await deliver(1), "200 accepted");
      assert.deepEqual(clients.pg.addresses, new Set(["postgres://hyperdrive/x"]));
    },
    "needs a client of its database, and the log says what to write": async () => {
      assert.equal(
        await start({ REPLAY_STORE: undefined, REPLAY_URL: "redis://:canary@h" }).deliver(1),
        "500 undefined",
      );
      assert.equal(
        resultsOf(errors)[0]?.detail,
        "REPLAY_URL begins with redis:// and needs a client: npm install ioredis, or npm install redis; then make the Worker with it: createWorker({ clients: { ioredis } })",
      );
    },
    "is not taken beside objects, or while there is no guard": async () => {
      for (const [env, detail] of [
        [{}, "REPLAY_URL and REPLAY_STORE are both set: remove one of them"],
        [
          { REPLAY_STORE: undefined, REPLAY_SHARDS: "2" },
          "REPLAY_URL and REPLAY_SHARDS are both set: remove one of them",
        ],
        [{ REPLAY: "off" }, "REPLAY_URL has no effect while REPLAY is off: remove one of them"],
      ] as const) {
        assert.equal(
          await start({ REPLAY_URL: "https://canary@h", REPLAY_TOKEN: "a", ...env }).deliver(1),
          "500 undefined",
        );
        assert.equal(resultsOf(errors.splice(0))[0]?.detail, detail);
      }
    },
  },
  REPLAY_TOKEN: {
    "is sent to a database that takes commands over HTTP, without any client": async () => {
      const requests: (readonly [string, string | null])[] = [];
      vi.spyOn(globalThis, "fetch").mockImplementation(async (request) => {
        const { url, headers } = request as Request;
        requests.push([url, headers.get("authorization")]);
        return Response.json({ result: [0, null] });
      });
      const env = { REPLAY_STORE: undefined, REPLAY_URL: "https://db.example", REPLAY_TOKEN: "the-token" };
      assert.equal(await start(env).deliver(1), "200 accepted");
      assert.ok(requests.length >= 2);
      for (const request of requests) {
        assert.deepEqual(request, ["https://db.example/", "Bearer the-token"]);
      }
    },
    "has no effect alone": async () => {
      assert.equal(await start({ REPLAY_TOKEN: "canary" }).deliver(1), "500 undefined");
      assert.equal(resultsOf(errors)[0]?.detail, "REPLAY_TOKEN is for a database, and no REPLAY_URL names one");
    },
  },
  REPLAY_WINDOW_MS: {
    "is how old an event may be that is not remembered": async () => {
      const { deliver } = start({ REPLAY_WINDOW_MS: "1000" });
      assert.equal(await deliver(1, { eventTimestamp: NOW - 1000 }), "200 accepted");
      assert.equal(await deliver(2, { eventTimestamp: NOW - 1001 }), "400 event_stale");
    },
    "is for how long events are remembered: what is older is stale": async () => {
      const { deliver, store } = start({ REPLAY_WINDOW_MS: "1000" });
      assert.equal(await deliver(0, { eventTimestamp: NOW - 1000 }), "200 accepted");
      // The store in memory forgets after each 64th claim.
      for (let number = 1; number <= 64; number++) {
        await deliver(number, { eventTimestamp: NOW + 1 });
      }
      const other = start({ REPLAY_WINDOW_MS: "1000" }, { store });
      assert.equal(await other.deliver(0, { eventTimestamp: NOW - 1000 }), "400 event_stale");
      assert.equal(await other.deliver(1, { eventTimestamp: NOW + 1 }), "200 event_duplicate");
    },
    "is what its documentation says by default": async () =>
      assert.equal((await limitsWith({}))?.windowMs, numberOf("REPLAY_WINDOW_MS")),
  },
  REPLAY_CAP: {
    "is how many events are remembered: what is older is stale": async () => {
      const { deliver, store } = start({ REPLAY_CAP: "63" });
      for (let number = 1; number <= 64; number++) {
        await deliver(number, { eventTimestamp: NOW + number });
      }
      const other = start({ REPLAY_CAP: "63" }, { store });
      assert.equal(await other.deliver(1, { eventTimestamp: NOW + 1 }), "400 event_stale");
      assert.equal(await other.deliver(2, { eventTimestamp: NOW + 2 }), "200 event_duplicate");
    },
    "is what its documentation says by default": async () =>
      assert.equal((await limitsWith({}))?.cap, numberOf("REPLAY_CAP")),
  },
  REPLAY_LEASE_MS: {
    "is how long a claim holds without a commit": async () => {
      const store = objectsOf(() => ({ ...memoryReplayStore(), commit: () => Promise.reject(new Error("full")) }));
      const { deliver } = start({ REPLAY_LEASE_MS: "20000" }, { store });
      assert.equal(await deliver(1), "200 commit_failed");
      vi.setSystemTime(NOW + 19_999);
      assert.equal(await deliver(1), "409 event_in_progress");
      vi.setSystemTime(NOW + 20_000);
      assert.equal(await deliver(1), "200 commit_failed");
    },
    "is what its documentation says by default, and grows with the other limits": async () => {
      assert.equal(documented.get("REPLAY_LEASE_MS"), "at least 60000");
      assert.equal((await limitsWith({}))?.leaseMs, 60_000);
      const longer = await limitsWith({ ORIGIN_TIMEOUT_MS: "40000", REPLAY_STORE_TIMEOUT_MS: "2000" });
      assert.equal(longer?.leaseMs, 84_000);
    },
  },
  REPLAY_STORE_TIMEOUT_MS: {
    "is how long an object may take": async () => {
      const store = objectsOf(() => ({ ...memoryReplayStore(), claim: () => new Promise(() => {}) }));
      const answer = start({ REPLAY_STORE_TIMEOUT_MS: "300" }, { store }).deliver(1);
      assert.equal(await timeOf(answer), 300);
      assert.equal(await answer, "503 replay_store_unreachable");
    },
    "is what its documentation says by default": async () => {
      const store = objectsOf(() => ({ ...memoryReplayStore(), claim: () => new Promise(() => {}) }));
      assert.equal(await timeOf(start({}, { store }).deliver(1)), numberOf("REPLAY_STORE_TIMEOUT_MS"));
    },
  },
  REPLAY_MAX_SKEW_MS: {
    "is how far in the future an event may be": async () => {
      const { deliver } = start({ REPLAY_MAX_SKEW_MS: "1000" });
      assert.equal(await deliver(1, { eventTimestamp: NOW + 1000 }), "200 accepted");
      assert.equal(await deliver(2, { eventTimestamp: NOW + 1001 }), "400 event_from_future");
    },
    "is what its documentation says by default": async () => {
      const { deliver } = start({});
      const limit = NOW + numberOf("REPLAY_MAX_SKEW_MS");
      assert.equal(await deliver(1, { eventTimestamp: limit }), "200 accepted");
      assert.equal(await deliver(2, { eventTimestamp: limit + 1 }), "400 event_from_future");
    },
  },
  REPLAY_MAX_AGE_MS: {
    "is how old an event may be": async () => {
      const { deliver } = start({ REPLAY_MAX_AGE_MS: "1000" });
      assert.equal(await deliver(1, { eventTimestamp: NOW - 1000 }), "200 accepted");
      assert.equal(await deliver(2, { eventTimestamp: NOW - 1001 }), "400 event_expired");
    },
    "is none by default": async () => {
      assert.equal(documented.get("REPLAY_MAX_AGE_MS"), "none");
      const eventTimestamp = NOW - numberOf("REPLAY_WINDOW_MS");
      assert.equal(await start({}).deliver(1, { eventTimestamp }), "200 accepted");
    },
  },
  REPLAY_SHARDS: {
    "is over how many objects events are spread": async () => {
      const { deliver, store } = start({ REPLAY_SHARDS: "3" });
      for (let number = 0; number < 50; number++) {
        await deliver(number);
      }
      assert.deepEqual([...store.objects.keys()].sort(), ['0:[""]', '1:[""]', '2:[""]']);
    },
    "is what its documentation says by default": async () => {
      assert.equal(documented.get("REPLAY_SHARDS"), "1");
      const { deliver, store } = start({});
      for (let number = 0; number < 50; number++) {
        await deliver(number);
      }
      assert.deepEqual([...store.objects.keys()], ['0:[""]']);
    },
  },
  REPLAY_PARTITION: {
    "is the part of the objects that this Worker uses": async () => {
      const store = objectsOf();
      const [one, two, three] = ["a", "a", "b"].map((name) => start({ REPLAY_PARTITION: name }, { store }));
      assert.equal(await one?.deliver(1), "200 accepted");
      assert.equal(await two?.deliver(1), "200 event_duplicate");
      assert.equal(await three?.deliver(1), "200 accepted");
      assert.deepEqual([...store.objects.keys()], ['0:["a"]', '0:["b"]']);
    },
  },
  REPLAY_FAIL_OPEN: {
    "true lets events pass while the objects cannot be reached": async () =>
      assert.equal(await start({ REPLAY_FAIL_OPEN: "true" }, { store: brokenStore() }).deliver(1), "200 accepted"),
    "is false by default: nothing passes": async () => {
      assert.equal(documented.get("REPLAY_FAIL_OPEN"), "false");
      for (const env of [{}, { REPLAY_FAIL_OPEN: "false" }]) {
        assert.equal(await start(env, { store: brokenStore() }).deliver(1), "503 replay_store_unreachable");
      }
    },
  },
};

for (const [name, effects] of Object.entries(EFFECTS)) {
  describe(name, () => {
    for (const [sentence, run] of Object.entries(effects)) {
      test(sentence, run);
    }
  });
}

test("every variable has a test of its effect, and a row in the documentation", () => {
  const names = [...Object.keys(VARIABLES), "ORIGIN", "REPLAY_STORE", "REPLAY_SHARDS"].sort();
  assert.deepEqual(Object.keys(EFFECTS).sort(), names);
  assert.deepEqual([...documented.keys()].sort(), names);
});

describe("a value that cannot be used lets nothing through, and the log names the variable:", () => {
  const numbers = Object.entries(VARIABLES)
    .filter(([, [, , read]]) => read === integer)
    .map(([name]) => name);
  for (const name of [...numbers, "REPLAY_SHARDS"]) {
    for (const value of ["", "0", "-1", "1.5", "1MB", "9007199254740992"]) {
      test(`${name}=${value}`, () => refuses({ [name]: value }, `${name} must be an integer above 0`));
    }
  }
  const texts = [
    "ORIGIN_URL",
    "ORIGIN_PATH",
    "ORIGIN_HEADERS",
    "FORWARD_HEADERS",
    "TENANT_ID",
    "PROJECT_ID",
    "EVENT_NAMES",
    "REPLAY_URL",
    "REPLAY_TOKEN",
    "REPLAY_PARTITION",
  ];
  for (const name of texts) {
    for (const value of ["", " "]) {
      test(`${name}="${value}"`, () =>
        refuses({ [name]: value }, `${name} must not be empty; remove it if it has no value`));
    }
  }
  for (const value of [",", "tag_created,", "tag_created, ,tag_deleted"]) {
    test(`EVENT_NAMES="${value}"`, () =>
      refuses({ EVENT_NAMES: value }, "EVENT_NAMES must not be empty; remove it if it has no value"));
  }
  for (const value of ["canary", ":canary", "x-a: b\ncanary", "x-a: canary\nx-a: canary"]) {
    test(`ORIGIN_HEADERS=${JSON.stringify(value)}, which the log does not show`, () =>
      refuses(
        { ORIGIN_HEADERS: value },
        'ORIGIN_HEADERS must hold lines of the form "Name: value", each with another name',
      ));
  }
  for (const value of ["", "of", "ON", "true", "false"]) {
    test(`REPLAY="${value}"`, () => refuses({ REPLAY: value }, "REPLAY must be on or off"));
  }
  for (const value of ["", "on", "TRUE"]) {
    test(`REPLAY_FAIL_OPEN="${value}"`, () =>
      refuses({ REPLAY_FAIL_OPEN: value }, "REPLAY_FAIL_OPEN must be true or false"));
  }

  test("the numbers are all tested", () => assert.equal(numbers.length, 10));

  async function refuses(variables: Partial<Env>, detail: string) {
    const { deliver, origin } = start(variables);
    assert.equal(await deliver(1), "500 undefined");
    assert.equal(origin.arrivals.length, 0);
    assert.equal(resultsOf(errors)[0]?.code, "configuration_invalid");
    assert.equal(resultsOf(errors)[0]?.detail, detail);
  }
});

describe("the error that a hint points to is in the line", () => {
  const failing = (error: unknown) => objectsOf(() => ({ ...memoryReplayStore(), claim: () => Promise.reject(error) }));
  const lineOf = async (request: Request, ...options: Parameters<typeof start>) => {
    const { env } = start(...options);
    await worker.fetch(request, env, { waitUntil: () => {} });
    assert.deepEqual([lines.length, errors], [1, []]);
    return resultsOf(lines)[0];
  };
  for (const [name, options, variables, code, detail] of [
    ["of the store", { store: failing(new Error("gone")) }, {}, "replay_store_unreachable", "Error: gone"],
    ["of the store, passed by", { store: failing("gone") }, { REPLAY_FAIL_OPEN: "true" }, "accepted", "gone"],
    [
      "of the origin",
      { origin: originWith(() => Promise.reject(new TypeError("no such host"))) },
      {},
      "origin_unreachable",
      "TypeError: no such host",
    ],
    ["cut", { store: failing("x".repeat(400)) }, {}, "replay_store_unreachable", "x".repeat(300)],
  ] as const) {
    test(name, async () => {
      const line = await lineOf(signed(eventOf(1)), variables, options);
      assert.deepEqual([line?.message, line?.code, line?.detail], ["mia-webhooks", code, detail]);
    });
  }

  const body = new ReadableStream({ pull: (controller) => controller.error(new Error("canary")) });
  const broken = { method: "POST", body, headers: { "x-mia-token": "0".repeat(64) }, duplex: "half" } as RequestInit;
  for (const [code, request] of [
    ["accepted", signed(eventOf(1))],
    ["token_mismatch", signed(eventOf(1), { secret: "guessed" })],
    ["event_malformed", signed("canary")],
    ["payload_interrupted", new Request("https://receiver.example/", broken)],
  ] as const) {
    test(`and nothing of what a sender does: ${code}`, async () => {
      const line = await lineOf(request, {});
      assert.deepEqual([line?.code, line?.detail], [code, undefined]);
      assert.ok(line?.hint === undefined || line.hint.length > 0);
    });
  }
});

describe("a variable that has no effect lets nothing through:", () => {
  const unset = { MIA_WEBHOOK_SECRET: undefined, ORIGIN: undefined, REPLAY_STORE: undefined };
  for (const [name, known] of [
    ["MIA_WEBHOOK_SECRT", "MIA_WEBHOOK_SECRET"],
    ["MIA_WEBHOOKSECRET", "MIA_WEBHOOK_SECRET"],
    ["mia_webhook_secret", "MIA_WEBHOOK_SECRET"],
    ["MIA_WEBHOOK_SECRET_PREVIUS", "MIA_WEBHOOK_SECRET_PREVIOUS"],
    ["ORIGIN_URI", "ORIGIN_URL"],
    ["ORIGIN_HEADER", "ORIGIN_HEADERS"],
    ["EVENT_NAME", "EVENT_NAMES"],
    ["TENANTID", "TENANT_ID"],
    ["MAX_BYTE", "MAX_BYTES"],
    ["REPLAY_MAXAGE_MS", "REPLAY_MAX_AGE_MS"],
    ["REPLAY_SHARD", "REPLAY_SHARDS"],
    ["REPLAYS", "REPLAY"],
  ] as const) {
    test(`${name} is ${known}`, async () => {
      const { deliver } = start({ ...(known in unset && { [known]: undefined }), [name]: "canary" } as Partial<Env>);
      assert.equal(await deliver(1), "500 undefined");
      const [line] = resultsOf(errors);
      assert.equal(line?.code, "configuration_invalid");
      assert.equal(line?.detail, `"${name}" is no variable of this receiver: did you mean ${known}?`);
    });
  }

  for (const name of ["MIA_WEBHOOK_KEY", "REPLAY_RETENTION"]) {
    test(`${name} is like no other`, async () => {
      assert.equal(await start({ [name]: "canary" } as Partial<Env>).deliver(1), "500 undefined");
      assert.match(
        String(resultsOf(errors)[0]?.detail),
        new RegExp(`^"${name}" is no variable of this receiver: it knows MIA_WEBHOOK_SECRET, `),
      );
    });
  }

  for (const name of ["MIA_WEBHOOK_SECRET_FILE", "MIA_WEBHOOK_SECRET_PREVIOUS_FILE", "SECRET_FINAL_NEWLINE"]) {
    test(`${name} is for a server`, async () => {
      for (const MIA_WEBHOOK_SECRET of [SECRET, undefined]) {
        assert.equal(
          await start({ MIA_WEBHOOK_SECRET, [name]: "/canary" } as Partial<Env>).deliver(1),
          "500 undefined",
        );
        const [line] = resultsOf(errors.splice(0));
        assert.equal(line?.code, "configuration_invalid");
        assert.equal(line?.detail, `${name} has no effect here, where there are no files: set MIA_WEBHOOK_SECRET`);
      }
    });
  }

  test("but one of another purpose is nobody's mistake", async () => {
    const others = { CF_VERSION: "1", ORIGIN_URLS: "a", MY_DATABASE: {}, DEBUG: "1" };
    const { deliver } = start({ ORIGIN_URL: "https://origin.invalid/", ...others } as Partial<Env>);
    assert.equal(await deliver(1), "200 accepted");
  });
});

describe("the log names the variable, not the option:", () => {
  for (const [variables, detail] of [
    [{ MAX_BYTES: "1000", MAX_BUFFERED_BYTES: "999" }, "MAX_BUFFERED_BYTES must be at least MAX_BYTES"],
    [{ ORIGIN: undefined, ORIGIN_URL: "localhost:3000" }, "ORIGIN_URL must be an absolute http or https address"],
    [{ ORIGIN_PATH: "hooks" }, "ORIGIN_PATH must start with /"],
    [
      { ORIGIN: undefined, ORIGIN_URL: "https://a.example/", ORIGIN_PATH: "/hooks" },
      "ORIGIN_PATH is for an origin that has fetch; write the path into the address of origin",
    ],
    [
      { EVENT_NAMES: "tag_created,tag_delete" },
      'EVENT_NAMES: no event is named "tag_delete": did you mean "tag_deleted"?',
    ],
    [
      { REPLAY_LEASE_MS: "1" },
      "REPLAY_LEASE_MS must be at least REPLAY_STORE_TIMEOUT_MS and ORIGIN_TIMEOUT_MS together",
    ],
    [{ BODY_TIMEOUT_MS: "2147483648" }, "BODY_TIMEOUT_MS must be at most 2147483647"],
    [{ FORWARD_HEADERS: "host" }, "FORWARD_HEADERS: host is set by the receiver"],
    [{ MIA_WEBHOOK_SECRET: undefined }, "No secret is configured. It is the one named MIA_WEBHOOK_SECRET."],
    [{ MAX_BYTES: 1000 }, "MAX_BYTES must be a string: write its value in quotes"],
    [{ EVENT_NAMES: ["tag_created"] }, "EVENT_NAMES must be a string: write its value in quotes"],
    [{ REPLAY_FAIL_OPEN: true }, "REPLAY_FAIL_OPEN must be a string: write its value in quotes"],
    [{ MIA_WEBHOOK_SECRET: 12345 }, "MIA_WEBHOOK_SECRET must be a string: write its value in quotes"],
  ] as const) {
    test(detail, async () => {
      assert.equal(await start(variables).deliver(1), "500 undefined");
      assert.equal(resultsOf(errors)[0]?.detail, detail);
    });
  }
});

test("an environment makes one receiver, which serves all its requests", async () => {
  const { env, deliver } = start({});
  let reads = 0;
  const counted = Object.defineProperty(env, "MAX_BYTES", { get: () => (reads++, undefined) });
  assert.equal(counted, env);
  await deliver(1);
  await deliver(2);
  assert.equal(reads, 1);
});

test("an environment that was repaired serves the next request", async () => {
  const { env, deliver } = start({ MAX_BYTES: "no number" });
  assert.equal(await deliver(1), "500 undefined");
  Object.assign(env, { MAX_BYTES: "1000" });
  assert.equal(await deliver(1), "200 accepted");
});

test("the delivery goes on when the sender hangs up: the Worker's context waits for it", async () => {
  const { env } = start({});
  const waiting: Promise<unknown>[] = [];
  await worker.fetch(signed(eventOf(1)), env, { waitUntil: (work) => void waiting.push(work) });
  assert.equal(waiting.length, 1);
});
