// @ts-check
/** A real Postgres. Its first database is made once, which takes seconds, and copied for each server. */

import { execFile, execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chownSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { root } from "../checkout.js";
import { startServer } from "./process.js";
import { findPostgres } from "./programs.js";

const run = promisify(execFile);

/** @typedef {import("./process.js").Identity} Identity */

/**
 * @param {object} [options]
 * @param {Readonly<Record<string, string>>} [options.settings] of its configuration
 */
export async function startPostgres({ settings = {} } = {}) {
  const [program, ready] = [findPostgres("postgres"), findPostgres("pg_isready")];
  if (program === undefined || ready === undefined) {
    throw new Error("there is no Postgres: run node tests/harness/servers/install.js");
  }
  const identity = ownerOfServers();
  const template = await makeTemplate(identity);
  // No socket in a folder: Debian's is for the server of the system.
  const all = { listen_addresses: "127.0.0.1", unix_socket_directories: "", ...settings };
  return startServer({
    name: "postgres",
    identity,
    // With the owner of each file.
    prepare: (folder) => run("cp", ["-a", template, join(folder, "data")]),
    command: (folder, port) => [
      program,
      ...["-D", join(folder, "data"), "-p", String(port)],
      ...Object.entries(all).flatMap(([name, value]) => ["-c", `${name}=${value}`]),
    ],
    url: (port) => `postgres://postgres@127.0.0.1:${port}/postgres`,
    answers: (port) =>
      run(ready, ["--quiet", "--host=127.0.0.1", `--port=${port}`]).then(
        () => true,
        () => false,
      ),
  });
}

/** Postgres refuses to be run by root. @returns {Identity | undefined} */
function ownerOfServers() {
  if (process.getuid?.() !== 0) {
    return undefined;
  }
  const id = (/** @type {string} */ option) => Number(execFileSync("id", [option, "postgres"], { encoding: "utf8" }));
  return { uid: id("-u"), gid: id("-g") };
}

/** A folder with an empty database. @param {Identity | undefined} identity */
async function makeTemplate(identity) {
  const initdb = /** @type {string} */ (findPostgres("initdb"));
  const { stdout: version } = await run(initdb, ["--version"]);
  const args = [
    "--no-locale",
    "--encoding=UTF8",
    "--auth=trust",
    "--username=postgres",
    "--wal-segsize=1",
    "--no-sync",
  ];
  const key = createHash("sha256")
    .update(JSON.stringify([version, args, identity]))
    .digest("hex")
    .slice(0, 16);
  const home = join(root, "target/servers");
  const template = join(home, `postgres-${key}`);
  if (!existsSync(template)) {
    mkdirSync(home, { recursive: true });
    // Who runs the server may have no way into the checkout.
    const made = mkdtempSync(join(tmpdir(), "mia-webhooks-initdb-"));
    const copy = mkdtempSync(`${home}/`);
    try {
      if (identity) {
        chownSync(made, identity.uid, identity.gid);
      }
      await run(initdb, [...args, join(made, "data")], { ...identity, cwd: made });
      await run("cp", ["-a", join(made, "data"), copy]);
      renameSync(join(copy, "data"), template);
    } catch (error) {
      // Another test file may have been faster.
      if (!existsSync(template)) {
        throw error;
      }
    } finally {
      [made, copy].forEach((folder) => rmSync(folder, { recursive: true, force: true }));
    }
  }
  return template;
}
