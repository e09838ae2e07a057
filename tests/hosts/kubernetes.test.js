// @ts-check
/**
 * What docs/kubernetes.md shows: its program as a process of its own, also twice over one
 * real Redis, the secret as the kubelet mounts and changes it, and the signal that ends a
 * pod.
 */

import assert from "node:assert/strict";
import { once } from "node:events";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { Agent, createServer, request } from "node:http";
import { createRequire } from "node:module";
import { connect } from "node:net";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { root } from "../harness/checkout.js";
import { blocksOf } from "../harness/code-blocks.js";
import { freePort } from "../harness/free-port.js";
import { startRedis } from "../harness/servers/redis.js";
import { tokenOf } from "../harness/wire.js";
import { until } from "../harness/workerd/receiver.js";
import { snippetIn } from "./snippet.js";
import { atPort, started } from "./start.js";

const page = readFileSync(join(root, "docs/kubernetes.md"), "utf8");
const [yaml = ""] = blocksOf(page, "yaml");
const { file: programFile, program } = snippetIn("docs/kubernetes.md", page);
const { safeLoadAll } = createRequire(import.meta.url)("js-yaml");
const manifests = /** @type {any[]} */ (safeLoadAll(yaml));
/** @param {string} kind */
const manifest = (kind) => manifests.find((one) => one.kind === kind);

const SECRETS = ["the first secret", "another secret"];

// In the checkout, where `mia-webhooks` is found.
mkdirSync(join(root, "target/hosts"), { recursive: true });
const folder = mkdtempSync(join(root, "target/hosts/kubernetes-"));
/** @type {import("../harness/servers/process.js").Server} */
let redis;
before(async () => {
  redis = await startRedis();
});
/** What a failed test has not ended. @type {Set<import("./start.js").Process>} */
const programs = new Set();
after(async () => {
  await Promise.all([...programs].map(({ stop }) => stop()));
  await redis.stop();
  rmSync(folder, { recursive: true, force: true });
});

/**
 * A mounted Secret, as the kubelet writes it: files are links into `..data`, which is a
 * link to a folder. A change makes a new folder and renames the link over the old one.
 */
class MountedSecret {
  folder = mkdtempSync(join(folder, "mounted-"));
  file = join(this.folder, "secret");
  #count = 0;

  /** @param {string} secret @param {string} [previous] */
  write(secret, previous) {
    const before = `..data_${this.#count}`;
    const now = `..data_${(this.#count += 1)}`;
    mkdirSync(join(this.folder, now));
    /** @type {[string, string | undefined][]} */
    const files = [
      ["secret", secret],
      ["previous", previous],
    ];
    for (const [name, content] of files) {
      if (content !== undefined) {
        writeFileSync(join(this.folder, now, name), content);
      }
    }
    symlinkSync(now, join(this.folder, "..data_tmp"));
    renameSync(join(this.folder, "..data_tmp"), join(this.folder, "..data"));
    for (const [name, content] of files) {
      const file = join(this.folder, name);
      if (content === undefined) {
        rmSync(file, { force: true });
      } else if (!existsSync(file)) {
        symlinkSync(`..data/${name}`, file);
      }
    }
    rmSync(join(this.folder, before), { recursive: true, force: true });
  }
}

/**
 * Starts the program of the page.
 *
 * @param {string} file the mounted secret
 * @param {(text: string) => string} [changed] what the test needs otherwise
 */
async function start(file, changed = (text) => text) {
  const [cwd, port] = [mkdtempSync(join(folder, "program-")), await freePort()];
  writeFileSync(join(cwd, "server.mjs"), changed(atPort(program, port)));
  const command = [process.execPath, "server.mjs"];
  const env = { MIA_WEBHOOK_SECRET_FILE: file, REPLAY_URL: redis.url };
  const running = await started({ command, cwd, port, secret: undefined, env });
  programs.add(running);
  const printed = () => running.lines.join("\n");
  return {
    port,
    /** Ends it as the kubelet does. */
    stop: () => running.stop("SIGTERM"),
    printed,
    /** Returns when a line matches: one may come after the answer. @param {RegExp} line */
    isPrinted: (line) => until(() => line.test(printed()), `${line} is not in what was printed`),
    /** How often an event was handled. @param {string} name */
    handled: (name) => running.lines.filter((line) => line === name).length,
  };
}

