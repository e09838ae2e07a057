// @ts-check
/**
 * What the package must answer, in whichever host it runs: one function of the
 * library, which every opener calls with the package as its host imports it.
 *
 * Nothing here names a host, imports from one, or knows how the package was
 * loaded: the same text runs in Node, on the edge and in browsers.
 */

import { inputChecks } from "./input-checks.js";
import { receiverChecks } from "./receiver-checks.js";
import { requestChecks } from "./request-checks.js";
import { ask } from "./vector-questions.js";

/** @typedef {typeof import("mia-webhooks")} Library */
/** @typedef {typeof import("mia-webhooks/receiver")} ReceiverLibrary */

/**
 * One thing that must hold. `got` is compared with `expected` by `===`.
 *
 * @typedef {object} Check
 * @property {string} id
 * @property {unknown} expected
 * @property {() => unknown} get May throw or return a promise. `UNAVAILABLE` says that this host lacks what the check is about.
 */

/**
 * @typedef {object} Outcome
 * @property {number} passed Vectors and checks that hold.
 * @property {{ id: string, expected: unknown, got: unknown }[]} failures
 * @property {Record<string, number>} byFile How many were asked: by file of vectors, and `checks`.
 * @property {string[]} skipped What this host cannot be asked, for example because it refuses to build the header.
 */

/** What a check returns where the host lacks what it is about. */
export { UNAVAILABLE } from "./outcome.js";
import { UNAVAILABLE, outcome } from "./outcome.js";

/**
 * @param {Library} library
 * @param {ReceiverLibrary} receiver
 * @param {Record<string, { vectors: any[] }>} vectors The files of tests/vectors, by name without `.json`.
 * @returns {Promise<Outcome>}
 */
export async function conformance(library, receiver, vectors) {
  /** @type {Outcome} */
  const result = { passed: 0, failures: [], byFile: {}, skipped: [] };

  for (const [file, { vectors: list }] of Object.entries(vectors)) {
    for (const vector of list) {
      await judge(file, ask(library, file, vector));
    }
  }
  for (const check of [...inputChecks(library), ...requestChecks(library), ...receiverChecks(library, receiver)]) {
    await judge("checks", check);
  }
  return result;

  /**
   * @param {string} file
   * @param {Check} check
   */
  async function judge(file, { id, expected, get }) {
    const got = await outcome(get);
    if (got === UNAVAILABLE) {
      result.skipped.push(`${file}/${id}`);
      return;
    }
    result.byFile[file] = (result.byFile[file] ?? 0) + 1;
    if (got === expected) {
      result.passed += 1;
    } else {
      result.failures.push({ id: `${file}/${id}`, expected: printable(expected), got: printable(got) });
    }
  }
}

/** @param {unknown} value */
const printable = (value) => (typeof value === "string" || typeof value === "number" ? value : String(value));
