// @ts-check
/**
 * The memory of large bodies that a receiver holds at the same time, at the peak, over
 * the bytes of these bodies. The origin answers none of them before all have arrived.
 */

import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer, request } from "node:http";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { bundleWorker } from "../../tests/harness/workerd/bundle.js";
import { startWorkerd } from "../../tests/harness/workerd/process.js";

const SECRET = "the secret of the benchmark";
/** Of the receivers: 10 MiB for a body, and 96 MiB for all of them. */
const MAX_BYTES = 10_485_760;
const MAX_BUFFERED_BYTES = 100_663_296;

/**
 * @typedef {object} BodiesResult
 * @property {string} host
 * @property {boolean} isChunked
 * @property {number} heldBytes of all bodies together
 * @property {number} peakBytes of the process, without what it takes when it is idle
 * @property {number} ratio of the peak to what is held
 */

/**
 * Each case has a process of its own, because an engine keeps memory that it once had.
 *
 * @param {{ bodies?: number, bytes?: number, rounds?: number }} plan
 * @returns {Promise<BodiesResult[]>} one for each host, framing and round
 */
export async function measureBodies({ bodies = 8, bytes = 10_000_000, rounds = 1 } = {}) {
  if (process.platform !== "linux") {
    return [];
  }
  /** @type {BodiesResult[]} */
  const results = [];
  for (let round = 0; round < rounds; round++) {
    for (const isChunked of [false, true]) {
      for (const [host, start] of Object.entries(HOSTS)) {
        const peakBytes = await peakOf(start, { bodies, bytes, isChunked });
        const heldBytes = bodies * bytes;
        results.push({ host, isChunked, heldBytes, peakBytes, ratio: peakBytes / heldBytes });
      }
    }
  }
  return results;
}

/** @param {Start} start @param {{ bodies: number, bytes: number, isChunked: boolean }} plan */
async function peakOf(start, { bodies, bytes, isChunked }) {
  const origin = await startOrigin();
  const { url, pid, stop } = await start(origin.url);
  try {
    // What an engine takes once, for its heap and its code, does not count.
    origin.answerAfter(1);
    for (let i = 0; i < 50; i++) {
      await send(url, eventOf(1_000, i), isChunked);
    }
    const idle = await memoryOf(pid, "VmRSS");
    origin.answerAfter(bodies);
    await Promise.all(Array.from({ length: bodies }, (_, i) => send(url, eventOf(bytes, i), isChunked)));
    return (await memoryOf(pid, "VmHWM")) - idle;
  } finally {
    await Promise.all([stop(), origin.stop()]);
  }
}

/** An event of so many bytes, and its token. @param {number} bytes @param {number} number */
function eventOf(bytes, number) {
  const event = { eventName: "tag_created", eventTimestamp: Date.now(), payload: { number, text: "" } };
  event.payload.text = "a".repeat(bytes - JSON.stringify(event).length);
  const body = Buffer.from(JSON.stringify(event));
  return { body, token: createHash("sha256").update(body).update(SECRET).digest("hex") };
}

/** @param {string} url @param {ReturnType<typeof eventOf>} event @param {boolean} isChunked */
async function send(url, { body, token }, isChunked) {
  const headers = { "x-mia-token": token, ...(isChunked ? {} : { "content-length": body.length }) };
  const sending = request(url, { method: "POST", headers });
  const answered = once(sending, "response");
  for (let at = 0; at < body.length; at += PIECE) {
    if (!sending.write(body.subarray(at, at + PIECE))) {
      await once(sending, "drain");
    }
  }
  sending.end();
  const [response] = await answered;
  response.resume();
  if (response.statusCode !== 204) {
    throw new Error(`the receiver answered ${response.statusCode}`);
  }
}

const PIECE = 65_536;

/** An origin that answers when so many requests have arrived in full. */
async function startOrigin() {
  let needed = 1;
  /** @type {import("node:http").ServerResponse[]} */
  let waiting = [];
  const server = createServer((incoming, outgoing) => {
    incoming.resume().on("end", () => {
      waiting.push(outgoing);
      if (waiting.length >= needed) {
        waiting.forEach((response) => response.writeHead(204).end());
        waiting = [];
      }
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  return {
    url: `http://127.0.0.1:${port}/`,
    /** @param {number} requests */
    answerAfter: (requests) => void (needed = requests),
    async stop() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

/** @param {number} pid @param {"VmRSS" | "VmHWM"} field */
async function memoryOf(pid, field) {
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  return Number(new RegExp(`${field}:\\s+(\\d+) kB`).exec(status)?.[1]) * 1024;
}

/** @typedef {(originUrl: string) => Promise<{ url: string, pid: number, stop(): Promise<unknown> }>} Start */

/** @type {Record<string, Start>} */
const HOSTS = {
  async workerd(originUrl) {
    const bundle = await bundleWorker(`export { default } from "mia-webhooks/cloudflare";`, { minify: true });
    const text = {
      MIA_WEBHOOK_SECRET: SECRET,
      ORIGIN_URL: originUrl,
      REPLAY: "off",
      MAX_BYTES: String(MAX_BYTES),
      MAX_BUFFERED_BYTES: String(MAX_BUFFERED_BYTES),
    };
    const { urls, pid, stop } = await startWorkerd({ worker: { ...bundle, text } }, { isSilent: true });
    return { url: /** @type {string} */ (urls["worker"]), pid, stop };
  },

  async Node(originUrl) {
    const file = fileURLToPath(new URL("./bodies-node.js", import.meta.url));
    const settings = [originUrl, SECRET, String(MAX_BYTES), String(MAX_BUFFERED_BYTES)];
    const child = spawn(process.execPath, [file, ...settings], { stdio: ["ignore", "pipe", "inherit"] });
    const exited = once(child, "exit");
    const [line] = await once(createInterface({ input: child.stdout }), "line");
    const stop = () => {
      child.kill("SIGKILL");
      return exited;
    };
    return { url: `http://127.0.0.1:${line}`, pid: /** @type {number} */ (child.pid), stop };
  },
};
