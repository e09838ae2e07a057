// @ts-check
/**
 * docs/hosts/envoy.md, as people paste it: a real Envoy asks a receiver, and a service
 * behind it gets what is genuine, and nothing else.
 */

import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { connect as connectHttp2, createServer as createServer2 } from "node:http2";
import { createServer as createTcpServer } from "node:net";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { gzipSync } from "node:zlib";
import { root } from "../harness/checkout.js";
import { blocksOf } from "../harness/code-blocks.js";
import { RESERVED_SPELLINGS } from "../harness/dropped-headers.js";
import { freePort } from "../harness/free-port.js";
import { skipped } from "../harness/runtimes.js";
import { head, sendRaw, tokenOf } from "../harness/wire.js";
import { until } from "../harness/workerd/receiver.js";
import { SECRET, eventOf, large } from "./deliveries.js";
import { installEnvoy, startEnvoy } from "./envoy.js";
import { frameworks } from "../harness/frameworks.js";
import { onNode } from "./on-node.js";
import { snippetOf } from "./snippet.js";
import { describeHost } from "./suite.js";

const yaml = createRequire(import.meta.url)("js-yaml");
const page = readFileSync(join(root, "docs/hosts/envoy.md"), "utf8");
const [config = "", decompressor = ""] = blocksOf(page, "yaml");
const { program } = snippetOf("envoy");

const installed = frameworks("frameworks");
const missing = installed.missing ?? installEnvoy();
const startReceiver = onNode(installed, "envoy");

/** @typedef {{ url: string | undefined, headers: Record<string, string[] | undefined>, body: Buffer, trailers: object }} Arrival */

/**
 * A service, which takes what it gets and remembers it.
 *
 * @param {boolean} [isHttp2]
 */
async function startService(isHttp2 = false) {
  const port = await freePort();
  /** @type {Arrival[]} */
  const arrivals = [];
  const listener = async (/** @type {any} */ request, /** @type {any} */ response) => {
    const pieces = [];
    for await (const piece of request) {
      pieces.push(piece);
    }
    /** @type {Record<string, string[]>} */
    const headers = {};
    for (let i = 0; i < request.rawHeaders.length; i += 2) {
      (headers[request.rawHeaders[i].toLowerCase()] ??= []).push(request.rawHeaders[i + 1]);
    }
    arrivals.push({ url: request.url, headers, body: Buffer.concat(pieces), trailers: { ...request.trailers } });
    response.end("taken");
  };
  const server = isHttp2 ? createServer2(listener) : createServer(listener);
  await new Promise((resolve) => server.listen(port, "127.0.0.1", () => resolve(undefined)));
  const stop = () => {
    server.close();
    if ("closeAllConnections" in server) {
      server.closeAllConnections();
    }
  };
  return { port, arrivals, stop };
}

/** The page's configuration with other ports. @param {{ envoy: number, receiver: number, service: number }} ports */
function configFor(ports) {
  let text = config;
  for (const [from, to] of [
    [8080, ports.envoy],
    [3000, ports.receiver],
    [4000, ports.service],
  ]) {
    assert.equal(text.split(`port_value: ${from}`).length, 2, `the port ${from} is there once`);
    text = text.replace(`port_value: ${from}`, `port_value: ${to}`);
  }
  return text;
}

/**
 * Starts Envoy with a receiver and a service.
 *
 * @param {string} receiverProgram
 * @param {string | undefined} secret
 * @param {object} [options]
 * @param {boolean} [options.isHttp2] Envoy speaks HTTP/2 with both.
 * @param {(config: any) => void} [options.change]
 */