/** How it ends when it was told to, and has nothing left to do. */
const ENDED = { status: 0, signal: null };

// The replay guard refuses an event that is older than a week.
const eventTimestamp = Date.now();
/** An event that was not sent before. @param {string} name */
const eventOf = (name) => Buffer.from(JSON.stringify({ eventName: name, eventTimestamp, payload: { id: next++ } }));
let next = 0;

/**
 * A delivery that its sender may hold back in the middle.
 *
 * @param {number} port
 * @param {Buffer} body
 * @param {{ secret?: string, agent?: Agent }} [options]
 */
function deliver(port, body, { secret = SECRETS[0] ?? "", agent } = {}) {
  const headers = { "X-Mia-Token": tokenOf(body, secret), "Content-Length": body.length };
  const sent = request({ port, host: "127.0.0.1", method: "POST", path: "/webhook", headers, ...(agent && { agent }) });
  const status = new Promise((resolve, reject) => {
    sent.on("error", reject).on("response", (response) => {
      response
        .resume()
        .on("end", () => resolve(response.statusCode))
        .on("error", reject);
    });
  });
  return { sent, status };
}

/** @param {number} port @param {Buffer} body @param {Parameters<typeof deliver>[2]} [options] */
function post(port, body, options) {
  const { sent, status } = deliver(port, body, options);
  sent.end(body);
  return status;
}

/** @param {number} port @param {string} path */
async function get(port, path) {
  const response = await fetch(`http://127.0.0.1:${port}${path}`);
  await response.arrayBuffer();
  return response.status;
}

/** Whether the port takes a new connection. @param {number} port */
const isOpen = (port) =>
  new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => resolve(true));
    socket.on("error", () => resolve(false)).on("connect", () => socket.destroy());
  });

describe("the manifests", () => {
  const [container] = manifest("Deployment").spec.template.spec.containers;

  test("belong together, and to the program", () => {
    assert.deepEqual(
      manifests.map(({ kind }) => kind),
      ["Secret", "Secret", "Deployment", "Service"],
    );
    const { spec, metadata } = manifest("Deployment").spec.template;
    assert.deepEqual(manifest("Deployment").spec.selector.matchLabels, metadata.labels);
    assert.deepEqual(manifest("Service").spec.selector, metadata.labels);
    const [{ containerPort }] = container.ports;
    assert.match(program, new RegExp(`\\.listen\\(${containerPort}\\)`));
    assert.equal(manifest("Service").spec.ports[0].targetPort, containerPort);
    assert.deepEqual(container.command, ["node", programFile]);

    const [volume] = spec.volumes;
    const [mount] = container.volumeMounts;
    assert.equal(volume.name, mount.name);
    assert.equal(volume.secret.secretName, manifest("Secret").metadata.name);
    assert.equal(mount.subPath, undefined, "a file that is mounted alone never changes");
    const [variable, address] = container.env;
    assert.ok(program.includes(`process.env.${variable.name}`));
    const [key] = Object.keys(manifest("Secret").stringData);
    assert.equal(variable.value, `${mount.mountPath}/${key}`);
    assert.ok(program.includes(`process.env.${address.name}`));
    const { name, key: url } = address.valueFrom.secretKeyRef;
    const database = manifests.find(({ kind, metadata }) => kind === "Secret" && metadata.name === name);
    assert.match(database.stringData[url], /^redis:/);
  });

  test("probe another path than the webhook's", () => {
    for (const probe of [container.readinessProbe, container.livenessProbe]) {
      assert.equal(probe.httpGet.port, container.ports[0].containerPort);
      assert.ok(program.includes(`request.url === "${probe.httpGet.path}"`));
    }
  });

  test("give deliveries the time to end", () => {
    const { spec } = manifest("Deployment").spec.template;
    const [, last = ""] = /closeAllConnections\(\), ([\d_]+)\)/.exec(program) ?? [];
    const waits = container.lifecycle.preStop.sleep.seconds + Number(last.replaceAll("_", "")) / 1000;
    assert.ok(waits > 20 && waits < spec.terminationGracePeriodSeconds, String(waits));
  });
});

