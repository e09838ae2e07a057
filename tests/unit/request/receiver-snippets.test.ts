/** Receivers to copy. tests/hosts/receivers.test.js runs them. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "vitest";
import { RECEIVERS, receiverProgram } from "../../../pkg/src/request/snippets/receive.js";

test("each framework has an id and a label of its own", () => {
  for (const key of ["id", "label"] as const) {
    assert.equal(new Set(RECEIVERS.map((receiver) => receiver[key])).size, RECEIVERS.length);
  }
  assert.equal(receiverProgram("flask").label, "Flask");
  assert.throws(() => receiverProgram("flasks"), /^TypeError: no receiver is called flasks$/);
});

/** The page of each host that has one. Its first program is the one to copy. */
const PAGES: Readonly<Record<string, string>> = {
  express: "express",
  fastify: "fastify",
  node: "node",
  koa: "koa",
  nestjs: "nestjs",
  workers: "cloudflare-workers",
  hono: "hono",
  next: "next",
  lambda: "aws-lambda",
};

test.for(Object.entries(PAGES))("%s is the program of docs/hosts/%s.md", ([id, page]) => {
  const text = readFileSync(new URL(`../../../docs/hosts/${page}.md`, import.meta.url), "utf8");
  const [, program] = /^```\w+\n([^]*?)^```$/m.exec(text) ?? [];
  assert.equal(receiverProgram(id).parts.join(""), program);
});

test("every program that imports this package has a page", () => {
  const importing = RECEIVERS.filter(({ parts }) => parts.join("").includes("mia-webhooks"));
  assert.deepEqual(new Set(importing.map(({ id }) => id)), new Set(Object.keys(PAGES)));
});

describe.for(RECEIVERS)("$label", ({ parts }) => {
  const [before, rawBody, after] = parts;
  const text = parts.join("");

  test("says first what its file is called and what to install", () => {
    assert.match(text, /^(?:\/\/|#) [\w./]+: .*(?:install|go run|starter-web)/);
  });

  test("marks whole lines, which take the raw body", () => {
    // In a program of this package, they are those that name the receiver.
    const isOurs = /mia-webhooks/.test(text);
    assert.match(rawBody, isOurs ? /receiver|The raw body\./i : /^ *\t?(?:\/\/|#) The raw body[.,]/);
    for (const part of [before, rawBody]) {
      assert.ok(part.endsWith("\n"));
    }
    assert.ok(rawBody.split("\n").length - 1 <= 6, "few enough to be seen");
    assert.match(text, /[^\n]\n$/);
  });

  test("has the secret from the environment, and parses nothing before the marked lines", () => {
    assert.match(text, /MIA_WEBHOOK_SECRET/);
    const parsers = /json\.loads|get_json\(|Unmarshal|parseMap|JSON\.parse|\.json\(\)/;
    const code = before.replace(/\/\/.*/g, "");
    assert.doesNotMatch(code, parsers);
    if (!/mia-webhooks/.test(text)) {
      // The others compute the token themselves.
      const [compared, parsed] = [/compare_digest|ConstantTimeCompare|isEqual/, parsers].map((one) =>
        after.search(one),
      ) as [number, number];
      assert.ok(0 <= compared && compared < parsed, "constant time, and before it parses");
    }
  });
});
