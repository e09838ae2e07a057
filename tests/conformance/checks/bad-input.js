// @ts-check
/** Bad input gets a clear error. Nothing traps or hangs. */

import { LEFT_OUT, check, rejection, thrown } from "../../harness/checks.js";

const SECRET = "the secret of the suite";

/**
 * @param {import("../suite.js").EntryPoints} entryPoints
 * @returns {Record<string, () => unknown>}
 */
export function badInput({ library }) {
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
        return LEFT_OUT;
      }
      check(payloadError(new SharedArrayBuffer(7))?.name, "TypeError");
      check(payloadError(new Uint8Array(new SharedArrayBuffer(7)))?.name, "TypeError");
      return undefined;
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
    "a full stack breaks nothing that follows, wherever it was full": () => {
      // Bytes and a verifier: little on the way to the module needs more stack than the module itself.
      const verifier = new library.Verifier(SECRET);
      const payload = new TextEncoder().encode("payload");
      let calls = 0;
      // On the way back, each call has a little more stack than the one before.
      const descend = () => {
        try {
          descend();
        } catch {}
        if (calls < 1000) {
          calls += 1;
          thrown(() => verifier.verify(payload, token));
        }
      };
      descend();
      check(verifier.verify(payload, token), true);
      check(verifier.verify("payload!", token), false);
    },
    "a call that did not return costs the module, and the next one gets a new one": () => {
      const { Instance } = WebAssembly;
      const verifier = new library.Verifier(SECRET);
      const payload = new TextEncoder().encode("payload");
      let made = 0;
      WebAssembly.Instance = /** @type {any} */ (
        class extends Instance {
          /** @param {WebAssembly.Module} module @param {WebAssembly.Imports} [imports] */
          constructor(module, imports) {
            super(module, imports);
            made += 1;
          }
        }
      );
      const cause = new RangeError("the stack is full");
      try {
        check(verifier.verify(payload, token), true);
        const before = made;
        Uint8Array.prototype.set = () => {
          throw cause;
        };
        const error = thrown(() => verifier.verify(payload, token));
        delete (/** @type {any} */ (Uint8Array.prototype).set);
        check(error?.code, "engine_unavailable");
        check(error.cause, cause);
        check(verifier.verify(payload, token), true);
        check(verifier.verify("payload!", token), false);
        check(made - before, 1);
      } finally {
        delete (/** @type {any} */ (Uint8Array.prototype).set);
        WebAssembly.Instance = Instance;
      }
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
  };
}
