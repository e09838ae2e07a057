// @ts-check
/** The results as Markdown. */

import { readFile } from "node:fs/promises";
import { adaptersSection } from "./adapters/report.js";
import { DEFAULT_MS } from "./diagnose.js";
import { growthSection } from "./growth/report.js";
import { hostsSection } from "./hosts/report.js";
import { median, ratio } from "./interleave.js";
import { quantile } from "./page.js";
import { receiverSection } from "./receiver/report.js";
import { replaySection } from "./replay/report.js";
import { storesSection } from "./stores/report.js";
import { microseconds, table } from "./table.js";
import { checkTargets } from "./targets.js";

/**
 * @typedef {import("./interleave.js").Series} Series
 *
 * @typedef {object} Results
 * @property {import("./hosts/report.js").Host[]} hosts
 * @property {{ node?: import("./cold/node.js").ColdNode, workerd?: Series }} [cold] milliseconds
 * @property {{ bySize: Record<number, import("./receiver/throughput.js").Measured> }} [receiver]
 * @property {import("./adapters/adapters.js").AdapterResults} [adapters]
 * @property {import("./replay/report.js").ReplayResults} [replay]
 * @property {import("./stores/stores.js").StoreResult[]} [stores]
 * @property {import("./growth/growth.js").GrowthResults} [growth]
 * @property {Awaited<ReturnType<typeof import("./diagnose.js").measureDiagnose>>} [diagnose]
 * @property {Series} [subscription] Microseconds.
 * @property {import("./page.js").PageResults} [page]
 * @property {import("./sizes.js").Size[]} [sizes]
 */

const PACKAGES = [
  "@noble/hashes",
  "@octokit/webhooks-methods",
  "hash-wasm",
  "jose",
  "standardwebhooks",
  "svix",
  "autocannon",
];

/** @param {Results} results */
export async function report(results) {
  return [
    await header(results),
    targetsTable(results),
    hostsSection(results.hosts),
    results.cold && coldTables(results.cold),
    results.receiver && receiverSection(results.receiver),
    results.adapters && adaptersSection(results.adapters),
    results.replay && replaySection(results.replay),
    results.stores && storesSection(results.stores),
    results.growth && growthSection(results.growth),
    results.diagnose && diagnoseTable(results.diagnose),
    results.subscription && subscriptionTable(results.subscription),
    results.page && pageTable(results.page),
    results.sizes && sizesTable(results.sizes),
  ]
    .filter(Boolean)
    .join("\n");
}

/** @param {Results} results */
async function header({ hosts }) {
  const manifest = JSON.parse(await readFile(new URL("package.json", import.meta.url), "utf8"));
  const contenders = PACKAGES.map((name) => `${name} ${manifest.devDependencies[name]}`).join(", ");
  return `# Performance

Written by \`cargo xtask bench\` on ${new Date().toISOString().slice(0, 10)}. Run it to get your own figures.

In each table the contenders took turns: every round runs a batch of each, and
every round starts with another contender. A time is the median over the rounds.
A ratio is the median of the ratios within the rounds, so a slow second of the
machine affects both sides. **Read the ratios**: the times are valid only for the
machine of this run.

In Node, Deno and Bun a time is the CPU time of the process, so that other programs do
not count; only what is awaited is timed by the clock, because waiting is a part of it.

Before a contender is timed, it must accept the right token and refuse a forged
one. The tokens come from the host's WebCrypto, not from this package.

Hosts: ${hosts.map(({ version }) => version).join(", ") || "none in this run"}.
Contenders: ${contenders}.
`;
}

/** @param {Results} results */
function targetsTable(results) {
  const rows = checkTargets(results).map(({ target, measured, isMet }) => [target, measured, isMet ? "yes" : "**no**"]);
  return `## Targets

${table(["target", "measured", "met"], rows)}`;
}

