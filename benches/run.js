// @ts-check
/**
 * The benchmark: `node benches/run.js`. Writes docs/performance.md.
 */

import { mkdir, writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { measureAdapters } from "./adapters/adapters.js";
import { hasCpuTime } from "./cold/cpu-time.js";
import { measureColdNode } from "./cold/node.js";
import { measureColdWorkerd } from "./cold/workerd.js";
import { findChromium, measureChromium } from "./hosts/chromium.js";
import { ROTATION_SIZES } from "./contenders/rotation.js";
import { measureGrowth } from "./growth/growth.js";
import { LIKE_NODE, isInstalled, measureLikeNode } from "./hosts/node.js";
import { measureWorkerd } from "./hosts/workerd.js";
import { measureReceiver } from "./receiver/throughput.js";
import { measureGuard } from "./replay/guard.js";
import { measureGuarded } from "./replay/throughput.js";
import { measureStores } from "./stores/stores.js";
import { measureDiagnose } from "./diagnose.js";
import { measurePage } from "./page.js";
import { report } from "./report.js";
import { measureSizes } from "./sizes.js";
import { measureSubscription } from "./subscription.js";

const PARTS = [
  ...Object.keys(LIKE_NODE),
  "workerd",
  "chromium",
  "cold",
  "receiver",
  "adapters",
  "replay",
  "stores",
  "growth",
  "diagnose",
  "subscription",
  "page",
  "sizes",
];
const DOCUMENT = new URL("../docs/performance.md", import.meta.url);

const HELP = `Usage: node benches/run.js [--quick] [--only NAME]…

Compares mia-webhooks with other libraries, and with the best code written by hand,
on Node, Deno, Bun, workerd and Chromium. Writes docs/performance.md. Takes about
fifteen minutes.

  --quick      few rounds, two sizes; prints the report and writes nothing
  --only NAME  one part, printed and not written; may be given more than once:
               ${PARTS.slice(0, 8).join(", ")},
               ${PARTS.slice(8).join(", ")}
  --help       this text
`;

const { isQuick, only } = options();
const isIn = (/** @type {string} */ part) => only.length === 0 || only.includes(part);
const KB = 1024;
const sizes = isQuick ? [300, 4 * KB] : [300, KB, 4 * KB, 16 * KB, 64 * KB, 1024 * KB];
const rounds = isQuick ? 9 : 31;
/** @param {number} batchMs @param {number} most rounds @returns {import("./hosts/in-process.js").Plans} */
const plans = (batchMs, most = rounds) => {
  const plan = { sizes, rounds: Math.min(rounds, most), batchMs };
  return { verify: plan, three: plan, match: plan, rotation: { ...plan, sizes: ROTATION_SIZES } };
};

// When this process ends, for whatever reason, everything that it started ends too.
for (const [signal, code] of /** @type {const} */ ([
  ["SIGINT", 130],
  ["SIGTERM", 143],
])) {
  process.once(signal, () => process.exit(code));
}

/** @type {import("./report.js").Results} */
const results = { hosts: [] };

for (const [part, host] of Object.entries(LIKE_NODE).filter(([part]) => isIn(part))) {
  if (isInstalled(host)) {
    say(`verify, match and rotation on ${host.name}`);
    // CPU times differ less than those of a clock.
    results.hosts.push(await measureLikeNode(host, plans(8, 21), part === "node"));
  } else {
    skip(host.name, `${host.command} is missing`);
  }
}
if (isIn("workerd")) {
  say("verify and rotation on workerd");
  results.hosts.push(await measureWorkerd(plans(25)));
}
if (isIn("chromium")) {
  const chromium = await findChromium();
  if (chromium === undefined) {
    skip("Chromium", "it is not installed");
  } else {
    say("verify and rotation on Chromium");
    results.hosts.push(await measureChromium(chromium, plans(10)));
  }
}
if (isIn("cold")) {
  say("cold starts of Node");
  results.cold = { node: await measureColdNode(isQuick ? 5 : 35) };
  if (await hasCpuTime()) {
    say("cold starts of workerd");
    results.cold.workerd = await measureColdWorkerd(isQuick ? 3 : 20);
  } else {
    skip("cold starts of workerd", "this system has no /proc/PID/task/*/schedstat");
  }
}
if (isIn("receiver")) {
  say("requests per second of the receiver on workerd");
  results.receiver = await measureReceiver({ rounds: isQuick ? 2 : 7, seconds: 1 });
}
if (isIn("adapters")) {
  say("requests per second of the adapters on Node");
  results.adapters = await measureAdapters(isQuick ? { rounds: 3, ms: 500 } : { rounds: 9, ms: 1_000 });
}
if (isIn("replay")) {
  say("requests per second with the replay guard");
  const perSecond = await measureGuarded({ rounds: isQuick ? 2 : 9, seconds: 1 });
  say("the replay guard by itself");
  const guard = await measureGuard(isQuick ? { pairs: 100, entries: 10_000 } : { pairs: 1000, entries: 100_000 });
  results.replay = { perSecond, guard };
}
if (isIn("stores")) {
  say("claims and commits in Redis and Postgres");
  results.stores = await measureStores(
    isQuick ? { rounds: 3, ms: 300, entries: 2_000 } : { rounds: 9, ms: 1_000, entries: 20_000 },
  );
}
if (isIn("growth")) {
  say("what grows with paths, entries and bodies");
  results.growth = await measureGrowth(
    isQuick
      ? { rounds, entries: 10_000, bodies: 3, bodyRounds: 1 }
      : { rounds, entries: 100_000, bodies: 8, bodyRounds: 3 },
  );
}
if (isIn("diagnose")) {
  say("searches that find nothing, on Node");
  results.diagnose = await measureDiagnose(isQuick ? 1 : 5, isQuick);
}
if (isIn("subscription")) {
  say("validateSubscription on Node");
  results.subscription = await measureSubscription(rounds);
}
if (isIn("page")) {
  const chromium = await findChromium();
  if (chromium === undefined) {
    skip("the page", "Chromium is not installed");
  } else {
    say("the tester in Chromium");
    results.page = await measurePage(chromium, rounds);
  }
}
if (isIn("sizes")) {
  say("sizes");
  results.sizes = await measureSizes();
}

const text = await report(results);
process.stdout.write(text);
if (only.length === 0 && !isQuick) {
  await mkdir(new URL(".", DOCUMENT), { recursive: true });
  await writeFile(DOCUMENT, text);
  say("wrote docs/performance.md");
}

/** @param {string} what */
function say(what) {
  process.stderr.write(`bench: ${what}\n`);
}

/** In continuous integration, a run that skips a part must fail. @param {string} what @param {string} why */
function skip(what, why) {
  if (process.env["CI"]) {
    throw new Error(`${what} cannot be measured: ${why}`);
  }
  say(`SKIPPED ${what}: ${why}`);
}

function options() {
  try {
    const { values } = parseArgs({
      options: {
        quick: { type: "boolean", default: false },
        only: { type: "string", multiple: true, default: [] },
        help: { type: "boolean", default: false },
      },
    });
    if (values.help) {
      process.stdout.write(HELP);
      process.exit(0);
    }
    const unknown = values.only.find((name) => !PARTS.includes(name));
    if (unknown !== undefined) {
      throw new Error(`there is no part ${JSON.stringify(unknown)}`);
    }
    return { isQuick: values.quick, only: values.only };
  } catch (error) {
    process.stderr.write(`${/** @type {Error} */ (error).message}\n\n${HELP}`);
    process.exit(2);
  }
}
