/** The plugin in real applications, over real connections. */

import assert from "node:assert/strict";
import { EventEmitter, once } from "node:events";
import type { ServerResponse } from "node:http";
import { connect as connectHttp2 } from "node:http2";
import { type AddressInfo, connect } from "node:net";
import { PassThrough, Transform } from "node:stream";
import { text } from "node:stream/consumers";
import Fastify, { type FastifyInstance, type FastifyServerOptions } from "fastify";
import { afterEach, describe, test } from "vitest";
import { fastifyWebhooks } from "mia-webhooks/fastify";
import { type Origin, type ReceiverOptions, type Result, createReceiver } from "mia-webhooks/receiver";
import { exampleEvent, signedPayload } from "mia-webhooks/testing";

const secret = "a secret for tests";
const event = exampleEvent("tag_created");
const signed = signedPayload(event, { secret });

const running: FastifyInstance[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((app) => app.close()));
});

interface Started {
  readonly app: FastifyInstance;
  readonly address: string;
  readonly port: number;
  readonly handled: string[];
  readonly results: Result[];
}

/** An application with the plugin, and what became of its requests. */
async function started({
  server = {},
  receiver: options = {},
  before = () => {},
  path,
}: {
  readonly server?: FastifyServerOptions | { readonly http2: true };
  readonly receiver?: Partial<ReceiverOptions> & { readonly origin?: Origin };
  readonly before?: (app: FastifyInstance) => unknown;
  readonly path?: string | readonly string[];
} = {}): Promise<Started> {
  const handled: string[] = [];
  const results: Result[] = [];
  const receiver = createReceiver({
    ...(options.subscriptions === undefined &&
      options.origin === undefined && { on: { "*": ({ eventName }) => handled.push(eventName) } }),
    ...(options.subscriptions === undefined && { secrets: secret }),
    log: () => {},
    onResult: (result) => results.push(result),
    ...options,
  } as ReceiverOptions);
  const app = Fastify({ forceCloseConnections: true, ...server } as FastifyServerOptions) as FastifyInstance;
  running.push(app);
  await before(app);
  app.register(fastifyWebhooks, { prefix: "/webhook", receiver, path });
  await app.listen({ port: 0, host: "127.0.0.1" });
  const { port } = app.server.address() as AddressInfo;
  return { app, address: `http://127.0.0.1:${port}/webhook`, port, handled, results };
}

const post = (address: string, body: string | Uint8Array = signed.payload, headers: object = signed.headers) =>
  fetch(address, { method: "POST", body: body as BodyInit, headers: { ...headers } });

/** A genuine event of about so many bytes. */
const large = (size: number) =>
  signedPayload(exampleEvent("tag_created", { payload: { message: "x".repeat(size) } }), { secret });

/** A body that comes in pieces, without a length. */
const inPieces = (address: string, { payload, headers }: { payload: string; headers: object }) =>
  fetch(address, {
    method: "POST",
    headers: { ...headers },
    body: new ReadableStream({
      start(controller) {
        for (let at = 0; at < payload.length; at += 10_000) {
          controller.enqueue(new TextEncoder().encode(payload.slice(at, at + 10_000)));
        }
        controller.close();
      },
    }),
    duplex: "half",
  } as RequestInit);

