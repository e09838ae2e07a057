// @ts-check
/** A real Redis. */

import { connect } from "node:net";
import { startServer } from "./process.js";
import { findRedis } from "./programs.js";

/**
 * @param {object} [options]
 * @param {"always" | "everysec" | "no"} [options.appendfsync] when it writes changes to the disk: before it answers,
 * within a second, or never
 * @param {Readonly<Record<string, string>>} [options.settings] more of its settings
 */
export async function startRedis({ appendfsync = "always", settings = {} } = {}) {
  const program = findRedis();
  if (program === undefined) {
    throw new Error("there is no redis-server: run node tests/harness/servers/install.js");
  }
  const all = { bind: "127.0.0.1", save: "", appendonly: appendfsync === "no" ? "no" : "yes", ...settings };
  return startServer({
    name: "redis",
    command: (folder, port) => [
      program,
      ...Object.entries({ ...all, appendfsync, dir: folder, port }).flatMap(([name, value]) => [
        `--${name}`,
        `${value}`,
      ]),
    ],
    url: (port) => `redis://127.0.0.1:${port}`,
    answers,
  });
}

/** While it reads its file, it answers with an error. @param {number} port @returns {Promise<boolean>} */
const answers = (port) =>
  new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => socket.write("PING\r\n"));
    socket.once("data", (data) => {
      socket.destroy();
      resolve(`${data}`.startsWith("+PONG"));
    });
    socket.on("error", () => resolve(false));
    socket.on("close", () => resolve(false));
  });
