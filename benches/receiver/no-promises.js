// @ts-check
/**
 * The smallest Worker without this package that forwards only genuine
 * events: no limits, no rotation, no log, one status for every failure.
 */

import { isDigest } from "../compare-hex.js";
import { concat, sha256 } from "../sample.js";

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

export default {
  /** @param {Request} request @param {{ ORIGIN_URL: string, MIA_WEBHOOK_SECRET: string }} env */
  async fetch(request, env) {
    const body = new Uint8Array(await request.arrayBuffer());
    const digest = await sha256(concat(body, encoder.encode(env.MIA_WEBHOOK_SECRET)));
    if (!isDigest(request.headers.get("x-mia-token") ?? "", digest)) {
      return new Response(null, { status: 401 });
    }
    JSON.parse(decoder.decode(body));
    return fetch(env.ORIGIN_URL, { method: "POST", headers: request.headers, body });
  },
};
