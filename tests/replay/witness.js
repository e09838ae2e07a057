// @ts-check
/**
 * Sees what reached the origin and what the sender was told, and whether they
 * fit: nothing lost, and nothing forwarded after its sender was told that it
 * was taken.
 */

import { startOrigin } from "../receivers/origin.js";

export async function startWitness() {
  const origin = await startOrigin();
  /** How often each event arrived, by its number. @type {Map<number, number>} */
  const arrived = new Map();
  /** @type {Set<number>} */
  const acknowledged = new Set();
  /** @type {number[]} */
  const replayed = [];
  const { push } = origin.arrivals;
  // Instead of keeping every request: there are tens of thousands.
  origin.arrivals.push = (...arrivals) => {
    for (const { payload } of arrivals) {
      const { number } = JSON.parse(payload.toString()).payload;
      arrived.set(number, (arrived.get(number) ?? 0) + 1);
      if (acknowledged.has(number)) {
        replayed.push(number);
      }
    }
    return push.length;
  };
  return {
    origin,
    /** Tells that the sender got a 2xx for this event. @param {number} number */
    acknowledge(number) {
      acknowledged.add(number);
    },
    /** @param {number} events How many there were, from 0. */
    verdict(events) {
      const numbers = Array.from({ length: events }, (_, number) => number);
      return {
        acknowledged: acknowledged.size,
        lost: numbers.filter((number) => !arrived.has(number)),
        replayed,
        arrivedTwice: numbers.filter((number) => (arrived.get(number) ?? 0) > 1).length,
      };
    },
  };
}
