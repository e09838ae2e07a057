// @ts-check
/**
 * The ready Worker, with a clock that a header changes, storage that a header breaks,
 * and a page that says how many rows are stored.
 */

import worker, { ReplayStoreObject } from "mia-webhooks/cloudflare";

const realNow = Date.now;
let failures = "";

/** The storage throws for the calls that the header names. */
export class Guard extends ReplayStoreObject {
  #sql;

  /** @param {any} state @param {unknown} env */
  constructor(state, env) {
    super(state, env);
    this.#sql = state.storage.sql;
  }

  rows() {
    return this.#sql.exec("SELECT COUNT(*) AS count FROM entries").one().count;
  }

  /** @param {any} claim @override */
  claim(claim) {
    failOn("claim");
    return super.claim(claim);
  }

  /** @param {any} claim @override */
  commit(claim) {
    failOn("commit");
    return super.commit(claim);
  }

  /** @param {any} claim @override */
  release(claim) {
    failOn("release");
    return super.release(claim);
  }
}

/** @param {string} call */
function failOn(call) {
  if (failures.includes(call)) {
    throw new Error("the disk is full");
  }
}

export default {
  /** @param {Request} request @param {any} env @param {any} context */
  async fetch(request, env, context) {
    if (new URL(request.url).pathname === "/rows") {
      return Response.json(await env.REPLAY_STORE.get(env.REPLAY_STORE.idFromName('0:[""]')).rows());
    }
    const step = Number(request.headers.get("x-test-step") ?? 0);
    Date.now = () => realNow() + step;
    failures = request.headers.get("x-test-failures") ?? "";
    return worker.fetch(request, env, context);
  },
};