/** @param {NonNullable<Results["cold"]>} cold */
function coldTables({ node, workerd }) {
  const cells = (/** @type {Series} */ series, /** @type {string} */ name) => {
    const times = series[name];
    const own = /** @type {number[]} */ (series["mia-webhooks"]);
    return times ? [median(times).toFixed(2), ratio(times, own).toFixed(2)] : ["–", "–"];
  };
  const rows = (/** @type {Series[]} */ ...all) =>
    Object.keys(/** @type {Series} */ (all[0])).map((name) => [name, ...all.flatMap((series) => cells(series, name))]);
  return `## Cold start
${
  node
    ? `
Node: from before \`import()\` to after the first verify of 1 KB, each time in a
new process. Every contender is a package in one \`node_modules\`: mia-webhooks as
its tarball installs it, the libraries as they are, and those written by hand
with the \`exports\` of mia-webhooks and one file. The CPU time is of all threads.
The ratios are to mia-webhooks.

${table(
  ["contender", "ms", "ratio", "ms of CPU", "ratio", "ms with `require`", "ratio"],
  rows(node.ms, node.cpuMs, node.requireMs),
)}`
    : ""
}${
    workerd
      ? `
workerd: CPU time of all its threads for the first request after its start, which
verifies 1 KB. The empty Worker only answers.

${table(["Worker", "ms of CPU", "ratio to mia-webhooks"], rows(workerd))}`
      : ""
  }`;
}

/** @param {NonNullable<Results["diagnose"]>} diagnose */
const diagnoseTable = (diagnose) => `## A search that finds nothing, on Node

\`diagnose\` of a token that nothing explains. By default it stops after
${DEFAULT_MS} ms, and says that it is not finished. It looks at the clock after each step:
1 MiB that was hashed, or one form of the payload that was written. So it ends at
most one step late. The preparation comes before that: some 0.4 to 0.7 seconds for 1 MiB.

${table(
  ["payload", "ms by default", "candidates", "finished", "longest step, ms", "ms without a limit", "candidates"],
  Object.entries(diagnose).map(([name, { limited, whole }]) => [
    name,
    microseconds(median(limited.map(({ ms }) => ms))),
    String(median(limited.map(({ tried }) => tried))),
    limited.every(({ isFinished }) => isFinished) ? "yes" : "no",
    microseconds(Math.max(...limited.map(({ longestMs }) => longestMs))),
    whole ? microseconds(whole.ms) : "–",
    whole ? String(whole.tried) : "–",
  ]),
)}`;

/** @param {Series} series */
const subscriptionTable = (series) => `## A subscription on Node

${table(
  ["call", "µs"],
  Object.entries(series).map(([name, times]) => [name, microseconds(median(times))]),
)}`;

/** @param {import("./page.js").PageResults} page */
const pageTable = ({ verdictMs, missMs, lcpMs, cls, gzip, script }) => `## The tester in Chromium

The times from the last input to the verdict, and the load of the page from a
server on the same machine, by the browser's own entries (not by Lighthouse).

${table(
  ["what", "median", "95th percentile"],
  [
    ["a right token of 64 KiB, ms", microseconds(median(verdictMs)), microseconds(quantile(verdictMs, 0.95))],
    ["a token of 4 KiB that nothing explains, ms", microseconds(median(missMs)), microseconds(quantile(missMs, 0.95))],
    ["largest contentful paint, ms", microseconds(median(lcpMs)), microseconds(quantile(lcpMs, 0.95))],
    ["cumulative layout shift, the largest of all loads", cls.toFixed(3), ""],
    ["the page after gzip, bytes", String(gzip), ""],
    ["the page's script after gzip, without the wasm modules, bytes", String(script), ""],
  ],
)}`;

/** @param {import("./sizes.js").Size[]} sizes */
const sizesTable = (sizes) => `## Sizes

In bytes; a KB in a target is 1,024 bytes. esbuild bundles and minifies the
entry points; gzip has level 9.

${table(
  ["what", "raw", "gzip"],
  sizes.map(({ name, raw, gzip }) => [name, String(raw), String(gzip)]),
)}`;
