// @ts-check
/**
 * The right answers of the package in any host: one function, which every opener
 * calls with the package as its host imports it.
 *
 * Nothing here names a host, imports from one, or knows how the package was
 * loaded: the same source runs in Node, on the edge and in browsers.
 */

import { badInput } from "./bad-input.js";
import { diagnosis } from "./diagnose.js";
import { declaredLength } from "./declared-length.js";
import { guardedReceiver } from "./guarded-receiver.js";
import { outcome } from "../harness/outcome.js";
import { subscriptionInput } from "./subscription-input.js";
import { ask } from "../harness/vector-questions.js";

/** @typedef {typeof import("mia-webhooks")} Library */
/** @typedef {typeof import("mia-webhooks/diagnose")} DiagnoseLibrary */
/** @typedef {typeof import("mia-webhooks/receiver")} ReceiverLibrary */
/** @typedef {typeof import("mia-webhooks/replay")} ReplayLibrary */
/** @typedef {typeof import("mia-webhooks/subscription")} SubscriptionLibrary */

/**
 * @typedef {object} Answer
 * @property {number} passed Vectors and checks that hold.
 * @property {{ id: string, expected: unknown, got: unknown }[]} failures
 * @property {Record<string, number>} byFile How many were asked: by file of vectors, and `checks`.
 * @property {number} vectors How many vectors were given, those that are hidden among them.
 * @property {number} checks How many checks beside the vectors were made.
 * @property {string[]} hidden Vectors that the host altered before the library could see them, so that the answer cannot be held against it.
 */

/**
 * @param {{ library: Library, diagnose: DiagnoseLibrary, receiver: ReceiverLibrary, replay: ReplayLibrary, subscription: SubscriptionLibrary }} entryPoints
 * @param {Record<string, { vectors: any[] }>} vectors The files of tests/vectors, by name without `.json`.
 * @returns {Promise<Answer>}
 */
export async function conformance({ library, diagnose, receiver, replay, subscription }, vectors) {
  /** @type {Answer} */
  const answer = { passed: 0, failures: [], byFile: {}, vectors: 0, checks: 0, hidden: [] };

  for (const [file, { vectors: list }] of Object.entries(vectors)) {
    for (const vector of list) {
      answer.vectors += 1;
      const { expected, get, isHidden } = ask({ library, diagnose, replay, subscription }, file, vector);
      const got = await outcome(get);
      // They are asked too: most answers are right, and then they count.
      if (got !== expected && isHidden?.()) {
        answer.hidden.push(vector.id);
      } else {
        judge(file, vector.id, expected, got);
      }
    }
  }
  const checks = {
    ...badInput(library, receiver),
    ...declaredLength(library, receiver),
    ...subscriptionInput(library, subscription),
    ...diagnosis(library, diagnose),
    ...guardedReceiver(library, receiver, replay),
  };
  for (const [id, check] of Object.entries(checks)) {
    answer.checks += 1;
    judge("checks", id, "holds", await outcome(async () => (await check(), "holds")));
  }
  return answer;

  /**
   * @param {string} file
   * @param {string} id
   * @param {unknown} expected
   * @param {unknown} got
   */
  function judge(file, id, expected, got) {
    answer.byFile[file] = (answer.byFile[file] ?? 0) + 1;
    if (got === expected) {
      answer.passed += 1;
    } else {
      answer.failures.push({ id: `${file}/${id}`, expected, got: String(got) });
    }
  }
}
