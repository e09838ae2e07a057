// @ts-check
/** `wrangler deploy`, without the upload. */

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import ts from "typescript";
import { root } from "../harness/checkout.js";

test("the template keeps the receiver's own lines, and none of Cloudflare's that shows the headers", async () => {
  const { config, error } = ts.readConfigFile(join(root, "edge/cloudflare/wrangler.jsonc"), ts.sys.readFile);
  assert.equal(error, undefined);
  assert.deepEqual(config.observability, {
    enabled: true,
    logs: { enabled: true, invocation_logs: false },
    traces: { enabled: false },
  });
  // No environment has settings of its own, and nothing else gets a copy.
  for (const name of ["env", "logpush", "tail_consumers", "streaming_tail_consumers"]) {
    assert.equal(config[name], undefined, name);
  }
});

test("wrangler bundles the Worker, with compiled modules and its Durable Object, and without Node's modules", async () => {
  const out = await mkdtemp(join(tmpdir(), "mia-webhooks-deploy-"));
  try {
    const { stdout, stderr } = await promisify(execFile)(
      join(root, "node_modules/.bin/wrangler"),
      ["deploy", "--dry-run", "--outdir", out],
      {
        cwd: join(root, "edge/cloudflare"),
        env: { ...process.env, WRANGLER_SEND_METRICS: "false", CI: "true" },
        timeout: 60_000,
      },
    );
    assert.match(stdout, /--dry-run: exiting now/);
    // wrangler warns of a field that it does not know.
    assert.doesNotMatch(stdout + stderr, /unexpected fields|WARNING/i);
    const files = await readdir(out);
    assert.match(stdout, /REPLAY_STORE \(ReplayStoreObject\)/);
    assert.equal(files.filter((file) => file.endsWith(".wasm")).length, 2, files.join(" "));
    const script = await readFile(join(out, "index.js"), "utf8");
    assert.doesNotMatch(script, /from "node:|require\("node:|0061736d/);
  } finally {
    await rm(out, { recursive: true, force: true });
  }
});
