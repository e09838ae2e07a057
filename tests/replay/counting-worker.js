// @ts-check
/** The guarded Worker, which tells which calls its Durable Objects got. */

import { ReplayStoreObject, default as worker } from "mia-webhooks/cloudflare";

/** Since it was last asked. @type {string[]} */
let calls = [];

export class Guard extends ReplayStoreObject {
  /** @override @param {any} claim */
  claim(claim) {
    calls.push("claim");
    return super.claim(claim);
  }

  /** @override @param {any} claim */
  commit(claim) {
    calls.push("commit");
    return super.commit(claim);
  }

  /** @override @param {any} claim */
  release(claim) {
    calls.push("release");
    return super.release(claim);
  }
}

export default {
  /** @param {Request} request @param {any} env @param {any} context */
  fetch(request, env, context) {
    if (new URL(request.url).pathname === "/calls") {
      const counted = calls;
      calls = [];
      return Response.json(counted);
    }
    return worker.fetch(request, env, context);
  },
};
