// @ts-check
/**
 * Runs the explorations of tests/unit/replay/exploration/exploration.test.ts that take too long for
 * the inner ring.
 */

import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { root } from "../harness/checkout.js";
import { output } from "../harness/installed.js";

test("no order of the steps of two receivers commits twice or loses an event", async (t) => {
  const report = await output(
    process.execPath,
    [
      join(root, "node_modules/vitest/vitest.mjs"),
      "run",
      "--config=tests/unit/vitest.config.js",
      "--testNamePattern=no order of the steps",
      "tests/unit/replay/exploration/exploration.test.ts",
    ],
    { cwd: root, env: { ...process.env, EXPLORE: "all", NO_COLOR: "1" } },
  );
  const lines = report.match(/^\d+ states, .*$/gm) ?? [];
  lines.forEach((line) => t.diagnostic(line));
  assert.notEqual(lines.length, 0, report);
});
