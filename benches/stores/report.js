// @ts-check
/** The results of the stores as Markdown. */

import { median, ratio } from "../interleave.js";
import { table } from "../table.js";
import { AT_ONCE, BARE, OURS } from "./stores.js";

/** @param {import("./stores.js").StoreResult[]} results */
export function storesSection(results) {
  const rows = results.flatMap(({ server, client, perSecond, aloneMs, bytesPerEntry }) =>
    Object.keys(perSecond).map((name) => {
      const [rates, times] = [perSecond[name] ?? [], aloneMs[name] ?? []];
      return [
        server,
        client,
        name,
        Math.round(median(rates)).toString(),
        ratio(rates, perSecond[BARE] ?? []).toFixed(2),
        median(times).toFixed(2),
        ratio(times, aloneMs[BARE] ?? []).toFixed(2),
        name === OURS ? Math.round(bytesPerEntry).toString() : "",
      ];
    }),
  );
  const head = [
    "server",
    "client",
    "",
    `a second, ${AT_ONCE} at once`,
    "ratio",
    "alone, ms",
    "ratio",
    "bytes an entry",
  ];
  return `## Stores for several receivers

Each server runs on this machine, beside its client, and writes to the disk: Redis syncs
it once a second, Postgres with each commit. A claim and its commit are the two calls that
a store gets for each event. The bare writes are two \`SET\` of one key, or two upserts of
one row, by the same client on the same server, without any condition: they would let
every replay through. Two scripts that do nothing, with the keys and arguments of the
store's own, are what any store in Redis that compares and sets needs.

${table(head, rows)}`;
}
