// @ts-check
/** Finds the programs of database servers on this machine. Starts and installs nothing. */

import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { root } from "../checkout.js";
import { onPath } from "../on-path.js";

/** Speaks MongoDB's protocol, and keeps documents in SQLite. MongoDB's own server is in no package of Debian, npm or PyPI. */
export const EMULATOR = "nx-27017==0.8.1";

/** The emulator and all that it needs, as packages of Python. */
export const EMULATOR_PACKAGES = [EMULATOR, "neosqlite==1.17.2", "pymongo==4.20.1", "dnspython==2.9.2"];

export const emulatorFolder = join(root, `target/servers/${EMULATOR}`);

/** Where Debian has Postgres's programs, the newest version first. */
function postgresFolders() {
  const versions = "/usr/lib/postgresql";
  return existsSync(versions)
    ? readdirSync(versions)
        .sort((a, b) => Number(b) - Number(a))
        .map((version) => join(versions, version, "bin"))
    : [];
}

export const findRedis = () => onPath("redis-server");

/** A program of Postgres's. @param {"postgres" | "initdb" | "pg_isready"} name */
export const findPostgres = (name) => onPath(name, postgresFolders());

/** MongoDB's server, or else what emulates it. */
export function findMongo() {
  const mongod = onPath("mongod");
  if (mongod !== undefined) {
    return { path: mongod, isEmulator: false };
  }
  return existsSync(emulatorFolder) ? { path: emulatorFolder, isEmulator: true } : undefined;
}
