// @ts-check
/**
 * The wire suite: what is genuine is handled, once; nothing else is; and after each
 * refusal the next request is served. It knows a host by its port and what it prints.
 *
 * Takes long, because many hosts start at the same time, and some are built before.
 */

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { skipped } from "../harness/runtimes.js";
import { head, tokenOf } from "../harness/wire.js";
import { until } from "../harness/workerd/receiver.js";
import { Connection } from "./connection.js";
import {
  GENUINE,
  GENUINE_OR_NO_EVENT,
  REFUSED,
  REFUSED_BY_OURS,
  SECRET,
  chunk,
  eventOf,
  genuine,
  large,
  requestOf,
  signature,
} from "./deliveries.js";

/** @typedef {import("./start.js").Running} Running */
/** @typedef {import("./connection.js").Answer} Answer */
/** @typedef {import("./deliveries.js").Delivery} Delivery */

/**
 * @typedef {object} Host
 * @property {string} name
 * @property {string} program A receiver, which prints the name of each event that it handles.
 * @property {(program: string, secret: string | undefined) => Promise<Running>} start Rejects when the program ends by itself.
 * @property {string | undefined} [missing] Why it cannot run here.
 * @property {boolean} [neverAsks] It does not ask for a body that the sender holds back.
 * @property {boolean} [stopsWithClient] It stops the receiver when the client is gone.
 * @property {boolean} [dropsUnended] It closes the connection of a body that has not ended, without a word.
 * @property {boolean} [cutsOff] As `dropsUnended`, and does not answer either.
 * @property {number} [tooMany] What it answers to too many headers, where that is not 431.
 * @property {boolean} [takesMany] It passes on 2,500 headers.
 * @property {boolean} [dropsEmpty] It leaves out headers that are empty.
 * @property {boolean} [refusesLarge] It refuses by itself a body over its own limit of 1 MiB.
 * @property {boolean} [buffers] Its platform reads and checks bodies before the program sees them.
 * @property {boolean} [startsLate] It makes its receiver at the first request, so it starts without a secret.
 */

/** The default of `bodyTimeoutMs` is 10 s, so nothing of this size arrives late. */
const SIZES = { "1 kB": 1_000, "500 kB": 500_000, "2 MB": 2_097_152 };

let count = 0;
/** The name of an event that nobody has sent before. */
export const newName = () => `event_${(count += 1)}_`;

/** Whether the host says that it closes the connection. @param {Answer} answer */
const saysClose = ({ status, statusLine, headers }) =>
  status === 0 || statusLine.startsWith("HTTP/1.0") || headers["connection"]?.toLowerCase() === "close";

/**
 * A host while it runs, as the tests see it.
 *
 * @param {Running} running
 * @param {(delivery: Delivery) => Promise<{ status: number }>} [deliver] Sends a delivery, where it
 * is not sent on a connection of its own.
 */
