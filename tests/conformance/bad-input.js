// @ts-check
/** Bad input gets a clear error or status. Nothing traps, hangs or is forwarded. */

import { check, rejection, thrown } from "../harness/checks.js";

/** @typedef {typeof import("mia-webhooks")} Library */
/** @typedef {typeof import("mia-webhooks/receiver")} ReceiverLibrary */

const SECRET = "the secret of the suite";
const EVENT = '{"eventName":"project_created","eventTimestamp":1767225600000,"payload":{"tenantId":"acme"}}';

/**
 * @param {Library} library
 * @param {ReceiverLibrary} receiver
 * @returns {Record<string, () => void | Promise<void>>}
 */
export function badInput(library, receiver) {
  const any = /** @type {any} */ (library);
  const token = library.sign("payload", SECRET);
  /** @param {unknown} payload */
  const payloadError = (payload) => thrown(() => any.verify(payload, token, SECRET));
  /** @param {unknown} secrets */
  const secretCode = (secrets) => thrown(() => any.verify("payload", token, secrets))?.code;
  return {
    ...Object.fromEntries(
      /** @type {[string, unknown][]} */ ([
        ["a parsed object", { eventName: "x" }],
        ["a list", [1, 2]],
        ["a number", 42],
        ["null", null],
        ["undefined", undefined],
        ["a lone surrogate", "\ud800"],
        ["a Blob", new Blob(["payload"])],
        ["an object tagged as a buffer", { [Symbol.toStringTag]: "ArrayBuffer", byteLength: 0 }],
        ["an object tagged as shared memory", { [Symbol.toStringTag]: "SharedArrayBuffer", byteLength: 0 }],
        ["an object that looks like bytes", { length: 7, byteLength: 7, buffer: new ArrayBuffer(7) }],
      ]).map(([name, payload]) => [
        `a payload that is ${name} is a TypeError`,
        () => check(payloadError(payload)?.name, "TypeError"),
      ]),
    ),
    "a parsed object is told to be hashed raw": () => check(/raw body/.test(payloadError({}).message), true),
    "a detached buffer is a TypeError": () => {
      const buffer = new ArrayBuffer(8);
      const view = new Uint8Array(buffer);
      structuredClone(buffer, { transfer: [buffer] });
      check(payloadError(buffer)?.name, "TypeError");
      check(payloadError(view)?.name, "TypeError");
    },
    "a shared buffer is a TypeError": () => {
      if (typeof SharedArrayBuffer === "undefined") {
        return;
      }
      check(payloadError(new SharedArrayBuffer(7))?.name, "TypeError");
      check(payloadError(new Uint8Array(new SharedArrayBuffer(7)))?.name, "TypeError");
    },
    "every kind of view is its own bytes": () => {
      const bytes = new TextEncoder().encode("..payload..");
      for (const payload of [bytes.subarray(2, 9), bytes.slice(2, 9).buffer, new DataView(bytes.buffer, 2, 7)]) {
        check(library.sign(payload, SECRET), token);
      }
    },
    "an empty payload has a token": () => {
      check(library.verify(new Uint8Array(), library.sign("", SECRET), SECRET), true);
    },
    "a token of any other type is no token": () => {
      for (const other of [undefined, null, 0, 1n, true, {}, [token], new String(token), Symbol("t"), () => token]) {
        check(any.verify("payload", other, SECRET), false);
      }
    },
    "a token whose characters end in the bytes of digits is no token": () => {
      const wide = [...token].map((digit) => String.fromCharCode(digit.charCodeAt(0) + 0x100)).join("");
      check(library.verify("payload", wide, SECRET), false);
    },
    "secrets that must not be used throw with their code": () => {
      check(secretCode(undefined), "secret_missing");
      check(secretCode(null), "secret_missing");
      check(secretCode([]), "secret_missing");
      check(secretCode([undefined]), "secret_missing");
      check(secretCode({ current: undefined }), "secret_missing");
      check(secretCode(""), "secret_empty");
      check(secretCode(new Uint8Array()), "secret_empty");
      check(secretCode("undefined"), "secret_placeholder");
      check(secretCode("null"), "secret_placeholder");
      check(secretCode(["abc", "bc"]), "secret_suffix");
      check(secretCode("x".repeat(4097)), "secret_too_long");
      check(secretCode([..."123456789"]), "secret_too_many");
    },
    "a bad secret throws also where there is no token": () => {
      check(thrown(() => any.verify("payload", undefined, ""))?.code, "secret_empty");
      check(thrown(() => any.verify("payload", "junk", ""))?.code, "secret_empty");
    },
    "a secret of another type is a TypeError": () => {
      for (const other of [1, true, new Map([["a", "b"]]), Promise.resolve("s"), () => "s"]) {
        check(thrown(() => any.verify("payload", token, other))?.name, "TypeError");
      }
    },
    "an error never holds the secret": () => {
      for (const secrets of [["canary-a", "xcanary-a"], "canary-\ud800", "canary".repeat(999)]) {
        const error = thrown(() => any.verify("payload", token, secrets));
        check(/canary/.test(`${error.message} ${error.hint} ${JSON.stringify(error)}`), false);
      }
    },
    "a verifier keeps its own copy of a secret": () => {
      const secret = new TextEncoder().encode(SECRET);
      const verifier = new library.Verifier(secret);
      secret.fill(0);
      check(verifier.verify("payload", token), true);
    },
    "streams that run side by side do not mix, nor with a verify in between": () => {
      const verifier = new library.Verifier(SECRET);
      const [one, other] = [verifier.stream(), verifier.stream()];
      one.update("pay");
      other.update("x");
      check(verifier.verify("payload", token), true);
      one.update("load");
      check(library.sign("payload", SECRET), token);
      check(one.verify(token), true);
      check(other.verify(token), false);
      check(other.verify(library.sign("x", SECRET)), true);
    },
    "a full stack does not break what follows": () => {
      const descend = () => {
        try {
          descend();
        } catch {
          thrown(() => library.verify("payload", token, SECRET));
        }
      };
      descend();
      check(library.verify("payload", token, SECRET), true);
      check(library.verify("payload!", token, SECRET), false);
    },
    "headers come in any form, and every other form is a TypeError": () => {
      const event = '{"eventName":"tag_created","eventTimestamp":1767225600000,"payload":{}}';
      const token = library.sign(event, SECRET);
      /** @param {any} headers @param {object} [options] */
      const read = (headers, options) => {
        try {
          return library.verifyHeaders(event, headers, { secrets: SECRET, ...options }).secretId;
        } catch (error) {
          const { code, name } = /** @type {{ code?: string, name: string }} */ (error);
          return code ?? name;
        }
      };
      const pairs = new Map([["X-MIA-Token", token]]);
      for (const headers of [
        pairs,
        [...pairs],
        pairs.entries(),
        Object.fromEntries(pairs),
        { "x-mia-token": [token] },
      ]) {
        check(read(headers), "0");
      }
      check(read({ "x-mia-token": ` \t${token}\t ` }), "0");
      check(read({ "x-mia-token": `\u00a0${token}` }), "token_malformed");
      check(read({ "x-mia-token": `${token}\n` }), "token_malformed");
      check(read({ "x-mia-token": [token, token] }), "token_malformed");
      check(read({ "x-mia-token": token, "X-MIA-TOKEN": token }), "token_malformed");
      check(read({ "x-mia-token": token, "x-mia-signature": `sha256=${token}` }), "0");
      check(read({ "x-mia-token": token, "x-mia-signature": library.sign("x", SECRET) }), "token_mismatch");
      check(read({ "x-mia-token": undefined }), "token_missing");
      check(read({ "x-mia-token": token, "content-encoding": "gzip" }), "payload_encoded");
      check(read({ "x-other": token }, { headerNames: ["X-Other"] }), "0");
      check(read({ "x-mia-token": `${" ".repeat(1 << 20)}x${" ".repeat(1 << 20)}` }), "token_malformed");
      for (const headers of [null, undefined, "x-mia-token", 7, { "x-mia-token": 7 }, ["x-mia-token", token]]) {
        check(read(headers), "TypeError");
      }
      for (const headerNames of [[], ["not a name"], [""], ["a", "b", "c", "d", "e"]]) {
        check(read({}, { headerNames }), "RangeError");
      }
    },
    "a verifier made once serves requests and headers": async () => {
      const secrets = new library.Verifier({ current: SECRET });
      const body = '{"eventName":"tag_created","eventTimestamp":1767225600000,"payload":{}}';
      const headers = { "x-mia-token": library.sign(body, SECRET) };
      check(library.verifyHeaders(body, headers, { secrets }).secretId, "current");
      const request = new Request("https://receiver.example/", { method: "POST", body, headers });
      check((await library.verifyRequest(request, { secrets })).secretId, "current");
    },
    "a generated secret is new, and can be used": () => {
      check(/^[\w-]{43}$/.test(library.generateSecret()), true);
      check(library.generateSecret() === library.generateSecret(), false);
    },
    "a signed request carries the token of its body": async () => {
      const request = new Request("https://receiver.example/", { method: "POST", body: "payload" });
      const signed = await library.signRequest(request, SECRET, { headerName: "X-Mia-Signature" });
      check(signed.headers.get("x-mia-signature"), token);
      check(await signed.text(), "payload");
      check((await rejection(library.signRequest(request, SECRET))).code, "payload_consumed");
    },
    ...receiverInput(library, receiver),
  };
}

