// @ts-check
/**
 * The right answers of the package in any host: one function, which every opener
 * calls with the package as its host imports it.
 *
 * Nothing here names a host, imports from one, or knows how the package was
 * loaded: the same source runs in Node, on the edge and in browsers.
 */

import { LEFT_OUT } from "../harness/checks.js";
import { outcome } from "../harness/outcome.js";
import { ask } from "../harness/vector-questions.js";
import { badInput } from "./checks/bad-input.js";
import { declaredLength } from "./checks/declared-length.js";
import { diagnosis } from "./checks/diagnose.js";
import { guardedReceiver } from "./checks/guarded-receiver.js";
import { receivedInput } from "./checks/received-input.js";
import { subscriptionInput } from "./checks/subscription-input.js";

/** @typedef {typeof import("mia-webhooks")} Library */
/** @typedef {typeof import("mia-webhooks/diagnose")} DiagnoseLibrary */
/** @typedef {typeof import("mia-webhooks/receiver")} ReceiverLibrary */
/** @typedef {typeof import("mia-webhooks/replay")} ReplayLibrary */
/** @typedef {typeof import("mia-webhooks/subscription")} SubscriptionLibrary */

/**
 * @typedef {object} Answer
 * @property {{ id: string, expected: unknown, got: unknown }[]} failures
 * @property {Record<string, string[]>} asked Every vector and every check by its file, in the order in which they were asked.
 * @property {string[]} leftOut Checks that this host has no means for.
 * @property {string[]} hidden Vectors that the host altered before the library could see them, so that the answer cannot be held against it.
 */

/** @typedef {{ library: Library, diagnose: DiagnoseLibrary, receiver: ReceiverLibrary, replay: ReplayLibrary, subscription: SubscriptionLibrary }} EntryPoints */

/**
 * The checks of each file in checks/: what it does by its name. The test compares
 * this list with the folder, and the names with what every host says it asked.
 *
 * @type {Record<string, (entryPoints: EntryPoints) => Record<string, () => unknown>>}
 */
export const CHECKS = {
  "bad-input": badInput,
  "declared-length": declaredLength,
  diagnose: diagnosis,
  "guarded-receiver": guardedReceiver,
  "received-input": receivedInput,
  "subscription-input": subscriptionInput,
};

/**
 * @param {EntryPoints} entryPoints
 * @param {Record<string, { vectors: any[] }>} vectors The files of tests/vectors, by name without `.json`.
 * @returns {Promise<Answer>}
 */
export async function conformance(entryPoints, vectors) {
  /** @type {Answer} */
  const answer = { failures: [], asked: {}, leftOut: [], hidden: [] };

  for (const [file, { vectors: list }] of Object.entries(vectors)) {
    for (const vector of list) {
      const { expected, get, isHidden } = ask(entryPoints, file, vector);
      const got = await outcome(get);
      (answer.asked[`${file}.json`] ??= []).push(vector.id);
      // They are asked too: most answers are right, and then they count.
      if (got !== expected && isHidden?.()) {
        answer.hidden.push(vector.id);
      } else if (got !== expected) {
        answer.failures.push({ id: `${file}/${vector.id}`, expected, got: String(got) });
      }
    }
  }
  for (const [file, checksOf] of Object.entries(CHECKS)) {
    for (const [id, check] of Object.entries(checksOf(entryPoints))) {
      const got = await outcome(async () => ((await check()) === LEFT_OUT ? LEFT_OUT : "holds"));
      (answer.asked[`${file}.js`] ??= []).push(id);
      if (got === LEFT_OUT) {
        answer.leftOut.push(`${file}/${id}`);
      } else if (got !== "holds") {
        answer.failures.push({ id: `${file}/${id}`, expected: "holds", got: String(got) });
      }
    }
  }
  return answer;
}
