// @ts-check
/**
 * Runs each receiver program of the view Code, and sends it the same requests: what is
 * genuine is handled, and nothing else is, whatever a framework does with bodies.
 */

import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { Agent, request } from "node:http";
import { connect } from "node:net";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { build } from "esbuild";
import { root } from "../harness/checkout.js";
import { head, sendRaw, tokenOf } from "../harness/wire.js";
import { until } from "../harness/workerd/receiver.js";
import { skipped } from "./languages.js";
import { HOSTS } from "./receiver-hosts.js";

const { outputFiles } = await build({
  entryPoints: [join(root, "pkg/src/request/snippets/receive.ts")],
  bundle: true,
  format: "esm",
  write: false,
});
/** @type {typeof import("../../pkg/src/request/snippets/receive.ts")} */
const { RECEIVERS, receiverProgram } = await import(
  `data:text/javascript;base64,${Buffer.from(outputFiles[0]?.contents ?? "").toString("base64")}`
);

const SECRET = 'it\'s a "secret" $HOME ${x} %s è\\n';

/** An event, with what is lost when JSON is read and written again. @param {string} name */
const eventOf = (name, more = "") =>
  `{ "eventName": "${name}",\r\n\t"eventTimestamp": 1767225600000, "payload": {"a": 1.0, "b": "\\u00e8è😀", "b": "\\/"}${more}}\n`;

/**
 * @typedef {object} Sent
 * @property {Buffer} body
 * @property {Buffer} [sentBody] another one, which is not what was signed
 * @property {(token: string) => string[]} [headers]
 * @property {string} [type]
 * @property {boolean} [isChunked]
 */

const signature = (/** @type {string} */ token) => [`X-Mia-Signature: ${token}`];

/** What is accepted, by name. @type {Record<string, (name: string) => Sent>} */
const GENUINE = {
  "with the new header": (name) => ({ body: Buffer.from(eventOf(name)) }),
  "with the old header": (name) => ({
    body: Buffer.from(eventOf(name)),
    headers: (token) => [`X-Mia-Token: ${token}`],
  }),
  "with the new header in lower case": (name) => ({
    body: Buffer.from(eventOf(name)),
    headers: (token) => [`x-mia-signature: ${token}`],
  }),
  "with the old header in upper case": (name) => ({
    body: Buffer.from(eventOf(name)),
    headers: (token) => [`X-MIA-TOKEN: ${token}`],
  }),
  minified: (name) => ({ body: Buffer.from(JSON.stringify(JSON.parse(eventOf(name)))) }),
  "pretty-printed": (name) => ({ body: Buffer.from(JSON.stringify(JSON.parse(eventOf(name)), null, 2)) }),
  "with a byte order mark inside": (name) => ({ body: Buffer.from(eventOf(name, ', "c": "\ufeff"')) }),
  "as text/plain": (name) => ({ body: Buffer.from(eventOf(name)), type: "text/plain; charset=iso-8859-1" }),
  "as a form": (name) => ({ body: Buffer.from(eventOf(name)), type: "application/x-www-form-urlencoded" }),
  "as a type that nobody knows": (name) => ({ body: Buffer.from(eventOf(name)), type: "application/vnd.mia+json" }),
  "without a type": (name) => ({ body: Buffer.from(eventOf(name)), type: "" }),
  "in pieces, cut within a character": (name) => ({ body: Buffer.from(eventOf(name)), isChunked: true }),
  "of 400 kB": (name) => ({ body: Buffer.from(eventOf(name, `, "c": "${"è".repeat(200_000)}"`)) }),
};

/** What verifies, and is JSON only for some. @type {Record<string, (name: string) => Sent>} */
const GENUINE_OR_NO_EVENT = {
  "that begins with a byte order mark": (name) => ({ body: Buffer.from(`\ufeff${eventOf(name)}`) }),
  "that is not UTF-8": (name) => ({ body: Buffer.from(eventOf(name), "latin1") }),
  "that is no JSON": () => ({ body: Buffer.from([0, 0xff, 13, 10]) }),
};

