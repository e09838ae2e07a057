/** The store at an address, and what is said of an address that cannot be used. */

import assert from "node:assert/strict";
import { describe, test } from "vitest";
import type { ClientName } from "../../../../pkg/src/replay/address/clients.js";
import { type StoreAddress, openAt } from "../../../../pkg/src/replay/address/store-address.js";

/** A password that no message may show, in any of its forms. */
const CANARY = "c4nary";

/** With what a client was made. */
type Made = readonly [client: string, ...options: unknown[]];

/** Packages that only note what is made with them. */
function packages(...names: ClientName[]) {
  const made: Made[] = [];
  const nothing = () => {};
  const note = (client: string) =>
    class {
      on = nothing;
      end = nothing;
      query = nothing;
      connect = nothing;
      db = () => ({ collection: nothing });
      startSession = nothing;
      constructor(...options: unknown[]) {
        made.push([client, ...options]);
      }
    };
  const all: Readonly<Record<ClientName, object>> = {
    ioredis: { default: { Redis: note("ioredis") } },
    redis: { createClient: (options: unknown) => (made.push(["redis", options]), { on: nothing }) },
    pg: { default: { Pool: note("pg.Pool"), Client: note("pg.Client") } },
    // A package of CommonJS, as `require` gives it.
    postgres: (...options: unknown[]) => (made.push(["postgres", ...options]), { unsafe: nothing }),
    mongodb: { MongoClient: note("mongodb") },
  };
  return {
    made,
    find: (name: ClientName) => (names.includes(name) ? all[name] : undefined),
    cure: (missing: readonly ClientName[]) => `install ${missing.join(" or ")}`,
  };
}

/** What is made for an address, where these packages are there. */
function madeFor(url: string, ...names: ClientName[]) {
  const found = packages(...names);
  openAt({ url, timeoutMs: 1_000 }, found)(() => {});
  return found.made;
}

describe("an address is given to the client of its scheme", () => {
  test.for<[string, ClientName, string]>([
    ["mongodb://a:b@h:1,i:2/x?replicaSet=r", "mongodb", "mongodb://a:b@h:1,i:2/x?replicaSet=r"],
    ["mongodb+srv://h/x", "mongodb", "mongodb+srv://h/x"],
    ["redis://h:1/2", "ioredis", "redis://h:1/2"],
    ["rediss://:b@h", "ioredis", "rediss://:b@h"],
    ["valkey://h", "ioredis", "redis://h"],
    ["valkeys://valkey/7", "ioredis", "rediss://valkey/7"],
    ["REDISS://:Pass@h", "ioredis", "rediss://:Pass@h"],
    ["ValKeys://h/", "ioredis", "rediss://h/"],
    ["MONGODB+SRV://h/X", "mongodb", "mongodb+srv://h/X"],
  ])("%s", ([url, name, given]) => {
    const [[client, address] = [], ...others] = madeFor(url, name);
    assert.deepEqual([client, address, others.length], [name, given, 0]);
  });

  test("of Redis in its own way", () => {
    const socket = { connectTimeout: 600, reconnectStrategy: false };
    assert.deepEqual(madeFor("valkey://h", "redis"), [["redis", { url: "redis://h", socket }]]);
  });

  test("of Postgres, and a pool reads it at once", () => {
    for (const url of ["postgres://a:b@h/x?sslmode=verify-full", "postgresql://h"]) {
      const options = { connectionString: url, connectionTimeoutMillis: 600 };
      assert.deepEqual(madeFor(url, "pg"), [
        ["pg.Client", options],
        ["pg.Pool", { ...options, query_timeout: 1_000, allowExitOnIdle: true }],
      ]);
      const [[client, address] = []] = madeFor(url, "postgres");
      assert.deepEqual([client, address], ["postgres", url]);
    }
  });

  test("which is the first where there are several", () => {
    assert.equal(madeFor("redis://h", "redis", "ioredis")[0]?.[0], "ioredis");
    assert.equal(madeFor("postgres://h", "postgres", "pg")[0]?.[0], "pg.Client");
  });

  test("and its own limits of time stand", () => {
    const options = (url: string) => madeFor(url, "mongodb")[0]?.[2];
    assert.deepEqual(options("mongodb://h"), { serverSelectionTimeoutMS: 600, connectTimeoutMS: 600 });
    assert.deepEqual(options("mongodb://h/?serverselectiontimeoutms=7"), { connectTimeoutMS: 600 });
  });
});