async function startAll(receiverProgram, secret, { isHttp2 = false, change } = {}) {
  const receiver = await startReceiver(receiverProgram, secret);
  const service = await startService(isHttp2);
  const port = await freePort();
  let text = configFor({ envoy: port, receiver: receiver.port, service: service.port });
  if (change !== undefined) {
    const changed = yaml.load(text);
    change(changed);
    text = JSON.stringify(changed);
  }
  const envoy = await startEnvoy(text, port);
  return {
    port,
    receiver,
    service,
    envoy,
    /** What the receiver prints, and the name of each event at the service. */
    get lines() {
      return [...receiver.lines, ...service.arrivals.map(({ body }) => JSON.parse(String(body)).eventName)];
    },
    async stop() {
      await Promise.all([envoy.stop(), receiver.stop(), service.stop()]);
    },
  };
}

const body = (/** @type {string} */ name) => Buffer.from(eventOf(name));
/** @param {Buffer} payload @param {string[]} [lines] */
const signed = (payload, lines = [], token = tokenOf(payload, SECRET)) => [
  head([`X-Mia-Token: ${token}`, `Content-Length: ${payload.length}`, ...lines], { path: "/webhook" }),
  payload,
];

/** Sends a body that lacks its last byte. First, because it ends only after `request_timeout`. @param {number} port */
function sendStalling(port) {
  const [lines = "", payload = ""] = signed(body("stalls"));
  return sendRaw(port, [lines, payload.slice(0, -1)]);
}

