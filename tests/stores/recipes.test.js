// @ts-check
/** The programs of the pages about stores: each one compiles against the real types, and passes the published tests. */

import assert from "node:assert/strict";
import { readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { copyFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { pathToFileURL } from "node:url";

import { CreateTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocument } from "@aws-sdk/lib-dynamodb";
// @ts-expect-error It comes without types.
import dynalite from "dynalite";
import { memoryReplayStore, replayStoreTests } from "mia-webhooks/replay";
import ts from "typescript";

import { root } from "../harness/checkout.js";
import { blocksOf, fileOf } from "../harness/code-blocks.js";
import { installed } from "../harness/installed.js";
import { STRICT, javaScriptOf, problemsOf } from "../harness/strict-types.js";
import { bundleWorker } from "../harness/workerd/bundle.js";
import { startWorkerd } from "../harness/workerd/process.js";

/** More would not be read before it is pasted. */
const MAX_LINES = 90;

/**
 * The blocks of a page. The first is the program, which is written where the package is
 * installed.
 *
 * @param {string} page
 */
async function programOf(page) {
  const [program = "", table = ""] = blocksOf(readFileSync(join(root, `docs/stores/${page}.md`), "utf8"));
  const { folder } = await installed();
  for (const scope of ["@aws-sdk", "@cloudflare", "@smithy", "@types"]) {
    symlinkSync(join(root, "node_modules", scope), join(folder, "node_modules", scope), "junction");
  }
  const file = join(folder, /** @type {string} */ (fileOf(program)));
  writeFileSync(file, program);
  return { folder, file, program, table };
}

/** @param {string} page @param {string} types */
async function compiles(page, types) {
  const { file, program } = await programOf(page);
  assert.ok(program.trimEnd().split("\n").length <= MAX_LINES, `the program has more than ${MAX_LINES} lines`);
  const options = {
    ...STRICT,
    // What careful projects have beside `strict`.
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    noUnusedLocals: true,
    lib: ["lib.es2022.d.ts"],
    types: [types],
    typeRoots: [join(root, "node_modules/@types"), join(root, "node_modules")],
  };
  assert.deepEqual(problemsOf(ts.createProgram([file], options)), []);
}

describe("DynamoDB, on the emulator dynalite", () => {
  test("the program compiles against the types of AWS", () => compiles("dynamodb", "node"));

  const server = dynalite({ createTableMs: 0 });
  const port = new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server.address().port)));
  const client = new DynamoDBClient({
    endpoint: async () => ({ protocol: "http:", hostname: "127.0.0.1", port: await port, path: "/" }),
    region: "eu-central-1",
    credentials: { accessKeyId: "none", secretAccessKey: "none" },
  });
  after(() => {
    client.destroy();
    server.close();
  });

  /** @type {(database: DynamoDBDocument) => import("mia-webhooks/replay").OptimisticReplayStore} */
  let makeStore;
  /** @type {ReturnType<typeof makeStore>} */
  let store;
  before(async () => {
    const { file, program, table } = await programOf("dynamodb");
    await client.send(new CreateTableCommand(JSON.parse(table)));
    const script = file.replace(/\.ts$/, ".mjs");
    writeFileSync(script, javaScriptOf(program));
    makeStore = (await import(pathToFileURL(script).href)).dynamoReplayStore;
    store = makeStore(DynamoDBDocument.from(client));
  });
  for (const { name, run } of replayStoreTests(
    () => store,
    () => store.backend,
  )) {
    // Half of all requests, for what is in the loop.
    if (!name.startsWith("over the cap")) {
      test(name, run);
    }
  }

  // The published tests stand between the calls of a backend; this one is inside a call.
  test("an event that others commit and forget just before it is written is not saved", async () => {
    const limits = { windowMs: 10_000, cap: 20, leaseMs: 1_000, maxSkewMs: 300_000 };
    const claim = { partition: "inside", id: "0".repeat(64), timestamp: 9, lease: 1, now: 9, limits };
    const other = { ...claim, lease: 2 };
    const document = DynamoDBDocument.from(client);
    const put = async (/** @type {any} */ input) => {
      assert.equal((await store.claim(other)).code, "claimed");
      assert.equal(await store.commit(other), true);
      const { records } = await store.backend.oldest(other, 1);
      await store.backend.raiseFloor(other, claim.timestamp + 1);
      await store.backend.forget(other, records);
      return document.put(input);
    };
    const { backend } = makeStore(Object.create(document, { put: { value: put } }));
    const after = /** @type {const} */ ({ state: 2, lease: 1, until: 1_009 });
    assert.equal(await backend.save(claim, { after, maxFloor: claim.timestamp }), undefined);
    assert.equal((await backend.load(claim)).entry, undefined);
    assert.equal((await backend.oldest(claim, 1)).count, 0);
  });
});

describe("D1, with its own client in workerd and a stand-in for its servers", () => {
  test("the program compiles against the types of Cloudflare", () => compiles("d1", "@cloudflare/workers-types"));

  /** @type {Map<string, string | null>} */
  let failures;
  before(async () => {
    const { folder, table } = await programOf("d1");
    const worker = join(folder, "d1-worker.js");
    await copyFile(join(import.meta.dirname, "d1-worker.js"), worker);
    const tables = table.split(";").filter((statement) => statement.trim() !== "");
    const workerd = await startWorkerd({
      worker: {
        ...(await bundleWorker(worker)),
        text: { TABLES: JSON.stringify(tables) },
        databases: { DATABASE: "server" },
      },
      server: {
        ...(await bundleWorker("tests/stores/d1-server.js")),
        classes: { Database: "d1" },
        objects: { DATABASE: { class: "Database", worker: "server" } },
      },
    });
    const response = await fetch(/** @type {string} */ (workerd.urls["worker"]));
    failures = new Map(await response.json().finally(workerd.stop));
  });
  for (const { name } of replayStoreTests(
    memoryReplayStore,
    // Only for the names.
    () => /** @type {never} */ (undefined),
  )) {
    test(name, () => assert.equal(failures.get(name), null));
  }
});