describe("a genuine event is handled", () => {
  for (const [name, headers] of Object.entries({
    "as JSON": {},
    "as text": { "content-type": "text/plain" },
    "as a form": { "content-type": "application/x-www-form-urlencoded" },
    "of a type that nobody knows": { "content-type": "application/vnd.mia+weird; charset=utf-16" },
    "without a type": { "content-type": "" },
  })) {
    test(name, async () => {
      const { address, handled, app } = await started();
      const type = headers as Record<string, string>;
      if (type["content-type"] !== "") {
        assert.equal((await post(address, signed.payload, { ...signed.headers, ...headers })).status, 200);
      } else {
        // `fetch` always adds one.
        const { "content-type": _, ...others } = signed.headers;
        assert.equal(
          (await app.inject({ method: "POST", url: "/webhook", payload: signed.payload, headers: others })).statusCode,
          200,
        );
        assert.match(await raw(Number(new URL(address).port), others, signed.payload), /^HTTP\/1.1 200 /);
        handled.pop();
      }
      assert.deepEqual(handled, ["tag_created"]);
    });
  }

  test("in pieces, of 200 kB and of 2 MB, whatever the application's limit is", async () => {
    for (const bodyLimit of [1000, 100_000_000]) {
      const { address, handled } = await started({ server: { bodyLimit }, receiver: { maxBytes: 3_000_000 } });
      assert.equal((await inPieces(address, large(200_000))).status, 200);
      const twoMegabytes = large(2_000_000);
      assert.equal((await post(address, twoMegabytes.payload, twoMegabytes.headers)).status, 200);
      assert.equal(handled.length, 2);
    }
  });

  test("where the application has parsers and a preParsing hook of its own", async () => {
    const parsed: unknown[] = [];
    const { address, handled, app } = await started({
      before: (app) => {
        app.addContentTypeParser("*", { parseAs: "string" }, (_request, body, done) => done(null, body));
        app.addContentTypeParser("application/x-www-form-urlencoded", { parseAs: "string" }, (_request, body, done) =>
          done(null, Object.fromEntries(new URLSearchParams(body as string))),
        );
        app.addHook("preParsing", async () => undefined);
        app.addHook("preValidation", async () => void (await new Promise(setImmediate)));
        app.addHook("preHandler", async () => void (await new Promise(setImmediate)));
        app.post("/other", async ({ body }) => void parsed.push(body));
      },
    });
    for (const type of ["application/json", "application/x-www-form-urlencoded", "image/png"]) {
      await post(address, signed.payload, { ...signed.headers, "content-type": type });
    }
    assert.equal(handled.length, 3);
    // The application's own parsers are still there.
    await app.inject({ method: "POST", url: "/other", payload: { a: 1 } });
    await app.inject({
      method: "POST",
      url: "/other",
      payload: "b=2",
      headers: { "content-type": "application/x-www-form-urlencoded" },
    });
    assert.deepEqual(parsed, [{ a: 1 }, { b: "2" }]);
  });

  test("where a hook puts another stream in the place of the body", async () => {
    const { address, handled } = await started({
      before: (app) =>
        app.addHook("preParsing", async (_request, _reply, payload) =>
          payload.pipe(new Transform({ transform: (piece, _encoding, done) => done(null, piece) })),
        ),
    });
    assert.equal((await post(address)).status, 200);
    assert.equal((await inPieces(address, large(300_000))).status, 200);
    assert.equal(handled.length, 2);
  });

  test("where something else listens to the body too, and the secret is asked for first", async () => {
    for (const secrets of [secret, () => new Promise<string>((resolve) => setImmediate(() => resolve(secret)))]) {
      let seen = 0;
      const { address, handled } = await started({
        receiver: { secrets },
        before: (app) =>
          app.addHook("preParsing", (_request, _reply, payload, done) => {
            payload.on("data", (piece: Buffer) => (seen += piece.length));
            done(null, payload);
          }),
      });
      const { payload, headers } = large(200_000);
      assert.equal((await post(address, payload, headers)).status, 200);
      assert.deepEqual(handled, ["tag_created"]);
      assert.equal(seen, payload.length);
    }
  });

  test("with `inject`, as text and as bytes", async () => {
    const { app, handled } = await started();
    for (const payload of [signed.payload, Buffer.from(signed.payload)]) {
      const response = await app.inject({ method: "POST", url: "/webhook", payload, headers: signed.headers });
      assert.equal(response.statusCode, 200);
    }
    assert.equal(handled.length, 2);
  });
});

