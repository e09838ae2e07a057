// @ts-check
/** Runs receivers on one real workerd, and finds the line of the log that belongs to a request. */

import assert from "node:assert/strict";
import { bundleWorker } from "./bundle.js";
import { startWorkerd } from "./process.js";

/** @typedef {import("./process.js").Worker} Worker */
/** @typedef {import("./process.js").Workerd} Workerd */

/** The settings that the ready Worker needs when its guard is off. */
export const UNGUARDED = { REPLAY: "off" };

/** What {@link mark} needs: a Worker that prints the address that it is asked for. */
export const MARKER = /** @type {const} */ ({
  marker: {
    script: "export default { fetch({ url }) { console.log(url); console.error(url); return new Response(); } };",
  },
});

let marks = 0;

/**
 * Returns when everything has been read that the Workers printed before, and how
 * many lines that were. The Workers of one workerd print in order.
 *
 * @param {Pick<Workerd, "urls" | "lines">} workerd With the {@link MARKER}.
 */
export async function mark({ urls, lines }) {
  const url = `${urls["marker"]}/${++marks}`;
  const from = lines.length;
  await (await fetch(url)).text();
  await until(() => lines.slice(from).filter((line) => line === url).length === 2, "the mark was not printed");
  return lines.length;
}

/**
 * What a request got, and the line that the receiver logged about it: the only one
 * between two marks. No earlier request may be under way.
 *
 * @template T
 * @param {Pick<Workerd, "urls" | "lines">} workerd With the {@link MARKER}.
 * @param {() => Promise<T>} send Sends one request; it may return before there is an answer.
 * @returns {Promise<{ answer: T, result: any }>}
 */
export async function logged(workerd, send) {
  const from = await mark(workerd);
  const answer = await send();
  const own = () => workerd.lines.slice(from).filter((line) => line.includes('"mia-webhooks"'));
  await until(() => own().length > 0, "nothing was logged");
  await mark(workerd);
  assert.equal(own().length, 1, `one line for one request:\n${own().join("\n")}`);
  return { answer, result: JSON.parse(/** @type {string} */ (own()[0])) };
}

/** Waits for a condition. Only what would hang reaches the limit. @param {() => unknown} condition @param {string} message */
export async function until(condition, message) {
  const limit = Date.now() + 60_000;
  while (!(await condition())) {
    assert.ok(Date.now() < limit, `${message} within a minute`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

/**
 * Runs several Workers on one workerd. Those of one file share its bundle.
 *
 * @param {Record<string, Omit<Worker, "script" | "wasm"> & { entry: string }>} workers Each with its file, from the top of the checkout.
 */
export async function startWorkers(workers) {
  /** @type {Map<string, ReturnType<typeof bundleWorker>>} */
  const bundles = new Map();
  /** @type {Record<string, Worker>} */
  const bundled = {};
  for (const [name, { entry, ...worker }] of Object.entries(workers)) {
    const bundle = bundles.get(entry) ?? bundleWorker(entry);
    bundles.set(entry, bundle);
    bundled[name] = { ...worker, ...(await bundle) };
  }
  const workerd = await startWorkerd({ ...bundled, ...MARKER });
  return {
    lines: workerd.lines,
    stop: workerd.stop,
    /** @param {string} name */
    address: (name) => /** @type {string} */ (workerd.urls[name]),
    /** @param {string} name */
    port: (name) => Number(new URL(/** @type {string} */ (workerd.urls[name])).port),
    mark: () => mark(workerd),
    /** @template T @param {() => Promise<T>} send */
    logged: (send) => logged(workerd, send),
  };
}

/**
 * Runs one Worker.
 *
 * @param {string} entry - The Worker's file, from the top of the checkout.
 * @param {Record<string, string>} env - Its text bindings.
 * @param {string} [originAddress] - Bound as the service `ORIGIN`.
 */
export async function startWorker(entry, env, originAddress) {
  const { address, port, ...rest } = await startWorkers({
    worker: { entry, text: env, ...(originAddress && { services: { ORIGIN: originAddress } }) },
  });
  return { ...rest, address: address("worker"), port: port("worker") };
}