describe("what cannot be used is refused, and nothing but the scheme is shown:", () => {
  const all: ClientName[] = ["ioredis", "redis", "pg", "postgres", "mongodb"];
  const schemes =
    "mongodb://, mongodb+srv://, redis://, rediss://, valkey://, valkeys://, postgres://, postgresql://, https://, http://";
  const form = `the address of the replay store must begin with ${schemes}, without white space`;
  const database =
    "the address of the replay store begins with redis:// and must name its database by a number, as in redis://host:6379/0";
  const place =
    "the address of the replay store begins with https://, where a user name or a password has no place: the token takes theirs";
  const letters = "the token of the replay store must be letters, digits and signs of ASCII, without white space";
  const unreadable = (scheme: string) =>
    `the address of the replay store begins with ${scheme} and cannot be read: write what is special in a user name or a password in percent encoding, such as %40 for @`;

  test.for<[string, Partial<StoreAddress>, string]>([
    ["no address", { url: CANARY }, form],
    ["white space", { url: `redis://:${CANARY}@h ` }, form],
    ["white space in between", { url: `redis://:${CANARY} @h` }, form],
    ["something else", { url: 7 as never }, form],
    [
      "another scheme",
      { url: `mysql://a:${CANARY}@h` },
      `the address of the replay store begins with "mysql://", and must begin with ${schemes}, without white space`,
    ],
    [
      "a scheme that every object has",
      { url: `constructor://a:${CANARY}@h` },
      `the address of the replay store begins with "constructor://", and must begin with ${schemes}, without white space`,
    ],
    ["a port that is none", { url: `redis://a:${CANARY}@h:port` }, unreadable("redis://")],
    ["a port that is none", { url: `https://a:${CANARY}@h:port`, token: CANARY }, unreadable("https://")],
    ["a database that is no number", { url: `redis://:${CANARY}@h/webhooks` }, database],
    ["two parts of a path", { url: `redis://:${CANARY}@h/0/1` }, database],
    ["a database that is no number, after ?", { url: `redis://:${CANARY}@h?db=webhooks` }, database],
    ["no host", { url: "redis://" }, "the address of the replay store begins with redis:// and names no host"],
    ["no host", { url: "valkeys:///1" }, "the address of the replay store begins with valkeys:// and names no host"],
    [
      "a socket",
      { url: "redis:///tmp/x?path=/tmp/x" },
      "the address of the replay store begins with redis:// and names no host",
    ],
    ["a user beside a token", { url: `https://${CANARY}@h`, token: "a" }, place],
    ["a password beside a token", { url: `https://:${CANARY}@h`, token: "a" }, place],
    ["a token with a space", { url: "https://h", token: `${CANARY} ` }, letters],
    ["a token of other letters", { url: "https://h", token: `${CANARY}é` }, letters],
    ["an empty token", { url: "https://h", token: "" }, letters],
    [
      "no token",
      { url: `https://${CANARY}` },
      "the address of the replay store begins with https:// and needs the token of the replay store beside it",
    ],
    [
      "a token too many",
      { url: `redis://${CANARY}`, token: CANARY },
      "the address of the replay store begins with redis://, where the token of the replay store has no effect: remove it",
    ],
  ])("%s", ([, address, message]) => {
    const open = () => openAt({ url: "", timeoutMs: 1_000, ...address }, packages(...all));
    assert.throws(open, { name: "TypeError", message });
  });

  test.for([
    [{}, "Error"],
    [{ code: "ENOENT" }, "Error ENOENT"],
    [{ name: "MongoParseError", code: 7 }, "MongoParseError"],
    [{ code: `no ${CANARY}` }, "Error"],
  ] as const)("an address that its client refuses: %j", ([details, kind]) => {
    const { find, cure } = packages("mongodb");
    class MongoClient {
      constructor(url: string) {
        throw Object.assign(new Error(`Invalid URL: ${url}`), { input: url }, details);
      }
    }
    const broken = { find: (name: ClientName) => find(name) && { MongoClient }, cure };
    const open = openAt({ url: `mongodb://a:${CANARY}@h`, timeoutMs: 1_000 }, broken);
    let thrown: unknown;
    assert.throws(
      () => open(() => {}),
      (error) => Boolean((thrown = error)),
    );
    assert.equal(
      (thrown as Error).message,
      `the address of the replay store begins with mongodb:// and is refused by the package mongodb (${kind}): look at what follows ?, at the files that it names, and at the percent encoding of what is special in a user name or a password, such as %40 for @`,
    );
    assert.equal((thrown as Error).cause, undefined);
  });

  test("a missing client", () => {
    const open = (url: string) => () => openAt({ url, timeoutMs: 1_000 }, packages());
    const begins = "the address of the replay store begins with";
    assert.throws(open(`valkeys://:${CANARY}@h`), {
      message: `${begins} valkeys:// and needs a client: install ioredis or redis`,
    });
    assert.throws(open(`postgres://:${CANARY}@h`), {
      message: `${begins} postgres:// and needs a client: install pg or postgres`,
    });
    assert.throws(open(`mongodb+srv://:${CANARY}@h`), {
      message: `${begins} mongodb+srv:// and needs a client: install mongodb`,
    });
  });

  test.for<[ClientName, string, string]>([
    ["ioredis", "redis://h", "Redis"],
    ["redis", "redis://h", "createClient"],
    ["pg", "postgres://h", "Pool"],
    ["postgres", "postgres://h", "default"],
    ["mongodb", "mongodb://h", "MongoClient"],
  ])("something else in place of %s", ([name, url, missing]) => {
    for (const module of [{}, { default: {} }, { default: null }]) {
      const found = { find: (other: ClientName) => (other === name ? module : undefined), cure: () => "" };
      assert.throws(() => openAt({ url, timeoutMs: 1_000 }, found), {
        name: "TypeError",
        message: `what was given as the package ${name} exports no ${missing}`,
      });
    }
  });
});