export function observed(running, deliver) {
  /** How often an event was handled. @param {string} name */
  const handled = (name) => running.lines.filter((line) => ` ${line}`.trimEnd().endsWith(` ${name}`)).length;
  /** What the receiver logged, parsed. @returns {{ code: string, status: number, hint?: string, eventName?: string }[]} */
  const entries = () =>
    running.lines.filter((line) => line.startsWith('{"message":"mia-webhooks"')).map((line) => JSON.parse(line));
  /** Names of events that must not be handled. @type {string[]} */
  const unwanted = [];
  /** Names of events that are sent beside others. @type {string[]} */
  const besides = [];

  const host = {
    port: running.port,
    handled,
    entries,
    unwanted,
    besides,
    shown: () => running.lines.slice(-8).join("\n"),

    /** Sends one request on a connection of its own. @param {(string | Buffer)[]} pieces */
    async send(pieces) {
      const connection = new Connection(running.port);
      connection.write(pieces);
      const answer = await connection.answer();
      connection.close();
      return answer;
    },

    /** Returns when an event was handled. @param {string} name */
    async isHandled(name) {
      await until(() => handled(name) > 0, `${name} was not handled:\n${host.shown()}\n`);
      assert.equal(handled(name), 1);
    },

    /** A genuine event is handled. */
    async goesOn(name = newName()) {
      const { status } = await (deliver?.(genuine(name)) ?? host.send(requestOf(genuine(name))));
      assert.ok(status === 200 || status === 204, `${status}\n${host.shown()}`);
      await host.isHandled(name);
      return name;
    },

    /**
     * A genuine event is handled, sent as a proxy does it: on the same connection,
     * unless that is closed. A closed one that was not announced loses events.
     *
     * @param {Connection} connection
     * @param {Answer} answer to the request before
     * @param {string} [name] of the event
     */
    async servesNext(connection, answer, name = newName()) {
      if (saysClose(answer)) {
        await connection.closed();
        return host.goesOn(name);
      }
      connection.write(requestOf(genuine(name)));
      const { status } = await connection.answer();
      assert.ok(status === 200 || status === 204, `after ${answer.status}: ${status}\n${host.shown()}`);
      await host.isHandled(name);
      connection.close();
    },

    /**
     * What a request got; for one of our receivers also what that logged about it.
     * What is sent beside it is logged in between.
     *
     * @template {{ status: number }} T
     * @param {string | undefined} code
     * @param {number} status
     * @param {() => Promise<T>} send
     */
    async refuses(code, status, send) {
      const own = () =>
        entries().filter(({ code, eventName }) => code !== "payload_timeout" && !besides.includes(String(eventName)));
      if (code !== undefined) {
        // What was logged before it has been read then: lines come in order.
        const before = await host.goesOn();
        await until(() => entries().some(({ eventName }) => eventName === before), host.shown());
      }
      const from = own().length;
      const answer = await send();
      assert.equal(answer.status, status, host.shown());
      if (code !== undefined) {
        await until(() => own().length > from, `nothing was logged:\n${host.shown()}\n`);
        const entry = own()[from];
        assert.equal(entry?.code, code);
        assert.equal(entry?.status, status);
        assert.ok(entry?.hint, "the operator is told what to do");
      }
      return answer;
    },
  };
  return host;
}

/** What was started without a secret. @type {Set<string>} */
const startedWithout = new Set();

/**
 * What a program is started with in place of a secret. Without one it is started once,
 * whatever it runs on. An empty one is refused where a missing one is, so one program of
 * each kind gets it.
 *
 * @param {string} program
 * @param {string} kind
 */
function without(program, kind) {
  const secrets = [
    { secret: undefined, what: `none: ${program}` },
    { secret: "", what: `an empty one: ${kind}` },
  ].filter(({ what }) => !startedWithout.has(what));
  secrets.forEach(({ what }) => startedWithout.add(what));
  return secrets.map(({ secret }) => secret);
}

