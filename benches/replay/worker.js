// @ts-check
/** A Durable Object that is filled, measured and called from outside. */

import { ReplayStoreObject } from "mia-webhooks/cloudflare";

export class Guard extends ReplayStoreObject {
  #storage;

  /** @param {any} state @param {unknown} env */
  constructor(state, env) {
    super(state, env);
    this.#storage = state.storage;
  }

  /** Commits events, one after the other. @param {any} claim @param {string[]} ids */
  async fill(claim, ids) {
    const claims = ids.map((id, i) => ({ ...claim, id, timestamp: claim.timestamp + i }));
    await Promise.all(claims.map((one) => this.claim(one)));
    await Promise.all(claims.map((one) => this.commit(one)));
  }

  measure() {
    const [{ entries }] = this.#storage.sql.exec("SELECT COUNT(*) AS entries FROM entries").toArray();
    return { entries, bytes: this.#storage.sql.databaseSize };
  }
}

export default {
  /** @param {Request} request @param {{ GUARD: any }} env */
  async fetch(request, { GUARD }) {
    const [, name, method] = new URL(request.url).pathname.split("/");
    if (method === "nothing") {
      await request.json();
      return Response.json(null);
    }
    const guard = GUARD.get(GUARD.idFromName(name));
    const args = await request.json();
    if (method === "pair") {
      await guard.claim(...args);
      return Response.json(await guard.commit(...args));
    }
    return Response.json((await guard[/** @type {string} */ (method)](...args)) ?? null);
  },
};
