/** Node's own servers, with real connections: where the body is, and how a connection is left. */

import assert from "node:assert/strict";
import { once } from "node:events";
import { Agent, type IncomingMessage, type RequestListener, createServer, request } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { connect as connectHttp2, createServer as createHttp2Server } from "node:http2";
import { afterEach, describe, test, vi } from "vitest";
import { nodeListener } from "mia-webhooks/node";
import { createReceiver } from "mia-webhooks/receiver";
import { SECRET, eventOf, sha256 } from "../../receiver/signed.js";

const body = eventOf(1);
const token = { "x-mia-token": sha256(body, SECRET) };

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) {
    close();
  }
});

/** A receiver, and what it handled and logged. */
function received(options: Partial<Parameters<typeof createReceiver>[0]> = {}) {
  const handled: string[] = [];
  const logged: { code: string; hint?: string; status: number; path?: string }[] = [];
  const receiver = createReceiver({
    secrets: SECRET,
    on: { "*": (event, { headers }) => void handled.push(`${event.eventName} ${headers.get("content-type")}`) },
    log: (line: string) => void logged.push(JSON.parse(line)),
    ...options,
  } as Parameters<typeof createReceiver>[0]);
  return { receiver, listen: nodeListener(receiver), handled, logged };
}

async function serve(listener: RequestListener, more?: (server: ReturnType<typeof createServer>) => void) {
  const server = createServer(listener);
  more?.(server);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  closing.push(() => {
    agent.destroy();
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const send = async (payload: string | Buffer, headers: Record<string, string | string[]>, method = "POST") => {
    const sent = request({ port, agent, method, path: "/webhook?a=b", headers });
    sent.end(payload);
    const [answer] = (await once(sent, "response")) as [IncomingMessage];
    let text = "";
    for await (const piece of answer) {
      text += piece;
    }
    return { status: answer.statusCode, headers: answer.headers, text, socket: sent.socket };
  };
  return { port, send };
}

const json = { "content-type": "application/json" };

test("what is put around a receiver is called, and its answer is the one that is written", async () => {
  const { receiver, handled } = received();
  const wrapped = Object.assign(async (request: Request) => {
    const { status } = await receiver(request);
    return new Response("wrapped", { status, headers: { "content-length": "7", "x-wrapped": "yes" } });
  }, receiver);
  const { send } = await serve(nodeListener(wrapped));
  const { status, headers, text } = await send(body, token);
  assert.deepEqual([status, headers["x-wrapped"], text, handled.length], [200, "yes", "wrapped", 1]);
});

describe("the body", () => {
  test("comes from the stream", async () => {
    const { listen, handled, logged } = received();
    const { send } = await serve(listen);
    const { status, headers, text } = await send(body, { ...token, ...json });
    assert.deepEqual([status, headers["content-length"], text], [200, "0", ""]);
    assert.deepEqual(handled, ["tag_created application/json"]);
    assert.deepEqual([logged[0]?.code, logged[0]?.path], ["accepted", undefined]);
  });

  for (const place of ["rawBody", "body"]) {
    test(`comes from ${place}, where a parser left bytes`, async () => {
      const { listen, handled } = received();
      const { send } = await serve((incoming, outgoing) => {
        incoming.resume().on("end", () => {
          void listen(Object.assign(incoming, { [place]: Buffer.from(body) }), outgoing);
        });
      });
      assert.equal((await send(body, token)).status, 200);
      assert.equal(handled.length, 1);
    });
  }

  for (const [how, marks, cure] of [
    ["Express", { app: () => {}, body: {} }, /express\.json\(\)/],
    ["Next", { query: {}, cookies: {}, body: {} }, /bodyParser: false/],
    ["a parser of text", { rawBody: body }, /Buffer in rawBody/],
    ["anything else", {}, /Put the receiver before it/],
  ] as const) {
    test(`is gone after ${how} read it, and the log has the cure`, async () => {
      const { listen, handled, logged } = received();
      const { send } = await serve((incoming, outgoing) => {
        incoming.resume().on("end", () => void listen(Object.assign(incoming, marks), outgoing));
      });
      assert.equal((await send(body, token)).status, 500);
      assert.equal(logged[0]?.code, "payload_consumed");
      assert.match(logged[0]?.hint ?? "", cure);
      assert.deepEqual(handled, []);
    });
  }

  test("is text after setEncoding", async () => {
    const { listen, logged } = received();
    const { send } = await serve((incoming, outgoing) => {
      void listen(incoming.setEncoding("utf8"), outgoing);
    });
    assert.equal((await send(body, token)).status, 500);
    assert.match(logged[0]?.hint ?? "", /setEncoding/);
  });

  test("that is no object of a parser, but was not read, comes from the stream", async () => {
    const { listen } = received();
    const { send } = await serve((incoming, outgoing) => void listen(Object.assign(incoming, { body: {} }), outgoing));
    assert.equal((await send(body, token)).status, 200);
  });
});

describe("the connection", () => {
  test("serves the next event after each refusal of up to 4 MiB", async () => {
    const { listen, handled } = received();
    const { send } = await serve(listen);
    const sockets = new Set();
    for (const [payload, headers, status] of [
      [Buffer.alloc(1000), {}, 401],
      [Buffer.alloc(500_000), {}, 401],
      [Buffer.alloc(2_000_000), {}, 401],
      [Buffer.alloc(2_000_000), token, 413],
      [Buffer.alloc(2_000_000), { ...token, "transfer-encoding": "chunked" }, 413],
      [Buffer.alloc(500_000), { ...token, "content-encoding": "gzip" }, 415],
    ] as const) {
      assert.equal((await send(payload, headers)).status, status);
      const { status: next, socket } = await send(body, token);
      assert.equal(next, 200);
      sockets.add(socket);
    }
    assert.equal(handled.length, 6);
    assert.equal(sockets.size, 1);
  });

  test("is closed after a refusal where more is left, and the answer arrives", async () => {
    const { listen } = received();
    const { send } = await serve(listen);
    const { status, headers } = await send(Buffer.alloc(9_000_000), {});
    assert.deepEqual([status, headers.connection], [401, "close"]);
    assert.equal((await send(body, token)).status, 200);
  });

  test("that is left after a refusal handles nothing of what comes behind it", async () => {
    const { listen, handled, logged } = received({ bodyTimeoutMs: 50 });
    const { port } = await serve(listen);
    const genuine = `POST / HTTP/1.1\r\nHost: a\r\nX-Mia-Token: ${token["x-mia-token"]}\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
    const forged = (length: number) =>
      `POST / HTTP/1.1\r\nHost: a\r\nX-Mia-Token: ${"0".repeat(64)}\r\nContent-Length: ${length}\r\n\r\n`;
    for (const [first, rest, status] of [
      [forged(5_000_000), "x".repeat(5_000_000), 413],
      [`${forged(10)}12345`, "67890", 408],
    ] as const) {
      const socket = connect(port, "127.0.0.1");
      socket.on("error", () => {});
      let got = "";
      socket.on("data", (piece) => (got += String(piece)));
      socket.write(first);
      await once(socket, "data");
      socket.write(rest + genuine);
      await once(socket, "close");
      assert.match(got, new RegExp(`^HTTP/1.1 ${status} [^]*connection: close`, "i"));
      assert.equal(got.split("HTTP/1.1 ").length, 2);
    }
    assert.deepEqual(handled, []);
    assert.equal(logged.length, 2);
  });

  test("serves the next event after something else has answered", async () => {
    const { listen, handled, logged } = received({ bodyTimeoutMs: 50 });
    const { port } = await serve((incoming, outgoing) => {
      if (handled.length + logged.length === 0) {
        const reading = setInterval(() => {
          // While the receiver reads: before, Node itself drops the body.
          if (incoming.readableDidRead) {
            clearInterval(reading);
            outgoing.writeHead(503, { "content-length": 0 }).end();
          }
        }, 1);
      }
      void listen(incoming, outgoing);
    });
    const socket = connect(port, "127.0.0.1");
    const lines = `POST / HTTP/1.1\r\nHost: a\r\nX-Mia-Token: ${token["x-mia-token"]}\r\nContent-Length: `;
    socket.write(`${lines}900000\r\n\r\n12345`);
    assert.match(String(await once(socket, "data")), /^HTTP\/1.1 503 /);
    while (logged.length === 0) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    socket.write(`${"x".repeat(899_995)}${lines}${body.length}\r\n\r\n${body}`);
    assert.match(String(await once(socket, "data")), /^HTTP\/1.1 200 /);
    assert.equal(handled.length, 1);
    socket.destroy();
  });

  test("may break off within a body", async () => {
    const { listen, handled, logged } = received();
    const { port, send } = await serve(listen);
    const socket = connect(port, "127.0.0.1");
    const lines = [`X-Mia-Token: ${token["x-mia-token"]}`, `Content-Length: ${body.length + 1}`, "Host: a"];
    socket.write(`POST / HTTP/1.1\r\n${lines.join("\r\n")}\r\n\r\n${body}`);
    await once(socket, "connect");
    socket.end();
    while (logged.length === 0) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    assert.equal(logged[0]?.code, "payload_interrupted");
    assert.deepEqual(handled, []);
    assert.equal((await send(body, token)).status, 200);
  });
});

test("an answer of the origin streams, with its cookies", async () => {
  const large = "x".repeat(300_000);
  const origin = {
    fetch: async () =>
      new Response(large, {
        status: 201,
        headers: [
          ["set-cookie", "a=1"],
          ["set-cookie", "b=2"],
        ],
      }),
  };
  const { listen } = received({ on: undefined, origin } as never);
  const { send } = await serve(listen);
  const { status, headers, text } = await send(body, token);
  assert.deepEqual([status, headers["set-cookie"], text === large], [201, ["a=1", "b=2"], true]);
});

test("where something else has answered before, that answer stays, and the origin's is let go", async () => {
  let isCancelled = false;
  const left = new ReadableStream({ cancel: () => void (isCancelled = true) });
  let sendNow: () => void = () => {};
  const isSent = new Promise<void>((resolve) => (sendNow = resolve));
  const origin = { fetch: () => isSent.then(() => new Response(left)) };
  const { listen, logged } = received({ on: undefined, origin } as never);
  const listening: Promise<void>[] = [];
  const { send } = await serve((incoming, outgoing) => {
    listening.push(listen(incoming, outgoing));
    outgoing.writeHead(504).end();
    outgoing.on("finish", sendNow);
  });
  assert.equal((await send(body, token)).status, 504);
  await Promise.all(listening);
  assert.deepEqual([isCancelled, logged[0]?.code], [true, "accepted"]);
  assert.equal((await send(body, {})).status, 504);
});

test("an origin's answer that breaks off ends the connection, and nothing else", async () => {
  const broken = new ReadableStream({
    start(controller) {
      controller.enqueue(new Uint8Array(10));
    },
    pull: () => Promise.reject(new Error("it broke off")),
  });
  const { listen } = received({ on: undefined, origin: { fetch: async () => new Response(broken) } } as never);
  const { send } = await serve(listen);
  await assert.rejects(send(body, token), /aborted|hang up/);
});

test("an origin's header that Node refuses is no answer, and ends nothing", async () => {
  const odd = new Response("taken", { headers: { "x-odd": "\u0001" } });
  const { listen, logged } = received({ on: undefined, origin: { fetch: async () => odd } } as never);
  // Without `next`: on node:http, an error would end the process.
  const listening: Promise<void>[] = [];
  const { send } = await serve((incoming, outgoing) => void listening.push(listen(incoming, outgoing)));
  const { status, headers } = await send(body, token);
  assert.deepEqual([status, headers["x-odd"]], [502, undefined]);
  await Promise.all(listening);
  assert.equal(logged[0]?.code, "accepted");
});

test("a small answer of the origin that breaks off is 502", async () => {
  const broken = new ReadableStream({ pull: () => Promise.reject(new Error("it broke off")) });
  const answer = new Response(broken, { headers: { "content-length": "10", "x-origin": "1" } });
  const { listen } = received({ on: undefined, origin: { fetch: async () => answer } } as never);
  const { send } = await serve(listen);
  const { status, headers, text } = await send(body, token);
  assert.deepEqual([status, headers["x-origin"]], [502, undefined]);
  assert.match(text, /"status":502/);
});

describe("Expect: 100-continue", () => {
  const expecting = async (port: number, headers: Record<string, string>) => {
    const sent = request({ port, method: "POST", headers: { ...headers, expect: "100-continue" } });
    let isTold = false;
    sent.on("continue", () => {
      isTold = true;
      sent.end(body);
    });
    sent.flushHeaders();
    const [answer] = (await once(sent, "response")) as [IncomingMessage];
    answer.resume();
    return { status: answer.statusCode, isTold };
  };

  test("is answered where the server leaves it to its listener", async () => {
    const { listen, handled } = received();
    const { port } = await serve(listen, (server) => server.on("checkContinue", listen));
    assert.deepEqual(await expecting(port, { ...token, "content-length": String(body.length) }), {
      status: 200,
      isTold: true,
    });
    assert.equal(handled.length, 1);
  });

  test("is not answered for what is refused without the body", async () => {
    const { listen } = received();
    const { port } = await serve(listen, (server) => server.on("checkContinue", listen));
    for (const length of [3_000_000, 50_000_000]) {
      const { status, isTold } = await expecting(port, { "content-length": String(length) });
      assert.deepEqual([status, isTold], [401, false]);
    }
  });

  test("is answered over HTTP/2 too", async () => {
    const { listen, handled } = received();
    const server = createHttp2Server(listen).on("checkContinue", listen).listen(0, "127.0.0.1");
    await once(server, "listening");
    const session = connectHttp2(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    closing.push(() => {
      session.destroy();
      server.close();
    });
    for (const [headers, status, told] of [
      [token, 200, true],
      [{}, 401, false],
    ] as const) {
      let isTold = false;
      const stream = session.request({ ":method": "POST", ":path": "/", expect: "100-continue", ...headers });
      stream.on("continue", () => {
        isTold = true;
        stream.end(body);
      });
      const [answer] = await once(stream, "response");
      assert.deepEqual([answer[":status"], isTold], [status, told]);
      stream.close();
    }
    assert.equal(handled.length, 1);
  });

  test("and where Node does it", async () => {
    const { listen } = received();
    const { port } = await serve(listen);
    assert.equal((await expecting(port, { ...token, "content-length": String(body.length) })).status, 200);
  });
});

test("HTTP/2", async () => {
  const { listen, handled, logged } = received();
  const server = createHttp2Server(listen).listen(0, "127.0.0.1");
  await once(server, "listening");
  const session = connectHttp2(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  closing.push(() => {
    session.destroy();
    server.close();
  });
  const send = async (payload: string | Buffer, headers: Record<string, string>) => {
    const stream = session.request({ ":method": "POST", ":path": "/webhook", ...headers });
    // What is too large is stopped.
    stream.on("error", () => {});
    stream.end(payload);
    const [answer] = await once(stream, "response");
    stream.resume();
    // A proxy cuts off its own sender where the stream is closed before the end of the answer.
    await once(stream, "end");
    assert.ok(!stream.aborted);
    return answer[":status"];
  };
  assert.equal(await send(body, { ...token, ...json }), 200);
  assert.equal(await send(Buffer.alloc(500_000), {}), 401);
  assert.equal(await send(Buffer.alloc(9_000_000), {}), 401);
  assert.equal(await send(body, { ...token, ...json }), 200);
  assert.deepEqual(handled, ["tag_created application/json", "tag_created application/json"]);
  assert.deepEqual(
    logged.map(({ code }) => code),
    ["accepted", "token_missing", "token_missing", "accepted"],
  );
});

test("HTTP/2: a stream whose body nobody reads is freed when its sender has sent it", async () => {
  // It does not close by time.
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  closing.push(() => vi.useRealTimers());
  const { listen, logged } = received();
  const freed: Promise<unknown>[] = [];
  const server = createHttp2Server((incoming, outgoing) => {
    freed.push(once(outgoing.stream, "close"));
    // A parser that gave up.
    incoming.once("data", () => {
      incoming.pause();
      void listen(incoming, outgoing);
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const session = connectHttp2(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  closing.push(() => {
    session.destroy();
    server.close();
  });
  const stream = session.request({ ":method": "POST", ":path": "/", ...token });
  stream.write(Buffer.alloc(100_000));
  const [answer] = await once(stream, "response");
  assert.equal(answer[":status"], 500);
  stream.resume();
  stream.end(Buffer.alloc(1_000_000));
  await Promise.all(freed);
  assert.deepEqual([freed.length, logged[0]?.code], [1, "payload_consumed"]);
});

test("the path that was called, where a router takes a part of it away", async () => {
  const { listen, logged } = received();
  const { send } = await serve((incoming, outgoing) => {
    void listen(Object.assign(incoming, { originalUrl: "/api/webhook?secret=1", url: "/" }), outgoing);
  });
  await send(body, {});
  assert.equal(logged[0]?.path, "/api/webhook");
});

test("a path that others may read as another one is refused, where paths choose the subscription", async () => {
  const subscription = { secrets: SECRET, authorize: true };
  const subscriptions = { "/a": { ...subscription, secrets: "another secret" }, "/b": subscription };
  const { listen, logged } = received({ secrets: undefined, on: undefined, subscriptions } as never);
  const { port } = await serve(listen);
  const lines = ["Host: a", `X-Mia-Token: ${token["x-mia-token"]}`, `Content-Length: ${body.length}`];
  for (const [path, status] of [
    ["/b", 200],
    ["/b?/../a", 200],
    ["/%62", 404],
    ["/a/../b", 400],
    ["/a/..\\b", 400],
    ["/a/%2e%2E/b", 400],
    ["/a/.%2e/b", 400],
    ["/./b", 400],
    ["/a\\..\\b", 400],
    ["/a/..", 400],
  ] as const) {
    const socket = connect(port, "127.0.0.1");
    socket.write(`POST ${path} HTTP/1.1\r\n${lines.join("\r\n")}\r\n\r\n${body}`);
    const [answer] = await once(socket, "data");
    assert.match(String(answer), new RegExp(`^HTTP/1.1 ${status} `), path);
    socket.destroy();
  }
  assert.deepEqual([logged[0]?.code, logged[3]?.code], ["authorized", "request_malformed"]);
});

test("an address that cannot be read is refused", async () => {
  const { listen, logged } = received();
  const { port } = await serve(listen);
  const socket = connect(port, "127.0.0.1");
  socket.write("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n");
  const [answer] = await once(socket, "data");
  assert.match(String(answer), /^HTTP\/1\.1 405/);
  assert.equal(logged[0]?.code, "method_not_allowed");
  socket.destroy();
});

test("an error that is not about the request goes to next", async () => {
  const broken = new Error("the receiver is broken");
  const listen = nodeListener(() => Promise.reject(broken));
  const passed: unknown[] = [];
  const { send } = await serve((incoming, outgoing) => {
    void listen(incoming, outgoing, (error) => {
      passed.push(error);
      outgoing.writeHead(500).end();
    });
  });
  assert.equal((await send(body, token)).status, 500);
  assert.deepEqual(passed, [broken]);
});

test("anything else than a receiver is refused at once, and a Koa context at the first call", async () => {
  assert.throws(() => nodeListener({} as never), { name: "TypeError", message: /nodeListener\(createReceiver/ });
  const { listen } = received();
  await assert.rejects(listen({ req: {}, res: {}, headers: {} } as never, (() => {}) as never), {
    name: "TypeError",
    message: /context\.req and context\.res/,
  });
});