describe("the program", { timeout: 300_000 }, () => {
  test("takes what is signed, and its probe needs no secret", async () => {
    const mounted = new MountedSecret();
    const running = await start(mounted.file);
    assert.equal(await get(running.port, "/healthz"), 200);
    assert.equal(await get(running.port, "/webhook"), 405);
    assert.equal(await post(running.port, eventOf("early")), 503, "the secret is not mounted yet");
    await running.isPrinted(/"code":"secrets_unavailable"/);

    mounted.write(`${SECRETS[0]}\n`);
    await until(async () => (await post(running.port, eventOf("mounted"))) === 200, "it did not find the secret");
    assert.equal(await post(running.port, eventOf("forged"), { secret: "guessed" }), 401);
    assert.deepEqual(["early", "forged"].map(running.handled), [0, 0]);
    await running.isPrinted(/^mounted$/m);
    assert.ok(!running.printed().includes(SECRETS[0] ?? ""), "the secret is not printed");
    assert.deepEqual(await running.stop(), ENDED, running.printed());
  });

  test("follows the mounted secret without a restart", async () => {
    const mounted = new MountedSecret();
    mounted.write(SECRETS[0] ?? "");
    const running = await start(mounted.file);
    const [first, second] = SECRETS.map((secret) => ({ secret }));
    assert.equal(await post(running.port, eventOf("before"), first), 200);
    assert.equal(await post(running.port, eventOf("too_soon"), second), 401);

    mounted.write(SECRETS[1] ?? "");
    await until(async () => (await post(running.port, eventOf("after"), second)) === 200, "it did not read it again");
    assert.equal(await post(running.port, eventOf("too_late"), first), 401);
    assert.deepEqual(["before", "too_soon", "too_late"].map(running.handled), [1, 0, 0]);
    assert.deepEqual(await running.stop(), ENDED, running.printed());
  });
});

describe("two replicas", { timeout: 300_000 }, () => {
  test("handle an event once, also after a restart, and answer 503 while the database is down", async () => {
    assert.equal(manifest("Deployment").spec.replicas, 2);
    const mounted = new MountedSecret();
    mounted.write(SECRETS[0] ?? "");
    const [one, other] = await Promise.all([start(mounted.file), start(mounted.file)]);
    const event = eventOf("once");
    assert.equal(await post(one.port, event), 200);
    assert.equal(await post(other.port, event), 200);
    assert.deepEqual(await one.stop(), ENDED, one.printed());
    const again = await start(mounted.file);
    assert.equal(await post(again.port, event), 200);

    await redis.kill();
    const late = eventOf("late");
    assert.equal(await post(other.port, late), 503);
    assert.equal(await get(other.port, "/healthz"), 200);
    await redis.restart();
    await until(async () => (await post(other.port, late)) === 200, "it did not find the database again");
    assert.equal(await post(again.port, late), 200);
    await other.isPrinted(/^late$/m);
    const handled = (/** @type {string} */ name) => [one, other, again].map((replica) => replica.handled(name));
    assert.deepEqual(
      [handled("once"), handled("late")],
      [
        [1, 0, 0],
        [0, 1, 0],
      ],
    );
    await Promise.all(
      [other, again].map(async ({ stop, printed }) => assert.deepEqual(await stop(), ENDED, printed())),
    );
  });
});

