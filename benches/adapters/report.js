// @ts-check
/** The results of the adapters as Markdown. */

import { median, ratio } from "../interleave.js";
import { table } from "../table.js";

/** @param {import("./adapters.js").AdapterResults} results */
export function adaptersSection({ perSecond, cpuMicroseconds, lambda }) {
  const rows = Object.entries(perSecond).flatMap(([framework, series]) => {
    const [[, ours = []] = []] = Object.entries(series);
    return Object.entries(series).map(([name, rates]) => {
      const cpu = cpuMicroseconds[framework]?.[name] ?? [];
      return [
        framework,
        name,
        Math.round(median(rates)).toString(),
        ratio(ours, rates).toFixed(2),
        cpu.length > 0 ? median(cpu).toFixed(1) : "",
      ];
    });
  });
  const calls = Object.entries(lambda).map(([name, times]) => [name, median(times).toFixed(1)]);
  return `## Adapters on Node

One process for each, 16 connections, an event of 1 KB that passes. Beside the adapter
there are two others. One reads a JSON body as the framework's documentation does, with
a limit of size and without any verification. One is written by hand with node:crypto,
and promises what this package promises: limits of size and time, the grammar of the
token, a comparison in constant time, an event that is checked, a line of log, and a
connection that serves the next request after a refusal. Lines of the log are made and
not written. Read the CPU time too: it does not depend on the client, which shares the
machine.

${table(["framework", "contender", "requests a second", "mia-webhooks over it", "CPU of a request, µs"], rows)}
One call of a Lambda function, in one process and without a gateway:

${table(["contender", "µs"], calls)}`;
}
