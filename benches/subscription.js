// @ts-check
/** One call of validateSubscription in Node, with a certificate and without. */

import { readFile } from "node:fs/promises";
import { validateSubscription } from "mia-webhooks/subscription";
import { interleave } from "./interleave.js";

export const PLAIN = "validateSubscription of a record";
export const WITH_CERTIFICATE = "validateSubscription of a record with a certificate";

const CERTIFICATE = new URL("../tests/vectors/certificates/rsa-ca.pem", import.meta.url);
const NOW = Date.UTC(2026, 0, 1);

/**
 * @param {number} rounds
 * @returns {Promise<import("./interleave.js").Series>} microseconds
 */
export async function measureSubscription(rounds) {
  const record = {
    tenantId: "7b9f6a52-3c1d-4e0a-9b57-0d2c4f8e1a36",
    projectId: "65f1c0ffee0123456789abcd",
    eventName: ["project_created", "tag_created"],
    target: "https://receiver.example.org/webhook",
    secret: "19ff508aa83a064e6ddbb49962a35c26",
  };
  const base64CA = Buffer.from(await readFile(CERTIFICATE)).toString("base64");
  /** @type {Record<string, typeof record & { base64CA?: string }>} */
  const subjects = { [PLAIN]: record, [WITH_CERTIFICATE]: { ...record, base64CA } };
  for (const subject of Object.values(subjects)) {
    const { valid, issues } = validateSubscription(subject, { now: NOW });
    if (!valid || issues.length > 0) {
      throw new Error(`not the record that is meant: ${JSON.stringify(issues)}`);
    }
  }
  return interleave({
    names: Object.keys(subjects),
    rounds,
    batchMs: 8,
    time: async (name, count) => {
      const subject = subjects[name];
      const started = performance.now();
      for (let i = 0; i < count; i++) {
        validateSubscription(subject, { now: NOW });
      }
      return performance.now() - started;
    },
  });
}
