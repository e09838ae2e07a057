// @ts-check
/** `cargo xtask start`, as a new user runs it. */

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { after, before, test } from "node:test";
import { findEngine } from "../harness/browser/engines.js";
import { openPage } from "../harness/browser/launch.js";
import { root } from "../harness/checkout.js";
import { inPage } from "../harness/in-page.js";
import { freePort } from "../harness/free-port.js";

/** @type {string[]} */
let options;
/** @type {import("node:child_process").ChildProcess} */
let start;
/** @type {string[]} */
const lines = [];

/** @param {string[]} args */
const cargo = (args) =>
  // Its own process group, as in a terminal: Ctrl-C reaches every process of it.
  spawn("cargo", ["xtask", "start", ...args], { cwd: root, stdio: ["ignore", "pipe", "pipe"], detached: true });

/** @param {NodeJS.Signals} signal */
function signalAll(signal) {
  try {
    process.kill(-(/** @type {number} */ (start.pid)), signal);
  } catch {
    // All processes have ended.
  }
}

/** @param {string} name */
const address = (name) =>
  /** @type {string} */ (lines.map((line) => RegExp(`^ +${name} +(http://[^ ]+)`).exec(line)?.[1]).find(Boolean));

before(
  async () => {
    const ports = [await freePort(), await freePort(), await freePort()];
    options = ["--port", "--origin-port", "--page-port"].flatMap((option, i) => [option, String(ports[i])]);
    start = cargo(options);
    await new Promise((resolve, reject) => {
      start.once("close", () => reject(new Error(`it has ended:\n${lines.join("\n")}`)));
      for (const stream of [start.stdout, start.stderr]) {
        createInterface(/** @type {import("node:stream").Readable} */ (stream)).on("line", (line) => {
          lines.push(line);
          if (line.startsWith("Ctrl-C")) {
            resolve(undefined);
          }
        });
      }
    });
    // The first run also builds the page and the receiver.
  },
  { timeout: 600_000 },
);
after(() => start && signalAll("SIGKILL"));

/** The printed requests, as curl sends them. */
const printedRequests = () =>
  [
    ...lines.join("\n").matchAll(/^curl -i (\S+) \\\n {2}-H 'X-Mia-Token: (\w+)' \\\n.*\n {2}--data-binary '(.*)'$/gm),
  ].map(
    ([, url, token, body]) =>
      () =>
        fetch(/** @type {string} */ (url), {
          method: "POST",
          headers: { "x-mia-token": /** @type {string} */ (token) },
          body: /** @type {string} */ (body),
        }),
  );

test("one printed request passes and reaches the origin, the other is refused and does not", async () => {
  const [passes, refused, ...others] = printedRequests();
  assert.equal(others.length, 0);
  assert.equal((await passes?.())?.status, 200);
  assert.equal((await refused?.())?.status, 401);
  const arrived = await (await fetch(address("origin"))).json();
  assert.equal(arrived.length, 1);
  assert.match(arrived[0].payload, /"my-company"/);

  assert.equal((await passes?.())?.status, 200, "sent again, it is acknowledged");
  assert.equal((await (await fetch(address("origin"))).json()).length, 1, "and not forwarded");
});

test("the page lets nobody frame it", async () => {
  const response = await fetch(address("page"));
  assert.equal(response.headers.get("content-security-policy"), "frame-ancestors 'none'");
  assert.match(await response.text(), /^<!doctype html>/);
});

test("the error for a taken port names it, and the option that chooses another", async () => {
  const second = cargo(options);
  let said = "";
  second.stderr.on("data", (data) => (said += data));
  const [code] = await once(second, "close");
  assert.equal(code, 1);
  assert.match(said, /port \d+ is taken; choose another one with --port/);
});

const isInstalled = findEngine("chromium") !== undefined;
test(
  "the page signs, says why not, and sends",
  { skip: !isInstalled && !process.env["CI"] && "NO CHROMIUM" },
  async () => {
    const page = await openPage("chromium");
    try {
      await page.goto(`${address("page")}?lang=en`);
      const answer = await page.evaluate(
        inPage(`
        shown("[role=tab]:nth-child(2)").click();
        const answer = document.querySelector(".answer");
        shown(".primary").click();
        await until(() => /\\d/.test(answer.textContent));
        await until(() => document.querySelectorAll(".arrived li").length === 2);
        return answer.textContent;
      `),
      );
      assert.equal(answer, "The receiver answered 200.");
      const verdicts = await page.evaluate(
        inPage(`
        [...document.querySelectorAll("button")].find(({ textContent }) => textContent === "Verify it").click();
        const right = await settled();
        type(secret(), "another");
        return [right, await settled()];
      `),
      );
      assert.deepEqual(verdicts, ["valid", "no_cause_found"]);
    } finally {
      await page.close();
    }
  },
);

test("stops everything on Ctrl-C", async () => {
  // Its output closes when the last program that writes to it has ended.
  const ended = once(start, "close");
  signalAll("SIGINT");
  await ended;
  for (const name of ["receiver", "origin", "page"]) {
    await assert.rejects(fetch(address(name)), name);
  }
});