test("the status and the code are right for what is refused", async () => {
  const { app, address, handled, results } = await started({ receiver: { maxBytes: 100_000 } });
  const forged = { ...signed.headers, "x-mia-token": "0".repeat(64) };
  const tooLarge = large(200_000);
  const { "x-mia-token": _, ...unsigned } = signed.headers;
  for (const [payload, headers, status, code] of [
    [signed.payload, forged, 401, "token_mismatch"],
    [signed.payload, unsigned, 401, "token_missing"],
    [tooLarge.payload, tooLarge.headers, 413, "payload_too_large"],
    [signed.payload, { ...signed.headers, "content-encoding": "gzip" }, 415, "payload_encoded"],
    [signedPayload("text", { secret }).payload, signedPayload("text", { secret }).headers, 400, "event_malformed"],
    [signed.payload, { ...signed.headers, "x-mia-signature": "1".repeat(64) }, 401, "token_mismatch"],
  ] as const) {
    const response = await post(address, payload, headers);
    assert.equal(response.status, status);
    assert.equal(response.headers.get("content-type"), "application/problem+json");
    assert.equal(((await response.json()) as { status: number }).status, status);
    assert.equal(results.at(-1)?.code, code);
    const injected = await app.inject({ method: "POST", url: "/webhook", payload, headers });
    assert.deepEqual([injected.statusCode, injected.json<{ status: number }>().status], [status, status]);
  }
  assert.equal((await inPieces(address, tooLarge)).status, 413);
  assert.deepEqual(handled, []);
});

test("other methods are refused, and other paths are Fastify's", async () => {
  const { address, results } = await started();
  for (const method of ["GET", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH"]) {
    const response = await fetch(address, { method });
    assert.deepEqual([response.status, response.headers.get("allow")], [405, "POST"]);
    assert.equal((await response.text()).length > 0, method !== "HEAD");
  }
  assert.equal(results.length, 6);
  assert.equal((await post(`${address}/other`)).status, 404);
  assert.equal((await post(`${address}/`)).status, 200);
  assert.equal(results.length, 7);
});

test("takes a path, several, and patterns; the receiver sees the whole path", async () => {
  const on = { "*": () => {} };
  const secrets: Record<string, string> = { "/one": "the first secret", "/two": "the second secret" };
  const subscriptions = Object.fromEntries(
    Object.entries(secrets).map(([path, secret]) => [`/webhook${path}`, { secrets: secret, on }]),
  );
  for (const [path, there, missing] of [
    ["/one", ["/one"], ["", "/two"]],
    [["/one", "/two"], ["/one", "/two"], [""]],
    ["/*", ["/one", "/two"], []],
  ] as const) {
    const { address, results } = await started({ path, receiver: { subscriptions } });
    for (const one of there) {
      const { payload, headers } = signedPayload(event, { secret: secrets[one] ?? "" });
      assert.equal((await post(`${address}${one}?query`, payload, headers)).status, 200);
      assert.equal(results.at(-1)?.path, `/webhook${one}`);
    }
    for (const one of missing) {
      assert.equal((await post(`${address}${one}`)).status, 404);
    }
  }
});

/** Sends requests over one connection, and returns what comes back until it closes, or until `count` answers came. */
async function raw(port: number, headers: object, body: string, count = 1, declared = Buffer.byteLength(body)) {
  const socket = connect(port, "127.0.0.1");
  socket.on("error", () => {});
  const head = Object.entries({ host: "localhost", "content-length": declared, ...headers });
  const lines = head.map(([name, value]) => `${name}: ${value}\r\n`).join("");
  for (let i = 0; i < count; i++) {
    socket.write(`POST /webhook HTTP/1.1\r\n${lines}\r\n`);
    socket.write(body);
  }
  let received = "";
  for await (const piece of socket) {
    received += String(piece);
    if (received.split("HTTP/1.1 ").length > count && /\r\n\r\n/.test(received.split("HTTP/1.1 ").at(-1) ?? "")) {
      break;
    }
  }
  socket.destroy();
  return received;
}

describe("the connection", () => {
  test("serves the next request after a refusal", async () => {
    const { port, results } = await started({ receiver: { maxBytes: 100_000 } });
    for (const [headers, body] of [
      [{ "x-mia-token": "0".repeat(64) }, "x".repeat(2000)],
      [{}, "x".repeat(90_000)],
      [{}, "x".repeat(1_000_000)],
      [{ "content-encoding": "gzip", ...signed.headers }, "x".repeat(200_000)],
    ] as const) {
      results.length = 0;
      const received = await raw(port, headers, body, 5);
      assert.equal(results.length, 5, received);
      assert.doesNotMatch(received, /connection: close/i);
    }
  });

  test("is closed after an answer that arrives, where too much of the body is left", async () => {
    const { port, results } = await started();
    const received = await raw(port, {}, "x".repeat(100_000), 1, 50_000_000);
    assert.match(received, /^HTTP\/1.1 401 [^]*connection: close\r\n/i);
    assert.match(received, /"status":401\}$/);
    assert.equal(results[0]?.code, "token_missing");
  });

  test("is closed after a body that stalls", async () => {
    const { port, results } = await started({ receiver: { bodyTimeoutMs: 50 } });
    const received = await raw(port, signed.headers, "{", 1, 500);
    assert.match(received, /^HTTP\/1.1 408 [^]*connection: close\r\n[^]*"status":408\}$/i);
    assert.equal(results[0]?.code, "payload_timeout");
  });

  test("that the sender closes breaks nothing", async () => {
    const { address, port, handled, results } = await started();
    const socket = connect(port, "127.0.0.1");
    await once(socket, "connect");
    const token = signed.headers["x-mia-token"] ?? "";
    socket.write(`POST /webhook HTTP/1.1\r\nhost: a\r\nx-mia-token: ${token}\r\ncontent-length: 5000\r\n\r\n{`);
    socket.end();
    socket.on("error", () => {});
    while (results.length === 0) {
      await new Promise(setImmediate);
    }
    assert.equal(results[0]?.code, "payload_interrupted");
    assert.equal((await post(address)).status, 200);
    assert.deepEqual(handled, ["tag_created"]);
  });
});

