// @ts-check
/** Bad requests get a clear status. None of them traps, hangs or is handled. */

import { check, thrown } from "../../harness/checks.js";

const SECRET = "the secret of the suite";
const EVENT = '{"eventName":"project_created","eventTimestamp":1767225600000,"payload":{"tenantId":"acme"}}';

/**
 * @param {import("../suite.js").EntryPoints} entryPoints
 * @returns {Record<string, () => Promise<void>>}
 */
export function receivedInput({ library, receiver: { createReceiver } }) {
  /** @param {BodyInit} body @param {Record<string, string>} [headers] @param {object} [init] */
  const post = (body, headers = {}, init = {}) =>
    new Request("https://receiver.example/", { method: "POST", body, headers, ...init });
  const headers = { "x-mia-token": library.sign(EVENT, SECRET) };
  /** @param {Request | Promise<Request>} request @param {object} [options] */
  const receive = async (request, options = {}) => {
    /** @type {any[]} */
    const seen = [];
    /** @type {string[]} */
    const codes = [];
    const answer = await createReceiver({
      secrets: SECRET,
      on: { "*": (event) => seen.push(event) },
      log: () => {},
      onResult: ({ code }) => codes.push(code),
      ...options,
    })(await request);
    return { answer, handled: seen.length, outcome: `${answer.status} ${codes.join()} ${seen.length}` };
  };
  /** @param {Uint8Array[]} pieces @param {boolean} [isEndless] */
  const streamOf = (pieces, isEndless = false) =>
    new ReadableStream({
      start(controller) {
        pieces.forEach((piece) => controller.enqueue(piece));
        if (!isEndless) {
          controller.close();
        }
      },
    });
  /** A request with a custom body, in every host. @param {ReadableStream} body */
  const streamed = (body) => {
    // Firefox does not send streams, and WebKit has no streams as bodies. The
    // receiver reads the same.
    const request = new Request("https://receiver.example/", { method: "POST", headers });
    return new Proxy(request, {
      get: (target, key) => {
        if (key === "body") return body;
        if (key === "bodyUsed") return false;
        const value = Reflect.get(target, key, target);
        return typeof value === "function" ? value.bind(target) : value;
      },
    });
  };
  const bytes = new TextEncoder().encode(EVENT);

  return {
    "a genuine event is handled": async () => check((await receive(post(EVENT, headers))).outcome, "200 accepted 1"),
    "a forged one is not, and its sender learns nothing": async () => {
      const { answer, outcome } = await receive(post(`${EVENT} `, headers));
      check(outcome, "401 token_mismatch 0");
      check(answer.headers.get("content-type"), "application/problem+json");
      check(await answer.text(), '{"type":"about:blank","title":"Unauthorized","status":401}');
    },
    "GET is a 405": async () => {
      const { answer, outcome } = await receive(new Request("https://receiver.example/", { headers }));
      check(outcome, "405 method_not_allowed 0");
      check(answer.headers.get("allow"), "POST");
    },
    "a compressed body is a 415": async () =>
      check((await receive(post(EVENT, { ...headers, "content-encoding": "gzip" }))).outcome, "415 payload_encoded 0"),
    "a body one byte over the limit is a 413": async () => {
      check((await receive(post(EVENT, headers), { maxBytes: bytes.length })).outcome, "200 accepted 1");
      check((await receive(post(EVENT, headers), { maxBytes: bytes.length - 1 })).outcome, "413 payload_too_large 0");
    },
    "a streamed body over the limit is a 413": async () => {
      const body = streamOf([bytes, bytes], true);
      check((await receive(streamed(body), { maxBytes: bytes.length + 1 })).outcome, "413 payload_too_large 0");
    },
    "a body in pieces without a length is handled": async () => {
      const body = streamOf([bytes.slice(0, 1), new Uint8Array(), bytes.slice(1, 40), bytes.slice(40)]);
      check((await receive(streamed(body))).outcome, "200 accepted 1");
    },
    "a body that never ends is a 408": async () => {
      const body = streamOf([bytes], true);
      check((await receive(streamed(body), { bodyTimeoutMs: 50 })).outcome, "408 payload_timeout 0");
    },
    "a body that a middleware made text is a 500": async () => {
      for (const pieces of [[EVENT], [EVENT.slice(0, 9), EVENT.slice(9)]]) {
        const body = streamOf(/** @type {any} */ (pieces));
        check((await receive(streamed(body), { maxBytes: 10 })).outcome, "500 payload_consumed 0");
      }
    },
    "a body that breaks off is a 400": async () => {
      const body = new ReadableStream({
        pull(controller) {
          controller.error(new Error("gone"));
        },
      });
      check((await receive(streamed(body))).outcome, "400 payload_interrupted 0");
    },
    "a body that was read before is a 500, at once": async () => {
      const request = post(EVENT, headers);
      await request.text();
      check((await receive(request)).outcome, "500 payload_consumed 0");
    },
    "a body that is being read is a 500, at once": async () => {
      const body = streamOf([bytes], true);
      body.getReader();
      check((await receive(streamed(body))).outcome, "500 payload_consumed 0");
    },
    "10,000 header values are malformed": async () => {
      const many = new Headers();
      for (let i = 0; i < 10_000; i++) {
        many.append("x-mia-token", headers["x-mia-token"]);
      }
      const request = new Request("https://receiver.example/", { method: "POST", headers: many, body: EVENT });
      check((await receive(request)).outcome, "401 token_malformed 0");
    },
    "options that cannot be used throw at once": async () => {
      const create = /** @type {any} */ (createReceiver);
      check(thrown(() => create({ secrets: "", on: { "*"() {} } }))?.code, "secret_empty");
      check(thrown(() => create({ on: { "*"() {} } }))?.code, "secret_missing");
      check(thrown(() => create({ secrets: SECRET }))?.name, "TypeError");
      check(
        thrown(() => create({ secrets: SECRET, on: { "*"() {} }, origin: "https://a.example/" }))?.name,
        "TypeError",
      );
      check(thrown(() => create({ secrets: SECRET, origin: "ftp://a.example/" }))?.name, "TypeError");
      check(thrown(() => create({ secrets: SECRET, origin: {} }))?.name, "TypeError");
      check(thrown(() => create({ secrets: SECRET, origin: null }))?.name, "TypeError");
      check(thrown(() => create({ secrets: SECRET, on: { tag_created: "no function" } }))?.name, "TypeError");
      check(thrown(() => create({ secrets: SECRET, on: { "*"() {} }, maxBytes: 0 }))?.name, "RangeError");
      check(thrown(() => create({ secrets: SECRET, on: { "*"() {} }, bodyTimeoutMs: Number.NaN }))?.name, "RangeError");
      check(thrown(() => create({ secrets: SECRET, on: { "*"() {} }, headerNames: [] }))?.name, "RangeError");
      check(thrown(() => create({ subscriptions: {} }))?.name, "TypeError");
      check(
        thrown(() => create({ subscriptions: { "no-slash": { secrets: SECRET, on: { "*"() {} } } } }))?.name,
        "TypeError",
      );
    },
  };
}