/** Runs the suite against one host. @param {Host} host */
export function describeHost({ name: hostName, program, start, missing, ...host }) {
  // Only a receiver of this package logs a code for each request.
  const isOurs = program.includes("createReceiver(");
  const skip = skipped(missing);
  // Only what hangs reaches the limit: a build may wait for others.
  const options = { skip, timeout: 900_000, concurrency: 1 };

  describe(hostName, options, () => {
    /** @type {Running | undefined} */
    let running;
    /** @type {ReturnType<typeof observed>} */
    let it;
    /** The answer to a body that stalls. @type {Promise<Answer> | undefined} */
    let stalled;

    before(async () => {
      // On CI it is not skipped, and says what is missing.
      assert.equal(missing, undefined);
      running = await start(program, SECRET);
      it = observed(running);
      if (isOurs && !host.buffers) {
        // First, because it ends only after the default of bodyTimeoutMs.
        stalled = stalls();
        // It is reported by its test.
        stalled.catch(() => {});
      }
    });
    after(() => running?.stop());

    async function stalls() {
      const [name, next] = [unwantedName(), newName()];
      it.besides.push(next);
      const connection = new Connection(it.port);
      const [lines, body] = requestOf(genuine(name));
      connection.write([/** @type {string} */ (lines), /** @type {Buffer} */ (body).subarray(0, -1)]);
      const answer = await connection.answer();
      // The rest, which comes too late; and the next at once, because hosts close what is idle for seconds.
      connection.write(["\n"]);
      await (host.dropsUnended ? it.goesOn(next) : it.servesNext(connection, answer, next));
      return answer;
    }

    /** @param {string} what */
    const codeOf = (what) => (isOurs ? what : undefined);
    /** The name of an event that must not be handled. */
    const unwantedName = () => {
      const name = newName();
      it.unwanted.push(name);
      return name;
    };

    for (const [what, make] of Object.entries(GENUINE)) {
      test(`handles an event ${what}`, async () => {
        const name = newName();
        const { status } = await it.send(requestOf(make(name)));
        assert.ok(status === 200 || status === 204, `${status}\n${it.shown()}`);
        await it.isHandled(name);
      });
    }

    test("handles an event as a type that is none, or refuses it", async () => {
      const name = newName();
      const { status } = await it.send(requestOf({ ...genuine(name), type: "json" }));
      // Fastify refuses it by itself, before any parser.
      assert.ok([200, 204, 415].includes(status), String(status));
      await (status === 415 ? it.unwanted.push(name) : it.isHandled(name));
    });

    for (const [what, make] of Object.entries(GENUINE_OR_NO_EVENT)) {
      test(`verifies a body ${what}`, async () => {
        const name = newName();
        const { status } = await it.send(requestOf(make(name)));
        assert.ok([200, 204, 400].includes(status), String(status));
        if (status === 400) {
          it.unwanted.push(name);
        }
        const changed = { ...make(name), sentBody: Buffer.concat([make(name).body, Buffer.from(" ")]) };
        const refusal = await it.send(requestOf(changed));
        const isCheckedBefore = host.buffers && refusal.status === 400;
        assert.ok(refusal.status === 401 || isCheckedBefore, `${refusal.status}: only what verifies is parsed`);
      });
    }

    /** @type {Set<string>} */
    const bodies = new Set();
    for (const [what, { code, status, make }] of Object.entries(REFUSED)) {
      test(`refuses ${what}, and does not say why`, async () => {
        const pieces = requestOf(make(unwantedName()));
        if (host.buffers && what.endsWith("no JSON")) {
          const answer = await it.send(pieces);
          assert.ok([400, 401].includes(answer.status), String(answer.status));
          return;
        }
        const isDropped = host.dropsEmpty && what === "an empty token";
        const expected = codeOf(isDropped ? "token_missing" : code);
        const { body } = await it.refuses(expected, status, () => it.send(pieces));
        bodies.add(body);
        assert.equal(bodies.size, 1, [...bodies].join("\n"));
      });
    }

    for (const [what, { code, status, make }] of Object.entries(isOurs ? REFUSED_BY_OURS : {})) {
      test(`refuses ${what}`, async () => {
        const pieces = requestOf(make(unwantedName()));
        if (host.buffers) {
          const answer = await it.send(pieces);
          assert.ok([status, 400].includes(answer.status), String(answer.status));
          return;
        }
        await it.refuses(code, status, () => it.send(pieces));
      });
    }

    test("refuses what is no POST, or is sent to another path", async () => {
      for (const [method, path] of [
        // The programs in other languages leave the method to their frameworks.
        ...(isOurs
          ? [
              ["GET", "/webhook"],
              ["PUT", "/webhook"],
            ]
          : []),
        ["POST", "/elsewhere"],
        ["POST", "/webhook/elsewhere"],
      ]) {
        const connection = new Connection(it.port);
        connection.write(requestOf(genuine(unwantedName()), { method: String(method), path: String(path) }));
        const answer = await connection.answer();
        assert.ok([404, 405].includes(answer.status), `${method} ${path}: ${answer.status}`);
        connection.close();
      }
      await it.goesOn();
    });

    test("refuses 2 MiB, though they are signed", async () => {
      const pieces = requestOf(large(unwantedName(), SIZES["2 MB"]));
      if (isOurs && !host.refusesLarge) {
        await it.refuses("payload_too_large", 413, () => it.send(pieces));
      } else {
        // Some close the connection, so that the answer can be lost.
        assert.ok([413, 0].includes((await it.send(pieces)).status));
      }
    });

    for (const [size, bytes] of Object.entries(SIZES)) {
      const status = bytes > 1_048_576 ? undefined : 401;
      // The programs in other languages leave a body over their limit to their frameworks.
      const skip = !isOurs && status === undefined;

      test(`serves the next request on the connection of one of ${size} that it refused`, { skip }, async () => {
        for (const token of ["none", "a wrong one"]) {
          const connection = new Connection(it.port);
          const headers = () => (token === "none" ? [] : signature("0".repeat(64)));
          connection.write(requestOf({ ...large(unwantedName(), bytes), headers }));
          const answer = await connection.answer();
          if (status !== undefined) {
            assert.equal(answer.status, status, it.shown());
          } else {
            assert.ok([401, 413].includes(answer.status), String(answer.status));
          }
          await it.servesNext(connection, answer);
        }
      });

      test(`loses no event that is right behind one of ${size} that it refused`, { skip: !isOurs }, async () => {
        const connection = new Connection(it.port);
        const refused = requestOf({ ...large(unwantedName(), bytes), headers: () => [] });
        const [first, second] = [newName(), newName()];
        connection.write([...refused, ...requestOf(genuine(first)), ...requestOf(genuine(second))]);
        for (const name of ["", first, second]) {
          const answer = await connection.answer();
          // A sender tries again what got no answer.
          if (name !== "" && answer.status === 0) {
            await it.send(requestOf(genuine(name)));
          }
        }
        await it.isHandled(first);
        await it.isHandled(second);
        connection.close();
      });
    }

    test("serves the next request on the connection of one that it refused in pieces", async () => {
      const connection = new Connection(it.port);
      const headers = () => signature("0".repeat(64));
      connection.write(requestOf({ ...genuine(unwantedName()), headers, isChunked: true }));
      const answer = await connection.answer();
      assert.equal(answer.status, 401);
      await it.servesNext(connection, answer);
    });

    test("answers a body that never ends, and goes on", { skip: !isOurs || host.buffers }, async () => {
      for (const headers of [[], signature("0".repeat(64))]) {
        const connection = new Connection(it.port);
        connection.write([head([...headers, "Transfer-Encoding: chunked"], { path: "/webhook" })]);
        await connection.writeOn(Buffer.concat(chunk(Buffer.alloc(65_536, "a")).map((piece) => Buffer.from(piece))));
        const { status } = await connection.answer();
        assert.ok([401, 413].includes(status) || (host.dropsUnended && status === 0), String(status));
        connection.close();
        await it.goesOn();
      }
    });

    const asks = isOurs && !host.neverAsks;
    test("asks for a body that the sender holds back until then", { skip: !asks }, async () => {
      const name = newName();
      for (const delivery of [genuine(name), { ...genuine(unwantedName()), headers: () => [] }]) {
        const [lines, body] = requestOf({
          ...delivery,
          headers: (token) => [...(delivery.headers ?? signature)(token), "Expect: 100-continue"],
        });
        const connection = new Connection(it.port);
        connection.write([/** @type {string} */ (lines)]);
        await connection.isAsked();
        connection.write([/** @type {Buffer} */ (body)]);
        const answer = await connection.answer();
        assert.equal(answer.status === 401, delivery.headers !== undefined, String(answer.status));
        await it.servesNext(connection, answer);
      }
      await it.isHandled(name);
    });

    // The connection may be closed while the rest of the headers is sent.
    const tooMany = [host.tooMany ?? 431, 0];

    test("10,000 values of headers are refused, and the next request is served", async () => {
      const { body } = genuine(unwantedName());
      const lines = [...signature(tokenOf(body, SECRET)), `Content-Length: ${body.length}`];
      const others = Array(9_999).fill("X-Mia-Signature: a");
      const { status } = await it.send([head([...lines, ...others], { path: "/webhook" }), body]);
      assert.ok(tooMany.includes(status), String(status));
      await it.goesOn();
    });

    test("many headers that nobody asked for do no harm", async () => {
      const name = newName();
      const { body } = genuine(name);
      const lines = [...signature(tokenOf(body, SECRET)), `Content-Length: ${body.length}`];
      const others = Array(2_500).fill("a:");
      const { status } = await it.send([head([...others, ...lines], { path: "/webhook" }), body]);
      if (host.takesMany) {
        assert.ok(status === 200 || status === 204, String(status));
        await it.isHandled(name);
      } else {
        // Node 20 leaves out those after the first 2,000, and so the token.
        assert.ok([401, ...tooMany].includes(status), String(status));
        it.unwanted.push(name);
      }
      await it.goesOn();
    });

    test("survives a request that breaks off", async () => {
      const name = unwantedName();
      const { body } = genuine(name);
      const from = it.entries().length;
      const connection = new Connection(it.port);
      const lines = [...signature(tokenOf(body, SECRET)), `Content-Length: ${body.length + 1}`];
      connection.write([head(lines, { path: "/webhook" }), body]);
      await connection.abort();
      if (isOurs && !host.buffers && !host.stopsWithClient) {
        const isLogged = () =>
          it
            .entries()
            .slice(from)
            .some(({ code }) => code === "payload_interrupted");
        await until(isLogged, `nothing was logged:\n${it.shown()}\n`);
      }
      await it.goesOn();
    });

    test("a body that stalls is refused, and nothing is handled", { skip: !isOurs || host.buffers }, async () => {
      const answer = await stalled;
      assert.equal(answer?.status, host.cutsOff ? 0 : 408);
      // A connection that is cut off is seen before the line of the log.
      const isLogged = () => it.entries().some(({ code, status }) => code === "payload_timeout" && status === 408);
      await until(isLogged, `nothing was logged:\n${it.shown()}\n`);
    });

    test("handled each event once, and nothing else", async () => {
      await it.goesOn();
      assert.deepEqual(
        it.unwanted.filter((name) => it.handled(name) > 0),
        [],
      );
      assert.ok(it.unwanted.length > 10);
      const codes = it.entries().map(({ code }) => code);
      assert.ok(!codes.includes("unexpected_error"), it.shown());
      assert.ok(codes.length > 20 || !isOurs);
      assert.ok(!running?.lines.some((line) => line.includes(SECRET)), "the secret is not printed");
    });
  });

  const secretless = without(program, isOurs ? `ours ${host.startsLate}` : program);
  if (secretless.length === 0) {
    return;
  }
  describe(`${hostName}, without a secret`, options, () => {
    for (const secret of secretless) {
      test(`${secret === undefined ? "none" : "an empty one"}: it accepts nothing`, async () => {
        let running;
        try {
          running = await start(program, secret);
        } catch (error) {
          return assert.match(String(error), /MIA_WEBHOOK_SECRET is not set|No secret is configured|A secret is empty/);
        }
        try {
          assert.ok(host.startsLate, "it started");
          const it = observed(running);
          for (const unsigned of ["", "undefined", "null"]) {
            const body = Buffer.from(eventOf("event_0_"));
            const delivery = { body, headers: () => signature(tokenOf(body, unsigned)) };
            const { status } = await it.send(requestOf(delivery));
            assert.ok(status === 500 || status === 503, String(status));
          }
          assert.equal(it.handled("event_0_"), 0);
        } finally {
          await running.stop();
        }
      });
    }
  });
}
