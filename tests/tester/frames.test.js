// @ts-check
/** Who may show the tester in a frame: each form that is served says so, in a header. */

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import start from "../../edge/local/page.js";
import { root } from "../harness/checkout.js";
import { freePort } from "../harness/free-port.js";
import { installed } from "../harness/installed.js";
import { page } from "./served.js";

const POLICY = "frame-ancestors 'none'";

test("the server that the documentation shows sends the whole page, and lets nobody frame it", async () => {
  const [, shown = ""] = /^```js\n([^]*?)^```$/m.exec(readFileSync(join(root, "docs/tester.md"), "utf8")) ?? [];
  const { folder } = await installed();
  const port = await freePort();
  assert.ok(shown.includes(".listen(8080, "), shown);
  await writeFile(
    join(folder, "serve.mjs"),
    shown.replace("8080", String(port)).replace(/\);\s*$/, ", () => console.log('up'));"),
  );
  const server = spawn(process.execPath, ["serve.mjs"], { cwd: folder, stdio: ["ignore", "pipe", "inherit"] });
  try {
    await Promise.race([
      once(server.stdout, "data"),
      once(server, "exit").then(() => assert.fail("the server has ended")),
    ]);
    const response = await fetch(`http://127.0.0.1:${port}/`);
    assert.equal(response.headers.get("content-security-policy"), POLICY);
    assert.equal(response.headers.get("content-type"), "text/html; charset=utf-8");
    assert.equal(await response.text(), page);
  } finally {
    server.kill();
  }
});

test("the page of `cargo xtask start` lets nobody frame it", async () => {
  const FILES = { fetch: async () => new Response(page) };
  const none = { fetch: () => assert.fail("it asks another service") };
  const response = await start.fetch(new Request("http://localhost/"), { FILES, RECEIVER: none, ORIGIN: none });
  assert.equal(response.headers.get("content-security-policy"), POLICY);
  assert.equal(await response.text(), page);
});

test("the page's own policy does not say it, because browsers ignore it there", () => {
  assert.match(page, /<meta http-equiv="content-security-policy"/);
  assert.doesNotMatch(page, /frame-ancestors/);
});
