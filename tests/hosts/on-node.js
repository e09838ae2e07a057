// @ts-check
/** Starts the programs of readers on Node. */

import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileOf } from "../harness/code-blocks.js";
import { freePort } from "../harness/free-port.js";
import { programFolder } from "../harness/frameworks.js";
import { RUNTIMES } from "../harness/runtimes.js";
import { atPort, started } from "./start.js";

/** The program of a runtime, and its arguments before a script. @param {keyof RUNTIMES} name */
export const runtime = (name) => RUNTIMES[name] ?? { command: "", args: [] };

/** Why a runtime is not there, if it is not. @param {keyof RUNTIMES} name */
export const missingRuntime = (name) =>
  existsSync(runtime(name).command) ? undefined : `${runtime(name).command} IS MISSING`;

/** For what does not run on Node 20 any more. */
export const NODE_22 = "Node 22 (npm)";

let starts = 0;

/**
 * A function that starts a program: under the name that its first comment gives it, in
 * a folder where it finds the frameworks.
 *
 * @param {import("../harness/frameworks.js").Frameworks} installed
 * @param {string} name of the folder
 * @param {(file: string, port: number) => readonly string[]} [command] without it, this Node runs the file
 * @returns {import("./suite.js").Host["start"]}
 */
export const onNode =
  (installed, name, command = (file) => [process.execPath, file]) =>
  async (program, secret) => {
    const [cwd, port] = [programFolder(installed, `${name} ${(starts += 1)}`), await freePort()];
    const file = fileOf(program) ?? "server.mjs";
    mkdirSync(join(cwd, dirname(file)), { recursive: true });
    // Some get it as an argument.
    writeFileSync(join(cwd, file), program.includes("3000") ? atPort(program, port) : program);
    return started({ cwd, port, secret, command: command(file, port) });
  };
