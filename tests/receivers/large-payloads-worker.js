// @ts-check
/** The package in a Worker, which counts how often `node:crypto` is asked for. */

import { Verifier, verify } from "mia-webhooks";

let loads = 0;
const { process } = /** @type {any} */ (globalThis);
const load = process?.getBuiltinModule;
if (load) {
  process.getBuiltinModule = (/** @type {string} */ name) => ((loads += 1), load.call(process, name));
}

export default {
  /**
   * Verifies the body by every way that there is.
   *
   * @param {Request} request
   */
  async fetch(request) {
    const payload = new Uint8Array(await request.arrayBuffer());
    const token = request.headers.get("x-mia-token") ?? "";
    const verifier = new Verifier(["the one before", "secret"]);
    const stream = verifier.stream();
    for (let at = 0; at < payload.length; at += 50_000) {
      stream.update(payload.subarray(at, at + 50_000));
    }
    return Response.json({
      loads,
      verify: verify(payload, token, "secret"),
      match: verifier.match(payload, token) ?? null,
      stream: stream.verify(token),
    });
  },
};