test("HTTP/2: events are handled, and a refusal ends its stream only", async () => {
  const { port, handled, results } = await started({ server: { http2: true }, receiver: { maxBytes: 100_000 } });
  const session = connectHttp2(`http://127.0.0.1:${port}`);
  const ask = async (headers: object, body: string, isWhole = true) => {
    const stream = session.request({ ":method": "POST", ":path": "/webhook", ...headers });
    stream.on("error", () => {});
    const [answer] = (await (isWhole ? stream.end(body) : stream.write(body), once(stream, "response"))) as [
      Record<string, unknown>,
    ];
    let content = "";
    stream.on("data", (piece) => (content += String(piece)));
    await once(stream, "end");
    // A stream that is closed before the end of the answer is.
    const isCutOff = stream.aborted;
    stream.close();
    return { status: answer[":status"], content, isCutOff };
  };
  try {
    assert.equal((await ask(signed.headers, signed.payload)).status, 200);
    assert.equal((await ask({}, signed.payload)).status, 401);
    // Its answer is whole although the sender has not finished.
    const unfinished = await ask({ "content-length": "90000000" }, "x".repeat(1000), false);
    assert.equal(unfinished.status, 401);
    assert.match(unfinished.content, /"status":401\}$/);
    assert.ok(!unfinished.isCutOff);
    assert.equal((await ask(signed.headers, signed.payload)).status, 200);
  } finally {
    session.close();
  }
  assert.deepEqual(handled, ["tag_created", "tag_created"]);
  assert.equal(results.length, 4);
});

