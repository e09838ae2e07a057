// @ts-check
/** The receiver's results as Markdown. */

import { median, ratio } from "../interleave.js";
import { bytes, table } from "../table.js";
import { BARE, BY_HAND } from "./throughput.js";

/** @typedef {import("./throughput.js").Measured} Measured */

/** @param {{ bySize: Record<number, Measured> }} receiver */
export function receiverSection({ bySize }) {
  const rows = Object.entries(bySize).flatMap(([size, { perSecond, cpuMicroseconds }]) =>
    Object.keys(perSecond).map((name) => [
      bytes(Number(size)),
      name,
      ...cells(perSecond, name),
      ...cells(cpuMicroseconds, name),
    ]),
  );
  return `## Receiver on workerd

The Workers take turns. Each gets events over 16 connections and forwards them to the
same origin. Load, receiver and origin share the machine; the CPU time per request is
only the time of the receiving workerd. Two Workers are written by hand. One promises
what the receiver promises, and before it is timed it is asked for that: limits of
size, time and memory, rotation, the payload's id, an event that is checked, headers
that are dropped, a line of log. The other reads, checks and parses a body, and does nothing else.
The bare Worker does not read the body, which streams past JavaScript.

${table(
  ["payload", "Worker", "requests/s", "over by hand", "over bare", "CPU per request, µs", "over by hand", "over bare"],
  rows,
)}`;
}

/** @param {import("../interleave.js").Series} series @param {string} name */
function cells(series, name) {
  const of = (/** @type {string} */ one) => /** @type {number[]} */ (series[one]);
  const times = of(name);
  return times.length === 0
    ? ["–", "–", "–"]
    : [median(times).toFixed(0), ...[BY_HAND, BARE].map((other) => ratio(times, of(other)).toFixed(2))];
}
