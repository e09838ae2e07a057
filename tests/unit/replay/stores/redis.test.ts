/** What the store in Redis does without a server; tests/stores asks real ones. */

import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import type { RedisClient, SendRedisCommand } from "../../../../pkg/src/replay/stores/redis-client.js";
import * as scripts from "../../../../pkg/src/replay/stores/redis-scripts.js";
import { redisReplayStore } from "../../../../pkg/src/replay/stores/redis.js";

const NOW = 1_767_225_600_000;
const CLAIM = {
  partition: "p",
  id: "ab".repeat(32),
  timestamp: NOW,
  lease: 7,
  now: NOW,
  limits: { windowMs: 604_800_000, cap: 100_000, leaseMs: 60_000, maxSkewMs: 300_000 },
};

test("each script has the SHA-1 of its text, by which the server finds it", () => {
  const all = Object.values(scripts).filter((value) => typeof value === "object");
  expect(all.map(({ sha }) => sha)).toEqual(all.map(({ text }) => createHash("sha1").update(text).digest("hex")));
  expect(new Set(all.map(({ sha }) => sha)).size).toBe(6);
});

test.each([
  undefined,
  null,
  "redis://:canary@localhost",
  {},
  // Version 3 of node-redis, with callbacks.
  { evalsha: () => {}, eval: () => {}, send_command: () => {} },
  Promise.resolve({ evalSha: () => {}, eval: () => {} }),
  class Redis {},
])("%o is no client", (client) => {
  const make = () => redisReplayStore(client as unknown as RedisClient);
  expect(make).toThrow(TypeError);
  expect(make).toThrow(
    /^redisReplayStore needs a client of redis \(4 or newer\), ioredis or @upstash\/redis, or a function that sends a command$/,
  );
});

test("options that cannot be used are refused", () => {
  const make = (options: object) => () => redisReplayStore(async () => [], options);
  for (const prefix of ["", 7, "a{b", "a}b", "{}"]) {
    expect(make({ prefix })).toThrow(
      new TypeError("the store.prefix must be a string without braces that is not empty"),
    );
  }
  expect(make({ keyPrefix: "a" })).toThrow(/^the store: unknown option "keyPrefix"/);
});

test("a function gets the command, and the text only when the server has no script", async () => {
  const commands: string[][] = [];
  const send: SendRedisCommand = async (command) => {
    commands.push(command);
    if (command[0] === "EVALSHA") {
      throw new Error("NOSCRIPT No matching script. Please use EVAL.");
    }
    return [null, null];
  };
  expect(await redisReplayStore(send, { prefix: "a" }).claim(CLAIM)).toEqual({ code: "claimed", latest: null });
  const rest = ["2", "a:{p}:events", "a:{p}:claims"];
  const args = ["q6urq6urq6urq6urq6urq6urq6urq6urq6urq6urq6s", `${NOW}`, "", `2:7:${NOW + 60_000}`, `${NOW}`, ""];
  expect(commands.slice(0, 2)).toEqual([
    ["EVALSHA", scripts.SAVE.sha, ...rest, ...args],
    ["EVAL", scripts.SAVE.text, ...rest, ...args],
  ]);
});

test.each(["NOSCRIPT No matching script.", "ERR the server is on fire"])(
  "an error of the client's comes as it is: %s",
  async (message) => {
    const error = new Error(message);
    const commands: string[] = [];
    const { claim } = redisReplayStore(async ([name]) => {
      commands.push(name);
      throw error;
    });
    await expect(claim(CLAIM)).rejects.toBe(error);
    expect(commands).toEqual(message.startsWith("NOSCRIPT") ? ["EVALSHA", "EVAL"] : ["EVALSHA"]);
  },
);

// A client that gave up, a transaction or a pipeline returns such values.
test.each([null, undefined, "OK", "Aborted", 1, {}])("%o is no answer of Redis", async (answer) => {
  const { backend } = redisReplayStore(async () => answer);
  const change = { after: { state: 2, lease: 7, until: NOW }, maxFloor: NOW } as const;
  for (const ask of [
    () => backend.load(CLAIM),
    () => backend.save(CLAIM, change),
    () => backend.oldest(CLAIM, 1),
    () => backend.raiseFloor(CLAIM, NOW),
    () => backend.forget(CLAIM, []),
  ]) {
    await expect(ask()).rejects.toThrow(
      new TypeError("the client of redisReplayStore returned something that Redis did not answer"),
    );
  }
});