describe("hooks of the application", () => {
  test("see the answer, and add to it", async () => {
    const seen: unknown[] = [];
    const { address } = await started({
      before: (app) => {
        app.addHook("onSend", async (_request, reply, payload) => {
          reply.header("x-own", "1");
          return payload;
        });
        app.addHook(
          "onResponse",
          async (request, reply) => void seen.push([request.routeOptions.url, reply.statusCode]),
        );
      },
    });
    const response = await post(address);
    assert.equal(response.headers.get("x-own"), "1");
    await post(address, "{}");
    await post(address);
    assert.deepEqual(seen.slice(0, 2), [
      ["/webhook", 200],
      ["/webhook", 401],
    ]);
  });

  test("may answer first: then nothing is handled", async () => {
    const { address, results } = await started({
      before: (app) => app.addHook("onRequest", async (_request, reply) => reply.code(403).send("no")),
    });
    assert.equal((await post(address)).status, 403);
    assert.deepEqual(results, []);
  });

  for (const [name, before] of Object.entries({
    preParsing: (app: FastifyInstance) => app.addHook("preParsing", async (request) => void (await text(request.raw))),
    preValidation: (app: FastifyInstance) =>
      app.addHook("preValidation", async (request) => void (request.body = await text(request.raw))),
  })) {
    test(`that reads the body in ${name} is named as what to change`, async () => {
      const { address, handled, results } = await started({ before });
      const response = await post(address);
      assert.ok(response.status >= 400);
      assert.equal(results[0]?.code, "payload_consumed");
      assert.match(results[0]?.hint ?? "", /hook of the application/);
      assert.deepEqual(handled, []);
    });
  }

  test("whose stream fails interrupt the body", async () => {
    const { address, handled, results } = await started({
      before: (app) =>
        app.addHook("preParsing", async () => {
          const stream = new PassThrough();
          setImmediate(() => stream.destroy(new Error("own")));
          return stream;
        }),
    });
    assert.ok((await post(address)).status >= 400);
    assert.equal(results[0]?.code, "payload_interrupted");
    assert.deepEqual(handled, []);
  });
});

test("an answer that comes after another one is dropped", async () => {
  let cancelled = 0;
  const steps = new EventEmitter();
  const slow = {
    fetch: async () => {
      setImmediate(() => steps.emit("asked"));
      await once(steps, "answered");
      return new Response(new ReadableStream({ cancel: () => void (cancelled += 1) }));
    },
  };
  const { address, results } = await started({
    receiver: { origin: slow },
    before: (app) =>
      app.addHook("preHandler", async (_request, reply) => {
        steps.once("asked", () => reply.code(503).send("too late"));
      }),
  });
  assert.equal((await post(address)).status, 503);
  steps.emit("answered");
  while (cancelled === 0) {
    await new Promise(setImmediate);
  }
  assert.equal(results[0]?.code, "accepted");
});

describe("an answer of the origin", () => {
  const large = "y".repeat(500_000);
  const origin = {
    fetch: async () =>
      new Response(large, {
        status: 201,
        headers: [
          ["set-cookie", "a=1"],
          ["set-cookie", "b=2"],
          ["x-origin", "1"],
        ],
      }),
  };

  test("passes as a stream, with its cookies", async () => {
    const { address } = await started({ receiver: { origin } });
    const response = await post(address);
    assert.equal(response.status, 201);
    assert.equal(await response.text(), large);
  });

  test("reaches the sender only as fast as it reads", async () => {
    const [piece, count] = [new Uint8Array(100_000), 400];
    let pulled = 0;
    let outgoing: ServerResponse | undefined;
    /** The most that waited in this process, in bytes, when more was asked for. */
    let most = 0;
    const long = {
      fetch: async () =>
        new Response(
          new ReadableStream({
            pull(controller) {
              most = Math.max(most, outgoing?.writableLength ?? 0);
              controller.enqueue(piece);
              if ((pulled += 1) === count) {
                controller.close();
              }
            },
          }),
        ),
    };
    const { port } = await started({
      receiver: { origin: long },
      before: (app) => app.addHook("onRequest", async (_request, reply) => void (outgoing = reply.raw)),
    });
    const socket = connect(port, "127.0.0.1");
    const head = Object.entries({
      ...signed.headers,
      "content-length": Buffer.byteLength(signed.payload),
      connection: "close",
    });
    socket.write(`POST /webhook HTTP/1.1\r\nhost: a\r\n${head.map(([n, v]) => `${n}: ${v}\r\n`).join("")}\r\n`);
    socket.write(signed.payload);
    // Nobody reads yet: the system's buffers fill, and then it waits, or has everything in memory.
    while (!outgoing?.writableNeedDrain && pulled < count) {
      await new Promise(setImmediate);
    }
    assert.ok(pulled < count, "everything was asked for before any of it was sent");
    let received = 0;
    for await (const bytes of socket) {
      received += (bytes as Buffer).length;
    }
    assert.ok(received > count * piece.length);
    assert.ok(most < 1_000_000, `${most} bytes waited`);
  });
});

