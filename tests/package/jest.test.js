// @ts-check
/** Jest resolves and runs the package by itself, as CommonJS: it knows neither `require` of ES modules nor Node's loader. */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { root } from "../harness/checkout.js";
import { installed, output } from "../harness/installed.js";

test("every entry point that can be required works in Jest", async () => {
  const { folder } = await installed();
  writeFileSync(
    join(folder, "package.json"),
    JSON.stringify({ name: "consumer", private: true, jest: { testEnvironment: "node" } }),
  );
  writeFileSync(
    join(folder, "webhooks.test.js"),
    `const { sign, verify } = require("mia-webhooks");
    const { diagnose } = require("mia-webhooks/diagnose");
    const { createReceiver } = require("mia-webhooks/receiver");
    const { memoryReplayStore } = require("mia-webhooks/replay");
    const { validateSubscription } = require("mia-webhooks/subscription");

    const payload = \`{"eventName":"tag_created","eventTimestamp":\${Date.now()},"payload":{}}\`;
    const token = sign(payload, "secret");

    test("every module", async () => {
      expect(verify(payload, token, "secret")).toBe(true);
      expect(diagnose({ payload, token: sign(payload + "\\n", "secret"), secret: "secret" }).isProved).toBe(true);
      expect(validateSubscription({}).valid).toBe(false);
      const replay = { store: memoryReplayStore() };
      const receive = createReceiver({ secrets: "secret", on: { "*": () => {} }, replay, log: () => {} });
      const request = () => new Request("http://receiver/", { method: "POST", body: payload, headers: { "x-mia-token": token } });
      expect((await receive(request())).status).toBe(200);
    });
    `,
  );
  await output(process.execPath, [join(root, "node_modules/jest/bin/jest.js"), "--ci", "--cache=false"], {
    cwd: folder,
  });
});