/** What is refused. @type {Record<string, (name: string) => Sent>} */
const REFUSED = {
  "a changed body": (name) => ({ body: Buffer.from(eventOf(name)), sentBody: Buffer.from(eventOf(name, " ")) }),
  "the same JSON, written again": (name) => ({
    body: Buffer.from(eventOf(name)),
    sentBody: Buffer.from(JSON.stringify(JSON.parse(eventOf(name)))),
  }),
  "a changed body that is no JSON": (name) => ({ body: Buffer.from(eventOf(name)), sentBody: Buffer.from("{") }),
  "a body that was lost": (name) => ({ body: Buffer.from(eventOf(name)), sentBody: Buffer.alloc(0) }),
  "a wrong token": (name) => ({ body: Buffer.from(eventOf(name)), headers: () => signature("0".repeat(64)) }),
  "the token of another secret": (name) => ({
    body: Buffer.from(eventOf(name)),
    headers: () => signature(tokenOf(eventOf(name), `${SECRET} `)),
  }),
  "an HMAC": (name) => ({
    body: Buffer.from(eventOf(name)),
    headers: () => signature(createHmac("sha256", SECRET).update(eventOf(name)).digest("hex")),
  }),
  "no token": (name) => ({ body: Buffer.from(eventOf(name)), headers: () => [] }),
  "no token and no body": () => ({ body: Buffer.alloc(0), headers: () => [] }),
  "an empty token": (name) => ({
    body: Buffer.from(eventOf(name)),
    headers: () => ["X-Mia-Signature:", "X-Mia-Token:"],
  }),
  "a part of the token": (name) => ({
    body: Buffer.from(eventOf(name)),
    headers: (token) => signature(token.slice(0, 63)),
  }),
  "another scheme": (name) => ({ body: Buffer.from(eventOf(name)), headers: (token) => signature(`md5=${token}`) }),
  "letters outside of ASCII": (name) => ({
    body: Buffer.from(eventOf(name)),
    headers: () => signature("è".repeat(64)),
  }),
  "the header twice": (name) => ({
    body: Buffer.from(eventOf(name)),
    headers: (token) => [...signature(token), ...signature(token)],
  }),
  "the header twice, first a wrong one": (name) => ({
    body: Buffer.from(eventOf(name)),
    headers: (token) => [`X-Mia-Token: ${"0".repeat(64)}`, `X-Mia-Token: ${token}`],
  }),
  "the header twice, last a wrong one": (name) => ({
    body: Buffer.from(eventOf(name)),
    headers: (token) => [`X-Mia-Token: ${token}`, `X-Mia-Token: ${"0".repeat(64)}`],
  }),
};

/** @param {number} port @param {Sent} sent */
function send(port, { body, sentBody = body, headers = signature, type = "application/json", isChunked = false }) {
  const lines = [...headers(tokenOf(body, SECRET)), ...(type === "" ? [] : [`Content-Type: ${type}`])];
  const cut = sentBody.indexOf("😀") + 2;
  const chunks = [sentBody.subarray(0, cut), sentBody.subarray(cut), Buffer.alloc(0)];
  return isChunked
    ? sendRaw(port, [
        head([...lines, "Transfer-Encoding: chunked"], { path: "/webhook" }),
        ...chunks.flatMap((chunk) => [`${chunk.length.toString(16)}\r\n`, chunk, "\r\n"]),
      ])
    : sendRaw(port, [head([...lines, `Content-Length: ${sentBody.length}`], { path: "/webhook" }), sentBody]);
}

/**
 * The status of a request over a connection that is kept.
 *
 * @param {Agent} agent
 * @param {number} port
 * @param {Record<string, string>} headers
 * @param {Buffer} body
 */
const post = (agent, port, headers, body) =>
  new Promise((resolve, reject) => {
    const options = { agent, port, host: "127.0.0.1", method: "POST", path: "/webhook", headers };
    request(options, (response) => response.resume().on("end", () => resolve(response.statusCode)))
      .on("error", reject)
      .end(body);
  });

let count = 0;
const newName = () => `event_${(count += 1)}_`;

test("every program runs", () => {
  assert.deepEqual(new Set(HOSTS.map(({ id }) => id)), new Set(RECEIVERS.map(({ id }) => id)));
});

