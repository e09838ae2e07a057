// @ts-check
/** What Cloudflare's runtime itself records about a request, which edge/cloudflare/wrangler.jsonc turns off. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { startWorkerd } from "../harness/workerd/process.js";
import { until } from "../harness/workerd/receiver.js";

test("it hides the header X-Mia-Token by its name, and shows X-Mia-Signature, which carries the same token", async () => {
  const { urls, lines, stop } = await startWorkerd({
    receiver: { script: "export default { fetch: () => new Response() };", tails: ["tail"] },
    tail: {
      script: `export default {
        fetch: () => new Response(),
        tail: ([{ event }]) => console.log(JSON.stringify({ recorded: event.request.headers })),
      };`,
    },
  });
  try {
    const token = "0123456789abcdef".repeat(4);
    const headers = { "x-mia-token": token, "x-mia-signature": token };
    await (await fetch(/** @type {string} */ (urls["receiver"]), { method: "POST", headers, body: "{}" })).text();
    const record = () => lines.find((line) => line.startsWith('{"recorded"'));
    await until(record, "nothing was recorded");
    const { recorded } = JSON.parse(/** @type {string} */ (record()));
    assert.equal(recorded["x-mia-token"], "REDACTED");
    assert.equal(recorded["x-mia-signature"], token);
  } finally {
    await stop();
  }
});
