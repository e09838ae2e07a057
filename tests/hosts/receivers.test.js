// @ts-check
/**
 * The receiver programs of the view Code that have no page. Where a host has one, it shows
 * the same program (tests/unit/request/receiver-snippets.test.ts), and the page is run.
 */

import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, test } from "node:test";
import { build } from "esbuild";
import { root } from "../harness/checkout.js";
import { HOSTS } from "./programs.js";
import { describeHost } from "./suite.js";

const { outputFiles } = await build({
  entryPoints: [join(root, "pkg/src/request/snippets/receive.ts")],
  bundle: true,
  format: "esm",
  write: false,
});
/** @type {typeof import("../../pkg/src/request/snippets/receive.ts")} */
const { RECEIVERS, receiverProgram } = await import(
  `data:text/javascript;base64,${Buffer.from(outputFiles[0]?.contents ?? "").toString("base64")}`
);

const programOf = (/** @type {string} */ id) => receiverProgram(id)?.parts.join("") ?? "";

test("every program that does not import the package is run here", () => {
  const others = RECEIVERS.filter(({ parts }) => !parts.join("").includes("mia-webhooks"));
  assert.deepEqual(new Set(others.map(({ id }) => id)), new Set(HOSTS.map(({ id }) => id)));
});

// All at the same time: most of it is waiting.
describe("the view Code", { concurrency: true }, () => {
  for (const host of HOSTS) {
    describeHost({ ...host, program: programOf(host.id) });
  }
});
