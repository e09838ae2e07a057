// @ts-check
/**
 * A MongoDB: the real one where this machine has `mongod`, as a replica set of one
 * server, or else an emulator, which speaks its protocol and keeps documents in SQLite.
 */

import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { MongoClient } from "mongodb";
import { startServer } from "./process.js";
import { findMongo } from "./programs.js";

export async function startMongo() {
  const found = findMongo();
  if (found === undefined) {
    throw new Error("there is no MongoDB and no emulator: run node tests/harness/servers/install.js");
  }
  const { path, isEmulator } = found;
  const server = await startServer({
    name: isEmulator ? "mongodb-emulator" : "mongodb",
    prepare: (folder) => void mkdirSync(join(folder, "data")),
    command: isEmulator ? emulator(path) : mongod(path),
    url: (port) => `mongodb://127.0.0.1:${port}/test`,
    answers: isEmulator ? answers : isPrimary,
  });
  return Object.assign(server, { isEmulator });
}

/** @param {string} path @returns {(folder: string, port: number) => string[]} */
const emulator = (path) => (folder, port) => {
  const pidFile = join(folder, "pid");
  // It is left by `kill -9`, and then the next one would not start.
  rmSync(pidFile, { force: true });
  const run = "import sys; sys.path.insert(0, sys.argv.pop(1)); from nx_27017.nx_27017 import main; sys.exit(main())";
  const files = ["--data-dir", join(folder, "data"), "--log-file", join(folder, "log"), "--pid-file", pidFile];
  return ["python3", "-c", run, path, "--host", "127.0.0.1", "-p", String(port), ...files];
};

/** @param {string} path @returns {(folder: string, port: number) => string[]} */
const mongod = (path) => (folder, port) => [
  path,
  "--replSet",
  "rs0",
  "--bind_ip",
  "127.0.0.1",
  "--port",
  String(port),
  "--dbpath",
  join(folder, "data"),
];

/** @param {number} port */
const answers = (port) => ask(port, async (admin) => (await admin.command({ ping: 1 }))["ok"] === 1);

/** Makes it a replica set the first time. @param {number} port */
const isPrimary = (port) =>
  ask(port, async (admin) => {
    const members = [{ _id: 0, host: `127.0.0.1:${port}` }];
    await admin.command({ replSetInitiate: { _id: "rs0", members } }).catch(() => {});
    return (await admin.command({ hello: 1 }))["isWritablePrimary"] === true;
  });

/** @param {number} port @param {(admin: import("mongodb").Db) => Promise<boolean>} question */
async function ask(port, question) {
  const client = new MongoClient(`mongodb://127.0.0.1:${port}/?directConnection=true`, {
    serverSelectionTimeoutMS: 500,
  });
  try {
    return await question(client.db("admin"));
  } catch {
    return false;
  } finally {
    await client.close();
  }
}
