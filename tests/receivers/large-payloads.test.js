// @ts-check
/** Large payloads on workerd: hashed by `node:crypto` where the Worker has the flag for it, and by the module elsewhere. */

import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { after, before, test } from "node:test";
import { startWorkers } from "../harness/workerd/receiver.js";

const entry = "tests/receivers/large-payloads-worker.js";
const sha256 = (/** @type {Uint8Array} */ payload, secret = "") =>
  createHash("sha256").update(payload).update(secret).digest("hex");

/** @type {Awaited<ReturnType<typeof startWorkers>>} */
let workers;
before(async () => {
  workers = await startWorkers({ flagged: { entry }, plain: { entry, flags: [] } });
});
after(() => workers?.stop());

for (const [name, loads] of /** @type {const} */ ([
  ["flagged", 1],
  ["plain", 0],
])) {
  test(`a Worker ${loads ? "with" : "without"} nodejs_compat verifies payloads of every size`, async () => {
    const ask = async (/** @type {Uint8Array<ArrayBuffer>} */ body, /** @type {string} */ token) =>
      (await fetch(workers.address(name), { method: "POST", body, headers: { "x-mia-token": token } })).json();
    // From 1 MiB on the host's hash is loaded, and then it takes the smaller ones too.
    for (const size of [300, 20_000, 1_500_000, 20_000, 8_192, 8_191, 300, 3_000_000]) {
      const payload = new Uint8Array(randomBytes(size));
      const right = await ask(payload, sha256(payload, "secret"));
      const match = { secretId: "1", id: sha256(payload) };
      assert.deepEqual({ ...right, loads }, { loads, verify: true, match, stream: true }, `${size} bytes`);
      const forged = await ask(payload, sha256(payload, "guess"));
      assert.deepEqual({ ...forged, loads }, { loads, verify: false, match: null, stream: false }, `${size} bytes`);
    }
    assert.equal((await ask(new Uint8Array(1), "")).loads, loads);
  });
}
