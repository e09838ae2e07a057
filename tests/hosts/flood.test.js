// @ts-check
/**
 * A flood of refused requests through a real Envoy, which keeps its connections, and
 * without it: no genuine event is lost, and every refusal reaches its sender with its
 * own status.
 */

import assert from "node:assert/strict";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { root } from "../harness/checkout.js";
import { freePort } from "../harness/free-port.js";
import { skipped } from "../harness/runtimes.js";
import { tokenOf } from "../harness/wire.js";
import { until } from "../harness/workerd/receiver.js";
import { SECRET, eventOf } from "./deliveries.js";
import { installEnvoy, startEnvoy } from "./envoy.js";
import { agentSender, fetchSender, flood } from "./flood.js";
import { frameworks, programFolder } from "../harness/frameworks.js";
import { started } from "./start.js";

const installed = frameworks("frameworks");
const noEnvoy = installEnvoy();

/** Few, so that a connection that is not fit for the next request is used for it. */
const UPSTREAM_CONNECTIONS = 3;

const TYPE = "type.googleapis.com/envoy.extensions";
const HTTP2 = {
  "envoy.extensions.upstreams.http.v3.HttpProtocolOptions": {
    "@type": `${TYPE}.upstreams.http.v3.HttpProtocolOptions`,
    explicit_http_config: { http2_protocol_options: {} },
  },
};

/** @param {number} port */
const address = (port) => ({ socket_address: { address: "127.0.0.1", port_value: port } });

/**
 * @typedef {object} Passage
 * @property {number} from the port of Envoy
 * @property {number} to the port of the receiver
 * @property {number} connections
 * @property {boolean} [isHttp2]
 * @property {string} [timeout]
 */

/** An Envoy that passes everything on, each port to its receiver. @param {readonly Passage[]} passages */
const passing = (passages) =>
  JSON.stringify({
    static_resources: {
      listeners: passages.map(({ from, timeout = "300s" }) => ({
        address: address(from),
        filter_chains: [
          {
            filters: [
              {
                name: "envoy.filters.network.http_connection_manager",
                typed_config: {
                  "@type": `${TYPE}.filters.network.http_connection_manager.v3.HttpConnectionManager`,
                  stat_prefix: "flood",
                  route_config: {
                    virtual_hosts: [
                      {
                        name: "all",
                        domains: ["*"],
                        routes: [{ match: { prefix: "/" }, route: { cluster: `to ${from}`, timeout } }],
                      },
                    ],
                  },
                  http_filters: [
                    {
                      name: "envoy.filters.http.router",
                      typed_config: { "@type": `${TYPE}.filters.http.router.v3.Router` },
                    },
                  ],
                },
              },
            ],
          },
        ],
      })),
      clusters: passages.map(({ from, to, connections, isHttp2 }) => ({
        name: `to ${from}`,
        circuit_breakers: {
          thresholds: [{ max_connections: connections, max_pending_requests: 10_000, max_requests: 10_000 }],
        },
        ...(isHttp2 && { typed_extension_protocol_options: HTTP2 }),
        load_assignment: {
          cluster_name: `to ${from}`,
          endpoints: [{ lb_endpoints: [{ endpoint: { address: address(to) } }] }],
        },
      })),
    },
  });

/** @param {string} framework */
async function startFlooded(framework) {
  const [cwd, port] = [programFolder(installed, `flooded ${framework}`), await freePort()];
  cpSync(join(root, "tests/hosts/flooded.js"), join(cwd, "flooded.js"));
  const running = await started({
    cwd,
    port,
    secret: SECRET,
    command: [process.execPath, "flooded.js", framework, String(port)],
  });
  const all = (/** @type {string} */ start) => running.lines.filter((line) => line.startsWith(start));
  return {
    port,
    stop: running.stop,
    /** The numbers of the events that it handled. */
    handled: () => all("handled ").map((line) => Number(line.slice("handled ".length))),
    connections: () => all("connection").length,
  };
}

/**
 * @param {import("node:test").TestContext} t
 * @param {Awaited<ReturnType<typeof startFlooded>>} flooded
 * @param {number} requests
 * @param {number} port
 * @param {import("./flood.js").Send} send
 * @param {(() => number) | undefined} [connections] Those of the clients.
 */
