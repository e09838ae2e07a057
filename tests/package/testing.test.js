// @ts-check
/** docs/testing.md: each of its programs runs as it is written there, with the runner that it names. */

import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { nodeListener } from "mia-webhooks/node";
import { createReceiver } from "mia-webhooks/receiver";

import { root } from "../harness/checkout.js";
import { installed, output } from "../harness/installed.js";

const { folder } = await installed();
for (const name of ["vitest", "fastify", "express"]) {
  symlinkSync(join(root, "node_modules", name), join(folder, "node_modules", name), "junction");
}

const page = readFileSync(join(root, "docs/testing.md"), "utf8");

/** The programs of the page: the first line says the name of the file and how it is run. */
const programs = [...page.matchAll(/^```js\n(\/\/ (\S+): (.*)\n[^]*?)^```$/gm)].map(
  ([, code = "", name = "", usage = ""]) => ({ code, name, usage }),
);
const receiver = programs.find(({ name }) => name === "webhooks.mjs");

/** Runs a program of a kind. @type {Record<string, (cwd: string, name: string) => Promise<string>>} */
const RUNNERS = {
  "npx vitest run": (cwd) =>
    output(process.execPath, [join(root, "node_modules/vitest/vitest.mjs"), "run", "--root", cwd], { cwd }),
  "npx jest": (cwd) => output(process.execPath, [join(root, "node_modules/jest/bin/jest.js"), "--ci"], { cwd }),
  "node --test": async (cwd, name) => {
    // Without what this runner tells its own tests.
    const { NODE_TEST_CONTEXT, ...env } = process.env;
    const report = await output(process.execPath, ["--test", "--test-reporter=tap", name], { cwd, env });
    assert.match(report, /^# pass [1-9]/m);
    return report;
  },
};

test("every program of the page is run", () => {
  assert.equal(programs.length, page.match(/^```(js|ts)$/gm)?.length, "each begins with `// name: how to run it`");
  assert.deepEqual(
    programs
      .filter(({ usage }) => !Object.keys(RUNNERS).some((runner) => usage.endsWith(runner)))
      .map(({ name }) => name),
    ["webhooks.mjs", "send.mjs"],
  );
});

for (const [index, { code, name, usage }] of programs.entries()) {
  for (const [runner, run] of Object.entries(RUNNERS)) {
    if (usage.endsWith(runner)) {
      test(`${name} passes with ${runner}`, async () => {
        const cwd = join(folder, `program-${index}`);
        mkdirSync(cwd);
        writeFileSync(join(cwd, "package.json"), "{}");
        writeFileSync(join(cwd, "webhooks.mjs"), receiver?.code ?? "");
        writeFileSync(join(cwd, name), code);
        await run(cwd, name);
      });
    }
  }
}

const secret = "a secret of this test";
/** @type {string[]} */
let results = [];
const server = createServer(
  nodeListener(
    createReceiver({
      secrets: secret,
      on: { "*": () => {} },
      log: () => {},
      onResult: ({ code, eventName }) => results.push(`${code} ${eventName}`),
    }),
  ),
);
let address = "";
before(async () => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  address = `http://127.0.0.1:${/** @type {import("node:net").AddressInfo} */ (server.address()).port}/webhook`;
});
after(() => server.close());

test("send.mjs sends a signed event", async () => {
  results = [];
  writeFileSync(join(folder, "send.mjs"), programs.find(({ name }) => name === "send.mjs")?.code ?? "");
  const env = { ...process.env, MIA_WEBHOOK_SECRET: secret };
  assert.equal(await output(process.execPath, ["send.mjs", address], { cwd: folder, env }), "200\n");
  assert.deepEqual(results, ["accepted project_created"]);
});

test("the command without a file sends a signed event", { skip: process.platform === "win32" }, async () => {
  results = [];
  const command = /^```sh\n(node -e [^]*?)^```$/m.exec(page)?.[1] ?? "";
  assert.match(command, /http:\/\/localhost:3000\/webhook/);
  const env = { ...process.env, MIA_WEBHOOK_SECRET: secret };
  const here = command.replace("http://localhost:3000/webhook", address);
  assert.equal(await output("sh", ["-c", here], { cwd: folder, env }), "200\n");
  assert.deepEqual(results, ["accepted tag_created"]);
});