describe("a rotation", { timeout: 300_000 }, () => {
  const both = /`(secretFile\(\{ current: [^`]+)`/.exec(page)?.[1] ?? "";

  test("loses no event, whichever secret the Console signs with", async () => {
    const mounted = new MountedSecret();
    mounted.write(SECRETS[0] ?? "");
    const running = await start(mounted.file, (text) => {
      const one = /secretFile\(.*\)(?=;)/.exec(text)?.[0] ?? "";
      return text.replace(one, both.replaceAll('"…', JSON.stringify(mounted.folder).slice(0, -1)));
    });
    const [old, fresh] = SECRETS.map((secret) => ({ secret }));
    assert.equal(await post(running.port, eventOf("before"), old), 200);

    mounted.write(SECRETS[1] ?? "", SECRETS[0]);
    await until(async () => (await post(running.port, eventOf("fresh"), fresh)) === 200, "the new one is not known");
    assert.equal(await post(running.port, eventOf("still_old"), old), 200, "the Console has not changed yet");
    await running.isPrinted(/"eventName":"still_old".*"secretId":"previous"/);

    mounted.write(SECRETS[1] ?? "");
    await until(async () => (await post(running.port, eventOf("taken_back"), old)) === 401, "the old one still works");
    assert.equal(await post(running.port, eventOf("after"), fresh), 200);
    await running.isPrinted(/"eventName":"after".*"secretId":"current"/);
    assert.deepEqual(["before", "still_old", "after"].map(running.handled), [1, 1, 1]);
    assert.deepEqual(await running.stop(), ENDED, running.printed());
  });
});

describe("a stop", { timeout: 300_000 }, () => {
  const mounted = new MountedSecret();
  mounted.write(SECRETS[0] ?? "");

  /** Something that the handler waits for: it asks, and gets an answer when the test says so. */
  async function gate() {
    /** @type {import("node:http").ServerResponse[]} */
    const waiting = [];
    const server = createServer((_, response) => void waiting.push(response)).listen(0, "127.0.0.1");
    // A test that fails must not wait for it.
    server.unref();
    await once(server, "listening");
    const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
    const handler = `async (event) => { await fetch("http://127.0.0.1:${port}"); console.log(event.eventName); }`;
    return {
      waiting,
      /** @param {string} text */
      changed(text) {
        const slow = text.replace("(event) => console.log(event.eventName)", handler);
        assert.notEqual(slow, text);
        return slow;
      },
      open() {
        waiting.forEach((response) => response.end());
        server.close();
      },
    };
  }

  test("waits for a body that is under way, and for the handler after it, and answers", async () => {
    const { waiting, changed, open } = await gate();
    const running = await start(mounted.file, changed);
    const idle = new Agent({ keepAlive: true, maxSockets: 1 });
    // A connection that was used, and one that the sender keeps open for more.
    assert.equal(await post(running.port, eventOf("forged"), { secret: "guessed", agent: idle }), 401);

    const agent = new Agent({ keepAlive: true });
    const body = eventOf("under_way");
    const { sent, status } = deliver(running.port, body, { agent });
    sent.setHeader("Expect", "100-continue");
    sent.flushHeaders();
    await once(sent, "continue");
    sent.write(body.subarray(0, 10));
    const ended = running.stop();
    await until(async () => !(await isOpen(running.port)), "it still takes connections");
    sent.end(body.subarray(10));
    await until(() => waiting.length === 1, "the handler was not called");
    assert.equal(running.handled("under_way"), 0);
    open();
    assert.equal(await status, 200);
    assert.deepEqual(await ended, ENDED, running.printed());
    assert.equal(running.handled("under_way"), 1);
    agent.destroy();
    idle.destroy();
  });

  test("waits for a handler whose sender has gone", async () => {
    const { waiting, changed, open } = await gate();
    const running = await start(mounted.file, changed);
    const body = eventOf("sender_gone");
    const { sent, status } = deliver(running.port, body);
    const failed = assert.rejects(status);
    sent.end(body);
    await until(() => waiting.length === 1, "the handler was not called");
    sent.destroy();
    await failed;
    const ended = running.stop();
    await until(async () => !(await isOpen(running.port)), "it still takes connections");
    open();
    assert.deepEqual(await ended, ENDED, running.printed());
    assert.equal(running.handled("sender_gone"), 1);
  });

  test("does not wait for ever for a connection on which nothing was sent", async () => {
    const running = await start(mounted.file, (text) => text.replace("40_000", "100"));
    const silent = connect(running.port, "127.0.0.1");
    silent.on("error", () => {});
    await once(silent, "connect");
    assert.equal(await get(running.port, "/healthz"), 200);
    assert.deepEqual(await running.stop(), ENDED, running.printed());
    silent.destroy();
  });
});
