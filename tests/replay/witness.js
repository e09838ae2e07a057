// @ts-check
/**
 * Records the events that reached the origin and the answers that the sender got,
 * and checks both: no event is lost, and none is forwarded after the sender got a
 * 2xx for it.
 */

import { startOrigin } from "../harness/origin.js";

export async function startWitness() {
  const origin = await startOrigin();
  /** How often each event arrived, by its number. @type {Map<number, number>} */
  const arrived = new Map();
  /** @type {Set<number>} */
  const acknowledged = new Set();
  /** @type {number[]} */
  const replayed = [];
  const { push } = origin.arrivals;
  // Requests are not kept: there are tens of thousands.
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
    /** Records that the sender got a 2xx for this event. @param {number} number */
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