// At the same time: most of it is waiting for limits of time.
describe("behind Envoy", { skip: skipped(missing), timeout: 900_000, concurrency: true }, () => {
  // Envoy has the whole body before it asks, so a body that is too large never comes to the receiver.
  describeHost({
    name: "Envoy, which asks a receiver",
    program,
    missing,
    buffers: true,
    refusesLarge: true,
    start: startAll,
  });

  describe("what the service behind Envoy gets", { concurrency: 1 }, () => {
    /** @type {Awaited<ReturnType<typeof startAll>>} */
    let all;
    /** @type {ReturnType<typeof sendStalling>} */
    let stalled;
    before(async () => {
      all = await startAll(program, SECRET);
      stalled = sendStalling(all.port);
    });
    after(() => all?.stop());

    /** @param {(string | Buffer)[]} pieces */
    const send = async (pieces) => {
      const from = all.service.arrivals.length;
      const { status } = await sendRaw(all.port, pieces);
      return { status, arrivals: all.service.arrivals.slice(from) };
    };

    test("the event's own id in place of what the sender wrote, in any spelling", async () => {
      const payload = body("own_id");
      const { status, arrivals } = await send(
        signed(
          payload,
          [...RESERVED_SPELLINGS, "X-Mia-Event-Id", "x-mia-event-other"].map((name) => `${name}: forged`),
        ),
      );
      assert.equal(status, 200);
      const [{ headers } = /** @type {Arrival} */ ({})] = arrivals;
      assert.deepEqual(
        Object.entries(headers).filter(([name]) => /^x.mia.event/.test(name)),
        [["x-mia-event-id", [tokenOf(payload, "")]]],
      );
      assert.ok(!JSON.stringify(headers).includes("forged"));
    });

    test("the payload byte for byte, and always as JSON", async () => {
      for (const type of ["application/json", "text/plain", "application/x-www-form-urlencoded"]) {
        const payload = body("payload");
        const { status, arrivals } = await send(signed(payload, [`Content-Type: ${type}`]));
        assert.equal(status, 200);
        assert.deepEqual(arrivals[0]?.body, payload);
        assert.deepEqual(arrivals[0]?.headers["content-type"], ["application/json"]);
      }
    });

    test("1 MiB and not a byte more", async () => {
      const event = JSON.stringify({ eventName: "a", eventTimestamp: 1, payload: {} });
      for (const [bytes, expected] of [
        [1_048_576, 200],
        [1_048_577, 413],
      ]) {
        const { status, arrivals } = await send(signed(Buffer.from(event.padEnd(/** @type {number} */ (bytes)))));
        assert.equal(status, expected);
        assert.equal(arrivals.length, status === 200 ? 1 : 0);
      }
    });

    test("nothing that is compressed", async () => {
      const payload = gzipSync(body("zipped"));
      assert.deepEqual(await send(signed(payload, ["Content-Encoding: gzip"])), { status: 415, arrivals: [] });
    });

    test("nothing that asks for another protocol, for which Envoy may not wait for the body", async () => {
      for (const protocol of ["websocket", "h2c"]) {
        const upgrade = ["Connection: Upgrade", `Upgrade: ${protocol}`];
        const { status, arrivals } = await send(signed(body("upgrade"), upgrade, tokenOf("", SECRET)));
        assert.ok([400, 401, 403].includes(status), `${protocol}: ${status}`);
        assert.deepEqual(arrivals, []);
      }
    });

    test("each copy of an event, because there is no guard", async () => {
      const pieces = signed(body("again"));
      assert.equal((await send(pieces)).arrivals.length, 1);
      assert.equal((await send(pieces)).arrivals.length, 1);
    });

    test("nothing of a body that stalls", async () => {
      assert.equal((await stalled).status, 408);
      assert.ok(!all.service.arrivals.some(({ body }) => String(body).includes("stalls")));
    });
  });

  describe("without an answer of the receiver, nothing passes", { concurrency: true }, () => {
    /**
     * @param {number} receiver its port
     * @param {number} [times]
     */
    async function statusesWith(receiver, times = 1) {
      const service = await startService();
      const port = await freePort();
      const envoy = await startEnvoy(configFor({ envoy: port, receiver, service: service.port }), port);
      try {
        const statuses = [];
        for (let i = 0; i < times; i += 1) {
          statuses.push((await sendRaw(port, signed(body("unanswered")))).status);
        }
        assert.deepEqual(service.arrivals, []);
        return statuses;
      } finally {
        service.stop();
        await envoy.stop();
      }
    }

    test("where it is down", async () => {
      assert.deepEqual(await statusesWith(await freePort()), [503]);
    });

    test("where it never answers", async () => {
      /** @type {Set<import("node:net").Socket>} */
      const sockets = new Set();
      const silent = createTcpServer((socket) => sockets.add(socket.on("error", () => {})));
      await new Promise((resolve) => silent.listen(0, "127.0.0.1", () => resolve(undefined)));
      const { port } = /** @type {import("node:net").AddressInfo} */ (silent.address());
      assert.deepEqual(await statusesWith(port), [503]);
      silent.close();
      sockets.forEach((socket) => socket.destroy());
    });

    test("where it fails", async () => {
      let status = 499;
      const failing = createServer((request, response) => {
        request.resume();
        response.writeHead((status += 1), { "x-mia-event-id": "a" }).end();
      });
      await new Promise((resolve) => failing.listen(0, "127.0.0.1", () => resolve(undefined)));
      const { port } = /** @type {import("node:net").AddressInfo} */ (failing.address());
      assert.deepEqual(await statusesWith(port, 5), [503, 503, 503, 503, 503]);
      failing.closeAllConnections();
      failing.close();
    });
  });

  describe("with HTTP/2, and with a decompressor above", { concurrency: 1 }, () => {
    /** @type {Awaited<ReturnType<typeof startAll>>} */
    let all;
    /** @type {ReturnType<typeof sendStalling>} */
    let stalled;
    before(async () => {
      // The same program on node:http2.
      all = await startAll(program.replace("node:http", "node:http2"), SECRET, {
        isHttp2: true,
        change({ static_resources: { listeners, clusters } }) {
          for (const cluster of clusters) {
            cluster.typed_extension_protocol_options = {
              "envoy.extensions.upstreams.http.v3.HttpProtocolOptions": {
                "@type": "type.googleapis.com/envoy.extensions.upstreams.http.v3.HttpProtocolOptions",
                explicit_http_config: { http2_protocol_options: {} },
              },
            };
          }
          const { typed_config: manager } = listeners[0].filter_chains[0].filters[0];
          const filters = manager.http_filters;
          const at = filters.findIndex((/** @type {any} */ { name }) => name === "envoy.filters.http.ext_authz");
          filters.splice(at, 0, .../** @type {any[]} */ (yaml.load(decompressor)));
          manager.access_log = [
            {
              name: "envoy.access_loggers.stdout",
              typed_config: {
                "@type": "type.googleapis.com/envoy.extensions.access_loggers.stream.v3.StdoutAccessLog",
                log_format: { text_format_source: { inline_string: "%RESPONSE_CODE% %RESPONSE_CODE_DETAILS%\n" } },
              },
            },
          ];
        },
      });
      stalled = sendStalling(all.port);
    });
    after(() => all?.stop());

    const zipped = (/** @type {Buffer} */ payload, /** @type {string} */ token) => {
      const bytes = gzipSync(payload);
      return [
        head([`X-Mia-Token: ${token}`, "Content-Encoding: gzip", `Content-Length: ${bytes.length}`], {
          path: "/webhook",
        }),
        bytes,
      ];
    };

    test("an event passes as it is", async () => {
      const payload = body("plain");
      assert.equal((await sendRaw(all.port, signed(payload))).status, 200);
      const { headers, body: got } = /** @type {Arrival} */ (all.service.arrivals.at(-1));
      assert.deepEqual(got, payload);
      assert.deepEqual(headers["x-mia-event-id"], [tokenOf(payload, "")]);
    });

    test("without trailers of the sender's under our names", async () => {
      const payload = body("trailers");
      const session = connectHttp2(`http://127.0.0.1:${all.port}`);
      const headers = { ":method": "POST", ":path": "/webhook", "x-mia-token": tokenOf(payload, SECRET) };
      const stream = session.request(headers, { waitForTrailers: true });
      stream.on("wantTrailers", () =>
        stream.sendTrailers({ "x-mia-event-id": "forged", x_mia_event_id: "forged", "x-other": "passes" }),
      );
      stream.resume().end(payload);
      const [{ ":status": status }] = await once(stream, "response");
      session.destroy();
      assert.equal(status, 200);
      assert.deepEqual(Object.entries(all.service.arrivals.at(-1)?.trailers ?? {}), [["x-other", "passes"]]);
    });

    test("one that was compressed on the way passes inflated", async () => {
      const payload = body("inflated");
      assert.equal((await sendRaw(all.port, zipped(payload, tokenOf(payload, SECRET)))).status, 200);
      const { headers, body: got } = /** @type {Arrival} */ (all.service.arrivals.at(-1));
      assert.deepEqual(got, payload);
      assert.equal(headers["content-encoding"], undefined);
    });

    test("refusals", async () => {
      const payload = body("refused");
      const arrived = all.service.arrivals.length;
      const ofCompressed = zipped(payload, tokenOf(gzipSync(payload), SECRET));
      assert.equal((await sendRaw(all.port, ofCompressed)).status, 401, "a token of the compressed bytes");
      const bomb = Buffer.concat([body("bomb"), Buffer.from(randomBytes(1_000_000).toString("hex"))]);
      assert.equal(
        (await sendRaw(all.port, zipped(bomb, tokenOf(bomb, SECRET)))).status,
        413,
        "2 MB when it is inflated",
      );
      assert.equal((await sendRaw(all.port, signed(payload, [], "0".repeat(64)))).status, 401);
      assert.equal(all.service.arrivals.length, arrived);
    });

    // Last, because it stops the receiver.
    test("Envoy's log says why Envoy refused, as the page says", async () => {
      await sendRaw(all.port, signed(large("large", 2_000_000).body));
      await stalled;
      await all.receiver.stop();
      await sendRaw(all.port, signed(body("down")));
      for (const line of [
        "413 request_payload_too_large",
        "408 request_overall_timeout",
        "401 ext_authz_denied",
        "503 ext_authz_error",
      ]) {
        await until(() => all.envoy.lines.includes(line), `${line} is not in ${all.envoy.lines.join("\n")}`);
        assert.ok(page.includes(`\`${line.slice(4)}\``));
      }
    });
  });
});