test("an origin's answer that breaks off, or with a header that Node refuses, is 502", async () => {
  const broken = new ReadableStream({ pull: () => Promise.reject(new Error("it broke off")) });
  for (const answer of [
    new Response(broken, { headers: { "content-length": "10", "x-origin": "1" } }),
    new Response("taken", { headers: { "x-origin": "\u0001" } }),
  ]) {
    const { address } = await started({ receiver: { origin: { fetch: async () => answer } } });
    const response = await post(address);
    assert.deepEqual([response.status, response.headers.get("x-origin")], [502, null]);
    assert.equal(((await response.json()) as { status: number }).status, 502);
  }
});

test("the connection serves the next event after a hook has answered", async () => {
  const { port, handled, results } = await started({
    receiver: { bodyTimeoutMs: 50 },
    before: (app) =>
      app.addHook("onRequest", async (request, reply) => {
        if (request.headers["x-slow"] === undefined) {
          return;
        }
        const reading = setInterval(() => {
          // While the receiver reads: before, Node itself drops the body.
          if (request.raw.readableDidRead) {
            clearInterval(reading);
            void reply.code(503).send();
          }
        }, 1);
      }),
  });
  const socket = connect(port, "127.0.0.1");
  const lines = `POST /webhook HTTP/1.1\r\nhost: a\r\nx-mia-token: ${signed.headers["x-mia-token"]}\r\ncontent-length: `;
  socket.write(`${lines}900000\r\nx-slow: 1\r\n\r\n12345`);
  assert.match(String(await once(socket, "data")), /^HTTP\/1.1 503 /);
  while (results.length === 0) {
    await new Promise(setImmediate);
  }
  socket.write(`${"x".repeat(899_995)}${lines}${Buffer.byteLength(signed.payload)}\r\n\r\n${signed.payload}`);
  assert.match(String(await once(socket, "data")), /^HTTP\/1.1 200 /);
  assert.deepEqual(handled, ["tag_created"]);
  socket.destroy();
});

test("what comes behind a body that stalled is not handled", async () => {
  const { port, handled, results } = await started({ receiver: { bodyTimeoutMs: 50 } });
  const socket = connect(port, "127.0.0.1");
  socket.on("error", () => {});
  const lines = `POST /webhook HTTP/1.1\r\nhost: a\r\nx-mia-token: ${signed.headers["x-mia-token"]}\r\ncontent-length: `;
  socket.write(`${lines}10\r\n\r\n12345`);
  assert.match(String(await once(socket, "data")), /^HTTP\/1.1 408 /);
  socket.write(`67890${lines}${Buffer.byteLength(signed.payload)}\r\n\r\n${signed.payload}`);
  await once(socket, "close");
  assert.deepEqual([handled, results.length], [[], 1]);
});

describe("what cannot be registered", () => {
  for (const [name, receiver] of Object.entries({
    nothing: undefined,
    "its options": { secrets: secret, on: {} },
    text: "receiver",
  })) {
    test(`${name} in place of a receiver`, async () => {
      const app = Fastify();
      app.register(fastifyWebhooks, { receiver } as never);
      await assert.rejects(async () => app.ready(), {
        name: "TypeError",
        message: /^fastifyWebhooks needs a receiver: register\(fastifyWebhooks, \{ receiver: createReceiver/,
      });
    });
  }

  test("no options at all", async () => {
    const app = Fastify();
    app.register(fastifyWebhooks as never);
    await assert.rejects(async () => app.ready(), { name: "TypeError", message: /needs a receiver/ });
  });
});

test("it is not wrapped in fastify-plugin", async () => {
  const wrapped = Object.assign(fastifyWebhooks, { [Symbol.for("skip-override")]: true });
  try {
    await assert.rejects(async () => Fastify().register(wrapped, { receiver: async () => new Response() }), {
      name: "TypeError",
      message: /must not be wrapped in fastify-plugin/,
    });
  } finally {
    Reflect.deleteProperty(fastifyWebhooks, Symbol.for("skip-override"));
  }
});
