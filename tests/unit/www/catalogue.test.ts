/** The page carries only a part of the catalogue of events. */

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "vitest";
import { events } from "../../../pkg/src/subscription.js";

const www = join(import.meta.dirname, "../../../www");
const [, list = ""] = /const UNREAD = \[(.*)\]/.exec(readFileSync(join(www, "build.js"), "utf8")) ?? [];
const unread = [...list.matchAll(/"(\w+)"/g)].map(([, name = ""]) => name);

test("the build leaves out what the catalogue has", () => {
  assert.ok(unread.length > 0);
  assert.deepEqual(
    unread.filter((name) => !events.every((event) => name in event)),
    [],
  );
});

test("no view that reads the catalogue reads what the build leaves out", () => {
  const readers = readdirSync(www, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => ({ file, source: readFileSync(join(www, file), "utf8") }))
    .filter(({ source }) => /\bevents\b[^;]*"mia-webhooks\/subscription"/.test(source));
  assert.ok(readers.length > 0);
  const found = readers.flatMap(({ file, source }) =>
    unread.filter((name) => new RegExp(`[.{,]\\s*${name}\\b`).test(source)).map((name) => `${file}: ${name}`),
  );
  assert.deepEqual(found, []);
});