for (const { id, name: hostName, missing, start } of HOSTS) {
  const program = receiverProgram(id)?.parts.join("") ?? "";

  describe(hostName, { skip: skipped(missing), timeout: 300_000 }, () => {
    /** @type {Awaited<ReturnType<typeof start>>} */
    let running;
    before(async () => {
      running = await start(program, SECRET);
    });
    after(() => running?.stop());

    /** How often an event was handled. @param {string} name */
    const handled = (name) => running.lines.filter((line) => ` ${line}`.trimEnd().endsWith(` ${name}`)).length;
    /** Names of events that must not be handled. @type {string[]} */
    const unwanted = [];

    for (const [what, delivery] of Object.entries(GENUINE)) {
      test(`handles an event ${what}`, async () => {
        const name = newName();
        const { status } = await send(running.port, delivery(name));
        assert.ok(status === 200 || status === 204, `${status}\n${running.lines.slice(-5).join("\n")}`);
        await until(() => handled(name) === 1, "it was not handled");
      });
    }

    for (const [what, delivery] of Object.entries(GENUINE_OR_NO_EVENT)) {
      test(`verifies a body ${what}`, async () => {
        const name = newName();
        const { status } = await send(running.port, delivery(name));
        assert.ok([200, 204, 400].includes(status), String(status));
        if (status === 400) {
          unwanted.push(name);
        }
        const changed = { ...delivery(name), sentBody: Buffer.concat([delivery(name).body, Buffer.from(" ")]) };
        assert.equal((await send(running.port, changed)).status, 401, "only what verifies is parsed");
      });
    }

    /** @type {Set<string>} */
    const answers = new Set();
    for (const [what, delivery] of Object.entries(REFUSED)) {
      test(`refuses ${what}, and does not say why`, async () => {
        const name = newName();
        unwanted.push(name);
        const { status, body } = await send(running.port, delivery(name));
        assert.equal(status, 401);
        answers.add(body);
        assert.equal(answers.size, 1, [...answers].join("\n"));
      });
    }

    test("refuses 2 MiB, though they are signed", async () => {
      const name = newName();
      unwanted.push(name);
      const delivery = { body: Buffer.from(eventOf(name, `, "c": "${"a".repeat(2 ** 21)}"`)) };
      // Some close the connection, so that the answer can be lost.
      assert.ok([413, 0].includes((await send(running.port, delivery)).status));
    });

    // workerd closes a connection of which a Worker left something unread.
    const keepsConnections = id !== "workers";
    test("serves the next request on the connection of one that it refused", { skip: !keepsConnections }, async () => {
      const agent = new Agent({ keepAlive: true, maxSockets: 1 });
      try {
        // So much that a receiver which answers at once leaves some of it unread.
        const refused = { "content-type": "application/json" };
        assert.equal(await post(agent, running.port, refused, Buffer.alloc(500_000, "a")), 401);
        const name = newName();
        const body = Buffer.from(eventOf(name));
        await post(agent, running.port, { "x-mia-signature": tokenOf(body, SECRET) }, body);
        await until(() => handled(name) === 1, "it was not handled");
      } finally {
        agent.destroy();
      }
    });

    test("survives a request that breaks off", async () => {
      const name = newName();
      unwanted.push(name);
      const body = Buffer.from(eventOf(name));
      const socket = connect(running.port, "127.0.0.1");
      const lines = [...signature(tokenOf(body, SECRET)), `Content-Length: ${body.length + 1}`];
      socket.write(head(lines, { path: "/webhook" }));
      await new Promise((resolve) => socket.write(body, resolve));
      socket.resetAndDestroy();
      const next = newName();
      await send(running.port, { body: Buffer.from(eventOf(next)) });
      await until(() => handled(next) === 1, "it was not handled");
    });

    test("handled each event once, and nothing else", async () => {
      const last = newName();
      await send(running.port, { body: Buffer.from(eventOf(last)) });
      await until(() => handled(last) === 1, "it was not handled");
      assert.deepEqual(
        unwanted.filter((name) => handled(name) > 0),
        [],
      );
      assert.ok(unwanted.length > 10);
    });
  });

  describe(`${hostName}, without a secret`, { skip: skipped(missing), timeout: 300_000 }, () => {
    for (const secret of [undefined, ""]) {
      test(`${secret === undefined ? "none" : "an empty one"}: it accepts nothing`, async () => {
        let running;
        try {
          running = await start(program, secret);
        } catch (error) {
          return assert.match(String(error), /MIA_WEBHOOK_SECRET is not set|secret_missing|secret_empty/);
        }
        try {
          // A platform that starts it at the first request, or at a build.
          assert.ok(["workers", "next"].includes(id), "it started");
          const body = Buffer.from(eventOf("event_0_"));
          for (const unsigned of ["", "undefined", "null"]) {
            const delivery = { body, headers: () => signature(tokenOf(body, unsigned)) };
            assert.equal((await send(running.port, delivery)).status, 500);
          }
        } finally {
          await running.stop();
        }
      });
    }
  });
}
