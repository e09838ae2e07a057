// @ts-check
/** `cargo xtask start`, as a new user runs it. */

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createHash, randomUUID } from "node:crypto";
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

/** Sends as the page does: to its own server. @param {string} payload @param {string} [token] */
async function sendFromPage(payload, token) {
  const response = await fetch(`${address("page")}receiver`, {
    method: "POST",
    headers: { "x-local-delivery": randomUUID(), ...(token !== undefined && { "x-mia-token": token }) },
    body: payload,
  });
  return /** @type {{ status: number, headers: string[][], body: string, result: { code: string } }} */ (
    await response.json()
  );
}

/** What reached the origin. @returns {Promise<{ number: number, payload: string }[]>} */
const arrived = async () => (await fetch(address("origin"))).json();

test("the page's server hands on what the sender gets and what the receiver logged, and the sender is not told more", async () => {
  const secret = lines.map((line) => /^ +secret +(.+)$/.exec(line)?.[1]).find(Boolean);
  /** @param {string} payload @param {string} [key] */
  const tokenOf = (payload, key = `${secret}`) =>
    createHash("sha256")
      .update(payload + key)
      .digest("hex");
  const event = (/** @type {number} */ at) =>
    JSON.stringify({ eventName: "tag_created", eventTimestamp: at, payload: { tagName: "sent by the page's server" } });
  const genuine = event(Date.now());
  const old = event(Date.now() - 8 * 86_400_000);
  const [first] = await arrived();
  const count = first?.number ?? 0;
  const reaches = async () => ((await arrived())[0]?.number ?? 0) - count;

  for (const [payload, token, status, code, delivered] of /** @type {const} */ ([
    [genuine, tokenOf(genuine, "wrong"), 401, "token_mismatch", 0],
    [genuine, undefined, 401, "token_missing", 0],
    [genuine, tokenOf(genuine).slice(1), 401, "token_malformed", 0],
    [genuine.replace("tag_created", "tag_deleted"), tokenOf(genuine), 401, "token_mismatch", 0],
    [genuine, tokenOf(genuine, `${secret}\n`), 401, "token_mismatch", 0],
    [old, tokenOf(old), 400, "event_stale", 0],
    [genuine, tokenOf(genuine), 200, "accepted", 1],
    [genuine, tokenOf(genuine), 200, "event_duplicate", 1],
  ])) {
    const { result, ...answer } = await sendFromPage(payload, token);
    assert.deepEqual([answer.status, result.code], [status, code]);
    assert.equal(await reaches(), delivered, code);
    assert.ok(!JSON.stringify(answer).includes(code), "the sender is told why");
  }
  assert.equal((await arrived())[0]?.payload, genuine);
});

test("the page also gets what others send to the receiver, in the order in which it came", async () => {
  await fetch(`${address("receiver")}a/path?with=query`);
  await fetch(address("receiver"), { method: "POST", body: "{}", headers: { "x-mia-token": "no token" } });
  /** @type {{ delivery?: string, method: string, at: number, result: { code: string, path: string } }[]} */
  let log = [];
  // What was logged comes after the answer.
  for (const end = Date.now() + 60_000; log[0]?.result.code !== "token_malformed" && Date.now() < end;) {
    log = await (await fetch(`${address("page")}receiver`)).json();
  }
  const [newest, before] = log;
  assert.deepEqual([newest?.method, newest?.delivery, newest?.result.code], ["POST", undefined, "token_malformed"]);
  assert.deepEqual([before?.method, before?.delivery, before?.result.code], ["GET", undefined, "method_not_allowed"]);
  assert.equal(before?.result.path, "/a/path");
  assert.ok(log.length <= 20);
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
      const [codes, arrived] = await page.evaluate(
        inPage(`
        shown("[role=tab]:nth-child(2)").click();
        const newest = (name) => until(() => {
          const [first] = document.querySelectorAll(".timeline > li");
          return first?.querySelector("strong").textContent === name && first.querySelector("code").textContent;
        });
        const codes = [];
        for (const name of ["Genuine event", "The same again", "No token", "Secret with a line break"]) {
          press(name);
          codes.push(await newest(name));
        }
        await until(() => /: 3$/.test(document.querySelector(".delivered summary").textContent));
        return [codes, document.querySelectorAll(".arrived > li").length];
      `),
      );
      assert.deepEqual(codes, ["accepted", "event_duplicate", "token_missing", "token_mismatch"]);
      assert.equal(arrived, 3, "what two tests sent before, and the genuine event");
      const explained = await page.evaluate(
        inPage(`
        [...document.querySelectorAll(".timeline button")].find(({ textContent }) => textContent === "Why?").click();
        const code = await settled();
        shown("[role=tab]:nth-child(2)").click();
        return code;
      `),
      );
      assert.equal(explained, "secret_final_newline");
      const verdicts = await page.evaluate(
        inPage(`
        press("Check this token");
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
  const page = isInstalled ? await openPage("chromium") : undefined;
  await page?.goto(`${address("page")}?lang=en&view=sign`);
  await page?.evaluate(inPage(`await until(() => document.querySelector(".timeline > li"));`));
  // Its output closes when the last program that writes to it has ended.
  const ended = once(start, "close");
  signalAll("SIGINT");
  await ended;
  try {
    const said = await page?.evaluate(
      inPage(`
        [...document.querySelectorAll("button")].find(({ textContent }) => textContent === "No token").click();
        return await until(() => document.querySelector(".problem").textContent);
      `),
    );
    assert.match(said ?? "cargo xtask start", /cargo xtask start/, "a page that is still open says what to do");
  } finally {
    await page?.close();
  }
  for (const name of ["receiver", "origin", "page"]) {
    await assert.rejects(fetch(address(name)), name);
  }
});