/**
 * @param {Library} library
 * @param {ReceiverLibrary} receiver
 * @returns {Record<string, () => Promise<void>>}
 */
function receiverInput(library, { createReceiver }) {
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
      check(thrown(() => create({ secrets: "", on: {} }))?.code, "secret_empty");
      check(thrown(() => create({ on: {} }))?.code, "secret_missing");
      check(thrown(() => create({ secrets: SECRET }))?.name, "TypeError");
      check(thrown(() => create({ secrets: SECRET, on: {}, origin: "https://a.example/" }))?.name, "TypeError");
      check(thrown(() => create({ secrets: SECRET, origin: "ftp://a.example/" }))?.name, "TypeError");
      check(thrown(() => create({ secrets: SECRET, origin: {} }))?.name, "TypeError");
      check(thrown(() => create({ secrets: SECRET, origin: null }))?.name, "TypeError");
      check(thrown(() => create({ secrets: SECRET, on: { tag_created: "no function" } }))?.name, "TypeError");
      check(thrown(() => create({ secrets: SECRET, on: {}, maxBytes: 0 }))?.name, "RangeError");
      check(thrown(() => create({ secrets: SECRET, on: {}, bodyTimeoutMs: Number.NaN }))?.name, "RangeError");
      check(thrown(() => create({ secrets: SECRET, on: {}, headerNames: [] }))?.name, "RangeError");
      check(thrown(() => create({ subscriptions: {} }))?.name, "TypeError");
      check(thrown(() => create({ subscriptions: { "no-slash": { secrets: SECRET, on: {} } } }))?.name, "TypeError");
    },
  };
}
