// @ts-check
/** The guard's results as Markdown. */

import { median, ratio } from "../interleave.js";
import { table } from "../table.js";
import { UNGUARDED } from "./throughput.js";

/** @typedef {{ perSecond: import("../interleave.js").Series, guard: import("./guard.js").GuardResults }} ReplayResults */

/** @param {ReplayResults} replay */
export function replaySection({ perSecond, guard }) {
  const unguarded = /** @type {number[]} */ (perSecond[UNGUARDED]);
  const rates = Object.entries(perSecond).map(([name, rounds]) => [
    name,
    median(rounds).toFixed(0),
    ratio(rounds, unguarded).toFixed(2),
  ]);
  const pairs = Object.entries(guard.pairMs).map(([name, times]) => [name, median(times).toFixed(2)]);
  return `## Replay guard on workerd

1 KB events over 16 connections, all of them different, forwarded to the same
origin. The Durable Objects store on a local disk. One workerd runs the Worker
and all of its Durable Objects in one thread, but Cloudflare spreads them over
machines. So several shards cannot gain anything here, and fewer requests share
each sync of the disk.

${table(["Worker", "requests/s", "ratio to unguarded"], rates)}
The Durable Object by itself, one request after the other:

${table(["", "ms, median"], pairs)}
With ${guard.entries} entries, an entry takes ${guard.bytesPerEntry.toFixed(0)} bytes. The longest of
200 claims took ${guard.quietMs.toFixed(1)} ms, and the longest one while ${guard.pruned} entries were forgotten took ${guard.pruningMs.toFixed(1)} ms.
`;
}
