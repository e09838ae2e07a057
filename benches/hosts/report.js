// @ts-check
/** What was measured on the hosts, as Markdown. */

import { BY_HAND } from "../contenders/by-hand.js";
import { OURS } from "../contenders/contender.js";
import { MANY, ofSecrets } from "../contenders/rotation.js";
import { median, ratio } from "../interleave.js";
import { SECRET } from "../sample.js";
import { bytes, microseconds, table } from "../table.js";

/**
 * @typedef {import("../interleave.js").Series} Series
 *
 * @typedef {Record<number, Series>} BySize Microseconds.
 *
 * @typedef {object} Host
 * @property {string} name
 * @property {string} version
 * @property {BySize} [verify] One verify.
 * @property {BySize} [three] One verify with three secrets.
 * @property {BySize} [match] One match: also the payload's id.
 * @property {BySize} [rotation] Verifiers with one and with several secrets.
 */

/** @param {Host[]} hosts */
export const hostsSection = (hosts) =>
  [hosts.map(verifyTable).join("\n"), byHandTables(hosts), rotationTable(hosts)].filter(Boolean).join("\n");

/** The code by hand that took least, of those whose names end so. @param {Series} series */
export function bestByHand(series, suffix = "") {
  const [best] = BY_HAND.map((name) => ({ name, times: series[name + suffix] }))
    .filter((one) => one.times !== undefined)
    .sort((a, b) => median(a.times ?? []) - median(b.times ?? []));
  return /** @type {{ name: string, times: number[] } | undefined} */ (best);
}

/** How long the package takes, over the best code by hand: at each size. @param {BySize} bySize */
export const overByHand = (bySize) =>
  Object.entries(bySize).flatMap(([size, series]) => {
    const best = bestByHand(series);
    return best ? [{ size: Number(size), best, over: ratio(own(series), best.times) }] : [];
  });

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
      const times = /** @type {number[]} */ (series[contender]);
      return `${microseconds(median(times))} (${ratio(times, own(series)).toFixed(2)})`;
    }),
  ]);
  return `## One verify on ${name}

Median in µs, and in parentheses the ratio to ${OURS}. Below 1.00 the
contender is faster.

${table(["contender", ...sizes.map(bytes)], rows)}${name.startsWith("Node") && "svix" in first ? CONTENDERS : (NOTES[name] ?? "")}`;
}

const CONTENDERS = `
\`raw wasm floor\` is this package's own module, called without any
check. The bare hashes (WebCrypto, node:crypto, hash-wasm, noble) compute the
Console's \`sha256(payload ++ secret)\` and compare it in constant time. svix,
standardwebhooks, octokit and jose cannot check that scheme. They check their
own, an HMAC-SHA-256 of the same payload, which hashes two to four more blocks.
svix and standardwebhooks also parse the payload as JSON. octokit uses node:crypto
in Node and WebCrypto elsewhere.

\`node:crypto, createHash\` and \`node:crypto, hash\` are written by hand, each as
fast as it can be. The secret is encoded once. \`hash\` is one call for payload and
secret side by side, in memory that is used again. The digits are compared as text.

Node's WebCrypto gives each digest to a thread pool, so its time depends on how
fast the system wakes threads. Where a ratio is below 1.00, the host's native
hash is faster: it may use the processor's SHA instructions, and wasm may not.
`;

/** @type {Record<string, string>} */
const NOTES = {
  workerd: `
A Worker's clock stands still while it computes. So each batch is one request,
timed from outside, minus an empty batch. hash-wasm cannot run in workerd, which
forbids it to compile bytes.
`,
  Chromium: `
The page is cross-origin isolated, so its clock has steps of 5 µs.
`,
};

const QUESTIONS = /** @type {const} */ ({ verify: "1 secret", three: "3 secrets", match: "match" });

/** @param {Host[]} hosts */
function byHandTables(hosts) {
  const rows = hosts.flatMap((host) =>
    Object.entries(QUESTIONS).flatMap(([question, name]) => {
      const all = overByHand(host[/** @type {keyof typeof QUESTIONS} */ (question)] ?? {});
      return all.length === 0 ? [] : [{ host: host.name, name, all }];
    }),
  );
  const sizes = [...new Set(rows.flatMap(({ all }) => all.map(({ size }) => size)))];
  return rows.length === 0
    ? ""
    : `## Over the best code by hand

The time of ${OURS} over the time of the fastest code that was written by hand
for the host, at each size; in parentheses, which one that is. Below 1.00 ${OURS}
is faster. With three secrets the last one matches, and all are tried.
A match also tells the SHA-256 of the payload.

${table(
  ["host", "", ...sizes.map(bytes)],
  rows.map(({ host, name, all }) => [
    host,
    name,
    ...sizes.map((wanted) => {
      const one = all.find(({ size }) => size === wanted);
      return one ? `${one.over.toFixed(2)} (${one.best.name.replace("node:crypto, ", "")})` : "–";
    }),
  ]),
)}`;
}

/** The blocks of SHA-256 of a payload that is hashed once, with some secrets. @param {number} size @param {number} secrets */
export function blocks(size, secrets) {
  const rest = size % 64;
  // A digest ends with one byte and a length of eight.
  return (size - rest) / 64 + secrets * Math.ceil((rest + SECRET.length + 9) / 64);
}

/** @param {Host[]} hosts */
function rotationTable(hosts) {
  const several = MANY.filter((count) => count > 1);
  const rows = hosts.flatMap(({ name, rotation = {} }) =>
    Object.entries(rotation).flatMap(([size, series]) => {
      const row = (/** @type {string} */ contender, /** @type {(count: number) => number[] | undefined} */ timesOf) => {
        const one = timesOf(1);
        return one === undefined
          ? []
          : [
              [
                name,
                bytes(Number(size)),
                contender,
                microseconds(median(one)),
                ...several.flatMap((count) => {
                  const times = timesOf(count) ?? [];
                  const floor = blocks(Number(size), count) / blocks(Number(size), 1);
                  return [microseconds(median(times)), `${ratio(times, one).toFixed(2)} (${floor.toFixed(2)})`];
                }),
              ],
            ];
      };
      return [
        ...row(OURS, (count) => series[OURS + ofSecrets(count)]),
        ...row("the best by hand", (count) => bestByHand(series, ofSecrets(count))?.times),
      ];
    }),
  );
  const [size = 0] = Object.values(hosts).flatMap(({ rotation = {} }) => Object.keys(rotation).map(Number));
  return rows.length === 0
    ? ""
    : `## Rotation

The payload is hashed once; each further secret needs only its last blocks. The
last of the secrets matches. In parentheses, how many times as many blocks of
SHA-256 that is: at ${bytes(size)}, ${MANY.map((count) => `${blocks(size, count)} blocks for ${count === 1 ? "one secret" : count}`).join(", ")}.
What a verify does once besides makes the ratio smaller. So do blocks that are hashed side by side.

${table(["host", "payload", "contender", "1 secret, µs", ...several.flatMap((count) => [`${count}, µs`, "ratio"])], rows)}`;
}

/** @param {Series} series */
const own = (series) => /** @type {number[]} */ (series[OURS]);
