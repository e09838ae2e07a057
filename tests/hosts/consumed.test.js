// @ts-check
/**
 * Programs in which something reads the body before the receiver: nothing is handled,
 * and the log says what to change in that framework. Where the bytes were kept, they
 * are used.
 */

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { skipped } from "../harness/runtimes.js";
import { sendRaw } from "../harness/wire.js";
import { until } from "../harness/workerd/receiver.js";
import { SECRET, genuine, requestOf, signature } from "./deliveries.js";
import { HOSTS, installed } from "./node-hosts.js";

/**
 * @typedef {object} Mistake
 * @property {string} host
 * @property {string} line What is put above the receiver.
 * @property {string} above The line of the page that it is put above.
 * @property {RegExp} [cure] What the hint says; none where the bytes were kept.
 */

const EXPRESS = "app.all(";
const KOA = "app.use((ctx";
/** What a parser does: it reads the stream, and keeps what it made of it. */
const parser = (/** @type {string} */ request) =>
  `for await (const piece of ${request}) { ${request}.body = \`\${${request}.body ?? ""}\${piece}\`; }`;

/** @type {Record<string, Mistake>} */
const MISTAKES = {
  "express.json() in Express": {
    host: "Express",
    above: EXPRESS,
    line: "app.use(express.json());",
    cure: /express\.json\(\).*above it/,
  },
  "express.text() in Express": {
    host: "Express",
    above: EXPRESS,
    line: 'app.use(express.text({ type: "*/*" }));',
    cure: /above it/,
  },
  "express.json() in Express 4": {
    host: "Express 4",
    above: EXPRESS,
    line: "app.use(express.json());",
    cure: /express\.json\(\).*above it/,
  },
  "a parser in connect": {
    host: "Connect",
    above: 'app.use("/webhook"',
    line: `app.use(async (request, response, next) => { ${parser("request")} next(); });`,
    cure: /before it/,
  },
  "a parser in Koa": {
    host: "Koa",
    above: KOA,
    line: `app.use(async (ctx, next) => { ${parser("ctx.req")} await next(); });`,
    cure: /in Koa, above app\.use\(bodyParser\(\)\)/,
  },
  "a parser in NestJS": {
    host: "NestJS",
    above: 'app.use("/webhook"',
    line: "app.use(require('express').json());",
    cure: /In NestJS, .*before the application listens/,
  },
  "setEncoding in Express": {
    host: "Express",
    above: EXPRESS,
    line: 'app.use((request, response, next) => { request.setEncoding("utf8"); next(); });',
    cure: /called setEncoding/,
  },
  "a hook in Fastify": {
    host: "Fastify",
    above: "app.register(",
    line: `app.addHook("onRequest", async (request) => { ${parser("request.raw")} });`,
    cure: /A hook of the application/,
  },
};

/** Where the bytes were kept. @type {Record<string, Mistake>} */
const KEPT = {
  "express.json() that keeps them in rawBody": {
    host: "Express",
    above: EXPRESS,
    line: "app.use(express.json({ verify: (request, response, bytes) => void (request.rawBody = bytes) }));",
  },
  "express.raw() in Express": {
    host: "Express",
    above: EXPRESS,
    line: 'app.use(express.raw({ type: () => true, limit: "1mb", inflate: false }));',
  },
  "express.raw() in Express 4": {
    host: "Express 4",
    above: EXPRESS,
    line: 'app.use(express.raw({ type: () => true, limit: "1mb", inflate: false }));',
  },
};

let count = 0;

/** Runs a page with one more line. @param {Mistake} mistake @param {(it: { port: number, text: () => string }) => Promise<void>} check */
async function withLine({ host: name, line, above }, check) {
  const host = HOSTS.find((other) => other.name === name);
  assert.ok(host);
  const parts = host.program.split(above);
  assert.equal(parts.length, 2, `${JSON.stringify(above)} is not in the page once`);
  const running = await host.start(parts.join(`${line}\n${above}`), SECRET);
  try {
    await check({ port: running.port, text: () => running.lines.join("\n") });
  } finally {
    await running.stop();
  }
}

describe("the body was read before", { concurrency: true, skip: skipped(installed.missing) }, () => {
  for (const [what, mistake] of Object.entries(MISTAKES)) {
    test(`by ${what}: 500, and the log has the cure`, () =>
      withLine(mistake, async ({ port, text }) => {
        const name = `event_${(count += 1)}_`;
        // A forged one gets the same answer: nobody can tell them apart any more.
        for (const headers of [signature, () => signature("0".repeat(64))]) {
          const answer = await sendRaw(port, requestOf({ ...genuine(name), headers }));
          assert.equal(answer.status, 500, text());
          assert.ok(!answer.body.includes("parser"), "the sender is not told");
        }
        await until(() => text().split('"payload_consumed"').length === 3, text());
        assert.match(text(), /** @type {RegExp} */ (mistake.cure));
        assert.ok(!text().split("\n").includes(name), "it was not handled");
      }));
  }

  for (const [what, kept] of Object.entries(KEPT)) {
    test(`by ${what}: the bytes are used`, () =>
      withLine(kept, async ({ port, text }) => {
        const name = `event_${(count += 1)}_`;
        const forged = { ...genuine(name), headers: () => signature("0".repeat(64)) };
        assert.equal((await sendRaw(port, requestOf(forged))).status, 401, text());
        assert.equal((await sendRaw(port, requestOf(genuine(name)))).status, 200, text());
        await until(() => text().split("\n").includes(name), text());
      }));
  }
});
