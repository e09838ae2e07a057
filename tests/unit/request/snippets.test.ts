/**
 * The snippets as they are written. tests/tester/snippets.test.js runs them, so
 * snippets.txt holds what was proved in every runtime. After a change, write it
 * again with `UPDATE_SNIPPETS=1`, and run them.
 */

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { describe, test } from "vitest";
import { SENDERS, type SendValues, type Sender, fullAddress } from "../../../pkg/src/request/snippets/send.js";
import { BYTES, TEXTS, WITH_NUL } from "../../harness/awkward-values.js";

const utf8 = (text: string) => new TextEncoder().encode(text);
const VALUES: SendValues = {
  url: "https://example.org/hook",
  headerName: "X-Mia-Token",
  payload: utf8('{"eventName":"tag_created"}'),
  token: "0".repeat(64),
};
const written = (id: string, values: Partial<SendValues> = {}) =>
  (SENDERS.find((one) => one.id === id) as Sender).write({ ...VALUES, ...values });
/** The part of a snippet that holds the value. */
const part = (id: string, pattern: RegExp, values: Partial<SendValues>) =>
  pattern.exec(written(id, values))?.[1] ?? assert.fail(`not found in ${id}`);

/** A payload as each language writes it. */
const literals = (payload: Uint8Array) => ({
  node: part("node", /const payload = ([^]*);\nconst secret = /, { payload }),
  python: part("python", /payload = ([^]*)\nsecret = /, { payload }),
  go: part("go", /func main\(\) \{\n\t([^]*)\n\tsecret := /, { payload }),
  sh: part("sh", /payload\(\) \{ ([^]*); \}\nsecret/, { payload }),
  curl: part("curl", /^([^]*)curl -i/, { payload }) + part("curl", / --data-binary ([^]*)\n$/, { payload }),
});
const secretLiterals = (secret: string) => ({
  node: part("node", /const secret = ([^]*);\nconst token/, { secret }),
  python: part("python", /\nsecret = ([^]*)\ntoken = /, { secret }),
  go: part("go", /\tsecret := ([^]*)\n\ttoken/, { secret }),
  sh: part("sh", /secret\(\) \{ ([^]*); \}\n\ntoken/, { secret }),
});
const inDeno = (values: Partial<SendValues>, name: string) =>
  part("deno", new RegExp(`const ${name} = ([^]*?);\nconst (?:secret|signed) = `), values);

test("snippets are written as they were when every runtime ran them", () => {
  const cases: Record<string, Partial<SendValues>> = {
    "the secret in the environment": {},
    "an empty secret is none": { secret: "" },
    "the secret written in": { secret: "it's", headerName: "x-mia-signature" },
    "bytes that are no text": { payload: Uint8Array.of(0xff, 0x0a), secret: "s" },
    "a header and an address with special characters": { headerName: "X-$`'q", url: "http://a.example/[1]{b}?c=d e" },
    "a token of spaces": { token: "  " },
    "a token with quotes": { token: `it's "a"\t` },
  };
  const parts = SENDERS.flatMap(({ id, write }) =>
    Object.entries(cases).map(([name, values]) => `==== ${id}: ${name}\n${write({ ...VALUES, ...values })}`),
  );
  const values = { ...Object.fromEntries(Object.entries(TEXTS).map(([name, text]) => [name, utf8(text)])), ...BYTES };
  for (const [name, payload] of Object.entries(values)) {
    if (payload.length < 1000) {
      const texts = Object.entries(literals(payload)).map(([id, literal]) => `-- ${id}\n${literal}\n`);
      parts.push(`==== ${name}\n${texts.join("")}`);
    }
  }
  for (const [name, secret] of Object.entries({ ...TEXTS, NUL: WITH_NUL })) {
    const texts = Object.entries(secretLiterals(secret)).map(([id, literal]) => `-- ${id}\n${literal}\n`);
    parts.push(`==== ${name} as secret\n${texts.join("")}`);
  }
  const file = new URL("snippets.txt", import.meta.url);
  const now = parts.join("\n");
  if (process.env["UPDATE_SNIPPETS"]) {
    writeFileSync(file, now);
  }
  assert.equal(now, readFileSync(file, "utf8"));
});

describe("JavaScript reads the literal as the value", () => {
  const evaluate = (code: string) => new Function(`return ${code}`)() as unknown;
  for (const [name, text] of Object.entries({ ...TEXTS, NUL: WITH_NUL })) {
    test(name, () => {
      const { node } = literals(utf8(text));
      assert.equal(evaluate(node), text);
      assert.equal(inDeno({ payload: utf8(text) }, "payload"), node);
      const secret = secretLiterals(text).node;
      assert.equal(evaluate(secret), text);
      assert.equal(inDeno({ secret: text }, "secret"), secret);
    });
  }
  for (const [name, bytes] of Object.entries(BYTES)) {
    test(`${name} as bytes`, () => {
      for (const value of [evaluate(literals(bytes).node), evaluate(inDeno({ payload: bytes }, "payload"))]) {
        assert.ok(Buffer.from(bytes).equals(Buffer.from(value as string)));
      }
    });
  }
});

test("a payload that no argument can hold goes through a pipe", () => {
  const piped = /^printf [^]* \|\ncurl [^]*--data-binary @-\n$/;
  const at = (length: number) => written("curl", { payload: utf8("a".repeat(length)) });
  assert.doesNotMatch(at(99_999), piped);
  assert.match(at(100_000), piped);
  assert.match(written("curl", { payload: utf8("@file") }), piped);
});

test("each snippet has a unique id and label", () => {
  assert.deepEqual(
    SENDERS.map(({ id, label }) => [id, label]),
    [
      ["curl", "curl"],
      ["sh", "Shell"],
      ["node", "Node.js"],
      ["deno", "Deno"],
      ["go", "Go"],
      ["python", "Python"],
    ],
  );
});

test("a secret is in a snippet only when this was requested", () => {
  const SECRET = "7e0f-known-to-nobody";
  const token = "f".repeat(64);
  for (const { id, write } of SENDERS) {
    assert.ok(!write({ ...VALUES, token }).includes(SECRET), id);
    assert.equal(write({ ...VALUES, token, secret: SECRET }).includes(SECRET), id !== "curl", id);
    // The token was given too, but a program that signs does not need it.
    assert.equal(write({ ...VALUES, token }).includes(token), id === "curl", id);
    assert.equal(write({ ...VALUES, token }).includes("MIA_WEBHOOK_SECRET"), id !== "curl", id);
  }
});

describe("values that no request can carry are refused, not written", () => {
  const refused: Record<string, [values: string[], message: RegExp]> = {
    headerName: [
      ["", "X Mia", "X-Mia:", "X-Mia\r\nX-Other", "X-Mia\n", "@send.sh", "X-Miá", "X-Mia\0"],
      /^not a header name: "/,
    ],
    token: [
      ["a\r\nX-Other: b", "a\n", "\0", "\u007f", "\u0085", "\t\n"],
      /^the token holds a control character, which no header can carry$/,
    ],
    url: [
      ["javascript:alert(1)", "file:///etc/hosts", "xhttp://a.example", "ftp://a.example/", "", "/hook", "example.org"],
      /^not an http\(s\) address: "/,
    ],
    secret: [["\ud800", "a\udc00b"], /^the secret holds a lone surrogate, which has no UTF-8$/],
  };
  for (const [name, [values, message]] of Object.entries(refused)) {
    test(name, () => {
      for (const { id, write } of SENDERS) {
        for (const value of values) {
          assert.throws(() => write({ ...VALUES, [name]: value }), { name: "TypeError", message }, `${id}: ${value}`);
        }
      }
    });
  }

  test("a tab in a token is no control character, and every sign of a name is allowed", () => {
    for (const { write } of SENDERS) {
      write({ ...VALUES, token: "a\tb", headerName: "aZ09!#$%&'*+.^_`|~-", url: "http://a.example", secret: "😀" });
    }
  });
});

test("a snippet has no invisible characters, and nothing that ends a script element", () => {
  const unseen = [TEXTS["control characters"], TEXTS["right to left"], TEXTS["U+2028 and U+2029"], "a\nb\u202e\0\r"];
  for (const { id, write } of SENDERS) {
    for (const text of unseen) {
      const snippet = write({ ...VALUES, payload: utf8(text), secret: text });
      // Go is indented by tabs; in a terminal a tab would complete a name.
      const seen = id === "go" ? snippet.replaceAll("\t", "") : snippet;
      assert.doesNotMatch(seen, /(?!\n)[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\ufeff]/u, id);
    }
  }
  for (const id of ["node", "deno"]) {
    const text = TEXTS["an end of script"];
    assert.doesNotMatch(written(id, { payload: utf8(text), secret: text }), /<\/?script|<!--/i);
  }
});

test("a full address is one of http(s), as a client sends it", () => {
  assert.equal(fullAddress("http://a.example/[1]{b}?c=d e"), "http://a.example/[1]%7Bb%7D?c=d%20e");
  assert.equal(fullAddress("HTTPS://a.example"), "https://a.example/");
  for (const text of ["", "example.org", "example.org:8080/hook", "/hook", "ftp://a.example/", "javascript:alert(1)"]) {
    assert.equal(fullAddress(text), undefined, text);
  }
});
