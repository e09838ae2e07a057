// @ts-check
/** `wrangler deploy`, without the upload. */

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { root } from "../harness/checkout.js";

test("wrangler bundles the Worker, with compiled modules and its Durable Object, and without Node's modules", async () => {
  const out = await mkdtemp(join(tmpdir(), "mia-webhooks-deploy-"));
  try {
    const { stdout } = await promisify(execFile)(
      join(root, "node_modules/.bin/wrangler"),
      ["deploy", "--dry-run", "--outdir", out],
      {
        cwd: join(root, "edge/cloudflare"),
        env: { ...process.env, WRANGLER_SEND_METRICS: "false", CI: "true" },
        timeout: 60_000,
      },
    );
    assert.match(stdout, /--dry-run: exiting now/);
    const files = await readdir(out);
    assert.match(stdout, /REPLAY_STORE \(ReplayStoreObject\)/);
    assert.equal(files.filter((file) => file.endsWith(".wasm")).length, 2, files.join(" "));
    const script = await readFile(join(out, "index.js"), "utf8");
    assert.doesNotMatch(script, /from "node:|require\("node:|0061736d/);
  } finally {
    await rm(out, { recursive: true, force: true });
  }
});
