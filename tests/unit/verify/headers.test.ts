/** The headers of a request, in every form that a host has them in. */

import assert from "node:assert/strict";
import { describe, test } from "vitest";
import { MAX_TOKENS, TOKEN_HEADERS } from "../../../pkg/src/generated/tables.js";
import { type RequestHeaders, sign, verifyHeaders, verifyRequest } from "../../../pkg/src/index.js";
import { readTokens } from "../../../pkg/src/verify/headers.js";

const any = (value: unknown) => value as never;
const SECRET = "the secret of the test";
const EVENT = '{"eventName":"tag_created","eventTimestamp":1767225600000,"payload":{}}';
const TOKEN = sign(EVENT, SECRET);
const read = (headers: RequestHeaders, options = {}) => verifyHeaders(EVENT, headers, { secrets: SECRET, ...options });

describe("headers are taken in every form", () => {
  const pairs: [string, string][] = [
    ["Accept", "*/*"],
    ["X-MIA-Token", TOKEN],
  ];
  const forms: Record<string, RequestHeaders> = {
    "a Headers": new Headers(pairs),
    "a Headers of another class": any({
      get: (name: string) => new Headers(pairs).get(name),
      [Symbol.toStringTag]: "Headers",
    }),
    "a list of pairs": pairs,
    "a Map": new Map(pairs),
    "an iterator of pairs": new Map(pairs).entries(),
    "a record": Object.fromEntries(pairs),
    "a record of lists, as Node has them": { "x-mia-token": [TOKEN], accept: undefined },
  };
  for (const [name, headers] of Object.entries(forms)) {
    test(name, () => assert.equal(read(headers).event.eventName, "tag_created"));
  }

  test("the value of each token header that is there, in the order of their names", () => {
    const headers = { "x-mia-signature": `sha256=${TOKEN}`, "x-mia-token": TOKEN };
    assert.deepEqual(readTokens(headers, TOKEN_HEADERS), [TOKEN, `sha256=${TOKEN}`]);
    assert.deepEqual(readTokens({ "x-mia-signature": TOKEN }, TOKEN_HEADERS), [TOKEN]);
  });

  for (const [value, type] of [
    [null, "null"],
    [undefined, "undefined"],
    ["x-mia-token: canary", "string"],
    [7, "number"],
    [["x-mia-token", "canary"], "an array"],
  ] as const) {
    test(`${JSON.stringify(value)} is refused by its type`, () => {
      assert.throws(() => read(any(value)), {
        name: "TypeError",
        message: `headers must be a Headers, pairs or a record, not ${type}`,
      });
    });
  }

  test("a value that is no text is refused", () => {
    assert.throws(() => read(any({ "x-mia-token": 7 })), { name: "TypeError" });
  });
});

describe("a value is taken without the spaces and tabs around it", () => {
  for (const [value, token] of [
    [` \t${TOKEN}\t `, TOKEN],
    [`${TOKEN} `, TOKEN],
    [`\t${TOKEN}`, TOKEN],
  ] as const) {
    test(JSON.stringify(value.replace(TOKEN, "…")), () => assert.deepEqual(readTokens({ a: value }, ["a"]), [token]));
  }

  for (const value of [`\u00a0${TOKEN}`, `${TOKEN}\n`, `\r\n${TOKEN}`, ` ${TOKEN}\v`, "", " \t ", "\ufeff"]) {
    test(`${JSON.stringify(value.replace(TOKEN, "…"))} is malformed`, () => {
      assert.throws(() => read({ "x-mia-token": value }), { code: "token_malformed" });
    });
  }
});

describe("several values must mean one token", () => {
  const other = sign("another payload", SECRET);
  const refused: Record<string, [headers: RequestHeaders, code: string]> = {
    "no header": [{ "x-mia-token": undefined, "x-mia-signature": [] }, "token_missing"],
    "two lines": [{ "x-mia-token": [TOKEN, TOKEN] }, "token_malformed"],
    "two lines of one name in two cases": [{ "x-mia-token": TOKEN, "X-MIA-TOKEN": TOKEN }, "token_malformed"],
    "an empty line and a token": [{ "x-mia-token": ["", TOKEN] }, "token_malformed"],
    "two headers with other tokens": [{ "x-mia-token": TOKEN, "x-mia-signature": other }, "token_mismatch"],
    "a token of another payload": [{ "x-mia-token": other }, "token_mismatch"],
  };
  for (const [name, [headers, code]] of Object.entries(refused)) {
    test(`${name}: ${code}`, () => assert.throws(() => read(headers), { code }));
  }

  test("two headers with the same token are one", () => {
    assert.equal(read({ "x-mia-token": TOKEN, "x-mia-signature": `sha256=${TOKEN}` }).secretId, "0");
  });
});

describe("a body that is encoded is refused", () => {
  for (const encoding of ["identity", "Identity", "IDENTITY", " identity ", ""]) {
    test(`${JSON.stringify(encoding)} is none`, () => {
      assert.equal(read({ "x-mia-token": TOKEN, "Content-Encoding": encoding }).secretId, "0");
    });
  }
  for (const encoding of ["gzip", "br", "xidentity", "identityx", "identity, identity", "gzip, identity"]) {
    test(`${encoding} is one`, () => {
      assert.throws(() => read({ "x-mia-token": TOKEN, "content-encoding": encoding }), { code: "payload_encoded" });
      assert.throws(() => read(new Headers({ "x-mia-token": TOKEN, "content-encoding": encoding })), {
        code: "payload_encoded",
      });
    });
  }

  test("the token is looked at first", () => {
    assert.throws(() => read({ "content-encoding": "gzip" }), { code: "token_missing" });
  });
});

describe("headerNames says which headers may carry the token", () => {
  const request = (headers: Record<string, string>) =>
    new Request("https://receiver.example/", { method: "POST", body: EVENT, headers });
  const names = ["X-One", "X-!#$%&'*+.^_`|~-9", "X-Three", "X-Four"];

  test("every one of up to four names counts", async () => {
    assert.equal(names.length, MAX_TOKENS);
    for (const name of names) {
      const headers = { [name]: TOKEN };
      assert.equal(read(headers, { headerNames: names }).secretId, "0");
      assert.equal((await verifyRequest(request(headers), { secrets: SECRET, headerNames: names })).secretId, "0");
    }
  });

  test("the default names do not count then", async () => {
    for (const name of TOKEN_HEADERS) {
      const headers = { [name]: TOKEN };
      assert.equal(read(headers).secretId, "0");
      assert.equal((await verifyRequest(request(headers), { secrets: SECRET })).secretId, "0");
      assert.throws(() => read(headers, { headerNames: names }), { code: "token_missing" });
      await assert.rejects(verifyRequest(request(headers), { secrets: SECRET, headerNames: names }), {
        code: "token_missing",
      });
    }
  });

  for (const headerNames of [[], ["not a name"], [""], ["X-One", "X:"], ["X-One\n"], [...names, "X-Five"]]) {
    test(`${JSON.stringify(headerNames)} cannot be used`, async () => {
      const refusal = { name: "RangeError", message: `headerNames must hold 1 to ${MAX_TOKENS} names of headers` };
      assert.throws(() => read({}, { headerNames }), refusal);
      await assert.rejects(verifyRequest(request({}), { secrets: SECRET, headerNames }), refusal);
    });
  }
});
