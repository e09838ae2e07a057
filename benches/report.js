// @ts-check
/** The results as Markdown. */

import { readFile } from "node:fs/promises";
import { adaptersSection } from "./adapters/report.js";
import { DEFAULT_MS } from "./diagnose.js";
import { median, ratio } from "./interleave.js";
import { quantile } from "./page.js";
import { replaySection } from "./replay/report.js";
import { storesSection } from "./stores/report.js";
import { table } from "./table.js";
import { checkTargets } from "./targets.js";

/**
 * @typedef {import("./interleave.js").Series} Series
 *
 * @typedef {object} Host
 * @property {string} name
 * @property {string} version
 * @property {Record<number, Series>} [verify] microseconds, by size
 * @property {Record<number, Series>} [rotation] microseconds, by size
 *
 * @typedef {object} Results
 * @property {Host[]} hosts
 * @property {{ node?: Series, workerd?: Series }} [cold] milliseconds
 * @property {{ perSecond: Series, cpuMicroseconds: Series }} [receiver]
 * @property {import("./adapters/adapters.js").AdapterResults} [adapters]
 * @property {import("./replay/report.js").ReplayResults} [replay]
 * @property {import("./stores/stores.js").StoreResult[]} [stores]
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
    results.hosts.map(verifyTable).join("\n"),
    rotationTable(results.hosts),
    results.cold && coldTables(results.cold),
    results.receiver && receiverTable(results.receiver),
    results.adapters && adaptersSection(results.adapters),
    results.replay && replaySection(results.replay),
    results.stores && storesSection(results.stores),
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

/** @param {Host} host */
function verifyTable({ name, verify }) {
  const sizes = Object.keys(verify ?? {}).map(Number);
  if (verify === undefined || sizes.length === 0) {
    return "";
  }
  const first = /** @type {Series} */ (verify[/** @type {number} */ (sizes[0])]);
  const rows = Object.keys(first).map((contender) => [
    contender,
    ...sizes.map((size) => {
      const series = /** @type {Series} */ (verify[size]);
      const own = /** @type {number[]} */ (series["mia-webhooks"]);
      const times = /** @type {number[]} */ (series[contender]);
      return `${microseconds(median(times))} (${ratio(times, own).toFixed(2)})`;
    }),
  ]);
  return `## One verify on ${name}

Median in µs, and in parentheses the ratio to mia-webhooks. Below 1.00 the
contender is faster.

${table(["contender", ...sizes.map(bytes)], rows)}${NOTES[name] ?? ""}`;
}

/** @type {Record<string, string>} */
const NOTES = {
  Node: `
\`raw wasm floor\` is this package's own module, called without any
check. The bare hashes (WebCrypto, node:crypto, hash-wasm, noble) compute the
Console's \`sha256(payload ++ secret)\` and compare it in constant time. svix,
standardwebhooks, octokit and jose cannot check that scheme. They check their
own, an HMAC-SHA-256 of the same payload, which hashes two to four more blocks.
svix and standardwebhooks also parse the payload as JSON. octokit uses node:crypto
in Node and WebCrypto elsewhere.

Node's WebCrypto gives each digest to a thread pool, so its time depends on how
fast the system wakes threads. Where a ratio is below 1.00, the host's native
hash is faster: it may use the processor's SHA instructions, and wasm may not.
`,
  workerd: `
A Worker's clock stands still while it computes. So each batch is one request,
timed from outside, minus an empty batch. hash-wasm cannot run in workerd, which
forbids it to compile bytes.
`,
  Chromium: `
The page is cross-origin isolated, so its clock has steps of 5 µs.
`,
};

/** @param {Host[]} hosts */
function rotationTable(hosts) {
  const rows = hosts.flatMap(({ name, rotation = {} }) =>
    Object.entries(rotation).map(([size, series]) => {
      const [one, three] = /** @type {[number[], number[]]} */ (Object.values(series));
      return [
        name,
        bytes(Number(size)),
        microseconds(median(one)),
        microseconds(median(three)),
        ratio(three, one).toFixed(2),
      ];
    }),
  );
  return rows.length === 0
    ? ""
    : `## Rotation

The payload is hashed once; each further secret needs only its last blocks. The
last of the three secrets matches.

${table(["host", "payload", "1 secret, µs", "3 secrets, µs", "ratio"], rows)}`;
}

/** @param {NonNullable<Results["cold"]>} cold */
function coldTables({ node, workerd }) {
  const rows = (/** @type {Series} */ series) =>
    Object.entries(series).map(([name, times]) => [
      name,
      median(times).toFixed(2),
      ratio(times, /** @type {number[]} */ (series["mia-webhooks"])).toFixed(2),
    ]);
  return `## Cold start
${
  node
    ? `
Node: from before \`import()\` to after the first verify of 1 KB, each time in a
new process.

${table(["contender", "ms", "ratio to mia-webhooks"], rows(node))}`
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

/** @param {NonNullable<Results["receiver"]>} receiver */
function receiverTable({ perSecond, cpuMicroseconds }) {
  const names = Object.keys(perSecond);
  const bare = /** @type {string} */ (names.at(-1));
  const of = (/** @type {Series} */ series, /** @type {string} */ name) => /** @type {number[]} */ (series[name]);
  const rows = names.map((name) => [
    name,
    median(of(perSecond, name)).toFixed(0),
    ratio(of(perSecond, name), of(perSecond, bare)).toFixed(2),
    ...(of(cpuMicroseconds, name).length > 0
      ? [
          median(of(cpuMicroseconds, name)).toFixed(0),
          ratio(of(cpuMicroseconds, name), of(cpuMicroseconds, bare)).toFixed(2),
        ]
      : ["–", "–"]),
  ]);
  return `## Receiver on workerd

The Workers take turns. Each gets 1 KB events over 16 connections and forwards
them to the same origin. Load, receiver and origin share the machine; the CPU
time per request is only the time of the receiving workerd. The bare Worker does
not read the body, which streams past JavaScript. The one written by hand reads,
checks and parses it, and does nothing else.

${table(["Worker", "requests/s", "ratio to bare", "CPU per request, µs", "ratio to bare"], rows)}`;
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

/** @param {number} value */
const microseconds = (value) => (value < 100 ? value.toPrecision(3) : value.toFixed(0));

/** @param {number} size */
const bytes = (size) =>
  size < 1024 ? `${size} B` : size < 1_048_576 ? `${size / 1024} KB` : `${size / 1_048_576} MiB`;
