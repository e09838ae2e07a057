// @ts-check
/** What grows, as Markdown. */

import { median, ratio } from "../interleave.js";
import { microseconds, table } from "../table.js";
import { COUNTS, routes } from "./routes.js";

/** @param {import("./growth.js").GrowthResults} growth */
export const growthSection = (growth) => `## What grows

${[pathsTable(growth.routes), storeTable(growth.memoryStore), bodiesTable(growth.bodies)].filter(Boolean).join("\n")}`;

/** @param {import("../interleave.js").Series} series */
function pathsTable(series) {
  const of = (/** @type {number} */ count) => /** @type {number[]} */ (series[routes(count)]);
  return `A receiver of several subscriptions, in Node. Each event of 1 KB goes to the next path.

${table(
  ["receiver", "CPU of an event, µs", "over one path"],
  COUNTS.map((count) => [routes(count), microseconds(median(of(count))), ratio(of(count), of(1)).toFixed(2)]),
)}`;
}

/** @param {import("./memory-store.js").MemoryStoreResult} result */
const storeTable = ({
  entries,
  bytesPerEntry,
  lateMicroseconds,
  nextMicroseconds,
}) => `\`memoryReplayStore\` with ${entries} entries, in Node: the claim and the commit of an event, the median.

${table(
  ["", ""],
  [
    ["an event that is newer than all entries, µs", microseconds(nextMicroseconds)],
    ["an event that is older than half of them, µs", microseconds(lateMicroseconds)],
    ["an entry, bytes", bytesPerEntry?.toFixed(0) ?? "–"],
  ],
)}`;

/** @param {import("./bodies.js").BodiesResult[]} results */
function bodiesTable(results) {
  const [{ heldBytes = 0 } = {}] = results;
  const cases = casesOf(results);
  return cases.length === 0
    ? ""
    : `${megabytes(heldBytes)} MB of bodies that arrive at the same time, and that the origin answers only when all have
arrived: the most memory of the receiver's process, without what it takes when it is idle.

${table(
  ["host", "body", "MB at the peak", "over the bodies"],
  cases.map(({ host, isChunked, peaks, ratios }) => [
    host,
    isChunked ? "in chunks" : "with its length",
    megabytes(median(peaks)),
    median(ratios).toFixed(2),
  ]),
)}`;
}

/** The results of all rounds of each case. @param {import("./bodies.js").BodiesResult[]} results */
export function casesOf(results) {
  const names = [...new Set(results.map(({ host, isChunked }) => JSON.stringify({ host, isChunked })))];
  return names.map((name) => {
    const { host, isChunked } = JSON.parse(name);
    const rounds = results.filter((one) => one.host === host && one.isChunked === isChunked);
    return {
      host: String(host),
      isChunked: Boolean(isChunked),
      peaks: rounds.map(({ peakBytes }) => peakBytes),
      ratios: rounds.map((one) => one.ratio),
    };
  });
}

/** @param {number} count */
const megabytes = (count) => (count / 1e6).toFixed(0);