async function isSurvived(t, flooded, requests, port, send, connections) {
  const [before, connectionsBefore] = [flooded.handled().length, flooded.connections()];
  const { genuine, wrong } = await flood(port, requests, send);
  const since = () => flooded.handled().slice(before);
  await until(() => since().length >= genuine.length || wrong.length > 0, "not every event was handled");
  const used = connections === undefined ? "" : `, ${connections()} connections of clients`;
  const lost = wrong.filter((what) => what.startsWith("a genuine event")).length;
  t.diagnostic(
    `${requests} requests, ${genuine.length} genuine events of which ${lost} were lost, ${wrong.length - lost} other statuses${used}, ${flooded.connections() - connectionsBefore} connections to the receiver`,
  );
  assert.deepEqual(wrong, []);
  assert.deepEqual(
    since().sort((a, b) => a - b),
    genuine.sort((a, b) => a - b),
    "each event is handled once",
  );
}

/** How many requests each gets: with HTTP/2, no connection has to serve a next one. */
const BEHIND_ENVOY = {
  "node:http": 300,
  Express: 300,
  Koa: 300,
  Fastify: 300,
  "node:http2": 200,
  "Fastify with HTTP/2": 200,
};

describe(
  "behind one Envoy",
  { skip: skipped(installed.missing ?? noEnvoy), timeout: 600_000, concurrency: true },
  () => {
    /** @type {Record<string, { flooded: Awaited<ReturnType<typeof startFlooded>>, port: number }>} */
    const all = {};
    /** @type {Awaited<ReturnType<typeof startEnvoy>>} */
    let envoy;
    before(async () => {
      const passages = await Promise.all(
        Object.keys(BEHIND_ENVOY).map(async (framework) => {
          const [flooded, from] = [await startFlooded(framework), await freePort()];
          all[framework] = { flooded, port: from };
          return {
            from,
            to: flooded.port,
            connections: UPSTREAM_CONNECTIONS,
            isHttp2: /http2|HTTP\/2/.test(framework),
          };
        }),
      );
      envoy = await startEnvoy(passing(passages), /** @type {{ from: number }} */ (passages.at(-1)).from);
    });
    after(() => Promise.all([envoy?.stop(), ...Object.values(all).map(({ flooded }) => flooded.stop())]));

    for (const [framework, requests] of Object.entries(BEHIND_ENVOY)) {
      test(framework, async (t) => {
        const { flooded, port } = /** @type {(typeof all)[string]} */ (all[framework]);
        const { send, connections, close } = agentSender();
        await isSurvived(t, flooded, requests, port, send, connections).finally(close);
      });
    }
  },
);

// The adapter's two ways to read and to answer; both clients speak HTTP/1.1 alone.
for (const framework of ["node:http", "Fastify"]) {
  describe(`${framework}, without Envoy`, { skip: skipped(installed.missing), timeout: 600_000 }, () => {
    /** @type {Awaited<ReturnType<typeof startFlooded>>} */
    let flooded;
    before(async () => {
      flooded = await startFlooded(framework);
    });
    after(() => flooded?.stop());

    test("with Node's client", async (t) => {
      const { send, connections, close } = agentSender();
      await isSurvived(t, flooded, 200, flooded.port, send, connections).finally(close);
    });

    test("with fetch", (t) => isSurvived(t, flooded, 200, flooded.port, fetchSender));
  });
}

test(
  "a naive adapter loses events behind the same Envoy",
  { skip: skipped(installed.missing ?? noEnvoy) },
  async (t) => {
    const naive = await startFlooded("a naive adapter");
    const port = await freePort();
    // One connection and no waiting: what is lost is lost sooner.
    const envoy = await startEnvoy(passing([{ from: port, to: naive.port, connections: 1, timeout: "1s" }]), port);
    const { send, close } = agentSender();
    try {
      const body = Buffer.from(eventOf("tag_created"));
      /** @type {number | string} */
      let status = 200;
      let events = 0;
      // On a busy machine the refused body may have been read, by luck.
      for (; status === 200 && events < 20; events += 1) {
        assert.equal(await send(port, { headers: {}, body: Buffer.alloc(200_000, "a") }), 401);
        status = await send(port, { headers: { "x-mia-token": tokenOf(body, SECRET) }, body });
      }
      t.diagnostic(`event ${events} was lost: ${status}`);
      assert.notEqual(status, 200);
    } finally {
      close();
      await envoy.stop();
      await naive.stop();
    }
  },
);
