// @ts-check
/** The receivers that are attacked: the ready Worker on workerd, with its Durable Objects, and one on node:http. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { root } from "../harness/checkout.js";
import { installed } from "../harness/installed.js";
import { bundleWorker } from "../harness/workerd/bundle.js";
import { startWorkerd } from "../harness/workerd/process.js";
import { SECRET } from "./requests.js";

/** 1 MiB, the default. */
export const MAX_BYTES = 1_048_576;
/** 32 MiB, the default. */
export const BUDGET = 33_554_432;

/** @typedef {{ port: number, pid: number, lines: string[], stop(): Promise<void> }} Host */

/** How long a body and the origin may take, in milliseconds: 10 s, the default. */
const LIMIT_MS = 10_000;

/**
 * Starts a guarded receiver for an origin, with a limit for bodies and for the origin.
 *
 * @type {Record<string, (originAddress: string, limitMs?: number) => Promise<Host>>}
 */
export const HOSTS = {
  async workerd(originAddress, limitMs = LIMIT_MS) {
    const bundle = await bundleWorker("edge/cloudflare/src/index.ts");
    const text = {
      MIA_WEBHOOK_SECRET: SECRET,
      ORIGIN_URL: `http://${originAddress}/`,
      BODY_TIMEOUT_MS: String(limitMs),
      ORIGIN_TIMEOUT_MS: String(limitMs),
    };
    const receiver = {
      ...bundle,
      text,
      classes: { ReplayStoreObject: "replay-store" },
      objects: { REPLAY_STORE: { class: "ReplayStoreObject", worker: "receiver" } },
    };
    const { urls, pid, lines, stop } = await startWorkerd({ receiver });
    return { port: Number(new URL(/** @type {string} */ (urls["receiver"])).port), pid, lines, stop };
  },

  async Node(originAddress, limitMs = LIMIT_MS) {
    const { folder } = await installed();
    cpSync(join(root, "tests/hostile/node-receiver.js"), join(folder, "receiver.js"));
    const settings = [`http://${originAddress}/`, SECRET, String(limitMs)];
    const child = spawn(process.execPath, ["receiver.js", ...settings], {
      cwd: folder,
      stdio: ["ignore", "pipe", "inherit"],
    });
    /** @type {string[]} */
    const lines = [];
    const reader = createInterface({ input: child.stdout });
    const [first] = await Promise.race([once(reader, "line"), once(child, "exit").then(() => ["it ended"])]);
    reader.on("line", (line) => lines.push(line));
    const port = Number(/^port (\d+)$/.exec(String(first))?.[1]);
    const exited = once(child, "exit");
    const stop = async () => {
      child.kill("SIGKILL");
      await exited;
    };
    return { port, pid: /** @type {number} */ (child.pid), lines, stop };
  },
};

/**
 * The most memory that a process has had since the last call, in bytes. Only Linux
 * counts it: elsewhere it is 0.
 *
 * @param {number} pid
 */
export function peakMemory(pid) {
  if (process.platform !== "linux") {
    return 0;
  }
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  // Starts to count again (proc_pid_clear_refs(5)).
  writeFileSync(`/proc/${pid}/clear_refs`, "5");
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1]) * 1024;
}
